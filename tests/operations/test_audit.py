"""What happened, by whom."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from mlsteward import errors
from mlsteward.records import AuditAction

from tests.facade_support import Team, fresh


def test_events_of_a_project(team: Team) -> None:
    project, jackie = team.project(), team.person()
    admin = team.admin.steward
    admin.projects.members.add(project, jackie.username, role="viewer")
    admin.projects.update(project, description="x")
    admin.projects.members.remove(project, jackie.username)
    events = admin.audit.list(project=project).to_list()
    assert [event.action for event in events] == ["update", "update", "update", "create"]
    assert all(event.user == team.admin.email for event in events)
    dates = [event.date for event in events]
    assert dates == sorted(dates, reverse=True)
    assert abs(datetime.now(UTC) - dates[0]) < timedelta(minutes=5)
    made, found = events[-1], admin.projects.get(project)
    assert (made.object_type, made.object_id, made.object_name) == ("project", found.id, found.name)
    assert made.event
    # Viewers may read it, with the bare name, too.
    admin.projects.members.add(project, jackie.username, role="viewer")
    name = project.partition("/")[2]
    seen = jackie.steward.audit.list(project=name, workspace=team.workspace).to_list()[1:]
    assert [event.id for event in seen] == [event.id for event in events]
    # Addresses are for admins.
    assert {event.user for event in seen} == {team.admin.username}


def test_events_of_a_workspace(team: Team) -> None:
    project = team.project()
    team.admin.steward.projects.delete(project)
    events = team.admin.steward.audit.list(workspace=team.workspace).to_list()
    gone = events[0]
    assert (gone.action, gone.object_type, gone.object_name) == (
        AuditAction.DELETE,
        "project",
        project.partition("/")[2],
    )
    assert not gone.object_exists
    assert {"workspace", "user", "project"} <= {event.object_type for event in events}
    assert team.admin.steward.audit.list().to_list() == events


def test_events_are_filtered(team: Team) -> None:
    project, jackie = team.project(), team.person("admin")
    jackie.steward.projects.update(project, description="x")
    audit, name = team.admin.steward.audit, project.partition("/")[2]
    (event,) = audit.list(workspace=team.workspace, actor=jackie.username, object=name)
    assert (event.action, event.user_id, event.object_exists) == ("update", jackie.steward.whoami().id, True)
    of_project = audit.list(project=project).to_list()
    assert audit.list(project=project, actor=jackie.username).to_list() == [event]
    assert audit.list(project=project, object=event.object_id).to_list() == of_project
    assert audit.list(project=project, since=timedelta(hours=1)).to_list() == of_project
    assert audit.list(project=project, until=timedelta(hours=1)).to_list() == []
    assert audit.list(project=project, since=event.date).to_list() == [event]
    assert audit.list(project=project, until=event.date).to_list() == of_project[1:]
    with pytest.raises(ValueError, match="time zone"):
        audit.list(project=project, since=datetime(2026, 1, 1))


@pytest.mark.parametrize("action", [*AuditAction, "create"])
def test_only_events_of_one_kind(team: Team, action: str) -> None:
    project = team.project()
    team.admin.steward.projects.update(project, description="x")
    audit = team.admin.steward.audit
    everything = audit.list(workspace=team.workspace).to_list()
    assert audit.list(workspace=team.workspace, action=action).to_list() == [
        e for e in everything if e.action == action
    ]
    of_project = audit.list(project=project).to_list()
    assert audit.list(project=project, action=action).to_list() == [e for e in of_project if e.action == action]


def test_a_page_at_a_time(team: Team) -> None:
    project = team.project()
    for number in range(4):
        team.admin.steward.projects.update(project, description=f"{number}")
    audit = team.admin.steward.audit
    everything = audit.list(project=project).to_list()
    assert len(everything) == 5
    assert [len(page) for page in audit.list(project=project, page_size=2).pages()] == [2, 2, 1]
    assert audit.list(project=project, limit=3, page_size=2).to_list() == everything[:3]
    assert audit.list(workspace=team.workspace, limit=1).first() == everything[0]


def test_what_is_not_theirs(team: Team) -> None:
    project, jackie = team.project(), team.person()
    with pytest.raises(errors.Forbidden):
        jackie.steward.audit.list(workspace=team.workspace).to_list()
    with pytest.raises(errors.ProjectNotFound):
        jackie.steward.audit.list(project=project).to_list()
    with pytest.raises(errors.WorkspaceNotFound):
        jackie.steward.audit.list(workspace=fresh("nothing")).to_list()
    with pytest.raises(errors.InvalidArgument):
        jackie.steward.audit.list(workspace=team.workspace, action="read")


def test_refusals_leave_nothing(team: Team) -> None:
    project = team.project()
    viewer = team.in_project("viewer", project)
    before = team.admin.steward.audit.list(project=project).to_list()
    with pytest.raises(errors.Forbidden):
        viewer.steward.projects.update(project, description="x")
    assert team.admin.steward.audit.list(project=project).to_list() == before
