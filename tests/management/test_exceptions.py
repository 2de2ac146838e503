"""Every exception that scripts catch is one that something raises."""

from __future__ import annotations

import pickle
from collections.abc import Callable

import pytest
from mlsteward import errors, management
from mlsteward.management import exceptions

from tests.facade_support import Person, Team, fresh

pytestmark = pytest.mark.usefixtures("connected")


class Stage:
    """Somebody and something for every refusal."""

    def __init__(self, team: Team) -> None:
        self.team = team
        self.workspace = team.workspace
        self.project = management.create_project(
            f"{team.workspace}/classification", "CLS", api_token=team.admin.api_token
        )
        self.nothing = f"{team.workspace}/{fresh('nothing')}"
        self.jackie = team.in_project("contributor", self.project, within="member")
        self.robot = team.robot()
        management.add_project_service_account(self.project, self.robot.username, "viewer")

    def full(self) -> None:
        self.team.operator.workspaces.update(self.workspace, projects_limit=1)
        management.create_project(f"{self.workspace}/second")

    def restricted(self) -> None:
        self.team.operator.workspaces.update(self.workspace, allowed_visibilities=["public"])
        management.create_project(f"{self.workspace}/second")

    def remove(self, caller: Person, username: str) -> None:
        management.remove_project_member(self.project, username, api_token=caller.api_token)


Act = Callable[[Stage], object]

RAISED: dict[str, Act] = {
    "AccessRevokedOnDeletion": lambda s: management.delete_project(s.project, api_token=s.jackie.api_token),
    "AccessRevokedOnMemberRemoval": lambda s: s.remove(s.jackie, s.team.admin.username),
    "AccessRevokedOnServiceAccountRemoval": lambda s: management.remove_project_service_account(
        s.project, s.robot.username, api_token=s.jackie.api_token
    ),
    "ActiveProjectsLimitReachedException": Stage.full,
    "BadRequestException": lambda s: management.create_project(f"{s.workspace}/x", description="x" * 10_001),
    "ConflictingWorkspaceName": lambda s: management.delete_project(s.project, workspace="another"),
    "InvalidProjectName": lambda s: management.delete_project("a/b/c"),
    "ManagementOperationFailure": lambda s: management.delete_project(s.nothing),
    "MissingWorkspaceName": lambda s: management.delete_project("classification"),
    "ProjectAlreadyExists": lambda s: management.create_project(s.project),
    "ProjectKeyCollision": lambda s: management.create_project(f"{s.workspace}/x", key="CLS"),
    "ProjectKeyInvalid": lambda s: management.create_project(f"{s.workspace}/x", key="cls"),
    "ProjectNameCollision": lambda s: management.create_project(s.project.upper()),
    "ProjectNameInvalid": lambda s: management.create_project(f"{s.workspace}/-"),
    "ProjectNotFound": lambda s: management.get_project_member_list(s.nothing),
    "ProjectPrivacyRestrictedException": Stage.restricted,
    "ProjectsLimitReached": Stage.full,
    "ServiceAccountAlreadyHasAccess": lambda s: management.add_project_service_account(
        s.project, s.robot.username, "viewer"
    ),
    "ServiceAccountNotExistsOrWithoutAccess": lambda s: management.remove_project_service_account(
        s.project, s.team.robot().username
    ),
    "ServiceAccountNotFound": lambda s: management.add_project_service_account(
        s.project, f"nobody@{s.workspace}", "viewer"
    ),
    "UnsupportedValue": lambda s: management.add_project_member(s.project, "janus", "boss"),
    "UserAlreadyHasAccess": lambda s: management.add_project_member(s.project, s.jackie.username, "viewer"),
    "UserAlreadyInvited": lambda s: management.invite_to_workspace(s.jackie.username, workspace=s.workspace),
    "UserNotExistsOrWithoutAccess": lambda s: management.remove_project_member(s.project, fresh("nobody")),
    "WorkspaceNotFound": lambda s: management.create_project(f"{fresh('nothing')}/x"),
    "WorkspaceOrUserNotFound": lambda s: management.invite_to_workspace(fresh("nobody"), workspace=s.workspace),
}
BEFORE_SENDING = {"ConflictingWorkspaceName", "InvalidProjectName", "MissingWorkspaceName", "UnsupportedValue"}


def test_none_is_left_out() -> None:
    assert set(RAISED) == set(exceptions.__all__)


@pytest.mark.parametrize("name", RAISED)
def test_is_raised(team: Team, name: str) -> None:
    wanted = getattr(exceptions, name)
    with pytest.raises(wanted) as caught:
        RAISED[name](Stage(team))
    error = caught.value
    assert str(error).strip()
    assert error.hint or name in BEFORE_SENDING
    if name in BEFORE_SENDING:
        assert isinstance(error, ValueError)
        assert not isinstance(error, errors.APIError)
    else:
        assert isinstance(error, errors.APIError)
        assert error.code in str(error)
        assert error.request_id is not None
        assert error.request_id in str(error)
    again = pickle.loads(pickle.dumps(error))
    assert type(again) is type(error)
    assert str(again) == str(error)


def test_without_a_key_is_not_a_missing_project(team: Team) -> None:
    with pytest.raises(exceptions.ManagementOperationFailure) as caught:
        management.get_project_member_list(team.project(), api_token="mls_" + "0" * 49)
    assert isinstance(caught.value, errors.Unauthenticated)
