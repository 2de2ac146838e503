"""Keeping secrets out of messages, reprs and log lines."""

import re
from typing import NoReturn

MASK = "***"

_NAMES = r"(?:[a-z0-9_-]*(?:secret|password|passwd|token|api[_-]?key|apikey|authorization|credential)[a-z0-9_-]*)"
_PATTERNS = (
    # Keys of ours, wherever they stand.
    (re.compile(r"mls_[A-Za-z0-9]{4,}"), MASK),
    # A digit tells a credential from prose such as "basic authentication".
    (re.compile(r"(?i)\b(bearer|basic|token)(\s+)(?=\S*\d)[A-Za-z0-9._~+/=-]{12,}"), rf"\1\2{MASK}"),
    # "secret": "...", also where the text was cut before the closing quote.
    (re.compile(rf'(?i)("{_NAMES}"\s*:\s*")(?:[^"\\]|\\.)*("?)'), rf"\1{MASK}\2"),
    # ?token=...
    (re.compile(rf"(?i)([?&;]{_NAMES}=)[^&;#\s\"'<>]*"), rf"\1{MASK}"),
    # https://user:password@host
    (re.compile(r"(?i)(\b[a-z][a-z0-9+.-]*://)[^/\s@\"'<>]*@"), rf"\1{MASK}@"),
)


class Secret:
    """A text that is not shown.

    >>> Secret("mls_abc"), str(Secret("mls_abc"))
    (Secret('***'), '***')
    >>> Secret("mls_abc").reveal()
    'mls_abc'
    """

    __slots__ = ("_text",)

    def __init__(self, text: str) -> None:
        self._text = text

    def reveal(self) -> str:
        """The text itself."""
        return self._text

    def __repr__(self) -> str:
        return f"Secret({MASK!r})"

    def __str__(self) -> str:
        return MASK

    def __copy__(self) -> "Secret":
        return self

    def __deepcopy__(self, memo: object) -> "Secret":
        return self

    def __reduce__(self) -> NoReturn:
        raise TypeError("A secret cannot be pickled: the pickle would contain it.")

    def __bool__(self) -> bool:
        return bool(self._text)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Secret) and other._text == self._text

    def __hash__(self) -> int:
        return hash((Secret, self._text))


def redact(text: str) -> str:
    """Mask everything in a text that looks like a secret.

    >>> redact("https://bob:pw@host/invitations/1/accept?token=abc&limit=3")
    'https://***@host/invitations/1/accept?token=***&limit=3'
    >>> redact('{"name": "ci", "secret": "hunter2"}')
    '{"name": "ci", "secret": "***"}'
    """
    for pattern, replacement in _PATTERNS:
        text = pattern.sub(replacement, text)
    return text


def excerpt(body: bytes, longest: int = 200) -> str:
    """The start of a body for a message: one short printable line without secrets."""
    # Masked before it is cut: half a key is a secret too.
    text = redact(body[: longest * 20].decode("utf-8", "replace"))
    text = " ".join("".join(c if c.isprintable() else " " for c in text).split())
    return text if len(text) <= longest else text[:longest] + "…"
