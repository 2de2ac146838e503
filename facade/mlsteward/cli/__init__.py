"""The `mlsteward` command."""

from __future__ import annotations

import sys
from collections.abc import Sequence


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command.

    Args:
        arguments: What follows the name of the command; those of the process unless given.

    Returns:
        The exit code: 0, 1 where something was refused or failed, 2 for wrong usage or configuration,
        130 after Ctrl-C.
    """
    # Asked for by name: a traceback would be a poor way to learn what is missing.
    from importlib.util import find_spec

    missing = [name for name in ("click", "rich") if find_spec(name) is None]
    if missing:
        print(
            f"error: the mlsteward command needs {' and '.join(missing)}: pip install 'mlsteward[cli]'",
            file=sys.stderr,
        )
        return 2
    from mlsteward.cli.root import run

    return run(sys.argv[1:] if arguments is None else list(arguments))
