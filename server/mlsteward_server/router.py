"""From a request to an answer, by the spec.

For each operation, in this order: who is calling → was this very request answered before → what does
the path name, and may the caller do this → is the request valid → the handler → audit, idempotency,
commit. A handler that is missing, superfluous or takes other arguments fails the start of the server.
"""

from __future__ import annotations

import inspect
import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from importlib import import_module
from typing import Any
from urllib.parse import quote as percent_encode
from urllib.parse import urlencode

import falcon
import orjson
from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from mlsteward_server import access, audit, credentials, idempotency
from mlsteward_server.authorization import authorize
from mlsteward_server.context import Context
from mlsteward_server.key_use import KeyUses
from mlsteward_server.paging import DEFAULT_LIMIT, Page
from mlsteward_server.problems import Problem, quote
from mlsteward_server.settings import LOCAL_USERNAME, Settings
from mlsteward_server.spec import METHODS, REFERENCES, Operation, Spec
from mlsteward_server.storage.engine import Storage, is_lost_race, is_unavailable
from mlsteward_server.storage.ids import new_id
from mlsteward_server.validation import Validator, parse_body

LOCAL = "mlsteward.local"
"""Set in the WSGI environ, where no request from a network can reach, by the in-process transport."""

JSON = "application/json"
PROBLEM = "application/problem+json"
ATTEMPTS = 3
"""How often a write that lost a race is run: the second time it sees the winner and says so."""

logger = logging.getLogger("mlsteward.server")


@dataclass(frozen=True, slots=True)
class Answer:
    """What goes back."""

    status: int
    body: bytes | None
    link: str | None = None
    replayed: bool = False


class Route:
    """One operation, ready to run."""

    def __init__(self, spec: Spec, operation: Operation, handler: Callable[..., Any], *, with_answers: bool) -> None:
        self.operation = operation
        self.handler = handler
        self.validator = Validator(spec, operation, with_answers=with_answers)
        self.body_model: Any = _body_model(operation)
        self.is_open = operation.access.allow == "anyone"
        # A caller without a key gets further only where something is open to the public.
        self.admits_anonymous = self.is_open or operation.access.public

    def authenticate(
        self, connection: Connection, environ: Mapping[str, Any], now: datetime
    ) -> credentials.Caller | None:
        if self.is_open:
            return None
        if environ.get(LOCAL):
            return credentials.local_caller(connection, LOCAL_USERNAME)
        key = credentials.presented(environ)
        if key is not None:
            return credentials.caller_of_key(connection, key, now)
        if self.admits_anonymous:
            return None
        raise access.refuse_anonymous()

    def run(self, context: Context, path: Mapping[str, str], query: dict[str, Any], body: object) -> Any:
        """Call the handler with what the spec promises it."""
        arguments: dict[str, Any] = {name: path[name] for name in path if name not in REFERENCES}
        context.page.limit = query.pop("limit", DEFAULT_LIMIT)
        context.page.cursor = query.pop("cursor", None)
        arguments.update(query)
        if self.body_model is None:
            return self.handler(context, **arguments)
        return self.handler(context, self.body_model.from_dict(self.validator.body(body)), **arguments)


class Router:
    """All operations of the spec, as Falcon resources."""

    def __init__(self, spec: Spec, storage: Storage, settings: Settings) -> None:
        self.spec = spec
        self.storage = storage
        self.settings = settings
        self.key_uses = KeyUses(storage)
        self.routes = _routes(spec, settings.validate_responses)

    def attach(self, app: falcon.App[Any, Any]) -> None:
        """Put every path of the spec into an application."""
        by_path: dict[str, dict[str, Route]] = {}
        for route in self.routes.values():
            by_path.setdefault(route.operation.path, {})[route.operation.method] = route
        for path, methods in by_path.items():
            app.add_route(self.spec.base_path + path, _Resource(self, methods))

    def answer(self, route: Route, request: falcon.Request, path: dict[str, str]) -> Answer:
        """Carry out one request; run it again where it lost a race."""
        route.validator.path(path)
        body = self._read(request)
        if body and route.body_model is None:
            raise Problem(
                "invalid_request",
                "/body: nothing is taken here, so what it says would be lost",
                "Send no body.",
                errors=[("/body", "must be empty")],
            )
        key = request.get_header(idempotency.HEADER) if route.operation.is_write else None
        if key is not None:
            route.validator.header(idempotency.HEADER, key)
        for attempt in range(1, ATTEMPTS + 1):
            try:
                return self._transaction(route, request, path, body, key)
            except DBAPIError as error:
                if is_unavailable(error):
                    logger.warning("the database is not available: %s", error.orig)
                    raise _unavailable() from error
                if not is_lost_race(error):
                    raise
                if attempt == ATTEMPTS:
                    logger.exception("%s lost a race %d times", route.operation.operation_id, ATTEMPTS)
            except PoolTimeout as error:
                raise _unavailable() from error
        raise Problem("conflict", "Somebody else changed the same thing at the same time.", "Try again.")

    def _transaction(
        self, route: Route, request: falcon.Request, path: dict[str, str], raw: bytes, key: str | None
    ) -> Answer:
        operation = route.operation
        with self.storage.connect() as connection:
            if not operation.is_write:
                self.storage.begin(connection, write=False)
            now = datetime.now(UTC)
            # Before a write the caller is looked up without a lock, so that strangers cannot hold it.
            caller = route.authenticate(connection, request.env, now)
            with self.key_uses.of(connection, caller, now) as use:
                if caller is not None:
                    access.check_scope(operation.access, caller)
                if operation.is_write:
                    self.storage.begin(connection, write=True)
                    now = datetime.now(UTC)
                    if self.storage.is_sqlite and caller is not None and caller.key_id is not None:
                        # While this waited for the lock the key may have been deleted.
                        caller = route.authenticate(connection, request.env, now)
                context = Context(
                    connection,
                    self.settings,
                    self.storage.vault,
                    now,
                    request.context.id,
                    Page(),
                    caller,
                )
                promise = None
                if key is not None:
                    promise = idempotency.Promise.of(context, key, request, path, raw)
                    known = promise.replay(context)
                    if known is not None:
                        return Answer(known[0], known[1] or None, replayed=True)
                body = parse_body(raw) if route.body_model is not None else None
                authorize(operation, context, path, request.params, body)
                query = route.validator.query(request.params)
                result = route.run(context, path, query, body)
                encoded = self._encode(route, result)
                audit.record(operation, context, result)
                if promise is not None:
                    promise.keep(context, operation.success_status, encoded or b"")
                if operation.is_write:
                    use.note_within()
                    connection.commit()
                return Answer(operation.success_status, encoded, link=self._link(request, context))

    def _encode(self, route: Route, result: Any) -> bytes | None:
        if result is None:
            return None
        plain = [item.to_dict() for item in result] if isinstance(result, list) else result.to_dict()
        if self.settings.validate_responses:
            route.validator.answer(plain)
        return orjson.dumps(plain)

    def _link(self, request: falcon.Request, context: Context) -> str | None:
        if context.page.next_cursor is None:
            return None
        query = {**request.params, "cursor": context.page.next_cursor}
        return f'<{percent_encode(request.path)}?{urlencode(query)}>; rel="next"'

    def _read(self, request: falcon.Request) -> bytes:
        limit = self.settings.max_body_bytes
        too_large = Problem("request_too_large", f"The body is larger than {limit} bytes.", "Send less in one request.")
        declared = request.content_length
        if declared is not None:
            if declared > limit:
                raise too_large
            raw: bytes = request.bounded_stream.read(declared)
        elif "HTTP_TRANSFER_ENCODING" in request.env or request.env.get("wsgi.input_terminated"):
            # In chunks, so of no declared length: read to the end, but no further than the limit.
            raw = request.stream.read(limit + 1)
            if len(raw) > limit:
                raise too_large
        else:
            raw = b""
        if raw and (request.content_type or JSON).partition(";")[0].strip().lower() != JSON:
            raise Problem(
                "unsupported_media_type",
                f"The body is declared as {quote(request.content_type)}.",
                f"Send JSON, with 'Content-Type: {JSON}'.",
            )
        return raw


class _Resource:
    """The methods of one path, under the names Falcon looks for."""

    def __init__(self, router: Router, routes: Mapping[str, Route]) -> None:
        for method in METHODS:
            if method in routes:
                setattr(self, f"on_{method}", _responder(router, routes[method]))


def _responder(router: Router, route: Route) -> Callable[..., None]:
    def respond(request: falcon.Request, response: falcon.Response, **path: str) -> None:
        answer = router.answer(route, request, path)
        response.status = answer.status
        if answer.body is not None:
            response.data = answer.body
            response.content_type = JSON
        if answer.link is not None:
            response.set_header("Link", answer.link)
        if answer.replayed:
            response.set_header("Idempotent-Replayed", "true")

    return respond


class RequestId:
    """Middleware: every request has an id, which every answer shows."""

    def process_request(self, request: falcon.Request, response: falcon.Response) -> None:
        request.context.id = new_id()
        response.set_header("X-Request-Id", request.context.id)
        response.set_header("Cache-Control", "no-store")


def _unavailable() -> Problem:
    return Problem(
        "unavailable",
        "The database is busy or cannot be reached.",
        "Try again in a moment.",
        headers={"Retry-After": "1"},
    )


def _body_model(operation: Operation) -> Any:
    if operation.body_schema is None:
        return None
    return getattr(import_module("mlsteward_api.models"), operation.body_schema)


@cache
def _routes(spec: Spec, with_answers: bool) -> dict[str, Route]:
    """Every operation with its handler and its validators. Nothing in it belongs to one application."""
    return {
        name: Route(spec, operation, handler, with_answers=with_answers)
        for name, (operation, handler) in _handlers(spec).items()
    }


def _handlers(spec: Spec) -> dict[str, tuple[Operation, Callable[..., Any]]]:
    """The handler of each operation: the function of its name in the module of its tag.

    Raises:
        RuntimeError: Spec and handlers do not match.
    """
    found: dict[str, tuple[Operation, Callable[..., Any]]] = {}
    wrong: list[str] = []
    modules = {
        tag: import_module(f"mlsteward_server.domains.{tag}") for tag in {o.tag for o in spec.operations.values()}
    }
    for name, operation in spec.operations.items():
        handler = getattr(modules[operation.tag], name, None)
        if handler is None:
            wrong.append(f"{name}: domains/{operation.tag}.py has no such function")
            continue
        parameters = list(inspect.signature(handler).parameters.values())
        positional = 1 if operation.body_schema is None else 2
        taken = {p.name for p in parameters[positional:]}
        if taken != operation.handler_arguments:
            wrong.append(f"{name}: takes {sorted(taken)}, the spec says {sorted(operation.handler_arguments)}")
        found[name] = (operation, handler)
    for tag, module in modules.items():
        for name in getattr(module, "__all__", ()):
            if name not in spec.operations or spec.operations[name].tag != tag:
                wrong.append(f"{name}: domains/{tag}.py has it, the spec has not")
    if wrong:
        raise RuntimeError("spec and handlers do not match:\n  " + "\n  ".join(wrong))
    return found
