"""The people in the workspace, and invitations to it.

The functions name no workspace: they act on the one that is configured, or the default one of the caller.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, overload

from mlsteward.errors import InvalidArgument, MemberNotFound, UserNotFound, WorkspaceNotFound
from mlsteward.management._session import client
from mlsteward.management._words import member_of
from mlsteward.management.roles import UserRole as UserRole
from mlsteward.records.enums import WorkspaceRole
from mlsteward.references import is_id

if TYPE_CHECKING:
    from mlsteward.management.records import Invitation, User
    from mlsteward.records.datasets import DatasetCreator
    from mlsteward.records.workspaces import Member

__all__ = [
    "delete_user",
    "delete_user_invitation",
    "get_user",
    "list_pending_invitations",
    "list_users",
    "resolve_user_id",
    "send_user_invitation",
    "set_user_role",
    "whoami",
]


def whoami() -> User:
    """Get the calling account.

    Raises:
        Unauthenticated: There is no API key, or it is not valid.
        WorkspaceNotFound: The caller is not in the configured workspace, or in none at all.

    Example:
        >>> import mlsteward.management as fom
        >>> with fom.connect(path=":memory:"):
        ...     fom.whoami().role == fom.ADMIN
        True
    """
    from mlsteward.management.records import User

    with client(None) as steward:
        account = steward.whoami()
        try:
            role: str | None = steward.workspaces.get().role
        except WorkspaceNotFound:
            # The operator is an admin everywhere, also of a server without workspaces.
            if not account.is_operator:
                raise
            role = UserRole.ADMIN
    name = full_name(account.name, account.surname, account.username)
    return User(account.id, name, account.email, to_role(role or UserRole.GUEST))


def get_user(user: str | User) -> User | None:
    """A person in the workspace: for everybody themselves, for admins everybody.

    Args:
        user: Id, email or `User`.

    Returns:
        None where the workspace has no such person.

    Raises:
        Forbidden: It is somebody else, and the caller is no admin.

    Example:
        >>> import mlsteward.management as fom
        >>> with fom.connect(path=":memory:", workspace="ml-team") as steward:
        ...     _ = steward.workspaces.create("ml-team")
        ...     _ = steward.members.add("jackie", email="jackie@example.org")
        ...     fom.get_user("jackie@example.org").role, fom.get_user("unknown@example.org")
        (<UserRole.MEMBER: 'MEMBER'>, None)
    """
    reference = user_reference(user)
    with client(None) as steward:
        try:
            return to_user(steward.members.get(reference))
        except (MemberNotFound, UserNotFound):
            return None


@overload
def list_users(verbose: Literal[True] = True) -> list[User]: ...
@overload
def list_users(verbose: Literal[False]) -> list[str]: ...
@overload
def list_users(verbose: bool) -> list[User] | list[str]: ...
def list_users(verbose: bool = True) -> list[User] | list[str]:
    """The people in the workspace, by username. For its admins.

    Args:
        verbose: Return all fields.

    Returns:
        Users; or, without `verbose`, their email addresses, and usernames of those who have none.

    Raises:
        Forbidden: The caller is no admin.
    """
    with client(None) as steward:
        members = steward.members.list(full=True)
        if verbose:
            return [to_user(member) for member in members]
        return [member.email or member.username for member in members]


def set_user_role(user: str | User, role: UserRole) -> None:
    """Change the role of a person in the workspace. For its admins.

    Args:
        user: Id, email or `User`.
        role: Their new role.

    Raises:
        MemberNotFound: The workspace has no such person (a `ValueError`).
        LastAdmin: They are the last admin and cannot step down.
        UnsupportedValue: There is no such role.
        Forbidden: The caller is no admin.
    """
    reference, word = user_reference(user), role_on_the_wire(role)
    with client(None) as steward:
        steward.members.update(reference, role=word)


def delete_user(user: str | User) -> None:
    """Remove a person from the workspace and all its projects. For its admins.

    This cannot be undone: to come back they have to be invited again. With their last workspace the
    account and its API keys go too.

    Args:
        user: Id, email or `User`.

    Raises:
        MemberNotFound: The workspace has no such person (a `ValueError`).
        LastAdmin: They are the last admin and cannot leave.
        Forbidden: The caller is no admin.
    """
    reference = user_reference(user)
    with client(None) as steward:
        steward.members.remove(reference)


def send_user_invitation(email: str, role: UserRole) -> str:
    """Invite a person to the workspace. For its admins.

    Args:
        email: Where the invitation goes.
        role: Their role in the workspace.

    Returns:
        The id of the invitation.

    Raises:
        UserAlreadyInvited: They are in it, or have an open invitation.
        InvalidRequest: This is no email address (a `ValueError`).
        UnsupportedValue: There is no such role.
        Forbidden: The caller is no admin.

    Example:
        >>> import mlsteward.management as fom
        >>> with fom.connect(path=":memory:", workspace="ml-team") as steward:
        ...     _ = steward.workspaces.create("ml-team")
        ...     invitation = fom.send_user_invitation("guest@example.org", fom.GUEST)
        ...     [pending.invitee_email for pending in fom.list_pending_invitations()]
        ['guest@example.org']
    """
    word = role_on_the_wire(role)
    with client(None) as steward:
        return steward.invitations.send(email=email, role=word).id


def list_pending_invitations() -> list[Invitation]:
    """The invitations that were not accepted yet and can still be, oldest first. For admins.

    Raises:
        Forbidden: The caller is no admin.
    """
    from mlsteward.management.records import Invitation

    with client(None) as steward:
        return [
            Invitation(
                id=found.id,
                created_at=found.created_at,
                expires_at=found.expires_at,
                invitee_email=found.email,
                invitee_role=to_role(found.role),
                url=found.url,
            )
            for found in steward.invitations.list()
        ]


def delete_user_invitation(invitation: str) -> None:
    """Revoke an invitation that was not accepted yet. For admins.

    Args:
        invitation: Its id, or the email address it went to.

    Raises:
        InvitationNotFound: There is none, or it was accepted, or has expired (a `ValueError`).
        Forbidden: The caller is no admin.
    """
    with client(None) as steward:
        steward.invitations.revoke(invitation)


def resolve_user_id(user: str | User) -> str:
    """The id of a person. They are looked up only where it is not known already.

    Args:
        user: Id, email or `User`.

    Raises:
        MemberNotFound: The workspace has no such person (a `ValueError`).
        Forbidden: It is somebody else, and the caller is no admin.
    """
    reference = user_reference(user)
    if is_id(reference):
        return reference
    with client(None) as steward:
        return to_user(steward.members.get(reference)).id


def user_reference(user: object) -> str:
    """How a path names a person who is given as a text or as a `User`.

    Raises:
        InvalidArgument: It is something else.
    """
    if isinstance(user, str):
        return user
    from mlsteward.management.records import User

    if not isinstance(user, User):
        raise InvalidArgument(f"user must be a str or a User, not {type(user).__name__}")
    return user.id


def to_user(person: Member | DatasetCreator) -> User:
    """A person as FiftyOne's functions return them."""
    from mlsteward.management.records import User

    name = full_name(person.name, person.surname, person.username)
    # In full they have an id; the username would do in its place.
    return User(person.id or person.username, name, person.email, to_role(person.role))


def full_name(name: str | None, surname: str | None, username: str) -> str:
    """What FiftyOne's functions call a person: name and surname, or the username where there is neither."""
    return " ".join(part for part in (name, surname) if part) or username


def to_role(word: str) -> UserRole | str:
    """A role as FiftyOne's functions return it."""
    upper = word.upper()
    return UserRole.__members__.get(upper, upper)


def role_on_the_wire(role: object, argument: str = "role") -> WorkspaceRole:
    """A role as the client takes it.

    Raises:
        UnsupportedValue: There is no such role.
    """
    return WorkspaceRole(member_of(argument, role, UserRole).lower())


def __getattr__(name: str) -> object:
    if name not in ("Invitation", "User"):
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from mlsteward.management import records

    return getattr(records, name)
