"""A whole session at the most talkative log level, and no secret in anything it leaves behind."""

from __future__ import annotations

import io
import logging
import pickle
import re
import traceback
from collections.abc import Iterator
from contextlib import redirect_stderr, redirect_stdout
from typing import Any

import httpx
import pytest
from mlsteward import Steward, errors, management
from mlsteward.testing import StewardServer

from tests.facade_support import fresh, on_server, on_sqlite

__all__ = ["on_server", "on_sqlite"]
KEY = re.compile(r"mls_[A-Za-z0-9]{49}")


class Session:
    """Does everything that has to do with secrets, and keeps what people could see of it."""

    def __init__(self) -> None:
        self.secrets: set[str] = set()
        self.seen: list[str] = []

    def see(self, *values: Any) -> None:
        """Note how something shows itself."""
        for value in values:
            self.seen += [repr(value), str(value), f"{value}", f"{[value]}"]

    def refused(self, act: Any) -> None:
        """Note how a refusal shows itself."""
        with pytest.raises(errors.StewardError) as caught:
            act()
        error = caught.value
        self.see(error, vars(error))
        # Without the source line of the test itself, which names no secret but could.
        self.seen += traceback.format_exception(error)
        self.see(pickle.loads(pickle.dumps(error)))

    def run(self, steward: Steward, other: Any) -> None:
        """All of it.

        Args:
            steward: The operator.
            other: Opens another client with an API key.
        """
        workspace, jackie = fresh("canary"), fresh("jackie")
        self.see(steward, steward._connection, steward._connection.config, steward.projects)
        steward.workspaces.create(workspace)
        steward.members.add(jackie, workspace=workspace)
        key = steward.api_keys.create("canary", user=jackie)
        self.secrets.add(key.secret)
        self.see(key, [key], {"key": key}, steward.api_keys.list(user=jackie).to_list())
        self.see(steward.as_account(key.secret), steward.as_account(key.secret)._connection.config.describe())
        with other(key.secret) as client:
            self.see(client, client.whoami(), vars(client._connection), client._connection.config)
            self.refused(lambda: client.workspaces.create("x"))
            self.refused(lambda: client.projects.create("x", key=key.secret))
            self.refused(lambda: client.projects.get(f"{workspace}/{key.secret}"))
            self.refused(lambda: client.projects.create(f"{workspace}/x", key=key.secret))
            self.refused(lambda: client.api_keys.create("x", user=key.secret))
            self.refused(lambda: client.projects.list(workspace=key.secret).to_list())
            # Slips: a key in the place of something else.
            self.refused(lambda: management.delete_project(key.secret, api_token=key.secret))
            self.refused(lambda: management.delete_project(f"{workspace}/x", key.secret))
            self.refused(lambda: management.delete_project(f"{workspace}/{key.secret}/x"))
            self.refused(lambda: management.add_project_member(f"{workspace}/x", jackie, key.secret))
            self.refused(lambda: management.create_project(f"{workspace}/x", visibility=key.secret))
        forged = key.secret[:-1] + ("A" if key.secret[-1] != "A" else "B")
        self.secrets.add(forged)
        self.refused(lambda: steward.as_account(forged).whoami())
        self.refused(lambda: steward.as_account(key.secret + " and more").whoami())
        self.refused(lambda: Steward(f"https://user:{key.secret}@example.org"))

        invitation = steward.invitations.send(workspace=workspace, email=f"{fresh('janus')}@example.org")
        token = invitation.url.partition("token=")[2]
        self.secrets |= {token, invitation.url}
        self.see(invitation, steward.invitations.list(workspace=workspace).to_list())
        self.refused(lambda: steward.invitations.accept(invitation.url.replace(invitation.id, "0" * 32)))
        self.refused(lambda: steward.invitations.accept(invitation.url.replace("accept", "decline")))
        accepted = steward.invitations.accept(invitation.url)
        assert accepted.api_key is not None
        self.secrets.add(accepted.api_key)
        self.see(accepted)
        self.refused(lambda: steward.invitations.accept(invitation.url))
        self.see(*steward.audit.list(workspace=workspace))
        steward.api_keys.delete(key.id, user=jackie)
        self.refused(lambda: steward.as_account(key.secret).whoami())


@pytest.fixture(params=["on_sqlite", "on_server", "http_client"])
def place(request: pytest.FixtureRequest) -> Iterator[dict[str, Any]]:
    if request.param == "http_client":
        with httpx.Client() as client:
            yield {**request.getfixturevalue("on_server").options, "http_client": client}
    else:
        yield request.getfixturevalue(request.param).options


def test_nothing_shows(place: dict[str, Any], caplog: pytest.LogCaptureFixture) -> None:
    session, out = Session(), io.StringIO()
    # Its log is the data itself, each value of each statement; nobody turns it on without wanting that.
    caplog.set_level(logging.WARNING, logger="sqlalchemy")
    caplog.set_level(logging.DEBUG)
    for name in ("httpx", "httpcore", "mlsteward", "asyncio"):
        caplog.set_level(logging.DEBUG, logger=name)
    if "api_token" in place:
        session.secrets.add(place["api_token"])
    with redirect_stdout(out), redirect_stderr(out), Steward(**place) as steward:
        session.run(steward, lambda key: Steward(**{**place, "api_token": key}))
        with management.connect(**place) as connected:
            session.see(connected)

    logged = [caplog.text, *(f"{vars(record)}" for record in caplog.records)]
    assert any("POST /api/v1" in text for text in logged), "the log was off"
    assert len(session.secrets) >= 5
    for text in [*session.seen, *logged, out.getvalue()]:
        for secret in session.secrets:
            assert secret not in text, text
        assert not KEY.search(text), text


def test_the_served_log_has_none(steward_server: StewardServer) -> None:
    with steward_server.client() as steward:
        session = Session()
        session.run(steward, lambda key: steward_server.client(api_token=key))
    log = steward_server.log()
    for secret in (*session.secrets, steward_server.api_token):
        assert secret not in log
    assert steward_server.api_token not in repr(steward_server)
