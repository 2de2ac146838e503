"""No cassette holds a credential."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml

from tests.support.server import has_checksum, new_secret

RELEASED = Path(__file__).parents[1] / "released"
CASSETTES = sorted([*Path(__file__).parent.rglob("*.yaml"), *RELEASED.rglob("*.yaml")])
KEY = re.compile(r"mls_[0-9A-Za-z]{49}")
TOKEN = re.compile(r"token=(?!\*\*\*)")
HEADERS = ("authorization", "x-api-key", "cookie", "set-cookie", "idempotency-key")


def credentials(text: str) -> list[str]:
    """What in a text is, or may be, a credential."""
    # Keys anywhere, also where line breaks of YAML run through them.
    joined = re.sub(r"\\?\n\s*\\?", "", text)
    found = [key for part in (text, joined) for key in KEY.findall(part) if has_checksum(key)]
    found += TOKEN.findall(text)
    found += [h for h in HEADERS if re.search(rf"^\s*-?\s*['\"]?{h}['\"]?:", text, re.IGNORECASE | re.MULTILINE)]
    return found


def test_there_are_some() -> None:
    assert len(CASSETTES) >= 8


@pytest.mark.parametrize("path", CASSETTES, ids=lambda path: f"{path.parts[-4]}-{path.stem}")
def test_holds_no_credential(path: Path) -> None:
    text = path.read_text("utf-8")
    assert credentials(text) == []
    assert "127.0.0.1" not in text
    recorded = yaml.safe_load(text)["interactions"]
    assert len(recorded) > 5
    assert all(entry["request"]["uri"].startswith("http://steward.example/api/v1/") for entry in recorded)


def test_the_search_finds_them() -> None:
    key = new_secret()
    for text in (
        key,
        f"body: '{key[:20]}\n  {key[20:]}'",
        "x?token=abc",
        "  Authorization:\n  - Bearer x",
        "- 'cookie': a",
    ):
        assert credentials(text), text
    assert credentials("x?token=*** mls_" + "0" * 49) == []
