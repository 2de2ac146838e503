"""Names are compared after compatibility forms and case are folded, in the client and in the server alike."""

from __future__ import annotations

import random
import sys
import unicodedata

import pytest
from mlsteward import Steward, errors
from mlsteward.references import same_name, split_project

from tests.support import server

KELVIN = "\u212a"


def test_a_key_is_where_folding_ends() -> None:
    for number in range(sys.maxunicode + 1):
        once = server.key_of(chr(number))
        assert server.key_of(once) == once, hex(number)
        assert unicodedata.normalize("NFKC", once) == once, hex(number)


def test_a_key_of_several_characters_is_where_folding_ends() -> None:
    chance = random.Random(18)
    telling = [chr(n) for n in range(0x3000) if server.key_of(chr(n)) != chr(n) or unicodedata.combining(chr(n))]
    for _ in range(50_000):
        name = "".join(chance.choices(telling, k=chance.randint(2, 6)))
        once = server.key_of(name)
        assert server.key_of(once) == once, ascii(name)


def test_what_rows_hold_is_found() -> None:
    # Names are ASCII by the rules of the spec, and rows were written with `lower`.
    for name in ("ML-Team", "k", "jackie@Example.COM", "A.b_c-9"):
        assert server.key_of(name) == name.lower()


def test_client_and_server_fold_alike() -> None:
    for first, second in ((KELVIN, "k"), ("\ufb01", "fi"), ("\u00c5", "\u212b"), ("\u1e9e", "ss"), ("\u0130", "i")):
        assert same_name(first, second) == (server.key_of(first) == server.key_of(second))
    assert same_name(KELVIN, "K")
    assert not same_name("stra\u00dfe", "strase")


def test_one_workspace_named_in_two_ways() -> None:
    assert split_project("ML-Team/churn", "ml-team") == ("ML-Team", "churn")
    assert split_project(f"ac{KELVIN}/churn", "ack") == (f"ac{KELVIN}", "churn")


def test_no_two_things_have_names_that_are_compared_as_one() -> None:
    with Steward(path=":memory:") as steward:
        steward.workspaces.create("k")
        for name in (KELVIN, "K", "\uff4b"):
            with pytest.raises((errors.AlreadyExists, errors.InvalidRequest)):
                steward.workspaces.create(name)
            assert steward.workspaces.get(name).name == "k"
        with pytest.raises(errors.WorkspaceNotFound):
            steward.workspaces.get("kk")
        steward.members.add("jackie", workspace="k", email="jackie@example.com")
        assert steward.members.get("jac\uff4bie@example.com", workspace="k").username == "jackie"
