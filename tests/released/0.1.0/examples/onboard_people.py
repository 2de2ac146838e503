"""Set up a workspace for a new team: a plan, defaults, people, a service account and an invitation."""

from mlsteward import Steward
from mlsteward.records import AccountKind, Visibility, WorkspaceRole

TEAM = {"jackie": "admin", "jill": "member", "janus": "collaborator"}

with Steward() as steward:
    workspace = steward.workspaces.create("ml-team", projects_limit=5, allowed_visibilities=["private", "workspace"])
    assert workspace.plan.projects_limit == 5
    assert workspace.plan.allowed_visibilities == (Visibility.PRIVATE, Visibility.WORKSPACE)
    assert steward.workspaces.create("ml-team", exist_ok=True).id == workspace.id

    settings = steward.workspaces.settings.update("ml-team", default_user_role="collaborator")
    assert settings.default_user_role is WorkspaceRole.COLLABORATOR

    for username, role in TEAM.items():
        steward.members.add(username, workspace="ml-team", email=f"{username}@example.org", role=WorkspaceRole(role))
    members = {member.username: member.role for member in steward.members.list(workspace="ml-team")}
    assert {name: str(members[name]) for name in TEAM} == TEAM
    assert steward.members.update("jill", role="guest", workspace="ml-team").role is WorkspaceRole.GUEST
    assert steward.members.get("jill@example.org", workspace="ml-team").username == "jill"

    robot = steward.service_accounts.create("cicd", workspace="ml-team")
    assert [account.name for account in steward.service_accounts.list(workspace="ml-team")] == [robot.name]

    invitation = steward.invitations.send(workspace="ml-team", email="joan@example.org", role="member")
    (waiting,) = steward.invitations.list(workspace="ml-team")
    assert (waiting.id, waiting.email, waiting.status) == (invitation.id, "joan@example.org", "pending")
    accepted = steward.invitations.accept(invitation.url, username="joan")
    assert (accepted.workspace, accepted.role) == ("ml-team", WorkspaceRole.MEMBER)
    assert accepted.api_key is not None
    account = steward.as_account(accepted.api_key).whoami()
    assert (account.username, account.kind, account.is_operator) == ("joan", AccountKind.USER, False)

    steward.members.remove("janus", workspace="ml-team")
    steward.members.remove("janus", workspace="ml-team", missing_ok=True)
    status = steward.workspaces.status("ml-team")
    assert (status.members_count, status.active_projects, status.active_projects_limit) == (4, 0, 5)

    wider = steward.workspaces.update("ml-team", projects_limit=None)
    assert wider.plan.projects_limit is None
