"""What schemas must not do: mostly what the generator gets wrong without a warning."""

from __future__ import annotations

import re

from spec_walk import Spec, escape, mapping, sequence, walk

from spec_rules.finding import Finding, Findings

SCHEMA = re.compile(r"/components/schemas/[^/]+")


def no_defaults(spec: Spec) -> Findings:
    """The generated client sends defaults, so a PATCH would change fields that nobody mentioned."""
    for place in spec.request_schemas:
        if "default" in place.node:
            yield Finding(f"{place.pointer}/default", "no default in requests: the client would send it")


def no_discriminator(spec: Spec) -> Findings:
    """The generator ignores it and takes the first variant that parses."""
    for place in spec.schemas:
        if "discriminator" in place.node:
            yield Finding(f"{place.pointer}/discriminator", "the generator ignores discriminators")


def plain_styles(spec: Spec) -> Findings:
    """The generator sends both incorrectly, without a warning."""
    for pointer, node in walk(spec.document):
        if mapping(node).get("style") == "deepObject":
            yield Finding(f"{pointer}/style", "the generator cannot send `deepObject`")
        if mapping(node).get("explode") is False:
            yield Finding(f"{pointer}/explode", "the generator cannot send `explode: false`")


def references(spec: Spec) -> Findings:
    """The generator ignores the siblings of a reference, and whatever an external one points to."""
    for pointer, node in walk(spec.document):
        reference = mapping(node).get("$ref")
        if not isinstance(reference, str):
            continue
        if len(mapping(node)) > 1:
            yield Finding(pointer, "`$ref` cannot have siblings")
        if not reference.startswith("#/"):
            yield Finding(f"{pointer}/$ref", f"{reference!r} is external")


def named_objects(spec: Spec) -> Findings:
    """An inline object becomes a class with an invented name, which changes when something else changes."""
    for place in spec.schemas:
        if place.is_object() and not SCHEMA.fullmatch(place.pointer):
            yield Finding(place.pointer, "an object schema must be a component of its own")


def closed_requests(spec: Spec) -> Findings:
    """A misspelt property of a request is an error; an unknown one of an answer comes from a newer server."""
    for place in spec.body_schemas:
        if place.is_object() and place.node.get("additionalProperties") is not False:
            yield Finding(place.pointer, "an object in a request needs `additionalProperties: false`")
    for place in spec.response_schemas:
        if place.node.get("additionalProperties") is False:
            yield Finding(f"{place.pointer}/additionalProperties", "answers are open: newer servers add properties")


def no_null_answers(spec: Spec) -> Findings:
    """A field without a value is left out. Clients also take null, but only where they can do without the field."""
    optional = {
        f"{place.pointer}/properties/{escape(name)}"
        for place in spec.response_schemas
        for name in mapping(place.node.get("properties"))
        if name not in sequence(place.node.get("required"))
    }
    for place in spec.response_schemas:
        values = [*sequence(place.node.get("enum")), place.node.get("const", "")]
        if None in values or ("null" in place.types() and place.pointer not in optional):
            yield Finding(place.pointer, "no null in answers: leave the field out, or make it optional")


def text_enums(spec: Spec) -> Findings:
    """The generator drops an enum of mixed types and everything that uses it; only text enums are open."""
    for place in spec.schemas:
        values = place.node.get("enum")
        if values is None:
            continue
        if place.types() != ["string"] or not all(isinstance(value, str) for value in sequence(values)):
            yield Finding(f"{place.pointer}/enum", "an enum must be of type string, and so must all its values")


def bounded_requests(spec: Spec) -> Findings:
    """A request must not be able to send any amount of data."""
    for place in spec.request_schemas:
        if "string" in place.types() and not place.node.keys() & {"maxLength", "enum", "format", "const"}:
            yield Finding(place.pointer, "a string in a request needs `maxLength`")
        if "array" in place.types() and "maxItems" not in place.node:
            yield Finding(place.pointer, "an array in a request needs `maxItems`")
