"""What the client returns: frozen records, one module for each domain.

They are ours, not the generated models: a new spec does not change them. Loaded on first use.
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from mlsteward.records._exports import *
else:
    from mlsteward._lazy import lazy
    from mlsteward.records._exports import MODULE_OF

    __all__, __getattr__, __dir__ = lazy(__name__, MODULE_OF)
