"""What requests and answers carry."""

from __future__ import annotations

from spec_walk import Operation, Place, Spec, mapping

from spec_rules.finding import Finding, Findings, listed

JSON = "application/json"
PROBLEM_JSON = "application/problem+json"
BYTES = "application/octet-stream"
JOB = "#/components/schemas/Job"
EXPORTS = frozenset({"text/csv", "application/x-ndjson"})
"""What a list can be answered as besides JSON."""


def request_bodies(spec: Spec) -> Findings:
    """JSON, or raw bytes: the generator's multipart can be injected into."""
    for operation in spec.operations:
        body = spec.body(operation)
        content = mapping(body.node.get("content"))
        pointer = f"{body.pointer}/content"
        for media in content:
            if media not in (JSON, BYTES):
                yield Finding(pointer, f"{media!r} is not one of {listed({JSON, BYTES})}")
        if BYTES in content:
            if len(content) > 1:
                yield Finding(pointer, f"{BYTES!r} must be the only media type of a body")
            access = mapping(operation.node.get("x-access"))
            if access.get("from") == "body" or any("body" in mapping(when) for when in access.get("when", ())):
                yield Finding(
                    f"{operation.pointer}/x-access", "a file says nothing about access; use the path or the query"
                )


def answers(spec: Spec) -> Findings:
    """JSON or raw bytes; a list also as CSV or newline-delimited JSON. The generator drops other types silently."""
    known = {JSON, PROBLEM_JSON, BYTES}
    for operation in spec.operations:
        for _, response in spec.responses(operation):
            content = mapping(response.node.get("content"))
            pointer = f"{response.pointer}/content"
            for media in content:
                if media not in known | EXPORTS:
                    yield Finding(pointer, f"{media!r} is not one of {listed(known | EXPORTS)}")
                elif media in EXPORTS and not is_list(spec, response):
                    yield Finding(pointer, f"only a list can be answered as {media!r}, beside {JSON!r}")
            # The generator takes the first one.
            if content.keys() & EXPORTS and JSON in content and next(iter(content)) != JSON:
                yield Finding(pointer, f"{JSON!r} must come first")


def accepted(spec: Spec) -> Findings:
    """Whoever starts something that takes long is told where to wait for it: all in the same way."""
    for operation in spec.operations:
        for status, response in spec.responses(operation):
            if status != "202":
                continue
            for name in ("Location", "Retry-After"):
                if name not in mapping(response.node.get("headers")):
                    yield Finding(f"{response.pointer}/headers", f"a 202 needs the header {name!r}")
            schema = dict(spec.contents(response)).get(JSON)
            if schema is None or schema.node.get("$ref") != JOB:
                yield Finding(f"{response.pointer}/content", f"a 202 needs a body of the schema {JOB}")
            if operation.effect == "read":
                yield Finding(response.pointer, "a read cannot start a job")


def paging(spec: Spec) -> Findings:
    """A list has pages."""
    for operation in spec.operations:
        for response in _lists(spec, operation):
            for name in ("limit", "cursor"):
                if name not in operation.named("query"):
                    yield Finding(f"{operation.pointer}/parameters", f"a list needs the query parameter {name!r}")
            if "Link" not in mapping(response.node.get("headers")):
                yield Finding(f"{response.pointer}/headers", "a list needs the header 'Link'")


def _lists(spec: Spec, operation: Operation) -> list[Place]:
    successes = (response for status, response in spec.responses(operation) if status.startswith("2"))
    return [response for response in successes if is_list(spec, response)]


def is_list(spec: Spec, response: Place) -> bool:
    """Whether a response is a JSON array."""
    schemas = dict(spec.contents(response))
    return JSON in schemas and "array" in spec.resolve(schemas[JSON]).types()
