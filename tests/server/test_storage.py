"""Opening a database: what can go wrong is said in one line, without a password in it."""

from __future__ import annotations

import base64
import os
import sqlite3
import stat
from pathlib import Path

import pytest

from tests.support.api import Api
from tests.support.databases import KEY, Postgres
from tests.support.problems import problem
from tests.support.server import (
    KEY_CHECK,
    StorageError,
    Vault,
    VaultError,
    create_app,
    default_path,
    ensure_local_operator,
    hide_password,
    open_app,
    open_storage,
    read_fact,
    vault,
)


def refusal(database: str, **options: Path) -> str:
    with pytest.raises((StorageError, VaultError)) as caught:
        open_storage(database, **options)
    message = str(caught.value)
    assert "\n" not in message
    return message


def test_a_directory(tmp_path: Path) -> None:
    assert str(tmp_path) in refusal(str(tmp_path))


def test_a_path_below_a_file(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    assert "file" in refusal(str(tmp_path / "file" / "mlsteward.db"))


def test_a_folder_that_cannot_be_made() -> None:
    assert "/proc/" in refusal("/proc/nothing/mlsteward.db")


def test_a_file_that_is_no_database(tmp_path: Path) -> None:
    path = tmp_path / "mlsteward.db"
    path.write_bytes(b"this is not a database, whatever its name says. " * 100)
    before = path.read_bytes()
    assert "not a database" in refusal(str(path))
    assert path.read_bytes() == before


def test_a_damaged_database(sqlite_file: str, key_file: Path) -> None:
    content = bytearray(Path(sqlite_file).read_bytes())
    content[100:8192] = b"\xff" * 8092
    Path(sqlite_file).write_bytes(content)
    assert sqlite_file in refusal(sqlite_file, key_file=key_file)


def test_a_database_of_somebody_else(tmp_path: Path) -> None:
    # Tables of the same names that are not ours are not written over.
    path = tmp_path / "other.db"
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE accounts (mine TEXT)")
        connection.execute("INSERT INTO accounts VALUES ('precious')")
    connection.close()
    assert "accounts already exists" in refusal(str(path))
    with sqlite3.connect(path) as connection:
        assert connection.execute("SELECT * FROM accounts").fetchall() == [("precious",)]
    connection.close()


@pytest.mark.parametrize(
    "url",
    [
        "mysql://steward:hunter2@localhost/x",
        "nonsense://steward:hunter2@localhost",
        "postgresql://steward:hunter2@localhost:port/x",
        "postgresql://steward:hunter2@127.0.0.1:1/x",
        "postgresql://steward:hunter2@no.such.host.invalid/x",
        "postgresql://127.0.0.1:1/x?user=steward&password=hunter2",
        "://hunter2",
        "postgresql://steward:hunt%zzer2@127.0.0.1:1/x?nonsense=hunter2",
    ],
)
def test_a_wrong_url(url: str) -> None:
    message = refusal(url)
    assert "hunter2" not in message
    assert "hunter2" not in hide_password(url)


def test_a_wrong_role_and_a_missing_database(postgres: Postgres) -> None:
    url = postgres.empty()
    assert "nobody" in refusal(url.replace("postgres:@", "nobody:hunter2@"))
    assert "hunter2" not in refusal(url.replace("postgres:@", "nobody:hunter2@"))
    assert "does not exist" in refusal(url.replace("/test_", "/no_test_"))


def test_the_password_is_in_no_repr(postgres: Postgres, key_file: Path) -> None:
    url = postgres.migrated().replace("postgres:@", "postgres:hunter2@")
    storage = open_storage(url, key_file=key_file)
    assert "hunter2" not in repr(storage) + storage.label + repr(storage.engine)
    storage.close()


@pytest.mark.parametrize("url", ["sqlite://", "sqlite:///:memory:", ":memory:"])
def test_memory_has_many_names(url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    storage = open_storage(url)
    assert storage.label == ":memory:"
    storage.close()
    assert list(tmp_path.iterdir()) == []


def test_a_sqlite_url_is_a_path(tmp_path: Path) -> None:
    path = tmp_path / "mlsteward.db"
    open_storage(f"sqlite:///{path}").close()
    assert path.exists()


def test_no_folder_is_made(tmp_path: Path) -> None:
    path = tmp_path / "new" / "mlsteward.db"
    with pytest.raises(StorageError, match=f"the folder {path.parent} does not exist"):
        open_storage(str(path))
    assert not path.parent.exists()


def test_a_database_that_went_away_is_unavailable(postgres: Postgres, key_file: Path) -> None:
    url = postgres.migrated()
    storage = open_storage(url, key_file=key_file)
    ensure_local_operator(storage)
    with Api(create_app(storage)) as http:
        http.ok("GET", "/health")
        postgres.drop(url)
        for response in (http.get("/health"), http.as_local().post("/workspaces", json={"name": "x"})):
            found = problem(response, 503, "unavailable")
            assert "retry-after" in response.headers
            assert "postgres" not in found["detail"].lower()
    storage.close()


def test_a_writer_that_waits_too_long_is_told_so(sqlite_file: str, key_file: Path) -> None:
    storage = open_storage(sqlite_file, key_file=key_file)
    ensure_local_operator(storage)
    other = sqlite3.connect(sqlite_file, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with storage.connect() as connection:
        connection.exec_driver_sql("PRAGMA busy_timeout = 100")  # the pool gives out the same connection again
    with Api(create_app(storage)) as http:
        problem(http.as_local().post("/workspaces", json={"name": "x"}), 503, "unavailable")
        # Readers do not wait for writers.
        http.as_local().ok("GET", "/workspaces")
        other.execute("ROLLBACK")
        http.as_local().ok("POST", "/workspaces", json={"name": "x"})
    other.close()
    storage.close()


def test_where_the_data_of_a_user_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    if os.name == "posix" and os.uname().sysname == "Linux":
        assert default_path() == tmp_path / "mlsteward" / "mlsteward.db"
        app = open_app()
        assert app.database == str(default_path())
        app.close()


# ---- the server's own key


def test_the_key_is_for_its_owners_eyes(tmp_path: Path) -> None:
    previous = os.umask(0)
    try:
        open_storage(str(tmp_path / "mlsteward.db")).close()
    finally:
        os.umask(previous)
    key = tmp_path / "mlsteward.db.key"
    assert stat.S_IMODE(key.stat().st_mode) == 0o600
    assert len(base64.b64decode(key.read_text())) == 32
    assert {path.name for path in tmp_path.iterdir()} <= {"mlsteward.db", "mlsteward.db.key"}
    assert base64.b64decode(key.read_text()) not in (tmp_path / "mlsteward.db").read_bytes()


def test_the_key_stays(tmp_path: Path) -> None:
    tokens = set()
    for _ in range(2):
        storage = open_storage(str(tmp_path / "mlsteward.db"))
        tokens.add(storage.vault.sign("x", "test"))
        storage.close()
    assert len(tokens) == 1


def test_the_key_can_come_from_the_environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MLSTEWARD_SECRET_KEY", KEY)
    storage = open_storage(str(tmp_path / "mlsteward.db"))
    assert storage.vault.sign("x", "test") == vault.from_text(KEY).sign("x", "test")
    storage.close()
    assert not (tmp_path / "mlsteward.db.key").exists()


@pytest.mark.parametrize("text", ["short", "!" * 44, "", base64.b64encode(b"x" * 31).decode(), "\xff\xfe"])
def test_a_key_file_that_is_none(tmp_path: Path, text: str) -> None:
    key = tmp_path / "server.key"
    key.write_text(text, "latin-1")
    with pytest.raises(VaultError) as caught:
        open_storage(str(tmp_path / "mlsteward.db"), key_file=key)
    if len(text) > 4:
        assert text not in str(caught.value)
    assert key.read_text("latin-1") == text


def test_a_key_file_that_is_a_folder(tmp_path: Path) -> None:
    with pytest.raises(VaultError, match=str(tmp_path)):
        open_storage(str(tmp_path / "mlsteward.db"), key_file=tmp_path)


def test_what_is_sealed_opens_with_the_same_key_and_purpose_alone() -> None:
    one = Vault(b"1" * 32)
    sealed = one.seal(b"secret", "a")
    assert one.open(sealed, "a") == b"secret"
    assert one.seal(b"secret", "a") != sealed
    for other, content, purpose in (
        (Vault(b"2" * 32), sealed, "a"),
        (one, sealed, "b"),
        (one, sealed[:-1], "a"),
        (one, sealed[:-1] + bytes([sealed[-1] ^ 1]), "a"),
        (one, sealed[:5], "a"),
        (one, b"", "a"),
    ):
        with pytest.raises(VaultError, match="cannot decrypt"):
            other.open(content, purpose)


def test_a_signature_is_for_one_text_and_purpose() -> None:
    one = Vault(b"1" * 32)
    token = one.sign("x", "a")
    assert one.verify("x", "a", token)
    assert not one.verify("y", "a", token)
    assert not one.verify("x", "b", token)
    assert not Vault(b"2" * 32).verify("x", "a", token)
    assert not one.verify("x", "a", "\ud800")


def test_the_key_is_in_no_repr() -> None:
    assert repr(Vault(b"supersecretsupersecretsupersecre")) == "Vault(…)"


@pytest.mark.both_databases
def test_a_server_with_another_key_does_not_start(
    database: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    one, two = tmp_path / "one.key", tmp_path / "two.key"
    monkeypatch.delenv("MLSTEWARD_SECRET_KEY", raising=False)
    open_storage(database, key_file=one).close()
    assert refusal(database, key_file=two) == (
        f"the server key file {two} is missing, and the database was set up with one; "
        "restore the file (a copy of a database needs a copy of its key), or name it with --key-file or "
        "MLSTEWARD_SECRET_KEY (if it is lost: serve --new-key)"
    )
    assert not two.exists()
    two.write_text(KEY)
    assert f"the file {two} does not contain the server key" in refusal(database, key_file=two)
    monkeypatch.setenv("MLSTEWARD_SECRET_KEY", KEY)
    assert "MLSTEWARD_SECRET_KEY does not contain the server key" in refusal(database)
    monkeypatch.setenv("MLSTEWARD_SECRET_KEY", one.read_text())
    open_storage(database).close()
    # Lost for ever: with the new one it starts again, and no more with the old.
    open_storage(database, key_file=two, new_key=True).close()
    open_storage(database, key_file=two).close()
    assert "does not contain" in refusal(database, key_file=one)


def test_a_missing_key_is_not_made_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("MLSTEWARD_SECRET_KEY", raising=False)
    database = str(tmp_path / "x.db")
    open_storage(database).close()
    (tmp_path / "x.db.key").unlink()
    assert "x.db.key is missing" in refusal(database)
    assert not (tmp_path / "x.db.key").exists()


def test_the_check_value_does_not_hold_the_key(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("MLSTEWARD_SECRET_KEY", raising=False)
    database = str(tmp_path / "x.db")
    storage = open_storage(database)
    with storage.connect() as connection:
        check = read_fact(connection, KEY_CHECK)
    storage.close()
    assert check == storage.vault.check_value
    assert (tmp_path / "x.db.key").read_text().strip().rstrip("=") not in check
