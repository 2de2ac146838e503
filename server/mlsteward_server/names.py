"""Names as they are compared, and those that mean something of their own in a path."""

from __future__ import annotations

from mlsteward_server.storage.ids import looks_like_id

DEFAULT_WORKSPACE = "~"
"""The workspace the caller joined first."""
ME = "me"
"""The caller."""
RESERVED = frozenset({ME, DEFAULT_WORKSPACE, "actions"})


def key_of(name: str) -> str:
    """A name in the form in which it is compared.

    >>> key_of("ML-Team")
    'ml-team'
    """
    return name.lower()


def is_reserved(name: str) -> bool:
    """Whether a name would be read as something else in a path.

    >>> is_reserved("me"), is_reserved("jackie")
    (True, False)
    """
    return key_of(name) in RESERVED or looks_like_id(key_of(name))
