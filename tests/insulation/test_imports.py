"""What an import costs, and what works without the server."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


def run(program: str, **options: object) -> str:
    """What a new Python process prints."""
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", program], capture_output=True, text=True, timeout=30, **options
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def loaded_by(statement: str) -> set[str]:
    program = (
        f"import sys, json; before = set(sys.modules); {statement}; print(json.dumps(list(set(sys.modules) - before)))"
    )
    return set(json.loads(run(program)))


def packages(modules: set[str]) -> set[str]:
    return {name.partition(".")[0] for name in modules}


def test_import_loads_nothing() -> None:
    assert loaded_by("import mlsteward") <= {"mlsteward", "mlsteward._version"}


def test_errors_load_nothing_else() -> None:
    found = loaded_by("from mlsteward import errors, StewardError, APIError")
    assert packages(found) <= {"mlsteward", "importlib"}
    assert found >= {"mlsteward.errors"}


@pytest.mark.parametrize(
    "statement",
    [
        "from mlsteward import management; management.create_project; management.exceptions.ProjectNotFound",
        "import mlsteward.testing",
        "from mlsteward import records",
    ],
)
def test_front_doors_load_nothing_heavy(statement: str) -> None:
    heavy = {"httpx", "httpcore", "attr", "attrs", "orjson", "ssl", "asyncio", "mlsteward_api", "mlsteward_server"}
    if "testing" in statement:
        statement = f"import pytest; before = set(sys.modules); {statement}"
    assert not packages(loaded_by(statement)) & heavy


def test_a_remote_client_loads_no_server() -> None:
    found = packages(loaded_by("from mlsteward import Steward; Steward('http://127.0.0.1:1').projects.members"))
    assert not found & {"mlsteward_server", "sqlalchemy", "falcon", "alembic", "cryptography", "granian", "ssl_"}


def test_a_client_loads_what_it_uses() -> None:
    found = loaded_by("from mlsteward import Steward; Steward('http://127.0.0.1:1').projects")
    assert "mlsteward._sync.projects" in found
    assert not found & {
        "mlsteward._async.steward",
        "mlsteward._sync.workspaces",
        "mlsteward_api.models.workspace",
        "asyncio",
    }


def test_names_are_offered_before_they_are_loaded() -> None:
    program = """
import mlsteward, mlsteward.client, mlsteward.records
import json
print(json.dumps([dir(mlsteward), dir(mlsteward.client), dir(mlsteward.records)]))
"""
    top, client, records = json.loads(run(program))
    assert {"Steward", "AsyncSteward", "management", "errors", "records", "__version__"} <= set(top)
    assert client == ["AsyncSteward", "Steward"]
    assert {"Project", "Visibility", "AuditEvent"} <= set(records)


@pytest.mark.parametrize("module", ["mlsteward", "mlsteward.client", "mlsteward.records"])
def test_names_that_are_none(module: str) -> None:
    program = f"""
import importlib
try:
    importlib.import_module({module!r}).nonsense
except AttributeError as error:
    print(error)
"""
    assert "nonsense" in run(program)
    star = f"from {module} import *; print(len([n for n in globals() if not n.startswith('__')]) >= 2)"
    assert run(star) == "True"


WITHOUT_SERVER = """
import sys

class Without:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in MISSING:
            raise ModuleNotFoundError(f"No module named {name!r}", name=name)

sys.meta_path.insert(0, Without())
from mlsteward import Steward, errors, management
try:
    Steward(path=":memory:")
except errors.ConfigurationError as error:
    # A traceback shows this one exception, and not how the import failed.
    assert error.__cause__ is error.__context__ is None
    print(error)
try:
    management.get_project_list()
except errors.ConfigurationError as error:
    print(error)
with Steward("http://127.0.0.1:1", timeout=1, retry=None) as remote:
    print(remote.projects)
"""


@pytest.mark.parametrize("missing", ["mlsteward_server", "falcon", "sqlalchemy"])
def test_without_the_server_extra(missing: str, tmp_path: Path) -> None:
    program = f"MISSING = {{{missing!r}}}\n{WITHOUT_SERVER}"
    *refusals, remote = run(program, cwd=tmp_path).splitlines()
    assert len(refusals) == 2
    for refusal in refusals:
        assert missing in refusal
        assert "pip install 'mlsteward[server]'" in refusal
        assert "MLSTEWARD_URL" in refusal
    assert "Projects" in remote


def test_sync_is_derived_from_async() -> None:
    done = subprocess.run(
        [sys.executable, "scripts/derive_sync.py", "--check"], cwd=ROOT, capture_output=True, text=True, timeout=60
    )
    assert done.returncode == 0, done.stdout + done.stderr
