"""The blocking twin says what the async module says, without the async words, and is Python."""

from __future__ import annotations

from pathlib import Path

import derive_sync
import pytest


@pytest.mark.parametrize(
    ("source", "derived"),
    [
        ("async def f():\n    return await g(x)\n", "def f():\n    return g(x)\n"),
        ("async def f():\n    async with a as b:\n        pass\n", "def f():\n    with a as b:\n        pass\n"),
        ("async def f():\n    async for a in b:\n        pass\n", "def f():\n    for a in b:\n        pass\n"),
        ("async def f():\n    return [a async for a in b]\n", "def f():\n    return [a for a in b]\n"),
        ("async   def f():  # stays\n    pass\n", "def f():  # stays\n    pass\n"),
        (
            "def f(a: AsyncIterator[int]) -> AsyncIterable[str]: ...\n",
            "def f(a: Iterator[int]) -> Iterable[str]: ...\n",
        ),
        ("class AsyncProjects(AsyncBase): ...\n", "class Projects(Base): ...\n"),
        ("Asynchronous = AsyncPager = async_name = 1\n", "Asynchronous = Pager = async_name = 1\n"),
        ("from a._async.b import AsyncC\n", "from a._sync.b import C\n"),
        ("x.asyncio_detailed(StopAsyncIteration)\n", "x.sync_detailed(StopIteration)\n"),
        ("async def f():\n    await x.aclose()\n", "def f():\n    x.close()\n"),
        (
            "class A:\n    async def __aenter__(self): ...\n    async def __aexit__(self): ...\n"
            "    def __aiter__(self): ...\n    async def __anext__(self): ...\n",
            "class A:\n    def __enter__(self): ...\n    def __exit__(self): ...\n"
            "    def __iter__(self): ...\n    def __next__(self): ...\n",
        ),
        ("async def f():\n    return (await g(x)).parsed\n", "def f():\n    return g(x).parsed\n"),
        ("async def f():\n    return [(await g.h(x)[0]).y]\n", "def f():\n    return [g.h(x)[0].y]\n"),
        ("async def f():\n    return h(await g(x)).y\n", "def f():\n    return h(g(x)).y\n"),
        ("async def f():\n    return (await a or b).c\n", "def f():\n    return (a or b).c\n"),
        ("async def f():\n    return (await a + b).c\n", "def f():\n    return (a + b).c\n"),
        ("async def f():\n    return (await a, b)\n", "def f():\n    return (a, b)\n"),
        ("async def f():\n    return (await a,)\n", "def f():\n    return (a,)\n"),
        ("async def f():\n    return (await a\n.b)\n", "def f():\n    return (a\n.b)\n"),
        ("async def f():\n    return f'{await g(x)}'\n", "def f():\n    return f'{g(x)}'\n"),
        ("# await it: AsyncSteward\nx = 1\n", "# it: Steward\nx = 1\n"),
        (
            '"""An `AsyncSteward`, in `_async`.\n\nasync with AsyncSteward() as s:\n'
            '    async for p in s:\n        await p\n"""\n',
            '"""An `Steward`, in `_sync`.\n\nwith Steward() as s:\n    for p in s:\n        p\n"""\n',
        ),
        (
            '""">>> import asyncio\n>>> async def main(): ...\n>>> asyncio.run(main(1))\n"""\n',
            '""">>> import asyncio\n>>> def main(): ...\n>>> main(1)\n"""\n',
        ),
        (
            'def f():\n    """Do.\n\n    >>> import asyncio\n    >>> asyncio.run(main())\n    """\n',
            'def f():\n    """Do.\n\n    >>> main()\n    """\n',
        ),
        ("x = 'é'; AsyncName = 'ü'; AsyncOther = 1\n", "x = 'é'; Name = 'ü'; Other = 1\n"),
    ],
)
def test_derive(source: str, derived: str) -> None:
    assert derive_sync.derive(source) == derived
    compile(derived, "derived", "exec")


@pytest.mark.parametrize(
    ("source", "message"),
    [
        ("import asyncio\n", "<source>:1: `asyncio` has no blocking twin"),
        ("x = 1\nfrom anyio import sleep\n", "<source>:2: `anyio` has no blocking twin"),
        ("def f(:\n", "<source>: invalid syntax"),
        ("AsyncNone = 1\n", "<source>:1: what is derived is not Python"),
    ],
)
def test_what_has_no_twin_is_an_error(source: str, message: str) -> None:
    with pytest.raises(derive_sync.DeriveError) as caught:
        derive_sync.derive(source)
    assert str(caught.value).startswith(message)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / derive_sync.SOURCE).mkdir(parents=True)
    source = "from collections.abc import AsyncIterator, Iterator\n\nclass AsyncA:\n  x: AsyncIterator[Iterator[int]]\n"
    (tmp_path / derive_sync.SOURCE / "a.py").write_text(source, encoding="utf-8")
    return tmp_path


def test_the_tree_is_written_formatted_and_without_stale_files(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    target, arguments = root / derive_sync.TARGET, ["--root", str(root)]
    assert derive_sync.main(arguments) == 0
    assert (target / "a.py").read_text(encoding="utf-8") == (
        "# Derived from facade/mlsteward/_async/a.py by scripts/derive_sync.py. Do not edit.\n"
        "from collections.abc import Iterator\n\n\n"
        "class A:\n    x: Iterator[Iterator[int]]\n"
    )
    assert derive_sync.main(["--check", *arguments]) == 0
    capsys.readouterr()

    (target / "old.py").touch()
    assert derive_sync.main(["--check", *arguments]) == 1
    assert "old.py: derived from nothing" in capsys.readouterr().err
    assert derive_sync.main(arguments) == 0
    assert not (target / "old.py").exists()

    (target / "a.py").write_text("class A:\n    y: int\n", encoding="utf-8")
    assert derive_sync.main(["--check", *arguments]) == 1
    error = capsys.readouterr().err
    assert "-    y: int\n" in error
    assert "make generate" in error


def test_without_a_source_there_is_nothing_to_do(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert derive_sync.main(["--check", "--root", str(tmp_path)]) == 0
    assert "nothing to do" in capsys.readouterr().out


def test_an_error_is_one_line(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (root / derive_sync.SOURCE / "b.py").write_text("import asyncio\n", encoding="utf-8")
    assert derive_sync.main(["--root", str(root)]) == 1
    assert capsys.readouterr().err == ("derive_sync: facade/mlsteward/_async/b.py:1: `asyncio` has no blocking twin\n")
    assert not (root / derive_sync.TARGET).exists()
