"""Names as they are compared, and those that mean something of their own in a path."""

from __future__ import annotations

from unicodedata import normalize

from mlsteward_server.storage.ids import looks_like_id

DEFAULT_WORKSPACE = "~"
"""The default workspace of the caller."""
ME = "me"
"""The caller."""
RESERVED = frozenset({ME, DEFAULT_WORKSPACE, "actions"})
LOCAL_USERNAME = "local"
"""The operator an embedded server acts for."""
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
"""Usernames under which somebody would be taken for the platform itself. Only an operator gives them out."""


def key_of(name: str) -> str:
    """A name in the form in which it is compared: compatibility forms (NFKC) and case do not matter.

    >>> key_of("ML-Team"), key_of("\u212a") == key_of("k")
    ('ml-team', True)
    """
    if name.isascii():
        return name.lower()
    folded = normalize("NFKC", name.casefold())
    # Folding can yield what normalizing changes, and the other way round. A key is where both end.
    while folded != name:
        name, folded = folded, normalize("NFKC", folded.casefold())
    return folded


def is_reserved(name: str) -> bool:
    """Whether a name would be read as something else in a path.

    >>> is_reserved("me"), is_reserved("jackie")
    (True, False)
    """
    return key_of(name) in RESERVED or looks_like_id(key_of(name))


def is_of_the_platform(name: str) -> bool:
    """Whether somebody with this username would be taken for the platform itself.

    >>> is_of_the_platform("Local"), is_of_the_platform("jackie")
    (True, False)
    """
    return key_of(name) in OF_THE_PLATFORM
