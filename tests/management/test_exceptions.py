"""Every exception that scripts catch is raised by something, and is also one of `mlsteward.errors`."""

from __future__ import annotations

import pickle
from collections.abc import Callable

import pytest
from mlsteward import errors, management
from mlsteward.management import _neptune, exceptions

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


FAMILIES = {
    "AccessRevokedOnDeletion": errors.Forbidden,
    "AccessRevokedOnMemberRemoval": errors.Forbidden,
    "AccessRevokedOnServiceAccountRemoval": errors.Forbidden,
    "ActiveProjectsLimitReachedException": errors.LimitReached,
    "BadRequestException": errors.InvalidRequest,
    "ConflictingWorkspaceName": errors.InvalidArgument,
    "InvalidProjectName": errors.InvalidArgument,
    "ManagementOperationFailure": errors.StewardError,
    "MissingWorkspaceName": errors.InvalidArgument,
    "ProjectAlreadyExists": errors.AlreadyExists,
    "ProjectKeyCollision": errors.Conflict,
    "ProjectKeyInvalid": errors.InvalidRequest,
    "ProjectNameCollision": errors.AlreadyExists,
    "ProjectNameInvalid": errors.InvalidRequest,
    "ProjectNotFound": errors.NotFound,
    "ProjectPrivacyRestrictedException": errors.InvalidRequest,
    "ProjectsLimitReached": errors.LimitReached,
    "ServiceAccountAlreadyHasAccess": errors.AlreadyExists,
    "ServiceAccountNotExistsOrWithoutAccess": errors.NotFound,
    "ServiceAccountNotFound": errors.NotFound,
    "UnsupportedValue": errors.InvalidArgument,
    "UserAlreadyHasAccess": errors.AlreadyExists,
    "UserAlreadyInvited": errors.AlreadyExists,
    "UserNotExistsOrWithoutAccess": errors.NotFound,
    "WorkspaceNotFound": errors.NotFound,
    "WorkspaceOrUserNotFound": errors.NotFound,
}
"""What else catches each of them."""


def test_none_is_left_out() -> None:
    assert set(FAMILIES) == set(exceptions.__all__)
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
    assert isinstance(error, FAMILIES[name])
    again = pickle.loads(pickle.dumps(error))
    assert type(again) is type(error)
    assert str(again) == str(error)


def test_without_a_key_is_not_a_missing_project(team: Team) -> None:
    with pytest.raises(exceptions.ManagementOperationFailure) as caught:
        management.get_project_member_list(team.project(), api_token="mls_" + "0" * 49)
    assert isinstance(caught.value, errors.Unauthenticated)


def test_a_key_clash_is_not_taken_for_a_project_that_exists() -> None:
    assert not issubclass(exceptions.ProjectKeyCollision, exceptions.ProjectAlreadyExists)


def test_every_name_that_is_not_shared_is_in_a_table() -> None:
    raised = {*_neptune.BY_CODE.values(), *_neptune.BY_FUNCTION.values()}
    names = {base.__name__ for cls in raised for base in cls.__mro__ if base.__module__ == exceptions.__name__}
    own = {name for name in exceptions.__all__ if getattr(exceptions, name).__module__ == exceptions.__name__}
    assert names == own
    for function, _ in _neptune.BY_FUNCTION:
        assert callable(getattr(management, function))


def test_what_is_raised_under_another_name_keeps_its_traceback_and_shows_one_error(team: Team) -> None:
    with pytest.raises(exceptions.MissingWorkspaceName) as caught:
        management.delete_project("classification")
    assert caught.value.__suppress_context__
    assert any(entry.name == "split_project" for entry in caught.traceback)


def test_the_object_client_knows_no_names_of_neptune(team: Team) -> None:
    project, guest = team.project(), team.person("guest").steward
    for act in (
        lambda: team.admin.steward.projects.create(project),
        lambda: team.admin.steward.projects.members.remove(project, fresh("nobody")),
        lambda: team.admin.steward.projects.create("a/b/c"),
        lambda: team.admin.steward.invitations.send(workspace=team.workspace, username=fresh("nobody")),
        lambda: guest.projects.create(f"{team.workspace}/x", key="no key"),
    ):
        with pytest.raises(errors.StewardError) as caught:
            act()
        assert type(caught.value).__module__ == "mlsteward.errors"
