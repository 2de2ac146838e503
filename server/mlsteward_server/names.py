"""Names as they are compared, and those that mean something of their own in a path."""

from __future__ import annotations

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


def is_of_the_platform(name: str) -> bool:
    """Whether somebody with this username would be taken for the platform itself.

    >>> is_of_the_platform("Local"), is_of_the_platform("jackie")
    (True, False)
    """
    return key_of(name) in OF_THE_PLATFORM
