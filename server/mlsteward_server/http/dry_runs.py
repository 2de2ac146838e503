"""Dry runs: do everything that a write does, undo it, and return what it would have answered and changed.

The answer of a dry run has no secrets. It would not be a leak, because a key that was undone is never valid, but
somebody might use it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Self, cast

import falcon
import orjson

from mlsteward_server.authorize import authorize
from mlsteward_server.context import Context
from mlsteward_server.http.answers import Answer
from mlsteward_server.http.route import ACCEPTED, Route
from mlsteward_server.problems import Problem, quote
from mlsteward_server.spec import Spec

PARAMETER = "dry_run"
"""The name of `#/components/parameters/DryRun`."""
CREATED = 201
NEW_EACH_TIME = frozenset({"id", "preview"})
"""Fields that differ each time the same object is created. The start of an API key is one of them."""
HIDDEN = "(dry run)"
"""Stands for a secret."""


class Undo(Exception):
    """Ends the transaction of a dry run without a commit.

    Args:
        answer: The answer to the dry run.
    """

    def __init__(self, answer: Answer) -> None:
        self.answer = answer


class Undoing:
    """A block that an `Undo` ends.

    Attributes:
        answer: The answer of the `Undo`. None if there was none.
    """

    def __init__(self) -> None:
        self.answer: Answer | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: object) -> bool:
        if isinstance(error, Undo):
            self.answer = error.answer
            return True
        return False


def is_wanted(route: Route, request: falcon.Request) -> bool:
    """Return whether a request asks for a dry run, and remove the parameter from its query.

    Raises:
        Problem: The parameter is not valid, or the operation has no dry run.
    """
    operation = route.operation
    # A GET refuses the parameter, like any unknown one.
    if operation.method == "get" or PARAMETER not in request.params:
        return False
    value = cast("dict[str, Any]", request.params).pop(PARAMETER)
    if value not in ("true", "false"):
        raise Problem(
            "invalid_request",
            f"/query/{PARAMETER}: {quote(value)} is not a boolean",
            "Use true or false.",
            errors=[(f"/query/{PARAMETER}", "is not a boolean")],
        )
    if value == "true" and (operation.takes_file or operation.success_status == ACCEPTED):
        why = "stores a file" if operation.takes_file else "starts a job"
        raise Problem(
            "dry_run_not_possible",
            f"The operation {operation.operation_id} {why}, which cannot be undone. Nothing was changed.",
            "Repeat the request without a dry run.",
        )
    return bool(value == "true")


def of_a_read(route: Route, answer: object) -> Answer:
    """Return the answer to the dry run of an operation that changes nothing anyway."""
    return _answer(route, answer, [])


class DryRun:
    """One dry run: compares the object of the request before and after the handler.

    Args:
        route: The operation.
        path: The parameters in the path.
        body: The body of the request.
    """

    def __init__(self, spec: Spec, route: Route, path: Mapping[str, str], body: object) -> None:
        self._spec = spec
        self._route = route
        self._sent = body if isinstance(body, dict) else {}
        self._reader = None if route.operation.success_status == CREATED else route.shown_by
        self._path = {} if self._reader is None else _of(self._reader, path)
        self._before: Mapping[str, Any] | None = None

    def begin(self, context: Context) -> None:
        """Read the object before the handler runs."""
        self._before = self._read(context)

    def end(self, context: Context, result: Any) -> Answer:
        """Return the answer to the dry run.

        Args:
            result: What the handler returned.
        """
        operation = self._route.operation
        answer = None if result is None else result.to_dict()
        fields = list(self._fields(context, answer))
        # The event of the operation itself comes last, after its additional effects.
        changes = [_change(event) for event in reversed(context.events)]
        if changes:
            changes[0]["fields"] = fields
        return _answer(self._route, self._without_secrets(operation.success_schema or {}, answer), changes)

    def _fields(self, context: Context, answer: Any) -> Iterator[dict[str, Any]]:
        """Yield the fields that differ."""
        schema = self._route.operation.success_schema
        if self._reader is not None:
            if self._before is None:
                return
            before = self._before
            shown = self._reader.operation.success_schema
            # The answer is the object itself, perhaps under a new name.
            after = answer if answer is not None and schema == shown else self._read_again(context)
            schema = shown
        else:
            before, after = {}, answer
        if schema is None or not isinstance(after, dict):
            return
        old, new = dict(self._flat(schema, before)), dict(self._flat(schema, after))
        for name in dict.fromkeys((*old, *new)):
            if old.get(name) != new.get(name):
                change = {"name": name}
                change |= {word: side[name] for word, side in (("before", old), ("after", new)) if name in side}
                yield change

    def _read(self, context: Context) -> Mapping[str, Any] | None:
        """Return the object as the caller can read it. Empty if it does not exist, None if they cannot read it."""
        if self._reader is None:
            return None
        try:
            authorize(self._reader.operation, context, {}, None)
        except Problem:
            return None
        try:
            found: Mapping[str, Any] = self._reader.run(context, self._path, {}, None).to_dict()
            return found
        except Problem:
            return {}

    def _read_again(self, context: Context) -> Mapping[str, Any]:
        context.forget()
        return self._read(context) or {}

    def _flat(self, schema: Mapping[str, Any], value: Mapping[str, Any], above: str = "") -> Iterator[tuple[str, Any]]:
        """Yield the fields of an object and of the objects in it, without those that are new each time."""
        for name, item in self._spec.resolve(schema).get("properties", {}).items():
            found = self._spec.resolve(item)
            if name not in value or found.get("x-secret") or (name in NEW_EACH_TIME and not above):
                continue
            if found.get("format") == "date-time" and name not in self._sent:
                continue
            if isinstance(value[name], dict) and "properties" in found:
                yield from self._flat(found, value[name], f"{above}{name}.")
            else:
                yield above + name, value[name]

    def _without_secrets(self, schema: Mapping[str, Any], value: Any) -> Any:
        schema = self._spec.resolve(schema)
        if schema.get("x-secret"):
            return HIDDEN
        if isinstance(value, list):
            return [self._without_secrets(schema.get("items", {}), item) for item in value]
        if isinstance(value, dict):
            known = schema.get("properties", {})
            return {name: self._without_secrets(known.get(name, {}), item) for name, item in value.items()}
        return value


def _of(reader: Route, path: Mapping[str, str]) -> dict[str, str]:
    return {name: path[name] for name in reader.operation.path_parameters}


def _answer(route: Route, answer: object, changes: Sequence[Mapping[str, Any]]) -> Answer:
    found: dict[str, Any] = {"status": route.operation.success_status, "changes": changes}
    if answer is not None:
        found["answer"] = answer
    return Answer(200, orjson.dumps(found))


def _change(event: Mapping[str, Any]) -> dict[str, Any]:
    return {**{name: event[name] for name in ("action", "event", "object_type", "object_name")}, "fields": []}
