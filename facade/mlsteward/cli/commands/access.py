"""`mlsteward access explain` and `mlsteward access can`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import click

from mlsteward.cli.call import Call
from mlsteward.cli.command import PROJECTS, group
from mlsteward.cli.derived import runs
from mlsteward.cli.listing import show_list
from mlsteward.cli.output import Columns, clean, to_json, with_article, write_json
from mlsteward.cli.parameters import WORKSPACE, Option
from mlsteward.cli.session import Session
from mlsteward.errors import AmbiguousName

if TYPE_CHECKING:
    from mlsteward.records.access import AccessCheck, AccessConsideration, AccessExplanation


DATASET = "dataset"
KINDS = ("project", DATASET, "experiment")
NO = 1
"""The exit code for an account that may not do something."""

access = group(PROJECTS, "access", "Show who may do what, and why.")

_considered: Columns[AccessConsideration] = {
    "Rule": lambda considered: considered.rule,
    "Group": lambda considered: considered.group,
    "Gives": lambda considered: considered.role,
    "Decides": lambda considered: "yes" if considered.decides else None,
}


def _check_target(session: Session, arguments: Mapping[str, object]) -> None:
    if len({"project_or_dataset", "project", "dataset"} & arguments.keys()) != 1:
        raise click.UsageError("Name one project or dataset: as TARGET, or with --project or --dataset.")


@runs(
    access,
    "explain",
    lambda steward: steward.access.explain,
    arguments=("user", "project_or_dataset"),
    check=_check_target,
    options={
        "user": Option(help="Id, email, username, account@workspace, or me."),
        "project_or_dataset": Option(
            metavar="TARGET", help="A project or dataset: workspace/name, a name in the workspace, or an id."
        ),
        "project": Option(help="Project, if a dataset has the same name."),
        "dataset": Option(help="Dataset, if a project has the same name."),
    },
    examples=(
        "mlsteward access explain jackie ml-team/images",
        "mlsteward access explain me --project ml-team/churn",
        "mlsteward access explain ci@ml-team --dataset images --workspace ml-team",
    ),
)
def explain(call: Call[AccessExplanation]) -> None:
    """Explain what an account may do, and why."""
    try:
        found = call()
    except AmbiguousName as error:
        # The hint of the client is to pass an argument; here it is an option.
        raise click.UsageError(
            f"{call.get('project_or_dataset')} is a project and a dataset; use --project or --dataset."
        ) from error
    if call.session.as_json:
        write_json(to_json(found))
        return
    click.echo(clean(in_a_sentence(found)))
    if found.considered:
        click.echo()
        show_list(call.session, found.considered, _considered, none="")


@runs(
    access,
    "can",
    lambda steward: steward.access.can,
    arguments=("user", "operation", "object"),
    options={
        "user": Option(help="Id, email, username, account@workspace, or me."),
        "operation": Option(help="Operation of the API, such as delete_project, or its verb, such as delete."),
        "object": Option(
            type=click.STRING,
            help="Project, dataset or experiment: workspace/name, a name in the workspace, or an id.",
        ),
    },
    examples=(
        "mlsteward access can jackie delete_project ml-team/nlp",
        "mlsteward access can jackie update ml-team/nlp",
        "mlsteward access can ci@ml-team list_members --workspace ml-team",
    ),
)
def can(call: Call[AccessCheck]) -> int:
    """Check whether an account may call an operation.

    Prints yes, or no with the reason. The exit code is 0 for yes and 1 for no. If only the verb of the operation is
    given, the kind of the object completes it: delete and a project make delete_project.
    """
    verb = call.get("operation")
    found = call() if "_" in verb else call(operation=f"{verb}_{_kind_of_object(call)}")
    if call.session.as_json:
        write_json({**to_json(found)})
    else:
        click.echo("yes" if found else clean(f"no: {found.reason}"))
    return 0 if found else NO


def _kind_of_object(call: Call[AccessCheck]) -> str:
    """Find out whether the object is a project, a dataset or an experiment that the caller can see."""
    target = call.get("object")
    if target is None:
        return WORKSPACE
    questions = [("me", f"get_{kind}", target) for kind in KINDS]
    answers = call.steward.access.check(questions, workspace=call.get(WORKSPACE))
    kinds = [kind for kind, seen in zip(KINDS, answers, strict=True) if seen]
    if not kinds:
        raise click.ClickException(f"there is no project, dataset or experiment {target!r} that you can see")
    if len(kinds) > 1:
        operations = " or ".join(f"{call.get('operation')}_{kind}" for kind in kinds)
        raise click.UsageError(f"{target} is {' and '.join(map(with_article, kinds))}; write {operations}.")
    return kinds[0]


def in_a_sentence(found: AccessExplanation) -> str:
    """What an account may do with a project or dataset, and why."""
    what = f"the {found.object_type} {found.object_name}"
    if found.object_type == DATASET:
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
        if found.object_type == DATASET
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
