"""Every public method of the object client has an example. That it runs is for its doctest to say."""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterator
from doctest import DocTestParser

from mlsteward import Steward
from mlsteward._sync.resource import Resource

from tests.insulation.surface import namespaces


def documented() -> Iterator[tuple[str, str]]:
    """Each public method, by its name, and its docstring. The asynchronous client has the same ones."""
    with Steward("http://127.0.0.1:1") as steward:
        for home, namespace in namespaces(steward, Resource):
            for name, method in inspect.getmembers(type(namespace), inspect.isfunction):
                yield f"{home}.{name}", method.__doc__ or ""
    for name, value in vars(Steward).items():
        if isinstance(value, property | classmethod) or inspect.isfunction(value):
            yield name, value.__doc__ or ""


DOCUMENTED = {name: text for name, text in documented() if not name.rpartition(".")[2].startswith("_")}


def test_all_methods_are_looked_at() -> None:
    assert len(DOCUMENTED) > 80
    assert {"over", "changes", "close", "projects.list", "datasets.permissions.grant"} <= set(DOCUMENTED)


def test_every_method_is_used_in_its_example() -> None:
    without = [
        name
        for name, text in DOCUMENTED.items()
        if not any(re.search(rf"\.{name}\b", example.source) for example in DocTestParser().get_examples(text))
    ]
    assert without == []
