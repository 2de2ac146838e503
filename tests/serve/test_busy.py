"""What others do does not keep readers waiting."""

from __future__ import annotations

import sqlite3
import threading
from pathlib import Path

from tests.support.process import eventually, serving


def test_writers_that_wait_for_a_lock_leave_readers_alone(tmp_path: Path) -> None:
    """Another process holds SQLite's lock; more writers than there are threads wait for it."""
    database = tmp_path / "x.db"
    with serving(tmp_path, "--database", str(database), "--threads", "3") as served:
        key = served.keys[0]
        with served.client(key) as client:
            client.post("/workspaces", json={"name": "w"}).raise_for_status()
            client.get("/me").raise_for_status()
        holder = sqlite3.connect(database, isolation_level=None)
        holder.execute("BEGIN IMMEDIATE")
        statuses: list[int] = []

        def write(number: int) -> None:
            with served.client(key) as client:
                statuses.append(client.post("/projects", json={"workspace": "w", "name": f"p{number}"}).status_code)

        writers = [threading.Thread(target=write, args=(number,)) for number in range(12)]
        for writer in writers:
            writer.start()
        with served.client(key) as client:
            for _ in range(50):
                client.get("/workspaces").raise_for_status()
                # A question by POST is a read as well.
                question = {"checks": [{"operation": "create_group"}]}
                client.post("/workspaces/w/access/checks", json=question).raise_for_status()
            # Answered while every writer still waits.
            assert statuses == []
            holder.rollback()
            holder.close()
            for writer in writers:
                writer.join()
            assert statuses == [201] * 12
            assert eventually(lambda: len(client.get("/projects").json()) == 12)
