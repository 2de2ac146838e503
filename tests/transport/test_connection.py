"""The one way out: generated operations over a real server, and what comes back as an exception."""

from __future__ import annotations

import asyncio
import gzip
import json
import logging
import os
import pickle
import platform
import subprocess
import sys
import threading
from collections.abc import Callable
from functools import partial
from typing import Any

import pytest
from mlsteward import errors
from mlsteward.config import resolve
from mlsteward.connection import AsyncConnection, Connection
from mlsteward.protocol import next_cursor
from mlsteward.records.identity import read_new_api_key
from mlsteward.records.projects import read_project
from mlsteward.transport import RetryPolicy
from mlsteward_api.api.identity import create_api_key, get_health
from mlsteward_api.api.projects import (
    create_project,
    delete_project,
    get_project,
    list_projects,
    update_project,
)
from mlsteward_api.api.workspaces import accept_invitation
from mlsteward_api.models.api_key_create import ApiKeyCreate
from mlsteward_api.models.invitation_accept import InvitationAccept
from mlsteward_api.models.project_create import ProjectCreate
from mlsteward_api.models.project_update import ProjectUpdate

from tests.support.clock import FakeClock
from tests.support.loopback import (
    PROJECT,
    Loopback,
    answer,
    break_off,
    chunked,
    drop,
    free_port,
    head_only,
    html,
    problem,
    slow,
)

TOKEN = "mls_CanaryCanaryCanaryCanary"
OTHER = "mls_OtherOtherOtherOther"
BODY = ProjectCreate(workspace="ml", name="churn")

Call = Callable[..., Any]


def ask(connection: Any, operation: Any, *args: Any, page: bool = False, read: Any = None, **kwargs: Any) -> Any:
    """Call an operation, or a page of it. What the connection takes goes to it, everything else into the request."""
    options = {name: kwargs.pop(name) for name in ("timeout", "idempotency_key") if name in kwargs}
    if not page:
        return connection.call(operation.request(*args, **kwargs), read, **options)
    size, cursor = kwargs.pop("limit", None), kwargs.pop("cursor", None)
    asked = partial(operation.request, *args, **kwargs)
    return connection.call_page(asked, lambda item: item, size=size, cursor=cursor, **options)


class Sync:
    """A connection, asked in the one way."""

    kind = Connection

    def __init__(self, url: str, api_token: str | None = TOKEN, **options: Any) -> None:
        self.options = {"retry": RetryPolicy(clock=FakeClock(), **options.pop("policy", {})), **options}
        self.config = resolve(url=url, api_token=api_token, environ={}, config_file=None)

    def call(self, operation: Any, *args: Any, as_token: str | None = None, **kwargs: Any) -> Any:
        with Connection(self.config, **self.options) as connection:
            used = connection if as_token is None else connection.as_token(as_token)
            return ask(used, operation, *args, **kwargs)


class Async(Sync):
    """An asynchronous connection, asked in the same way."""

    def call(self, operation: Any, *args: Any, as_token: str | None = None, **kwargs: Any) -> Any:
        async def run() -> Any:
            async with AsyncConnection(self.config, **self.options) as connection:
                used = connection if as_token is None else connection.as_token(as_token)
                return await ask(used, operation, *args, **kwargs)

        return asyncio.run(run())


@pytest.fixture(params=[Sync, Async], ids=["sync", "async"])
def to(request: pytest.FixtureRequest) -> Call:
    """Connects; both kinds must do the same."""
    kind: Call = request.param
    return kind


# What is sent.


def test_a_read(to: Call) -> None:
    with Loopback() as server:
        project = to(server.url).call(get_project, "ml:churn & co")
        sent = server.last
    assert project.name == "churn"
    assert (sent.method, sent.path, sent.body) == ("GET", "/api/v1/projects/ml%3Achurn%20%26%20co", b"")
    assert sent.headers["host"] == server.url.removeprefix("http://")
    assert sent.headers["authorization"] == f"Bearer {TOKEN}"
    assert sent.headers["user-agent"] == f"mlsteward/0.1.0 python/{platform.python_version()}"
    assert sent.headers["accept"].startswith("application/json")
    assert not {"idempotency-key", "content-length", "content-type"} & set(sent.headers)


def test_a_write(to: Call) -> None:
    body = ProjectCreate(workspace="ml", name="churn", description="naïve ☃")
    with Loopback(answer(201)) as server:
        assert to(server.url).call(create_project, body=body).id == "p1"
        sent = server.last
    assert (sent.method, sent.path) == ("POST", "/api/v1/projects")
    assert json.loads(sent.body) == body.to_dict()
    assert sent.headers["content-type"] == "application/json"
    assert sent.headers["content-length"] == str(len(sent.body))


def test_an_answer_of_nothing(to: Call) -> None:
    with Loopback(answer(204)) as server:
        assert to(server.url).call(delete_project, "p1") is None
        assert (server.last.method, server.last.headers["content-length"]) == ("DELETE", "0")


def test_a_query(to: Call) -> None:
    with Loopback(answer(200, [PROJECT])) as server:
        to(server.url).call(list_projects, workspace="a b+c&d", archived=True, limit=3)
        assert server.last.path == "/api/v1/projects?workspace=a%20b%2Bc%26d&archived=true&limit=3"
        to(server.url).call(list_projects, archived=False)
        assert server.last.path == "/api/v1/projects?archived=false"
        to(server.url).call(list_projects)
        assert server.last.path == "/api/v1/projects"


def test_a_server_below_a_path(to: Call) -> None:
    with Loopback() as server:
        to(server.url + "/ml/").call(get_project, "p1")
        assert server.last.path == "/ml/api/v1/projects/p1"


def test_without_a_key_there_is_no_authorization(to: Call) -> None:
    with Loopback() as server:
        to(server.url, api_token=None).call(get_project, "p1")
        assert "authorization" not in server.last.headers


@pytest.mark.parametrize("name", ["", ".", ".."])
def test_a_name_that_would_lead_elsewhere_is_not_sent(to: Call, name: str) -> None:
    with Loopback() as server:
        with pytest.raises(errors.InvalidArgument, match="cannot be a part of a path"):
            to(server.url).call(get_project, name)
        to(server.url).call(get_project, "...a..b./../c")
        assert [sent.path for sent in server.received] == ["/api/v1/projects/...a..b.%2F..%2Fc"]


def test_what_cannot_be_sent_is_refused_before(to: Call) -> None:
    with Loopback() as server:
        with pytest.raises(errors.InvalidArgument, match="cannot be sent"):
            to(server.url).call(get_project, "\ud800")
        with pytest.raises(errors.InvalidArgument, match="cannot be sent as JSON"):
            to(server.url).call(create_project, body=ProjectCreate(workspace="ml", name=object()))  # type: ignore[arg-type]
        with pytest.raises(errors.InvalidArgument, match="cannot be sent as JSON"):
            to(server.url).call(create_project, body=ProjectCreate(workspace="ml", name="\ud800"))
        with pytest.raises(errors.InvalidArgument, match="timeout"):
            to(server.url).call(get_project, "p1", timeout=0)
        assert server.received == []


def test_a_mistake_of_ours_is_not_blamed_on_the_server(to: Call) -> None:
    with Loopback() as server, pytest.raises(TypeError, match="unexpected keyword argument"):
        to(server.url).call(get_project, "p1", no_such_argument=1)


# Idempotency.


@pytest.mark.parametrize(
    ("operation", "args", "kwargs"),
    [
        (create_project, (), {"body": BODY}),
        (update_project, ("p1",), {"body": ProjectUpdate(name="x")}),
        (delete_project, ("p1",), {}),
    ],
)
def test_a_write_has_one_key_for_all_its_attempts(to: Call, operation: Any, args: Any, kwargs: Any) -> None:
    success = answer({"post": 201, "dele": 204}.get(operation.request(*args, **kwargs).method[:4], 200))
    with Loopback(answer(503), drop, success) as server:
        client = to(server.url)
        client.call(operation, *args, **kwargs)
        first = [sent.headers["idempotency-key"] for sent in server.received]
        client.call(operation, *args, **kwargs)
        assert len(first) == 3
        assert len(set(first)) == 1
        assert len(first[0]) == 36
        assert server.last.headers["idempotency-key"] not in first


def test_a_key_of_the_callers_own(to: Call) -> None:
    with Loopback(answer(201)) as server:
        to(server.url).call(create_project, body=BODY, idempotency_key="nightly-7")
        assert server.last.headers["idempotency-key"] == "nightly-7"


@pytest.mark.parametrize("key", ["", "two words", "a\nb", "é", "x" * 256])
def test_a_key_that_cannot_be_sent(to: Call, key: str) -> None:
    with Loopback() as server:
        with pytest.raises(errors.InvalidArgument, match="idempotency_key"):
            to(server.url).call(create_project, body=BODY, idempotency_key=key)
        assert server.received == []


# As whom.


def test_as_another_account(to: Call) -> None:
    with Loopback() as server:
        to(server.url).call(get_project, "p1", as_token=OTHER)
        assert server.last.headers["authorization"] == f"Bearer {OTHER}"


def test_another_account_shares_the_pool_and_leaves_the_first_alone() -> None:
    with Loopback() as server, Connection(Sync(server.url).config) as connection:
        other = connection.as_token(OTHER)
        with other:
            other.call(get_project.request("p1"))
        connection.call(get_project.request("p1"))
        other.call(get_project.request("p1"))
        authorizations = [sent.headers["authorization"] for sent in server.received]
        assert authorizations == [f"Bearer {OTHER}", f"Bearer {TOKEN}", f"Bearer {OTHER}"]
        assert len({sent.connection for sent in server.received}) == 1
        with pytest.raises(errors.ConfigurationError):
            connection.as_token("two words")


def test_after_closing_nothing_is_sent() -> None:
    with Loopback() as server:
        connection = Connection(Sync(server.url).config)
        other = connection.as_token(OTHER)
        connection.close()
        connection.close()
        for closed in (connection, other):
            with pytest.raises(errors.TransportError, match="closed"):
                closed.call(get_project.request("p1"))
        assert server.received == []


def test_threads_share_a_connection() -> None:
    found: list[str] = []
    with Loopback(slow(0.01, answer())) as server, Connection(Sync(server.url).config) as connection:

        def work() -> None:
            for _ in range(10):
                found.append(connection.call(get_project.request("p1")).id)

        threads = [threading.Thread(target=work) for _ in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert found == ["p1"] * 80
        assert len({sent.connection for sent in server.received}) <= 8


def test_tasks_share_a_connection() -> None:
    async def run(url: str) -> list[str]:
        async with AsyncConnection(Sync(url).config) as connection:
            calls = [connection.call(get_project.request("p1")) for _ in range(20)]
            return [project.id for project in await asyncio.gather(*calls)]

    with Loopback(slow(0.01, answer())) as server:
        assert asyncio.run(run(server.url)) == ["p1"] * 20


# When the server says no.


def refused(to: Call, action: Any, operation: Any = get_project, **options: Any) -> errors.APIError:
    with Loopback(action) as server, pytest.raises(errors.APIError) as caught:
        to(server.url, policy={"attempts": 1}).call(operation, "p1", **options)
    # Whatever it is, it can be printed, copied and sent to another process.
    assert str(pickle.loads(pickle.dumps(caught.value))) == str(caught.value)
    assert "Canary" not in str(caught.value)
    return caught.value


def test_a_problem_is_an_exception_with_all_it_says(to: Call) -> None:
    places = [{"pointer": "/body/name", "message": "is too long"}]
    error = refused(to, problem(404, "project_not_found", errors=places))
    assert type(error) is errors.ProjectNotFound
    assert (error.status, error.code, error.detail) == (404, "project_not_found", "What went wrong")
    assert (error.title, error.hint, error.request_id) == ("Title", "What to do", "01J")
    assert error.errors == (("/body/name", "is too long"),)
    assert error.retry_after is None


def test_a_code_of_the_future(to: Call) -> None:
    error = refused(to, problem(409, "something_new"))
    assert type(error) is errors.Conflict
    assert error.code == "something_new"


def test_too_many_requests(to: Call) -> None:
    error = refused(to, answer(429, {"code": "slow_down", "detail": "Easy"}, {"Retry-After": "120"}))
    assert type(error) is errors.RateLimited
    assert error.retry_after == 120.0


def test_an_unknown_caller_is_told_where_the_key_came_from(to: Call) -> None:
    assert "came from: argument" in str(refused(to, problem(401, "api_key_invalid")))
    with Loopback(problem(401, "unauthenticated")) as server, pytest.raises(errors.Unauthenticated) as caught:
        to(server.url, api_token=None).call(get_project, "p1")
    assert "No API key is configured" in str(caught.value)


@pytest.mark.parametrize("status", [520, 499, 561])
def test_a_status_that_nobody_registered(to: Call, status: int) -> None:
    assert refused(to, answer(status, {})).status == status


@pytest.mark.parametrize(
    ("action", "shown"),
    [
        (html(502, "<html><head><title>502 Bad Gateway</title></head><body>nginx</body></html>"), "502 Bad Gateway"),
        (html(503, "<h1>Sorry</h1>"), "<h1>Sorry</h1>"),
        (answer(500, b""), "an empty body"),
        (answer(500, b'{"code": "internal_'), '{"code": "internal_'),
        (answer(500, b'["a"]'), '["a"]'),
        (answer(500, b"null"), "null"),
        (answer(500, b"\xff\xfe\x00"), "500"),
        (answer(500, b'{"secret": "Canary", "key": "mls_CanaryCanary"}'), "***"),
        (answer(500, b"x" * 100_000), "xxx"),
    ],
)
def test_whatever_answers_there_is_an_error_that_says_what_is_known(to: Call, action: Any, shown: str) -> None:
    error = refused(to, action)
    assert isinstance(error, errors.ServerError)
    assert shown in str(error)
    assert "GET /api/v1/projects/p1" in str(error)
    assert len(str(error)) < 600


@pytest.mark.parametrize(
    "body",
    [
        {"code": 5, "detail": ["x"], "hint": {}, "request_id": 7, "errors": "no"},
        {"code": "forbidden", "detail": None, "errors": [1, None, {"pointer": 3}, {"message": ["x"]}]},
        {"title": "Only this"},
    ],
)
def test_a_problem_that_is_not_quite_one(to: Call, body: object) -> None:
    error = refused(to, answer(403, body))
    assert isinstance(error, errors.Forbidden)
    assert "403" in str(error) or "forbidden" in str(error)


def test_a_key_that_the_server_repeats_is_masked(to: Call) -> None:
    error = refused(to, problem(401, "api_key_invalid", detail=f"No account has {TOKEN}", hint=f"Not {TOKEN}"))
    assert "No account has ***" in str(error)


def test_the_id_of_a_request_is_taken_from_the_header_if_need_be(to: Call) -> None:
    assert refused(to, answer(500, b"", {"X-Request-Id": "01X"})).request_id == "01X"


@pytest.mark.parametrize("status", [301, 302, 307, 308, 304, 300])
def test_a_redirect_is_an_error_and_the_key_does_not_travel(to: Call, status: int) -> None:
    with Loopback() as other:
        place = other.url.replace("://", "://bob:Canary@") + "/login?token=Canary"
        error = refused(to, answer(status, b"", {"Location": place}))
        assert other.received == []
    assert type(error) is errors.UnexpectedRedirect
    assert error.status == status
    assert f"{other.url}/login" in str(error)


def test_a_redirect_to_nowhere(to: Call) -> None:
    assert "nowhere" in str(refused(to, answer(302, b"")))


# When there is no answer.


def lost(to: Call, url: str, policy: dict[str, Any] | None = None, **options: Any) -> errors.TransportError:
    with pytest.raises(errors.TransportError) as caught:
        to(url, policy=policy or {"attempts": 1}).call(get_project, "p1", **options)
    assert caught.value.__cause__ is not None
    assert "Canary" not in str(caught.value)
    return caught.value


def test_nobody_there(to: Call) -> None:
    url = f"http://127.0.0.1:{free_port()}"
    error = lost(to, url)
    assert type(error) is errors.ConnectionFailed
    assert isinstance(error, ConnectionError)
    assert str(error).startswith(f"GET /api/v1/projects/p1 did not reach {url}: ")


def test_no_such_host(to: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MLSTEWARD_ALLOW_HTTP", "1")
    assert type(lost(to, "http://steward.invalid")) is errors.ConnectionFailed


@pytest.mark.parametrize("action", [drop, break_off])
def test_the_server_hangs_up(to: Call, action: Any) -> None:
    with Loopback(action) as server:
        error = lost(to, server.url)
    assert type(error) is errors.ConnectionFailed


def test_too_slow(to: Call) -> None:
    with Loopback(slow(0.3, answer())) as server:
        error = lost(to, server.url, timeout=0.05)
        assert type(error) is errors.RequestTimeout
        assert isinstance(error, TimeoutError)
        assert "timeout=" in str(error)
        assert to(server.url).call(get_project, "p1").id == "p1"


def test_something_that_is_not_http(to: Call) -> None:
    def babble(handler: Any) -> None:
        handler.wfile.write(b"SSH-2.0-OpenSSH_9.6\r\n")
        handler.close_connection = True

    with Loopback(babble) as server:
        assert type(lost(to, server.url)) is errors.ConnectionFailed


# When the answer cannot be read.


def unreadable(to: Call, action: Any, operation: Any = get_project, *args: Any, **kwargs: Any) -> str:
    with Loopback(action) as server, pytest.raises(errors.ResponseParsingError) as caught:
        to(server.url, policy={"attempts": 1}).call(operation, *args, **kwargs)
    assert "Canary" not in str(caught.value)
    assert len(str(caught.value)) < 700
    return str(caught.value)


@pytest.mark.parametrize(
    ("action", "shown"),
    [
        (html(200, "<html><title>Please sign in</title></html>"), "'Please sign in'"),
        (answer(200, b""), "an empty body"),
        (answer(200, b'{"id": "p1", "workspa'), "incomplete or damaged"),
        (answer(200, b"\xff"), "not JSON"),
        (answer(200, {"id": "p1"}), "'workspace' is missing; it is an object with id"),
        (answer(200, []), "of type list"),
        (answer(200, 5), "of type int"),
        (answer(200, {**PROJECT, "created_at": "yesterday"}), "yesterday"),
        (answer(200, {**PROJECT, "created_at": None}), "object with id, workspace"),
    ],
)
def test_success_that_is_not_what_was_promised(to: Call, action: Any, shown: str) -> None:
    message = unreadable(to, action, get_project, "p1", read=read_project)
    assert shown in message
    assert "GET /api/v1/projects/p1" in message


def test_any_success_is_the_success(to: Call) -> None:
    with Loopback(answer(202), answer(200, b"gone")) as server:
        assert to(server.url).call(get_project, "p1", read=read_project).name == "churn"
        assert to(server.url).call(delete_project, "p1") is None


@pytest.mark.parametrize(
    "body",
    [
        json.dumps({"id": "1", "secret": "mls_CanaryCanary", "value": "Canary"}).encode(),
        b'{"id": "1", "value": "Canary',
        b'  {"value": Canary',
    ],
)
def test_a_secret_in_an_answer_that_cannot_be_read_is_not_shown(to: Call, body: bytes) -> None:
    unreadable(to, answer(201, body), create_api_key, "me", body=ApiKeyCreate(name="ci"), read=read_new_api_key)


def test_an_answer_that_would_fill_the_memory(to: Call) -> None:
    message = unreadable(to, head_only(Content_Length=str(1 << 40)), get_project, "p1")
    assert "larger than" in message


def test_an_answer_without_a_length(to: Call) -> None:
    raw = json.dumps(PROJECT).encode()
    with Loopback(chunked(raw[:10], raw[10:])) as server:
        assert to(server.url).call(get_project, "p1").id == "p1"


def test_a_compressed_answer(to: Call) -> None:
    packed = gzip.compress(json.dumps(PROJECT).encode())
    with Loopback(answer(200, packed, {"Content-Encoding": "gzip"})) as server:
        assert to(server.url).call(get_project, "p1").id == "p1"
        assert "gzip" in server.last.headers["accept-encoding"]
    assert "cannot be read" in unreadable(to, answer(200, b"not gzip", {"Content-Encoding": "gzip"}), get_project, "p1")


# Pages.


def test_a_page_and_the_cursor_of_the_next(to: Call) -> None:
    link = '</api/v1/projects?limit=2>; rel="first", </api/v1/projects?limit=2&cursor=a%2Bb%3D>; rel="next"'
    with Loopback(answer(200, [PROJECT, PROJECT], {"Link": link}), answer(200, [PROJECT])) as server:
        client = to(server.url)
        items, cursor = client.call(list_projects, page=True, limit=2)
        assert (len(items), cursor) == (2, "a+b=")
        items, end = client.call(list_projects, page=True, limit=2, cursor=cursor)
        assert (len(items), end) == (1, None)
        assert server.last.path == "/api/v1/projects?limit=2&cursor=a%2Bb%3D"


@pytest.mark.parametrize(
    ("link", "cursor"),
    [
        (None, None),
        ("", None),
        ('<https://h/x?cursor=a,b;c>; rel="next"', "a,b;c"),
        ("<https://h/x?cursor=abc>; rel=next", "abc"),
        ('<https://h/x?cursor=abc>;REL="prefetch NEXT"; title="x"', "abc"),
        ('<https://h/x?cursor=abc>; rel="prev"', None),
        ('<https://h/x?cursor=a>; rel="prev",<https://h/x?cursor=b>; rel="next"', "b"),
        ("garbage", None),
        ("<https://h/x?cursor=abc", None),
    ],
)
def test_link_headers(link: str | None, cursor: str | None) -> None:
    assert next_cursor(link, "GET /x") == cursor


def test_a_next_page_without_a_cursor_would_hide_entries() -> None:
    with pytest.raises(errors.ResponseParsingError, match="without a cursor"):
        next_cursor('<https://h/x?page=2>; rel="next"', "GET /x")


# The log.


def test_a_line_for_each_call_and_nothing_secret_in_it(to: Call, caplog: pytest.LogCaptureFixture) -> None:
    accepted = answer(
        200, {"workspace": "ml", "username": "bob", "role": "member", "api_key": OTHER}, {"X-Request-Id": "01X"}
    )
    with Loopback(accepted) as server, caplog.at_level(logging.DEBUG, "mlsteward"):
        to(server.url).call(accept_invitation, "i1", token="Canary", body=InvitationAccept(name="Canary"))
        assert "token=Canary" in server.last.path
    (record,) = [record for record in caplog.records if record.name == "mlsteward"]
    line = record.getMessage()
    assert line.startswith("POST /api/v1/invitations/i1/accept?token=*** 200 ")
    assert line.endswith(" ms 01X")
    assert "Canary" not in caplog.text
    assert "Other" not in caplog.text


def test_a_line_for_a_call_that_got_no_answer(to: Call, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG, "mlsteward"):
        lost(to, f"http://127.0.0.1:{free_port()}")
    (record,) = [record for record in caplog.records if record.name == "mlsteward"]
    assert record.getMessage().startswith("GET /api/v1/projects/p1 ConnectError ")


def test_nothing_shows_the_key(to: Call) -> None:
    connection = to("http://127.0.0.1:1", api_token=TOKEN).kind(to("http://127.0.0.1:1").config)
    assert "Canary" not in repr(connection) + str(vars(connection))
    assert "127.0.0.1:1" in repr(connection)


# Inside the process.


class App:
    """An application as the server gives it, that says who it is called by."""

    def __init__(self) -> None:
        self.environ: dict[str, Any] = {}
        self.closed = 0

    def wsgi(self, environ: dict[str, Any], start_response: Any) -> list[bytes]:
        self.environ = environ
        start_response("200 OK", [("Content-Type", "application/json")])
        return [json.dumps(PROJECT).encode()]

    def close(self) -> None:
        self.closed += 1


def test_inside_the_process_the_caller_is_the_local_user_unless_there_is_a_key() -> None:
    app = App()
    with Connection(resolve(path=":memory:", environ={}, config_file=None), app=app) as connection:
        assert connection.call(get_project.request("a:é/b")).id == "p1"
        assert app.environ["mlsteward.local"] is True
        assert app.environ["PATH_INFO"].encode("latin-1").decode() == "/api/v1/projects/a:é/b"
        connection.as_token(OTHER).call(get_project.request("p1"))
        assert "mlsteward.local" not in app.environ
        assert app.environ["HTTP_AUTHORIZATION"] == f"Bearer {OTHER}"
        connection.call(update_project.request("p1", body=ProjectUpdate(name="x")))
        # Nothing can get lost on the way, so nothing is sent twice.
        assert "HTTP_IDEMPOTENCY_KEY" not in app.environ
        connection.call(update_project.request("p1", body=ProjectUpdate(name="x")), idempotency_key="k")
        assert app.environ["HTTP_IDEMPOTENCY_KEY"] == "k"
    # It was open before, and it is the caller's.
    assert app.closed == 0


def test_an_application_that_fails_inside_the_process() -> None:
    class Broken(App):
        def wsgi(self, environ: dict[str, Any], start_response: Any) -> list[bytes]:
            raise RuntimeError(TOKEN)

    connection = Connection(resolve(path=":memory:", environ={}, config_file=None), app=Broken())
    with pytest.raises(errors.TransportError, match="RuntimeError") as caught:
        connection.call(get_project.request("p1"))
    assert "Canary" not in str(caught.value)


def test_the_server_inside_the_process() -> None:
    config = resolve(path=":memory:", workspace="ml", environ={}, config_file=None)
    with Connection(config) as connection:
        assert connection.call(get_health.request()).status == "ok"
        assert connection.workspace == "ml"
        with pytest.raises(errors.ProjectNotFound):
            connection.call(get_project.request("ml:churn"))
        with pytest.raises(errors.Unauthenticated, match="api_key_invalid"):
            connection.as_token(OTHER).call(list_projects.request())


def test_the_server_inside_the_process_for_asyncio() -> None:
    async def run() -> str:
        async with AsyncConnection(resolve(path=":memory:", environ={}, config_file=None)) as connection:
            health: str = (await connection.call(get_health.request())).status
            return health

    assert asyncio.run(run()) == "ok"


def test_data_that_cannot_be_used_is_a_configuration_error(tmp_path: Any) -> None:
    file = tmp_path / "not-a-database.db"
    file.write_bytes(b"x" * 4096)
    with pytest.raises(errors.ConfigurationError):
        Connection(resolve(path=str(file), environ={}, config_file=None))


def test_without_the_server_extra_it_says_what_to_install(tmp_path: Any) -> None:
    script = (
        "import sys\n"
        "class Absent:\n"
        "    def find_spec(self, name, path=None, target=None):\n"
        "        if name.partition('.')[0] == 'falcon':\n"
        "            raise ModuleNotFoundError(\"No module named 'falcon'\", name='falcon')\n"
        "sys.meta_path.insert(0, Absent())\n"
        "from mlsteward.config import resolve\n"
        "from mlsteward.connection import Connection\n"
        "try:\n"
        "    Connection(resolve(path=':memory:', environ={}, config_file=None))\n"
        "except ValueError as error:\n"
        "    print(type(error).__name__, error)\n"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.startswith("ConfigurationError Running the server inside this process needs falcon")
    assert "pip install 'mlsteward[server]'" in done.stdout
    assert len(done.stdout.splitlines()) == 1


def test_what_a_connection_imports() -> None:
    script = (
        "import sys, httpx\n"
        "before = set(sys.modules)\n"
        "import mlsteward.connection\n"
        "new = {name.partition('.')[0] for name in set(sys.modules) - before}\n"
        "print(sorted(new - {'mlsteward', 'orjson'}))\n"
    )
    environ = {name: value for name, value in os.environ.items() if not name.startswith("COV_")}
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True, env=environ)
    assert done.stdout.strip() == "[]"
