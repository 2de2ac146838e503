"""Datasets, and who may do what: granting, explaining, and everybody with everything."""

from __future__ import annotations

import csv
import http.server
import io
import json
import threading
from itertools import product
from pathlib import Path

import pytest
from mlsteward import Steward
from mlsteward.cli.commands import matrix

from tests.cli.conftest import USING, Run, spawn

HEADER = "object_type,object_id,object_name,user_id,username,kind,role,rule,group"


@pytest.fixture
def data(ok: Run, team: str) -> str:
    """The dataset `images`, on which the group `labelers`, with ravi in it, may EDIT; and the guest gus."""
    ok("members", "add", "gus", "-w", team, "--role", "guest")
    ok("groups", "create", "labelers", "ravi", "-w", team)
    ok("datasets", "create", "ml-team/images", "--default", "view")
    ok("datasets", "grant", "ml-team/images", "EDIT", "--group", "labelers")
    return "ml-team/images"


def test_datasets(ok: Run, run: Run, team: str) -> None:
    assert ok("datasets", "list").err == "No datasets.\n"
    made = ok("datasets", "create", "images", "-w", team, "--json").json
    assert made.pop("outcome") == "created"
    assert (made["full_name"], made["default_permission"]) == ("ml-team/images", "NO_ACCESS")
    told = ok("datasets", "create", "ml-team/street-signs", "--default", "TAG").out
    assert told == "created: dataset ml-team/street-signs is ready; members have TAG by default\n"
    assert [row[:3] for row in ok("datasets", "list", team).rows] == [
        ["ml-team/images", "NO_ACCESS", "local"],
        ["ml-team/street-signs", "TAG", "local"],
    ]
    assert len(ok("datasets", "list", "--limit", "1", "--json").json) == 1
    shown = ok("datasets", "show", "images", "-w", team).out
    assert made["id"] in shown
    assert ok("datasets", "show", made["id"], "--json").json == made

    taken = run("datasets", "create", "ml-team/IMAGES")
    assert (taken.code, taken.out) == (1, "")
    assert "(dataset_name_taken)" in taken.err
    found = ok("datasets", "create", "ml-team/images", "--default", "EDIT", "--exist-ok", "--json")
    assert found.json == {"outcome": "unchanged", **made}
    assert found.err == "note: default permission is NO_ACCESS, not EDIT; --exist-ok changes nothing\n"
    assert run("datasets", "delete", "ml-team/images").code == 2  # asks, and nobody answers
    assert ok("datasets", "delete", "ml-team/images", "-y", "--json").json == {
        "outcome": "deleted",
        "deleted": "ml-team/images",
    }
    assert run("datasets", "delete", "ml-team/images", "-y").code == 1
    told = ok("datasets", "delete", "ml-team/images", "-y", "--missing-ok").out
    assert told == "nothing to delete: there is no dataset ml-team/images\n"


def test_granting_and_taking_back(ok: Run, run: Run, data: str) -> None:
    assert ok("datasets", "permissions", data).rows == [
        ["jackie", "MANAGE", "admin", "-"],
        ["local", "MANAGE", "admin", "-"],
        ["ravi", "EDIT", "group_grant", "labelers"],
    ]
    told = ok("datasets", "grant", data, "tag", "--user", "ravi").out
    assert told == "created: ravi has TAG on dataset images\n"
    assert ok("datasets", "permissions", "--user", "ravi", "-w", "ml-team").rows == [
        ["images", "TAG", "own_grant", "-"]
    ]
    assert ok("datasets", "permissions", data, "--user", "ravi").out == "TAG\n"
    assert ok("datasets", "permissions", data, "--by-group").rows == [["labelers", "EDIT"]]
    assert ok("datasets", "permissions", "--group", "labelers", "-w", "ml-team").rows == [["images", "EDIT"]]
    one = ok("datasets", "permissions", data, "--group", "labelers", "--json").json
    assert one == {"dataset": data, "group": "labelers", "permission": "EDIT"}

    revoked = ok("datasets", "revoke", data, "--user", "ravi", "--json").json
    assert revoked == {"outcome": "deleted", "revoked": "ravi", "dataset": data}
    refused = run("datasets", "revoke", data, "--user", "ravi")
    assert (refused.code, refused.out) == (1, "")
    assert "(grant_not_found)" in refused.err
    told = ok("datasets", "revoke", data, "--user", "ravi", "--missing-ok").out
    assert told == "nothing to delete: ravi has no permission of its own on dataset ml-team/images\n"
    gone = ok("datasets", "revoke", data, "--group", "labelers").out
    assert gone == "deleted: the permission of group labelers on dataset ml-team/images\n"
    assert ok("datasets", "permissions", data, "--by-group").err == "No group was granted anything.\n"
    assert ok("datasets", "permissions", data, "--user", "ravi", "--json").json["permission"] == "VIEW"

    told = ok("datasets", "default", data, "NO_ACCESS").out
    assert told == "changed: members have NO_ACCESS on dataset ml-team/images by default\n"
    told = ok("datasets", "default", data, "NO_ACCESS").out
    assert told == "unchanged: members have NO_ACCESS on dataset ml-team/images by default\n"
    assert ok("datasets", "default", data, "TAG", "--json").json["default_permission"] == "TAG"
    assert ok("datasets", "permissions", "--user", "gus", "-w", "ml-team").err == "They have access to no dataset.\n"


def test_a_grant_that_waits_for_an_invitation(ok: Run, run: Run, data: str) -> None:
    assert run("datasets", "grant", data, "EDIT", "--user", "zoe@example.com").code == 1
    told = ok("datasets", "grant", data, "EDIT", "--user", "zoe@example.com", "--invite").out
    assert told == "created: zoe@example.com has EDIT on dataset images, once they accept their invitation\n"
    assert ok("invitations", "list", "ml-team").rows[0][:4] == ["zoe@example.com", "member", "no", "images EDIT"]


def test_why_an_account_may_what_it_may(ok: Run, data: str) -> None:
    explained = ok("access", "explain", "ravi", data).out
    assert explained.splitlines() == [
        "ravi has EDIT on the dataset images because the group labelers was granted it.",
        "",
        "RULE         GROUP     GIVES  DECIDES",
        "group_grant  labelers  EDIT   yes",
        "default      -         VIEW   -",
    ]
    as_json = ok("access", "explain", "ravi", "images", "-w", "ml-team", "--json").json
    assert (as_json["role"], as_json["rule"], as_json["group"]) == ("EDIT", "group_grant", "labelers")
    assert [rule["decides"] for rule in as_json["considered"]] == [True, False]

    ok("datasets", "grant", data, "NO_ACCESS", "--user", "ravi")
    ok("service-accounts", "create", "ci", "-w", "ml-team")
    ok("projects", "create", "ml-team/everybody", "--visibility", "public")
    ok("projects", "members", "add", "ml-team/churn", "ravi", "--role", "viewer")
    sentences = {
        ("ravi", "--dataset", data): (
            "ravi has NO_ACCESS on the dataset images because ravi was granted it, which counts before the rest."
        ),
        ("ci@ml-team", data): (
            "ci@ml-team has VIEW on the dataset images because that is what members of ml-team have by default."
        ),
        ("jackie", data): "jackie has MANAGE on the dataset images because jackie is an admin of ml-team.",
        ("gus", data): (
            "gus has NO_ACCESS on the dataset images because nothing was granted, "
            "and a guest of ml-team gains nothing from the default."
        ),
        ("ravi", "ml-team/churn"): "ravi is a viewer of the project churn because ravi is on the roster.",
        ("ravi", "ml-team/open-house"): (
            "ravi is an owner of the project open-house because the visibility lets members of ml-team in."
        ),
        ("gus", "ml-team/everybody"): "gus is a viewer of the project everybody because the project is public.",
        ("gus", "--project", "ml-team/churn"): (
            "gus has no role in the project churn because gus is not on the roster, "
            "and the visibility does not let a guest of ml-team in."
        ),
    }
    for arguments, sentence in sentences.items():
        assert ok("access", "explain", *arguments).out.splitlines()[0] == sentence


def test_an_operator_from_outside_is_explained_too(ok: Run, data: str) -> None:
    ok("members", "remove", "local", "-w", "ml-team", "--yes")
    told = ok("access", "explain", "local", data).out.splitlines()[0]
    assert told == "local has MANAGE on the dataset images because local operates the platform."


def test_a_name_of_both_a_project_and_a_dataset(ok: Run, run: Run, data: str) -> None:
    ok("datasets", "create", "ml-team/churn")
    refused = run("access", "explain", "gus", "ml-team/churn")
    assert (refused.code, refused.out) == (2, "")
    assert "--project or --dataset" in refused.err
    assert ok("access", "explain", "gus", "--dataset", "ml-team/churn", "--json").json["object_type"] == "dataset"
    assert ok("access", "explain", "gus", "--project", "ml-team/churn", "--json").json["object_type"] == "project"


ACCOUNTS = ("gus", "jackie", "local", "ravi")
OBJECTS = (("dataset", "images"), ("project", "churn"), ("project", "open-house"))


def test_everybody_with_everything(ok: Run, data: str) -> None:
    rows = ok("access", "matrix", "ml-team").rows
    assert [(what, name, account) for what, name, account, *_ in rows] == [
        (what, name, account) for (what, name), account in product(OBJECTS, ACCOUNTS)
    ]
    assert rows[3] == ["dataset", "images", "ravi", "EDIT", "group_grant", "labelers"]
    assert rows[4] == ["project", "churn", "gus", "-", "none", "-"]
    entries = ok("access", "matrix", "-w", "ml-team", "--json").json
    assert [entry["role"] or "-" for entry in entries] == [row[3] for row in rows]

    granted = [row for row in rows if row[3] not in {"-", "NO_ACCESS"}]
    assert ok("access", "matrix", "ml-team", "--granted").rows == granted
    assert ok("access", "matrix", "--dataset", data).rows == [row for row in rows if row[0] == "dataset"]
    assert ok("access", "matrix", "--project", "ml-team/churn").rows == [row for row in rows if row[1] == "churn"]
    assert ok("access", "matrix", "ml-team", "--user", "gus").rows == [row for row in rows if row[2] == "gus"]
    nobody = ok("access", "matrix", "ml-team", "--user", "gus", "--granted")
    assert (nobody.out, nobody.err) == ("", "Nobody may do anything.\n")

    assert ok("access", "matrix", "ml-team", "--wide").out.splitlines() == [
        "ACCOUNT  dataset:images  project:churn  project:open-house",
        "gus      -               -              -",
        "jackie   MANAGE          owner          owner",
        "local    MANAGE          owner          owner",
        "ravi     EDIT            -              owner",
    ]


def test_the_matrix_as_csv(ok: Run, data: str, home: Path) -> None:
    rows = ok("access", "matrix", "ml-team").rows
    text = ok("access", "matrix", "ml-team", "--csv", "-").out
    assert text.splitlines()[0] == HEADER
    found = list(csv.DictReader(io.StringIO(text)))
    shown = ("object_type", "object_name", "username", "role", "rule", "group")
    assert [[line[name] or "-" for name in shown] for line in found] == rows

    file = home / "access.csv"
    assert ok("access", "matrix", "ml-team", "--csv", str(file)).out == f"Wrote 12 entries to {file}.\n"
    assert file.read_text() == text
    wide = ok("access", "matrix", "ml-team", "--csv", "-", "--wide").out.splitlines()
    assert wide[0] == "user_id,username,kind,dataset:images,project:churn,project:open-house"
    assert [line.split(",", 1)[1] for line in wide[1:]] == [
        "gus,user,NO_ACCESS,,",
        "jackie,user,MANAGE,owner,owner",
        "local,user,MANAGE,owner,owner",
        "ravi,user,EDIT,,owner",
    ]
    empty = ok("access", "matrix", "ml-team", "--user", "gus", "--granted", "--csv", "-")
    assert (empty.out, empty.err) == (HEADER + "\n", "")


def test_a_file_that_cannot_be_filled(ok: Run, run: Run, data: str, home: Path) -> None:
    file = home / "access.csv"
    file.write_text("as it was")
    assert run("access", "matrix", "nosuch", "--csv", str(file)).code == 1
    assert file.read_text() == "as it was"
    if Path("/dev/full").exists():
        full = run("access", "matrix", "ml-team", "--csv", "/dev/full")
        assert (full.code, full.out, full.err) == (1, "", "error: /dev/full: No space left on device\n")


def test_half_a_table_is_not_kept(run: Run, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    entry = {"object_type": "project", "object_id": "0", "object_name": "churn", "role": "owner", "rule": "admin"}
    page = json.dumps([{**entry, "user_id": "1", "username": "jackie", "kind": "user"}]).encode()

    class Forgetful(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            if "cursor=" in self.path:
                self.send_error(404)
                return
            self.send_response(200)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(page)))
            self.send_header("Link", f'<{self.path}&cursor=more>; rel="next"')
            self.end_headers()
            self.wfile.write(page)

        def log_message(self, *arguments: object) -> None:
            pass

    monkeypatch.setattr(matrix, "AT_ONCE", 1)
    file = home / "access.csv"
    with http.server.HTTPServer(("127.0.0.1", 0), Forgetful) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        url = f"http://127.0.0.1:{server.server_port}"
        refused = run("access", "matrix", "ml-team", "--csv", str(file), "--url", url)
        first = run("access", "matrix", "ml-team", "--csv", "-", "--url", url)
        server.shutdown()
        thread.join()
    assert (refused.code, refused.out) == (1, "")
    assert file.read_text() == ""
    assert first.code == 1
    assert first.out.splitlines()[0] == HEADER


def test_a_matrix_of_many_pages(ok: Run, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with Steward() as steward:
        steward.workspaces.create("big")
        for number in range(40):
            steward.datasets.create(f"big/dataset-{number:02d}")
        for number in range(14):
            steward.members.add(f"user-{number:02d}", workspace="big")
    # Fewer at once than the server would give: several requests, several chunks, one header.
    monkeypatch.setattr(matrix, "AT_ONCE", 70)
    lines = ok("access", "matrix", "big", "--csv", "-").out.splitlines()
    assert lines.count(HEADER) == 1
    assert [line.split(",")[2:5:2] for line in lines[1:]] == [
        [f"dataset-{dataset:02d}", account]
        for dataset in range(40)
        for account in ("local", *(f"user-{number:02d}" for number in range(14)))
    ]
    assert len(ok("access", "matrix", "big", "--json").json) == 40 * 15

    # A reader that has seen enough: no complaint.
    process = spawn("access", "matrix", "big", "--csv", "-")
    assert process.stdout is not None
    assert process.stderr is not None
    process.stdout.read(1)
    process.stdout.close()
    assert process.wait(20) in {0, 141}
    assert USING.sub("", process.stderr.read()) == ""
    process.stderr.close()


def test_can(ok: Run, run: Run, data: str) -> None:
    ok("projects", "create", "ml-team/images")
    assert ok("access", "can", "jackie", "delete_project", "ml-team/churn").out == "yes\n"
    no = run("access", "can", "ravi", "delete_project", "ml-team/open-house")
    told = "no: delete_project needs the role admin in the workspace 'ml-team'; ravi is a member.\n"
    assert (no.code, no.out, no.err) == (1, told, "")
    assert ok("access", "can", "ravi", "create_project", "-w", "ml-team").out == "yes\n"

    # The verb alone: the kind of the object completes it.
    assert run("access", "can", "ravi", "delete", "ml-team/open-house").out == told
    assert ok("access", "can", "ravi", "update", "open-house", "-w", "ml-team").out == "yes\n"
    assert run("access", "can", "ravi", "update", "-w", "ml-team").out.startswith(
        "no: update_workspace needs an operator"
    )
    both = run("access", "can", "ravi", "delete", "ml-team/images")
    assert (both.code, both.out) == (2, "")
    assert "write delete_project or delete_dataset" in both.err
    assert ok("access", "can", "ravi", "get_dataset", "ml-team/images").out == "yes\n"
    neither = run("access", "can", "ravi", "delete", "ml-team/nosuch")
    assert (neither.code, neither.out) == (1, "")
    assert "there is no project, dataset or experiment 'ml-team/nosuch' that you can see" in neither.err
    assert "there is no operation 'destroy_project'" in run("access", "can", "ravi", "destroy", "ml-team/churn").err

    as_json = run("access", "can", "ravi", "delete_project", "ml-team/churn", "--json")
    assert (as_json.code, as_json.json["allowed"], as_json.json["needs"]["role"]) == (1, False, "admin")
    assert ok("access", "can", "jackie", "get_project", "ml-team/churn", "--json").json["allowed"] is True
