"""Groups of people."""

from __future__ import annotations

import pytest
from mlsteward import errors

from tests.facade_support import Team, fresh


def test_create_and_get(team: Team) -> None:
    groups, jackie = team.admin.steward.groups, team.person()
    name = fresh("Label Team")
    made = groups.create(name, workspace=team.workspace, description="who labels", users=[jackie.username])
    assert (made.name, made.description, made.members_count) == (name, "who labels", 1)
    for reference in (name, name.lower(), made.id):
        assert groups.get(reference, workspace=team.workspace) == made
    with pytest.raises(errors.GroupAlreadyExists):
        groups.create(name.upper(), workspace=team.workspace)
    assert groups.create(name, workspace=team.workspace, description="other", exist_ok=True) == made


def test_all_the_first_members_or_no_group(team: Team) -> None:
    name, outsider = fresh("labelers"), Team(team.backend).person()
    for stranger in (outsider.username, "nobody-at-all", team.robot().username):
        with pytest.raises(errors.MemberNotFound):
            team.admin.steward.groups.create(name, workspace=team.workspace, users=[team.admin.username, stranger])
    with pytest.raises(errors.GroupNotFound):
        team.admin.steward.groups.get(name, workspace=team.workspace)


def test_members_come_and_go(team: Team) -> None:
    groups = team.admin.steward.groups
    jackie, janus, jill = (team.person(username=name) for name in ("jackie", "janus", "jill"))
    group = groups.create(fresh("labelers"), workspace=team.workspace).name
    assert (
        groups.members.add(
            group, [jackie.email, janus.username, jackie.username], workspace=team.workspace
        ).members_count
        == 2
    )
    assert groups.members.add(group, jackie.username, workspace=team.workspace).members_count == 2
    listed = groups.members.list(group, workspace=team.workspace, page_size=1).to_list()
    assert [m.username for m in listed] == sorted([jackie.username, janus.username])
    assert {m.email for m in listed} == {jackie.email, janus.email}
    with pytest.raises(errors.MemberNotFound):
        groups.members.remove(group, [jackie.username, "nobody-at-all"], workspace=team.workspace)
    # Who is not in it is passed over.
    assert groups.members.remove(group, [jackie.username, jill.username], workspace=team.workspace).members_count == 1
    assert [m.username for m in groups.members.list(group, workspace=team.workspace)] == [janus.username]


def test_update_replaces_the_list(team: Team) -> None:
    groups = team.admin.steward.groups
    jackie, janus = team.person(), team.person(username="janus")
    made = groups.create(fresh("labelers"), workspace=team.workspace, description="x", users=[jackie.username])
    name = fresh("annotators")
    changed = groups.update(made.id, workspace=team.workspace, name=name, users=[janus.username])
    assert (changed.id, changed.name, changed.description, changed.members_count) == (made.id, name, "x", 1)
    assert [m.username for m in groups.members.list(name, workspace=team.workspace)] == [janus.username]
    assert groups.update(name, workspace=team.workspace, description="").description is None
    assert groups.update(name, workspace=team.workspace, users=[]).members_count == 0
    other = groups.create(fresh("others"), workspace=team.workspace)
    with pytest.raises(errors.GroupAlreadyExists):
        groups.update(name, workspace=team.workspace, name=other.name)


def test_the_groups_of_a_person(team: Team) -> None:
    groups, jackie = team.admin.steward.groups, team.person()
    names = sorted(fresh(f"group-{n}") for n in range(3))
    for name in names:
        groups.create(name, workspace=team.workspace, users=[jackie.username])
    groups.create(fresh("without"), workspace=team.workspace)
    assert [g.name for g in groups.list(user=jackie.email, workspace=team.workspace, page_size=2)] == names
    assert groups.list(user=team.admin.username, workspace=team.workspace).to_list() == []
    with pytest.raises(errors.MemberNotFound):
        groups.list(user="nobody-at-all", workspace=team.workspace).first()
    assert {g.name for g in groups.list(workspace=team.workspace, page_size=2)} > set(names)


def test_leaving_the_workspace_leaves_its_groups(team: Team) -> None:
    groups, jackie, other = team.admin.steward.groups, team.person(), Team(team.backend)
    other.operator.members.add(jackie.username, workspace=other.workspace)
    here = groups.create(fresh("labelers"), workspace=team.workspace, users=[jackie.username]).name
    there = other.admin.steward.groups.create(
        fresh("labelers"), workspace=other.workspace, users=[jackie.username]
    ).name
    team.admin.steward.members.remove(jackie.username, workspace=team.workspace)
    assert groups.get(here, workspace=team.workspace).members_count == 0
    assert other.admin.steward.groups.get(there, workspace=other.workspace).members_count == 1


def test_delete(team: Team) -> None:
    groups, jackie = team.admin.steward.groups, team.person()
    name = groups.create(fresh("labelers"), workspace=team.workspace, users=[jackie.username]).name
    groups.delete(name, workspace=team.workspace)
    with pytest.raises(errors.GroupNotFound):
        groups.delete(name, workspace=team.workspace)
    groups.delete(name, workspace=team.workspace, missing_ok=True)
    assert groups.list(user=jackie.username, workspace=team.workspace).to_list() == []
    assert team.admin.steward.members.get(jackie.username, workspace=team.workspace).username == jackie.username


def test_groups_are_for_admins(team: Team) -> None:
    name = team.admin.steward.groups.create(fresh("labelers"), workspace=team.workspace).name
    member = team.person().steward
    with pytest.raises(errors.Forbidden):
        member.groups.get(name, workspace=team.workspace)
    with pytest.raises(errors.Forbidden):
        member.groups.members.add(name, "me", workspace=team.workspace)
    with pytest.raises(errors.WorkspaceNotFound):
        Team(team.backend).admin.steward.groups.get(name, workspace=team.workspace)


@pytest.mark.parametrize("wrong", ["a/b", "", " lead", "tab\t", "💥", "me", "x" * 200])
def test_names_that_are_none(team: Team, wrong: str) -> None:
    with pytest.raises((errors.InvalidRequest, errors.InvalidArgument, errors.GroupAlreadyExists)):
        team.admin.steward.groups.create(wrong, workspace=team.workspace)


def test_users_that_are_none(team: Team) -> None:
    groups = team.admin.steward.groups
    with pytest.raises(errors.InvalidArgument):
        groups.create(fresh("x"), workspace=team.workspace, users="jackie")
    with pytest.raises(errors.InvalidArgument):
        groups.members.add(fresh("x"), ["u"] * 1001, workspace=team.workspace)
