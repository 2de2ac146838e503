"""What a handler is given besides its arguments."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, cast

from sqlalchemy import Connection

from mlsteward_server.access.resources import F, Found, Resource
from mlsteward_server.accounts.credentials import Caller
from mlsteward_server.paging import Page
from mlsteward_server.problems import Problem
from mlsteward_server.settings import Settings
from mlsteward_server.storage.vault import Vault


@dataclass(slots=True)
class Context:
    """One request, authenticated and let in.

    `context[PROJECT]` is the project that the request is about: the one its path or body names, or the one that
    what they name belongs to.

    Attributes:
        connection: Inside the transaction of the request.
        now: The moment of the request, in UTC; the same wherever it is written.
        page: Where the list starts and how long it may be.
        resources: Every kind of object, by its name.
        references: What the request names, by kind.
        concerning: Whom the event is about, where that is somebody else than its object.
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
    concerning: str | None = None
    _found: dict[str, Found | None] = field(default_factory=dict)

    @property
    def caller(self) -> Caller:
        """Who is calling, where the operation is not open to everybody."""
        assert self.maybe_caller is not None
        return self.maybe_caller

    def __getitem__(self, resource: Resource[F]) -> F:
        """The object of a kind that the request is about.

        Raises:
            Problem: There is none.
        """
        found = self.maybe(resource)
        if found is None:
            raise self.missing(resource)
        return found

    def maybe(self, resource: Resource[F]) -> F | None:
        """The same; None if there is none."""
        if resource.kind not in self._found:
            self._found[resource.kind] = self._resolve(resource)
        return cast("F | None", self._found[resource.kind])

    def missing(self, resource: Resource[Any]) -> Problem:
        """What is said where the object that the request names does not exist for the caller."""
        return resource.not_found(self.references[resource.kind], self._home(resource))

    def parent_of(self, resource: Resource[Any], found: Found) -> Found:
        """What an object belongs to."""
        parent = resource.parent
        assert parent is not None
        if parent.kind not in self._found:
            self._found[parent.kind] = parent.find(
                self.connection, self.maybe_caller, resource.id_of_parent(found), None
            )
        owner = self._found[parent.kind]
        assert owner is not None, f"a {resource.kind} without its {parent.kind}"
        return owner

    def enter(self, resource: Resource[F], found: F) -> None:
        """Say which object the request is about, where neither path nor body names it or it has changed."""
        self._found[resource.kind] = found

    def ids(self, resource: Resource[Any]) -> list[tuple[Resource[Any], str]]:
        """The ids of an object that the request is about and of what it belongs to, from the inside out.

        The outermost one is not read for this: what belongs to it has its id.
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
        """Look everything up anew: what was found may have changed."""
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
        """What the object that the request names belongs to, where the request tells that too."""
        parent = resource.parent or (self.resources[resource.within] if resource.within else None)
        if parent is None:
            return None
        if parent.kind in self.references or parent.kind in self._found:
            return self.maybe(parent)
        for kind in self.references:
            if kind == resource.kind:
                break
            # What comes before it in the path.
            if parent in self.resources[kind].ancestors():
                return self._climb(self.resources[kind], parent)
        return None

    def _climb(self, resource: Resource[Any], ancestor: Resource[Any]) -> Found | None:
        """What an object that the request names belongs to, directly or not."""
        found = self.maybe(resource)
        while found is not None and resource is not ancestor:
            found = self.parent_of(resource, found)
            assert resource.parent is not None
            resource = resource.parent
        return found
