"""The operations of the spec with their handlers."""

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
from mlsteward_server.http.observed import observe_caller
from mlsteward_server.http.validation import Validator
from mlsteward_server.paging import DEFAULT_LIMIT, SIGNATURE_BYTES
from mlsteward_server.spec import PAGING, Operation, Spec

ACCEPTED = 202
"""The status of an operation that starts a job."""
CURSOR = "cursor"
"""The purpose for which cursors are signed."""
LOCAL = "mlsteward.local"
"""Key in the WSGI environ that the in-process transport sets. No request from the network can set it."""


class Lock(NamedTuple):
    """The lock that a write takes.

    Attributes:
        take: Takes the lock. Other transactions that want the same lock wait.
        resource: The kind of object that is locked.
        start: The kind of object that the request names: the locked object, or one that belongs to it.
    """

    take: Callable[[Connection, str], object]
    resource: Resource[Any]
    start: Resource[Any]


class Route:
    """An operation with its handler.

    Attributes:
        kinds: The kind of object that each path parameter names, if it names one.
        reader: The route of `GET` on the same path, if it returns the object that this operation changes.
        shown_by: The route of `GET` that returns the object of the path, or else the nearest object above it.
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
        # A caller without an API key can only read public objects.
        self.admits_anonymous = self.is_open or operation.access.public
        self.kinds = _kinds(operation, resources)
        self.is_list = "cursor" in operation.query
        self.reader: Route | None = None
        self.shown_by: Route | None = None
        self.lock = _lock(operation, resources, self.kinds)

    def authenticate(
        self, connection: Connection, environ: Mapping[str, Any], now: datetime
    ) -> credentials.Caller | None:
        """Return the caller. None if the operation does not need one, or if the request has no API key.

        Raises:
            Problem: The API key is not valid, or the operation needs one.
        """
        caller = self._caller(connection, environ, now)
        observe_caller(environ, caller)
        return caller

    def _caller(self, connection: Connection, environ: Mapping[str, Any], now: datetime) -> credentials.Caller | None:
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
        """Refuse an API key whose scope does not allow the operation, before checking anything else.

        Raises:
            Problem: The scope of the key is too narrow.
        """
        if caller is not None:
            check.check_scope(self.operation.access.scope, caller)

    def references(self, path: Mapping[str, str]) -> dict[str, str]:
        """Return the references in the path, by kind of object."""
        return {kind: path[name] for name, kind in self.kinds.items()}

    def run(self, context: Context, path: Mapping[str, str], query: dict[str, Any], body: object) -> Any:
        """Call the handler with the arguments that the spec declares."""
        arguments: dict[str, Any] = {name: path[name] for name in path if name not in self.kinds}
        context.page.limit = query.pop("limit", DEFAULT_LIMIT)
        context.page.cursor = query.pop("cursor", None)
        context.page.is_counted = query.pop("total", False)
        if self.is_list:
            context.page.bind(self._signer(context, path, query))
        arguments.update(query)
        if self.operation.takes_file:
            return self.handler(context, body, **arguments)
        if self.body_model is None:
            return self.handler(context, **arguments)
        valid = self.validator.body(body)
        if self.operation.rows is not None:
            return self.handler(context, valid[self.operation.rows], **arguments)
        return self.handler(context, self.body_model.from_dict(valid), **arguments)

    def _signer(self, context: Context, path: Mapping[str, str], query: Mapping[str, Any]) -> Callable[[bytes], bytes]:
        """Return a function that signs the cursors of this list, for this caller and these filters."""
        caller = context.maybe_caller
        asked = [self.operation.operation_id, caller and caller.id, sorted(path.items()), sorted(query.items())]
        question = json.dumps(asked, default=str).encode()

        def sign(key: bytes) -> bytes:
            # The question is JSON, which cannot contain a zero byte.
            return context.vault.mac(question + b"\0" + key, CURSOR)[:SIGNATURE_BYTES]

        return sign


@cache
def routes_of(spec: Spec, with_answers: bool) -> dict[str, Route]:
    """Return every operation with its handler: the function with its name, in the domain of its tag.

    Computed once per process, because nothing in it depends on an application.

    Args:
        with_answers: Whether to check answers against the spec too.

    Raises:
        RuntimeError: The spec and the handlers do not match.
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
        if (operation.success_status == ACCEPTED) != (name in registry.job_kinds()):
            wrong.append(f"{name}: an operation answers 202 if, and only if, a domain declares its kind of job")
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
        route.shown_by = _reader_of_object(route.operation.path, readers)
        if route.operation.method == "patch":
            route.reader = readers.get(route.operation.path)
    return found


def _reader_of_object(path: str, readers: Mapping[str, Route]) -> Route | None:
    """Return the operation that reads the object of a path, or else the nearest object above it."""
    while path:
        reader = readers.get(path)
        if reader is not None and not reader.is_list and not reader.operation.gives_file:
            return reader
        path = path.rpartition("/")[0]
    return None


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
    """Return the lock of a write: the one in `x-lock`, or the lock of the target or its nearest parent that has one.

    Raises:
        RuntimeError: The request does not lead to an object of the kind in `x-lock`.
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
