"""The context of a request, which every handler gets besides its arguments."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol, cast

from sqlalchemy import Connection

from mlsteward_server.access.resources import F, Found, Resource
from mlsteward_server.accounts.credentials import Caller
from mlsteward_server.paging import Page
from mlsteward_server.problems import Problem
from mlsteward_server.settings import Settings
from mlsteward_server.storage.vault import Vault


class Singles(Protocol):
    """Carries out the rows of a bulk operation."""

    def check(self, row: Mapping[str, Any]) -> None:
        """Check a row against the spec.

        Raises:
            Problem: The row is not valid.
        """

    def carry_out(self, operation_id: str, path: Mapping[str, str], body: object = None) -> Any:
        """Carry out another operation in the same transaction, as if the caller had requested it.

        Raises:
            Problem: The request is refused.
        """


@dataclass(slots=True)
class Context:
    """An authenticated and authorized request.

    `context[PROJECT]` is the project that the request is about: the project that its path or body names, or the project
    of the object that they name.

    Attributes:
        connection: A connection in the transaction of the request.
        now: The time of the request, in UTC. Everything that the request writes has this time.
        page: The requested page of a list.
        resources: Every kind of object, by name.
        references: The references in the request, by kind of object.
        singles: Carries out the rows of a bulk operation. None in a read.
        concerning: More detail for the audit event, such as the person who was granted a permission.
        events: The audit events that the request has written.
        unneeded: The digests of files that the handler has given up. They are removed after the commit, unless
            something else refers to them.
    """

    connection: Connection
    settings: Settings
    vault: Vault
    now: datetime
    request_id: str
    page: Page
    resources: Mapping[str, Resource[Any]]
    references: dict[str, str]
    maybe_caller: Caller | None = None
    singles: Singles | None = None
    concerning: str | None = None
    events: list[Mapping[str, Any]] = field(default_factory=list)
    unneeded: list[str] = field(default_factory=list)
    _found: dict[str, Found | None] = field(default_factory=dict)

    @property
    def caller(self) -> Caller:
        """The caller of an operation that needs one."""
        assert self.maybe_caller is not None
        return self.maybe_caller

    def acting_as(self, caller: Caller, references: dict[str, str]) -> Context:
        """Return the context of another request in the same transaction: by this caller, about these objects."""
        return Context(
            self.connection,
            self.settings,
            self.vault,
            self.now,
            self.request_id,
            Page(),
            self.resources,
            references,
            caller,
        )

    def __getitem__(self, resource: Resource[F]) -> F:
        """Return the object of a kind that the request is about.

        Raises:
            Problem: The object does not exist for the caller.
        """
        found = self.maybe(resource)
        if found is None:
            raise self.missing(resource)
        return found

    def maybe(self, resource: Resource[F]) -> F | None:
        """Return the object of a kind that the request is about. None if it does not exist for the caller."""
        if resource.kind not in self._found:
            self._found[resource.kind] = self._resolve(resource)
        return cast("F | None", self._found[resource.kind])

    def missing(self, resource: Resource[Any]) -> Problem:
        """Return the problem for an object that does not exist for the caller."""
        return resource.not_found(self.references[resource.kind], self._home(resource))

    def parent_of(self, resource: Resource[Any], found: Found) -> Found:
        """Return the parent of an object."""
        parent = resource.parent
        assert parent is not None
        if parent.kind not in self._found:
            self._found[parent.kind] = parent.find(
                self.connection, self.maybe_caller, resource.id_of_parent(found), None
            )
        owner = self._found[parent.kind]
        assert owner is not None, f"a {resource.kind} without its {parent.kind}"
        return owner

    def enter(self, resource: Resource[F], found: F | None) -> None:
        """Set the object that the request is about, if neither the path nor the body names it, or if it has changed.

        None stands for an object that does not exist for the caller.
        """
        self._found[resource.kind] = found

    def ids(self, resource: Resource[Any]) -> list[tuple[Resource[Any], str]]:
        """Return the ids of an object and of its parents, starting with the object.

        Does not read the outermost parent, because the row of its child has its id.
        """
        found = self.maybe(resource)
        if found is None:
            return []
        links = [(resource, found.id)]
        while (parent := resource.parent) is not None:
            if resource.parent_id is not None and parent.parent is None:
                return [*links, (parent, resource.id_of_parent(found))]
            found, resource = self.parent_of(resource, found), parent
            links.append((resource, found.id))
        return links

    def forget(self) -> None:
        """Forget the objects that were found, so that they are read again: they may have changed."""
        self._found.clear()

    def _resolve(self, resource: Resource[Any]) -> Found | None:
        reference = self.references.get(resource.kind)
        if reference is not None:
            return resource.find(self.connection, self.maybe_caller, reference, self._home(resource))
        for kind in self.references:
            if resource in self.resources[kind].ancestors():
                return self._climb(self.resources[kind], resource)
        raise AssertionError(f"the request is about no {resource.kind}")

    def _home(self, resource: Resource[Any]) -> Found | None:
        """Return the parent of the object that the request names, if the request names the parent too."""
        parent = resource.parent or (self.resources[resource.within] if resource.within else None)
        if parent is None:
            return None
        if parent.kind in self.references or parent.kind in self._found:
            return self.maybe(parent)
        for kind in self.references:
            if kind == resource.kind:
                break
            # Something before it in the path leads to the parent.
            if parent in self.resources[kind].ancestors():
                return self._climb(self.resources[kind], parent)
        return None

    def _climb(self, resource: Resource[Any], ancestor: Resource[Any]) -> Found | None:
        """Return an ancestor of an object that the request names."""
        found = self.maybe(resource)
        while found is not None and resource is not ancestor:
            found = self.parent_of(resource, found)
            assert resource.parent is not None
            resource = resource.parent
        return found
