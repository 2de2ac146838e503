"""What can go wrong, as exceptions.

    StewardError
    ├── ConfigurationError      where to go or as whom is not clear            (also ValueError)
    ├── InvalidArgument         refused before anything was sent               (also ValueError)
    ├── TransportError          no answer
    │   ├── ConnectionFailed                                                   (also ConnectionError)
    │   └── RequestTimeout                                                     (also TimeoutError)
    ├── ResponseParsingError    an answer that cannot be read
    └── APIError                an answer that says no: by status, then by `code`

A class that stands for a `code` of the API says so where it is defined; `x-problem-codes` in the spec
is the list of them. Some classes are *refinements*: the same code, in one operation, as a narrower
class. `Forbidden` while deleting a project, for example, is raised as `AccessRevokedOnDeletion`.

This module imports nothing: front doors that promise a cheap import re-export it.
"""

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from typing import Any

_SHOWN_LOCATIONS = 5


class StewardError(Exception):
    """Whatever goes wrong in mlsteward.

    Attributes:
        message: What was wrong.
        hint: What to do about it, where that is known.
    """

    def __init__(self, message: str = "", *, hint: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint

    def __str__(self) -> str:
        # An exception that cannot be printed hides the failure it stands for.
        try:
            return " ".join(part for part in self._parts() if part) or type(self).__name__
        except Exception:
            return type(self).__name__

    def _parts(self) -> "Iterable[str]":
        return (_sentence(self.message), _sentence(self.hint))


def _sentence(text: object) -> str:
    shown = "" if text is None else str(text).strip()
    return shown if not shown or shown[-1] in ".!?:;)" else shown + "."


class ConfigurationError(StewardError, ValueError):
    """It is not clear where to go or as whom, or what was given for it cannot be used."""


class InvalidArgument(StewardError, ValueError):
    """An argument was refused before anything was sent."""


class UnsupportedValue(InvalidArgument):
    """A value that is not among those this argument knows."""


class InvalidProjectName(InvalidArgument):
    """Text that does not name a project, as `workspace/name` or `name` does."""


class MissingWorkspaceName(InvalidArgument):
    """No workspace was named, and there is no default one."""


class ConflictingWorkspaceName(InvalidArgument):
    """Two different workspaces were named."""


class AmbiguousName(InvalidArgument):
    """The name means a project and a dataset."""


class TransportError(StewardError):
    """No answer arrived; whether the server acted on the request is not known."""


class ConnectionFailed(TransportError, ConnectionError):
    """The server could not be reached, or hung up."""


class RequestTimeout(TransportError, TimeoutError):
    """The answer did not arrive in time."""


class ResponseParsingError(StewardError):
    """An answer arrived that cannot be read."""


class APIError(StewardError):
    """The server refused, or failed.

    Attributes:
        detail: What went wrong this time, in words. `message` is the same text.
        status: The HTTP status code; 0 where it is not known.
        code: The stable name of the problem; None where something else than mlsteward answered.
        title: What went wrong in general, in words.
        hint: What to do about it.
        request_id: Quote it when asking for help.
        errors: `(pointer, message)` of each wrong place in the request, such as
            `("/body/name", "is too long")`.
        retry_after: How many seconds the server asks to wait before trying again.
    """

    def __init__(
        self,
        detail: str = "",
        *,
        status: int = 0,
        code: str | None = None,
        title: str | None = None,
        hint: str | None = None,
        request_id: str | None = None,
        errors: "Iterable[tuple[str, str]]" = (),
        retry_after: float | None = None,
    ) -> None:
        super().__init__(detail, hint=hint)
        self.detail = detail
        self.status = status
        self.code = code
        self.title = title
        self.request_id = request_id
        self.errors = tuple(errors)
        self.retry_after = retry_after

    def __init_subclass__(cls, *, code: str | None = None, statuses: tuple[int, ...] = ()) -> None:
        super().__init_subclass__()
        if code is not None:
            _register(_BY_CODE, code, cls)
        for status in statuses:
            _register(_BY_STATUS, status, cls)

    @staticmethod
    def class_of(
        status: int, code: str | None = None, refine: "Mapping[str, type[APIError]] | None" = None
    ) -> "type[APIError]":
        """The class to raise.

        Args:
            status: The HTTP status code of the answer.
            code: The code in the answer, where it has one.
            refine: Codes that mean something narrower in the operation at hand.
        """
        if code is not None:
            found = (refine or {}).get(code) or _BY_CODE.get(code)
            if found is not None:
                return found
        return _BY_STATUS.get(status) or (ServerError if status >= 500 else APIError)

    def _parts(self) -> "Iterable[str]":
        said = _sentence(self.detail or self.title)
        yield said
        # The server says the first of them in its detail.
        places = [place for place in (f"{pointer}: {message}" for pointer, message in self.errors) if place not in said]
        if places:
            shown = places[:_SHOWN_LOCATIONS]
            more = len(places) - len(shown)
            yield "[" + "; ".join(shown) + (f"; and {more} more" if more > 0 else "") + "]"
        yield _sentence(self.hint)
        known = [self.code or (f"HTTP {self.status}" if self.status else "")]
        if self.request_id:
            known.append(f"request {self.request_id}")
        trailer = ", ".join(part for part in known if part)
        yield f"({trailer})" if trailer else ""


_BY_CODE: "dict[str, type[APIError]]" = {}
_BY_STATUS: "dict[int, type[APIError]]" = {}


def _register(registry: "dict[Any, type[APIError]]", key: object, cls: "type[APIError]") -> None:
    if key in registry:
        raise TypeError(f"{key} already stands for {registry[key].__name__}; {cls.__name__} cannot have it too")
    registry[key] = cls


# By status. What an answer without a known code is raised as.


class InvalidRequest(APIError, ValueError, code="invalid_request", statuses=(400, 422)):
    """The request is not valid."""


class Unauthenticated(APIError, code="unauthenticated", statuses=(401,)):
    """The server does not know who is calling."""


class Forbidden(APIError, code="forbidden", statuses=(403,)):
    """The caller may not do this."""


class NotFound(APIError, statuses=(404,)):
    """What the request names does not exist, or the caller may not see it."""


class Conflict(APIError, code="conflict", statuses=(409,)):
    """The request does not fit the present state."""


class RequestTooLarge(APIError, code="request_too_large", statuses=(413,)):
    """The request is larger than the server accepts."""


class RateLimited(APIError, statuses=(429,)):
    """Too many requests; `retry_after` says when to come back, if the server said so."""


class ServerError(APIError, code="internal_error", statuses=(500,)):
    """The server failed."""


class Unavailable(ServerError, code="unavailable", statuses=(503,)):
    """The server is busy or down for the moment."""


class UnexpectedRedirect(APIError):
    """The server points elsewhere. Redirects are not followed: the API key would travel with them."""


# By code: the request as such.


class MalformedRequest(InvalidRequest, code="malformed_request"):
    """The server could not read the request."""


class MethodNotAllowed(APIError, code="method_not_allowed", statuses=(405,)):
    """This method is not possible at this path."""


class UnsupportedMediaType(APIError, code="unsupported_media_type", statuses=(415,)):
    """The server does not read bodies of this type."""


class IdempotencyKeyReused(InvalidRequest, code="idempotency_key_reused"):
    """The idempotency key was used for a different request."""


class RouteNotFound(NotFound, code="route_not_found"):
    """There is nothing at this path."""


class NotAvailable(NotFound, code="not_available"):
    """This server does not offer it."""


# By code: accounts and keys.


class ApiKeyInvalid(Unauthenticated, code="api_key_invalid"):
    """The API key is not valid."""


class ApiKeyExpired(ApiKeyInvalid, code="api_key_expired"):
    """The API key has expired."""


class ApiKeyNotFound(NotFound, ValueError, code="api_key_not_found"):
    """The account has no such API key."""


class ScopeMissing(Forbidden, code="scope_missing"):
    """The scopes of the API key do not reach this far, whatever its owner may do."""


class ScopeTooWide(Forbidden, code="scope_too_wide"):
    """An API key cannot make one with wider scopes than its own."""


class UserNotFound(NotFound, ValueError, code="user_not_found"):
    """There is no such user."""


class UsernameTaken(Conflict, code="username_taken"):
    """The username is taken."""


class EmailTaken(Conflict, code="email_taken"):
    """The email address is taken."""


# By code: workspaces, their people and programs.


class WorkspaceNotFound(NotFound, code="workspace_not_found"):
    """There is no such workspace, or the caller is not in it."""


class WorkspaceAlreadyExists(Conflict, code="workspace_name_taken"):
    """A workspace has this name already."""


class MemberNotFound(NotFound, ValueError, code="member_not_found"):
    """The account is not a member of the workspace."""


class MemberAlreadyExists(Conflict, code="member_exists"):
    """The account is a member of the workspace already."""


class LastAdmin(Conflict, code="last_admin"):
    """The workspace would be left without an admin."""


class SoleOwner(Conflict, code="sole_owner"):
    """A project or dataset would be left without an owner; name a successor."""


class ServiceAccountNotFound(NotFound, code="service_account_not_found"):
    """The workspace has no such service account."""


class ServiceAccountAlreadyExists(Conflict, code="service_account_name_taken"):
    """A service account of the workspace has this name already."""


class GroupNotFound(NotFound, ValueError, code="group_not_found"):
    """The workspace has no such group."""


class GroupAlreadyExists(Conflict, code="group_name_taken"):
    """The workspace has a group with this name."""


class InvitationNotFound(NotFound, ValueError, code="invitation_not_found"):
    """There is no such invitation."""


class InvitationNotPending(Conflict, code="invitation_not_pending"):
    """The invitation was accepted, revoked or has expired."""


class InvitationTokenInvalid(Forbidden, code="invitation_token_invalid"):
    """The token does not belong to the invitation."""


class UserAlreadyInvited(Conflict, code="user_already_invited"):
    """The person was invited before, or is a member."""


class WorkspaceOrUserNotFound(NotFound):
    """There is no such workspace or no such user. Refines both while inviting."""


# By code: projects and who is in them.


class ProjectNotFound(NotFound, code="project_not_found"):
    """There is no such project, or the caller may not see it."""


class ProjectAlreadyExists(Conflict):
    """The project exists already."""


class ProjectNameCollision(ProjectAlreadyExists, code="project_name_taken"):
    """A project of the workspace has this name already."""


# Not a ProjectAlreadyExists: a script that is content with "exists already" must not take another
# project, which happens to have the key, for its own.
class ProjectKeyCollision(Conflict, code="project_key_taken"):
    """Another project of the workspace has this key."""


class ProjectNameInvalid(InvalidRequest, code="project_name_invalid"):
    """The server does not accept this project name."""


class ProjectKeyInvalid(InvalidRequest, code="project_key_invalid"):
    """The server does not accept this project key."""


class ProjectPrivacyRestrictedException(InvalidRequest, code="project_visibility_restricted"):
    """The plan of the workspace does not allow this visibility."""


class ProjectsLimitReached(Conflict):
    """The workspace may not have more projects."""


class ActiveProjectsLimitReachedException(ProjectsLimitReached, code="projects_limit_reached"):
    """The workspace may not have more active projects; archived ones do not count."""


class UserAlreadyHasAccess(Conflict, code="project_user_exists"):
    """The account has access to the project already."""


class UserNotExistsOrWithoutAccess(NotFound, code="project_user_not_found"):
    """The account is not on the roster of the project."""


class ServiceAccountAlreadyHasAccess(UserAlreadyHasAccess):
    """The service account has access to the project already."""


class ServiceAccountNotExistsOrWithoutAccess(UserNotExistsOrWithoutAccess):
    """The service account is not on the roster of the project."""


class AccessRevokedOnDeletion(Forbidden):
    """The caller may not delete the project."""


class AccessRevokedOnMemberRemoval(Forbidden):
    """The caller may not remove members of the project."""


class AccessRevokedOnServiceAccountRemoval(Forbidden):
    """The caller may not remove service accounts of the project."""


# By code: datasets, and access to them.


class DatasetNotFound(NotFound, ValueError, code="dataset_not_found"):
    """There is no such dataset, or the caller may not see it."""


class DatasetAlreadyExists(Conflict, code="dataset_name_taken"):
    """A dataset of the workspace has this name already."""


class GrantNotFound(NotFound, ValueError, code="grant_not_found"):
    """Nothing was granted that could be taken back."""


class ProjectOrDatasetNotFound(NotFound, ValueError):
    """There is neither a project nor a dataset of this name, or the caller may see neither."""


BadRequestException = InvalidRequest
"""The name that scripts written for older SDKs catch."""
