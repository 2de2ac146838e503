"""API keys of the caller, or of a person the caller administers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mlsteward.management._session import client
from mlsteward.management.users import user_reference

if TYPE_CHECKING:
    from mlsteward.management.records import APIKey, User

__all__ = [
    "delete_api_key",
    "generate_api_key",
    "list_api_keys",
]

ME = "me"


def list_api_keys(user: str | User | None = None) -> list[APIKey]:
    """The API keys of a person, oldest first, without the keys themselves.

    Args:
        user: Id, email or `User` (default: the caller). Others are for admins.

    Returns:
        Their ids, names and when they were made.

    Raises:
        UserNotFound: There is no such person that the caller can see (a `ValueError`).
        Forbidden: They are somebody else's, and not the caller's to administer.
    """
    from mlsteward.management.records import APIKey

    with client(None) as steward:
        return [APIKey(key.id, key.name, key.created_at) for key in steward.api_keys.list(user=_whose(user))]


def generate_api_key(key_name: str, user: str | User | None = None) -> str:
    """Create an API key. It is shown only once: whoever loses it needs another one.

    Args:
        key_name: What the key is for.
        user: The owner of the key: id, email or `User` (default: the caller). Others are for admins.

    Returns:
        The key itself.

    Raises:
        UserNotFound: There is no such person that the caller can see (a `ValueError`).
        Forbidden: They are not the caller's to administer.

    Example:
        >>> import mlsteward.management as fom
        >>> with fom.connect(path=":memory:"):
        ...     key = fom.generate_api_key("my-key")
        ...     [found.name for found in fom.list_api_keys()]
        ['my-key']
    """
    with client(None) as steward:
        return steward.api_keys.create(key_name, user=_whose(user)).secret


def delete_api_key(key: str, user: str | User | None = None) -> None:
    """Delete an API key. It stops working at once.

    Args:
        key: The id of the key, as `list_api_keys` gives it.
        user: The owner of the key: id, email or `User` (default: the caller). Others are for admins.

    Raises:
        ApiKeyNotFound: They have no such key (a `ValueError`).
        UserNotFound: There is no such person that the caller can see (a `ValueError`).
        Forbidden: It is somebody else's, and not the caller's to administer.
    """
    with client(None) as steward:
        steward.api_keys.delete(key, user=_whose(user))


def _whose(user: str | User | None) -> str:
    return ME if user is None else user_reference(user)


def __getattr__(name: str) -> object:
    if name != "APIKey":
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from mlsteward.management import records

    return records.APIKey
