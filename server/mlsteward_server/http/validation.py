"""Checking requests, and in tests answers, against the schemas of the spec."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from datetime import datetime
from typing import Any

import jsonschema_rs
import orjson

from mlsteward_server.problems import LONGEST_VALUE, Problem, quote
from mlsteward_server.spec import Operation, Parameter, Spec

INTEGER = re.compile(r"-?[0-9]{1,18}")
CORRECT_IT = "Correct it and send it again."
MOST_ERRORS = 10
"""How many wrong places one answer names."""
DEEPEST = 32
"""How deep a body may nest."""


class Validator:
    """Everything the router checks about one operation."""

    def __init__(self, spec: Spec, operation: Operation, *, with_answers: bool) -> None:
        self.operation = operation
        self._query = {name: _Text(spec, parameter) for name, parameter in operation.query.items()}
        self._path = {name: _Text(spec, parameter) for name, parameter in operation.path_parameters.items()}
        self._headers = {p.name: _Text(spec, p) for p in operation.parameters if p.place == "header"}
        self._body = None
        self._body_codes: dict[str, str] = {}
        self._body_rules: dict[str, str] = {}
        self._body_secrets: frozenset[str] = frozenset()
        self._body_moments: tuple[str, ...] = ()
        if operation.body_schema is not None:
            reference = {"$ref": f"#/components/schemas/{operation.body_schema}"}
            self._body = _validator(spec, reference)
            properties = {
                name: spec.resolve(schema) for name, schema in spec.resolve(reference).get("properties", {}).items()
            }
            self._body_rules = {name: p["description"] for name, p in properties.items() if "description" in p}
            self._body_codes = {name: p["x-problem"] for name, p in properties.items() if "x-problem" in p}
            self._body_secrets = frozenset(name for name, p in properties.items() if p.get("x-secret"))
            self._body_moments = tuple(name for name, p in properties.items() if p.get("format") == "date-time")
        self._answer = None
        if with_answers and operation.success_schema is not None:
            self._answer = _validator(spec, operation.success_schema)

    def path(self, values: Mapping[str, str]) -> None:
        """Check the parts of the path.

        Raises:
            Problem: One is too long or holds what no name can.
        """
        _raise([error for name, value in values.items() for error in self._path[name].errors("path", value)])

    def header(self, name: str, value: str) -> None:
        """Check a declared header."""
        _raise(self._headers[name].errors("header", value))

    def query(self, raw: Mapping[str, str | list[str]]) -> dict[str, Any]:
        """The declared query parameters, converted. Unknown ones are refused: a typo must not pass."""
        errors: list[tuple[str, str]] = []
        values: dict[str, Any] = {}
        for name, value in raw.items():
            text = self._query.get(name)
            if text is None:
                known = ", ".join(self._query) or "none"
                errors.append((f"/query/{_shown(name)}", f"is not a parameter here; known: {known}"))
            elif isinstance(value, list):
                errors.append((f"/query/{name}", "is given more than once"))
            else:
                found = text.errors("query", value)
                errors += found
                values[name] = text.convert(value) if found or not text.is_moment else moment(f"/query/{name}", value)
        for name, parameter in self.operation.query.items():
            if parameter.required and name not in raw:
                errors.append((f"/query/{name}", "is required"))
        _raise(errors)
        return values

    def body(self, body: Any) -> Any:
        """Check a request body, and return it with its moments as Python reads them.

        Raises:
            Problem: It does not fit the schema; with a code of its own where the field has one.
        """
        assert self._body is not None
        found: list[tuple[str, str]] = []
        code, hint = "invalid_request", CORRECT_IT
        for error in self._body.iter_errors(body):
            top = error.instance_path[0] if error.instance_path else None
            if not found and isinstance(top, str):
                # What the spec says of the field is what its author needs to hear.
                code, hint = self._body_codes.get(top, code), self._body_rules.get(top, hint)
            secret = isinstance(top, str) and top in self._body_secrets
            found.append((_pointer("/body", error.instance_path), _message(error, secret=secret)))
            if len(found) == MOST_ERRORS:
                break
        _raise(found, code, hint)
        # RFC 3339 also has small letters.
        moments = {name: body[name].upper() for name in self._body_moments if name in body}
        for name, text in moments.items():
            moment(f"/body/{name}", text)
        return {**body, **moments} if moments else body

    def answer(self, answer: object) -> None:
        """Check an answer. A wrong one is a bug of the server, so it is an AssertionError."""
        if self._answer is not None:
            for error in self._answer.iter_errors(answer):
                raise AssertionError(
                    f"{self.operation.operation_id} answers against the spec: "
                    f"{_pointer('', error.instance_path)}: {error.message[:500]}"
                )


class _Text:
    """A parameter, which arrives as text."""

    def __init__(self, spec: Spec, parameter: Parameter) -> None:
        self.name = parameter.name
        self.kind = parameter.schema.get("type", "string")
        self.is_moment = parameter.schema.get("format") == "date-time"
        self._validator = _validator(spec, parameter.schema)

    def convert(self, text: str) -> Any:
        if self.kind == "integer" and INTEGER.fullmatch(text):
            return int(text)
        if self.kind == "boolean" and text in ("true", "false"):
            return text == "true"
        return text

    def errors(self, place: str, text: str) -> list[tuple[str, str]]:
        if not is_clean(text):
            return [(f"/{place}/{self.name}", "holds characters that no value may hold")]
        return [
            (f"/{place}/{self.name}", _message(error, secret=self.name == "token"))
            for error in self._validator.iter_errors(self.convert(text))
        ]


def parse_body(raw: bytes) -> object:
    """The JSON of a request body.

    Raises:
        Problem: It is not JSON, or holds characters that cannot be stored.
    """
    try:
        body = orjson.loads(raw)
    except orjson.JSONDecodeError as error:
        raise Problem(
            "malformed_request",
            f"The body is not JSON: {error.msg} (line {error.lineno}, column {error.colno}).",
            "Send a JSON object in UTF-8.",
        ) from None
    # Seldom looked for: both cost a walk through the body.
    if raw.count(b"[") + raw.count(b"{") > DEEPEST and not _is_shallow(body):
        raise Problem("invalid_request", f"The body nests deeper than {DEEPEST} levels.", "Send a flatter body.")
    # NUL is the one character that JSON can spell and PostgreSQL cannot store.
    if b"\\u0000" in raw and not _has_no_nul(body):
        raise Problem("invalid_request", "The body holds the character NUL, which no value may hold.", "Leave it out.")
    _refuse_repeated_names(raw, body)
    return body


def _refuse_repeated_names(raw: bytes, body: object) -> None:
    """Refuse an object that has a field twice: which of the two counts is not for a parser to choose.

    Raises:
        Problem: One has.
    """
    # Each field has a colon. Only where there are more colons than fields, perhaps in texts, is it worth a look.
    if raw.count(b":") == _count_names(body):
        return

    def check(pairs: list[tuple[str, object]]) -> None:
        names = [name for name, _ in pairs]
        if len(set(names)) < len(names):
            twice = next(name for name in names if names.count(name) > 1)
            raise Problem(
                "invalid_request",
                f"The body has the field {quote(twice)} twice.",
                CORRECT_IT,
                errors=[(f"/body/{_shown(twice)}", "is given more than once")],
            )

    json.loads(raw, object_pairs_hook=check)


def _count_names(value: object) -> int:
    """How many fields all the objects in a value have together."""
    if isinstance(value, dict):
        return len(value) + sum(map(_count_names, value.values()))
    return sum(map(_count_names, value)) if isinstance(value, list) else 0


def moment(pointer: str, text: str) -> datetime:
    """A date and time in the form of RFC 3339.

    Raises:
        Problem: It has a leap second, which cannot be stored.
    """
    try:
        return datetime.fromisoformat(text.upper())
    except ValueError:
        hint = "Send a date and time like 2030-01-31T12:00:00Z."
        raise _invalid([(pointer, f"{quote(text)} is not a moment that can be stored")], hint=hint) from None


def is_clean(text: str) -> bool:
    """Whether a text from a path, query or header can be a value at all: no control characters, no broken UTF-8."""
    return text.isprintable() and "\ufffd" not in text


def _is_shallow(value: object, levels: int = DEEPEST) -> bool:
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return all(levels > 0 and _is_shallow(item, levels - 1) for item in inner)


def _has_no_nul(value: object) -> bool:
    if isinstance(value, str):
        return "\x00" not in value
    if isinstance(value, list):
        return all(_has_no_nul(item) for item in value)
    if isinstance(value, dict):
        return all("\x00" not in key and _has_no_nul(item) for key, item in value.items())
    return True


def _validator(spec: Spec, schema: Mapping[str, Any]) -> Any:
    # With all components each validator would take half a millisecond to make, and as much memory as the whole spec.
    return jsonschema_rs.Draft202012Validator({**schema, "components": spec.used_by(schema)}, validate_formats=True)


def _message(error: Any, *, secret: bool) -> str:
    """What is wrong, without repeating ten megabytes of it, or any of a secret."""
    if secret:
        return f"does not fit its rule ({error.kind.name})" if hasattr(error.kind, "name") else "does not fit its rule"
    rule = error.schema_path[-1] if error.schema_path else None
    if rule == "pattern":
        # The expression is for machines; the hint has the rule in words.
        return f"{quote(error.instance)} does not fit the rule"
    if rule in ("maxLength", "maxItems"):
        return f"is {len(error.instance)} long, and at most {error.kind.limit} are allowed"
    message: str = error.message
    if len(message) <= 2 * LONGEST_VALUE:
        return "".join(c if c.isprintable() else "\ufffd" for c in message)
    return f"{quote(message)}"


def _pointer(start: str, path: list[Any]) -> str:
    return start + "".join(f"/{_shown(str(part))}" for part in path)


def _shown(name: str) -> str:
    short = "".join(c if c.isprintable() else "\ufffd" for c in name[:LONGEST_VALUE])
    return short.replace("~", "~0").replace("/", "~1")


def _raise(errors: list[tuple[str, str]], code: str = "invalid_request", hint: str = CORRECT_IT) -> None:
    if errors:
        raise _invalid(errors, code, hint)


def _invalid(errors: list[tuple[str, str]], code: str = "invalid_request", hint: str = CORRECT_IT) -> Problem:
    pointer, message = errors[0]
    more = f" (and {len(errors) - 1} more)" if len(errors) > 1 else ""
    return Problem(code, f"{pointer}: {message}{more}", hint, errors=errors)
