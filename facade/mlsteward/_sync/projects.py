# Derived from facade/mlsteward/_async/projects.py by scripts/derive_sync.py. Do not edit.
"""Projects and the people on their rosters."""

from __future__ import annotations

from mlsteward_api.api.projects import (
    add_project_user,
    create_project,
    delete_project,
    get_project,
    get_project_user,
    list_project_users,
    list_projects,
    remove_project_user,
    set_project_user_role,
    update_project,
)
from mlsteward_api.models.project_create import ProjectCreate
from mlsteward_api.models.project_update import ProjectUpdate
from mlsteward_api.models.project_user_add import ProjectUserAdd
from mlsteward_api.models.project_user_update import ProjectUserUpdate
from mlsteward_api.types import UNSET

from mlsteward._arguments import choice, given, given_choice
from mlsteward._sync.listing import listing
from mlsteward.connection import Connection
from mlsteward.errors import (
    AlreadyExists,
    NotFound,
)
from mlsteward.names import project_reference, split_project, text
from mlsteward.pagination import Pager
from mlsteward.records.enums import AccountKind, ProjectRole, Visibility
from mlsteward.records.projects import Project, ProjectMember, read_project, read_project_member


class Projects:
    """Projects. Every `project` is `workspace/name`, a name with `workspace=`, or an id.

    Attributes:
        members: The people and service accounts in a project.
    """

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self.members = ProjectMembers(connection)

    def list(
        self,
        workspace: str | None = None,
        *,
        archived: bool = False,
        limit: int | None = None,
        page_size: int | None = None,
    ) -> Pager[Project]:
        """The projects the caller has a role in.

        Args:
            workspace: Only those of one workspace, by name or id.
            archived: The archived ones instead of the active ones.
            limit: How many at most; all unless given.
            page_size: How many in one request, 1 to 500.
        """
        if workspace is not None:
            text("workspace", workspace)

        return listing(
            self._connection,
            list_projects,
            read_project,
            limit=limit,
            page_size=page_size,
            workspace=given(workspace),
            archived=archived or UNSET,
        )

    def get(self, project: str, *, workspace: str | None = None) -> Project:
        """A project.

        Raises:
            ProjectNotFound: There is none that the caller can see.
        """
        reference = project_reference(project, workspace, self._connection.workspace)
        return read_project(self._connection.call(get_project, project=reference))

    def create(
        self,
        name: str,
        *,
        workspace: str | None = None,
        key: str | None = None,
        visibility: Visibility | str = Visibility.PRIVATE,
        description: str | None = None,
        exist_ok: bool = False,
    ) -> Project:
        """Create a project. The admins of the workspace and the caller become its owners.

        Args:
            name: `workspace/name`, or the bare name with `workspace`.
            workspace: Name or id; the default workspace for a bare name unless given.
            key: 1 to 10 of A-Z and 0-9, at least one letter; made from the name unless given.
            visibility: Whom it lets in besides its roster.
            description: Empty unless given.
            exist_ok: Give back the project there is, as it is, instead of failing.

        Raises:
            AlreadyExists: A project has this name.
            Conflict: Another project has this key (`project_key_taken`).
            InvalidRequest: The name or key is not valid, or the plan does not allow this visibility.
            LimitReached: The plan allows no more projects.
        """
        if workspace is None and "/" not in text("name", name):
            workspace = self._connection.workspace
        home, bare = split_project(name, workspace)
        body = ProjectCreate(
            workspace=home,
            name=bare,
            key=given(key),
            visibility=choice("visibility", visibility, Visibility),
            description=given(description),
        )
        try:
            return read_project(self._connection.call(create_project, body=body))
        except AlreadyExists:
            if not exist_ok:
                raise
            return self.get(bare, workspace=home)

    def update(
        self,
        project: str,
        *,
        workspace: str | None = None,
        name: str | None = None,
        visibility: Visibility | str | None = None,
        description: str | None = None,
    ) -> Project:
        """Change a project. What is not given stays as it is.

        Args:
            name: Its new bare name.
            visibility: Whom it lets in from now on.
            description: An empty text clears it.
        """
        body = ProjectUpdate(
            name=given(name),
            visibility=given_choice("visibility", visibility, Visibility),
            description=given(description),
        )
        return self._update(project, workspace, body)

    def archive(self, project: str, *, workspace: str | None = None) -> Project:
        """Archive a project: it no longer counts towards the limit of the plan, and lists leave it out."""
        return self._update(project, workspace, ProjectUpdate(archived=True))

    def restore(self, project: str, *, workspace: str | None = None) -> Project:
        """Make an archived project active again.

        Raises:
            LimitReached: The plan allows no more active projects.
        """
        return self._update(project, workspace, ProjectUpdate(archived=False))

    def delete(self, project: str, *, workspace: str | None = None, missing_ok: bool = False) -> None:
        """Delete a project for good. For admins of the workspace; service accounts cannot.

        Args:
            missing_ok: Do not mind if there is none.

        Raises:
            Forbidden: The caller may not.
            ProjectNotFound: There is none that the caller can see.
        """
        reference = project_reference(project, workspace, self._connection.workspace)
        try:
            self._connection.call(delete_project, project=reference)
        except NotFound as error:
            if not (missing_ok and error.code == "project_not_found"):
                raise

    def _update(self, project: str, workspace: str | None, body: ProjectUpdate) -> Project:
        reference = project_reference(project, workspace, self._connection.workspace)
        return read_project(self._connection.call(update_project, project=reference, body=body))


class ProjectMembers:
    """The people and service accounts in a project."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def list(
        self,
        project: str,
        *,
        workspace: str | None = None,
        kind: AccountKind | str | None = None,
        limit: int | None = None,
        page_size: int | None = None,
    ) -> Pager[ProjectMember]:
        """Who is in a project, by username.

        Where the visibility lets the members of the workspace in, they are listed as owners;
        service accounts are listed only once they are added.

        Args:
            kind: Only people or only service accounts.
            limit: How many at most; all unless given.
            page_size: How many in one request, 1 to 500.
        """
        reference = project_reference(project, workspace, self._connection.workspace)
        only = given_choice("kind", kind, AccountKind)

        return listing(
            self._connection,
            list_project_users,
            read_project_member,
            limit=limit,
            page_size=page_size,
            project=reference,
            kind=only,
        )

    def get(self, project: str, account: str, *, workspace: str | None = None) -> ProjectMember:
        """One account of a project.

        Args:
            account: Id, email, username or `account@workspace`.

        Raises:
            NotFound: It is not in the project.
        """
        reference = project_reference(project, workspace, self._connection.workspace)
        return read_project_member(
            self._connection.call(get_project_user, project=reference, user=text("account", account))
        )

    def add(
        self,
        project: str,
        account: str,
        *,
        role: ProjectRole | str,
        workspace: str | None = None,
        kind: AccountKind | str | None = None,
        exist_ok: bool = False,
    ) -> ProjectMember:
        """Put an account on the roster of a project.

        Args:
            account: Id, email, username or `account@workspace`; it must be in the workspace.
            role: What it is in the project.
            kind: Refuse an account of another kind.
            exist_ok: Give back the entry there is, as it is, instead of failing.

        Raises:
            AlreadyExists: The account is on the roster, or a person whom the visibility lets in.
            NotFound: The workspace has no such person or service account.
        """
        reference = project_reference(project, workspace, self._connection.workspace)
        body = ProjectUserAdd(
            user=text("account", account),
            role=choice("role", role, ProjectRole),
            kind=given_choice("kind", kind, AccountKind),
        )
        try:
            return read_project_member(self._connection.call(add_project_user, project=reference, body=body))
        except AlreadyExists:
            if not exist_ok:
                raise
            return self.get(project, account, workspace=workspace)

    def update(
        self, project: str, account: str, *, role: ProjectRole | str, workspace: str | None = None
    ) -> ProjectMember:
        """Change the role of an account on the roster.

        Raises:
            NotFound: It is not on the roster.
        """
        reference = project_reference(project, workspace, self._connection.workspace)
        body = ProjectUserUpdate(role=choice("role", role, ProjectRole))
        return read_project_member(
            self._connection.call(set_project_user_role, project=reference, user=text("account", account), body=body)
        )

    def remove(
        self,
        project: str,
        account: str,
        *,
        workspace: str | None = None,
        kind: AccountKind | str | None = None,
        missing_ok: bool = False,
    ) -> None:
        """Take an account off the roster. Whom visibility lets in cannot be removed one by one.

        Args:
            account: Id, email, username or `account@workspace`.
            kind: Refuse an account of another kind.
            missing_ok: Do not mind if it is not on the roster.

        Raises:
            NotFound: It is not on the roster.
            Forbidden: The caller may not edit the roster.
        """
        reference = project_reference(project, workspace, self._connection.workspace)
        only = given_choice("kind", kind, AccountKind)
        try:
            self._connection.call(
                remove_project_user,
                project=reference,
                user=text("account", account),
                kind=only,
            )
        except NotFound as error:
            if not (missing_ok and error.code == "project_user_not_found"):
                raise
