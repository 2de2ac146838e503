# Derived from facade/mlsteward/_async/access.py by scripts/derive_sync.py. Do not edit.
"""Who may do what, and why."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from functools import partial
from typing import TypeAlias

from mlsteward_api.api.access import check_access, get_dataset_access, get_project_access, list_access
from mlsteward_api.models.access_checks import AccessChecks
from mlsteward_api.models.access_question import AccessQuestion

from mlsteward._sync.resource import Namespace
from mlsteward.errors import AmbiguousName, NotFound
from mlsteward.matrix import AccessMatrix
from mlsteward.pagination import LARGEST_PAGE, Pager
from mlsteward.records.access import (
    AccessCheck,
    AccessEntry,
    AccessExplanation,
    read_access_answers,
    read_access_entry,
    read_access_explanation,
)
from mlsteward.records.datasets import Dataset
from mlsteward.records.experiments import Experiment
from mlsteward.records.projects import Project
from mlsteward.redaction import redact
from mlsteward.references import DEFAULT, dataset_reference, is_id, project_reference, split_object, text
from mlsteward.reviews.review import AccessReview
from mlsteward.serialization import exactly_one, given, given_text

MOST_QUESTIONS = 100
"""Maximum number of questions in one request."""
Checkable: TypeAlias = Project | Dataset | Experiment
Question: TypeAlias = tuple[str, str, str | Checkable | None]


class Access(Namespace):
    """Who may do what in projects and datasets, and why. For admins; for everybody about themselves.

    Example:
        >>> from mlsteward import Steward
        >>> def main() -> str:
        ...     with Steward(path=":memory:") as steward:
        ...         steward.workspaces.create("ml-team")
        ...         steward.members.add("jackie", workspace="ml-team")
        ...         steward.datasets.create("ml-team/street-signs", default_permission="VIEW")
        ...         found = steward.access.explain("jackie", "ml-team/street-signs")
        ...         return f"{found.role} by the rule {found.rule}"
        >>> main()
        'VIEW by the rule default'
    """

    def explain(
        self,
        user: str,
        project_or_dataset: str | Project | Dataset | None = None,
        *,
        project: str | None = None,
        dataset: str | None = None,
        workspace: str | None = None,
        timeout: float | None = None,
    ) -> AccessExplanation:
        """Explain the role of an account in a project or its permission on a dataset: every rule that applies.

        Give exactly one of `project_or_dataset`, `project` and `dataset`.

        Args:
            user: Id, email, username, `account@workspace`, or `me`.
            project_or_dataset: A record, or `workspace/name`, a name, or an id of either.
            project: `workspace/name`, a name, or an id.
            dataset: `workspace/name`, a name, or an id.
            workspace: Name or id, for a bare name (default: the default workspace).

        Raises:
            MemberNotFound: The account is not in the workspace.
            ProjectNotFound: `project` does not exist, or the caller cannot see it.
            DatasetNotFound: `dataset` does not exist, or the caller cannot see it.
            NotFound: `project_or_dataset` names neither.
            AmbiguousName: It names both.

        Example:
            >>> found = steward.access.explain("jackie", "street-signs")
            >>> f"{found.role} by the group {found.group}"
            'EDIT by the group labelers'
        """
        text("user", user)
        exactly_one(project_or_dataset=project_or_dataset, project=project, dataset=dataset)
        if isinstance(project_or_dataset, Project):
            return self._in_project(user, project_or_dataset.id, None, timeout)
        if isinstance(project_or_dataset, Dataset):
            return self._in_dataset(user, project_or_dataset.id, None, timeout)
        if project is not None:
            return self._in_project(user, project, workspace, timeout)
        if dataset is not None:
            return self._in_dataset(user, dataset, workspace, timeout)
        return self._in_either(user, text("project_or_dataset", project_or_dataset), workspace, timeout)

    def can(
        self,
        user: str,
        operation: str,
        object: str | Checkable | None = None,
        *,
        workspace: str | None = None,
        timeout: float | None = None,
    ) -> AccessCheck:
        """Check whether an account may call an operation of the API. Changes nothing.

        The answer is true in a condition if the account may. Otherwise its `reason` says what is missing. It is about
        a call without optional arguments.

        Args:
            user: Id, email, username, `account@workspace`, or `me`.
            operation: Name of the operation, such as `delete_project`.
            object: A record, or `workspace/name`, a name, or an id: the project, dataset or experiment. The name of an
                experiment is its short id. None if the operation is about the workspace.
            workspace: Name or id (default: that of `object`, or else the default workspace).

        Raises:
            Forbidden: The caller asks about somebody else and is not an admin of the workspace.
            MemberNotFound: The account is not in the workspace.
            InvalidRequest: There is no such operation, or it is not about such an object.

        Example:
            >>> answer = steward.access.can("ravi", "delete_project", "classification")
            >>> "yes" if answer else answer.reason
            "delete_project needs the role admin in the workspace 'ml-team'; ravi is a guest."
        """
        (found,) = self.check([(user, operation, object)], workspace=workspace, timeout=timeout)
        return found

    def check(
        self,
        questions: Iterable[Question],
        *,
        workspace: str | None = None,
        timeout: float | None = None,
    ) -> tuple[AccessCheck, ...]:
        """Check several times whether an account may call an operation, in one request for each 100 questions.

        Args:
            questions: The `user`, `operation` and `object` of each, as for `can`. All objects must be in one workspace.
            workspace: Name or id (default: that of the first object that names one, or else the default workspace).

        Returns:
            One answer for each question, in the same order.

        Raises:
            Forbidden: The caller asks about somebody else and is not an admin of the workspace.
            MemberNotFound: An account is not in the workspace.
            InvalidRequest: There is no such operation, or it is not about such an object.

        Example:
            >>> questions = [(user, "create_experiment", "classification") for user in ("jackie", "ravi")]
            >>> [answer.allowed for answer in steward.access.check(questions)]
            [True, False]
        """
        asked = [*questions]
        home = workspace if workspace is not None else next(filter(None, (_home_of(each[2]) for each in asked)), None)
        checks = [
            AccessQuestion(
                user=text("user", user), operation=text("operation", operation), object_=given(_name_in(home, target))
            )
            for user, operation, target in asked
        ]
        found: tuple[AccessCheck, ...] = ()
        for start in range(0, len(checks), MOST_QUESTIONS):
            body = AccessChecks(checks=checks[start : start + MOST_QUESTIONS])
            answers = self._connection.call(
                check_access.request(workspace=self._workspace(home), body=body), read_access_answers, timeout=timeout
            )
            found += answers.checks
        return found

    def list(
        self,
        *,
        workspace: str | None = None,
        user: str | None = None,
        project: str | None = None,
        dataset: str | None = None,
        granted: bool = False,
        limit: int | None = None,
        page_size: int | None = None,
        timeout: float | None = None,
    ) -> Pager[AccessEntry]:
        """List every account of a workspace with each of its projects and datasets. For admins.

        Datasets come first, then projects, archived ones included. Both are sorted by age, and the accounts of each by
        username.

        Args:
            workspace: Name or id (default: that of `project` or `dataset`, or else the default workspace).
            user: Only this account: id, email, username or `account@workspace`.
            project: Only this project: `workspace/name`, a name, or an id.
            dataset: Only this dataset: `workspace/name`, a name, or an id.
            granted: Leave out accounts without access.
            limit: Maximum number of entries (default: all).
            page_size: Number of entries per request, 1 to 500.
            timeout: Seconds to wait for each step of a request (default: that of the client).

        Example:
            >>> [(entry.object_name, str(entry.role)) for entry in steward.access.list(user="jackie")]
            [('street-signs', 'EDIT'), ('classification', 'contributor')]
        """
        for argument, value in (("project", project), ("dataset", dataset)):
            given_text(argument, value)
        home = self._workspace(_home(workspace, project, dataset))
        in_project = None if project is None else project_reference(project, _unless_id(workspace, project), home)
        in_dataset = None if dataset is None else dataset_reference(dataset, _unless_id(workspace, dataset), home)
        return self._list(
            partial(
                list_access.request,
                workspace=home,
                user=given_text("user", user),
                project=given(in_project),
                dataset=given(in_dataset),
                granted=given(granted or None),
            ),
            read_access_entry,
            limit=limit,
            page_size=page_size,
            timeout=timeout,
        )

    def matrix(
        self,
        *,
        workspace: str | None = None,
        user: str | None = None,
        project: str | None = None,
        dataset: str | None = None,
        timeout: float | None = None,
    ) -> AccessMatrix:
        """Get the list as one table, which can be written as CSV or turned into a DataFrame. For admins.

        Args:
            workspace: Name or id (default: that of `project` or `dataset`, or else the default workspace).
            user: Only this account: id, email, username or `account@workspace`.
            project: Only this project: `workspace/name`, a name, or an id.
            dataset: Only this dataset: `workspace/name`, a name, or an id.
            timeout: Seconds to wait for each step of a request (default: that of the client).

        Example:
            >>> matrix = steward.access.matrix(user="jackie")
            >>> print(matrix.to_csv(wide=True))
            user_id,username,kind,dataset:street-signs,project:classification
            ...,jackie,user,EDIT,contributor
        """
        entries = self.list(
            workspace=workspace, user=user, project=project, dataset=dataset, page_size=LARGEST_PAGE, timeout=timeout
        )
        return AccessMatrix(tuple(entries.to_list()))

    def review(
        self,
        *,
        workspace: str | None = None,
        unseen: timedelta = timedelta(days=90),
        old_keys: timedelta = timedelta(days=365),
        since: datetime | timedelta | AccessReview | None = None,
        timeout: float | None = None,
    ) -> AccessReview:
        """Review the access to a workspace: who may do what, keys, who was not seen, invitations. For admins.

        `to_html` of the review writes it as a page for an auditor. It takes one request for each account, to read its
        API keys.

        Args:
            workspace: Name or id (default: the default workspace).
            unseen: Mark accounts and keys that nobody has used for so long, in whole days (default: 90 days).
            old_keys: Mark API keys that are older, in whole days (default: 365 days).
            since: Also show what has changed: since an earlier review, or in the audit log since a moment. A timedelta
                is how long ago. `AccessReview.read` reads an earlier review from its page.
            timeout: Seconds to wait for each step of a request (default: that of the client).

        Raises:
            Forbidden: The caller is not an admin of the workspace.
            InvalidArgument: The earlier review is of another workspace.

        Example:
            >>> before = steward.access.review()
            >>> zoe = steward.members.add("zoe", role="guest")
            >>> review = steward.access.review(since=before)
            >>> [f"{change.change} {change.kind}: {change.who}" for change in review.changes]
            ['new account: zoe']
        """
        # Imported when it is used: it needs most of the other namespaces.
        from mlsteward._sync.reviewing import Reader

        home = self._workspace(workspace)
        reader = Reader(self._connection, home, unseen, old_keys, timeout)
        entries = self.list(workspace=home, granted=True, page_size=LARGEST_PAGE, timeout=timeout)
        return reader.review(entries, since)

    def _in_either(self, user: str, name: str, workspace: str | None, timeout: float | None) -> AccessExplanation:
        found: AccessExplanation | None = None
        try:
            found = self._in_project(user, name, workspace, timeout)
        except NotFound as error:
            if error.code != "project_not_found":
                raise
        try:
            other = self._in_dataset(user, name, workspace, timeout)
        except NotFound as error:
            if error.code != "dataset_not_found":
                raise
            if found is not None:
                return found
            raise NotFound(
                f"there is no project and no dataset {redact(name)!r} that you can see",
                status=error.status,
                request_id=error.request_id,
            ) from error
        if found is not None:
            raise AmbiguousName(
                f"{redact(name)!r} is a project and a dataset of {other.workspace}; pass project= or dataset="
            )
        return other

    def _in_project(self, user: str, project: str, workspace: str | None, timeout: float | None) -> AccessExplanation:
        reference = project_reference(project, workspace, self._connection.workspace or DEFAULT)
        return self._connection.call(
            get_project_access.request(project=reference, user=user), read_access_explanation, timeout=timeout
        )

    def _in_dataset(self, user: str, dataset: str, workspace: str | None, timeout: float | None) -> AccessExplanation:
        reference = dataset_reference(dataset, workspace, self._connection.workspace or DEFAULT)
        return self._connection.call(
            get_dataset_access.request(dataset=reference, user=user), read_access_explanation, timeout=timeout
        )


def _home(workspace: str | None, *names: str | None) -> str | None:
    """The workspace that is given, or else the one in a full name."""
    if workspace is None:
        for name in names:
            named, slash, _ = (name or "").partition("/")
            if slash and named:
                return named
    return workspace


def _home_of(target: str | Checkable | None) -> str | None:
    """The workspace that a record or a full name says."""
    return _home(None, target) if target is None or isinstance(target, str) else target.workspace


def _name_in(home: str | None, target: str | Checkable | None) -> str | None:
    """How a question names an object of a workspace: by its id, or by its bare name."""
    if target is None or (isinstance(target, str) and is_id(target)):
        return target
    name = target if isinstance(target, str) else f"{target.workspace}/{target.id}"
    _, bare = split_object(name, None if home is None or is_id(home) else home)
    return bare


def _unless_id(workspace: str | None, name: str) -> str | None:
    """The workspace to look a name up in. An id needs none."""
    return None if is_id(name) else workspace
