"""Check requests, and in tests answers, against the schemas of the spec."""

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
"""Maximum number of errors in one answer."""
DEEPEST = 32
"""Maximum nesting depth of a body."""


class Validator:
    """Checks the requests and answers of one operation."""

    def __init__(self, spec: Spec, operation: Operation, *, with_answers: bool) -> None:
        self.operation = operation
        self._query = {name: _Text(spec, parameter) for name, parameter in operation.query.items()}
        self._path = {name: _Text(spec, parameter) for name, parameter in operation.path_parameters.items()}
        self._headers = {p.name: _Text(spec, p) for p in operation.parameters if p.place == "header"}
        self._body = None
        self._row = None
        if operation.body_schema is not None:
            schema: Mapping[str, Any] = {"$ref": f"#/components/schemas/{operation.body_schema}"}
            if operation.rows is not None:
                # A row that is not valid is refused by itself.
                whole = spec.resolve(schema)
                rows = whole["properties"][operation.rows]
                self._row = _Checks(spec, rows["items"])
                schema = {**whole, "properties": {operation.rows: {**rows, "items": {"type": "object"}}}}
            self._body = _Checks(spec, schema)
        self._answer = None
        if with_answers and operation.success_schema is not None:
            self._answer = _validator(spec, operation.success_schema)

    def path(self, values: Mapping[str, str]) -> None:
        """Check the parameters in the path.

        Raises:
            Problem: A parameter is too long, or contains characters that no name can contain.
        """
        _raise([error for name, value in values.items() for error in self._path[name].errors("path", value)])

    def header(self, name: str, value: str) -> None:
        """Check a declared header.

        Raises:
            Problem: The header is not valid.
        """
        _raise(self._headers[name].errors("header", value))

    def query(self, raw: Mapping[str, str | list[str]]) -> dict[str, Any]:
        """Check and convert the query parameters.

        Raises:
            Problem: A parameter is not valid, missing or unknown. Ignoring an unknown one would hide a typo.
        """
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
        """Check a request body, and return it with its dates in the form that Python can parse.

        Raises:
            Problem: The body does not match the schema. The code is that of the field, if it has one.
        """
        assert self._body is not None
        return self._body.check(body, "/body")

    def row(self, row: Any) -> Any:
        """Check a row of a bulk operation, and return it like a body.

        Raises:
            Problem: The row does not match the schema.
        """
        assert self._row is not None
        return self._row.check(row, "/body")

    def answer(self, answer: object) -> None:
        """Check an answer.

        Raises:
            AssertionError: The answer does not match the spec, which is a bug of the server.
        """
        if self._answer is not None:
            for error in self._answer.iter_errors(answer):
                raise AssertionError(
                    f"the answer of {self.operation.operation_id} does not match the spec: "
                    f"{_pointer('', error.instance_path)}: {error.message[:500]}"
                )


class _Checks:
    """Checks an object against a schema, with the codes and the hints of its fields."""

    def __init__(self, spec: Spec, schema: Mapping[str, Any]) -> None:
        self._validator = _validator(spec, schema)
        properties = {name: spec.resolve(one) for name, one in spec.resolve(schema).get("properties", {}).items()}
        self._rules = {name: p["description"] for name, p in properties.items() if "description" in p}
        self._codes = {name: p["x-problem"] for name, p in properties.items() if "x-problem" in p}
        self._secrets = frozenset(name for name, p in properties.items() if p.get("x-secret"))
        self._moments = tuple(name for name, p in properties.items() if p.get("format") == "date-time")

    def check(self, body: Any, place: str) -> Any:
        found: list[tuple[str, str]] = []
        code, hint = "invalid_request", CORRECT_IT
        for error in self._validator.iter_errors(body):
            top = error.instance_path[0] if error.instance_path else None
            if not found and isinstance(top, str):
                # The description of the field in the spec is the hint.
                code, hint = self._codes.get(top, code), self._rules.get(top, hint)
            secret = isinstance(top, str) and top in self._secrets
            found.append((_pointer(place, error.instance_path), _message(error, secret=secret)))
            if len(found) == MOST_ERRORS:
                break
        _raise(found, code, hint)
        # RFC 3339 also allows lower-case letters.
        moments = {name: body[name].upper() for name in self._moments if name in body}
        for name, text in moments.items():
            moment(f"{place}/{name}", text)
        return {**body, **moments} if moments else body


class _Text:
    """Checks and converts a parameter, which arrives as text."""

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
            return [(f"/{place}/{self.name}", "contains control characters or invalid UTF-8")]
        return [
            (f"/{place}/{self.name}", _message(error, secret=self.name == "token"))
            for error in self._validator.iter_errors(self.convert(text))
        ]


def parse_body(raw: bytes) -> object:
    """Parse the JSON of a request body.

    Raises:
        Problem: The body is not JSON, nests too deeply, repeats a field, or contains characters that cannot be stored.
    """
    try:
        body = orjson.loads(raw)
    except orjson.JSONDecodeError as error:
        raise Problem(
            "malformed_request",
            f"The body is not JSON: {error.msg} (line {error.lineno}, column {error.colno}).",
            "Send a JSON object in UTF-8.",
        ) from None
    # Only look if it is possible: both checks walk through the whole body.
    if raw.count(b"[") + raw.count(b"{") > DEEPEST and not _is_shallow(body):
        raise Problem("invalid_request", f"The body has more than {DEEPEST} nested levels.", "Send a flatter body.")
    # NUL is the only character that JSON can express and PostgreSQL cannot store.
    if b"\\u0000" in raw and not _has_no_nul(body):
        raise Problem("invalid_request", "The body contains the character NUL, which is not allowed.", "Remove it.")
    _refuse_repeated_names(raw, body)
    return body


def _refuse_repeated_names(raw: bytes, body: object) -> None:
    """Refuse an object with a repeated field: it is unclear which of the values counts.

    Raises:
        Problem: An object has the same field twice.
    """
    # Each field has a colon. Only if there are more colons than fields, perhaps in texts, can a field be repeated.
    if raw.count(b":") == _count_names(body):
        return

    def check(pairs: list[tuple[str, object]]) -> None:
        names = [name for name, _ in pairs]
        if len(set(names)) < len(names):
            twice = next(name for name in names if names.count(name) > 1)
            raise Problem(
                "invalid_request",
                f"The body has the field {quote(twice)} more than once.",
                CORRECT_IT,
                errors=[(f"/body/{_shown(twice)}", "is given more than once")],
            )

    json.loads(raw, object_pairs_hook=check)


def _count_names(value: object) -> int:
    """Return the number of fields in all objects of a value."""
    if isinstance(value, dict):
        return len(value) + sum(map(_count_names, value.values()))
    return sum(map(_count_names, value)) if isinstance(value, list) else 0


def moment(pointer: str, text: str) -> datetime:
    """Parse a date and time in the format of RFC 3339.

    Raises:
        Problem: The time is a leap second, which cannot be stored.
    """
    try:
        return datetime.fromisoformat(text.upper())
    except ValueError:
        hint = "Use a date and time such as 2030-01-31T12:00:00Z."
        raise _invalid([(pointer, f"{quote(text)} is not a date and time that can be stored")], hint=hint) from None


def is_clean(text: str) -> bool:
    """Return whether a text from a path, query or header has no control characters and no invalid UTF-8."""
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
    # With all components, each validator would take half a millisecond to build, and as much memory as the whole spec.
    return jsonschema_rs.Draft202012Validator({**schema, "components": spec.used_by(schema)}, validate_formats=True)


def _message(error: Any, *, secret: bool) -> str:
    """Return what is wrong with a value. Shortens a long value and never shows a secret."""
    if secret:
        return f"is not valid ({error.kind.name})" if hasattr(error.kind, "name") else "is not valid"
    rule = error.schema_path[-1] if error.schema_path else None
    if rule == "pattern":
        # Few people can read the regular expression. The hint has the rule in words.
        return f"{quote(error.instance)} is not valid"
    if rule in ("maxLength", "maxItems"):
        return f"has a length of {len(error.instance)}; the maximum is {error.kind.limit}"
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
