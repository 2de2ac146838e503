"""Edits of the real spec, each breaking or safe by the way it is made, to hold `spec_diff` against.

Nothing of `spec_diff` is used here: what an edit breaks is known from what it does, and where. A mutation copies only
the way to what it changes, so that hundreds of documents cost no more than a few.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from spec_walk import Operation, Place, Spec, escape, lookup

Document = dict[str, Any]
NEW = {"type": "string", "maxLength": 10}


@dataclass(frozen=True)
class Mutation:
    """A document with one edit."""

    name: str
    breaking: bool
    document: Document


def put(document: Document, pointer: str, value: Any) -> Document:
    """The document with another value at a place; the original stays as it is."""
    return _changed(
        document, [_step(step) for step in pointer.split("/")[1:]], lambda holder, last: _set(holder, last, value)
    )


def cut(document: Document, pointer: str) -> Document:
    """The document without what is at a place."""
    return _changed(document, [_step(step) for step in pointer.split("/")[1:]], _delete)


def _step(step: str) -> str:
    return step.replace("~1", "/").replace("~0", "~")


def _changed(node: Any, steps: list[str], change: Callable[[Any, Any], None]) -> Any:
    copied = node.copy()
    first: Any = int(steps[0]) if isinstance(node, list) else steps[0]
    if len(steps) == 1:
        change(copied, first)
    else:
        inside = copied[first] if isinstance(copied, list) or first in copied else {}
        copied[first] = _changed(inside, steps[1:], change)
    return copied


def _set(holder: Any, last: Any, value: Any) -> None:
    if isinstance(holder, list) and last == len(holder):
        holder.append(value)
    else:
        holder[last] = value


def _delete(holder: Any, last: Any) -> None:
    del holder[last]


class World:
    """The document with what mutations look for in it."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.spec = Spec(document)

    @cached_property
    def operations(self) -> tuple[Operation, ...]:
        return self.spec.operations

    @cached_property
    def requests(self) -> list[Place]:
        """Schemas that only requests use."""
        answers = {place.pointer for place in self.spec.response_schemas}
        return [place for place in self.spec.request_schemas if place.pointer not in answers]

    @cached_property
    def bodies(self) -> list[Place]:
        """Schemas that only request bodies use."""
        found = {place.pointer for place in self.spec.body_schemas}
        return [place for place in self.requests if place.pointer in found]

    @cached_property
    def answers(self) -> list[Place]:
        """Schemas that only answers use."""
        requests = {place.pointer for place in self.spec.request_schemas}
        return [place for place in self.spec.response_schemas if place.pointer not in requests]

    @cached_property
    def shared(self) -> list[Place]:
        """Schemas that requests and answers use."""
        answers = {place.pointer for place in self.spec.response_schemas}
        return [place for place in self.spec.request_schemas if place.pointer in answers]

    @cached_property
    def used(self) -> list[Place]:
        return [*self.requests, *self.answers, *self.shared]

    def success(self, operation: Operation) -> tuple[str, Document]:
        """The status and the answer of success."""
        return next((s, dict(n)) for s, n in operation.node["responses"].items() if s.startswith("2"))

    def written(self, operation: Operation) -> list[tuple[str, Document]]:
        """The pointers and nodes of the parameters that stand in an operation."""
        at = f"{operation.pointer}/parameters"
        return [
            (f"{at}/{i}", dict(self.spec.resolve(Place("", p)).node))
            for i, p in enumerate(operation.node.get("parameters", ()))
        ]


Edit = Callable[[World, random.Random], Document]
EDITS: dict[bool, list[Edit]] = {True: [], False: []}
"""The edits that break something, and those that do not."""


def breaking(edit: Edit) -> Edit:
    EDITS[True].append(edit)
    return edit


def safe(edit: Edit) -> Edit:
    EDITS[False].append(edit)
    return edit


def mutations(document: Document, seed: int, number: int = 200) -> Iterator[Mutation]:
    """So many mutations of a document: three of five break something, and every edit comes before any comes twice."""
    choose, world = random.Random(seed), World(document)
    waiting: dict[bool, list[Edit]] = {True: [], False: []}
    for index in range(number):
        breaks = index % 5 < 3
        if not waiting[breaks]:
            waiting[breaks] = choose.sample(EDITS[breaks], len(EDITS[breaks]))
        edit = waiting[breaks].pop()
        yield Mutation(edit.__name__, breaks, edit(world, choose))


def one(choose: random.Random, places: Any) -> Any:
    """One of some places; an IndexError says that the spec has none for this edit any more."""
    return choose.choice(list(places))


# ---- operations


@breaking
def operation_removed(world: World, choose: random.Random) -> Document:
    return cut(world.document, one(choose, world.operations).pointer)


@breaking
def path_removed(world: World, choose: random.Random) -> Document:
    return cut(world.document, f"/paths/{escape(one(choose, world.document['paths']))}")


@breaking
def path_changed(world: World, choose: random.Random) -> Document:
    return _with_path(world, one(choose, world.document["paths"]), lambda path: f"/v2{path}")


@breaking
def path_parameter_renamed(world: World, choose: random.Random) -> Document:
    path = one(choose, [path for path in world.document["paths"] if "{" in path])
    old = path.partition("{")[2].partition("}")[0]
    changed = _with_path(world, path, lambda path: path.replace(f"{{{old}}}", "{renamed}"))
    item = changed["paths"][path.replace(f"{{{old}}}", "{renamed}")]
    parameters = [dict(world.spec.resolve(Place("", parameter)).node) for parameter in item["parameters"]]
    item["parameters"] = [{**p, "name": "renamed"} if p["name"] == old else p for p in parameters]
    return changed


def _with_path(world: World, path: str, change: Callable[[str], str]) -> Document:
    paths = {(change(each) if each == path else each): dict(item) for each, item in world.document["paths"].items()}
    return {**world.document, "paths": paths}


@breaking
def method_changed(world: World, choose: random.Random) -> Document:
    operation = one(choose, [o for o in world.operations if "trace" not in world.document["paths"][o.path]])
    path = f"/paths/{escape(operation.path)}"
    return cut(put(world.document, f"{path}/trace", operation.node), operation.pointer)


@breaking
def operation_renamed(world: World, choose: random.Random) -> Document:
    operation = one(choose, world.operations)
    return put(world.document, f"{operation.pointer}/operationId", f"{operation.name}_now")


@breaking
def tag_changed(world: World, choose: random.Random) -> Document:
    operation = one(choose, world.operations)
    other = one(choose, [tag["name"] for tag in world.document["tags"] if [tag["name"]] != operation.node["tags"]])
    return put(world.document, f"{operation.pointer}/tags", [other])


@safe
def operation_added(world: World, choose: random.Random) -> Document:
    operation = {**one(choose, world.operations).node, "operationId": "something_new"}
    return put(world.document, "/paths/~1something-new", {"get": operation})


@safe
def operation_deprecated(world: World, choose: random.Random) -> Document:
    return put(world.document, f"{one(choose, world.operations).pointer}/deprecated", True)


@safe
def summary_changed(world: World, choose: random.Random) -> Document:
    return put(world.document, f"{one(choose, world.operations).pointer}/summary", "Something else")


@safe
def description_changed(world: World, choose: random.Random) -> Document:
    return put(world.document, f"{one(choose, world.used).pointer}/description", "Something else.")


@safe
def lock_changed(world: World, choose: random.Random) -> Document:
    operation = one(choose, [o for o in world.operations if o.effect == "write"])
    return put(world.document, f"{operation.pointer}/x-lock", "account")


# ---- parameters


@breaking
def parameter_removed(world: World, choose: random.Random) -> Document:
    return cut(world.document, _written(world, choose)[0])


@breaking
def parameter_renamed(world: World, choose: random.Random) -> Document:
    pointer, node = _written(world, choose)
    return put(world.document, pointer, {**node, "name": f"{node['name']}-now"})


@breaking
def shared_parameter_renamed(world: World, choose: random.Random) -> Document:
    names = [n for n, node in world.document["components"]["parameters"].items() if node["in"] != "path"]
    return put(world.document, f"/components/parameters/{one(choose, names)}/name", "renamed")


@breaking
def parameter_moved(world: World, choose: random.Random) -> Document:
    pointer, node = _written(world, choose)
    return put(world.document, pointer, {**node, "in": "header" if node["in"] == "query" else "query"})


@breaking
def parameter_required(world: World, choose: random.Random) -> Document:
    pointer, node = _written(world, choose)
    return put(world.document, pointer, {**node, "required": True})


@breaking
def shared_parameter_required(world: World, choose: random.Random) -> Document:
    names = [n for n, node in world.document["components"]["parameters"].items() if not node.get("required")]
    return put(world.document, f"/components/parameters/{one(choose, names)}/required", True)


def _written(world: World, choose: random.Random) -> tuple[str, Document]:
    """A parameter that an operation has beside those of its path."""
    found: tuple[str, Document] = one(
        choose, [p for o in world.operations for p in world.written(o) if not p[1].get("required")]
    )
    return found


@breaking
def required_parameter_added(world: World, choose: random.Random) -> Document:
    return _with_parameter(world, choose, {"name": "extra", "in": "query", "required": True, "schema": NEW})


@safe
def optional_parameter_added(world: World, choose: random.Random) -> Document:
    name, place = one(choose, [("extra", "query"), ("Extra", "header")])
    return _with_parameter(world, choose, {"name": name, "in": place, "schema": NEW})


def _with_parameter(world: World, choose: random.Random, parameter: Document) -> Document:
    operation = one(choose, world.operations)
    parameters = [*operation.node.get("parameters", ()), parameter]
    return put(world.document, f"{operation.pointer}/parameters", parameters)


@safe
def parameters_reordered(world: World, choose: random.Random) -> Document:
    operation = one(choose, [o for o in world.operations if len(o.node.get("parameters", ())) > 1])
    return put(world.document, f"{operation.pointer}/parameters", operation.node["parameters"][::-1])


@safe
def parameter_written_out(world: World, choose: random.Random) -> Document:
    return put(world.document, *_written(world, choose))


@safe
def parameter_deprecated(world: World, choose: random.Random) -> Document:
    pointer, node = _written(world, choose)
    return put(world.document, pointer, {**node, "deprecated": True})


@breaking
def paging_removed(world: World, choose: random.Random) -> Document:
    lists = [(p, n) for o in world.operations for p, n in world.written(o) if n["name"] in ("limit", "cursor", "total")]
    return cut(world.document, one(choose, lists)[0])


@breaking
def parameter_not_exploded(world: World, choose: random.Random) -> Document:
    pointer, node = one(choose, [p for o in world.operations for p in world.written(o) if p[1]["in"] == "query"])
    return put(world.document, pointer, {**node, "explode": False})


# ---- request bodies


def _bodies(world: World) -> list[Operation]:
    return [operation for operation in world.operations if "requestBody" in operation.node]


@breaking
def body_removed(world: World, choose: random.Random) -> Document:
    return cut(world.document, f"{one(choose, _bodies(world)).pointer}/requestBody")


@breaking
def body_added(world: World, choose: random.Random) -> Document:
    operation = one(choose, [o for o in world.operations if "requestBody" not in o.node])
    body = {"required": True, "content": {"application/json": {"schema": NEW}}}
    return put(world.document, f"{operation.pointer}/requestBody", body)


@safe
def optional_body_added(world: World, choose: random.Random) -> Document:
    operation = one(choose, [o for o in world.operations if "requestBody" not in o.node])
    return put(world.document, f"{operation.pointer}/requestBody", {"content": {"application/json": {"schema": NEW}}})


@safe
def body_optional(world: World, choose: random.Random) -> Document:
    operations = [o for o in _bodies(world) if o.node["requestBody"].get("required")]
    return put(world.document, f"{one(choose, operations).pointer}/requestBody/required", False)


@breaking
def body_in_another_type(world: World, choose: random.Random) -> Document:
    operation = one(choose, _bodies(world))
    (node,) = operation.node["requestBody"]["content"].values()
    return put(world.document, f"{operation.pointer}/requestBody/content", {"application/xml": node})


@safe
def body_in_one_more_type(world: World, choose: random.Random) -> Document:
    operation = one(choose, _bodies(world))
    return put(world.document, f"{operation.pointer}/requestBody/content/text~1csv", {"schema": NEW})


# ---- schemas of requests


def _objects(places: list[Place]) -> list[Place]:
    return [place for place in places if place.node.get("properties")]


def _property(
    world: World, choose: random.Random, places: list[Place], required: bool | None = None
) -> tuple[Place, str]:
    found: tuple[Place, str] = one(
        choose,
        [
            (place, name)
            for place in _objects(places)
            for name in place.node["properties"]
            if required is None or (name in place.node.get("required", ())) is required
        ],
    )
    return found


@breaking
def property_of_request_removed(world: World, choose: random.Random) -> Document:
    place, name = _property(world, choose, world.requests)
    document = put(
        world.document, f"{place.pointer}/required", [n for n in place.node.get("required", ()) if n != name]
    )
    return cut(document, f"{place.pointer}/properties/{name}")


@breaking
def property_of_request_renamed(world: World, choose: random.Random) -> Document:
    return _renamed(world, choose, world.requests)


def _renamed(world: World, choose: random.Random, places: list[Place]) -> Document:
    place, name = _property(world, choose, places)
    properties = {(f"{key}_now" if key == name else key): value for key, value in place.node["properties"].items()}
    required = [f"{key}_now" if key == name else key for key in place.node.get("required", ())]
    return put(put(world.document, f"{place.pointer}/properties", properties), f"{place.pointer}/required", required)


@breaking
def required_property_of_request_added(world: World, choose: random.Random) -> Document:
    place = one(choose, _objects(world.requests))
    document = put(world.document, f"{place.pointer}/properties/extra", NEW)
    return put(document, f"{place.pointer}/required", [*place.node.get("required", ()), "extra"])


@safe
def optional_property_of_request_added(world: World, choose: random.Random) -> Document:
    return put(world.document, f"{one(choose, _objects(world.requests)).pointer}/properties/extra", NEW)


@breaking
def property_of_request_required(world: World, choose: random.Random) -> Document:
    place, name = _property(world, choose, world.requests, required=False)
    return put(world.document, f"{place.pointer}/required", [*place.node.get("required", ()), name])


@safe
def property_of_request_optional(world: World, choose: random.Random) -> Document:
    place, name = _property(world, choose, world.requests, required=True)
    return put(world.document, f"{place.pointer}/required", [n for n in place.node["required"] if n != name])


@safe
def request_opened(world: World, choose: random.Random) -> Document:
    place = one(choose, [p for p in world.requests if p.node.get("additionalProperties") is False])
    return cut(world.document, f"{place.pointer}/additionalProperties")


@breaking
def secret_shown(world: World, choose: random.Random) -> Document:
    places = [(p, n) for p in _objects(world.used) for n, v in p.node["properties"].items() if v.get("x-secret")]
    place, name = one(choose, places)
    return cut(world.document, f"{place.pointer}/properties/{name}/x-secret")


@safe
def secret_hidden(world: World, choose: random.Random) -> Document:
    places = [
        (p, n)
        for p in _objects(world.used)
        for n, v in p.node["properties"].items()
        if v.keys().isdisjoint({"x-secret", "$ref"})
    ]
    place, name = one(choose, places)
    return put(world.document, f"{place.pointer}/properties/{name}/x-secret", True)


@breaking
def problem_of_value_changed(world: World, choose: random.Random) -> Document:
    place = one(choose, [p for p in world.requests if "x-problem" in p.node])
    return put(world.document, f"{place.pointer}/x-problem", "malformed_request")


def _bounded(places: list[Place], *keys: str) -> list[tuple[Place, str]]:
    return [(place, key) for place in places for key in keys if key in place.node]


_UPPER = ("maximum", "maxLength", "maxItems")
_LOWER = ("minimum", "minLength", "minItems", "minProperties")


@breaking
def upper_bound_of_request_lowered(world: World, choose: random.Random) -> Document:
    place, key = one(choose, _bounded([*world.requests, *world.shared], *_UPPER))
    return put(world.document, f"{place.pointer}/{key}", place.node[key] - 1)


@safe
def upper_bound_of_request_raised(world: World, choose: random.Random) -> Document:
    place, key = one(choose, _bounded(world.requests, *_UPPER))
    return put(world.document, f"{place.pointer}/{key}", place.node[key] + choose.randint(1, 99))


@breaking
def lower_bound_of_request_raised(world: World, choose: random.Random) -> Document:
    place, key = one(choose, _bounded([*world.requests, *world.shared], *_LOWER))
    return put(world.document, f"{place.pointer}/{key}", place.node[key] + 1)


@safe
def lower_bound_of_request_dropped(world: World, choose: random.Random) -> Document:
    place, key = one(choose, _bounded(world.requests, *_LOWER))
    return cut(world.document, f"{place.pointer}/{key}")


@safe
def upper_bound_of_request_dropped(world: World, choose: random.Random) -> Document:
    place, key = one(choose, _bounded(world.requests, *_UPPER))
    return cut(world.document, f"{place.pointer}/{key}")


def _of_type(places: list[Place], name: str, without: str = "") -> list[Place]:
    return [place for place in places if place.types() == [name] and without not in place.node]


@breaking
def bound_of_request_added(world: World, choose: random.Random) -> Document:
    kind, key = one(choose, [("integer", "multipleOf"), ("integer", "exclusiveMaximum"), ("array", "uniqueItems")])
    place = one(choose, _of_type(world.requests, kind, key))
    return put(world.document, f"{place.pointer}/{key}", True if key == "uniqueItems" else 7)


@breaking
def pattern_of_request_added(world: World, choose: random.Random) -> Document:
    place = one(choose, _of_type(world.requests, "string", "pattern"))
    return put(world.document, f"{place.pointer}/pattern", "^[a-f]+$")


@breaking
def pattern_of_request_changed(world: World, choose: random.Random) -> Document:
    place = one(choose, [p for p in world.requests if "pattern" in p.node])
    return put(world.document, f"{place.pointer}/pattern", "^[a-f]+$")


@safe
def pattern_of_request_dropped(world: World, choose: random.Random) -> Document:
    place = one(choose, [p for p in world.requests if "pattern" in p.node])
    return cut(world.document, f"{place.pointer}/pattern")


@breaking
def type_of_request_changed(world: World, choose: random.Random) -> Document:
    place = one(choose, [p for p in world.requests if p.types() in (["string"], ["integer"], ["boolean"])])
    return put(world.document, f"{place.pointer}/type", "boolean" if place.types() != ["boolean"] else "integer")


@safe
def type_of_request_widened(world: World, choose: random.Random) -> Document:
    place = one(choose, _of_type(world.requests, "integer"))
    return put(world.document, f"{place.pointer}/type", "number")


@breaking
def null_of_request_refused(world: World, choose: random.Random) -> Document:
    place = one(choose, [p for p in world.requests if "null" in p.types()])
    return put(world.document, f"{place.pointer}/type", next(name for name in place.types() if name != "null"))


@safe
def null_of_request_accepted(world: World, choose: random.Random) -> Document:
    place = one(choose, [p for p in _of_type(world.bodies, "string") if "enum" not in p.node])
    return put(world.document, f"{place.pointer}/type", ["string", "null"])


@breaking
def word_of_request_removed(world: World, choose: random.Random) -> Document:
    place = one(choose, [p for p in [*world.requests, *world.shared] if len(p.node.get("enum", ())) > 1])
    gone = choose.randrange(len(place.node["enum"]))
    return cut(world.document, f"{place.pointer}/enum/{gone}")


@breaking
def word_renamed(world: World, choose: random.Random) -> Document:
    place = one(choose, [p for p in world.used if "enum" in p.node])
    return put(world.document, f"{place.pointer}/enum/0", "renamed")


@safe
def word_added(world: World, choose: random.Random) -> Document:
    place = one(choose, [p for p in world.used if "enum" in p.node])
    return put(world.document, f"{place.pointer}/enum", [*place.node["enum"], "added"])


@safe
def words_reordered(world: World, choose: random.Random) -> Document:
    place = one(choose, [p for p in world.used if len(p.node.get("enum", ())) > 1])
    return put(world.document, f"{place.pointer}/enum", place.node["enum"][::-1])


@breaking
def words_of_request_listed(world: World, choose: random.Random) -> Document:
    place = one(choose, _of_type(world.requests, "string", "enum"))
    return put(world.document, f"{place.pointer}/enum", ["a", "b"])


@breaking
def default_added(world: World, choose: random.Random) -> Document:
    place = one(choose, _of_type(world.requests, "boolean"))
    return put(world.document, f"{place.pointer}/default", True)


@breaking
def format_of_request_added(world: World, choose: random.Random) -> Document:
    place = one(choose, [p for p in _of_type(world.requests, "string", "format") if "enum" not in p.node])
    return put(world.document, f"{place.pointer}/format", one(choose, ["uuid", "date", "email"]))


@breaking
def items_of_shared_array_changed(world: World, choose: random.Random) -> Document:
    place = one(choose, _of_type(world.used, "array"))
    return put(world.document, f"{place.pointer}/items", {"type": "boolean"})


# ---- schemas of answers


@breaking
def property_of_answer_removed(world: World, choose: random.Random) -> Document:
    place, name = _property(world, choose, world.answers)
    document = put(
        world.document, f"{place.pointer}/required", [n for n in place.node.get("required", ()) if n != name]
    )
    return cut(document, f"{place.pointer}/properties/{name}")


@breaking
def property_of_answer_renamed(world: World, choose: random.Random) -> Document:
    return _renamed(world, choose, world.answers)


@breaking
def property_of_answer_optional(world: World, choose: random.Random) -> Document:
    place, name = _property(world, choose, world.answers, required=True)
    return put(world.document, f"{place.pointer}/required", [n for n in place.node["required"] if n != name])


@safe
def property_of_answer_required(world: World, choose: random.Random) -> Document:
    place, name = _property(world, choose, world.answers, required=False)
    return put(world.document, f"{place.pointer}/required", [*place.node.get("required", ()), name])


@safe
def required_reordered(world: World, choose: random.Random) -> Document:
    place = one(choose, [p for p in world.used if len(p.node.get("required", ())) > 1])
    return put(world.document, f"{place.pointer}/required", place.node["required"][::-1])


@safe
def property_of_answer_added(world: World, choose: random.Random) -> Document:
    place = one(choose, _objects(world.answers))
    document = put(world.document, f"{place.pointer}/properties/extra", NEW)
    needed = [*place.node.get("required", ()), *one(choose, [["extra"], []])]
    return put(document, f"{place.pointer}/required", needed)


@breaking
def type_of_answer_changed(world: World, choose: random.Random) -> Document:
    place = one(choose, [p for p in world.answers if p.types() in (["string"], ["integer"], ["boolean"])])
    return put(world.document, f"{place.pointer}/type", "boolean" if place.types() != ["boolean"] else "integer")


@breaking
def null_in_answer(world: World, choose: random.Random) -> Document:
    place = one(choose, [p for p in world.answers if p.types() in (["string"], ["integer"])])
    return put(world.document, f"{place.pointer}/type", [*place.types(), "null"])


@breaking
def number_in_answer(world: World, choose: random.Random) -> Document:
    return put(world.document, f"{one(choose, _of_type(world.answers, 'integer')).pointer}/type", "number")


@breaking
def time_in_answer_became_text(world: World, choose: random.Random) -> Document:
    return cut(world.document, f"{one(choose, [p for p in world.answers if 'format' in p.node]).pointer}/format")


@breaking
def text_in_answer_became_time(world: World, choose: random.Random) -> Document:
    place = one(choose, [p for p in _of_type(world.answers, "string", "format") if "enum" not in p.node])
    return put(world.document, f"{place.pointer}/format", one(choose, ["date-time", "uuid"]))


@safe
def bound_of_answer_added(world: World, choose: random.Random) -> Document:
    kind, key = one(choose, [("string", "maxLength"), ("array", "maxItems"), ("integer", "maximum")])
    return put(world.document, f"{one(choose, _of_type(world.answers, kind, key)).pointer}/{key}", 1000)


@breaking
def word_of_answer_removed(world: World, choose: random.Random) -> Document:
    place = one(choose, [p for p in world.answers if len(p.node.get("enum", ())) > 1])
    return cut(world.document, f"{place.pointer}/enum/0")


@breaking
def choice_in_answer(world: World, choose: random.Random) -> Document:
    place = one(choose, _objects(world.answers))
    variants = {"oneOf": [dict(place.node), {"type": "object", "properties": {"other": NEW}}]}
    return put(world.document, place.pointer, variants)


@breaking
def answer_swapped_for_a_smaller_one(world: World, choose: random.Random) -> Document:
    operation = one(choose, [o for o in world.operations if _json_reference(world, o)])
    status, _ = world.success(operation)
    schema = lookup(world.document, _json_reference(world, operation))
    name = one(choose, schema["properties"])
    smaller = {**schema, "properties": {k: v for k, v in schema["properties"].items() if k != name}}
    smaller["required"] = [each for each in schema.get("required", ()) if each != name]
    document = put(world.document, "/components/schemas/Smaller", smaller)
    at = f"{operation.pointer}/responses/{status}/content/application~1json/schema"
    return put(document, at, {"$ref": "#/components/schemas/Smaller"})


def _json_reference(world: World, operation: Operation) -> str:
    _, answer = world.success(operation)
    return str(answer.get("content", {}).get("application/json", {}).get("schema", {}).get("$ref", ""))


# ---- answers


@breaking
def status_of_success_changed(world: World, choose: random.Random) -> Document:
    operation = one(choose, world.operations)
    status, answer = world.success(operation)
    document = cut(world.document, f"{operation.pointer}/responses/{status}")
    return put(document, f"{operation.pointer}/responses/{'202' if status != '202' else '200'}", answer)


@breaking
def another_success(world: World, choose: random.Random) -> Document:
    return put(world.document, f"{one(choose, world.operations).pointer}/responses/203", {"description": "Other."})


@breaking
def redirect_added(world: World, choose: random.Random) -> Document:
    return put(world.document, f"{one(choose, world.operations).pointer}/responses/302", {"description": "Elsewhere."})


@safe
def problem_described(world: World, choose: random.Random) -> Document:
    pointer = f"{one(choose, world.operations).pointer}/responses/{one(choose, ['404', '409', '4XX'])}"
    return put(world.document, pointer, {"$ref": "#/components/responses/Problem"})


@breaking
def header_of_answer_removed(world: World, choose: random.Random) -> Document:
    operation = one(choose, [o for o in world.operations if world.success(o)[1].get("headers")])
    status, answer = world.success(operation)
    return cut(world.document, f"{operation.pointer}/responses/{status}/headers/{one(choose, answer['headers'])}")


@safe
def header_of_answer_added(world: World, choose: random.Random) -> Document:
    operation = one(choose, world.operations)
    status, _ = world.success(operation)
    return put(
        world.document, f"{operation.pointer}/responses/{status}/headers/X-Extra", {"schema": {"type": "string"}}
    )


@breaking
def type_of_header_changed(world: World, choose: random.Random) -> Document:
    name = one(choose, world.document["components"]["headers"])
    return put(world.document, f"/components/headers/{name}/schema/type", "boolean")


def _with_content(world: World) -> list[Operation]:
    return [o for o in world.operations if world.success(o)[1].get("content")]


@breaking
def content_of_answer_removed(world: World, choose: random.Random) -> Document:
    operation = one(choose, _with_content(world))
    return cut(world.document, f"{operation.pointer}/responses/{world.success(operation)[0]}/content")


@breaking
def media_type_of_answer_removed(world: World, choose: random.Random) -> Document:
    operation = one(choose, _with_content(world))
    status, answer = world.success(operation)
    media = one(choose, answer["content"])
    return cut(world.document, f"{operation.pointer}/responses/{status}/content/{escape(media)}")


@safe
def media_type_of_answer_added(world: World, choose: random.Random) -> Document:
    operation = one(choose, _with_content(world))
    at = f"{operation.pointer}/responses/{world.success(operation)[0]}/content/text~1plain"
    return put(world.document, at, {"schema": {"type": "string"}})


@breaking
def list_wrapped(world: World, choose: random.Random) -> Document:
    operation = one(choose, [o for o in world.operations if "cursor" in o.named("query")])
    status, answer = world.success(operation)
    page = {"type": "object", "properties": {"items": answer["content"]["application/json"]["schema"]}}
    document = put(world.document, "/components/schemas/Page", page)
    at = f"{operation.pointer}/responses/{status}/content/application~1json/schema"
    return put(document, at, {"$ref": "#/components/schemas/Page"})


@breaking
def problems_changed(world: World, choose: random.Random) -> Document:
    return cut(world.document, f"/components/schemas/Problem/properties/{one(choose, ['code', 'hint', 'request_id'])}")


# ---- access

_LADDERS = {
    "workspace": ["guest", "collaborator", "member", "admin"],
    "project": ["viewer", "contributor", "owner", "admin"],
    "experiment": ["viewer", "contributor", "owner", "admin"],
    "dataset": ["view", "tag", "edit", "manage", "admin"],
}


def _on_ladder(world: World, *, at_end: int) -> list[tuple[Operation, list[str]]]:
    """Operations whose role is on a ladder, but not at its first (0) or last (-1) rung."""
    found = [(o, _LADDERS.get(o.node["x-access"].get("on"), [])) for o in world.operations]
    return [
        (o, roles)
        for o, roles in found
        if o.node["x-access"]["allow"] in roles and o.node["x-access"]["allow"] != roles[at_end]
    ]


@breaking
def role_raised(world: World, choose: random.Random) -> Document:
    operation, ladder = one(choose, _on_ladder(world, at_end=-1))
    higher = ladder[ladder.index(operation.node["x-access"]["allow"]) + 1 :]
    return put(world.document, f"{operation.pointer}/x-access/allow", one(choose, [*higher, "operator"]))


@safe
def role_lowered(world: World, choose: random.Random) -> Document:
    operation, ladder = one(choose, _on_ladder(world, at_end=0))
    lower = ladder[: ladder.index(operation.node["x-access"]["allow"])]
    return put(world.document, f"{operation.pointer}/x-access/allow", one(choose, lower))


@breaking
def sign_in_asked_for(world: World, choose: random.Random) -> Document:
    operation = one(choose, [o for o in world.operations if o.node["x-access"]["allow"] == "anyone"])
    return put(world.document, f"{operation.pointer}/x-access/allow", "authenticated")


@breaking
def access_on_something_else(world: World, choose: random.Random) -> Document:
    operation = one(choose, [o for o in world.operations if o.node["x-access"].get("on") in ("project", "dataset")])
    access = {**operation.node["x-access"], "allow": "guest", "on": "workspace"}
    return put(world.document, f"{operation.pointer}/x-access", access)


@breaking
def scope_raised(world: World, choose: random.Random) -> Document:
    reads = [o for o in world.operations if o.effect == "read" and "scope" not in o.node["x-access"]]
    return put(world.document, f"{one(choose, reads).pointer}/x-access/scope", one(choose, ["write", "admin"]))


@safe
def scope_lowered(world: World, choose: random.Random) -> Document:
    writes = [o for o in world.operations if o.effect == "write" and o.node["x-access"].get("scope") != "read"]
    return put(world.document, f"{one(choose, writes).pointer}/x-access/scope", "read")


@breaking
def service_accounts_refused(world: World, choose: random.Random) -> Document:
    operations = [o for o in world.operations if "service_accounts" not in o.node["x-access"]]
    return put(world.document, f"{one(choose, operations).pointer}/x-access/service_accounts", False)


@safe
def service_accounts_admitted(world: World, choose: random.Random) -> Document:
    operations = [o for o in world.operations if "service_accounts" in o.node["x-access"]]
    return cut(world.document, f"{one(choose, operations).pointer}/x-access/service_accounts")


@breaking
def public_ended(world: World, choose: random.Random) -> Document:
    operations = [o for o in world.operations if "public" in o.node["x-access"]]
    return cut(world.document, f"{one(choose, operations).pointer}/x-access/public")


@breaking
def self_refused(world: World, choose: random.Random) -> Document:
    operations = [o for o in world.operations if "or_self" in o.node["x-access"]]
    return cut(world.document, f"{one(choose, operations).pointer}/x-access/or_self")


@safe
def self_admitted(world: World, choose: random.Random) -> Document:
    found = [o for o in world.operations if "user" in o.named("path") and "or_self" not in o.node["x-access"]]
    return put(world.document, f"{one(choose, found).pointer}/x-access/or_self", "user")


@breaking
def condition_added(world: World, choose: random.Random) -> Document:
    operation = one(choose, [o for o in world.operations if o.named("query") and "when" not in o.node["x-access"]])
    condition = {"query": one(choose, operation.named("query")), "equals": "x", "allow": "operator"}
    return put(world.document, f"{operation.pointer}/x-access/when", [condition])


@safe
def condition_dropped(world: World, choose: random.Random) -> Document:
    operation = one(choose, [o for o in world.operations if "when" in o.node["x-access"]])
    return cut(world.document, f"{operation.pointer}/x-access/when")


@breaking
def exception_of_condition_dropped(world: World, choose: random.Random) -> Document:
    found = [o for o in world.operations if any("unless" in w for w in o.node["x-access"].get("when", ()))]
    return cut(world.document, f"{one(choose, found).pointer}/x-access/when/0/unless")


# ---- effects, audit log, problem codes


@breaking
def key_ignored(world: World, choose: random.Random) -> Document:
    operation = one(choose, [o for o in world.operations if o.node["x-idempotent"] == "key"])
    return put(world.document, f"{operation.pointer}/x-idempotent", "safe")


@breaking
def read_became_write(world: World, choose: random.Random) -> Document:
    operation = one(choose, [o for o in world.operations if o.effect == "read"])
    return put(world.document, f"{operation.pointer}/x-effect", "write")


@breaking
def audit_changed(world: World, choose: random.Random) -> Document:
    operation = one(choose, [o for o in world.operations if "x-audit" in o.node])
    return put(world.document, f"{operation.pointer}/x-audit/{one(choose, ['action', 'object', 'id'])}", "other")


@breaking
def audit_dropped(world: World, choose: random.Random) -> Document:
    return cut(world.document, f"{one(choose, [o for o in world.operations if 'x-audit' in o.node]).pointer}/x-audit")


@safe
def audit_reworded(world: World, choose: random.Random) -> Document:
    operation = one(choose, [o for o in world.operations if "x-audit" in o.node])
    return put(world.document, f"{operation.pointer}/x-audit/event", "Something happened")


@breaking
def problem_of_operation_dropped(world: World, choose: random.Random) -> Document:
    operation = one(choose, [o for o in world.operations if o.node["x-problems"]])
    return cut(world.document, f"{operation.pointer}/x-problems/{choose.randrange(len(operation.node['x-problems']))}")


@safe
def problem_of_operation_added(world: World, choose: random.Random) -> Document:
    operation = one(choose, world.operations)
    code = one(choose, [each for each in world.document["x-problem-codes"] if each not in operation.node["x-problems"]])
    return put(world.document, f"{operation.pointer}/x-problems", [*operation.node["x-problems"], code])


@breaking
def code_removed(world: World, choose: random.Random) -> Document:
    return cut(world.document, f"/x-problem-codes/{one(choose, world.document['x-problem-codes'])}")


@breaking
def status_of_code_changed(world: World, choose: random.Random) -> Document:
    return put(world.document, f"/x-problem-codes/{one(choose, world.document['x-problem-codes'])}/status", 418)


@breaking
def class_of_code_changed(world: World, choose: random.Random) -> Document:
    codes = world.document["x-problem-codes"]
    code, key = one(choose, [(c, k) for c in codes for k in ("class", "base", "also", "resource") if k in codes[c]])
    if choose.random() < 0.5:
        return cut(world.document, f"/x-problem-codes/{code}/{key}")
    return put(world.document, f"/x-problem-codes/{code}/{key}", "Other")


@safe
def code_added(world: World, choose: random.Random) -> Document:
    return put(world.document, "/x-problem-codes/something_new", {"status": 409, "title": "New"})


@safe
def code_reworded(world: World, choose: random.Random) -> Document:
    return put(
        world.document, f"/x-problem-codes/{one(choose, world.document['x-problem-codes'])}/title", "Other words"
    )


@safe
def class_for_code(world: World, choose: random.Random) -> Document:
    codes = world.document["x-problem-codes"]
    code = one(choose, [code for code, entry in codes.items() if "class" not in entry])
    return put(world.document, f"/x-problem-codes/{code}/class", "SomethingNew")


# ---- the document


@breaking
def base_path_changed(world: World, choose: random.Random) -> Document:
    return put(world.document, "/servers/0/url", one(choose, ["/api/v2", "/"]))


@safe
def server_added(world: World, choose: random.Random) -> Document:
    return put(world.document, "/servers/1", {"url": "/other"})


@breaking
def security_dropped(world: World, choose: random.Random) -> Document:
    return cut(world.document, f"/security/{choose.randrange(2)}")


@safe
def security_added(world: World, choose: random.Random) -> Document:
    scheme = {"type": "apiKey", "in": "header", "name": "X-Other"}
    document = put(world.document, "/components/securitySchemes/other", scheme)
    return put(document, "/security/2", {"other": []})


@breaking
def credentials_asked_for(world: World, choose: random.Random) -> Document:
    operation = one(choose, [o for o in world.operations if o.node.get("security") == []])
    return cut(world.document, f"{operation.pointer}/security")


@safe
def credentials_not_asked_for(world: World, choose: random.Random) -> Document:
    operation = one(choose, [o for o in world.operations if "security" not in o.node])
    return put(world.document, f"{operation.pointer}/security", [])


@breaking
def credentials_of_stranger_ignored(world: World, choose: random.Random) -> Document:
    """An operation that strangers can call, where whoever has a key may see more."""
    operation = one(choose, [o for o in world.operations if {} in o.node.get("security", ())])
    named = [i for i, way in enumerate(operation.node["security"]) if way]
    return cut(world.document, f"{operation.pointer}/security/{one(choose, named)}")


@breaking
def security_scheme_removed(world: World, choose: random.Random) -> Document:
    schemes = world.document["components"]["securitySchemes"]
    return cut(world.document, f"/components/securitySchemes/{one(choose, schemes)}")


@breaking
def words_of_request_forgotten(world: World, choose: random.Random) -> Document:
    """More is accepted, but the class of the words is gone from the client."""
    place = one(choose, [p for p in world.requests if "enum" in p.node and p.pointer.count("/") == 3])
    return cut(world.document, f"{place.pointer}/enum")


@breaking
def security_scheme_changed(world: World, choose: random.Random) -> Document:
    key, value = one(choose, [("token/name", "X-Other"), ("bearer/scheme", "basic"), ("token/in", "query")])
    return put(world.document, f"/components/securitySchemes/{key}", value)


@safe
def info_changed(world: World, choose: random.Random) -> Document:
    return put(world.document, f"/info/{one(choose, ['title', 'version', 'summary', 'description'])}", "Other")


@safe
def unused_component_added(world: World, choose: random.Random) -> Document:
    return put(world.document, "/components/schemas/Unused", {"type": "object", "properties": {"a": NEW}})


@safe
def example_added(world: World, choose: random.Random) -> Document:
    return put(world.document, f"{one(choose, world.used).pointer}/examples", ["x"])


@safe
def keys_reordered(world: World, choose: random.Random) -> Document:
    return _reversed(world.document)


def _reversed(node: Any) -> Any:
    if isinstance(node, dict):
        return {key: _reversed(node[key]) for key in reversed(node)}
    return [_reversed(each) for each in node] if isinstance(node, list) else node


@safe
def text_written_out(world: World, choose: random.Random) -> Document:
    pointer, target = one(choose, _references(world, named=False))
    return put(world.document, pointer, target)


@safe
def text_named(world: World, choose: random.Random) -> Document:
    place = one(
        choose,
        [
            p
            for p in _of_type(world.used, "string")
            if not p.pointer.startswith("/components/schemas/") or p.pointer.count("/") > 3
        ],
    )
    document = put(world.document, "/components/schemas/SomeText", dict(place.node))
    return put(document, place.pointer, {"$ref": "#/components/schemas/SomeText"})


@safe
def parts_of_one_schema(world: World, choose: random.Random) -> Document:
    pointer, _ = one(choose, _references(world, named=True))
    return put(world.document, pointer, {"allOf": [lookup_pointer(world.document, pointer)]})


def _references(world: World, *, named: bool) -> list[tuple[str, Any]]:
    """Properties that refer to a schema with, or without, a class in the client."""
    found = [
        (f"{place.pointer}/properties/{name}", lookup(world.document, node["$ref"]))
        for place in _objects(world.used)
        for name, node in place.node["properties"].items()
        if "$ref" in node
    ]
    return [(p, target) for p, target in found if bool(target.keys() & {"enum", "properties"}) is named]


def lookup_pointer(document: Document, pointer: str) -> Any:
    """What is at a place."""
    return lookup(document, f"#{pointer}")


@breaking
def class_renamed(world: World, choose: random.Random) -> Document:
    name = one(choose, [p.pointer.split("/")[3] for p in world.used if p.pointer.count("/") == 3 and p.is_object()])
    schemas = {
        (f"{key}Now" if key == name else key): value for key, value in world.document["components"]["schemas"].items()
    }
    document = put(world.document, "/components/schemas", schemas)
    renamed: Document = _pointing(document, f"#/components/schemas/{name}", f"#/components/schemas/{name}Now")
    return renamed


def _pointing(node: Any, old: str, new: str) -> Any:
    if isinstance(node, dict):
        return {
            key: new if key == "$ref" and value == old else _pointing(value, old, new) for key, value in node.items()
        }
    return [_pointing(each, old, new) for each in node] if isinstance(node, list) else node


@breaking
def unknown_keyword(world: World, choose: random.Random) -> Document:
    pointer = one(choose, ["", one(choose, world.operations).pointer, one(choose, world.used).pointer, "/servers/0"])
    return put(world.document, f"{pointer}/x-unheard-of", True)


@breaking
def pattern_of_shared_value_changed(world: World, choose: random.Random) -> Document:
    place = one(choose, [p for p in world.shared if p.types() == ["string"]])
    return put(world.document, f"{place.pointer}/pattern", "^[a-f]+$")
