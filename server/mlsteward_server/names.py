"""How names are compared, and which names are reserved."""

from __future__ import annotations

from unicodedata import normalize

from mlsteward_server.storage.ids import looks_like_id

DEFAULT_WORKSPACE = "~"
"""In a path: the default workspace of the caller."""
ME = "me"
"""In a path: the caller."""
RESERVED = frozenset({ME, DEFAULT_WORKSPACE, "actions"})
LOCAL_USERNAME = "local"
"""Username of the operator that an embedded server acts for."""
OF_THE_PLATFORM = frozenset(
    {
        LOCAL_USERNAME,
        "admin",
        "administrator",
        "anonymous",
        "everybody",
        "mlsteward",
        "nobody",
        "operator",
        "platform",
        "root",
        "security",
        "support",
        "system",
    }
)
"""Usernames that look like the platform itself. Only an operator can create an account with one of them."""


def key_of(name: str) -> str:
    """Return a name in the form in which names are compared: NFKC-normalized and case-folded.

    >>> key_of("ML-Team"), key_of("\u212a") == key_of("k")
    ('ml-team', True)
    """
    if name.isascii():
        return name.lower()
    folded = normalize("NFKC", name.casefold())
    # Normalizing can change what folding returned, and the other way round. So repeat both until nothing changes.
    while folded != name:
        name, folded = folded, normalize("NFKC", folded.casefold())
    return folded


def is_reserved(name: str) -> bool:
    """Return whether a name has another meaning in a path.

    >>> is_reserved("me"), is_reserved("jackie")
    (True, False)
    """
    return key_of(name) in RESERVED or looks_like_id(key_of(name))


def is_of_the_platform(name: str) -> bool:
    """Return whether a username looks like the platform itself.

    >>> is_of_the_platform("Local"), is_of_the_platform("jackie")
    (True, False)
    """
    return key_of(name) in OF_THE_PLATFORM
