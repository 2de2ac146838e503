"""`mlsteward access explain`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from mlsteward.cli.command import Group
from mlsteward.cli.output import Columns, clean, show_list, to_json, with_article, write_json
from mlsteward.cli.session import Session
from mlsteward.errors import AmbiguousName
from mlsteward.records.enums import AccessObjectType

if TYPE_CHECKING:
    from mlsteward.records.access import AccessConsideration, AccessExplanation


@click.group(cls=Group)
def access() -> None:
    """Who may do what, and why: explain, matrix."""


_considered: Columns[AccessConsideration] = {
    "Rule": lambda considered: considered.rule,
    "Group": lambda considered: considered.group,
    "Gives": lambda considered: considered.role,
    "Decides": lambda considered: "yes" if considered.decides else None,
}


@access.command(
    "explain",
    about_workspace=True,
    examples=(
        "mlsteward access explain jackie ml-team/images",
        "mlsteward access explain me --project ml-team/churn",
        "mlsteward access explain ci@ml-team --dataset images --workspace ml-team",
    ),
)
@click.argument("user")
@click.argument("target", required=False)
@click.option("--project", metavar="PROJECT", help="A project, where a dataset has the same name.")
@click.option("--dataset", metavar="DATASET", help="A dataset, where a project has the same name.")
@click.pass_obj
def explain(session: Session, user: str, target: str | None, project: str | None, dataset: str | None) -> None:
    """Explain what an account may do, and why.

    USER is an id, email, username, service account, or me. TARGET is a project or a dataset:
    workspace/name, a name in the workspace that is meant, or an id.
    """
    if sum(named is not None for named in (target, project, dataset)) != 1:
        raise click.UsageError("Name one project or dataset: as TARGET, or with --project or --dataset.")
    with session.steward() as steward:
        try:
            found = steward.access.explain(user, target, project=project, dataset=dataset)
        except AmbiguousName as error:
            # The hint of the client is to pass an argument; here it is an option.
            raise click.UsageError(f"{target} is a project and a dataset: say --project or --dataset.") from error
    if session.as_json:
        write_json(to_json(found))
        return
    click.echo(clean(in_a_sentence(found)))
    if found.considered:
        click.echo()
        show_list(session, found.considered, _considered, none="")


def in_a_sentence(found: AccessExplanation) -> str:
    """What an account is in a project or may do with a dataset, and why."""
    what = f"the {found.object_type} {found.object_name}"
    if found.object_type == AccessObjectType.DATASET:
        has = f"has {found.role} on {what}"
    elif found.role is None:
        has = f"has no role in {what}"
    else:
        has = f"is {with_article(found.role)} of {what}"
    return f"{found.username} {has} because {_reason(found)}."


def _reason(found: AccessExplanation) -> str:
    who, home = found.username, found.workspace
    outsider = f"{with_article(found.workspace_role or 'outsider')} of {home}"
    nothing = (
        f"nothing was granted, and {outsider} gains nothing from the default"
        if found.object_type == AccessObjectType.DATASET
        else f"{who} is not on the roster, and the visibility does not let {outsider} in"
    )
    reasons = {
        "operator": f"{who} operates the platform",
        "admin": f"{who} is an admin of {home}",
        "own_grant": f"{who} was granted it" + (", which counts before the rest" if len(found.considered) > 1 else ""),
        "group_grant": f"the group {found.group} was granted it",
        "default": f"that is what members of {home} have by default",
        "roster": f"{who} is on the roster",
        "visibility": f"the visibility lets members of {home} in",
        "public": f"the {found.object_type} is public",
        "none": nothing,
    }
    return reasons.get(found.rule, f"of the rule {found.rule}")
