"""The OpenAPI document, and the page at `/docs`."""

from __future__ import annotations

import json
import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

from tests.support.api import Api
from tests.support.server import reference

ROOT = Path(__file__).resolve().parents[2]
SITE = "http://testserver"


class Loaded(HTMLParser):
    """What a page loads, and whether anything stands in it that a strict policy forbids."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.urls: list[str] = []
        self.inline: list[str] = []
        self._open = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        self._open = tag
        self.inline += [name for name in found if name.startswith("on") or name == "style"]
        if tag in {"link", "script"}:
            self.urls.append(found.get("href") or found.get("src") or "")

    def handle_data(self, data: str) -> None:
        if self._open in {"script", "style"} and data.strip():
            self.inline.append(data)


def asset(http: Api, ending: str) -> str:
    return next(url for url in Loaded(http.get(f"{SITE}/docs").text).urls if url.endswith(ending))


def test_everybody_can_read_the_document(http: Api) -> None:
    answer = http.anonymous().get("/openapi.json")
    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == "application/json"
    assert answer.json() == json.loads((ROOT / "server/mlsteward_server/openapi.json").read_bytes())
    assert "max-age" in answer.headers["Cache-Control"]


def test_a_document_that_has_not_changed_is_not_sent_again(http: Api) -> None:
    etag = http.get("/openapi.json").headers["ETag"]
    for sent in (etag, f"W/{etag}", f'"other", {etag}', "*"):
        again = http.get("/openapi.json", headers={"If-None-Match": sent})
        assert (again.status_code, again.content, again.headers["ETag"]) == (304, b"", etag)
    assert http.get("/openapi.json", headers={"If-None-Match": '"other"'}).status_code == 200


@pytest.mark.parametrize("path", ["/api/v1/openapi.json", "/docs"])
def test_a_head_has_no_body(http: Api, path: str) -> None:
    head, whole = http.head(SITE + path), http.get(SITE + path)
    assert (head.status_code, head.content) == (200, b"")
    assert head.headers["ETag"] == whole.headers["ETag"]
    assert head.headers["Content-Length"] == str(len(whole.content))


def test_the_page_loads_only_what_this_server_has(http: Api) -> None:
    answer = http.anonymous().get(f"{SITE}/docs")
    assert answer.headers["Content-Type"] == "text/html; charset=utf-8"
    loaded = Loaded(answer.text)
    assert len(loaded.urls) == 4
    for url in loaded.urls:
        assert url.startswith("/docs/")
        sent = http.anonymous().get(SITE + url)
        assert sent.status_code == 200, url
        assert sent.headers["X-Content-Type-Options"] == "nosniff"
        assert "immutable" in sent.headers["Cache-Control"]
    start = http.get(SITE + asset(http, "/start.js")).text
    assert '"/api/v1/openapi.json"' in start
    assert "://" not in start + answer.text


def test_the_policy_of_the_page_allows_nothing_else(http: Api) -> None:
    answer = http.get(f"{SITE}/docs")
    policy = dict(part.split(" ", 1) for part in answer.headers["Content-Security-Policy"].split("; "))
    assert policy.pop("default-src") == "'none'"
    assert policy.pop("img-src") == "'self' data:"
    assert set(policy.values()) == {"'self'", "'none'"}
    assert not Loaded(answer.text).inline


@pytest.mark.parametrize(
    "path",
    [
        "/docs/",
        "/docs/x/swagger-ui.css",
        "/docs/{digest}/",
        "/docs/{digest}/start.jss",
        "/docs/{digest}/../../LICENSE",
        "/docs/{digest}/..%2f..%2fLICENSE",
        "/docs/{digest}/%2e%2e/%2e%2e/LICENSE",
        "/docs/{digest}/..%5c__init__.py",
        "/docs/{digest}//etc/passwd",
        "/docs/{digest}/%00",
        "/docs/../docs/{digest}/swagger-ui.css",
        "/docs/%2e%2e/x/index.css",
    ],
)
def test_nothing_else_can_be_read(http: Api, path: str) -> None:
    found = re.fullmatch(r"/docs/(\w+)/swagger-ui\.css", asset(http, ".css"))
    assert found is not None
    answer = http.get(f"{SITE}/x", extensions={"target": path.replace("{digest}", found[1]).encode()})
    assert (answer.status_code, answer.json()["code"]) == (404, "route_not_found")


def test_without_swagger_ui_the_page_says_what_to_install(http: Api, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reference, "PACKAGE", "a_package_that_nobody_installed")
    for cached in (reference._files, reference._page):
        cached.cache_clear()
    answer = http.get(f"{SITE}/docs")
    assert answer.status_code == 404
    assert "mlsteward[docs]" in answer.json()["hint"]
    assert http.get("/openapi.json").status_code == 200


def test_the_page_is_read_with_get(http: Api) -> None:
    answer = http.post(f"{SITE}/docs")
    assert (answer.status_code, answer.json()["code"]) == (405, "method_not_allowed")
