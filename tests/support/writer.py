"""Writes to a database through the server, and prints a line for each write that was acknowledged."""

from __future__ import annotations

import argparse
import itertools
import json
import os
import time
from pathlib import Path
from typing import Any

from sqlalchemy import event

from tests.support.api import Api
from tests.support.server import Storage, create_app, ensure_local_operator, open_storage


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("database")
    parser.add_argument("key_file", type=Path)
    parser.add_argument("name")
    parser.add_argument("--most", type=int)
    parser.add_argument("--crash-before-commit-of", type=int)
    parser.add_argument("--hang-before-commit-of", type=int)
    wanted = parser.parse_args()
    storage = open_storage(wanted.database, key_file=wanted.key_file)
    ensure_local_operator(storage)
    operator = Api(create_app(storage)).as_local()
    created = operator.post("/workspaces", json={"name": wanted.name})
    assert created.status_code in (201, 409), created.text
    for number in itertools.count() if wanted.most is None else range(wanted.most):
        if number == wanted.crash_before_commit_of:
            at_commit(storage, lambda: os._exit(9))
        if number == wanted.hang_before_commit_of:
            at_commit(storage, hang)
        name = f"{wanted.name}-{number}"
        project = write(operator, "/projects", {"workspace": wanted.name, "name": name}, {"Idempotency-Key": name})
        dataset = write(operator, "/datasets", {"workspace": wanted.name, "name": name}, {})
        key = write(operator, "/users/me/api-keys", {"name": name}, {})
        print(json.dumps({"project": project["id"], "dataset": dataset["id"], "key": key["id"]}), flush=True)


def write(api: Api, path: str, body: dict[str, Any], headers: dict[str, str]) -> dict[str, Any]:
    """Write, and insist on success: no 5xx and no lock must show."""
    made: dict[str, Any] = api.ok("POST", path, json=body, headers=headers)
    return made


def hang() -> None:
    """Say so, and do nothing more."""
    print("hanging", flush=True)
    time.sleep(600)


def at_commit(storage: Storage, action: Any) -> None:
    """Do something when the next transaction is complete and about to be committed."""
    event.listen(storage.engine, "commit", lambda _: action())


if __name__ == "__main__":
    main()
