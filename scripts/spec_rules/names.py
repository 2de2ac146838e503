"""Names that generated code can have: of schemas, their modules, properties and parameters."""

from __future__ import annotations

import re

from spec_walk import Spec, escape, mapping

from spec_rules.finding import Finding, Findings

SNAKE_CASE = re.compile(r"[a-z][a-z0-9]*(?:_[a-z0-9]+)*")
PASCAL_CASE = re.compile(r"(?:[A-Z][a-z0-9]+)+")
HEADER_CASE = re.compile(r"[A-Z][A-Za-z0-9]*(?:-[A-Z][A-Za-z0-9]*)*")

USED_BY_FUNCTIONS = frozenset({"body", "client", "cookies", "headers", "params", "request", "response", "sent"})
"""Arguments and variables of the generated functions."""
_ATTRIBUTES = frozenset({"additional_keys", "additional_properties", "from_dict", "to_dict"})
USED_BY_MODELS = _ATTRIBUTES | {"cls", "field_dict", "prop", "prop_name", "src_dict"}
"""Attributes and variables of the generated classes."""


def module_of(schema: str) -> str:
    """The name of the module that the generator writes a schema to.

    >>> module_of("ApiKeyCreated")
    'api_key_created'
    """
    return "_".join(part for part in re.split("([A-Z]?[a-z]+)", schema) if part).lower()


def schema_names(spec: Spec) -> Findings:
    """The generated class has the name of the schema, and a module of its own."""
    modules: dict[str, str] = {}
    for name in mapping(mapping(spec.document.get("components")).get("schemas")):
        pointer = f"/components/schemas/{escape(name)}"
        if not PASCAL_CASE.fullmatch(name):
            yield Finding(pointer, "the name of a schema is written like `ApiKey`")
        elif (other := modules.setdefault(module_of(name), name)) != name:
            yield Finding(pointer, f"its module would be {module_of(name)}.py, which is that of {other!r}")


def schema_titles(spec: Spec) -> Findings:
    """The generator names a class after its `title`, so two schemas could get the same class."""
    for place in spec.schemas:
        if "title" in place.node:
            yield Finding(f"{place.pointer}/title", "no title: the generator would name the class after it")


def property_names(spec: Spec) -> Findings:
    """A property becomes an attribute of the generated class."""
    for place in spec.schemas:
        for name in mapping(place.node.get("properties")):
            pointer = f"{place.pointer}/properties/{escape(name)}"
            if not SNAKE_CASE.fullmatch(name):
                yield Finding(pointer, f"{name!r} is not in snake_case")
            elif name in USED_BY_MODELS:
                yield Finding(pointer, f"generated classes use the name {name!r} themselves")


def parameter_names(spec: Spec) -> Findings:
    """A parameter becomes an argument of the generated function."""
    for operation in spec.operations:
        seen: set[str] = set()
        for parameter in operation.parameters:
            name, place = parameter.node.get("name"), parameter.node.get("in")
            if not isinstance(name, str):
                yield Finding(parameter.pointer, "a parameter needs a `name`")
                continue
            pattern, style = (HEADER_CASE, "like `If-Match`") if place == "header" else (SNAKE_CASE, "in snake_case")
            argument = name.replace("-", "_").lower()
            if not pattern.fullmatch(name):
                yield Finding(parameter.pointer, f"the name {name!r} is not written {style}")
            elif argument in USED_BY_FUNCTIONS:
                yield Finding(parameter.pointer, f"generated functions use the name {argument!r} themselves")
            elif argument in seen:
                yield Finding(parameter.pointer, f"{operation.name} has two parameters named {argument!r}")
            seen.add(argument)
