"""`workspace/project` in one argument or two, in every function that takes a project."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any

import pytest
from mlsteward import errors, management
from mlsteward.management import exceptions

from tests.facade_support import Team, fresh

Call = Callable[..., Any]

OF_A_PROJECT: dict[str, tuple[Any, ...]] = {
    "get_project_member_list": (),
    "get_project_service_account_list": (),
    "add_project_member": ("jackie", "viewer"),
    "remove_project_member": ("jackie",),
    "add_project_service_account": ("cicd", "viewer"),
    "remove_project_service_account": ("cicd",),
    "delete_project": (),
}
"""In an order in which all of them succeed, with what comes after the project."""

pytestmark = pytest.mark.usefixtures("connected")


@pytest.mark.covers("neptune.management:workspace_parsed_from_project", "neptune.create_project:workspace_from_name")
@pytest.mark.parametrize("form", ["one", "two", "both", "positional"])
def test_every_form(team: Team, form: str) -> None:
    token = {"api_token": team.admin.api_token}
    people = {"jackie": team.person().username, "cicd": team.robot().username}
    bare = fresh("classification")
    full = f"{team.workspace}/{bare}"
    project = {
        "one": functools.partial(_call, full, {}),
        "two": functools.partial(_call, bare, {"workspace": team.workspace}),
        "both": functools.partial(_call, full, {"workspace": team.workspace.upper()}),
        "positional": functools.partial(_call, bare, (team.workspace,)),
    }[form]
    if form == "positional":
        assert management.create_project(bare, "CLS", team.workspace, "priv", None, team.admin.api_token) == full
    else:
        assert project("create_project", (), token, name="name") == full
    for name, rest in OF_A_PROJECT.items():
        project(name, tuple(people.get(word, word) for word in rest), token)
    assert full not in management.get_project_list(**token)


def _call(
    project: str, workspace: Any, function: str, rest: tuple[Any, ...], token: dict[str, str], *, name: str = "project"
) -> Any:
    call = getattr(management, function)
    if isinstance(workspace, tuple):
        return call(project, *rest, *workspace, *token.values())
    names = {
        "add_project_member": ("username", "role"),
        "add_project_service_account": ("service_account_name", "role"),
        "remove_project_member": ("username",),
        "remove_project_service_account": ("service_account_name",),
    }.get(function, ())
    return call(**{name: project}, **dict(zip(names, rest, strict=True)), **workspace, **token)


FUNCTIONS: list[Call] = [
    lambda project, **options: management.create_project(project, **options),
    *(
        lambda project, function=function, rest=rest, **options: getattr(management, function)(
            project, *rest, **options
        )
        for function, rest in OF_A_PROJECT.items()
    ),
]


@pytest.mark.parametrize("call", FUNCTIONS, ids=["create_project", *OF_A_PROJECT])
def test_what_cannot_be_a_name(call: Call) -> None:
    for wrong in ("a/b/c", "/b", "a/", "/", "a:b/c"):
        with pytest.raises(exceptions.InvalidProjectName):
            call(wrong)
    with pytest.raises(exceptions.MissingWorkspaceName, match="bare"):
        call("bare")
    with pytest.raises(exceptions.ConflictingWorkspaceName, match="'b'"):
        call("a/project", workspace="b")
    for wrong in (None, 7, ["a/b"], ""):
        with pytest.raises(errors.InvalidArgument):
            call(wrong)
    with pytest.raises(errors.InvalidArgument):
        call("bare", workspace="")
    with pytest.raises(errors.InvalidArgument):
        call("bare", workspace=7)


def test_default_workspace(team: Team) -> None:
    bare = fresh("classification")
    with management.connect(**team.backend.options, workspace=team.workspace):
        assert management.create_project(bare) == f"{team.workspace}/{bare}"
        assert set(management.get_project_member_list(bare)) == {team.admin.username}
        assert management.get_workspace_status()["membersCount"] == 1
        management.delete_project(bare)


def test_case_does_not_matter(team: Team) -> None:
    project = team.project("Classification")
    assert management.get_project_member_list(project.lower(), api_token=team.admin.api_token)
    with pytest.raises(exceptions.ProjectNameCollision):
        management.create_project(project.upper(), api_token=team.admin.api_token)
