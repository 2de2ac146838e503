"""One operation of the spec, ready to run."""

from __future__ import annotations

import inspect
import json
from collections.abc import Callable, Mapping
from datetime import datetime
from functools import cache
from importlib import import_module
from typing import Any, NamedTuple

from sqlalchemy import Connection

from mlsteward_server.access import check
from mlsteward_server.access.resources import Resource
from mlsteward_server.accounts import credentials
from mlsteward_server.context import Context
from mlsteward_server.domains import registry
from mlsteward_server.http.validation import Validator
from mlsteward_server.paging import DEFAULT_LIMIT, SIGNATURE_BYTES
from mlsteward_server.spec import PAGING, Operation, Spec

CURSOR = "cursor"
"""What the places in lists are signed for."""
LOCAL = "mlsteward.local"
"""Set in the WSGI environ, where no request from a network can reach, by the in-process transport."""


class Lock(NamedTuple):
    """What a write locks.

    Attributes:
        take: Makes others who want the same lock wait.
        resource: The kind of object that is locked.
        start: What the request names: that, or something that belongs to it.
    """

    take: Callable[[Connection, str], object]
    resource: Resource[Any]
    start: Resource[Any]


class Route:
    """One operation with its handler.

    Attributes:
        kinds: The kind of object that each path parameter names, where it names one.
        reader: What `GET` of the same path runs, where that answers with the object that this changes.
    """

    def __init__(
        self,
        spec: Spec,
        operation: Operation,
        handler: Callable[..., Any],
        resources: Mapping[str, Resource[Any]],
        *,
        with_answers: bool,
    ) -> None:
        self.operation = operation
        self.handler = handler
        self.validator = Validator(spec, operation, with_answers=with_answers)
        self.body_model: Any = _body_model(operation)
        self.is_open = operation.access.allow == "anyone"
        # A caller without a key gets further only where something is open to the public.
        self.admits_anonymous = self.is_open or operation.access.public
        self.kinds = _kinds(operation, resources)
        self.is_list = "cursor" in operation.query
        self.reader: Route | None = None
        self.lock = _lock(operation, resources, self.kinds)

    def authenticate(
        self, connection: Connection, environ: Mapping[str, Any], now: datetime
    ) -> credentials.Caller | None:
        """Who is calling; None where that does not matter or nobody says.

        Raises:
            Problem: The key is not valid, or one is needed.
        """
        if self.is_open and not self.operation.access.identified:
            return None
        if environ.get(LOCAL):
            return credentials.local_caller(connection)
        key = credentials.presented(environ)
        if key is not None:
            return credentials.caller_of_key(connection, key, now)
        if self.admits_anonymous:
            return None
        raise check.refuse_anonymous()

    def check_scope(self, caller: credentials.Caller | None) -> None:
        """Refuse a key that is not meant for this, before anything else is looked at.

        Raises:
            Problem: The refusal.
        """
        if caller is not None:
            check.check_scope(self.operation.access.scope, caller)

    def references(self, path: Mapping[str, str]) -> dict[str, str]:
        """What the path names, by kind."""
        return {kind: path[name] for name, kind in self.kinds.items()}

    def run(self, context: Context, path: Mapping[str, str], query: dict[str, Any], body: object) -> Any:
        """Call the handler with what the spec promises it."""
        arguments: dict[str, Any] = {name: path[name] for name in path if name not in self.kinds}
        context.page.limit = query.pop("limit", DEFAULT_LIMIT)
        context.page.cursor = query.pop("cursor", None)
        if self.is_list:
            context.page.bind(self._signer(context, path, query))
        arguments.update(query)
        if self.operation.takes_file:
            return self.handler(context, body, **arguments)
        if self.body_model is None:
            return self.handler(context, **arguments)
        return self.handler(context, self.body_model.from_dict(self.validator.body(body)), **arguments)

    def _signer(self, context: Context, path: Mapping[str, str], query: Mapping[str, Any]) -> Callable[[bytes], bytes]:
        """What signs a place in this list, as this caller asks for it."""
        caller = context.maybe_caller
        asked = [self.operation.operation_id, caller and caller.id, sorted(path.items()), sorted(query.items())]
        question = json.dumps(asked, default=str).encode()

        def sign(key: bytes) -> bytes:
            # A question is JSON, in which no zero byte can be.
            return context.vault.mac(question + b"\0" + key, CURSOR)[:SIGNATURE_BYTES]

        return sign


@cache
def routes_of(spec: Spec, with_answers: bool) -> dict[str, Route]:
    """Every operation with its handler: the function of its name in the domain of its tag.

    Made once for a process: nothing in it belongs to one application.

    Args:
        with_answers: Whether answers are checked against the spec too.

    Raises:
        RuntimeError: Spec and handlers do not match.
    """
    resources = registry.resources()
    handlers = {tag: registry.handlers(tag) for tag in {o.tag for o in spec.operations.values()}}
    found: dict[str, Route] = {}
    wrong: list[str] = []
    for name, operation in spec.operations.items():
        handler = handlers[operation.tag].get(name)
        if handler is None:
            wrong.append(f"{name}: no module of domains/{operation.tag}/ has such a function")
            continue
        route = found[name] = Route(spec, operation, handler, resources, with_answers=with_answers)
        taken, said = _arguments(handler, operation), _expected(route)
        if taken != said:
            wrong.append(f"{name}: takes {sorted(taken)}, the spec says {sorted(said)}")
    for tag, functions in handlers.items():
        for name in functions:
            other = spec.operations.get(name)
            if other is not None and other.tag != tag:
                wrong.append(f"{name}: domains/{tag}/ has it, but its tag is {other.tag}")
    if wrong:
        raise RuntimeError("spec and handlers do not match:\n  " + "\n  ".join(wrong))
    readers = {route.operation.path: route for route in found.values() if route.operation.method == "get"}
    for route in found.values():
        if route.operation.method == "patch":
            route.reader = readers.get(route.operation.path)
    return found


def _arguments(handler: Callable[..., Any], operation: Operation) -> set[str]:
    positional = 2 if operation.body_schema is not None or operation.takes_file else 1
    return {parameter.name for parameter in list(inspect.signature(handler).parameters.values())[positional:]}


def _expected(route: Route) -> set[str]:
    plain = {name for name in route.operation.path_parameters if name not in route.kinds}
    return plain | {name for name in route.operation.query if name not in PAGING}


def _kinds(operation: Operation, resources: Mapping[str, Resource[Any]]) -> dict[str, str]:
    by_parameter = {resource.parameter: kind for kind, resource in resources.items()}
    return {name: by_parameter[name] for name in operation.path_parameters if name in by_parameter}


def _lock(operation: Operation, resources: Mapping[str, Resource[Any]], kinds: Mapping[str, str]) -> Lock | None:
    """What a write locks: what its `x-lock` says, or the nearest to its target that can be locked.

    Raises:
        RuntimeError: The request leads to nothing of the kind that `x-lock` says.
    """
    on, wanted = operation.access.on, operation.lock
    if not operation.is_write or wanted == "none" or (on is None and wanted is None):
        return None
    for start in (resources[kind] for kind in ([on] if on is not None else kinds.values())):
        for resource in (start, *start.ancestors()):
            if resource.lock is not None and wanted in (None, resource.lock_name):
                return Lock(resource.lock, resource, start)
    if wanted is None:
        return None
    raise RuntimeError(f"{operation.operation_id}: `x-lock: {wanted}`, but the request leads to none")


def _body_model(operation: Operation) -> Any:
    if operation.body_schema is None:
        return None
    return getattr(import_module("mlsteward_api.models"), operation.body_schema)
