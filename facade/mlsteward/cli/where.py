"""Which data file a command uses, if it uses one."""

from __future__ import annotations

from mlsteward.cli.output import note
from mlsteward.cli.session import Session
from mlsteward.errors import ConfigurationError


def say_where(session: Session, *, makes_file: bool = False) -> None:
    """Print the data file that is used to stderr, so that nobody works on the wrong platform without noticing.

    Args:
        session: The values of the common options.
        makes_file: Whether the command may create the data file.

    Raises:
        ConfigurationError: The data file does not exist, and the command may not create it.
    """
    from mlsteward.config.vendors import warn_of_unused
    from mlsteward.embedded import data_file

    config = session.config()
    file = data_file(config.path) if config.embedded else None
    if file is None:
        return
    if config.path is None:
        # Before the refusal below: it may be the reason.
        warn_of_unused(file)
    if not makes_file and not file.exists():
        place = "" if config.path is None else f" ({config.source('path')})"
        raise ConfigurationError(
            f"There is no data file {file}{place}.",
            hint="Check the path, or set MLSTEWARD_URL to use a server; `mlsteward workspaces create` creates a file",
        )
    if file.exists():
        # Of a new one, the log says that it was made.
        note(f"using the data file {file}")
