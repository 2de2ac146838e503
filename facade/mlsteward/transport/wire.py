"""Requests and answers as they are on the wire.

`httpx.Client` serves the general case: it parses and normalises each URL, merges headers, cookies and
authentication, and follows redirects. Here the address is parsed once for a connection and an answer
is read in one go, which is about a third of the time of a call. Transports see an `httpx.Request` all
the same.
"""

from collections.abc import Mapping
from typing import Any, cast
from urllib.parse import quote, urlencode

import httpx
import orjson

from mlsteward.errors import InvalidArgument
from mlsteward.transport.sizes import Body


class Origin:
    """Scheme, host, port and root path of a server, parsed once.

    Args:
        url: Such as `https://steward.example.com/ml`.
    """

    __slots__ = ("host", "host_header", "port", "root", "scheme", "text")

    def __init__(self, url: str) -> None:
        parsed = httpx.URL(url)
        self.scheme = parsed.raw_scheme
        self.host = parsed.raw_host
        self.port = parsed.port
        self.host_header = parsed.netloc
        self.text = f"{parsed.scheme}://{parsed.netloc.decode('ascii')}"
        self.root = parsed.raw_path.rstrip(b"/")


class Target:
    """The URL of one request: what transports read of an `httpx.URL`, without parsing one.

    Anything else is looked up in a real one, which is made when it is asked for.
    """

    __slots__ = ("_origin", "port", "raw_host", "raw_path", "raw_scheme")

    def __init__(self, origin: Origin, raw_path: bytes) -> None:
        self._origin = origin
        self.raw_scheme = origin.scheme
        self.raw_host = origin.host
        self.port = origin.port
        self.raw_path = raw_path

    def __str__(self) -> str:
        return self._origin.text + self.raw_path.decode("ascii")

    def __getattr__(self, name: str) -> Any:
        return getattr(httpx.URL(str(self)), name)


class WireRequest(httpx.Request):
    """An `httpx.Request` put together from parts that are ready to be sent."""

    def __init__(
        self,
        method: str,
        target: Target,
        headers: httpx.Headers,
        body: bytes | httpx.SyncByteStream,
        extensions: dict[str, Any],
    ) -> None:
        # Not super().__init__: it would parse, copy and compare what is known to be right.
        self.method = method
        self.url = cast(httpx.URL, target)
        self.headers = headers
        self.stream = httpx.ByteStream(body) if isinstance(body, bytes) else body
        self.extensions = extensions


class Answer:
    """An answer, read. What generated code sees as its `httpx.Response`."""

    __slots__ = ("content", "headers", "status_code")

    def __init__(self, status_code: int, headers: httpx.Headers, content: bytes) -> None:
        self.status_code = status_code
        self.headers = headers
        self.content = content

    def json(self) -> Any:
        """The body, decoded."""
        return orjson.loads(self.content)

    @property
    def text(self) -> str:
        """The body as text."""
        return self.content.decode("utf-8", "replace")


def answer_of(response: httpx.Response) -> Answer:
    """A buffered response as an answer."""
    return Answer(response.status_code, response.headers, b"".join(cast(httpx.SyncByteStream, response.stream)))


def buffer(response: httpx.Response) -> None:
    """Read the body of a response, decompressed, and give its connection back.

    Raises:
        httpx.TransportError: The connection broke, or the body is too large.
        httpx.DecodingError: The body is not what its `Content-Encoding` says.
    """
    stream = cast(httpx.SyncByteStream, response.stream)
    try:
        body = Body(response)
        for part in stream:
            body.add(part)
    finally:
        stream.close()
    body.give_to(response)


async def abuffer(response: httpx.Response) -> None:
    """`buffer` for asynchronous responses."""
    stream = cast(httpx.AsyncByteStream, response.stream)
    try:
        body = Body(response)
        async for part in stream:
            body.add(part)
    finally:
        await stream.aclose()
    body.give_to(response)


# From what generated code passes to bytes.


def encode_target(root: bytes, path: str, params: Mapping[str, Any] | None) -> bytes:
    """Path and query of a request.

    Args:
        root: What the path is below, such as `/api/v1`.
        path: Starts with `/`; its parts are percent-encoded already.
        params: The query.
    """
    raw = root + path.encode("ascii")
    return raw + b"?" + encode_query(params) if params else raw


def encode_query(params: Mapping[str, Any]) -> bytes:
    """A query string: lists repeat their name, booleans are `true` and `false`."""
    pairs = [
        (name, item)
        for name, value in params.items()
        for item in (value if isinstance(value, (list, tuple)) else (value,))
    ]
    plain = [
        (name, ("true" if value else "false") if isinstance(value, bool) else "" if value is None else value)
        for name, value in pairs
    ]
    return urlencode(plain, quote_via=quote).encode("ascii")


def encode_json(value: object) -> bytes:
    """A body.

    Raises:
        InvalidArgument: It holds something that JSON cannot.
    """
    try:
        return orjson.dumps(value)
    except TypeError as error:
        raise InvalidArgument(f"This cannot be sent as JSON: {error}.") from error
