"""What the functions with FiftyOne's names return. Loaded on first use, as attrs costs more than all the rest."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from attrs import field, frozen

if TYPE_CHECKING:
    from mlsteward.management.roles import DatasetPermission, UserRole

__all__ = [
    "APIKey",
    "Invitation",
    "OrganizationSettings",
    "User",
    "UserGroup",
]


@frozen
class User:
    """A person in the workspace.

    Attributes:
        id: Stays, whatever else changes.
        name: Name and surname, or the username where there is neither.
        email: None for accounts without one.
        role: What they are in the workspace; a plain `str` where a newer server knows more roles.
    """

    id: str
    name: str
    email: str | None
    role: UserRole | str


@frozen
class Invitation:
    """An invitation that was not accepted yet.

    Attributes:
        id: What `delete_user_invitation` takes.
        created_at: In UTC.
        expires_at: In UTC.
        invitee_email: Where it went; None where a username was invited.
        invitee_role: Their role in the workspace.
        url: The invitation link. Whoever holds it can accept, so `repr` leaves it out.
    """

    id: str
    created_at: datetime
    expires_at: datetime
    invitee_email: str | None
    invitee_role: UserRole | str
    url: str = field(repr=False)


@frozen
class APIKey:
    """An API key, without the key itself.

    Attributes:
        id: What `delete_api_key` takes.
        name: What it is for.
        created_at: In UTC.
    """

    id: str
    name: str
    created_at: datetime


@frozen
class UserGroup:
    """A group of people.

    Attributes:
        id: Stays, whatever else changes.
        name: Unique in the workspace, case-insensitive.
        description: None if there is none.
        users: Who is in it; None where a function was not asked to say.
    """

    id: str
    name: str
    description: str | None
    users: list[User] | None = None


@frozen
class OrganizationSettings:
    """The defaults of the workspace. Values that only a newer server knows are plain `str`s.

    Attributes:
        default_user_role: What people are in the workspace.
        default_dataset_permission: What members may do with a new dataset.
        default_operator_minimum_role: What somebody has to be at least to run an operator of a plugin.
        default_operator_minimum_dataset_permission: What they have to be allowed at least on the dataset it runs on.
    """

    default_user_role: UserRole | str
    default_dataset_permission: DatasetPermission | str
    default_operator_minimum_role: UserRole | str
    default_operator_minimum_dataset_permission: DatasetPermission | str
