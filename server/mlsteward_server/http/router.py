"""Run requests as the spec declares.

For a read, the router authenticates the caller, finds the object, authorizes the request and runs the handler.

For a write, the router checks twice. First it authenticates and authorizes without a lock, so that callers without
access cannot hold one. Then it takes the lock, perhaps after waiting for other writes, and checks again, because things
may have changed meanwhile. Then it runs the handler, which does not check again, writes the audit log, and commits.
SQLite has one lock for everything, which is held for less than a millisecond, so there the first look only
authenticates: a fifth of the time of a write.

A dry run of a write does all that, and then undoes it instead of committing (`http/dry_runs.py`).

An operation that takes long only adds a job in its transaction. The answer is `202` with the job, and a runner of this
process is told (`process/runner.py`).

The server does not start if a handler is missing or takes other arguments than the spec declares.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime
from typing import Any
from urllib.parse import quote as percent_encode
from urllib.parse import urlencode

import falcon
import orjson
from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError

from mlsteward_server.accounts.credentials import Caller
from mlsteward_server.accounts.key_usage import KeyUses
from mlsteward_server.authorize import authorize
from mlsteward_server.context import Context
from mlsteward_server.domains import registry
from mlsteward_server.domains.workspaces.plan import check_storage
from mlsteward_server.domains.workspaces.resource import WORKSPACE
from mlsteward_server.files import Download, Upload
from mlsteward_server.http import bodies, dry_runs
from mlsteward_server.http.answers import LIST_TYPES, Answer, ListWriter, etag_of, file_answer, matches
from mlsteward_server.http.bodies import Body
from mlsteward_server.http.bulk import Singles
from mlsteward_server.http.failures import problem_of
from mlsteward_server.http.observed import OBSERVED
from mlsteward_server.http.route import ACCEPTED, Route, routes_of
from mlsteward_server.http.validation import parse_body
from mlsteward_server.jobs.kinds import Accepted
from mlsteward_server.paging import LARGEST_PAGE, Page
from mlsteward_server.problems import Problem
from mlsteward_server.settings import Settings
from mlsteward_server.spec import FILE, JSON, METHODS, PAGING, Spec
from mlsteward_server.storage.engine import Storage, is_lost_race
from mlsteward_server.storage.owned import FileGone, discard, hold
from mlsteward_server.trail import audit, idempotency

ATTEMPTS = 3
"""How often to run a write that loses a race. The second run sees what the other write did, and reports it."""

UPLOAD_ATTEMPTS = 20
"""How often to store a file that others delete before it has a row. Each time somebody else got on."""

RETRY_AFTER = "1"
"""How long to wait before asking how a job goes, in seconds."""

logger = logging.getLogger("mlsteward.server")


class LostRace(Exception):
    """The locked object is no longer the one that the request is about."""


class Router:
    """Serves all operations of the spec as Falcon resources."""

    def __init__(
        self, spec: Spec, storage: Storage, settings: Settings, on_accepted: Callable[[], None] | None = None
    ) -> None:
        self.spec = spec
        self._on_accepted = on_accepted
        self.storage = storage
        self.settings = settings
        self.key_uses = KeyUses(storage)
        self.resources = registry.resources()
        self.routes = routes_of(spec, settings.validate_responses)

    def attach(self, app: falcon.App[Any, Any]) -> None:
        """Add every path of the spec to an application."""
        by_path: dict[str, dict[str, Route]] = {}
        for route in self.routes.values():
            by_path.setdefault(route.operation.path, {})[route.operation.method] = route
        for path, methods in by_path.items():
            app.add_route(self.spec.base_path + path, _Resource(self, methods))

    def answer(self, route: Route, request: falcon.Request, path: dict[str, str]) -> Answer:
        """Answer one request."""
        route.validator.path(path)
        is_dry = dry_runs.is_wanted(route, request)
        key = request.get_header(idempotency.HEADER) if route.operation.is_write else None
        if key is not None:
            route.validator.header(idempotency.HEADER, key)
        admission: bodies.Admission | None = request.env.get(bodies.ADMISSION)
        if admission is not None:
            self._admit(route, request, path, admission)
            return Answer(bodies.ADMITTED, None)
        if route.operation.takes_file:
            return self._upload(route, request, path, key)
        body = bodies.read_json(request, self.settings.max_body_bytes)
        if route.body_model is None:
            bodies.refuse_body(body.raw)
        # Nothing is kept of a dry run, so it has no answer to repeat.
        return self._carry_out(route, request, path, body, None if is_dry else key, is_dry=is_dry)

    def _carry_out(
        self,
        route: Route,
        request: falcon.Request,
        path: Mapping[str, str],
        body: Body,
        key: str | None,
        *,
        is_dry: bool = False,
    ) -> Answer:
        """Run the operation. Run it again if it lost a race."""
        media_type = _wanted(route, request)
        for attempt in range(1, ATTEMPTS + 1):
            try:
                if is_dry:
                    return self._try_out(route, request, path, body)
                if route.operation.is_write:
                    return self._write(route, request, path, body, key)
                if media_type != JSON:
                    return self._export(route, request, path, media_type)
                return self._read(route, request, path, body)
            except DBAPIError as error:
                if not is_lost_race(error):
                    raise
                if attempt == ATTEMPTS:
                    logger.exception("%s lost a race %d times", route.operation.operation_id, ATTEMPTS)
            except LostRace:
                pass
        raise _conflict()

    # ---- bodies

    def _admit(
        self, route: Route, request: falcon.Request, path: Mapping[str, str], admission: bodies.Admission
    ) -> None:
        """Refuse a body before reading it, if it is too large or if the caller is not allowed to send it."""
        operation = route.operation
        admission.is_file = operation.takes_file
        admission.limit = self.settings.max_upload_bytes if operation.takes_file else self.settings.max_body_bytes
        if route.body_model is None and not operation.takes_file:
            bodies.refuse_body(b"?")
        bodies.check_head(request, admission.limit, media_type=FILE if operation.takes_file else JSON)
        with self.storage.connect() as connection:
            self.storage.begin(connection, write=False)
            now = datetime.now(UTC)
            caller = route.authenticate(connection, request.env, now)
            route.check_scope(caller)
            if operation.takes_file:
                # The path and the query say what a file is for, so everything can be checked now.
                context = self._context(connection, route, request, path, caller, now)
                authorize(operation, context, request.params, None)
                route.validator.query(request.params)
                if self.storage.blobs is None:
                    raise Problem(
                        "storage_failed",
                        "This server has no file storage.",
                        "Ask the administrator of the server to start it with 'mlsteward serve --files'.",
                    )
                left = check_storage(context, context[WORKSPACE].row, request.content_length or 0)
                if left is not None:
                    admission.limit = min(admission.limit, left)

    def _upload(self, route: Route, request: falcon.Request, path: Mapping[str, str], key: str | None) -> Answer:
        """Receive and store a file outside any transaction, then run the operation."""
        admission = bodies.Admission()
        if bodies.RECEIVED not in request.env:
            # What the gateway has received was admitted before.
            self._admit(route, request, path, admission)
        blobs = self.storage.blobs
        assert blobs is not None
        with bodies.receive(request, blobs, admission.limit) as staging:
            upload = Upload(staging.finish(), staging.size)
            for _ in range(UPLOAD_ATTEMPTS):
                blobs.keep(staging)
                try:
                    return self._carry_out(route, request, path, Body(upload.digest.encode(), upload), key)
                except FileGone:
                    continue
                except Exception:
                    discard(self.storage, upload.digest)
                    raise
        raise _conflict()

    # ---- reading

    def _read(self, route: Route, request: falcon.Request, path: Mapping[str, str], body: Body) -> Answer:
        result, context = self._run_read(route, request, path, body.raw, request.params)
        if isinstance(result, Download):
            assert self.storage.blobs is not None
            return file_answer(result, self.storage.blobs.read(result.digest))
        encoded = self._encode(route, result)
        headers = _link(request, context)
        if route.operation.has_etag and encoded is not None:
            headers["ETag"] = etag_of(encoded)
        return Answer(route.operation.success_status, encoded, headers=headers)

    def _export(self, route: Route, request: falcon.Request, path: Mapping[str, str], media_type: str) -> Answer:
        """Stream a whole list, page by page.

        Each page has its own transaction, which authorizes the caller again. A slow reader keeps no transaction open,
        and a caller who loses access gets only the problem, as the last line.
        """
        for name in PAGING:
            if name in request.params:
                raise Problem(
                    "invalid_request",
                    f"/query/{name}: {media_type} returns the whole list, without pages",
                    f"Leave {name} out, or request {JSON}.",
                    errors=[(f"/query/{name}", f"cannot be used with {media_type}")],
                )
        writer = ListWriter(self.spec, route.operation, media_type)
        query = {**request.params, "limit": str(LARGEST_PAGE)}
        # Read the first page now, so that a refusal sets the status.
        rows, context = self._run_read(route, request, path, b"", query)

        def parts() -> Iterator[bytes]:
            page, cursor = rows, context.page.next_cursor
            yield writer.top() + writer.page(self._plain(route, page))
            try:
                while cursor is not None:
                    page, following = self._run_read(route, request, path, b"", {**query, "cursor": cursor})
                    cursor = following.page.next_cursor
                    yield writer.page(self._plain(route, page))
            except Exception as error:
                problem = problem_of(error, request.context.id)
                yield writer.problem(problem.body(self.spec.catalogue, request.context.id))

        return Answer(route.operation.success_status, parts(), media_type)

    def _run_read(
        self,
        route: Route,
        request: falcon.Request,
        path: Mapping[str, str],
        raw: bytes,
        params: Mapping[str, Any],
    ) -> tuple[Any, Context]:
        """Run the handler of a read in one snapshot, and return its result."""
        with self.storage.connect() as connection:
            self.storage.begin(connection, write=False)
            now = datetime.now(UTC)
            caller = route.authenticate(connection, request.env, now)
            with self.key_uses.of(connection, caller, now):
                route.check_scope(caller)
                context = self._context(connection, route, request, path, caller, now)
                body = parse_body(raw) if route.body_model is not None else None
                authorize(route.operation, context, params, body)
                return route.run(context, path, route.validator.query(params), body), context

    # ---- writing

    def _try_out(self, route: Route, request: falcon.Request, path: Mapping[str, str], body: Body) -> Answer:
        """Answer a dry run."""
        if not route.operation.is_write:
            result, _ = self._run_read(route, request, path, body.raw, request.params)
            return dry_runs.of_a_read(route, self._plain(route, result))
        return self._write(route, request, path, body, None, is_dry=True)

    def _write(
        self,
        route: Route,
        request: falcon.Request,
        path: Mapping[str, str],
        sent: Body,
        key: str | None,
        *,
        is_dry: bool = False,
    ) -> Answer:
        operation = route.operation
        with self.storage.connect() as connection:
            now = datetime.now(UTC)
            caller = route.authenticate(connection, request.env, now)
            with self.key_uses.of(connection, caller, now) as use:
                route.check_scope(caller)
                context = self._context(connection, route, request, path, caller, now)
                promise = None if key is None else idempotency.Promise.of(context, key, request, sent.raw)
                body: object = sent.upload
                locked: str | None = None
                try:
                    body = parse_body(sent.raw) if route.body_model is not None else sent.upload
                    if not self.storage.is_sqlite:
                        authorize(operation, context, request.params, body)
                        locked = _id_to_lock(route, context)
                except Problem:
                    # A repeated request gets its first answer, even if the object has changed or was deleted since.
                    known = promise.replay(context) if promise is not None else None
                    if known is None:
                        raise
                    return self._replayed(*known)
                with dry_runs.Undoing() as undoing, self.storage.change(connection) as writing:
                    context.connection = writing
                    if promise is not None:
                        promise.lock(context)
                    if sent.upload is not None and self.storage.blobs is not None:
                        hold(writing, self.storage.blobs, sent.upload.digest)
                    if locked is not None and route.lock is not None:
                        route.lock.take(writing, locked)
                    context.now = datetime.now(UTC)
                    context.maybe_caller = route.authenticate(writing, request.env, context.now)
                    if promise is not None and (known := promise.replay(context)) is not None:
                        return self._replayed(*known)
                    context.forget()
                    authorize(operation, context, request.params, body)
                    if not self.storage.is_sqlite and _id_to_lock(route, context) != locked:
                        raise LostRace
                    self._check_unchanged(route, context, request, path)
                    context.singles = Singles(self.routes, route, context, request.env)
                    trial = dry_runs.DryRun(self.spec, route, path, body) if is_dry else None
                    if trial is not None:
                        trial.begin(context)
                    result = route.run(context, path, route.validator.query(request.params), body)
                    is_accepted = isinstance(result, Accepted)
                    result = result.job if is_accepted else result
                    encoded = self._encode(route, result)
                    audit.record(operation, context, result)
                    if trial is not None:
                        raise dry_runs.Undo(trial.end(context, result))
                    if promise is not None:
                        promise.keep(context, operation.success_status, encoded or b"")
                    use.note_within(writing)
                if undoing.answer is not None:
                    return undoing.answer
        for digest in context.unneeded:
            discard(self.storage, digest)
        if is_accepted and self._on_accepted is not None:
            self._on_accepted()
        status = operation.success_status
        headers = {"ETag": etag_of(encoded)} if operation.has_etag and encoded is not None else {}
        return Answer(status, encoded, headers=headers | self._where(status, encoded))

    def _replayed(self, status: int, body: bytes) -> Answer:
        return Answer(status, body or None, headers={"Idempotent-Replayed": "true"} | self._where(status, body))

    def _where(self, status: int, body: bytes | None) -> dict[str, str]:
        """Return the headers that say where to wait for a job."""
        if status != ACCEPTED or body is None:
            return {}
        location = f"{self.spec.base_path}/jobs/{orjson.loads(body)['id']}"
        return {"Location": location, "Retry-After": RETRY_AFTER}

    def _check_unchanged(
        self, route: Route, context: Context, request: falcon.Request, path: Mapping[str, str]
    ) -> None:
        """Refuse to change an object that no longer has the version in `If-Match`."""
        expected = request.get_header("If-Match")
        if expected is None or route.reader is None or not route.operation.has_etag:
            return
        current = self._encode(route.reader, route.reader.run(context, path, {}, None))
        if not matches(expected, etag_of(current or b"")):
            raise Problem(
                "precondition_failed",
                "Someone else changed the object after you read it.",
                "Read the object again, then repeat your change with the new version.",
            )

    # ---- both

    def _context(
        self,
        connection: Connection,
        route: Route,
        request: falcon.Request,
        path: Mapping[str, str],
        caller: Caller | None,
        now: datetime,
    ) -> Context:
        return Context(
            connection,
            self.settings,
            self.storage.vault,
            now,
            request.context.id,
            Page(),
            self.resources,
            route.references(path),
            caller,
        )

    def _encode(self, route: Route, result: Any) -> bytes | None:
        return None if result is None else orjson.dumps(self._plain(route, result))

    def _plain(self, route: Route, result: Any) -> Any:
        plain = [item.to_dict() for item in result] if isinstance(result, list) else result.to_dict()
        if self.settings.validate_responses:
            route.validator.answer(plain)
        return plain


class _Resource:
    """The methods of one path, under the names that Falcon expects."""

    def __init__(self, router: Router, routes: Mapping[str, Route]) -> None:
        for method in METHODS:
            if method in routes:
                setattr(self, f"on_{method}", _responder(router, routes[method]))
        if "get" in routes:
            # Falcon leaves the body out of the answer.
            self.on_head = _responder(router, routes["get"])


def _responder(router: Router, route: Route) -> Callable[..., None]:
    def respond(request: falcon.Request, response: falcon.Response, **path: str) -> None:
        observed = request.env.get(OBSERVED)
        if observed is not None:
            observed.operation = route.operation.operation_id
        answer = router.answer(route, request, path)
        response.status = answer.status
        if isinstance(answer.body, bytes):
            response.data = answer.body
            response.content_type = answer.media_type
        elif answer.body is not None:
            response.stream = answer.body
            response.content_type = answer.media_type
        if route.operation.list_types:
            response.append_header("Vary", "Accept")
        for name, value in answer.headers.items():
            response.set_header(name, value)

    return respond


def _wanted(route: Route, request: falcon.Request) -> str:
    """Return the media type that the request asks for."""
    offered = [media_type for media_type in LIST_TYPES if media_type in route.operation.list_types]
    return request.client_prefers(offered) or JSON if offered else JSON


def _id_to_lock(route: Route, context: Context) -> str | None:
    """Return the id of the object that a write locks. None if it locks nothing."""
    lock = route.lock
    if lock is None or lock.start.kind not in context.references:
        return None
    return next((found for resource, found in context.ids(lock.start) if resource is lock.resource), None)


def _conflict() -> Problem:
    return Problem("conflict", "Someone else changed the same object at the same time.", "Try again.")


def _link(request: falcon.Request, context: Context) -> dict[str, str]:
    headers = {} if context.page.total is None else {"X-Total-Count": str(context.page.total)}
    if context.page.next_cursor is None:
        return headers
    query = {**request.params, "cursor": context.page.next_cursor}
    return headers | {"Link": f'<{percent_encode(request.path)}?{urlencode(query)}>; rel="next"'}
