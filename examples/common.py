"""What the examples share: where to go."""

from __future__ import annotations

import argparse

from mlsteward import Steward


def parser(description: str | None) -> argparse.ArgumentParser:
    """A parser with `--path`, for a platform in a file."""
    made = argparse.ArgumentParser(description=(description or "").partition("\n")[0])
    made.add_argument("--path", help="data file of the platform (default: the server of MLSTEWARD_URL)")
    return made


def connect(arguments: argparse.Namespace) -> Steward:
    """A client of the platform that the arguments name."""
    return Steward(path=arguments.path) if arguments.path else Steward()
