"""The tables, a module for each domain. Every change comes with a migration in `migrations/versions/`.

Columns that end in `_key` hold a text in the form in which it is compared. Usernames are repeated on
memberships and rosters because those lists are paged by username from their own index.
"""

from importlib import import_module
from pkgutil import iter_modules

from mlsteward_server.storage.tables.types import metadata

__all__ = ["metadata"]

# `metadata` is whole only once every module here is loaded.
for _module in iter_modules(__path__):
    import_module(f"{__name__}.{_module.name}")
