"""Create a project for a team, decide who is in it, and put it away when it is done."""

from mlsteward import Steward
from mlsteward.records import AccessSource, Project, ProjectRole, Visibility

with Steward(workspace="ml-team") as steward:
    steward.workspaces.create("ml-team")
    for username in ("jackie", "jill"):
        steward.members.add(username, email=f"{username}@example.org", role="collaborator")
    steward.service_accounts.create("cicd")

    project: Project = steward.projects.create("classification", key="CLS", description="Traffic signs")
    assert (project.full_name, project.key) == ("ml-team/classification", "CLS")
    assert project.visibility is Visibility.PRIVATE
    assert steward.projects.create("classification", exist_ok=True) == project
    assert steward.projects.get(project.id) == steward.projects.get("ml-team/classification") == project

    members = steward.projects.members
    entry = members.add("ml-team/classification", "jackie", role="contributor")
    assert (entry.role, entry.source) == (ProjectRole.CONTRIBUTOR, AccessSource.ROSTER)
    members.add("classification", "cicd@ml-team", role=ProjectRole.VIEWER, kind="service_account")
    members.update("classification", "jackie", role="owner")
    roster = {member.username: member.role for member in members.list("classification")}
    assert roster["jackie"] is ProjectRole.OWNER
    assert members.get("classification", "jackie").username == "jackie"
    assert [m.username for m in members.list("classification", kind="service_account")] == ["cicd@ml-team"]
    members.remove("classification", "cicd@ml-team")
    members.remove("classification", "cicd@ml-team", missing_ok=True)

    opened = steward.projects.update("classification", visibility="workspace", description="Signs and lights")
    assert (opened.visibility, opened.description) == (Visibility.WORKSPACE, "Signs and lights")
    assert steward.projects.update("classification", name="signs").full_name == "ml-team/signs"

    assert steward.projects.archive("signs").archived_at is not None
    assert steward.projects.list(workspace="ml-team").to_list() == []
    assert [one.name for one in steward.projects.list(archived=True)] == ["signs"]
    assert steward.projects.restore("signs").archived_at is None
    steward.projects.delete("signs")
    steward.projects.delete("signs", missing_ok=True)
