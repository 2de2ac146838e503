"""The exceptions that mlsteward raises.

    StewardError
    ├── ConfigurationError      the server or the account to use is not clear  (also ValueError)
    ├── InvalidArgument         refused before anything was sent               (also ValueError)
    ├── TransportError          no answer
    │   ├── ConnectionFailed                                                   (also ConnectionError)
    │   └── RequestTimeout                                                     (also TimeoutError)
    ├── ResponseParsingError    an answer that cannot be read
    └── APIError                the server refused or failed: one class for each kind of status

Every refusal of the server has a `code`, and most name the `resource` they are about:

    except errors.NotFound as error:
        if error.resource == "project": ...

Only codes that somebody would catch have a class of their own, such as `ProjectNotFound`. Those classes are
at the end of this file. They come from `x-problem-codes` in the spec.

This module imports nothing, so importing it is cheap.
"""

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from typing import TypeVar

    E = TypeVar("E", bound="StewardError")

_SHOWN_LOCATIONS = 5


class StewardError(Exception):
    """The base class of every error of mlsteward.

    Attributes:
        message: What was wrong.
        hint: What to do about it, if that is known.
        code: A stable name for what was wrong, such as `project_not_found`, if it has one.
    """

    def __init__(self, message: str = "", *, hint: str | None = None, code: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint
        self.code = code

    def __str__(self) -> str:
        # An exception that cannot be printed hides the failure that it reports.
        try:
            return " ".join(part for part in self._parts() if part) or type(self).__name__
        except Exception:
            return type(self).__name__

    def _parts(self) -> "Iterable[str]":
        return (_sentence(self.message), _sentence(self.hint))

    def _as(self, cls: "type[E]") -> "E":
        """The same error as an instance of another class. Front doors use it to raise the names of a vendor."""
        error = cls(*self.args)
        vars(error).update(vars(self))
        return error


def _sentence(text: object) -> str:
    shown = "" if text is None else str(text).strip()
    return shown if not shown or shown[-1] in ".!?:;)" else shown + "."


class ConfigurationError(StewardError, ValueError):
    """The configuration is missing, unclear or not valid."""


class InvalidArgument(StewardError, ValueError):
    """An argument was refused before anything was sent.

    Its `code` is `project_reference_invalid`, `dataset_reference_invalid`, `workspace_missing`,
    `workspace_conflict` or `unsupported_value` if that is the reason; otherwise None.
    """


class AmbiguousName(InvalidArgument):
    """A project and a dataset have this name."""


class TransportError(StewardError):
    """The server did not answer. It is not known whether it acted on the request."""


class ConnectionFailed(TransportError, ConnectionError):
    """The server could not be reached, or closed the connection."""


class RequestTimeout(TransportError, TimeoutError):
    """The server did not answer in time."""


class ResponseParsingError(StewardError):
    """The server sent an answer that cannot be read."""


class APIError(StewardError):
    """The server refused the request, or failed.

    Attributes:
        detail: What went wrong with this request. `message` is the same text.
        status: The HTTP status code; 0 if it is not known.
        code: The stable name of the problem; None if something other than mlsteward answered.
        resource: The kind of thing the problem is about, such as `project`; None if it is about none.
        title: What the code means in general.
        hint: What to do about it.
        request_id: The identifier of the request. Include it when you ask for help.
        errors: `(pointer, message)` for each part of the request that is not valid, such as
            `("/body/name", "is too long")`.
        retry_after: The number of seconds to wait before trying again, if the server says so.
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
        super().__init__(detail, hint=hint, code=code)
        self.detail = detail
        self.status = status
        self.resource = _RESOURCES.get(code) if code is not None else None
        self.title = title
        self.request_id = request_id
        self.errors = tuple(errors)
        self.retry_after = retry_after

    @staticmethod
    def class_of(status: int, code: str | None = None) -> "type[APIError]":
        """The class to raise for an answer.

        Args:
            status: The HTTP status code of the answer.
            code: The code in the answer, if it has one.
        """
        found = _BY_CODE.get(code) if code is not None else None
        return found or _BY_STATUS.get(status) or (ServerError if status >= 500 else APIError)

    def _parts(self) -> "Iterable[str]":
        said = _sentence(self.detail or self.title)
        yield said
        # The detail already contains the first of them.
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


class InvalidRequest(APIError, ValueError):
    """The request is not valid."""


class Unauthenticated(APIError):
    """The API key is missing, not valid or has expired."""


class Forbidden(APIError):
    """The caller is not allowed to do this."""


class NotFound(APIError):
    """The request names something that does not exist, or that the caller cannot see."""


class Conflict(APIError):
    """The request conflicts with the current state."""


class AlreadyExists(Conflict):
    """What the request would create exists already; `resource` says what it is."""


class LimitReached(Conflict):
    """The plan allows no more of these; `resource` says of what."""


class RateLimited(APIError):
    """Too many requests. `retry_after` is the number of seconds to wait, if the server gave one."""


class ServerError(APIError):
    """The server failed."""


class Unavailable(ServerError):
    """The server is busy or down. Try again later."""


class UnexpectedRedirect(APIError):
    """The server redirects elsewhere. Redirects are not followed, because the API key would be sent along."""


_BY_STATUS: "Mapping[int, type[APIError]]" = {
    400: InvalidRequest,
    401: Unauthenticated,
    403: Forbidden,
    404: NotFound,
    409: Conflict,
    412: Conflict,
    413: InvalidRequest,
    415: InvalidRequest,
    422: InvalidRequest,
    429: RateLimited,
    500: ServerError,
    503: Unavailable,
}

# Derived from `x-problem-codes` in the spec by scripts/derive_errors.py. Do not edit from here on.


class NotAvailable(NotFound):
    """This server does not offer the operation."""


class PreconditionFailed(Conflict):
    """Someone else changed the object after you read it. Your change was not made; read the object again."""


class UserNotFound(NotFound, ValueError):
    """The user does not exist."""


class ApiKeyNotFound(NotFound, ValueError):
    """The account does not have this API key."""


class WorkspaceNotFound(NotFound):
    """The workspace does not exist, or the caller is not a member of it."""


class MemberNotFound(NotFound, ValueError):
    """The account is not a member of the workspace."""


class InvitationNotFound(NotFound, ValueError):
    """The invitation does not exist."""


class GroupNotFound(NotFound, ValueError):
    """The group does not exist in the workspace."""


class ProjectNotFound(NotFound):
    """The project does not exist, or the caller cannot see it."""


class DatasetNotFound(NotFound, ValueError):
    """The dataset does not exist, or the caller cannot see it."""


class ExperimentNotFound(NotFound):
    """The experiment does not exist, or the caller cannot see it."""


_BY_CODE: "Mapping[str, type[APIError]]" = {
    "not_available": NotAvailable,
    "precondition_failed": PreconditionFailed,
    "user_not_found": UserNotFound,
    "api_key_not_found": ApiKeyNotFound,
    "workspace_not_found": WorkspaceNotFound,
    "member_not_found": MemberNotFound,
    "invitation_not_found": InvitationNotFound,
    "workspace_name_taken": AlreadyExists,
    "service_account_name_taken": AlreadyExists,
    "member_exists": AlreadyExists,
    "user_already_invited": AlreadyExists,
    "group_not_found": GroupNotFound,
    "group_name_taken": AlreadyExists,
    "project_not_found": ProjectNotFound,
    "project_name_taken": AlreadyExists,
    "project_user_exists": AlreadyExists,
    "projects_limit_reached": LimitReached,
    "dataset_not_found": DatasetNotFound,
    "dataset_name_taken": AlreadyExists,
    "experiment_not_found": ExperimentNotFound,
    "storage_limit_reached": LimitReached,
}

_RESOURCES: "Mapping[str, str]" = {
    "api_key_invalid": "api_key",
    "api_key_expired": "api_key",
    "scope_missing": "api_key",
    "scope_too_wide": "api_key",
    "user_not_found": "user",
    "api_key_not_found": "api_key",
    "api_key_rotated": "api_key",
    "username_taken": "user",
    "email_taken": "user",
    "invitation_token_invalid": "invitation",
    "workspace_not_found": "workspace",
    "member_not_found": "member",
    "service_account_not_found": "service_account",
    "invitation_not_found": "invitation",
    "workspace_name_taken": "workspace",
    "service_account_name_taken": "service_account",
    "member_exists": "member",
    "user_already_invited": "invitation",
    "invitation_not_pending": "invitation",
    "last_admin": "workspace",
    "sole_owner": "member",
    "group_not_found": "group",
    "group_name_taken": "group",
    "project_not_found": "project",
    "project_user_not_found": "project_member",
    "project_name_taken": "project",
    "project_key_taken": "project",
    "project_user_exists": "project_member",
    "projects_limit_reached": "project",
    "project_name_invalid": "project",
    "project_key_invalid": "project",
    "project_visibility_restricted": "project",
    "dataset_not_found": "dataset",
    "grant_not_found": "grant",
    "dataset_name_taken": "dataset",
    "experiment_not_found": "experiment",
    "asset_not_found": "asset",
    "storage_limit_reached": "asset",
    "job_not_found": "job",
}
