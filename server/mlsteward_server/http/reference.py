"""The API for people to read: its OpenAPI document, and a page at `/docs` that displays it.

The page is Swagger UI, from the package `flask-swagger-ui` of the extra `docs`. Only its files are used: nothing of it,
nor of Flask, is imported. The page loads nothing from another host, and its content security policy forbids that too.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import cache, cached_property
from importlib import resources
from importlib.util import find_spec
from pathlib import Path

import falcon

from mlsteward_server.http.answers import etag_of, matches_any
from mlsteward_server.problems import Problem
from mlsteward_server.spec import JSON, document_bytes

DOCUMENT = "/openapi.json"
"""Path of the document, below the base path of the API."""
PAGE = "/docs"
PACKAGE = "flask_swagger_ui"
"""The package that ships the files of Swagger UI, in its folder `dist`."""
STYLE, SCRIPT, ICON = "swagger-ui.css", "swagger-ui-bundle.js", "favicon-32x32.png"
MEDIA_TYPES = {STYLE: "text/css", SCRIPT: "text/javascript", ICON: "image/png"}

FRESH = "public, max-age=300"
"""The document and the page change when the server is updated."""
IMMUTABLE = "public, max-age=31536000, immutable"
"""The path of a file contains its digest, so a file with this path never changes."""

POLICY = "; ".join(
    [
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        # Swagger UI has its icons in the style sheet.
        "img-src 'self' data:",
        # "Try it out" calls this server, and no other.
        "connect-src 'self'",
        "base-uri 'none'",
        "form-action 'none'",
        "frame-ancestors 'none'",
    ]
)


@dataclass(frozen=True)
class File:
    """A file for browsers.

    Attributes:
        name: Its name in the page, such as `swagger-ui.css`.
    """

    name: str
    media_type: str
    content: bytes

    @cached_property
    def etag(self) -> str:
        return etag_of(self.content)

    @cached_property
    def path(self) -> str:
        """The path of the file, which contains its digest."""
        return f"{PAGE}/{hashlib.sha256(self.content).hexdigest()[:16]}/{self.name}"


class Document:
    """Answers with the OpenAPI document."""

    def on_get(self, request: falcon.Request, response: falcon.Response) -> None:
        _send(request, response, _document(), FRESH)

    on_head = on_get


class Page:
    """Answers with the page, and with the files that it needs.

    Args:
        document: Path of the OpenAPI document.
    """

    def __init__(self, document: str) -> None:
        self._document = document

    def on_get(self, request: falcon.Request, response: falcon.Response) -> None:
        _send(request, response, _page(self._document), FRESH)
        response.set_header("Content-Security-Policy", POLICY)
        response.set_header("Referrer-Policy", "no-referrer")

    on_head = on_get

    def on_get_file(self, request: falcon.Request, response: falcon.Response, digest: str, name: str) -> None:
        # Only what is in the dictionary can be read, whatever the path is.
        file = _files(self._document).get(name)
        if file is None or file.path != request.path:
            raise falcon.HTTPNotFound
        _send(request, response, file, IMMUTABLE)

    on_head_file = on_get_file


def attach(app: falcon.App[falcon.Request, falcon.Response], base_path: str) -> None:
    """Add the document and the page to an application."""
    app.add_route(base_path + DOCUMENT, Document())
    page = Page(base_path + DOCUMENT)
    app.add_route(PAGE, page)
    app.add_route(PAGE + "/{digest}/{name}", page, suffix="file")


def _send(request: falcon.Request, response: falcon.Response, file: File, caching: str) -> None:
    response.set_header("Cache-Control", caching)
    response.set_header("ETag", file.etag)
    response.set_header("X-Content-Type-Options", "nosniff")
    if matches_any(request.get_header("If-None-Match"), file.etag):
        response.status = 304
        return
    response.content_type = file.media_type
    response.data = file.content


@cache
def _document() -> File:
    return File("openapi.json", JSON, document_bytes())


@cache
def _files(document: str) -> dict[str, File]:
    """Return the files of the page by name.

    Raises:
        Problem: Swagger UI is not installed.
    """
    found = find_spec(PACKAGE)
    if found is None or found.origin is None:
        raise Problem(
            "route_not_found",
            f"This server has no page at {PAGE}: Swagger UI is not installed.",
            f"Ask the administrator of the server to run \"pip install 'mlsteward[docs]'\", or read {document}.",
        )
    folder = Path(found.origin).with_name("dist")
    files = {name: File(name, media_type, (folder / name).read_bytes()) for name, media_type in MEDIA_TYPES.items()}
    start = resources.files(__package__).joinpath("reference.js").read_text("utf-8")
    files["start.js"] = File("start.js", "text/javascript", start.replace("{document}", document).encode())
    return files


@cache
def _page(document: str) -> File:
    """Return the page.

    Raises:
        Problem: Swagger UI is not installed.
    """
    text = resources.files(__package__).joinpath("reference.html").read_text("utf-8").replace("{document}", document)
    for name, file in _files(document).items():
        text = text.replace("{" + name + "}", file.path)
    return File("docs.html", "text/html; charset=utf-8", text.encode())
