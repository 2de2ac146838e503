"""Experiments."""

from __future__ import annotations

import pytest
from mlsteward import errors
from mlsteward.records import ExperimentStatus

from tests.facade_support import Team


def test_create_and_get(team: Team) -> None:
    project = team.project(key="CLS")
    experiments = team.admin.steward.experiments
    made = experiments.create(project, name="baseline")
    assert (made.short_id, made.name, made.workspace) == ("CLS-1", "baseline", team.workspace)
    assert (made.status, made.ended_at, made.started_by) == ("running", None, team.admin.username)
    assert f"{made.workspace}/{made.project}" == project
    for reference in (made.id, f"{team.workspace}/CLS-1", f"{team.workspace}/cls-1"):
        assert experiments.get(reference) == made
    assert experiments.get("CLS-1", workspace=team.workspace) == made


def test_the_short_id_is_the_name_of_those_without_one(team: Team) -> None:
    project = team.project(key="CLS")
    names = [team.admin.steward.experiments.create(project).name for _ in range(3)]
    assert names == ["CLS-1", "CLS-2", "CLS-3"]


def test_list(team: Team) -> None:
    project, other = team.project(), team.project("other")
    experiments = team.admin.steward.experiments
    made = [experiments.create(project, name="the same") for _ in range(5)]
    experiments.create(other)
    assert experiments.list(project, page_size=2).to_list() == made
    assert experiments.list(project, limit=3).to_list() == made[:3]
    name = project.partition("/")[2]
    assert experiments.list(name, workspace=team.workspace).to_list() == made


def test_count(team: Team) -> None:
    project, experiments = team.project(), team.admin.steward.experiments
    assert experiments.list(project).count() == 0
    made = [experiments.create(project) for _ in range(5)]
    assert experiments.list(project, page_size=2).count() == 5
    assert experiments.list(project, limit=3).count() == 3
    experiments.assets.upload(made[0].id, b"x", name="x")
    assert experiments.assets.list(made[0].id).count() == 1
    # A list that the server does not count is read.
    assert team.admin.steward.projects.list(workspace=team.workspace, page_size=1).count() == 1


def test_update(team: Team) -> None:
    experiments = team.admin.steward.experiments
    made = experiments.create(team.project())
    assert experiments.update(made.id, name="better").name == "better"
    finished = experiments.update(made.id, status=ExperimentStatus.FINISHED)
    assert (finished.status, finished.name, finished.ended_at is None) == ("finished", "better", False)
    again = experiments.update(made.id, status="stopped")
    assert (again.status, again.ended_at) == ("stopped", finished.ended_at)
    assert experiments.update(made.id, status="running").ended_at is None
    with pytest.raises(errors.InvalidArgument, match="status cannot be 'asleep'"):
        experiments.update(made.id, status="asleep")


def test_who_may(team: Team) -> None:
    project = team.project(key="CLS")
    made = team.admin.steward.experiments.create(project)
    viewer, contributor = team.in_project("viewer", project), team.in_project("contributor", project)
    assert contributor.steward.experiments.create(project).short_id == "CLS-2"
    assert viewer.steward.experiments.get(made.id) == made
    with pytest.raises(errors.Forbidden, match="contributor"):
        viewer.steward.experiments.update(made.id, name="mine")
    with pytest.raises(errors.Forbidden, match="contributor"):
        viewer.steward.experiments.create(project)
    for reference in (made.id, f"{team.workspace}/CLS-1"):
        with pytest.raises(errors.ExperimentNotFound, match="CLS-1" if "/" in reference else made.id):
            team.person().steward.experiments.get(reference)


@pytest.mark.parametrize("reference", ["{}/CLS-2", "{}/CLS-0", "{}/CLS-01", "{}/CLS-x", "{}/NLP-1", "0" * 32, "{}/1"])
def test_what_is_not_there(team: Team, reference: str) -> None:
    team.admin.steward.experiments.create(team.project(key="CLS"))
    with pytest.raises(errors.ExperimentNotFound):
        team.admin.steward.experiments.get(reference.format(team.workspace))


def test_numbers_are_not_given_twice(team: Team) -> None:
    first, second = team.project(key="CLS"), team.project(key="NLP")
    experiments = team.admin.steward.experiments
    assert [experiments.create(p).short_id for p in (first, second, first)] == ["CLS-1", "NLP-1", "CLS-2"]


def test_they_go_with_their_project(team: Team) -> None:
    project = team.project()
    made = team.admin.steward.experiments.create(project)
    team.admin.steward.experiments.assets.upload(made.id, b"weights", name="model.bin")
    team.admin.steward.projects.delete(project)
    with pytest.raises(errors.ExperimentNotFound):
        team.admin.steward.experiments.get(made.id)
