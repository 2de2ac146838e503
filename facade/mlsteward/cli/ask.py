"""Asking before something is gone for good."""

from __future__ import annotations

import sys

import click


class Unanswered(click.ClickException):
    """There is nobody to ask."""

    exit_code = 2


def ask(question: str, *, yes: bool) -> None:
    """Ask before something is gone for good.

    Raises:
        Unanswered: There is nobody to ask.
        click.ClickException: The answer is no.
    """
    if yes:
        return
    need_an_answer()
    if not click.confirm(question, err=True):
        raise click.ClickException("Nothing was changed.")


def need_an_answer() -> None:
    """Make sure that there is somebody to ask.

    Raises:
        Unanswered: There is nobody.
    """
    if not sys.stdin.isatty():
        raise Unanswered("There is no terminal to ask on; --yes goes ahead without asking.")
