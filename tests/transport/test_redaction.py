"""Nothing secret in what is shown."""

from __future__ import annotations

import copy
import pickle

import pytest
from mlsteward._types import NOT_GIVEN, NotGiven
from mlsteward.redaction import Secret, excerpt, redact


@pytest.mark.parametrize(
    "text",
    [
        "the key mls_CanaryCanary99 is wrong",
        '{"secret": "Canary"}',
        '{"api_key":"Canary","name":"ci"}',
        '{"client_secret": "Can\\"ary"}',
        '{"name": "ci", "secret": "Canary',
        "https://h/api/v1/invitations/1/accept?token=Canary",
        "https://h/x?limit=3&api_key=Canary#top",
        "postgresql://bob:Canary@db/x",
        "Authorization: Bearer Canary0123456789",
    ],
)
def test_what_looks_like_a_secret_is_masked(text: str) -> None:
    assert "Canary" not in redact(text)
    assert "ary" not in redact(text).replace("library", "")


@pytest.mark.parametrize(
    "text",
    [
        "The invitation token is not valid.",
        "Basic authentication is required.",
        "There is no project 'a/b'.",
        "https://h/api/v1/projects?limit=3&cursor=abc",
        '{"name": "ci"}',
        "bob@example.com",
    ],
)
def test_what_does_not_is_left_alone(text: str) -> None:
    assert redact(text) == text


def test_an_excerpt_is_one_short_printable_line() -> None:
    assert excerpt(b"<h1>\n  Bad\x00\x1b[31m  Gateway</h1>\xff") == "<h1> Bad [31m Gateway</h1>�"
    assert len(excerpt(b"x" * 10_000_000)) == 201


def test_an_excerpt_does_not_cut_a_key_in_half() -> None:
    assert "mls_" not in excerpt(b"x" * 190 + b" mls_CanaryCanaryCanary")


def test_a_secret_is_not_shown() -> None:
    secret = Secret("Canary")
    assert secret.reveal() == "Canary"
    for shown in (repr(secret), str(secret), f"{secret}", f"{[secret]}"):
        assert "Canary" not in shown
    assert secret == Secret("Canary") != Secret("other")
    assert secret != "Canary"
    with pytest.raises(TypeError, match="cannot be pickled"):
        pickle.dumps(secret)


def test_there_is_one_not_given() -> None:
    assert NotGiven() is NOT_GIVEN
    assert copy.deepcopy(NOT_GIVEN) is NOT_GIVEN
    assert pickle.loads(pickle.dumps(NOT_GIVEN)) is NOT_GIVEN
    assert not NOT_GIVEN
