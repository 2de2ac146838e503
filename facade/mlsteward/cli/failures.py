"""Every error as one line, a hint, and an exit code."""

from __future__ import annotations

import json
import logging
import sys
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import click

from mlsteward.cli.output import note, paint
from mlsteward.errors import APIError, ConfigurationError, InvalidArgument, StewardError

REFUSED = 1
MISUSED = 2
INTERRUPTED = 130


def report(error: BaseException, *, debug: bool, as_json: bool = False) -> int:
    """Print an error to stderr.

    Args:
        error: What went wrong.
        debug: Whether to print its traceback, too.
        as_json: Whether to print it as a line of JSON.

    Returns:
        The exit code.
    """
    if isinstance(error, click.exceptions.NoArgsIsHelpError):
        click.echo(error.format_message())
        return 0
    if isinstance(error, click.Abort | KeyboardInterrupt):
        click.echo(json.dumps({"error": {"message": "interrupted"}}) if as_json else "interrupted", err=True)
        return INTERRUPTED
    message, hint, code = _explain(error)
    if debug:
        traceback.print_exception(error, file=sys.stderr)
    if as_json:
        click.echo(json.dumps({"error": _as_json(error, message, hint)}), err=True)
        return code
    click.echo(f"{paint('error:', fg='red')} {message}", err=True)
    if hint:
        click.echo(f"{paint('hint:', fg='cyan')} {hint}", err=True)
    return code


def warn(message: Warning | str, *_: object, **__: object) -> None:
    """Print a Python warning as one line, without the line of code it comes from."""
    click.echo(f"{paint('warning:', fg='yellow')} {_line(str(message))}", err=True)


@contextmanager
def notes_of_the_log() -> Iterator[None]:
    """Shows warnings that the client logs as notes of the command."""
    logger = logging.getLogger("mlsteward")
    handler = _Notes(logging.WARNING)
    passes_on = logger.propagate
    logger.addHandler(handler)
    logger.propagate = False
    try:
        yield
    finally:
        logger.removeHandler(handler)
        logger.propagate = passes_on


class _Notes(logging.Handler):
    def emit(self, record: logging.LogRecord) -> None:
        note(_line(record.getMessage()))


def _explain(error: BaseException) -> tuple[str, str | None, int]:
    from mlsteward.redaction import redact

    if isinstance(error, click.UsageError):
        path = error.ctx.command_path if error.ctx else "mlsteward"
        return _line(redact(error.format_message())), f"see `{path} --help`", MISUSED
    if isinstance(error, click.ClickException):
        return _line(redact(error.format_message())), None, error.exit_code
    if isinstance(error, APIError):
        return _refusal(error), _line(_hint(error)), REFUSED
    if isinstance(error, StewardError):
        code = MISUSED if isinstance(error, ConfigurationError | InvalidArgument) else REFUSED
        return _line(error.message) or type(error).__name__, _line(error.hint), code
    if isinstance(error, OSError) and error.filename is not None:
        return _line(redact(f"{error.filename}: {error.strerror}")), None, REFUSED
    shown = _line(redact(str(error)))
    return (
        f"unexpected {type(error).__name__}" + (f": {shown}" if shown else ""),
        "please report it, with the output of --debug",
        REFUSED,
    )


def _as_json(error: BaseException, message: str, hint: str | None) -> dict[str, Any]:
    """An error for programs. What is not known is left out."""
    if isinstance(error, APIError):
        message = _line(error.detail or error.title) or message
    known = {
        "message": message,
        "hint": hint or None,
        "code": getattr(error, "code", None),
        "status": getattr(error, "status", None),
        "request_id": getattr(error, "request_id", None),
    }
    return {name: value for name, value in known.items() if value is not None}


def _refusal(error: APIError) -> str:
    text = _line(error.detail or error.title) or f"the server answered {error.status}"
    if len(error.errors) > 1:
        text += " [" + "; ".join(f"{pointer}: {message}" for pointer, message in error.errors[:5]) + "]"
    known = [error.code or ""]
    if error.status >= 500 and error.request_id:
        known.append(f"request {error.request_id}")
    trailer = ", ".join(part for part in known if part)
    return _line(f"{text} ({trailer})" if trailer else text)


def _hint(error: APIError) -> str | None:
    if error.code == "unauthenticated":
        # The hint of the server is about headers; users of the command set a variable.
        return "set MLSTEWARD_API_TOKEN to an API key; `mlsteward config show` lists the settings"
    return error.hint


def _line(text: str | None) -> str:
    return " ".join("".join(c if c.isprintable() else " " for c in text or "").split())
