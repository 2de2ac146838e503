"""A script that was written for Neptune's `management`, with its import line changed."""

from mlsteward import management
from mlsteward.management.exceptions import ProjectAlreadyExists, ProjectNotFound, UserAlreadyHasAccess

with management.connect(workspace="ml-team") as steward:
    assert management.create_workspace("ml-team") == "ml-team"
    steward.members.add("jackie", email="jackie@example.org", role="member")
    robot = management.create_service_account("cicd", "ml-team")
    management.invite_to_workspace(email="jill@example.org", workspace="ml-team", role="member")

    name = management.create_project("classification", key="CLS", visibility=management.ProjectVisibility.PRIVATE)
    assert name == "ml-team/classification"
    assert management.get_project_list() == [name]
    management.add_project_member(name, "jackie", management.ProjectMemberRole.CONTRIBUTOR)
    management.add_project_service_account(name, robot, "viewer")
    assert management.get_project_member_list(name)["jackie"] == "contributor"
    assert management.get_project_service_account_list(name)[robot] == "viewer"
    assert management.get_workspace_member_list("ml-team")["jackie"] == "member"
    assert robot in management.get_workspace_service_account_list("ml-team")
    assert management.get_workspace_status("ml-team")["membersCount"] >= 1

    try:
        management.add_project_member(name, "jackie", "viewer")
    except UserAlreadyHasAccess:
        management.remove_project_member(name, "jackie")
    else:
        raise AssertionError("added twice")
    try:
        management.create_project("classification", workspace="ml-team")
    except ProjectAlreadyExists as error:
        assert isinstance(error, management.exceptions.ManagementOperationFailure)
    else:
        raise AssertionError("created twice")
    management.remove_project_service_account(name, robot)
    management.delete_project(name)
    try:
        management.delete_project(name)
    except ProjectNotFound:
        pass
    else:
        raise AssertionError("deleted twice")
