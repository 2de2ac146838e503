"""One rule for the signatures of all methods of the object client.

Who knows one method knows how to call the others: what is identified comes first, everything else has a name, and a
name means the same everywhere.
"""

from __future__ import annotations

import inspect
import typing
from collections.abc import Callable
from enum import StrEnum
from typing import Any, Literal

import pytest
from mlsteward import AsyncSteward, Steward, records
from mlsteward._async.resource import AsyncResource
from mlsteward._sync.resource import Resource
from mlsteward.records import enums

from tests.insulation.surface import namespaces
from tests.support import spec

READS = {
    "can",
    "check",
    "download",
    "explain",
    "follow",
    "get",
    "health",
    "list",
    "list_groups",
    "matrix",
    "review",
    "status",
    "wait",
    "whoami",
}
WRITES = {
    "accept",
    "add",
    "archive",
    "clean_up",
    "create",
    "delete",
    "grant",
    "grant_many",
    "import_",
    "offboard",
    "remove",
    "restore",
    "revoke",
    "revoke_many",
    "rotate",
    "send",
    "send_many",
    "set",
    "set_default",
    "upload",
    "update",
}
BULK = {"grant_many", "import_", "revoke_many", "send_many", "set"}
MAY_BE_POSITIONAL = {parameter["name"] for o in spec.operations() for parameter in o.parameters_in("path")} | {
    "content",
    "name",
    "object",
    "operation",
    "permission",
    "project_or_dataset",
    "keys",
    "questions",
    "rows",
    "service_account",
    "target",
    "url",
    "username",
    "users",
} - {"workspace"}
"""What a call is about: what a path of the API names, and a few things beside. `workspace` is positional only in the
namespaces that are about workspaces themselves."""
ABOUT_WORKSPACES = ("workspaces", "workspaces.settings")
LISTS = {"list", "list_groups"}
NOT_A_WORD = {"account", "accounts", "member", "person", "who", "ids"}
"""Words for things that have another name here."""


def methods() -> dict[str, tuple[Any, Any]]:
    """Each public method, asynchronous and blocking, by its name."""
    found: dict[str, list[Any]] = {}
    with Steward("http://127.0.0.1:1") as steward:
        clients = ((AsyncSteward("http://127.0.0.1:1"), AsyncResource), (steward, Resource))
        for client, base in clients:
            for home, namespace in namespaces(client, base):
                for name, method in inspect.getmembers(type(namespace), inspect.isfunction):
                    if not name.startswith("_"):
                        found.setdefault(f"{home}.{name}", []).append(method)
            for name in ("whoami", "health"):
                found.setdefault(name, []).append(getattr(type(client), name))
    return {name: (both[0], both[1]) for name, both in found.items()}


METHODS = methods()


def each_method(rule: Callable[[str], None]) -> Callable[[], None]:
    """One test for a rule over all methods: a test for each of both would spend its time on starting."""

    def test() -> None:
        wrong = []
        for name in sorted(METHODS):
            try:
                rule(name)
            except AssertionError as error:
                wrong.append(f"{name}: {error}")
        assert not wrong, "\n".join(wrong)

    test.__doc__ = rule.__doc__
    return test


def parameters(name: str) -> dict[str, inspect.Parameter]:
    """What a method takes, `self` left out."""
    found = dict(inspect.signature(METHODS[name][0]).parameters)
    del found["self"]
    return found


def verb(name: str) -> str:
    return name.rpartition(".")[2]


def test_there_are_methods() -> None:
    assert len(METHODS) >= 55
    assert {"projects.members.add", "workspaces.settings.update", "datasets.permissions.list"} <= set(METHODS)


@each_method
def test_both_clients_have_the_same_signature(name: str) -> None:
    asynchronous, blocking = METHODS[name]
    assert str(inspect.signature(asynchronous).replace(return_annotation=None)) == str(
        inspect.signature(blocking).replace(return_annotation=None)
    )


@each_method
def test_a_verb_reads_or_writes(name: str) -> None:
    assert (verb(name) in READS) != (verb(name) in WRITES)


@each_method
def test_timeout_and_idempotency_key(name: str) -> None:
    found = parameters(name)
    optional = (inspect.Parameter.KEYWORD_ONLY, None)
    assert (found["timeout"].kind, found["timeout"].default) == optional
    assert found["timeout"].annotation == "float | None"
    assert ("idempotency_key" in found) == (verb(name) in WRITES)
    if verb(name) in WRITES:
        assert (found["idempotency_key"].kind, found["idempotency_key"].default) == optional
        assert found["idempotency_key"].annotation == "str | None"


@each_method
def test_what_is_identified_is_positional_and_everything_else_has_a_name(name: str) -> None:
    home = name.rpartition(".")[0]
    may_be = MAY_BE_POSITIONAL | ({"workspace"} if home in ABOUT_WORKSPACES else set())
    for parameter in parameters(name).values():
        if parameter.kind is inspect.Parameter.POSITIONAL_OR_KEYWORD:
            assert parameter.name in may_be
        else:
            assert parameter.kind is inspect.Parameter.KEYWORD_ONLY


@each_method
def test_workspace_is_a_keyword(name: str) -> None:
    home = name.rpartition(".")[0]
    workspace = parameters(name).get("workspace")
    if workspace is None or home in ABOUT_WORKSPACES:
        return
    assert (workspace.kind, workspace.default) == (inspect.Parameter.KEYWORD_ONLY, None)
    assert workspace.annotation == "str | None"


@each_method
def test_one_word_for_one_thing(name: str) -> None:
    assert not NOT_A_WORD & set(parameters(name))


@each_method
def test_lists_page_alike(name: str) -> None:
    found = parameters(name)
    paging = {"limit", "page_size"} & set(found)
    assert paging == ({"limit", "page_size"} if verb(name) in LISTS else set())
    for word in paging:
        assert (found[word].kind, found[word].default) == (inspect.Parameter.KEYWORD_ONLY, None)


@each_method
def test_flags_are_off_until_given(name: str) -> None:
    for parameter in parameters(name).values():
        if parameter.annotation == "bool":
            # A change that cannot be undone is first only shown. A bulk call does what many single ones would.
            assert parameter.default is (parameter.name == "dry_run" and verb(name) not in BULK)


@each_method
def test_exist_ok_and_missing_ok_stand_where_they_make_sense(name: str) -> None:
    found = parameters(name)
    if "exist_ok" in found:
        assert verb(name) in ("create", "add")
    assert ("missing_ok" in found) == (verb(name) in ("delete", "remove", "revoke") and name != "groups.members.remove")


@each_method
def test_choices_are_typed(name: str) -> None:
    known = {enum.__name__ for enum in vars(enums).values() if isinstance(enum, type) and issubclass(enum, StrEnum)}
    for parameter in parameters(name).values():
        words = set(parameter.annotation.replace("|", " ").replace("[", " ").replace("]", " ").split())
        assert not words & known, f"{parameter} takes its words untyped; use the alias that ends in Like"


@pytest.mark.parametrize("alias", [name for name in records.__all__ if name.endswith("Like")])
def test_an_alias_has_the_words_of_its_enum(alias: str) -> None:
    enum, literal = typing.get_args(getattr(records, alias))
    assert alias == f"{enum.__name__}Like"
    assert typing.get_origin(literal) is Literal
    assert typing.get_args(literal) == tuple(member.value for member in enum)


@each_method
def test_every_method_says_what_it_does(name: str) -> None:
    text = inspect.getdoc(METHODS[name][0]) or ""
    assert text.partition("\n")[0].endswith(".")
    for parameter in set(parameters(name)) - {"timeout", "idempotency_key"}:
        assert f"{parameter}: " in text, f"{parameter} is not documented"
