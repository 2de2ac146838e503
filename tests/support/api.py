"""A client for tests: httpx over the WSGI application, with what a test asks most often."""

from __future__ import annotations

import io
import sys
from collections.abc import Callable, Iterable, Iterator
from typing import Any, Self
from urllib.parse import unquote_to_bytes

import httpx

BASE_URL = "http://testserver/api/v1"
LOCAL = "mlsteward.local"
"""What the in-process transport of an embedded server sets; no request from a network can."""

WsgiApp = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]


class Transport(httpx.BaseTransport):
    """Calls a WSGI application the way PEP 3333 has it, malformed requests included.

    `httpx.WSGITransport` decodes the path and refuses headers that are not ASCII, so bad input would
    never arrive at the application.
    """

    def __init__(self, app: WsgiApp, *, local: bool = False) -> None:
        self._app = app
        self._local = local

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        # `extensions={"target": b"..."}` sends a path that httpx would tidy up, such as one with `..`.
        path, _, query = request.extensions.get("target", request.url.raw_path).partition(b"?")
        body = b"".join(request.stream)  # type: ignore[arg-type]
        environ: dict[str, Any] = {
            "wsgi.version": (1, 0),
            "wsgi.url_scheme": request.url.scheme,
            "wsgi.input": io.BytesIO(body),
            # As Granian does: the input ends by itself, also where the length is not declared.
            "wsgi.input_terminated": True,
            "wsgi.errors": sys.stderr,
            "wsgi.multithread": True,
            "wsgi.multiprocess": False,
            "wsgi.run_once": False,
            "REQUEST_METHOD": request.method,
            "SCRIPT_NAME": "",
            "PATH_INFO": unquote_to_bytes(path).decode("latin-1"),
            "QUERY_STRING": query.decode("latin-1"),
            "SERVER_NAME": request.url.host,
            "SERVER_PORT": "80",
            "SERVER_PROTOCOL": "HTTP/1.1",
            "REMOTE_ADDR": "127.0.0.1",
        }
        if self._local:
            environ[LOCAL] = True
        for name, value in request.headers.raw:
            key = name.decode("ascii").upper().replace("-", "_")
            if key not in ("CONTENT_TYPE", "CONTENT_LENGTH"):
                key = "HTTP_" + key
            environ[key] = value.decode("latin-1")

        seen: list[Any] = []

        def start_response(status: str, headers: list[tuple[str, str]], exc_info: Any = None) -> Any:
            seen[:] = [int(status.split()[0]), headers]
            return lambda _: None

        result = self._app(environ, start_response)
        try:
            content = b"".join(result)
        finally:
            close = getattr(result, "close", None)
            if close is not None:
                close()
        return httpx.Response(seen[0], headers=seen[1], content=content)


class Api(httpx.Client):
    """A caller of the server: nobody, somebody with a key, or the local operator.

    Paths are relative to `/api/v1`: `api.get("/me")`.
    """

    def __init__(self, app: WsgiApp, *, key: str | None = None, local: bool = False) -> None:
        headers = {"Authorization": f"Bearer {key}"} if key else {}
        super().__init__(transport=Transport(app, local=local), base_url=BASE_URL, headers=headers)
        self.app = app
        self.key = key

    def as_local(self) -> Api:
        """The operator an embedded server acts for."""
        return Api(self.app, local=True)

    def as_key(self, key: str) -> Api:
        """Whoever has this key."""
        return Api(self.app, key=key)

    def anonymous(self) -> Api:
        """Nobody."""
        return Api(self.app)

    def ok(self, method: str, path: str, **arguments: Any) -> Any:
        """Call, insist on success, and return what the JSON says."""
        response = self.request(method, path, **arguments)
        assert response.is_success, f"{method} {path} -> {response.status_code} {response.text}"
        return response.json() if response.content else None

    def pages(self, path: str, **params: Any) -> Iterator[list[Any]]:
        """The pages of a list, along the `Link` headers."""
        response = self.get(path, params=params)
        seen = set()
        while True:
            assert response.status_code == 200, f"{response.request.url} -> {response.text}"
            yield response.json()
            following = response.links.get("next")
            if following is None:
                return
            assert following["url"] not in seen, f"the list runs in circles: {following['url']}"
            seen.add(following["url"])
            response = self.get(f"http://testserver{following['url']}")

    def everything(self, path: str, **params: Any) -> list[Any]:
        """All entries of a list, however many pages it has."""
        return [entry for page in self.pages(path, **params) for entry in page]

    def __enter__(self) -> Self:
        super().__enter__()
        return self
