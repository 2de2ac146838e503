"""The tables, one module for each domain. Every change needs a migration in `migrations/versions/`.

Columns that end in `_key` contain a text in the form in which it is compared. Memberships and rosters repeat the
usernames, because their lists are paged by username from their own index.
"""

from importlib import import_module
from pkgutil import iter_modules

from mlsteward_server.storage.tables.types import metadata

__all__ = ["metadata"]

# `metadata` is complete only after every module here was loaded.
for _module in iter_modules(__path__):
    import_module(f"{__name__}.{_module.name}")
