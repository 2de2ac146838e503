"""The maximum size of an answer, counted while it arrives, after decompression."""

from typing import Final

import httpx

LARGEST_ANSWER: Final = 256 * 1024 * 1024
"""Bytes. An answer of the API is far smaller; this keeps a broken server from filling the memory."""

_WINDOWS: Final = {"gzip": 31, "x-gzip": 31, "deflate": 15}
"""What zlib calls the formats that requests accept."""
_RAW_DEFLATE: Final = -15


class AnswerTooLarge(httpx.TransportError):
    """The body is larger than `LARGEST_ANSWER`."""


class Body:
    """The body of a response, decompressed as it arrives.

    Args:
        response: Its headers say how long the body is, and how it is compressed.

    Raises:
        AnswerTooLarge: The headers say that it is.
        httpx.DecodingError: It is compressed in a way that no request accepts.
    """

    __slots__ = ("_inflater", "_parts", "_size")

    def __init__(self, response: httpx.Response) -> None:
        self._parts: list[bytes] = []
        self._size = 0
        headers = response.headers
        self._inflater = _inflater(headers["content-encoding"]) if "content-encoding" in headers else None
        declared = headers.get("content-length", "")
        if declared.isdecimal() and int(declared[:20]) > LARGEST_ANSWER:
            raise AnswerTooLarge(_TOO_LARGE)

    def add(self, part: bytes) -> None:
        """Take a part that arrived.

        Raises:
            AnswerTooLarge: With it, the body is larger than `LARGEST_ANSWER`.
            httpx.DecodingError: It is not what its `Content-Encoding` says.
        """
        if self._inflater is not None:
            part = self._inflater.inflate(part, LARGEST_ANSWER - self._size)
        self._size += len(part)
        if self._size > LARGEST_ANSWER:
            raise AnswerTooLarge(_TOO_LARGE)
        self._parts.append(part)

    def give_to(self, response: httpx.Response) -> None:
        """Let a response have the body that arrived.

        Raises:
            httpx.DecodingError: Its end is missing.
        """
        if self._inflater is not None:
            self._inflater.finish()
            del response.headers["content-encoding"]
            response.headers.pop("content-length", None)
        response.stream = httpx.ByteStream(b"".join(self._parts))


_TOO_LARGE: Final = f"the answer is larger than {LARGEST_ANSWER} bytes"


def check_coding(response: httpx.Response) -> None:
    """Refuse encodings that httpx would decompress without a limit.

    Raises:
        httpx.DecodingError: It is compressed in a way that no request accepts.
    """
    if "content-encoding" in response.headers:
        _coding(response.headers["content-encoding"])


def _inflater(encoding: str) -> "_Inflater | None":
    coding = _coding(encoding)
    return None if coding is None else _Inflater(coding)


def _coding(encoding: str) -> str | None:
    codings = [coding.strip().lower() for coding in encoding.split(",")]
    codings = [coding for coding in codings if coding not in ("", "identity")]
    if not codings:
        return None
    if len(codings) > 1 or codings[0] not in _WINDOWS:
        raise httpx.DecodingError(f"its Content-Encoding is {encoding!r}, which was not asked for")
    return codings[0]


class _Inflater:
    """Decompresses `gzip` and `deflate`, up to a limit."""

    def __init__(self, coding: str) -> None:
        # Imported where it is used: our own server compresses nothing.
        import zlib

        self._zlib = zlib
        self._coding = coding
        self._object: zlib._Decompress = zlib.decompressobj(_WINDOWS[coding])
        self._is_new = True

    def inflate(self, part: bytes, room: int) -> bytes:
        """A part, decompressed; one byte more than there is room for means that there is more."""
        try:
            found = self._object.decompress(part, room + 1)
        except self._zlib.error as error:
            if self._coding != "deflate" or not self._is_new:
                raise httpx.DecodingError(f"it is not what its Content-Encoding says: {error}") from error
            # Some servers leave out the header that the format should have.
            self._object = self._zlib.decompressobj(_RAW_DEFLATE)
            self._is_new = False
            return self.inflate(part, room)
        self._is_new = self._is_new and not part
        return found

    def finish(self) -> None:
        """
        Raises:
            httpx.DecodingError: The end is missing.
        """
        if not self._is_new and not self._object.eof:
            raise httpx.DecodingError("it is cut off: the end of the compressed data is missing")
