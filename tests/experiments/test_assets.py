"""The files of experiments."""

from __future__ import annotations

import hashlib
import io
import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any
from wsgiref.util import setup_testing_defaults

import httpx
import pytest
from mlsteward import Steward, errors

from tests.facade_support import Backend, Team
from tests.support.api import Api
from tests.support.calls import FILE
from tests.support.problems import problem
from tests.support.process import eventually
from tests.support.server import Admission, Settings, create_app, ensure_local_operator, open_storage

CONTENT = bytes(range(256)) * 4096


@pytest.fixture
def experiment(team: Team) -> str:
    found: str = team.admin.steward.experiments.create(team.project(key="CLS")).id
    return found


def parts() -> Iterator[bytes]:
    for start in range(0, len(CONTENT), 100_000):
        yield CONTENT[start : start + 100_000]


def test_there_and_back(team: Team, experiment: str, tmp_path: Path) -> None:
    assets, path = team.admin.steward.experiments.assets, tmp_path / "model.bin"
    path.write_bytes(CONTENT)
    made = assets.upload(experiment, path, step=3)
    assert (made.name, made.size, made.step) == ("model.bin", len(CONTENT), 3)
    assert made.sha256 == hashlib.sha256(CONTENT).hexdigest()
    assert assets.download(experiment, made.id, tmp_path / "back.bin") == len(CONTENT)
    assert (tmp_path / "back.bin").read_bytes() == CONTENT
    assert sorted(path.name for path in tmp_path.iterdir()) == ["back.bin", "model.bin"]


@pytest.mark.parametrize(
    "content", [b"", b"x", CONTENT, lambda: io.BytesIO(CONTENT), parts], ids=["empty", "one", "bytes", "file", "parts"]
)
def test_every_form(team: Team, experiment: str, tmp_path: Path, content: object) -> None:
    assets = team.admin.steward.experiments.assets
    expected = content if isinstance(content, bytes) else CONTENT
    made = assets.upload(experiment, content, name="it")
    assert (made.size, made.sha256) == (len(expected), hashlib.sha256(expected).hexdigest())
    assets.download(experiment, made.id, tmp_path / "it")
    assert (tmp_path / "it").read_bytes() == expected


def test_list(team: Team, experiment: str) -> None:
    assets = team.admin.steward.experiments.assets
    made = [assets.upload(experiment, b"the same", name="same.txt", step=step) for step in (None, 0, 7)]
    assert assets.list(experiment, page_size=2).to_list() == made
    assert [asset.step for asset in made] == [None, 0, 7]
    assert len({asset.id for asset in made}) == 3


def test_an_upload_is_carried_out_once(team: Team, experiment: str) -> None:
    assets = team.admin.steward.experiments.assets
    first = assets.upload(experiment, CONTENT, name="a", idempotency_key="once")
    assert assets.upload(experiment, CONTENT, name="a", idempotency_key="once") == first
    with pytest.raises(errors.InvalidRequest, match="idempotency_key_reused"):
        assets.upload(experiment, CONTENT + b"x", name="a", idempotency_key="once")
    assert assets.list(experiment).to_list() == [first]


def test_delete(team: Team, experiment: str, tmp_path: Path) -> None:
    assets = team.admin.steward.experiments.assets
    first, second = (assets.upload(experiment, b"the same", name=name) for name in "ab")
    assets.delete(experiment, first.id)
    assert assets.list(experiment).to_list() == [second]
    assert assets.download(experiment, second.id, tmp_path / "b") == 8
    with pytest.raises(errors.NotFound, match="asset_not_found"):
        assets.delete(experiment, first.id)
    assets.delete(experiment, first.id, missing_ok=True)
    assert team.admin.steward.audit.list(workspace=team.workspace).first().event == "Deleted the asset"


def test_what_is_stored_counts(team: Team, experiment: str) -> None:
    assets = team.admin.steward.experiments.assets
    team.operator.workspaces.update(team.workspace, storage_bytes_limit=100)
    assets.upload(experiment, b"x" * 60, name="a")
    with pytest.raises(errors.LimitReached, match=r"uses 60 of the 100 bytes .* file has 41"):
        assets.upload(experiment, b"x" * 41, name="b")
    assets.upload(experiment, b"x" * 40, name="c")
    status = team.admin.steward.workspaces.status(team.workspace)
    assert (status.storage_bytes_used, status.storage_bytes_available) == (100, 0)


def test_who_may(team: Team, tmp_path: Path) -> None:
    project = team.project()
    experiment = team.admin.steward.experiments.create(project).id
    made = team.admin.steward.experiments.assets.upload(experiment, b"weights", name="model.bin")
    viewer = team.in_project("viewer", project).steward.experiments.assets
    assert viewer.download(experiment, made.id, tmp_path / "a") == 7
    with pytest.raises(errors.Forbidden):
        viewer.upload(experiment, b"mine", name="model.bin")
    stranger = team.person().steward.experiments.assets
    with pytest.raises(errors.ExperimentNotFound):
        stranger.download(experiment, made.id, tmp_path / "b")
    with pytest.raises(errors.ExperimentNotFound):
        stranger.upload(experiment, b"mine", name="model.bin")
    assert [path.name for path in tmp_path.iterdir()] == ["a"]


def test_an_asset_of_another_experiment(team: Team, experiment: str, tmp_path: Path) -> None:
    other = team.admin.steward.experiments.create(team.project()).id
    asset = team.admin.steward.experiments.assets.upload(other, b"x", name="x").id
    with pytest.raises(errors.NotFound, match="asset_not_found"):
        team.admin.steward.experiments.assets.download(experiment, asset, tmp_path / "x")


@pytest.mark.parametrize("name", ["a/b", "..\\b", "a\nb", "", "x" * 256, ".", ".."])
def test_names_that_are_none(team: Team, experiment: str, name: str) -> None:
    with pytest.raises((errors.InvalidRequest, errors.InvalidArgument)):
        team.admin.steward.experiments.assets.upload(experiment, b"x", name=name)


def test_a_failed_download_leaves_what_was_there(team: Team, experiment: str, tmp_path: Path) -> None:
    (tmp_path / "model.bin").write_bytes(b"old")
    with pytest.raises(errors.NotFound):
        team.admin.steward.experiments.assets.download(experiment, "0" * 32, tmp_path / "model.bin")
    assert [path.read_bytes() for path in tmp_path.iterdir()] == [b"old"]
    asset = team.admin.steward.experiments.assets.upload(experiment, b"x", name="x").id
    with pytest.raises(FileNotFoundError):
        team.admin.steward.experiments.assets.download(experiment, asset, tmp_path / "nowhere" / "model.bin")


def test_a_device_is_written_to(team: Team, experiment: str) -> None:
    """A pipe or a device has its name for good: nothing may take its place."""
    asset = team.admin.steward.experiments.assets.upload(experiment, b"x", name="x").id
    assert team.admin.steward.experiments.assets.download(experiment, asset, os.devnull) == 1
    assert not os.path.isfile(os.devnull)


# ---- on the wire


@pytest.fixture
def wire(tmp_path: Path) -> Iterator[Api]:
    """A server with a limit of a thousand bytes, and a public project with the experiment `w:CLS-1`."""
    storage = open_storage(str(tmp_path / "wire.db"))
    ensure_local_operator(storage)
    api = Api(create_app(storage, Settings(max_upload_bytes=1000)), local=True)
    api.ok("POST", "/workspaces", json={"name": "w"})
    api.ok("POST", "/projects", json={"workspace": "w", "name": "p", "key": "CLS", "visibility": "public"})
    api.ok("POST", "/projects/w:p/experiments", json={})
    yield api
    storage.close()


ASSETS = "/experiments/w:CLS-1/assets"


def upload(api: Api, content: object, **more: object) -> httpx.Response:
    return api.post(f"{ASSETS}?name=x", content=content, headers=FILE, **more)  # type: ignore[arg-type]


def kept(folder: Path) -> list[str]:
    return [path.name for path in (folder / "wire.db.files").rglob("*") if path.is_file()]


def test_a_file_that_is_too_large(wire: Api, tmp_path: Path) -> None:
    problem(upload(wire, b"x" * 1001), 413, "request_too_large")
    problem(upload(wire, iter([b"x" * 600, b"x" * 600])), 413, "request_too_large")
    assert kept(tmp_path) == []
    assert upload(wire, b"x" * 1000).status_code == 201
    assert len(kept(tmp_path)) == 1


def test_a_file_that_was_cut_off(wire: Api, tmp_path: Path) -> None:
    response = wire.post(f"{ASSETS}?name=x", content=iter([b"half"]), headers={**FILE, "Content-Length": "8"})
    assert "incomplete: only 4 bytes" in problem(response, 400, "malformed_request")["detail"]
    assert kept(tmp_path) == []
    assert wire.ok("GET", ASSETS) == []


def test_json_is_no_file(wire: Api) -> None:
    problem(wire.post(f"{ASSETS}?name=x", json={}), 415, "unsupported_media_type")


def test_nobody_leaves_a_file(wire: Api, tmp_path: Path) -> None:
    problem(upload(wire.anonymous(), b"x"), 401, "unauthenticated")
    problem(wire.post(f"{ASSETS}?nam=x", content=b"x", headers=FILE), 422, "invalid_request")
    problem(wire.post("/experiments/w:CLS-7/assets?name=x", content=b"x", headers=FILE), 404, "experiment_not_found")
    assert kept(tmp_path) == []


def test_the_same_content_is_kept_once(wire: Api, tmp_path: Path) -> None:
    for _ in range(3):
        assert upload(wire, b"the same").status_code == 201
    assert kept(tmp_path) == [hashlib.sha256(b"the same").hexdigest()]


def test_what_is_refused_after_it_arrived_takes_no_space(wire: Api, tmp_path: Path) -> None:
    wire.ok("PATCH", "/workspaces/w", json={"plan": {"storage_bytes_limit": 10}})
    upload(wire, b"kept").raise_for_status()
    for number in range(5):
        problem(upload(wire, b"too much %d" % number), 409, "storage_limit_reached")
        # Nor does it read more than there is room for where nothing says how much will come.
        problem(upload(wire, iter([b"too much %d" % number])), 413, "request_too_large")
    once = {**FILE, "Idempotency-Key": "once"}
    wire.post(f"{ASSETS}?name=x", content=b"1", headers=once).raise_for_status()
    for number in range(5):
        answer = wire.post(f"{ASSETS}?name=x", content=b"o%d" % number, headers=once)
        problem(answer, 422, "idempotency_key_reused")
    # The same content as that of somebody else stays theirs.
    problem(wire.post(f"{ASSETS}?name=x", content=b"kept", headers=once), 422, "idempotency_key_reused")
    assert sorted(kept(tmp_path)) == sorted(hashlib.sha256(content).hexdigest() for content in (b"kept", b"1"))


@pytest.mark.both_databases
def test_the_same_content_at_once_kept_and_refused(database: str, key_file: Path, tmp_path: Path) -> None:
    """Half of the uploads are refused and want the file gone; the others want it kept."""
    storage = open_storage(database, key_file=key_file, files=str(tmp_path / "files"))
    ensure_local_operator(storage)
    api = Api(create_app(storage, Settings()), local=True)
    api.ok("POST", "/workspaces", json={"name": "w"})
    api.ok("POST", "/projects", json={"workspace": "w", "name": "p", "key": "CLS"})
    api.ok("POST", "/projects/w:p/experiments", json={})
    # What is sent again under this key with another content is refused, and only when the file is kept already.
    used = {**FILE, "Idempotency-Key": "used"}
    api.post(f"{ASSETS}?name=x", content=b"first", headers=used).raise_for_status()

    def send(number: int) -> int:
        headers = (FILE, used)[number % 2]
        return api.post(f"{ASSETS}?name=x", content=b"content %d" % (number // 8), headers=headers).status_code

    with ThreadPoolExecutor(8) as pool:
        statuses = list(pool.map(send, range(80)))
    assert statuses == [201, 422] * 40
    for asset in api.everything("/experiments/w:CLS-1/assets"):
        assert api.get(f"/experiments/w:CLS-1/assets/{asset['id']}").status_code == 200
    assert list((tmp_path / "files" / "incoming").iterdir()) == []
    storage.close()


def test_the_last_of_the_same_content_takes_the_file_with_it(wire: Api, tmp_path: Path) -> None:
    made = [upload(wire, b"the same").json()["id"] for _ in range(2)]
    wire.ok("DELETE", f"{ASSETS}/{made[0]}")
    assert len(kept(tmp_path)) == 1
    wire.ok("DELETE", f"{ASSETS}/{made[1]}")
    assert kept(tmp_path) == []
    assert wire.ok("GET", "/workspaces/w/status")["storage_bytes_used"] == 0


def test_a_file_that_is_removed_before_its_row_is_written_is_kept_again(wire: Api, tmp_path: Path) -> None:
    """Whoever discards the same content does it while the upload waits for its lock."""
    holder = sqlite3.connect(tmp_path / "wire.db", isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")
    with ThreadPoolExecutor(1) as pool:
        uploading = pool.submit(upload, wire, b"wanted")
        name = hashlib.sha256(b"wanted").hexdigest()
        target = tmp_path / "wire.db.files" / "sha256" / name[:2] / name
        assert eventually(target.exists)
        target.unlink()
        holder.rollback()
        made = uploading.result()
    holder.close()
    assert made.status_code == 201
    assert wire.get(f"{ASSETS}/{made.json()['id']}").content == b"wanted"


def test_a_browser_never_shows_it(wire: Api) -> None:
    name = 'r\u00e9sum\u00e9 "1";.html'
    made = wire.ok("POST", ASSETS, params={"name": name}, content=b"<script>", headers=FILE)
    response = wire.anonymous().get(f"{ASSETS}/{made['id']}")
    assert response.content == b"<script>"
    assert response.headers["content-type"] == "application/octet-stream"
    assert response.headers["x-content-type-options"] == "nosniff"
    assert response.headers["content-disposition"] == (
        "attachment; filename*=UTF-8''r%C3%A9sum%C3%A9%20%221%22%3B.html"
    )
    assert response.headers["content-length"] == "8"
    assert response.headers["etag"] == f'"{made["sha256"]}"'
    head = wire.head(f"{ASSETS}/{made['id']}")
    assert (head.status_code, head.content, head.headers["content-length"]) == (200, b"", "8")


def test_a_total_is_told_on_request(wire: Api) -> None:
    for _ in range(3):
        upload(wire, b"x").raise_for_status()
    assert "x-total-count" not in wire.get(ASSETS).headers
    page = wire.get(ASSETS, params={"limit": 2, "total": "true"})
    assert (page.headers["x-total-count"], len(page.json())) == ("3", 2)
    following = wire.get("http://testserver" + page.links["next"]["url"])
    assert (following.headers["x-total-count"], len(following.json())) == ("3", 1)
    # Whether it is counted does not make it another list.
    cursor = httpx.URL(page.links["next"]["url"]).params["cursor"]
    assert len(wire.ok("GET", ASSETS, params={"cursor": cursor})) == 1


def test_a_file_that_is_lost(wire: Api, tmp_path: Path) -> None:
    made = wire.ok("POST", ASSETS, params={"name": "x"}, content=b"x", headers=FILE)
    for path in (tmp_path / "wire.db.files" / "sha256").rglob("*"):
        if path.is_file():
            path.unlink()
    problem(wire.get(f"{ASSETS}/{made['id']}"), 503, "storage_failed")


def test_a_folder_is_made_for_the_first_file_only(tmp_path: Path) -> None:
    with Steward(path=str(tmp_path / "x.db"), workspace="w") as steward:
        steward.workspaces.create("w")
        steward.projects.create("p", key="CLS")
        experiment = steward.experiments.create("p").id
        assert not (tmp_path / "x.db.files").exists()
        steward.experiments.assets.upload(experiment, b"x", name="x")
        assert (tmp_path / "x.db.files").stat().st_mode & 0o77 == 0


def test_files_elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MLSTEWARD_FILES", str(tmp_path / "elsewhere"))
    with Steward(path=str(tmp_path / "x.db"), workspace="w") as steward:
        steward.workspaces.create("w")
        steward.projects.create("p", key="CLS")
        asset = steward.experiments.assets.upload(steward.experiments.create("p").id, b"x", name="x")
        assert steward.experiments.assets.download("CLS-1", asset.id, tmp_path / "back") == 1
    assert (tmp_path / "elsewhere" / "sha256" / asset.sha256[:2] / asset.sha256).read_bytes() == b"x"


def test_a_server_without_a_place_for_files(on_postgresql: Backend) -> None:
    team = Team(on_postgresql)
    experiment = team.admin.steward.experiments.create(team.project()).id
    with pytest.raises(errors.APIError, match="has no file storage") as refused:
        team.admin.steward.experiments.assets.upload(experiment, b"x", name="x")
    assert (refused.value.status, refused.value.code) == (503, "storage_failed")
    assert "--files" in str(refused.value.hint)


def test_without_a_place_for_files_no_large_body_is_admitted(wire: Api, tmp_path: Path) -> None:
    """Or a served platform would read all of it into memory."""
    storage = open_storage(str(tmp_path / "wire.db"))
    storage.blobs = None
    environ: dict[str, Any] = {"mlsteward.local": True, "mlsteward.admission": Admission()}
    setup_testing_defaults(environ)
    environ |= {"REQUEST_METHOD": "POST", "PATH_INFO": f"/api/v1{ASSETS}", "QUERY_STRING": "name=x"}
    environ |= {"CONTENT_LENGTH": "1000", "CONTENT_TYPE": FILE["Content-Type"]}
    statuses: list[str] = []
    create_app(storage, Settings())(environ, lambda status, headers, exc_info=None: statuses.append(status))
    assert statuses == ["503 Service Unavailable"]
    storage.close()


MEMORY = """
import re, sys
from pathlib import Path
from mlsteward import Steward

part = bytes(range(256)) * 4096
count = 2**30 // len(part)
with Steward(path=sys.argv[1] + "/x.db", workspace="w") as steward:
    steward.workspaces.create("w")
    steward.projects.create("p", key="CLS")
    experiment = steward.experiments.create("p").id
    made = steward.experiments.assets.upload(experiment, lambda: (part for _ in range(count)), name="large")
    assert made.size == 2**30
    assert steward.experiments.assets.download(experiment, made.id, sys.argv[1] + "/large") == made.size
# Not `ru_maxrss`: it counts what the parent held when it started this process.
print(int(re.search(r"VmHWM:\\s+(\\d+)", Path("/proc/self/status").read_text())[1]) // 1024)
"""


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="reads the memory of a process in /proc")
def test_a_gigabyte_needs_little_memory(tmp_path: Path) -> None:
    """Up and down, with client and server in one process; a served one is in tests/serve/test_bodies.py."""
    done = subprocess.run([sys.executable, "-c", MEMORY, str(tmp_path)], capture_output=True, text=True, timeout=600)
    assert done.returncode == 0, done.stderr
    assert int(done.stdout) < 150
    shutil.rmtree(tmp_path)
