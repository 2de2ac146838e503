"""A documented name that is not there says so."""

from __future__ import annotations

import subprocess
import sys

import mlsteward
import pytest
from mlsteward import management
from mlsteward.management._documented import NOT_THERE_YET

LATER = "is not there yet, see docs/coverage.md"


@pytest.mark.parametrize("name", sorted(NOT_THERE_YET))
def test_a_documented_name(name: str) -> None:
    with pytest.raises(AttributeError, match=f"mlsteward.management.{name} {LATER}"):
        getattr(management, name)
    assert not hasattr(management, name)
    with pytest.raises(ImportError, match=f"mlsteward.management.{name} {LATER}"):
        exec(f"from mlsteward.management import {name}")


def test_names_that_are_there_are_not_listed() -> None:
    assert not NOT_THERE_YET & set(dir(management))
    assert len(NOT_THERE_YET) > 10 or not NOT_THERE_YET


@pytest.mark.parametrize("name", ["comet", "ubiops"])
def test_a_front_door_that_is_not_there(name: str) -> None:
    with pytest.raises(AttributeError, match=f"mlsteward.{name} {LATER}"):
        getattr(mlsteward, name)
    with pytest.raises(ImportError, match=f"mlsteward.{name} {LATER}"):
        exec(f"from mlsteward import {name}")


def test_a_name_that_nobody_documents() -> None:
    with pytest.raises(AttributeError, match="has no attribute 'nonsense'"):
        management.nonsense  # noqa: B018
    with pytest.raises(ImportError, match="cannot import name 'nonsense'"):
        exec("from mlsteward.management import nonsense")


def test_the_list_is_loaded_only_when_a_name_is_missing() -> None:
    program = (
        "import sys; from mlsteward import management; management.create_project; "
        "print('mlsteward.management._documented' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout == "False\n"
