# Generated from spec/openapi.yaml by scripts/generate.py. Do not edit.
"""Contains some shared types for properties"""

from __future__ import annotations

from collections.abc import Callable, Mapping, MutableMapping
from datetime import UTC, datetime
from enum import Enum, StrEnum
from http import HTTPStatus
from typing import IO, TYPE_CHECKING, Any, BinaryIO, Final, Generic, Literal, Self, TypeVar
from urllib.parse import quote

import orjson
from attrs import define

if TYPE_CHECKING:
    import httpx


class Unset(Enum):
    """The type of UNSET, the value of what is absent"""

    UNSET = "UNSET"

    def __bool__(self) -> Literal[False]:
        return False

    def __repr__(self) -> str:
        return "UNSET"


UNSET: Final = Unset.UNSET

ABSENT: Any = UNSET
""" UNSET where a type says that there is a value: the answer lacks a property that the spec requires """

# The types that `httpx.Client(files=)` can accept, copied from that library.
FileContent = IO[bytes] | bytes | str
FileTypes = (
    # (filename, file (or bytes), content_type)
    tuple[str | None, FileContent, str | None]
    # (filename, file (or bytes), content_type, headers)
    | tuple[str | None, FileContent, str | None, Mapping[str, str]]
)
RequestFiles = list[tuple[str, FileTypes]]


@define
class File:
    """Contains information for file uploads"""

    payload: BinaryIO
    file_name: str | None = None
    mime_type: str | None = None

    def to_tuple(self) -> FileTypes:
        """Return a tuple representation that httpx will accept for multipart/form-data"""
        return self.file_name, self.payload, self.mime_type


_unknown: dict[tuple[type[OpenStrEnum], str], OpenStrEnum] = {}
_UNKNOWN_KEPT = 1024
_UNKNOWN_LENGTH = 64


class OpenStrEnum(StrEnum):
    """
    A text enum that takes any text: a value it does not know becomes a member that is not listed among the others.

    Equal values are the same object as long as they are few and short. What a server sends without end is not
    kept without end: beyond that, equal values are merely equal.
    """

    @classmethod
    def _missing_(cls, value: object) -> Self | None:
        if not isinstance(value, str):
            return None
        kept = _unknown.get((cls, value))
        if kept is not None:
            return kept  # type: ignore[return-value]
        member = str.__new__(cls, value)
        member._name_ = member._value_ = str(value)
        if len(_unknown) < _UNKNOWN_KEPT and len(value) <= _UNKNOWN_LENGTH:
            return _unknown.setdefault((cls, member._value_), member)  # type: ignore[return-value]
        return member

    def __reduce_ex__(self, protocol: object) -> tuple[type[Self], tuple[str]]:
        return type(self), (self._value_,)


E = TypeVar("E", bound=OpenStrEnum)


class Members(dict[str, E]):
    """The members of an enum by value; the enum itself answers for the values that are not there"""

    def __init__(self, enum: type[E]) -> None:
        super().__init__((member._value_, member) for member in enum)
        self._enum = enum

    def __missing__(self, value: str) -> E:
        return self._enum(value)


parse_datetime = datetime.fromisoformat


def format_datetime(value: datetime) -> str:
    """What value.isoformat() gives, in a third of the time for a time in UTC"""
    if type(value) is datetime and value.tzinfo is UTC:
        return orjson.dumps(value)[1:-1].decode()
    return value.isoformat()


_STATUSES: dict[int, HTTPStatus] = {member.value: member for member in HTTPStatus}


def status(code: int) -> int:
    """The HTTPStatus of a status code, or the number where IANA lists none"""
    return _STATUSES.get(code, code)


def read_json(response: httpx.Response) -> Any:
    """The JSON body of a response. Raises json.JSONDecodeError"""
    return orjson.loads(response.content)


def path_segment(value: object) -> str:
    """A path parameter as one segment of a URL. Raises ValueError for what would name another path"""
    text = str(value)
    if text in ("", ".", ".."):
        raise ValueError(f"{text!r} cannot be a part of a path")
    return quote(text, safe="")


def read_nothing(response: httpx.Response) -> None:
    """What is read of an answer without a body"""


T = TypeVar("T")
T_co = TypeVar("T_co", covariant=True)


class Request(Generic[T_co]):
    """What is to be sent, and how its answer is read. Nothing is sent by making one"""

    __slots__ = ("content", "cookies", "headers", "json", "method", "operation", "params", "path", "read", "segments")

    def __init__(
        self,
        method: str,
        path: str,
        segments: Mapping[str, object],
        read: Callable[[httpx.Response], T_co],
        params: dict[str, Any] | None = None,
        headers: dict[str, Any] | None = None,
        json: Any = None,
        content: Any = None,
        cookies: dict[str, Any] | None = None,
        operation: str = "",
    ) -> None:
        self.method = method
        self.path = path
        self.segments = segments
        self.read = read
        self.params = params
        self.headers = headers
        self.json = json
        self.content = content
        self.cookies = cookies
        self.operation = operation

    @property
    def url(self) -> str:
        """The path, with its parameters. Raises ValueError for one that would name another path"""
        if not self.segments:
            return self.path
        return self.path.format_map({name: path_segment(value) for name, value in self.segments.items()})

    def arguments(self) -> dict[str, Any]:
        """What `request()` of an httpx client takes"""
        found = {name: getattr(self, name) for name in ("params", "headers", "cookies", "json", "content")}
        found = {name: value for name, value in found.items() if value is not None}
        return {"method": self.method, "url": self.url, **found}


@define
class Response(Generic[T]):
    """A response from an endpoint"""

    status_code: int
    content: bytes
    headers: MutableMapping[str, str]
    parsed: T | None


__all__ = [
    "ABSENT",
    "UNSET",
    "File",
    "FileTypes",
    "Members",
    "OpenStrEnum",
    "Request",
    "RequestFiles",
    "Response",
    "Unset",
    "format_datetime",
    "parse_datetime",
    "path_segment",
    "read_json",
    "read_nothing",
    "status",
]
