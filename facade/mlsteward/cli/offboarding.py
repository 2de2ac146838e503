"""`mlsteward members offboard`: what a person who leaves holds, and taking it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from mlsteward.cli.ask import ask, need_an_answer
from mlsteward.cli.command import Command, yes
from mlsteward.cli.output import Columns, clean, paint, say, show_list, to_json, with_article, write_json
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
    "invitation_sent": "invitation sent",
    "invitation_received": "invitation received",
}

HINTS = {
    "last_admin": "make somebody else an admin first: `mlsteward members role`",
    "sole_owner": "--successor names who gets what they alone own",
}

_columns: Columns[Holding] = {
    "What": lambda holding: KINDS.get(holding.kind, holding.kind),
    "Name": lambda holding: holding.name,
    "Role": lambda holding: holding.role,
    "Passes to": lambda holding: holding.passes_to,
}


@click.command(
    "offboard",
    cls=Command,
    about_workspace=True,
    examples=(
        "mlsteward members offboard jackie --workspace ml-team",
        "mlsteward members offboard jackie --successor ravi --apply -w ml-team",
    ),
)
@click.argument("user")
@click.option("--successor", metavar="USER", help="Who gets what they alone own: id, email or username.")
@click.option("--apply", is_flag=True, help="Do it. Without, only what would be done is shown.")
@yes
@click.pass_obj
def offboard(session: Session, user: str, successor: str | None, apply: bool, yes: bool) -> None:
    """Show what a person holds in a workspace; --apply takes it all.

    All of it or nothing: places on rosters, groups, grants on datasets, invitations, and the place in
    the workspace; with the last workspace the account and its API keys too. USER is an id, email or
    username. For admins.
    """
    if apply and not yes:
        need_an_answer()
    with session.steward() as steward:
        if not apply:
            _preview(session, steward.members.offboard(user, successor=successor))
            return
        if not yes:
            found = steward.members.offboard(user, successor=successor)
            if found.blockers:
                told = " ".join(f"{blocker.detail} ({blocker.code})" for blocker in found.blockers)
                raise StewardError(told, hint=_hint(found))
            if not session.as_json:
                _show(session, found)
            ask(f"Take all that from {found.username}, and {found.username} out of the workspace?", yes=False)
        done = steward.members.offboard(user, successor=successor, dry_run=False)
    told = f"{done.username} is not in the workspace any more"
    told += ", and the account is gone" if done.deletes_account else ""
    passed = sum(holding.passes_to is not None for holding in done.holdings)
    told += f"; {passed} passed to {done.successor}" if passed else ""
    say(session, f"{told}.", done)


def _preview(session: Session, found: Offboarding) -> None:
    if session.as_json:
        write_json(to_json(found))
        return
    _show(session, found)
    for number, blocker in enumerate(found.blockers):
        click.echo(("" if number else "\n") + f"{paint('in the way:', fg='red')} {clean(blocker.detail)}")
    if (hint := _hint(found)) is not None:
        click.echo(f"{paint('hint:', fg='cyan')} {hint}", err=True)
    click.echo("Nothing was changed." + ("" if found.blockers else " --apply does it."), err=True)


def _show(session: Session, found: Offboarding) -> None:
    told = f"{found.username} is {with_article(found.role)} of the workspace"
    told += " and in no other: the account and its API keys go too." if found.deletes_account else "."
    click.echo(clean(told))
    if found.holdings:
        click.echo()
        show_list(session, found.holdings, _columns, none="")


def _hint(found: Offboarding) -> str | None:
    return "; ".join(filter(None, (HINTS.get(blocker.code) for blocker in found.blockers))) or None
