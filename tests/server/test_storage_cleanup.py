"""`clean_up_storage` deletes the files that belong to nothing, and no others, whoever uploads meanwhile."""

from __future__ import annotations

import hashlib
import os
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from tests.support.api import Api
from tests.support.calls import FILE
from tests.support.server import (
    Runner,
    Settings,
    Storage,
    create_app,
    ensure_local_operator,
    job_kinds,
    open_storage,
    storage_cleanup,
)
from tests.support.storage import kept, litter, place_of

pytestmark = pytest.mark.both_databases

ASSETS = "/experiments/w:CLS-1/assets"


@pytest.fixture
def storage(database: str, key_file: Path, tmp_path: Path) -> Iterator[Storage]:
    found = open_storage(database, key_file=key_file, files=str(tmp_path))
    ensure_local_operator(found)
    yield found
    found.close()


@pytest.fixture
def http(storage: Storage) -> Api:
    http = Api(create_app(storage, Settings()), local=True)
    http.ok("POST", "/workspaces", json={"name": "w"})
    project(http, "p", "CLS")
    return http


def project(http: Api, name: str, key: str) -> None:
    http.ok("POST", "/projects", json={"workspace": "w", "name": name, "key": key})
    http.ok("POST", f"/projects/w:{name}/experiments", json={})


def upload(http: Api, content: bytes, assets: str = ASSETS) -> dict[str, Any]:
    made: dict[str, Any] = http.ok("POST", f"{assets}?name=x", content=content, headers=FILE)
    return made


def clean_up(http: Api, storage: Storage, **body: Any) -> dict[str, Any]:
    job = http.ok("POST", "/storage/cleanups", json=body)
    assert Runner(storage, Settings()).run_one()
    done = http.ok("GET", f"/jobs/{job['id']}")
    assert done["status"] == "succeeded", done
    result: dict[str, Any] = done["result"]
    return result


def figures(files: int, size: int, unused: int, unused_size: int, *, dry_run: bool = False) -> dict[str, Any]:
    return {
        "dry_run": dry_run,
        "files": files,
        "bytes": size,
        "unused_files": unused,
        "unused_bytes": unused_size,
    }


def test_what_belongs_to_nothing(http: Api, storage: Storage, tmp_path: Path) -> None:
    project(http, "gone", "GON")
    assets = [upload(http, b"kept %d" % number) for number in range(3)]
    shared = upload(http, b"shared")
    upload(http, b"shared", "/experiments/w:GON-1/assets")
    upload(http, b"of a project", "/experiments/w:GON-1/assets")
    http.ok("DELETE", "/projects/w:gone")
    litter(tmp_path, 4)
    before = kept(tmp_path)
    assert len(before) == 3 + 1 + 1 + 4

    found = figures(9, 3 * 6 + 6 + 12 + 40, 5, 12 + 40, dry_run=True)
    assert clean_up(http, storage, older_than=0, dry_run=True) == found
    assert kept(tmp_path) == before
    assert clean_up(http, storage, older_than=0) == {**found, "dry_run": False}
    assert kept(tmp_path) == {asset["sha256"] for asset in (*assets, shared)}
    assert http.get(f"{ASSETS}/{shared['id']}").content == b"shared"
    assert clean_up(http, storage, older_than=0) == figures(4, 3 * 6 + 6, 0, 0)


def test_new_files_are_left_alone(http: Api, storage: Storage, tmp_path: Path) -> None:
    litter(tmp_path, 2, seconds_ago=3500)
    old = litter(tmp_path, 5, seconds_ago=3700)[2:]
    litter(tmp_path, 2, seconds_ago=3500)
    assert clean_up(http, storage) == figures(5, 50, 3, 30)
    assert not any(path.exists() for path in old)
    assert len(kept(tmp_path)) == 2
    assert clean_up(http, storage, older_than=3400)["unused_files"] == 2


def test_what_dead_processes_were_receiving(http: Api, storage: Storage, tmp_path: Path) -> None:
    upload(http, b"x")
    incoming = tmp_path / "incoming"
    moment = time.time()
    for name, hours in (("upload-old", 25), ("upload-new", 23)):
        (incoming / name).write_bytes(b"half a")
        os.utime(incoming / name, (moment - hours * 3600,) * 2)
    # Even then, for it may still be arriving.
    assert clean_up(http, storage, older_than=0, dry_run=True)["unused_files"] == 1
    assert clean_up(http, storage, older_than=0) == figures(2, 7, 1, 6)
    assert [path.name for path in incoming.iterdir()] == ["upload-new"]


def test_many_files_take_several_steps(
    http: Api, storage: Storage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(storage_cleanup, "PAGE", 3)
    monkeypatch.setattr(job_kinds, "STEP_SECONDS", 0.0)
    # All in one folder, so that pages end in the middle of it.
    contents = [b"%010d" % number for number in range(2000)]
    first = [content for content in contents if hashlib.sha256(content).hexdigest().startswith("ab")][:7]
    assert len(first) == 7
    for content in first:
        path = place_of(tmp_path, content)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    assert clean_up(http, storage, older_than=0) == figures(7, 70, 7, 70)
    assert kept(tmp_path) == set()


def test_nothing_that_is_uploaded_meanwhile_is_lost(http: Api, storage: Storage, tmp_path: Path) -> None:
    """The same contents are uploaded, deleted and swept at once: what has a row has a file."""
    contents = [b"content %d" % number for number in range(12)]
    for content in contents:
        place_of(tmp_path, content).parent.mkdir(parents=True, exist_ok=True)
        place_of(tmp_path, content).write_bytes(content)
    over = threading.Event()
    removed: list[int] = []

    def sweep() -> None:
        while not over.is_set():
            removed.append(clean_up(http, storage, older_than=0)["unused_files"])

    def send(number: int) -> None:
        content = contents[number % len(contents)]
        made = upload(http, content)
        if number % 3:
            http.ok("DELETE", f"{ASSETS}/{made['id']}")
        else:
            assert http.get(f"{ASSETS}/{made['id']}").content == content

    with ThreadPoolExecutor(5) as pool:
        sweeping = pool.submit(sweep)
        try:
            list(pool.map(send, range(120)))
        finally:
            over.set()
        sweeping.result()
    left = http.everything(ASSETS)
    assert len(left) == 40
    for asset in left:
        assert http.get(f"{ASSETS}/{asset['id']}").status_code == 200
    clean_up(http, storage, older_than=0)
    assert kept(tmp_path) == {asset["sha256"] for asset in left}
    assert sum(removed) > 0
