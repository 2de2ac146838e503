"""The blocking twin of async Python: code changes, prose does not.

Code is rewritten token by token, so that comments, docstrings and layout stay. In strings and comments, only
what is code there is rewritten: the lines of doctest examples, and names in backticks.

A name that looks async and is not known here is an error. Left as it is, it would be a wrong class or a coroutine
that nobody awaits.
"""

from __future__ import annotations

import ast
import io
import re
import tokenize
from collections.abc import Callable, Iterator, Sequence
from itertools import groupby
from keyword import iskeyword
from typing import Final

NAMES: Final = {
    "_async": "_sync",
    "__aenter__": "__enter__",
    "__aexit__": "__exit__",
    "__aiter__": "__iter__",
    "__anext__": "__next__",
    "aclose": "close",
    "aclosing": "closing",
    "agather": "gather",
    "aiter": "iter",
    "aiter_bytes": "iter_bytes",
    "aiter_lines": "iter_lines",
    "anext": "next",
    "aread": "read",
    "asleep": "sleep",
    "asynccontextmanager": "contextmanager",
    "enter_async_context": "enter_context",
    "get_async_httpx_client": "get_httpx_client",
    "set_async_httpx_client": "set_httpx_client",
    "AbstractAsyncContextManager": "AbstractContextManager",
    "AsyncBaseTransport": "BaseTransport",
    "AsyncByteStream": "SyncByteStream",
    "AsyncClient": "Client",
    "AsyncExitStack": "ExitStack",
    "AsyncGenerator": "Generator",
    "AsyncHTTPTransport": "HTTPTransport",
    "AsyncIterable": "Iterable",
    "AsyncIterator": "Iterator",
    "StopAsyncIteration": "StopIteration",
}
"""Names of Python and httpx that change. Classes of ours only lose the `Async` in front: see `_names_of`."""

OURS: Final = "mlsteward"
PREFIX: Final = re.compile(r"Async(?=[A-Z])")
SUSPICIOUS: Final = re.compile(
    r"(?i:async|coroutine)|^(?:anyio|trio)$|^Awaitable$|^__a(?:enter|exit|iter|next|wait)__$"
    r"|^a(?:close|closing|enter|exit|gather|iter|next|read|send|sleep|throw|wait)(?:_\w+)?$"
)
"""What is async by its name, and must therefore be known."""

IDENTIFIER: Final = re.compile(r"\w+")
IN_BACKTICKS: Final = re.compile(r"(`+)([^`\n]+)(\1)")
EXAMPLE: Final = re.compile(r"([ \t]*(?:>>>|\.\.\.)(?: |$))(.*)")
PLAIN_STRING: Final = re.compile(r"""(["'])(\w+)\1""")
IMPORT_ASYNCIO: Final = re.compile(r"^import asyncio$", re.MULTILINE)
RUN: Final = re.compile(r"\basyncio\.run\(((?:[^()]|\([^()]*\))*)\)")
"""How an example starts a coroutine; its twin is a plain call."""

# From Python 3.12 on, an f-string is several tokens: the text between the braces is one of its own.
_MIDDLE = getattr(tokenize, "FSTRING_MIDDLE", None)
_LAYOUT = {tokenize.NL, tokenize.NEWLINE, tokenize.COMMENT, tokenize.INDENT, tokenize.DEDENT}
_OPENING, _CLOSING = frozenset("([{"), frozenset(")]}")

Token = tokenize.TokenInfo
Span = tuple[tuple[int, int], tuple[int, int]]
Edit = tuple[Span, str]


class DeriveError(Exception):
    """A file cannot be derived; the message says which and why."""


def to_sync(source: str, name: str = "<source>") -> str:
    """The blocking twin of an async module, not yet formatted.

    Raises:
        DeriveError: It is not Python, or uses a name that has no blocking twin.
    """
    try:
        compile(source, name, "exec", dont_inherit=True)
        result = _code(source, lambda line: f"{name}:{line}", _names_of(source))
    except (SyntaxError, tokenize.TokenError, ValueError) as error:
        raise DeriveError(f"{name}: {error}") from error
    try:
        compile(result, name, "exec", dont_inherit=True)
    except SyntaxError as error:
        raise DeriveError(f"{name}:{error.lineno}: what is derived is not Python: {error.msg}") from error
    return result


def _names_of(source: str) -> frozenset[str]:
    """Names that are ours: defined here, or imported from our own package."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.ClassDef):
            found.add(node.name)
        elif isinstance(node, ast.ImportFrom) and (node.level or (node.module or "").split(".")[0] == OURS):
            found.update(alias.name for alias in node.names)
        elif isinstance(node, ast.Assign):
            found.update(target.id for target in node.targets if isinstance(target, ast.Name))
    return frozenset(found)


def _code(source: str, place_of: Callable[[int], str], ours: frozenset[str]) -> str:
    tokens = list(tokenize.generate_tokens(io.StringIO(source).readline))
    return _apply(source, sorted(_edits(tokens, source.splitlines(), place_of, ours)))


def _edits(
    tokens: Sequence[Token], lines: Sequence[str], place_of: Callable[[int], str], ours: frozenset[str]
) -> Iterator[Edit]:
    for index, token in enumerate(tokens):
        span = (token.start, token.end)
        place = place_of(token.start[0])
        if token.type in (tokenize.STRING, tokenize.COMMENT, _MIDDLE):
            if (text := _text(token, place, ours)) != token.string:
                yield span, text
        elif token.type != tokenize.NAME:
            continue
        elif token.string in ("async", "await"):
            yield (token.start, tokens[index + 1].start), ""
            if token.string == "await" and (closing := _parenthesis(tokens, index)):
                yield (tokens[index - 1].start, tokens[index - 1].end), ""
                yield (closing.start, closing.end), ""
        elif token.string == "Awaitable" and tokens[index + 1].string == "[":
            closing = _closing(tokens, index + 1)
            yield (token.start, tokens[index + 1].end), ""
            yield (closing.start, closing.end), ""
        elif token.string == "Awaitable" and lines[token.start[0] - 1].lstrip().startswith("from "):
            continue  # the import; it goes once nothing uses it
        elif (text := _renamed(token.string, place, ours)) != token.string:
            yield span, text


def _renamed(word: str, place: str, ours: frozenset[str]) -> str:
    if word in NAMES:
        return NAMES[word]
    if word in ours and PREFIX.match(word):
        return PREFIX.sub("", word)
    if SUSPICIOUS.search(word):
        raise DeriveError(f"{place}: `{word}` has no blocking twin")
    return word


def _text(token: Token, place: str, ours: frozenset[str]) -> str:
    """A string or a comment."""
    text = token.string
    if token.type == tokenize.STRING:
        prefix = text[: len(text) - len(text.lstrip("rRbBuUfF"))]
        if plain := PLAIN_STRING.fullmatch(text):
            # A name as a string, as in `__all__`.
            word = plain[2]
            return plain[1] + (_renamed(word, place, ours) if word in ours or word in NAMES else word) + plain[1]
        if "f" in prefix.lower():
            return _fields(text, place, ours)
    return _prose(text, place, ours)


def _prose(text: str, place: str, ours: frozenset[str]) -> str:
    """Text for people: only examples and names in backticks are code."""
    lines = text.split("\n")
    examples = [match[2] for line in lines if (match := EXAMPLE.fullmatch(line))]
    if examples:
        try:
            ours |= _names_of("\n".join(examples))
        except SyntaxError as error:
            raise DeriveError(f"{place}: an example is not Python: {error.msg}") from error
    parts: list[str] = []
    for is_example, group in groupby(lines, key=lambda line: EXAMPLE.fullmatch(line) is not None):
        together = list(group)
        parts += _example(together, place, ours) if is_example else map(_backticks, together)
    return "\n".join(parts)


def _example(lines: Sequence[str], place: str, ours: frozenset[str]) -> list[str]:
    matches = [match for line in lines if (match := EXAMPLE.fullmatch(line))]
    source = RUN.sub(r"\1", "\n".join(match[2] for match in matches))
    twin = _code(IMPORT_ASYNCIO.sub("# asyncio", source), lambda line: place, ours).split("\n")
    return [match[1] + line for match, line in zip(matches, twin, strict=True) if line != "# asyncio"]


def _backticks(line: str) -> str:
    def twin(match: re.Match[str]) -> str:
        code = re.sub(r"\b(?:await|async) +", "", match[2])
        code = IDENTIFIER.sub(lambda word: NAMES.get(word[0]) or PREFIX.sub("", word[0]), code)
        return match[1] + code + match[3]

    return IN_BACKTICKS.sub(twin, line)


def _fields(text: str, place: str, ours: frozenset[str]) -> str:
    """An f-string, of which the parts in braces are code. One token up to Python 3.11."""
    parts: list[str] = []
    start = depth = 0
    position = 0
    while position < len(text):
        character = text[position]
        if depth == 0 and text[position : position + 2] in ("{{", "}}"):
            position += 1
        elif character == "{":
            depth += 1
            if depth == 1:
                parts.append(_prose(text[start : position + 1], place, ours))
                start = position + 1
        elif character == "}" and depth:
            depth -= 1
            if depth == 0:
                # In parentheses, so that a line break in it does not end it.
                parts.append(_code(f"({text[start:position]})", lambda line: place, ours)[1:-1])
                start = position
        position += 1
    return "".join([*parts, _prose(text[start:], place, ours)])


def _closing(tokens: Sequence[Token], opening: int) -> Token:
    """The bracket that closes the one at `opening`."""
    depth = 0
    for token in tokens[opening:]:
        depth += (token.string in _OPENING) - (token.string in _CLOSING)
        if depth == 0:
            return token
    raise ValueError("a bracket is not closed")


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
