"""`mlsteward access review`: a page for people who check who may do what."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from mlsteward.cli.call import Call
from mlsteward.cli.commands.access import access
from mlsteward.cli.derived import runs
from mlsteward.cli.moments import Duration, Since
from mlsteward.cli.output import clean, write_json
from mlsteward.cli.parameters import Option
from mlsteward.cli.session import Session
from mlsteward.errors import InvalidArgument, StewardError

if TYPE_CHECKING:
    from mlsteward.reviews.review import AccessReview


class Days(Duration):
    """A duration of days: `90`, `90d` or `12w`."""

    name = "days"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> timedelta:
        return super().convert(f"{value}d" if str(value).isdecimal() else value, param, ctx)


class SinceReview(Since):
    """A date, how long ago it was, or the page of an earlier review."""

    name = "since_review"
    like = "2026-11-01 or 90d, or name the page of an earlier review"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        if not isinstance(value, str) or not (value.lower().endswith((".html", ".htm")) or Path(value).is_file()):
            return super().convert(value, param, ctx)
        from mlsteward.reviews.review import AccessReview

        try:
            return AccessReview.read(value)
        except InvalidArgument as error:
            self.fail(f"{error}.", param, ctx)
        except OSError as error:
            self.fail(f"{value}: {error.strerror}.", param, ctx)


def _check_form(session: Session, arguments: Mapping[str, object], page: Path | None, csv: bool) -> None:
    if session.as_json and page is not None:
        raise click.UsageError("--json cannot be used with --output.")
    if page is None and not session.as_json:
        raise click.UsageError("Say where to write the page: -o review.html")
    if page is None and csv:
        raise click.UsageError("--csv writes beside the page; use --output to name it.")
    if page is not None and not page.parent.is_dir():
        raise click.BadParameter(f"there is no folder {page.parent}", param_hint="--output")


@runs(
    access,
    "review",
    lambda steward: steward.access.review,
    check=_check_form,
    options={
        "unseen": Option(help="Mark who and what was not used for so many days (default: 90).", type=Days()),
        "old_keys": Option(help="Mark API keys older than so many days (default: 365).", type=Days()),
        "since": Option(
            help="Show what has changed since the page of an earlier review, since a date, or for so long: 90d.",
            type=SinceReview(),
        ),
    },
    examples=(
        "mlsteward access review ml-team -o review.html",
        "mlsteward access review ml-team -o 2026-q4.html --since 2026-q3.html --csv",
        "mlsteward access review ml-team --unseen 30 --json",
    ),
)
@click.option(
    "-o",
    "--output",
    "page",
    metavar="FILE",
    type=click.Path(dir_okay=False, writable=True, path_type=Path),
    help="Write the page to this file.",
)
@click.option("--csv", is_flag=True, help="Also write each table as CSV beside the page, such as review.access.csv.")
def review(call: Call[AccessReview], page: Path | None, csv: bool) -> None:
    """Review the access to a workspace. For admins.

    Writes a page for an auditor: who may do what and why, API keys by age and last use, who was not seen,
    open invitations, and with --since what has changed. The page needs no script and no other file. It also
    contains its data, so that the next review can be compared with it.
    """
    found = call()
    if page is None:
        write_json(found.to_dict())
        return
    try:
        found.to_html(page)
        tables = _write_tables(found, page) if csv else ()
    except OSError as error:
        if isinstance(error, StewardError):
            raise
        raise click.ClickException(f"{error.filename or page}: {error.strerror}") from error
    click.echo(clean(_in_a_sentence(found, page)))
    for table in tables:
        click.echo(f"Wrote {table}.")


def _write_tables(found: AccessReview, page: Path) -> list[Path]:
    from mlsteward.reviews.review import PARTS

    written = []
    for part in PARTS:
        if part in ("changes", "events") and not getattr(found, part):
            continue
        table = page.with_name(f"{page.stem}.{part}.csv")
        found.to_csv(table, part=part)
        written.append(table)
    return written


def _in_a_sentence(found: AccessReview, page: Path) -> str:
    told = [
        _number(len(found.accounts), "account"),
        f"{len(found.unseen)} not seen for {found.unseen_days} days",
        _number(len(found.keys), "API key"),
        f"{len(found.marked_keys)} with remarks",
        _number(len(found.invitations), "open invitation"),
    ]
    if found.compares:
        told.append(_number(len(found.changes), "difference"))
    return f"Wrote {page}: {', '.join(told)}."


def _number(count: int, what: str) -> str:
    return f"{count} {what}{'' if count == 1 else 's'}"
