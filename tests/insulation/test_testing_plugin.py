"""The fixtures that users of mlsteward get in their own tests."""

from __future__ import annotations

import subprocess
import sys

import pytest

pytest_plugins = ["pytester"]

OFFLINE = """
    import pytest
    from mlsteward import Steward, errors, management

    def test_operator_of_an_empty_server(steward):
        assert steward.whoami().is_operator
        assert steward.projects.list().first() is None
        steward.workspaces.create("ml-team")

    def test_each_test_has_its_own(steward):
        assert steward.workspaces.list().first() is None

    def test_flat_functions_go_there(steward):
        management.create_workspace("ml-team")
        assert management.create_project("ml-team/nlp") == "ml-team/nlp"
        assert steward.projects.get("ml-team/nlp").key == "NLP"

    def test_in_threads_too(steward):
        from concurrent.futures import ThreadPoolExecutor
        management.create_workspace("ml-team")
        with ThreadPoolExecutor(2) as pool:
            list(pool.map(management.create_project, ["ml-team/a", "ml-team/b"]))
        assert len(steward.projects.list().to_list()) == 2

    def test_a_client_of_the_program_itself_is_harmless(steward):
        with Steward() as other:
            assert other.workspaces.list().first() is None
            assert other.whoami().username == "local"

    @pytest.mark.parametrize("role", ["admin", "member", "collaborator", "guest"])
    def test_role_in_a_workspace(as_role, role):
        client = as_role(role, workspace="ml-team")
        assert client.workspaces.get("ml-team").role == role
        assert not client.whoami().is_operator

    @pytest.mark.parametrize("role", ["owner", "contributor", "viewer"])
    def test_role_in_a_project(steward, as_role, role):
        client = as_role(role, project="ml-team/nlp")
        assert client.projects.members.get("ml-team/nlp", "me").role == role
        with pytest.raises(errors.Forbidden, match="forbidden"):
            client.projects.delete("ml-team/nlp")
        steward.projects.delete("ml-team/nlp")

    @pytest.mark.parametrize("permission", ["VIEW", "TAG", "EDIT", "MANAGE"])
    def test_permission_on_a_dataset(steward, as_role, permission):
        client = as_role(permission, dataset="ml-team/images")
        assert client.access.explain("me", dataset="ml-team/images").role == permission
        assert client.workspaces.get("ml-team").role == "collaborator"
        with pytest.raises(errors.DatasetNotFound):
            as_role("NO_ACCESS", dataset="ml-team/images").datasets.get("ml-team/images")

    def test_narrow_key(steward, as_role):
        reader = as_role("admin", workspace="ml-team", scopes=["read"])
        assert reader.members.list(workspace="ml-team").first() is not None
        with pytest.raises(errors.Forbidden, match="scope_missing"):
            reader.projects.create("ml-team/nlp")

    def test_several_of_a_role(as_role):
        first, second = as_role("member"), as_role("member")
        assert first.whoami().username != second.whoami().username
        assert as_role("guest", username="jackie").whoami().username == "jackie"

    def test_service_account(as_role):
        robot = as_role("service_account", project="ml-team/nlp")
        assert robot.whoami().username.endswith("@ml-team")
        assert robot.projects.members.get("ml-team/nlp", "me").role == "owner"
        other = as_role("service_account", dataset="ml-team/images")
        assert other.access.explain("me", dataset="ml-team/images").role == "MANAGE"

    def test_roles_that_are_none(as_role):
        with pytest.raises(ValueError, match="boss"):
            as_role("boss")
        with pytest.raises(ValueError, match="project="):
            as_role("viewer")
        with pytest.raises(ValueError, match="dataset="):
            as_role("VIEW")
"""

SERVED = """
    import subprocess, sys
    from mlsteward import Steward

    def test_served(steward_server):
        with steward_server.client() as steward:
            assert steward.whoami().username == "admin"
            steward.workspaces.create("ml-team")
        with Steward(steward_server.url) as nobody:
            assert nobody.health().status == "ok"

    def test_the_same_one(steward_server):
        with steward_server.client(workspace="ml-team") as steward:
            assert steward.projects.create("nlp").full_name == "ml-team/nlp"

    def test_stops(steward_server, tmp_path):
        from mlsteward.testing import StewardServer
        other = StewardServer(tmp_path)
        assert other.url != steward_server.url
        other.stop()
        assert other._process.returncode == 0
"""


@pytest.fixture(autouse=True)
def elsewhere(monkeypatch: pytest.MonkeyPatch) -> None:
    """An environment in which everything would go to another server, as somebody else."""
    monkeypatch.setenv("MLSTEWARD_URL", "http://127.0.0.1:1")
    monkeypatch.setenv("MLSTEWARD_API_TOKEN", "mls_" + "0" * 49)
    monkeypatch.setenv("MLSTEWARD_WORKSPACE", "elsewhere")
    monkeypatch.setenv("MLSTEWARD_DATABASE", "postgresql://127.0.0.1:1/nothing")


@pytest.mark.parametrize(("program", "passed"), [(OFFLINE, 20), (SERVED, 3)], ids=["in-memory", "served"])
def test_fixtures(pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch, program: str, passed: int) -> None:
    # Nothing but pytest and the plugin; that it is found by itself is another test.
    monkeypatch.setenv("PYTEST_DISABLE_PLUGIN_AUTOLOAD", "1")
    pytester.makepyfile(program)
    found = pytester.runpytest_subprocess("-q", "-W", "error", "-p", "mlsteward.testing", timeout=60)
    found.assert_outcomes(passed=passed)


def test_is_listed(pytester: pytest.Pytester) -> None:
    found = pytester.runpytest_subprocess("--fixtures", timeout=60)
    found.stdout.fnmatch_lines(["steward -- *", "as_role -- *", "steward_server [[]session scope[]] -- *"])


def test_costs_next_to_nothing_where_it_is_not_used() -> None:
    program = """
import sys, pytest
before = set(sys.modules)
import mlsteward.testing
print(sorted(set(sys.modules) - before))
"""
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, timeout=30, check=True)
    assert done.stdout.strip() == "['mlsteward', 'mlsteward._version', 'mlsteward.testing']"
