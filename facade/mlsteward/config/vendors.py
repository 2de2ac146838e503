"""Variables of other SDKs. A script that was written for one of them may expect that they count here."""

import os
from collections.abc import Mapping
from typing import Final

from mlsteward._notices import warn_once
from mlsteward.config.levels import KEY_PREFIX

PLACES: Final = (
    "COMET_URL_OVERRIDE",
    "FIFTYONE_API_URI",
    "FIFTYONE_DATABASE_URI",
    "NEPTUNE_CUSTOM_URL",
    "UBIOPS_API_HOST",
)
"""The variables in which other SDKs look for the server."""
KEYS: Final = ("COMET_API_KEY", "FIFTYONE_API_KEY", "NEPTUNE_API_TOKEN", "UBIOPS_API_TOKEN")
"""The variables in which other SDKs look for the API key."""


def warn_of_unused(file: object, environ: Mapping[str, str] | None = None) -> None:
    """Warn once of variables that are set and not used, where nothing says which server to use.

    Args:
        file: The data file that is used instead.
        environ: The environment (default: that of the process).
    """
    environment = os.environ if environ is None else environ
    unused = [name for name in (*PLACES, *KEYS) if environment.get(name) and not _is_ours(name, environment[name])]
    if not unused:
        return
    names = ", ".join(unused)
    is_or_are = "is set but not used" if len(unused) == 1 else "are set but not used"
    warn_once(
        f"unused {names}",
        f"{names} {is_or_are}: nothing says which mlsteward server to use, so this goes to the data file {file}. "
        "Set MLSTEWARD_URL and MLSTEWARD_API_TOKEN to use a server, or MLSTEWARD_PATH to use a data file.",
    )


def _is_ours(name: str, value: str) -> bool:
    return name == "NEPTUNE_API_TOKEN" and value.startswith(KEY_PREFIX)
