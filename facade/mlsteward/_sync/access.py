# Derived from facade/mlsteward/_async/access.py by scripts/derive_sync.py. Do not edit.
"""Who may do what, and why."""

from __future__ import annotations

from mlsteward_api.api.access import get_dataset_access, get_project_access, list_access
from mlsteward_api.types import UNSET

from mlsteward._arguments import exactly_one, given
from mlsteward._sync.listing import listing
from mlsteward.connection import Connection
from mlsteward.errors import AmbiguousName, NotFound
from mlsteward.matrix import AccessMatrix
from mlsteward.names import DEFAULT, dataset_reference, is_id, project_reference, text, workspace_reference
from mlsteward.pagination import LARGEST_PAGE, Pager
from mlsteward.records.access import AccessEntry, AccessExplanation, read_access_entry, read_access_explanation
from mlsteward.records.datasets import Dataset
from mlsteward.records.projects import Project
from mlsteward.secret import redact


class Access:
    """Who may do what in projects and datasets, and why. For admins; for everybody about themselves.

    Example:
        >>> from mlsteward import Steward
        >>> def main() -> str:
        ...     with Steward(path=":memory:") as steward:
        ...         steward.workspaces.create("ml-team")
        ...         steward.members.create("ml-team", username="jackie")
        ...         steward.datasets.create("ml-team/street-signs", default_permission="VIEW")
        ...         found = steward.access.explain("jackie", "ml-team/street-signs")
        ...         return f"{found.role} by the rule {found.rule}"
        >>> main()
        'VIEW by the rule default'
    """

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def explain(
        self,
        user: str,
        project_or_dataset: str | Project | Dataset | None = None,
        *,
        project: str | None = None,
        dataset: str | None = None,
        workspace: str | None = None,
    ) -> AccessExplanation:
        """What an account is in a project or may do with a dataset, and every rule that speaks about it.

        Give exactly one of `project_or_dataset`, `project` and `dataset`.

        Args:
            user: Id, email, username, `account@workspace`, or `me`.
            project_or_dataset: A record, or `workspace/name`, a name, or an id of either.
            project: `workspace/name`, a name, or an id.
            dataset: `workspace/name`, a name, or an id.
            workspace: Name or id, for a bare name; the default workspace unless given.

        Raises:
            MemberNotFound: The account is not in the workspace.
            ProjectNotFound: There is no such `project` that the caller can see.
            DatasetNotFound: There is no such `dataset` that the caller may view.
            NotFound: `project_or_dataset` names neither.
            AmbiguousName: It names both.
        """
        text("user", user)
        exactly_one(project_or_dataset=project_or_dataset, project=project, dataset=dataset)
        if isinstance(project_or_dataset, Project):
            return self._in_project(user, project_or_dataset.id, None)
        if isinstance(project_or_dataset, Dataset):
            return self._in_dataset(user, project_or_dataset.id, None)
        if project is not None:
            return self._in_project(user, project, workspace)
        if dataset is not None:
            return self._in_dataset(user, dataset, workspace)
        name = text("project_or_dataset", project_or_dataset)
        try:
            found: AccessExplanation | None = self._in_project(user, name, workspace)
        except NotFound as error:
            if error.code != "project_not_found":
                raise
            found = None
        try:
            other = self._in_dataset(user, name, workspace)
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

    def list(
        self,
        workspace: str | None = None,
        *,
        user: str | None = None,
        project: str | None = None,
        dataset: str | None = None,
        granted: bool = False,
        limit: int | None = None,
        page_size: int | None = None,
    ) -> Pager[AccessEntry]:
        """Every account of a workspace with each of its projects and datasets, archived projects too. For admins.

        Datasets first, then projects, each by age; in each the accounts by username.

        Args:
            workspace: Name or id; the one that `project` or `dataset` names, or the default workspace unless given.
            user: Only this account: id, email, username or `account@workspace`.
            project: Only this project: `workspace/name`, a name, or an id.
            dataset: Only this dataset: `workspace/name`, a name, or an id.
            granted: Leave out who may do nothing.
            limit: How many at most; all unless given.
            page_size: How many in one request, 1 to 500.
        """
        for argument, value in (("user", user), ("project", project), ("dataset", dataset)):
            if value is not None:
                text(argument, value)
        home = workspace_reference(_home(workspace, project, dataset), self._connection.workspace)

        return listing(
            self._connection,
            list_access,
            read_access_entry,
            limit=limit,
            page_size=page_size,
            workspace=home,
            user=given(user),
            project=UNSET if project is None else project_reference(project, _unless_id(workspace, project), home),
            dataset=UNSET if dataset is None else dataset_reference(dataset, _unless_id(workspace, dataset), home),
            granted=granted or UNSET,
        )

    def matrix(
        self,
        workspace: str | None = None,
        *,
        user: str | None = None,
        project: str | None = None,
        dataset: str | None = None,
    ) -> AccessMatrix:
        """The same as one table, which can be written as CSV or turned into a DataFrame. For admins.

        Args:
            workspace: Name or id; the one that `project` or `dataset` names, or the default workspace unless given.
            user: Only this account: id, email, username or `account@workspace`.
            project: Only this project: `workspace/name`, a name, or an id.
            dataset: Only this dataset: `workspace/name`, a name, or an id.
        """
        entries = self.list(workspace, user=user, project=project, dataset=dataset, page_size=LARGEST_PAGE)
        return AccessMatrix(tuple(entries.to_list()))

    def _in_project(self, user: str, project: str, workspace: str | None) -> AccessExplanation:
        reference = project_reference(project, workspace, self._connection.workspace or DEFAULT)
        return read_access_explanation(self._connection.call(get_project_access, project=reference, user=user))

    def _in_dataset(self, user: str, dataset: str, workspace: str | None) -> AccessExplanation:
        reference = dataset_reference(dataset, workspace, self._connection.workspace or DEFAULT)
        return read_access_explanation(self._connection.call(get_dataset_access, dataset=reference, user=user))


def _home(workspace: str | None, *names: str | None) -> str | None:
    """The workspace that is meant: the one given, or else the one that a full name names."""
    if workspace is None:
        for name in names:
            named, slash, _ = (name or "").partition("/")
            if slash and named:
                return named
    return workspace


def _unless_id(workspace: str | None, name: str) -> str | None:
    """The workspace to look the name up in. It is the one of the list; what has an id needs none."""
    return None if is_id(name) else workspace
