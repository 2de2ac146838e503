"""Asking for confirmation."""

from __future__ import annotations

import sys

import click


class Unanswered(click.ClickException):
    """Nobody can answer a question."""

    exit_code = 2


def ask(question: str, *, yes: bool) -> None:
    """Ask for confirmation.

    Raises:
        Unanswered: Nobody can answer.
        click.ClickException: The answer is no.
    """
    if yes:
        return
    need_an_answer()
    if not click.confirm(question, err=True):
        raise click.ClickException("Nothing was changed.")


def need_an_answer() -> None:
    """Make sure that somebody can answer.

    Raises:
        Unanswered: Nobody can.
    """
    if not sys.stdin.isatty():
        raise Unanswered("There is no terminal to ask for confirmation; use --yes to go ahead without it.")
