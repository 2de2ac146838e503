"""Where to send requests, and as whom.

Each setting is taken from the first place that has it:

1. an argument,
2. the profile named by an argument,
3. the environment (`MLSTEWARD_URL`, `MLSTEWARD_PATH`, `MLSTEWARD_API_TOKEN`, `MLSTEWARD_WORKSPACE`),
4. the profile named by `MLSTEWARD_PROFILE`, or the profile `default`,
5. otherwise the server runs inside this process, on the data file of the user.

`url` and `path` are two answers to one question, where to go: the first place that gives either
decides. An API key stays with its server: a place that names another server than the chosen one
does not lend its key.
"""

from mlsteward.config.files import DEFAULT_PROFILE, default_config_file
from mlsteward.config.levels import KEY_PREFIX
from mlsteward.config.resolution import resolve
from mlsteward.config.settings import SETTINGS, Config, Setting

__all__ = [
    "DEFAULT_PROFILE",
    "KEY_PREFIX",
    "SETTINGS",
    "Config",
    "Setting",
    "default_config_file",
    "resolve",
]
