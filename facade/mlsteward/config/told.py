"""What a configuration is, in words for `repr`. It never shows an API key."""

from mlsteward.config.settings import Config
from mlsteward.config.values import ARGUMENT
from mlsteward.redaction import redact


def place(config: Config, preposition: str = "from") -> str:
    """Where requests go.

    >>> from mlsteward.config import resolve
    >>> place(resolve(url="https://steward.example.com", environ={}, config_file=None))
    'from https://steward.example.com'
    >>> place(resolve(environ={}, config_file=None))
    'inside this process'
    """
    return "inside this process" if config.url is None else f"{preposition} {redact(config.url)}"


def whole(config: Config) -> str:
    """Where requests go, as whom, and about which workspace.

    >>> from mlsteward.config import resolve
    >>> whole(resolve(url="https://steward.example.com", api_token="mls_abc", environ={}, config_file=None))
    'at https://steward.example.com, with an API key given as argument'
    >>> whole(resolve(path="steward.db", workspace="ml-team", environ={}, config_file=None))
    "inside this process on steward.db, as its operator, workspace 'ml-team'"
    """
    where = place(config, "at")
    if config.embedded and config.path is not None:
        where += f" on {redact(str(config.path))}"
    parts = [where, _caller(config)]
    if config.workspace is not None:
        parts.append(f"workspace {redact(config.workspace)!r}")
    return ", ".join(parts)


def _caller(config: Config) -> str:
    if config.api_token is None:
        return "as its operator" if config.embedded else "without an API key"
    source = config.source("api_token")
    return "with an API key given as argument" if source == ARGUMENT else f"with the API key of {source}"
