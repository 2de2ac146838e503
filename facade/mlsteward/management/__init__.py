"""Administration by flat functions: the names, signatures and defaults of two management APIs.

Those of Neptune's `management`:

    from mlsteward import management

    management.create_project("ml-team/classification", visibility="workspace")

Each of them takes `api_token=`; without it `MLSTEWARD_API_TOKEN` counts, or `NEPTUNE_API_TOKEN` where
that alone is set and holds a key of mlsteward.

Those of `fiftyone.management`:

    import mlsteward.management as fom

    fom.send_user_invitation("guest@company.com", fom.GUEST)

They name no workspace: they act on the one that is configured, or the default one of the caller.

`connect` says where to go, for a `with` block or for the rest of the process; it counts for both.
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from mlsteward.management import exceptions as exceptions
    from mlsteward.management._exports import *
else:
    from mlsteward._lazy import lazy
    from mlsteward.management._exports import MODULE_OF

    __all__, __getattr__, __dir__ = lazy(__name__, MODULE_OF, modules=("exceptions",), later="_documented")
