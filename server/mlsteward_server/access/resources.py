"""The kinds of objects that the API manages. Each is declared once, in `domains/<domain>/resource.py`.

The router, the audit log, the linter of the spec and the table of permissions read these declarations; there is no
other list. A resource without a ladder uses the ladder of its parent: `x-access: {allow: viewer, on: experiment}`
needs the role viewer in the project of the experiment.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from sqlalchemy import Column, Connection, Row, Table

from mlsteward_server.accounts.credentials import Caller
from mlsteward_server.problems import Problem

if TYPE_CHECKING:
    from mlsteward_server.access.sharing import Sharing


@dataclass(frozen=True, slots=True)
class Found:
    """An object, as seen by one caller.

    Attributes:
        row: The row of the object, with the facts that the access rules need about it and the caller.
    """

    row: Row[Any]

    @property
    def id(self) -> str:
        found: str = self.row.id
        return found


F = TypeVar("F", bound=Found)
F_co = TypeVar("F_co", bound=Found, covariant=True)

Find = Callable[[Connection, Caller | None, str, Found | None], F_co | None]
"""A function that finds an object. Takes the connection, the caller, a reference and the parent that the path names.
Returns None if there is no such object."""


@dataclass(frozen=True, slots=True)
class Ask(Generic[F]):
    """What an operation requires of a caller.

    Attributes:
        allow: A role of the ladder, or another value that the ladder knows.
        public: Whether anyone can do this if the object is public.
        missing: Returns the problem for a caller for whom the object does not exist.
    """

    connection: Connection
    caller: Caller | None
    found: F
    allow: str
    public: bool
    missing: Callable[[], Problem]


@dataclass(frozen=True, kw_only=True)
class Ladder(Generic[F]):
    """The roles that a caller can have on an object.

    Attributes:
        roles: The roles that `allow` can require, from lowest to highest.
        also: Other values that `allow` can have.
        itself: The value of `allow` for callers who ask about themselves, if an operation has `or_self`.
        check: Raises Problem if the caller does not have what `allow` requires.
    """

    roles: tuple[str, ...]
    also: frozenset[str] = frozenset()
    itself: str
    check: Callable[[Ask[F]], None]

    @property
    def asks(self) -> frozenset[str]:
        """Return every value that `allow` can have."""
        return frozenset(self.roles) | self.also


@dataclass(frozen=True, kw_only=True, eq=False)
class Resource(Generic[F_co]):
    """One kind of object.

    Attributes:
        kind: The name of the kind: in `x-access`, in the audit log, and as path parameter unless `parameter` is set.
        table: The table with its rows.
        name: The column with the name that people see.
        find: Finds an object by a reference.
        not_found: Returns the problem for an object that does not exist, given the reference and the parent.
        parent: The kind of object that it belongs to.
        parent_id: The column with the id of the parent.
        within: The kind of object inside which to look up a reference, if the path names one.
        ladder: The roles on it (default: the ladder of the parent).
        sharing: How to list and explain access to it.
        lock: Locks it: nobody else can change it, or the access to it, until the transaction ends.
        lock_name: The name of the lock in `x-lock`.
        parameter: The name of its path parameter (default: its kind).
    """

    kind: str
    table: Table
    name: Column[Any]
    find: Find[F_co]
    not_found: Callable[[str, Found | None], Problem]
    parent: Resource[Any] | None = None
    parent_id: Column[Any] | None = None
    within: str | None = None
    ladder: Ladder[Any] | None = None
    sharing: Sharing | None = None
    lock: Callable[[Connection, str], object] | None = None
    lock_name: str | None = None
    parameter: str = ""

    def __post_init__(self) -> None:
        object.__setattr__(self, "parameter", self.parameter or self.kind)

    def __repr__(self) -> str:
        return f"Resource({self.kind!r})"

    def name_of(self, found: Found) -> str:
        """Return the name of an object."""
        called: str = getattr(found.row, self.name.key)
        return called

    def id_of_parent(self, found: Found) -> str:
        """Return the id of the parent of an object."""
        assert self.parent_id is not None
        parent: str = getattr(found.row, self.parent_id.key)
        return parent

    def ancestors(self) -> list[Resource[Any]]:
        """Return the kinds that it belongs to, directly or not, nearest first."""
        above: list[Resource[Any]] = []
        parent = self.parent
        while parent is not None:
            above.append(parent)
            parent = parent.parent
        return above
