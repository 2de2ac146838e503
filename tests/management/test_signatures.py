"""Names, parameters and defaults are those of the documents."""

from __future__ import annotations

import inspect
from typing import Any

import mlsteward
import mlsteward.management
import pytest
from mlsteward import errors, management

DOCUMENTED: dict[str, dict[str, Any]] = {
    "get_project_list": {"api_token": None},
    "create_project": {
        "name": ...,
        "key": None,
        "workspace": None,
        "visibility": "priv",
        "description": None,
        "api_token": None,
    },
    "delete_project": {"project": ..., "workspace": None, "api_token": None},
    "add_project_member": {"project": ..., "username": ..., "role": ..., "workspace": None, "api_token": None},
    "get_project_member_list": {"project": ..., "workspace": None, "api_token": None},
    "remove_project_member": {"project": ..., "username": ..., "workspace": None, "api_token": None},
    "get_workspace_member_list": {"workspace": ..., "api_token": None},
    "get_workspace_service_account_list": {"workspace": ..., "api_token": None},
    "get_project_service_account_list": {"project": ..., "workspace": None, "api_token": None},
    "add_project_service_account": {
        "project": ...,
        "service_account_name": ...,
        "role": ...,
        "workspace": None,
        "api_token": None,
    },
    "remove_project_service_account": {
        "project": ...,
        "service_account_name": ...,
        "workspace": None,
        "api_token": None,
    },
    # "Supply either username or email": both have to have a default, and so has what follows them.
    "invite_to_workspace": {
        "username": None,
        "email": None,
        "workspace": None,
        "api_token": None,
        "role": "member",
        "add_to_all_projects": False,
    },
    "get_workspace_status": {"workspace": None, "api_token": None},
}
"""Parameters in their order; `...` where there is no default."""


@pytest.mark.covers(
    "neptune.management:import",
    "neptune.management:api_token_argument",
    "neptune.management:name_renamed_project",
    "neptune.management:name_renamed_workspace",
    "neptune.create_project:visibility_default",
    "neptune.create_project:description_default",
    "neptune.invite_to_workspace:role_default",
)
@pytest.mark.parametrize("name", DOCUMENTED)
def test_signature(name: str) -> None:
    parameters = inspect.signature(getattr(management, name)).parameters.values()
    found = {p.name: ... if p.default is inspect.Parameter.empty else p.default for p in parameters}
    assert found == DOCUMENTED[name]
    assert list(found) == list(DOCUMENTED[name])
    assert {p.kind for p in parameters} == {inspect.Parameter.POSITIONAL_OR_KEYWORD}


def test_everything_documented_is_public() -> None:
    assert set(DOCUMENTED) < set(management.__all__)
    assert set(management.__all__) <= set(dir(management))
    assert mlsteward.management is management


@pytest.mark.covers("neptune.ProjectVisibility", "neptune.ProjectMemberRole", "neptune.WorkspaceMemberRole")
def test_words() -> None:
    def words(enum: Any) -> set[str]:
        return {str(member) for member in enum}

    assert words(management.ProjectVisibility) == {"priv", "workspace", "pub"}
    assert words(management.ProjectMemberRole) == {"viewer", "contributor", "owner"}
    assert words(management.WorkspaceMemberRole) == {"admin", "member"}
    assert management.WorkspaceMemberRole.ADMIN == "admin"
    assert management.WorkspaceMemberRole.MEMBER == "member"


def test_every_exception_is_one_of_the_library() -> None:
    for name in management.exceptions.__all__:
        found = getattr(management.exceptions, name)
        assert issubclass(found, errors.StewardError)
        assert found is getattr(errors, name, found)
        assert issubclass(found, management.exceptions.ManagementOperationFailure)
