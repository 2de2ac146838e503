"""Groups of people."""

from __future__ import annotations

import pytest
from mlsteward import errors

from tests.facade_support import Team, fresh


def test_create_and_get(team: Team) -> None:
    groups, jackie = team.admin.steward.groups, team.person()
    name = fresh("Label Team")
    made = groups.create(name, team.workspace, description="who labels", users=[jackie.username])
    assert (made.name, made.description, made.members_count) == (name, "who labels", 1)
    for reference in (name, name.lower(), made.id):
        assert groups.get(reference, team.workspace) == made
    with pytest.raises(errors.AlreadyExists, match="group_name_taken"):
        groups.create(name.upper(), team.workspace)
    assert groups.create(name, team.workspace, description="other", exist_ok=True) == made


def test_all_the_first_members_or_no_group(team: Team) -> None:
    name, outsider = fresh("labelers"), Team(team.backend).person()
    for stranger in (outsider.username, "nobody-at-all", team.robot().username):
        with pytest.raises(errors.MemberNotFound):
            team.admin.steward.groups.create(name, team.workspace, users=[team.admin.username, stranger])
    with pytest.raises(errors.GroupNotFound):
        team.admin.steward.groups.get(name, team.workspace)


def test_members_come_and_go(team: Team) -> None:
    groups = team.admin.steward.groups
    jackie, janus, jill = (team.person(username=name) for name in ("jackie", "janus", "jill"))
    group = groups.create(fresh("labelers"), team.workspace).name
    assert groups.members.add(group, [jackie.email, janus.username, jackie.username], team.workspace).members_count == 2
    assert groups.members.add(group, jackie.username, team.workspace).members_count == 2
    listed = groups.members.list(group, team.workspace, page_size=1).to_list()
    assert [m.username for m in listed] == sorted([jackie.username, janus.username])
    assert {m.email for m in listed} == {jackie.email, janus.email}
    with pytest.raises(errors.MemberNotFound):
        groups.members.remove(group, [jackie.username, "nobody-at-all"], team.workspace)
    # Who is not in it is passed over.
    assert groups.members.remove(group, [jackie.username, jill.username], team.workspace).members_count == 1
    assert [m.username for m in groups.members.list(group, team.workspace)] == [janus.username]


def test_update_replaces_the_list(team: Team) -> None:
    groups = team.admin.steward.groups
    jackie, janus = team.person(), team.person(username="janus")
    made = groups.create(fresh("labelers"), team.workspace, description="x", users=[jackie.username])
    name = fresh("annotators")
    changed = groups.update(made.id, team.workspace, name=name, users=[janus.username])
    assert (changed.id, changed.name, changed.description, changed.members_count) == (made.id, name, "x", 1)
    assert [m.username for m in groups.members.list(name, team.workspace)] == [janus.username]
    assert groups.update(name, team.workspace, description="").description is None
    assert groups.update(name, team.workspace, users=[]).members_count == 0
    other = groups.create(fresh("others"), team.workspace)
    with pytest.raises(errors.AlreadyExists, match="group_name_taken"):
        groups.update(name, team.workspace, name=other.name)


def test_the_groups_of_a_person(team: Team) -> None:
    groups, jackie = team.admin.steward.groups, team.person()
    names = sorted(fresh(f"group-{n}") for n in range(3))
    for name in names:
        groups.create(name, team.workspace, users=[jackie.username])
    groups.create(fresh("without"), team.workspace)
    assert [g.name for g in groups.list_of(jackie.email, team.workspace, page_size=2)] == names
    assert groups.list_of(team.admin.username, team.workspace).to_list() == []
    with pytest.raises(errors.MemberNotFound):
        groups.list_of("nobody-at-all", team.workspace).first()
    assert {g.name for g in groups.list(team.workspace, page_size=2)} > set(names)


def test_leaving_the_workspace_leaves_its_groups(team: Team) -> None:
    groups, jackie, other = team.admin.steward.groups, team.person(), Team(team.backend)
    other.operator.members.create(other.workspace, username=jackie.username)
    here = groups.create(fresh("labelers"), team.workspace, users=[jackie.username]).name
    there = other.admin.steward.groups.create(fresh("labelers"), other.workspace, users=[jackie.username]).name
    team.admin.steward.members.delete(jackie.username, team.workspace)
    assert groups.get(here, team.workspace).members_count == 0
    assert other.admin.steward.groups.get(there, other.workspace).members_count == 1


def test_delete(team: Team) -> None:
    groups, jackie = team.admin.steward.groups, team.person()
    name = groups.create(fresh("labelers"), team.workspace, users=[jackie.username]).name
    groups.delete(name, team.workspace)
    with pytest.raises(errors.GroupNotFound):
        groups.delete(name, team.workspace)
    groups.delete(name, team.workspace, missing_ok=True)
    assert groups.list_of(jackie.username, team.workspace).to_list() == []
    assert team.admin.steward.members.get(jackie.username, team.workspace).username == jackie.username


def test_groups_are_for_admins(team: Team) -> None:
    name = team.admin.steward.groups.create(fresh("labelers"), team.workspace).name
    member = team.person().steward
    with pytest.raises(errors.Forbidden):
        member.groups.get(name, team.workspace)
    with pytest.raises(errors.Forbidden):
        member.groups.members.add(name, "me", team.workspace)
    with pytest.raises(errors.WorkspaceNotFound):
        Team(team.backend).admin.steward.groups.get(name, team.workspace)


@pytest.mark.parametrize("wrong", ["a/b", "", " lead", "tab\t", "💥", "me", "x" * 200])
def test_names_that_are_none(team: Team, wrong: str) -> None:
    with pytest.raises((errors.InvalidRequest, errors.InvalidArgument, errors.AlreadyExists)):
        team.admin.steward.groups.create(wrong, team.workspace)


def test_users_that_are_none(team: Team) -> None:
    groups = team.admin.steward.groups
    with pytest.raises(errors.InvalidArgument):
        groups.create(fresh("x"), team.workspace, users="jackie")
    with pytest.raises(errors.InvalidArgument):
        groups.members.add(fresh("x"), ["u"] * 1001, team.workspace)
