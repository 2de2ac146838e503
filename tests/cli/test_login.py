"""`mlsteward login`, `logout`, `profiles` and `config set`, with a served server and a keyring of their own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from mlsteward import Steward, errors
from mlsteward.testing import StewardServer

ROOT = Path(__file__).resolve().parents[2]


class Machine:
    """Somebody's account on a machine: a home, with or without a keyring."""

    def __init__(self, home: Path, *, keyring: bool = True) -> None:
        self.config = home / "config.toml"
        self.keyring = home / "keyring.json"
        backend = "tests.support.file_keyring.FileKeyring" if keyring else "keyring.backends.fail.Keyring"
        kept = {name: value for name, value in os.environ.items() if not name.startswith("MLSTEWARD_")}
        self.environ = {
            **kept,
            "HOME": str(home),
            "MLSTEWARD_CONFIG": str(self.config),
            "PYTHON_KEYRING_BACKEND": backend,
            "TEST_KEYRING": str(self.keyring),
            "PYTHONPATH": str(ROOT),
        }
        self.config.touch(mode=0o600)

    def run(self, *arguments: str, given: str = "") -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "mlsteward", *arguments]
        return subprocess.run(
            command, input=given, capture_output=True, text=True, timeout=60, env=self.environ, check=False
        )

    def ok(self, *arguments: str, given: str = "") -> str:
        done = self.run(*arguments, given=given)
        assert done.returncode == 0, done.stderr
        return done.stdout


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    return Machine(tmp_path)


@pytest.fixture
def login(machine: Machine, steward_server: StewardServer) -> Callable[..., str]:
    def log_in(*options: str) -> str:
        return machine.ok("login", "--url", steward_server.url, *options, given=steward_server.api_token + "\n")

    return log_in


def test_the_key_is_in_the_keyring_and_nowhere_else(
    machine: Machine, login: Callable[..., str], steward_server: StewardServer
) -> None:
    said = login()
    assert said.startswith(
        f"Logged in to {steward_server.url} as admin. The API key is in the keyring, profile default"
    )
    assert steward_server.api_token not in said + machine.config.read_text()
    assert steward_server.api_token in machine.keyring.read_text()
    assert json.loads(machine.ok("whoami", "--json"))["username"] == "admin"
    assert "(keyring)" in machine.ok("config", "show")
    # The key is for this server only.
    machine.config.write_text(machine.config.read_text().replace(steward_server.url, "http://127.0.0.1:9"))
    done = machine.run("whoami")
    assert (done.returncode, done.stdout) == (2, "")
    assert "the keyring has none" in done.stderr
    assert "mlsteward login" in done.stderr


def test_without_a_keyring_the_file_is_for_its_owner_only(tmp_path: Path, steward_server: StewardServer) -> None:
    machine = Machine(tmp_path, keyring=False)
    machine.config.unlink()
    said = machine.ok("login", "--url", steward_server.url, given=steward_server.api_token)
    assert str(machine.config) in said
    assert machine.config.stat().st_mode & 0o777 == 0o600
    assert "admin" in machine.ok("whoami")


def test_no_keyring_where_nobody_wants_one(
    machine: Machine, login: Callable[..., str], steward_server: StewardServer
) -> None:
    login()
    login("--no-keyring")
    assert steward_server.api_token in machine.config.read_text()
    assert steward_server.api_token not in machine.keyring.read_text()


def test_a_wrong_key_is_not_stored(machine: Machine, steward_server: StewardServer) -> None:
    before = machine.config.read_text()
    for given in ("mls_wrong", "", "not a key"):
        done = machine.run("login", "--url", steward_server.url, given=given)
        assert done.returncode != 0
        assert "error:" in done.stderr
        assert "Traceback" not in done.stderr
    assert machine.config.read_text() == before
    assert not machine.keyring.exists()


def test_an_address_is_asked_for_only_on_a_terminal(machine: Machine) -> None:
    done = machine.run("login", given="x")
    assert done.returncode == 2
    assert "no terminal" in done.stderr
    assert "--url" in done.stderr


def test_a_login_that_cannot_be_stored_leaves_the_one_of_before(
    machine: Machine, login: Callable[..., str], tmp_path: Path
) -> None:
    login()
    kept = machine.keyring.read_text()
    # A name that leaves no room for that of a draft beside it.
    full = tmp_path / ("c" * 250 + ".toml")
    full.write_text(machine.config.read_text())
    machine.environ["MLSTEWARD_CONFIG"] = str(full)
    with pytest.raises(AssertionError, match="cannot be written"):
        login("--no-keyring")
    assert machine.keyring.read_text() == kept
    assert "admin" in machine.ok("whoami")


def test_logout(machine: Machine, login: Callable[..., str], steward_server: StewardServer) -> None:
    login()
    assert machine.ok("logout") == "Logged out of profile default.\n"
    assert steward_server.api_token not in machine.keyring.read_text()
    assert machine.ok("logout") == "Profile default has no API key.\n"
    assert steward_server.url in machine.config.read_text()
    # The key itself still works.
    with Steward(steward_server.url, api_token=steward_server.api_token) as steward:
        assert steward.identity.whoami().username == "admin"


def test_profiles(machine: Machine, login: Callable[..., str], steward_server: StewardServer) -> None:
    machine.config.write_text('# of mine\n[profiles.local]\npath = "x.db" # kept\n')
    login("--profile", "staging")
    assert machine.config.read_text().startswith('# of mine\n[profiles.local]\npath = "x.db" # kept\n')
    found = json.loads(machine.ok("profiles", "list", "--json"))
    assert [(one["name"], one["api_key"], one["in_use"]) for one in found] == [
        ("local", None, False),
        ("staging", "keyring", False),
    ]
    assert "staging" in machine.ok("profiles", "list")
    assert machine.ok("profiles", "list", "-q") == "local\nstaging\n"
    assert (
        machine.ok("profiles", "list", "-o", "csv", "--columns", "name,api_key")
        == "name,api_key\nlocal,\nstaging,keyring\n"
    )
    assert steward_server.url in machine.ok("profiles", "show", "staging")
    assert machine.ok("profiles", "use", "staging") == "Commands use profile staging now.\n"
    assert "admin" in machine.ok("whoami")
    assert machine.ok("config", "set", "workspace", "ml-team") == "In profile staging, workspace is ml-team.\n"
    assert machine.ok("config", "get", "workspace") == "ml-team\n"
    assert machine.ok("config", "set", "workspace", "") == "In profile staging, workspace is not set.\n"
    assert machine.run("config", "get", "workspace").returncode == 1
    machine.ok("profiles", "delete", "staging")
    assert steward_server.api_token not in machine.keyring.read_text()
    assert "staging" not in machine.config.read_text()
    done = machine.run("profiles", "use", "staging")
    assert done.returncode == 2
    assert "There is no profile 'staging'" in done.stderr
    assert "local" in done.stderr


def test_another_server_does_not_get_the_key(machine: Machine, login: Callable[..., str]) -> None:
    login("--no-keyring")
    machine.ok("config", "set", "url", "http://127.0.0.1:9")
    assert "api_token" not in machine.config.read_text()


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("config", "set", "colour", "red"), "url, path, workspace"),
        (("config", "get", "api_token"), "url, path, workspace, profile"),
        (("config", "set", "url", "ftp://x"), "not an http"),
        (("profiles", "show", "nobody"), "no profile 'nobody'"),
    ],
)
def test_refusals(machine: Machine, arguments: tuple[str, ...], said: str) -> None:
    done = machine.run(*arguments)
    assert (done.returncode, done.stdout) == (2, "")
    assert said in done.stderr


def test_a_broken_file_stays_as_it_is(machine: Machine) -> None:
    machine.config.write_text('[profiles.default\napi_token = "mls_CanaryCanary"')
    for arguments in (("config", "set", "workspace", "x"), ("profiles", "list"), ("logout",)):
        done = machine.run(*arguments)
        assert done.returncode == 2
        assert "not valid TOML" in done.stderr
        assert "Canary" not in done.stderr
    assert "[profiles.default\n" in machine.config.read_text()


def test_scripts_use_it_too(machine: Machine, login: Callable[..., str], monkeypatch: pytest.MonkeyPatch) -> None:
    login("--no-keyring")
    monkeypatch.setenv("MLSTEWARD_CONFIG", str(machine.config))
    with Steward() as steward:
        assert steward.identity.whoami().username == "admin"
    machine.config.write_text('default_profile = "gone"\n')
    with pytest.raises(errors.ConfigurationError, match="'gone'"):
        Steward()
