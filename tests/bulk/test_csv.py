"""CSV files as people have them: each mistake is told with its line and column, before anything is sent."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from mlsteward._async.datasets import COLUMNS as GRANTS
from mlsteward._async.workspaces.invitations import COLUMNS as INVITATIONS
from mlsteward._async.workspaces.members import COLUMNS as MEMBERS
from mlsteward.bulk import Columns
from mlsteward.errors import InvalidArgument


def read(tmp_path: Path, content: str | bytes, columns: Columns = MEMBERS) -> list[dict[str, Any]]:
    file = tmp_path / "people.csv"
    file.write_bytes(content if isinstance(content, bytes) else content.encode())
    return list(columns.read(file))


JACKIE = [{"username": "jackie", "role": "guest"}]


@pytest.mark.parametrize(
    "content",
    [
        "username,role\njackie,guest\n",
        "username,role\r\njackie,guest\r\n",
        "username;role\njackie;guest\n",
        "\ufeffusername;role\njackie;guest",
        "\n\n Username , ROLE \n\n jackie , Guest \n,\n",
        '"username","role"\n"jackie","guest"\n',
        "role,username,email\nguest,jackie,\n",
    ],
)
def test_the_same_file(tmp_path: Path, content: str) -> None:
    assert read(tmp_path, content) == JACKIE


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("", "is empty; its first line must name the columns"),
        ("\ufeff\n\n", "is empty; its first line must name the columns"),
        (
            "role\nguest\n",
            "line 1: the column username is missing; the columns are username, email, name, surname, role",
        ),
        ("username,rol\n", "line 1: the column 'rol' is unknown; the columns are username, email, name, surname, role"),
        ("username,username\n", "line 1: the column 'username' is there twice"),
        (
            "username,role\na,guest\nb,king\n",
            "line 3, column role: 'king' is not one of admin, member, collaborator, guest",
        ),
        ("username,role\n,guest\n", "line 2, column username: it is empty"),
        ("username,role\na\n", "line 2: it has 1 cells, and the first line has 2"),
        ("username\na\nb\nA\n", "line 4: 'a' is in line 2 too"),
        ('username\n"a\nb"\nc\nC\n', "line 5: 'c' is in line 4 too"),
        (b"username\na\nj\xfcrgen\n", "line 3: it is not UTF-8; save the file as 'CSV UTF-8'"),
        ("username\n" + "x" * 200_000, "it is not CSV: field larger than field limit (131072)"),
    ],
)
def test_what_is_wrong(tmp_path: Path, content: str | bytes, message: str) -> None:
    with pytest.raises(InvalidArgument) as refused:
        read(tmp_path, content)
    assert str(refused.value).startswith(str(tmp_path / "people.csv"))
    assert message in str(refused.value)


def test_either_column(tmp_path: Path) -> None:
    content = "email,username,add_to_all_projects\na@example.org,,yes\n,ravi,FALSE\n"
    assert read(tmp_path, content, INVITATIONS) == [
        {"email": "a@example.org", "add_to_all_projects": True},
        {"username": "ravi", "add_to_all_projects": False},
    ]
    for content, message in (
        ("role\nguest\n", "line 1: the column email or username is missing"),
        ("email,username\na@example.org,ravi\n", "line 2: it needs exactly one of email and username"),
        ("email,username,role\n,,guest\n", "line 2: it needs exactly one of email and username"),
        (
            "email,add_to_all_projects\na@b.org,maybe\n",
            "line 2, column add_to_all_projects: 'maybe' is neither true nor",
        ),
    ):
        with pytest.raises(InvalidArgument, match=message):
            read(tmp_path, content, INVITATIONS)


def test_a_user_and_a_group_of_one_name_are_two(tmp_path: Path) -> None:
    assert len(read(tmp_path, "user,group,permission\nlabelers,,VIEW\n,labelers,EDIT\n", GRANTS)) == 2
    with pytest.raises(InvalidArgument, match="line 3: 'labelers' is in line 2 too"):
        read(tmp_path, "group,permission\nlabelers,VIEW\nLabelers,EDIT\n", GRANTS)


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        MEMBERS.read(tmp_path / "nosuch.csv")


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        (5, "rows must be a collection of rows or the path of a CSV file, not int"),
        ([5], "row 1 must be a dictionary, a record or a str, not int"),
        (["a", {"usrname": "b"}], "row 2 has a field 'usrname'; the fields are username, email, name, surname, role"),
        ([{"username": 5}], "username of row 1 must be a str, not int"),
    ],
)
def test_rows_that_are_none(rows: Any, message: str) -> None:
    with pytest.raises(InvalidArgument) as refused:
        list(MEMBERS.read(rows))
    assert message in str(refused.value)


def test_a_secret_in_the_wrong_column_is_not_repeated(tmp_path: Path) -> None:
    secret = "mls_" + "a1" * 20
    with pytest.raises(InvalidArgument) as refused:
        read(tmp_path, f"username,{secret}\n")
    assert secret not in str(refused.value)
