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
    assert jackie.steward.audit.list(project=name, workspace=team.workspace).to_list()[1:] == events


def test_events_of_a_workspace(team: Team) -> None:
    project = team.project()
    team.admin.steward.projects.delete(project)
    events = team.admin.steward.audit.list(workspace=team.workspace).to_list()
    gone = events[0]
    assert (gone.action, gone.object_type) == (AuditAction.DELETE, "project")
    assert gone.object_name == project.partition("/")[2]
    assert {"workspace", "user", "project"} <= {event.object_type for event in events}
    assert team.admin.steward.audit.list().to_list() == events


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
    with pytest.raises(errors.UnsupportedValue):
        jackie.steward.audit.list(workspace=team.workspace, action="read")


def test_refusals_leave_nothing(team: Team) -> None:
    project = team.project()
    viewer = team.in_project("viewer", project)
    before = team.admin.steward.audit.list(project=project).to_list()
    with pytest.raises(errors.Forbidden):
        viewer.steward.projects.update(project, description="x")
    assert team.admin.steward.audit.list(project=project).to_list() == before
