"""`mlsteward members offboard`: what a leaver holds, and taking it away."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import click

from mlsteward.cli.ask import ask, need_an_answer
from mlsteward.cli.call import Call
from mlsteward.cli.commands.members import members
from mlsteward.cli.derived import runs
from mlsteward.cli.listing import show_list
from mlsteward.cli.outcomes import Outcome, tell
from mlsteward.cli.output import Columns, clean, paint, to_json, with_article, write_json
from mlsteward.cli.parameters import Option
from mlsteward.cli.session import Session
from mlsteward.errors import StewardError

if TYPE_CHECKING:
    from mlsteward.records.workspaces import Holding, Offboarding

KINDS = {
    "sole_project": "project, sole owner",
    "sole_dataset": "dataset, sole manager",
    "roster_entry": "project",
    "dataset_grant": "dataset",
    "api_key": "API key",
    "api_key_made": "API key made for",
    "invitation_sent": "invitation sent",
    "invitation_received": "invitation received",
}

HINTS = {
    "last_admin": "make somebody else an admin first, with `mlsteward members role`",
    "sole_owner": "use --successor to name who gets what they alone own",
}

_columns: Columns[Holding] = {
    "What": lambda holding: KINDS.get(holding.kind, holding.kind),
    "Name": lambda holding: holding.name if holding.user is None else f"{holding.user}: {holding.name}",
    "Role": lambda holding: holding.role,
    "Passes to": lambda holding: holding.passes_to,
}


def _check_answer(session: Session, arguments: Mapping[str, object], apply: bool, yes: bool) -> None:
    if apply and not yes:
        need_an_answer()


@runs(
    members,
    "offboard",
    lambda steward: steward.members.offboard,
    omits={"dry_run"},
    check=_check_answer,
    options={
        "successor": Option(metavar="USER", help="Who gets what they alone own: id, email or username."),
    },
    examples=(
        "mlsteward members offboard jackie --workspace ml-team",
        "mlsteward members offboard jackie --successor ravi --apply -w ml-team",
    ),
)
@click.option("--apply", is_flag=True, help="Do it. Without this, the command only shows what it would do.")
@click.option("-y", "--yes", is_flag=True, help="Do not ask for confirmation.")
def offboard(call: Call[Offboarding], apply: bool, yes: bool) -> None:
    """Show what a person holds in a workspace, or take it all away with --apply.

    That is all of it or nothing: places in projects and groups, grants on datasets, invitations, API keys
    they made for others, and the membership. If it is their last workspace, their account and its API keys
    are deleted too. For admins.
    """
    session = call.session
    if not apply:
        _preview(session, call())
        return
    if not yes:
        found = call()
        if found.blockers:
            told = " ".join(f"{blocker.detail} ({blocker.code})" for blocker in found.blockers)
            raise StewardError(told, hint=_hint(found))
        if not session.as_json:
            _show(session, found)
        ask(f"Take all that from {found.username}, and remove {found.username} from the workspace?", yes=False)
    done = call(dry_run=False)
    told = f"{done.username} is no longer in the workspace"
    told += ", and the account is deleted" if done.deletes_account else ""
    passed = sum(holding.passes_to is not None for holding in done.holdings)
    told += f"; {passed} passed to {done.successor}" if passed else ""
    tell(session, Outcome.DELETED, told, done)


def _preview(session: Session, found: Offboarding) -> None:
    if session.as_json:
        write_json(to_json(found))
        return
    _show(session, found)
    for number, blocker in enumerate(found.blockers):
        click.echo(("" if number else "\n") + f"{paint('blocked:', fg='red')} {clean(blocker.detail)}")
    if (hint := _hint(found)) is not None:
        click.echo(f"{paint('hint:', fg='cyan')} {hint}", err=True)
    click.echo("Nothing was changed." + ("" if found.blockers else " Use --apply to do it."), err=True)


def _show(session: Session, found: Offboarding) -> None:
    told = f"{found.username} is {with_article(found.role)} of the workspace"
    told += " and of no other: the account and its API keys are deleted too." if found.deletes_account else "."
    click.echo(clean(told))
    if found.holdings:
        click.echo()
        show_list(session, found.holdings, _columns, none="")


def _hint(found: Offboarding) -> str | None:
    return "; ".join(filter(None, (HINTS.get(blocker.code) for blocker in found.blockers))) or None
