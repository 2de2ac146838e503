"""The blocking twin says what the async module says, without the async words, and is Python."""

from __future__ import annotations

from pathlib import Path

import async_to_sync
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
        ("class AsyncProjects(list):\n    x: AsyncProjects\n", "class Projects(list):\n    x: Projects\n"),
        ("AsyncFetch = AsyncIterator[int]\nx: AsyncFetch\n", "Fetch = Iterator[int]\nx: Fetch\n"),
        ("Asynchronously = 1\n", None),
        ("from .b import AsyncC\n", "from .b import C\n"),
        ("from mlsteward._async.b import AsyncC\n", "from mlsteward._sync.b import C\n"),
        ("x.aread(StopAsyncIteration)\n", "x.read(StopIteration)\n"),
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
        (
            "async def f():\n    return f'{await g(x)!r:>{w}} {{await}}'\n",
            "def f():\n    return f'{g(x)!r:>{w}} {{await}}'\n",
        ),
        ("def f(g: Callable[[], Awaitable[list[int]]]): ...\n", "def f(g: Callable[[], list[int]]): ...\n"),
        ("x: httpx.AsyncByteStream\n", "x: httpx.SyncByteStream\n"),
        ("x: httpx.AsyncBaseTransport = httpx.AsyncClient()\n", "x: httpx.BaseTransport = httpx.Client()\n"),
        ("__all__ = ['AsyncA']\nclass AsyncA: ...\n", "__all__ = ['A']\nclass A: ...\n"),
        ("x = 'é'; AsyncName = 'ü'; AsyncOther = 1\n", "x = 'é'; Name = 'ü'; Other = 1\n"),
    ],
)
def test_code(source: str, derived: str | None) -> None:
    if derived is None:
        with pytest.raises(async_to_sync.DeriveError):
            async_to_sync.to_sync(source)
        return
    assert async_to_sync.to_sync(source) == derived
    compile(derived, "derived", "exec")


@pytest.mark.parametrize(
    "prose",
    [
        "Runs that await approval, async or not. AsyncIterator is a word of Python.",
        "To await it: asyncio, anyio and async for are named here.",
        "An asynchronous aclose, in `asyncio`.",
    ],
)
@pytest.mark.parametrize("form", ['"""{}"""\n', "# {}\nx = 1\n", "x = '{}'\n", "x = f'{}{{y}}'\n"])
def test_prose_stays(prose: str, form: str) -> None:
    source = form.format(prose)
    assert async_to_sync.to_sync(source) == source


@pytest.mark.parametrize(
    ("text", "derived"),
    [
        ("An `AsyncSteward`, in `_async`.", "An `Steward`, in `_sync`."),
        ("`await steward.aclose()` closes `mlsteward.AsyncSteward`.", "`steward.close()` closes `mlsteward.Steward`."),
        (
            "Do.\n\n>>> import asyncio\n>>> async def main():\n...     await x\n>>> print(asyncio.run(main(1)))\nasync",
            "Do.\n\n>>> def main():\n...     x\n>>> print(main(1))\nasync",
        ),
        (
            "Do.\n\n    >>> from mlsteward import AsyncSteward\n    >>> AsyncSteward()\n    AsyncSteward()",
            "Do.\n\n    >>> from mlsteward import Steward\n    >>> Steward()\n    AsyncSteward()",
        ),
    ],
)
def test_code_in_prose(text: str, derived: str) -> None:
    assert async_to_sync.to_sync(f'"""{text}\n"""\n') == f'"""{derived}\n"""\n'


@pytest.mark.parametrize(
    ("source", "message"),
    [
        ("import asyncio\n", "<source>:1: `asyncio` has no blocking twin"),
        ("x = 1\nfrom anyio import sleep\n", "<source>:2: `anyio` has no blocking twin"),
        ("x = httpx.AsyncNews()\n", "<source>:1: `AsyncNews` has no blocking twin"),
        ("def f(x: Coroutine[int]): ...\n", "<source>:1: `Coroutine` has no blocking twin"),
        ("async_name = 1\n", "<source>:1: `async_name` has no blocking twin"),
        ("x.aiter_pages()\n", "<source>:1: `aiter_pages` has no blocking twin"),
        ('"""Do.\n\n>>> asyncio.sleep(1)\n"""\n', "<source>:1: `asyncio` has no blocking twin"),
        ('"""Do.\n\n>>> f(:\n"""\n', "<source>:1: an example is not Python"),
        ("def f(:\n", "<source>: invalid syntax"),
        ("AsyncNone = 1\n", "<source>:1: what is derived is not Python"),
    ],
)
def test_what_has_no_twin_is_an_error(source: str, message: str) -> None:
    with pytest.raises(async_to_sync.DeriveError) as caught:
        async_to_sync.to_sync(source)
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
