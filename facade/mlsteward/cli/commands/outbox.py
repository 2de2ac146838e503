"""`mlsteward outbox`, for whatever sends the mail of a server. Reads and writes its database directly."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from mlsteward.cli.command import SERVER, Group
from mlsteward.cli.commands.serving import (
    checked_url,
    database_of,
    database_option,
    hide_password,
    key_file_option,
    need_file,
    need_server,
    public_url_option,
)
from mlsteward.cli.listing import shape_of_rows, show_list
from mlsteward.cli.outcomes import Outcome
from mlsteward.cli.output import clean, write_json
from mlsteward.cli.session import Session
from mlsteward.cli.values import Whole
from mlsteward.errors import ConfigurationError, StewardError

if TYPE_CHECKING:
    from mlsteward_server.storage.engine import Storage
    from mlsteward_server.trail.outbox import Message

after_option = click.option("--after", metavar="ID", default="", help="Only messages after the one with this id.")
limit_option = click.option(
    "--limit", metavar="N", default=None, type=Whole(1, 1_000_000), help="Maximum number of messages (default: all)."
)
dead_option = click.option(
    "--dead", is_flag=True, help="Show the dead letters instead: what the server has given up, and why."
)


@click.group(
    "outbox",
    cls=Group,
    invoke_without_command=True,
    examples=(
        "mlsteward outbox --database mlsteward.db --json",
        "mlsteward outbox acknowledge 019a9f3e251275fe86d59a9685906844 --database mlsteward.db",
    ),
)
@database_option
@key_file_option
@public_url_option
@after_option
@limit_option
@dead_option
@click.pass_context
def outbox(ctx: click.Context, /, **options: Any) -> None:
    """List the messages that are waiting to be sent, and say what became of them.

    Without a command, it lists them.
    """
    if ctx.invoked_subcommand is None:
        _list(ctx.find_root().ensure_object(Session), **options)


@outbox.command(
    "list",
    is_list=True,
    examples=(
        "mlsteward outbox list --database mlsteward.db --public-url https://steward.example.com --json",
        "mlsteward outbox list --database mlsteward.db --dead",
    ),
)
@database_option
@key_file_option
@public_url_option
@after_option
@limit_option
@dead_option
@click.pass_obj
def list_messages(session: Session, /, **options: Any) -> None:
    """Show the messages that are waiting to be sent, oldest first.

    They contain invitation links that prove an email address: send each to its recipient only. The
    links name the server that was last started on the database.
    """
    _list(session, **options)


@outbox.command(
    "acknowledge",
    examples=("mlsteward outbox acknowledge 019a9f3e251275fe86d59a9685906844 --database mlsteward.db",),
)
@click.argument("ids", nargs=-1, required=True, metavar="ID...")
@database_option
@key_file_option
@click.pass_obj
def acknowledge(session: Session, ids: tuple[str, ...], database: str | None, key_file: Path | None) -> None:
    """Note that messages were sent, so that they wait no more. All of them, or none."""
    with _opened(session, database, key_file) as storage:
        from mlsteward_server.trail.outbox import acknowledge as note

        changed = _noted(note, storage, ids)
    _tell(session, ids, changed, "sent")


@outbox.command(
    "fail",
    examples=("mlsteward outbox fail 019a9f3e251275fe86d59a9685906844 --reason 'mailbox full'",),
)
@click.argument("ids", nargs=-1, required=True, metavar="ID...")
@click.option("--reason", metavar="TEXT", required=True, help="Why, for whoever lists them.")
@database_option
@key_file_option
@click.pass_obj
def fail(session: Session, ids: tuple[str, ...], reason: str, database: str | None, key_file: Path | None) -> None:
    """Note that messages could not be sent. They keep waiting, and the list says so."""
    with _opened(session, database, key_file) as storage:
        from mlsteward_server.trail.outbox import mark_failed

        changed = _noted(mark_failed, storage, ids, reason)
    _tell(session, ids, changed, "failed")


@outbox.command(
    "retry",
    examples=(
        "mlsteward outbox retry 019a9f3e251275fe86d59a9685906844 --database mlsteward.db",
        "mlsteward outbox retry --all-dead --database mlsteward.db",
    ),
)
@click.argument("ids", nargs=-1, metavar="ID...")
@click.option("--all-dead", is_flag=True, help="All dead letters whose invitations are still open.")
@database_option
@key_file_option
@click.pass_obj
def retry(session: Session, ids: tuple[str, ...], all_dead: bool, database: str | None, key_file: Path | None) -> None:
    """Let a server with --smtp send messages again, at once. All of them, or none."""
    if bool(ids) == all_dead:
        raise click.UsageError("Name the messages, or use --all-dead.")
    with _opened(session, database, key_file) as storage:
        from mlsteward_server.trail.outbox import dead_letters
        from mlsteward_server.trail.outbox import retry as note

        ids = ids or tuple(dead_letters(storage))
        changed = _noted(note, storage, ids)
    if not ids and not session.as_json:
        click.echo("There are no dead letters.", err=True)
    _tell(session, ids, changed, "to be sent again")


SERVER.add_command(outbox)

_NAMES = (
    "id",
    "recipient",
    "subject",
    "text",
    "html",
    "created_at",
    "attempts",
    "failed_at",
    "failure",
    "due_at",
    "dead_at",
)


@contextmanager
def _opened(session: Session, database: str | None, key_file: Path | None) -> Iterator[Storage]:
    need_server()
    if database is not None:
        hide_password(database)
    from mlsteward_server.storage.engine import StorageError, open_storage
    from mlsteward_server.storage.vault import VaultError

    named = database_of(session, database)
    need_file(named)
    try:
        storage = open_storage(named, key_file=key_file)
    except (StorageError, VaultError) as error:
        raise ConfigurationError(str(error)) from error
    try:
        yield storage
    finally:
        storage.close()


def _list(
    session: Session,
    *,
    database: str | None,
    key_file: Path | None,
    public_url: str | None,
    after: str,
    limit: int | None,
    dead: bool,
) -> None:
    with _opened(session, database, key_file) as storage:
        from mlsteward_server.trail.outbox import NoPublicUrl, waiting

        try:
            messages = list(waiting(storage, checked_url(public_url), after=after, most=limit, dead=dead))
        except NoPublicUrl:
            raise ConfigurationError(
                "No server has been started on this database, so its address is not known.",
                hint="Set it with --public-url.",
            ) from None
    _show(session, messages, "There are no dead letters." if dead else "No messages are waiting.")


def _noted(note: Any, storage: Storage, ids: tuple[str, ...], *more: str) -> set[str]:
    from mlsteward_server.trail.outbox import UnknownMessage

    try:
        return set(note(storage, list(dict.fromkeys(ids)), *more))
    except UnknownMessage as error:
        raise StewardError(
            f"The outbox has no message {clean(str(error))}; nothing was changed.",
            hint="`mlsteward outbox list` shows the ids of those that are waiting, and with --dead those given up.",
        ) from None


def _tell(session: Session, ids: tuple[str, ...], changed: set[str], what: str) -> None:
    outcomes = {each: Outcome.CHANGED if each in changed else Outcome.UNCHANGED for each in ids}
    if session.as_json:
        write_json([{"id": each, "outcome": outcome.value} for each, outcome in outcomes.items()])
        return
    for each, outcome in outcomes.items():
        told = f"message {each} is marked as {what}" if each in changed else f"message {each} was sent before"
        click.echo(f"{outcome.value}: {clean(told)}")


def _show(session: Session, messages: list[Message], none: str) -> None:
    if session.is_for_programs:
        shape = shape_of_rows(_NAMES, identity="id", of="A message")
        show_list(session, map(_as_json, messages), {}, none="", shape=shape)
        return
    if not messages:
        click.echo(none, err=True)
    for number, message in enumerate(messages):
        if number:
            click.echo("\n" + "-" * 72 + "\n")
        click.echo(f"To: {clean(message.recipient)}")
        click.echo(f"Subject: {clean(message.subject)}")
        click.echo(f"Date: {message.created_at:%Y-%m-%d %H:%M} UTC")
        click.echo(f"Id: {message.id}")
        if message.failed_at is not None:
            click.echo(f"Failed: {message.failed_at:%Y-%m-%d %H:%M} UTC, {clean(message.failure or '')}")
        if message.due_at is not None:
            click.echo(f"Next attempt: {message.due_at:%Y-%m-%d %H:%M} UTC")
        click.echo()
        click.echo(message.text.rstrip())


def _as_json(message: Message) -> dict[str, str | int]:
    found: dict[str, str | int] = {}
    for name in _NAMES:
        value = getattr(message, name)
        if isinstance(value, datetime):
            value = value.isoformat().replace("+00:00", "Z")
        if value is not None:
            found[name] = value
    return found
