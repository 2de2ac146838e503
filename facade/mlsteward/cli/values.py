"""Types of values that people type: words, whole numbers and limits. Dates and durations are in `moments`."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    NumberType = click.ParamType[int]
    LimitType = click.ParamType[Any]
    WordType = click.Choice[str]
else:
    WordType = click.Choice
    NumberType = LimitType = click.ParamType  # generic only in newer versions of click

LARGEST = 2**63 - 1
UNITS = {"": 1, "K": 10**3, "M": 10**6, "G": 10**9, "T": 10**12, "KI": 2**10, "MI": 2**20, "GI": 2**30, "TI": 2**40}


class Word(WordType):
    """One of several words, case-insensitive. The refusal lists them as they are written."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        for word in self.choices:
            if word.casefold() == str(value).casefold():
                return word
        self.fail(f"{value!r} is not one of {', '.join(map(repr, self.choices))}.", param, ctx)


class Whole(NumberType):
    """A whole number within bounds. Its help does not name them, its refusal does."""

    name = "number"

    def __init__(self, least: int = 0, most: int = LARGEST) -> None:
        self.least = least
        self.most = most

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> int:
        try:
            number = int(value)
        except ValueError:
            self.fail(f"{value!r} is not a whole number.", param, ctx)
        if not self.least <= number <= self.most:
            self.fail(f"{number} is not between {self.least} and {self.most}.", param, ctx)
        return number


class Limit(LimitType):
    """A number, of bytes also as `5GB` or `5GiB`; or `none` for no limit."""

    name = "limit"

    def __init__(self, *, of_bytes: bool = False) -> None:
        self.of_bytes = of_bytes

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        if not isinstance(value, str):
            return value
        if value.lower() in {"none", "unlimited"}:
            return None
        match = re.fullmatch(r"([0-9]{1,18})(?:\s*([kmgt]i?)?b?)", value.strip(), re.IGNORECASE)
        if match is None or (match[2] and not self.of_bytes):
            form = "a number of bytes such as 5GB, or none" if self.of_bytes else "a number, or none"
            self.fail(f"{value!r} is not {form}.", param, ctx)
        return int(match[1]) * UNITS[(match[2] or "").upper()]


def listed(words: Sequence[str]) -> str:
    """
    >>> listed(["owner", "contributor", "viewer"]), listed(["user"])
    ('owner, contributor or viewer', 'user')
    """
    *most, last = words
    return f"{', '.join(most)} or {last}" if most else last
