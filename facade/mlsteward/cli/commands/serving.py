"""`mlsteward serve`, for people who run a server. Only this command and `outbox` import the server."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import click
from click.core import ParameterSource

from mlsteward.cli.command import SERVER, Command
from mlsteward.cli.session import Session
from mlsteward.cli.values import Whole
from mlsteward.errors import ConfigurationError

if TYPE_CHECKING:
    from mlsteward_server.process.smtp import Smtp

SMTP_PASSWORD = "MLSTEWARD_SMTP_PASSWORD"  # noqa: S105 - the name of a variable
LOG_LEVELS = ("critical", "error", "warning", "info", "debug")
LOG_FORMATS = ("text", "json")

database_option = click.option(
    "--database",
    metavar="DATABASE",
    envvar="MLSTEWARD_DATABASE",
    help="SQLite file or postgresql:// URL (default: --path, or your data file). [MLSTEWARD_DATABASE]",
)
key_file_option = click.option(
    "--key-file",
    metavar="FILE",
    envvar="MLSTEWARD_KEY_FILE",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Key file of the server, created if missing (default: next to the SQLite file). [MLSTEWARD_KEY_FILE]",
)
public_url_option = click.option(
    "--public-url",
    metavar="URL",
    envvar="MLSTEWARD_PUBLIC_URL",
    help="URL at which people reach the server; invitations contain it. [MLSTEWARD_PUBLIC_URL]",
)


@click.command(
    "serve",
    cls=Command,
    has_json=False,
    examples=(
        "mlsteward serve",
        "mlsteward serve --database mlsteward.db --port 9000",
        "mlsteward serve --database postgresql://steward@db.example.com/steward --workers 2 --host 0.0.0.0 "
        "--public-url https://steward.example.com",
        "mlsteward serve --smtp smtp://steward@mail.example.com --mail-from steward@example.com",
    ),
    epilog="Set the password of the mail server with MLSTEWARD_SMTP_PASSWORD or --smtp-password-file. "
    "Set the password of the database with PGPASSWORD or in MLSTEWARD_DATABASE. If you give it on the command "
    "line, the server restarts itself without it, but others on this machine may have seen it.",
)
@click.option("--host", default="127.0.0.1", show_default=True, metavar="HOST", help="Address to listen on.")
@click.option(
    "--port",
    default=8000,
    show_default=True,
    type=Whole(0, 65535),
    metavar="PORT",
    help="Port to listen on; 0 for any free port.",
)
@click.option("--workers", default=1, show_default=True, type=Whole(1, 64), metavar="N", help="Number of processes.")
@click.option(
    "--threads",
    default=None,
    metavar="N",
    type=Whole(1, 256),
    help="Number of requests that a process handles at a time (default: suited to the machine).",
)
@click.option(
    "--body-timeout",
    default=30,
    show_default=True,
    metavar="SECONDS",
    type=Whole(1, 3600),
    help="Time in which the body of a request must arrive; more for large files.",
)
@click.option(
    "--drain",
    default=0,
    show_default=True,
    metavar="SECONDS",
    type=Whole(0, 3600),
    help="After SIGTERM, serve requests for this long while /readyz says that the server stops.",
)
@click.option(
    "--metrics-port",
    default=None,
    metavar="PORT",
    type=Whole(1, 65535),
    help="Port of 127.0.0.1 on which this machine can read /metrics without an API key (default: none).",
)
@database_option
@key_file_option
@click.option(
    "--new-key",
    is_flag=True,
    help="Accept another server key than the one that the database was set up with, if that one is lost. Open "
    "invitations and answers kept for repeated requests are lost with it.",
)
@click.option(
    "--files",
    metavar="PLACE",
    envvar="MLSTEWARD_FILES",
    help="Where uploaded files are kept: a folder, or a URL such as s3://bucket/prefix (default: a folder next to the "
    "SQLite file; none with PostgreSQL). [MLSTEWARD_FILES]",
)
@public_url_option
@click.option(
    "--smtp",
    metavar="URL",
    envvar="MLSTEWARD_SMTP",
    help="Mail server that sends invitations: smtp://user@host:587 or smtps://user@host (default: nobody sends them; "
    "see `mlsteward outbox`). [MLSTEWARD_SMTP]",
)
@click.option(
    "--smtp-password-file",
    metavar="FILE",
    envvar="MLSTEWARD_SMTP_PASSWORD_FILE",
    type=click.Path(dir_okay=False, path_type=Path),
    help="File with the password for it (default: the variable MLSTEWARD_SMTP_PASSWORD). "
    "[MLSTEWARD_SMTP_PASSWORD_FILE]",
)
@click.option(
    "--mail-from",
    metavar="ADDRESS",
    envvar="MLSTEWARD_MAIL_FROM",
    help="Address that mail comes from (default: the user of --smtp). [MLSTEWARD_MAIL_FROM]",
)
@click.option(
    "--mode",
    type=click.Choice(["cloud", "self-hosted"]),
    default="cloud",
    metavar="MODE",
    show_default=True,
    help="cloud, or self-hosted, which has no plans.",
)
@click.option(
    "--admin", metavar="NAME", default="admin", show_default=True, help="Username of the first administrator."
)
@click.option(
    "--log-level",
    type=click.Choice(LOG_LEVELS),
    default="warning",
    metavar="LEVEL",
    envvar="MLSTEWARD_LOG_LEVEL",
    show_default=True,
    help=f"One of {', '.join(LOG_LEVELS)}; info has a line for each request. [MLSTEWARD_LOG_LEVEL]",
)
@click.option(
    "--log-format",
    type=click.Choice(LOG_FORMATS),
    default="text",
    metavar="FORMAT",
    envvar="MLSTEWARD_LOG_FORMAT",
    show_default=True,
    help="text, or json with one object on each line. [MLSTEWARD_LOG_FORMAT]",
)
@click.pass_context
def serve(
    ctx: click.Context,
    /,
    host: str,
    port: int,
    workers: int,
    threads: int | None,
    body_timeout: int,
    drain: int,
    metrics_port: int | None,
    database: str | None,
    key_file: Path | None,
    new_key: bool,
    files: str | None,
    public_url: str | None,
    smtp: str | None,
    smtp_password_file: Path | None,
    mail_from: str | None,
    mode: str,
    admin: str,
    log_level: str,
    log_format: str,
) -> int:
    """Run the server for a team.

    The first start creates an administrator and prints its API key, only once. Ctrl-C or SIGTERM
    stops the server when the current requests are done; a second Ctrl-C stops it immediately.
    """
    need_server()
    if database is not None:
        hide_password(database)
    from mlsteward_server.process.serve import Options, ServeError
    from mlsteward_server.process.serve import serve as run

    session = ctx.find_root().ensure_object(Session)
    is_on_command_line = ctx.get_parameter_source("smtp") is ParameterSource.COMMANDLINE
    options = Options(
        database=database_of(session, database),
        host=host,
        port=port,
        workers=workers,
        threads=threads or 0,
        public_url=checked_url(public_url),
        mode="cloud" if mode == "cloud" else "self_hosted",
        key_file=key_file,
        new_key=new_key,
        files=files,
        body_seconds=body_timeout,
        drain_seconds=drain,
        metrics_port=metrics_port,
        smtp=_mail_server(smtp, smtp_password_file, mail_from, is_on_command_line=is_on_command_line),
        admin=admin,
        log_level=log_level,
        log_format=log_format,
    )
    try:
        return run(options, sys.stdout)
    except ServeError as error:
        raise ConfigurationError(str(error)) from error


SERVER.add_command(serve)


def _mail_server(
    url: str | None, password_file: Path | None, sender: str | None, *, is_on_command_line: bool
) -> Smtp | None:
    """How to send mail, if the server sends any."""
    if not url:
        return None
    from mlsteward_server.process.smtp import SmtpError, parse_smtp

    try:
        if is_on_command_line and urlsplit(url).password:
            raise ConfigurationError(
                "--smtp contains a password, which others on this machine can read.",
                hint=f"Set it with {SMTP_PASSWORD} or --smtp-password-file, and change it at the mail server.",
            )
        password = os.environ.get(SMTP_PASSWORD) or None
        if password_file is not None:
            password = password_file.read_text("utf-8").rstrip("\r\n")
        return parse_smtp(url, password=password, sender=sender)
    except OSError as error:
        raise ConfigurationError(f"The password file of --smtp cannot be read: {error}") from None
    except (SmtpError, ValueError) as error:
        raise ConfigurationError(f"--smtp or --mail-from cannot be used: {error}.") from None


def need_server() -> None:
    try:
        import granian as granian
        import mlsteward_server as mlsteward_server
        import sqlalchemy as sqlalchemy
    except ModuleNotFoundError as error:
        raise ConfigurationError(
            f"Running a server needs {error.name}, which is not installed.", hint="pip install 'mlsteward[server]'"
        ) from error


def database_of(session: Session, database: str | None) -> str:
    from mlsteward_server.process.embedded import default_path

    named = database or session.config().path
    if named is None:
        default_path().parent.mkdir(parents=True, exist_ok=True)
    return named or str(default_path())


def need_file(database: str) -> None:
    """What only reads makes no data file."""
    from mlsteward_server.process.embedded import data_file

    file = data_file(database)
    if file is not None and not file.exists():
        raise ConfigurationError(f"There is no data file {file}.", hint="Check --database or --path.")


def checked_url(url: str | None) -> str | None:
    if url is None:
        return None
    from mlsteward.config import resolve

    # The same rules as for a server to call: http or https, and nothing but an address.
    return resolve(url=url, environ={}, config_file=None).url


def hide_password(database: str) -> None:
    """Take the password of a database off the command line, which every user of the machine can read."""
    arguments = getattr(sys, "orig_argv", [])
    if os.name != "posix" or not any(database in argument for argument in arguments):
        return
    from mlsteward_server.process.passwords import take_password

    bare = take_password(database)
    if bare != database:
        sys.stdout.flush()
        # The command that runs now, with one argument changed.
        os.execv(  # noqa: S606
            sys.executable, [argument.replace(database, bare) for argument in arguments]
        )
