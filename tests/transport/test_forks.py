"""A client on both sides of a fork: each side gets its own answers, or one clear error; nothing waits for ever.

Each test runs a program of its own, because pytest should not fork itself.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from mlsteward.testing import StewardServer

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="this system has no fork")

HEAD = """
import asyncio, faulthandler, os, sys, threading, time
import httpx
from mlsteward import AsyncSteward, Steward, errors, management

faulthandler.dump_traceback_later(50, exit=True)

def fork(work):
    child = os.fork()
    if child == 0:
        code = 1
        try:
            work()
            code = 0
        except BaseException as error:
            print(f"child: {type(error).__name__}: {error}", flush=True)
        finally:
            os._exit(code)
    return child

def wait(children):
    codes = [os.waitpid(child, 0)[1] for child in children]
    if any(codes):
        sys.exit(f"children ended with {codes}")
"""


def run(program: str, *arguments: str, cwd: Path | None = None) -> str:
    command = [sys.executable, "-W", "ignore::DeprecationWarning", "-c", HEAD + program, *arguments]
    done = subprocess.run(command, cwd=cwd, capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


SERVED = """
url, token, kind = sys.argv[1:]
names = [f"fork-{kind}-{number}" for number in range(4)]

def ask(steward, name):
    for _ in range(60):
        found = steward.workspaces.get(name)
        assert found.name == name, f"asked for {name}, got {found.name}"

async def ask_async(steward, name):
    for _ in range(60):
        found = await steward.workspaces.get(name)
        assert found.name == name, f"asked for {name}, got {found.name}"

with Steward(url, api_token=token) as setup:
    for name in names:
        setup.workspaces.create(name, exist_ok=True)

for _ in range(5):
    if kind == "sync":
        steward = Steward(url, api_token=token)
        work = lambda name: ask(steward, name)
    else:
        steward = AsyncSteward(url, api_token=token)
        work = lambda name: asyncio.run(ask_async(steward, name))
    # A pool is for one event loop, so the parent keeps its own.
    with asyncio.Runner() as runner:
        mine = work if kind == "sync" else lambda name: runner.run(ask_async(steward, name))
        mine(names[0])  # There is a connection in the pool.
        children = [fork(lambda name=name: work(name)) for name in names[1:]]
        mine(names[0])
        wait(children)
print("done")
"""


@pytest.mark.parametrize("kind", ["sync", "async"])
def test_children_and_parent_get_their_own_answers(steward_server: StewardServer, kind: str) -> None:
    assert run(SERVED, steward_server.url, steward_server.api_token, kind) == "done\n"


OWN_CLIENT = """
url, token, kind = sys.argv[1:]

def check_sync():
    client = httpx.Client()
    steward = Steward(url, api_token=token, http_client=client)
    steward.whoami()
    wait([fork(lambda: refused(steward.whoami))])
    print(steward.whoami().username == first)

def refused(call):
    try:
        call()
    except errors.TransportError as error:
        print(error, flush=True)
    else:
        sys.exit("not refused")

def check_async():
    steward = AsyncSteward(url, api_token=token, http_client=httpx.AsyncClient())
    wait([fork(lambda: refused(lambda: asyncio.run(steward.whoami())))])
    print(asyncio.run(steward.whoami()).username == first)

with Steward(url, api_token=token) as setup:
    first = setup.whoami().username
check_sync() if kind == "sync" else check_async()
"""


@pytest.mark.parametrize("kind", ["sync", "async"])
def test_a_client_of_the_users_own_stays_with_its_process(steward_server: StewardServer, kind: str) -> None:
    told, goes_on = run(OWN_CLIENT, steward_server.url, steward_server.api_token, kind).splitlines()
    assert "the http_client belongs to process" in told
    assert "make a new client in the child" in told
    assert goes_on == "True"


STREAMED = """
from mlsteward_api.api.access import list_access

url, token = sys.argv[1:]
steward = Steward(url, api_token=token)
steward.workspaces.create("fork-stream", exist_ok=True)
with steward._connection.stream(list_access.request("fork-stream"), headers={"Accept": "text/csv"}) as answer:
    def read():
        try:
            b"".join(answer.iter_bytes())
        except errors.TransportError as error:
            print(error, flush=True)
    wait([fork(read)])
    print(len(b"".join(answer.iter_bytes())) > 10)
wait([fork(lambda: steward.whoami())])
"""


def test_an_answer_that_is_being_read_stays_with_its_process(steward_server: StewardServer) -> None:
    told, goes_on = run(STREAMED, steward_server.url, steward_server.api_token).splitlines()
    assert "this answer belongs to process" in told
    assert goes_on == "True"


EMBEDDED = """
kind = sys.argv[1]
if kind == "sync":
    steward = Steward(path="platform.db")
    create, projects = steward.projects.create, lambda: steward.projects.list().to_list()
    steward.workspaces.create("ml-team")
else:
    steward = AsyncSteward(path="platform.db")
    create = lambda name: asyncio.run(steward.projects.create(name))
    projects = lambda: asyncio.run(steward.projects.list().to_list())
    asyncio.run(steward.workspaces.create("ml-team"))
stop = threading.Event()
begun = threading.Event()

def busy():
    count = 0
    while not stop.is_set():
        create(f"ml-team/thread-{threading.get_ident()}-{count}")
        projects()
        count += 1
        begun.set()

def child(number):
    for count in range(3):
        create(f"ml-team/child-{number}-{count}")
    assert sum(one.name.startswith(f"child-{number}-") for one in projects()) == 3

threads = [threading.Thread(target=busy) for _ in range(2)]
for thread in threads:
    thread.start()
begun.wait()
for run in range(5):
    wait([fork(lambda number=f"{run}-{number}": child(number)) for number in range(2)])
stop.set()
for thread in threads:
    thread.join()
print(sum(one.name.startswith("child-") for one in projects()))
"""


@pytest.mark.parametrize("kind", ["sync", "async"])
def test_a_data_file_works_on_both_sides_while_threads_use_it(tmp_path: Path, kind: str) -> None:
    assert run(EMBEDDED, kind, cwd=tmp_path) == "30\n"


PARENT_CLOSES = """
steward = Steward(path="platform.db")
steward.workspaces.create("ml-team")
read, write = os.pipe()

def child():
    steward.projects.create("ml-team/before")
    os.read(read, 1)
    steward.projects.create("ml-team/after")

children = [fork(child)]
steward.workspaces.create("other-team")
steward.close()
os.write(write, b"x")
wait(children)
with Steward(path="platform.db") as again:
    print(sorted(project.name for project in again.projects.list()), len(again.workspaces.list().to_list()))
"""


def test_nothing_a_child_writes_is_lost_when_its_parent_closes_the_file(tmp_path: Path) -> None:
    assert run(PARENT_CLOSES, cwd=tmp_path) == "['after', 'before'] 2\n"


MEMORY = """
steward = Steward(path=":memory:")
steward.workspaces.create("ml-team")

def child():
    try:
        steward.workspaces.create("of-the-child")
    except errors.TransportError as error:
        print(error, flush=True)
    with Steward(path=":memory:") as own:
        print(own.workspaces.create("of-the-child").name, flush=True)

wait([fork(child)])
print([workspace.name for workspace in steward.workspaces.list()])
"""


def test_a_child_does_not_write_to_a_copy_of_the_memory() -> None:
    told, *rest = run(MEMORY).splitlines()
    assert "the data of :memory: is in the memory of the parent process" in told
    assert "use a data file, or open a client in the child" in told
    assert rest == ["of-the-child", "['ml-team']"]


IN_USE = """
steward = Steward(path="platform.db")
steward.workspaces.create("ml-team")
in_use, go_on = threading.Event(), threading.Event()

def busy():
    # What every request does, for longer than a fork waits.
    with steward._connection.lifetime.app._storage.connect() as connection:
        in_use.set()
        go_on.wait()

def child():
    try:
        steward.projects.create("ml-team/of-the-child")
    except errors.TransportError as error:
        print(error, flush=True)

thread = threading.Thread(target=busy)
thread.start()
in_use.wait()
wait([fork(child)])
steward.projects.create("ml-team/of-the-parent")
go_on.set()
thread.join()
wait([fork(lambda: steward.projects.create("ml-team/of-the-child"))])
print(len(steward.projects.list().to_list()))
"""


def test_a_fork_in_the_middle_of_something_is_told_in_the_child(tmp_path: Path) -> None:
    told, count = run(IN_USE, cwd=tmp_path).splitlines()
    assert "platform.db was in use" in told
    assert "fork while no call is running" in told
    assert count == "2"


FILES = """
steward = Steward(path="platform.db")
steward.workspaces.create("ml-team")
steward.projects.create("ml-team/churn")
experiment = steward.experiments.create("ml-team/churn")

def child():
    asset = steward.experiments.assets.upload(experiment.id, b"12", name="of-the-child.bin")
    print(steward.experiments.assets.download(experiment.id, asset.id, "saved.bin"), flush=True)

def late_child():
    try:
        child()
    except errors.StewardError as error:
        print(error, flush=True)

wait([fork(child)])
steward.experiments.assets.upload(experiment.id, b"1", name="of-the-parent.bin")
wait([fork(late_child)])
"""


def test_files_work_in_a_child_unless_its_parent_used_them(tmp_path: Path) -> None:
    # What stores them works in threads, which a child does not have.
    works, told = run(FILES, cwd=tmp_path).splitlines()
    assert works == "2"
    assert "the parent of this forked process has used them" in told
    assert "spawn" in told


FLAT = """
management.create_workspace("ml-team")
held = threading.Event()

def busy():
    from mlsteward.management import _session
    with _session._lock:
        held.set()
        time.sleep(60)

threading.Thread(target=busy, daemon=True).start()
held.wait()

wait([fork(lambda: management.create_project("ml-team/of-the-child"))])
print("done", flush=True)
os._exit(0)
"""


def test_flat_functions_do_not_wait_for_threads_of_the_parent(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MLSTEWARD_PATH", str(tmp_path / "platform.db"))
    assert run(FLAT, cwd=tmp_path) == "done\n"
