"""The page that an invitation link opens in a browser."""

from __future__ import annotations

import base64
import hashlib
import re
from datetime import UTC, datetime, timedelta
from html.parser import HTMLParser
from typing import Any

import httpx
import pytest
from sqlalchemy import func, select, update

from tests.support.api import Api
from tests.support.server import (
    OBSERVED,
    Admission,
    Observed,
    Settings,
    Storage,
    accounts,
    audit_events,
    invitation_page,
    invitations,
    waiting,
    workspaces,
)
from tests.support.world import World

INVITATIONS = "/workspaces/acme/invitations"
SITE = "http://testserver"
KEY = re.compile(r"mls_\w+")
FORM = "application/x-www-form-urlencoded"


class Read(HTMLParser):
    """What somebody finds on a page."""

    def __init__(self, answer: httpx.Response) -> None:
        super().__init__()
        self.text = ""
        self.tags: list[str] = []
        self.fields: dict[str, str] = {}
        self.action: str | None = None
        self.loaded: list[str] = []
        self.feed(answer.text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        self.tags.append(tag)
        if tag == "form":
            assert found["method"] == "post"
            self.action = found["action"]
        if tag == "input":
            self.fields[found["name"] or ""] = found.get("value") or ""
        self.loaded += [found[name] or "" for name in ("src", "href") if name in found]

    def handle_data(self, data: str) -> None:
        self.text += data


def invite(world: World, **body: Any) -> dict[str, Any]:
    made: dict[str, Any] = world.api("admin").ok("POST", INVITATIONS, json=body or {"email": "ada@example.org"})
    return made


def here(made: dict[str, Any]) -> str:
    """The link of an invitation, on the server of the test."""
    return SITE + httpx.URL(made["url"]).raw_path.decode()


def mailed(storage: Storage, settings: Settings, made: dict[str, Any]) -> dict[str, Any]:
    text = next(m.text for m in waiting(storage, settings.public_url) if made["id"] in m.text)
    return {**made, "url": text.partition("accept '")[2].partition("'")[0]}


def opened(http: Api, made: dict[str, Any]) -> Read:
    answer = http.anonymous().get(here(made))
    assert answer.status_code == 200, answer.text
    return Read(answer)


def send(http: Api, made: dict[str, Any], fields: dict[str, str], **headers: str) -> httpx.Response:
    """Send the form as a browser does: to its address, without the token."""
    url = here(made).partition("?")[0]
    return http.anonymous().post(
        url, data=fields, headers={"Origin": "null", "Sec-Fetch-Site": "same-origin"} | headers
    )


def accounts_of(storage: Storage) -> int:
    with storage.connect() as connection:
        return connection.execute(select(func.count()).select_from(accounts)).scalar_one()


def test_it_says_who_invites_to_what(world: World) -> None:
    made = invite(world, email="ada@example.org", role="guest")
    page = opened(world.http, made)
    for said in ("acme", "guest", world.person("admin").username, f"{datetime.fromisoformat(made['expires_at']):%Y}"):
        assert said in page.text
    assert page.action == "accept"
    assert set(page.fields) == {"token", "form", "username"}


def test_a_new_account_gets_its_key_once(storage: Storage, world: World) -> None:
    made = invite(world)
    page = opened(world.http, made)
    answer = send(world.http, made, {**page.fields, "username": "countess"})
    assert answer.status_code == 200, answer.text
    (key,) = KEY.findall(answer.text)
    assert world.http.as_key(key).ok("GET", "/workspaces/acme/members/me")["username"] == "countess"
    assert page.fields["token"] not in answer.text
    assert world.http.get(here(made)).status_code == 404
    # Another form for the same link gets nothing.
    other = send(world.http, made, {**page.fields, "form": "another-form-of-somebody", "username": "countess"})
    assert (other.status_code, KEY.findall(other.text)) == (404, [])


def test_who_clicks_twice_gets_the_same_key_twice(storage: Storage, world: World) -> None:
    made = invite(world)
    fields = {**opened(world.http, made).fields, "username": "countess"}
    before = accounts_of(storage)
    first, second = send(world.http, made, fields), send(world.http, made, fields)
    assert (first.status_code, second.status_code) == (200, 200)
    assert KEY.findall(first.text) == KEY.findall(second.text) != []
    assert accounts_of(storage) == before + 1


def test_it_is_the_operation_that_accepts(storage: Storage, world: World) -> None:
    made = invite(world)
    fields = {**opened(world.http, made).fields, "username": "countess"}
    send(world.http, made, fields)
    with storage.connect() as connection:
        events = connection.execute(select(audit_events)).mappings().all()
    assert any("Accepted the invitation" in str(dict(event)) for event in events)
    assert not any(fields["token"] in str(dict(event)) for event in events)


def test_by_mail_a_known_account_joins(storage: Storage, world: World, settings: Settings) -> None:
    person = world.person("outsider")
    made = mailed(storage, settings, invite(world, email="outsider@example.org"))
    page = opened(world.http, made)
    assert f"Accept as {person.username}" in page.text
    assert "username" not in page.fields
    answer = send(world.http, made, page.fields)
    assert answer.status_code == 200, answer.text
    assert KEY.findall(answer.text) == []
    assert world.api("outsider").ok("GET", "/workspaces/acme")["role"] == "member"


def test_for_an_account_the_link_of_the_inviter_needs_a_key(world: World) -> None:
    world.person("outsider")
    made = invite(world, username="outsider")
    page = opened(world.http, made)
    assert page.action is None
    assert f"mlsteward accept '{made['url']}'" in page.text
    token = str(httpx.URL(made["url"]).params["token"])
    refused = send(world.http, made, {"token": token, "username": "outsider"})
    assert refused.status_code == 401
    assert "www-authenticate" in refused.headers


def test_a_key_in_the_request_does_not_count(world: World) -> None:
    """The page acts for whoever has the link, and for nobody else."""
    made = invite(world)
    fields = {**opened(world.http, made).fields, "username": "countess"}
    key = world.person("outsider").key
    answer = send(world.http, made, fields, Authorization=f"Bearer {key}")
    assert "countess" in Read(answer).text
    assert KEY.findall(answer.text) != []


@pytest.mark.parametrize("way", ["GET", "HEAD"])
def test_opening_it_accepts_nothing(storage: Storage, world: World, way: str) -> None:
    made = invite(world)
    with storage.connect() as connection:
        before = connection.execute(select(invitations)).all(), accounts_of(storage)
    for _ in range(3):
        answer = world.http.anonymous().request(way, here(made), headers={"Purpose": "prefetch"})
        assert answer.status_code == 200
        assert (way == "HEAD") == (answer.content == b"")
    with storage.connect() as connection:
        assert (connection.execute(select(invitations)).all(), accounts_of(storage)) == before


def test_links_that_do_not_work_look_alike(storage: Storage, world: World) -> None:
    accepted, revoked, expired, intact = (invite(world, email=f"{n}@example.org") for n in "abcd")
    send(world.http, accepted, {**opened(world.http, accepted).fields, "username": "first"})
    world.api("admin").ok("DELETE", f"{INVITATIONS}/{revoked['id']}")
    with storage.writing() as connection:
        past = datetime.now(UTC) - timedelta(seconds=1)
        connection.execute(update(invitations).where(invitations.c.id == expired["id"]).values(expires_at=past))
    root = f"{SITE}/invitations"
    links = [
        *map(here, (accepted, revoked, expired)),
        here(intact)[:-1],
        here(intact).partition("?")[0],
        here(intact).replace(intact["id"], accepted["id"]),
        f"{root}/{'0' * 32}/accept?token=x",
        f"{root}/nobody/accept?token=x",
        f"{root}/%00%ff/accept?token=%C3%A9%00",
        f"{root}/{'x' * 5000}/accept?token={'x' * 5000}",
    ]
    http = world.http.anonymous()
    answers = [http.get(link) for link in links]
    for link in links:
        path, _, query = link.partition("?")
        token = query.removeprefix("token=")
        answers.append(http.post(path, content=f"token={token}&form={'f' * 24}&username=second",
                                 headers={"Content-Type": FORM}))  # fmt: skip
    assert {answer.status_code for answer in answers} == {404}
    assert len({answer.text for answer in answers}) == 1


@pytest.mark.parametrize("username", ["admin", "", "a b", "-x", "x" * 129, '"><script>alert(1)</script>', "é", "me"])
def test_a_username_that_cannot_be_taken_is_asked_for_again(world: World, username: str) -> None:
    world.person("admin")
    made = invite(world)
    page = opened(world.http, made)
    answer = send(world.http, made, {**page.fields, "username": username})
    if not username:  # the server chooses one
        assert answer.status_code == 200
        return
    again = Read(answer)
    assert answer.status_code in (409, 422)
    assert "script" not in again.tags
    assert again.fields["username"] == username[:128]
    assert "username" in again.text
    # The same person goes on from there.
    assert send(world.http, made, {**again.fields, "username": "countess"}).status_code == 200


def test_names_cannot_put_anything_into_the_page(storage: Storage, world: World) -> None:
    """The rules for names keep HTML out. The page does not rely on them."""
    made = invite(world)
    evil = """"'><script src=//x></script>${token}&lt;"""
    with storage.writing() as connection:
        connection.execute(update(workspaces).values(name=evil))
        connection.execute(update(accounts).values(username=accounts.c.username + evil))
    page = opened(world.http, made)
    assert "script" not in page.tags
    assert page.loaded == []
    assert page.text.count(evil) >= 3  # such as the title, the heading and the workspace
    accepted = send(world.http, made, {**page.fields, "username": "countess"})
    assert "script" not in Read(accepted).tags
    assert evil in Read(accepted).text


def test_browsers_are_told_to_keep_it_to_themselves(world: World) -> None:
    made = invite(world)
    page = opened(world.http, made)
    http = world.http.anonymous()
    answers = [
        http.get(here(made)),
        http.get(here(made)[:-1]),
        http.post(here(made), content=b"{}", headers={"Content-Type": "application/json"}),
        send(world.http, made, {**page.fields, "username": "a b"}),
        send(world.http, made, {**page.fields, "username": "countess"}),
    ]
    assert [answer.status_code for answer in answers] == [200, 404, 415, 422, 200]
    for answer in answers:
        assert answer.headers["Content-Type"] == "text/html; charset=utf-8"
        assert answer.headers["Referrer-Policy"] == "no-referrer"
        assert answer.headers["Cache-Control"] == "no-store"
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert "set-cookie" not in answer.headers
        policy = dict(part.split(" ", 1) for part in answer.headers["Content-Security-Policy"].split("; "))
        style = answer.text.partition("<style>")[2].partition("</style>")[0]
        digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
        assert policy == {
            "default-src": "'none'",
            "style-src": f"'sha256-{digest}'",
            "form-action": "'self'",
            "base-uri": "'none'",
            "frame-ancestors": "'none'",
        }
        assert Read(answer).loaded == []
        assert " style=" not in answer.text
        assert "script" not in answer.text


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Origin": "https://evil.example"},
        {"Origin": "https://evil.example", "Sec-Fetch-Site": "none"},
    ],
)
def test_forms_on_other_sites_are_refused(world: World, headers: dict[str, str]) -> None:
    made = invite(world)
    fields = {**opened(world.http, made).fields, "username": "countess"}
    answer = send(world.http, made, fields, **headers)
    assert answer.status_code == 403
    assert "another site" in answer.text
    assert KEY.findall(answer.text) == []
    # Without any of these headers it is not a browser.
    path = here(made).partition("?")[0]
    assert world.http.anonymous().post(path, data=fields).status_code == 200


@pytest.mark.parametrize(
    ("content", "media_type", "status"),
    [
        (b"x" * (invitation_page.MOST_BYTES + 1), FORM, 413),
        (b"&".join(b"a%d=b" % n for n in range(100)), FORM, 400),
        (b"token=%ff", FORM, 400),
        (b"token=\xff", FORM, 400),
        (b'{"username": "countess"}', "application/json", 415),
        (b"username=countess", "multipart/form-data; boundary=x", 415),
        (b"username=countess", "text/plain", 415),
        (b"", FORM, 404),
    ],
)
def test_other_bodies_are_refused(world: World, content: bytes, media_type: str, status: int) -> None:
    made = invite(world)
    answer = world.http.anonymous().post(here(made), content=content, headers={"Content-Type": media_type})
    assert answer.status_code == status, answer.text
    assert answer.headers["Content-Type"].startswith("text/html")
    assert opened(world.http, made).action is not None


def test_the_gateway_learns_how_large_a_form_may_be(world: World) -> None:
    made = invite(world)
    admission = Admission()
    environ = {"mlsteward.admission": admission}

    def ask(length: int) -> int:
        def app(given: dict[str, Any], start: Any) -> Any:
            return world.http.app({**given, **environ, "CONTENT_LENGTH": str(length), "CONTENT_TYPE": FORM}, start)

        return Api(app).post(here(made)).status_code

    assert ask(10) == 204
    assert admission.limit == invitation_page.MOST_BYTES
    assert ask(1_000_000) == 413


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH"])
def test_other_methods_are_refused(world: World, method: str) -> None:
    made = invite(world)
    answer = world.http.anonymous().request(method, here(made))
    assert (answer.status_code, answer.json()["code"]) == (405, "method_not_allowed")
    assert httpx.URL(made["url"]).params["token"] not in answer.text


def test_the_log_knows_the_operation_and_no_token(world: World) -> None:
    made = invite(world)
    observed = Observed()

    def app(environ: dict[str, Any], start: Any) -> Any:
        return world.http.app({**environ, OBSERVED: observed}, start)

    fields = {**opened(world.http, made).fields, "username": "countess"}
    Api(app).post(here(made).partition("?")[0], data=fields)
    assert observed.operation == "accept_invitation"
    assert fields["token"] not in repr([getattr(observed, name) for name in observed.__slots__])
