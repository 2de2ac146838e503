"""Derive `facade/mlsteward/_sync` from `facade/mlsteward/_async`.

Every resource is written once, as async. Its blocking twin is the same file with the async words taken
out, token by token, so that comments, docstrings and layout stay. What has no twin (`asyncio` itself) is an
error: it belongs below the resources, in the transport.

    python scripts/derive_sync.py            # write what has changed, remove what is stale
    python scripts/derive_sync.py --check    # write nothing; fail if what is checked in differs
"""

from __future__ import annotations

import argparse
import io
import re
import subprocess
import sys
import tokenize
import tomllib
from collections.abc import Iterator, Sequence
from keyword import iskeyword
from pathlib import Path

import bundle_spec

SOURCE = Path("facade/mlsteward/_async")
TARGET = Path("facade/mlsteward/_sync")
HINT = "what is checked in is not what _async says; run `make generate`"

NAMES = {
    "_async": "_sync",
    "__aenter__": "__enter__",
    "__aexit__": "__exit__",
    "__aiter__": "__iter__",
    "__anext__": "__next__",
    "aclose": "close",
    "aclosing": "closing",
    "aiter": "iter",
    "anext": "next",
    "aread": "read",
    "asynccontextmanager": "contextmanager",
    "asyncio_detailed": "sync_detailed",
    "enter_async_context": "enter_context",
    "get_async_httpx_client": "get_httpx_client",
    "set_async_httpx_client": "set_httpx_client",
    "AbstractAsyncContextManager": "AbstractContextManager",
    "StopAsyncIteration": "StopIteration",
}
"""Names that change. Besides these, `Async` comes off the front of names: AsyncIterator, AsyncSteward."""

WITHOUT_TWIN = frozenset({"asyncio", "anyio", "trio"})

PREFIX = re.compile(r"\bAsync(?=[A-Z])")
WORDS = re.compile(rf"\b(?:{'|'.join(map(re.escape, NAMES))})\b")
KEYWORDS = re.compile(r"\b(?:await +|async +(?=(?:def|for|with)\b))")
RUN = re.compile(r"^[ \t]*>>> import asyncio\n|\basyncio\.run\(((?:[^()]|\([^()]*\))*)\)", re.MULTILINE)
"""How an example starts; without it, what it starts is called."""

# From Python 3.12 on, the text between the braces of an f-string is a token of its own.
_TEXTS = {tokenize.STRING, tokenize.COMMENT, getattr(tokenize, "FSTRING_MIDDLE", tokenize.STRING)}
_LAYOUT = {tokenize.NL, tokenize.NEWLINE, tokenize.COMMENT, tokenize.INDENT, tokenize.DEDENT}
_OPENING, _CLOSING = frozenset("([{"), frozenset(")]}")

Token = tokenize.TokenInfo
Span = tuple[tuple[int, int], tuple[int, int]]
Edit = tuple[Span, str]


class DeriveError(Exception):
    """A file cannot be derived; the message says which and why."""


def derive(source: str, name: str = "<source>") -> str:
    """The blocking twin of an async module, not yet formatted.

    Raises:
        DeriveError: It is not Python, or uses what has no blocking twin.
    """
    try:
        compile(source, name, "exec", dont_inherit=True)
        tokens = list(tokenize.generate_tokens(io.StringIO(source).readline))
    except (SyntaxError, tokenize.TokenError, ValueError) as error:
        raise DeriveError(f"{name}: {error}") from error
    for token in tokens:
        if token.type == tokenize.NAME and token.string in WITHOUT_TWIN:
            raise DeriveError(f"{name}:{token.start[0]}: `{token.string}` has no blocking twin")
    result = _apply(source, sorted(_edits(tokens)))
    try:
        compile(result, name, "exec", dont_inherit=True)
    except SyntaxError as error:
        raise DeriveError(f"{name}:{error.lineno}: what is derived is not Python: {error.msg}") from error
    return result


def _edits(tokens: Sequence[Token]) -> Iterator[Edit]:
    for index, token in enumerate(tokens):
        span = (token.start, token.end)
        if token.type in _TEXTS:
            if (text := _in_text(token.string)) != token.string:
                yield span, text
        elif token.type != tokenize.NAME:
            continue
        elif token.string in ("async", "await"):
            yield (token.start, tokens[index + 1].start), ""
            if token.string == "await" and (closing := _parenthesis(tokens, index)):
                yield (tokens[index - 1].start, tokens[index - 1].end), ""
                yield (closing.start, closing.end), ""
        elif (text := _renamed(token.string)) != token.string:
            yield span, text


def _renamed(name: str) -> str:
    return NAMES.get(name) or PREFIX.sub("", name)


def _in_text(text: str) -> str:
    """The same changes in strings and comments, where the code of examples is."""
    text = RUN.sub(lambda match: match[1] or "", KEYWORDS.sub("", text))
    return PREFIX.sub("", WORDS.sub(lambda match: NAMES[match[0]], text))


def _parenthesis(tokens: Sequence[Token], index: int) -> Token | None:
    """The end of `(await x.y(z))` where, without the `await`, the parentheses would be there for nothing."""
    before, opening = tokens[index - 2], tokens[index - 1]
    is_call = before.type == tokenize.NAME and not iskeyword(before.string)
    if opening.string != "(" or is_call or before.string in _CLOSING or before.type == tokenize.STRING:
        return None
    depth = 1
    for token in tokens[index + 1 :]:
        if token.type in _LAYOUT and depth == 1:
            return None
        if token.string in _OPENING:
            depth += 1
        elif token.string in _CLOSING:
            depth -= 1
            if depth == 0:
                return token
        elif depth == 1 and token.string != "." and (token.type != tokenize.NAME or iskeyword(token.string)):
            return None
    return None


def _apply(source: str, edits: Sequence[Edit]) -> str:
    lines = source.splitlines(keepends=True)
    starts = [0]
    for line in lines:
        starts.append(starts[-1] + len(line))
    parts, done = [], 0
    for ((row, column), (end_row, end_column)), text in edits:
        start, end = starts[row - 1] + column, starts[end_row - 1] + end_column
        parts += [source[done:start], text]
        done = end
    return "".join([*parts, source[done:]])


def build(root: Path) -> dict[Path, bytes]:
    """Every derived file, by its path under `root`. Writes nothing there."""
    style = _style(root)
    files = {}
    for path in sorted((root / SOURCE).rglob("*.py")):
        target = TARGET / path.relative_to(root / SOURCE)
        origin = path.relative_to(root).as_posix()
        text = derive(path.read_text(encoding="utf-8"), origin)
        header = f"# Derived from {origin} by scripts/derive_sync.py. Do not edit.\n"
        files[target] = _format(root, target, header + text, style).encode()
    return files


def _style(root: Path) -> list[str]:
    """The project's own ruff configuration, or the line length it would say."""
    project = root / "pyproject.toml"
    if project.is_file() and "ruff" in tomllib.loads(project.read_text(encoding="utf-8")).get("tool", {}):
        return [f"--config={project}"]
    return ["--isolated", "--config=line-length=120", '--config=target-version="py311"']


def _format(root: Path, name: Path, text: str, style: Sequence[str]) -> str:
    for command in (["check", "--fix-only", "--select=I,F401"], ["format"]):
        arguments = [*command, *style, "--no-cache", "--quiet", f"--stdin-filename={root / name}", "-"]
        result = subprocess.run(
            [sys.executable, "-m", "ruff", *arguments],
            cwd=root,
            input=text,
            capture_output=True,
            text=True,
            encoding="utf-8",
            check=False,
        )
        if result.returncode:
            raise DeriveError(f"{name}: ruff failed: {result.stderr.strip()}")
        text = result.stdout
    return text


def stale(root: Path, files: dict[Path, bytes]) -> list[Path]:
    """Files in `_sync` that come from nowhere."""
    present = (path.relative_to(root) for path in (root / TARGET).rglob("*.py"))
    return sorted(path for path in present if path not in files)


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description="Derive the blocking resources from the async ones.")
    parser.add_argument("--check", action="store_true", help=bundle_spec.CHECK_HELP)
    parser.add_argument("--root", type=Path, default=bundle_spec.ROOT, help=argparse.SUPPRESS)
    options = parser.parse_args(arguments)
    root = options.root.resolve()
    if not (root / SOURCE).is_dir():
        print(f"derive_sync: {SOURCE} does not exist; nothing to do")
        return 0
    try:
        files = build(root)
    except (DeriveError, OSError, UnicodeDecodeError) as error:
        print(f"derive_sync: {error}", file=sys.stderr)
        return 1
    if not options.check:
        bundle_spec.write(root, files)
        for name in stale(root, files):
            (root / name).unlink()
        return 0
    found = bundle_spec.check(root, files)
    found += [f"{name}: derived from nothing" for name in stale(root, files)]
    if found:
        print("\n\n".join(found), file=sys.stderr)
        print(f"derive_sync: {HINT}", file=sys.stderr)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
