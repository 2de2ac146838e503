"""Keep the password of a database out of messages, logs and the list of processes."""

from __future__ import annotations

import os

from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError


def take_password(database: str) -> str:
    """Return a database URL without its password, and store the password where PostgreSQL's own tools look for it.

    Then messages, log lines and the list of processes cannot show it.
    """
    if "://" not in database:
        return database
    try:
        url = make_url(database)
    except (ArgumentError, ValueError):
        return database
    password = url.password or url.query.get("password")
    if not isinstance(password, str) or url.drivername.partition("+")[0] not in {"postgresql", "postgres"}:
        return database
    os.environ["PGPASSWORD"] = password
    bare = url._replace(password=None).difference_update_query(["password"])
    return bare.render_as_string(hide_password=False)
