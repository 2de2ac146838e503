"""The surface has what people can use, and the comparison finds what breaks their scripts: with small packages."""

from __future__ import annotations

import shutil
from pathlib import Path

import click
import public_surface
import pytest
from surface import commands
from surface.comparing import breaking
from surface.reading import Surface

PACKAGE = {
    "__init__.py": """
        from made._client import Client as Client
        from made.errors import Failure as Failure

        __all__ = ["Client", "Failure"]
    """,
    "_client.py": """
        from functools import cached_property
        from typing import overload
        from made._base import Private
        from made.words import Colour, ColourLike
        from made.things import Thing
        from elsewhere import Foreign

        DEFAULT = 30

        class Things(Private):
            def __init__(self, connection: object) -> None:
                self.parts = Parts()
            def get(self, *, colour: ColourLike | None = None, timeout: float = DEFAULT) -> Thing | None: ...
            async def wait(self) -> None: ...
            def _hidden(self) -> None: ...

        class Parts:
            @overload
            def one(self, number: int) -> int: ...
            @overload
            def one(self, number: str) -> str: ...
            def one(self, number): ...

        class Client:
            @cached_property
            def things(self) -> Things: ...
            @classmethod
            def over(cls, what: Foreign, /) -> "Client": ...
            def __enter__(self) -> "Client": ...
            def __repr__(self) -> str: ...
    """,
    "_base.py": """
        class Private:
            def shared(self, *names: str, **options: int) -> None: ...
    """,
    "words.py": """
        from enum import StrEnum
        from typing import Literal, TypeAlias

        class Colour(StrEnum):
            RED = "red"
            BLUE = "blue"

        ColourLike: TypeAlias = Colour | Literal["red", "blue"]
    """,
    "errors.py": """
        class Failure(Exception):
            def __init__(self, text: str) -> None:
                self.text = text
        class Gone(Failure, LookupError): ...
    """,
    "things.py": """
        from typing import TypedDict
        from attrs import frozen

        class Options(TypedDict, total=False):
            size: int | str

        @frozen
        class Thing:
            name: str = wire("name")
            size: int | None = wire("size", optional=True)
            words: tuple[str, ...] = wire("words", optional=True, absent=())
            @property
            def label(self) -> str: ...

        def make(options: Options, note: str = "") -> Thing: ...
    """,
}
SURFACE = """\
class made.Client
namespace made.Client.things
def made.Client.things.shared(*names: str, **options: int) -> None
namespace made.Client.things.parts
overload 1 of made.Client.things.parts.one(number: int) -> int
overload 2 of made.Client.things.parts.one(number: str) -> str
def made.Client.things.parts.one(number)
def made.Client.things.get(*, colour: words.ColourLike | None = None, timeout: float = 30) -> things.Thing | None
async def made.Client.things.wait() -> None
classmethod def made.Client.over(what: Foreign, /) -> Client
def made.Client.__enter__() -> Client
made.Failure = made.errors.Failure
class made.errors.Failure(Exception)
def made.errors.Failure.__init__(text: str) -> None
made.errors.Failure.text: str
class made.errors.Gone(errors.Failure, LookupError)
class made.things.Options(TypedDict)
made.things.Options.size: int | str
class made.things.Thing
made.things.Thing.name: str
made.things.Thing.size: int | None = None
made.things.Thing.words: tuple[str, ...] = ()
made.things.Thing.label: str
def made.things.make(options: things.Options, note: str = '') -> things.Thing
type made.words.ColourLike = words.Colour | Literal['red', 'blue']
class made.words.Colour(StrEnum)
made.words.Colour.RED = 'red'
made.words.Colour.BLUE = 'blue'
"""


def surface_of(folder: Path, *changes: tuple[str, str]) -> str:
    """The surface of the package after some changes to its text."""
    package = folder / "made"
    shutil.rmtree(package, ignore_errors=True)
    package.mkdir()
    for name, text in PACKAGE.items():
        lines = text.splitlines()[1:]
        text = "".join(line.removeprefix(" " * 8) + "\n" for line in lines)
        for old, new in changes:
            text = text.replace(old, new)
        (package / name).write_text(text, encoding="utf-8")
    return "\n".join(Surface("made", ("errors", "things"), folder, frozenset()).lines()) + "\n"


def test_a_line_for_each_name(tmp_path: Path) -> None:
    assert surface_of(tmp_path) == SURFACE


def test_it_knows_what_is_mentioned(tmp_path: Path) -> None:
    surface_of(tmp_path)
    surface = Surface("made", (), tmp_path, frozenset())
    surface.lines()
    assert surface.mentioned["elsewhere.Foreign"] == "made.Client.over"


def test_a_class_that_people_only_pass_on_has_no_members(tmp_path: Path) -> None:
    surface_of(tmp_path)
    lines = Surface("made", ("errors",), tmp_path, frozenset({"made.errors.Failure"})).lines()
    assert [line for line in lines if "made.errors.Failure" in line] == [
        "made.Failure = made.errors.Failure",
        "class made.errors.Failure",
        "def made.errors.Failure.__init__(text: str) -> None",
    ]


@pytest.mark.parametrize(
    ("old", "new", "found"),
    [
        ("def make(", "def build(", ["made.things.make: public object was removed"]),
        (
            "wait(self)",
            "rest(self)",
            ["made.Client.things.wait: public object was removed"],
        ),
        ("note: str", "text: str", ["made.things.make: parameter was removed `note`"]),
        ('note: str = ""', "note: str", ["made.things.make: parameter is now required `note`"]),
        ('note: str = ""', 'note: str = "x"', ["made.things.make: parameter default was changed `note`"]),
        ('note: str = ""', '*, note: str = ""', ["made.things.make: parameter kind was changed `note`"]),
        ('note: str = ""', "size: int, note: str = ''", None),
        ("DEFAULT = 30", "DEFAULT = 60", ["made.Client.things.get: parameter default was changed `timeout`"]),
        (
            "colour: ColourLike | None = None",
            "colour: ColourLike = None",
            ["made.Client.things.get: `colour` no longer takes `None`"],
        ),
        ("-> Thing: ...", "-> Thing | None: ...", ["made.things.make: can return `None`"]),
        ("number: str) -> str", "number: bytes) -> str", None),
        ("async def wait", "def wait", ["made.Client.things.wait: was `async def`, is `def`"]),
        ("@classmethod", "@staticmethod", ["made.Client.over: was `classmethod def`, is `staticmethod def`"]),
        (
            '    BLUE = "blue"\n',
            "",
            ["made.words.Colour.BLUE: public object was removed"],
        ),
        ('BLUE = "blue"', 'BLUE = "navy"', ["made.words.Colour.BLUE: was `'blue'`, is `'navy'`"]),
        ('["red", "blue"]', '["red"]', ["made.words.ColourLike: no longer has `'blue'`"]),
        ("(Failure, LookupError)", "(Failure, KeyError)", ["made.errors.Gone: is no longer a `LookupError`"]),
        ("(Exception)", "(BaseException)", None),
        ("name: str = wire", "name: str | int = wire", ["made.things.Thing.name: can be `int`"]),
        ("size: int | str", "size: int", ["made.things.Options.size: no longer takes `str`"]),
        ('wire("size", optional=True)', 'wire("size")', None),
        ("def label(self) -> str", "def label(self) -> str | None", ["made.things.Thing.label: can be `None`"]),
    ],
)
def test_what_breaks_scripts_is_found(tmp_path: Path, old: str, new: str, found: list[str] | None) -> None:
    changed = breaking(SURFACE, surface_of(tmp_path, (old, new)))
    assert changed
    assert found is None or changed == found


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("class Failure", "class Other(Exception): ...\nclass Failure"),
        ('BLUE = "blue"', 'BLUE = "blue"\n    GREEN = "green"'),
        ('["red", "blue"]', '["red", "blue", "green"]'),
        ('note: str = ""', 'note: str = "", size: int = 1'),
        ("note: str", "note: str | bytes"),
        ("-> Thing | None: ...", "-> Thing: ..."),
        (
            'words: tuple[str, ...] = wire("words"',
            'age: int | None = wire("age", optional=True)\n    words: tuple[str, ...] = wire("words"',
        ),
        ("size: int | str", "size: int | str\n    weight: int"),
        ("class Gone(Failure, ", "class Lost(Failure): ...\nclass Gone(Lost, "),
        ("number: str) -> str", "number: str, text: str = '') -> str"),
    ],
)
def test_what_is_added_breaks_nothing(tmp_path: Path, old: str, new: str) -> None:
    changed = surface_of(tmp_path, (old, new))
    assert changed != SURFACE
    assert breaking(SURFACE, changed) == []


def test_commands_are_compared_as_functions_are() -> None:
    kind = click.Choice(["a", "b"])
    command = click.Command(
        "copy",
        params=[
            click.Argument(["source"]),
            click.Argument(["target"], required=False),
            click.Option(["--dry-run"], is_flag=True),
            click.Option(["-k", "--kind"], type=kind, required=True),
            click.Option(["--secret"], hidden=True),
        ],
    )
    group = click.Group("made", commands=[command])
    assert list(commands.lines(group, "made")) == [
        "command made()",
        "command made.copy(SOURCE, TARGET = None, /, *, dry_run: bool = False, "
        "k: Literal['a', 'b'], kind: Literal['a', 'b'])",
    ]
    old = "\n".join(commands.lines(group, "made"))
    assert breaking(old, old) == []
    assert breaking(old, old.replace("TARGET = None", "TARGET")) == [
        "command made.copy: parameter is now required `TARGET`"
    ]
    assert breaking(old, old.replace("dry_run: bool = False, ", "")) == [
        "command made.copy: parameter was removed `dry_run`"
    ]
    assert len(breaking(old, old.replace("['a', 'b']", "['a']"))) == 2
    assert breaking(old, old.replace("['a', 'b']", "['a', 'b', 'c']")) == []


def test_the_file_is_checked(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(public_surface, "FILE", tmp_path / "surface.txt")
    assert public_surface.main(["--check"]) == 1
    assert "make surface" in capsys.readouterr().err
    assert public_surface.main([]) == 0
    assert public_surface.main(["--check"]) == 0
