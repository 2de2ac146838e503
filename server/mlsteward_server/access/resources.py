"""What the API manages. Each kind of object is declared once, in `domains/<domain>/resource.py`.

The router, the audit log, the linter of the spec and the table of permissions read the declarations; nothing else
says which kinds there are. A resource without a ladder of its own is governed by its parent: `x-access:
{allow: viewer, on: experiment}` asks for the role of a viewer in the project of the experiment.
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
    """An object, as one caller sees it.

    Attributes:
        row: Its row, with whatever the rules of access ask about it and the caller.
    """

    row: Row[Any]

    @property
    def id(self) -> str:
        found: str = self.row.id
        return found


F = TypeVar("F", bound=Found)
F_co = TypeVar("F_co", bound=Found, covariant=True)

Find = Callable[[Connection, Caller | None, str, Found | None], F_co | None]
"""From the connection, the caller, a reference and the parent that the path names, to the object; None if there is
none."""


@dataclass(frozen=True, slots=True)
class Ask(Generic[F]):
    """What an operation asks of a caller.

    Attributes:
        allow: A role of the ladder, or another word that it knows.
        public: Whether what is open to everybody is enough.
        missing: What a caller is told for whom the object does not exist.
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
        roles: What `allow` can ask for, lowest first.
        also: What else it can ask for.
        itself: What is asked of those who ask about themselves, where an operation says `or_self`.
        check: Raises the refusal of a caller who does not have what is asked for.
    """

    roles: tuple[str, ...]
    also: frozenset[str] = frozenset()
    itself: str
    check: Callable[[Ask[F]], None]

    @property
    def asks(self) -> frozenset[str]:
        """Everything that `allow` can say."""
        return frozenset(self.roles) | self.also


@dataclass(frozen=True, kw_only=True, eq=False)
class Resource(Generic[F_co]):
    """One kind of object.

    Attributes:
        kind: Its name: in `x-access`, in the audit log, and as a path parameter unless `parameter` says otherwise.
        table: Where its rows are.
        name: What people call one.
        find: How a reference is resolved.
        not_found: What is said where there is none: given the reference and its parent.
        parent: What it belongs to.
        parent_id: The column that says to which one.
        within: The kind of object whose inside a reference is looked up in, where the path names one.
        ladder: Who may do what with it; that of the parent unless given.
        sharing: How access to it is listed and explained.
        lock: Keeps others from changing it, or who may do what with it, until the transaction ends.
        lock_name: How `x-lock` calls that.
        parameter: The name of its path parameter, where that is not its kind.
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
        """What one is called."""
        called: str = getattr(found.row, self.name.key)
        return called

    def id_of_parent(self, found: Found) -> str:
        """The id of what it belongs to."""
        assert self.parent_id is not None
        parent: str = getattr(found.row, self.parent_id.key)
        return parent

    def ancestors(self) -> list[Resource[Any]]:
        """What it belongs to, directly or not, nearest first."""
        above: list[Resource[Any]] = []
        parent = self.parent
        while parent is not None:
            above.append(parent)
            parent = parent.parent
        return above
