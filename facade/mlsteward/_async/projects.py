"""Projects and the people on their rosters."""

from __future__ import annotations

from functools import partial

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

from mlsteward._async.resource import AsyncNamespace, AsyncResource
from mlsteward.connection import AsyncConnection
from mlsteward.pagination import AsyncPager
from mlsteward.records.enums import (
    AccountKind,
    AccountKindLike,
    ProjectRole,
    ProjectRoleLike,
    Visibility,
    VisibilityLike,
)
from mlsteward.records.projects import Project, ProjectMember, read_project, read_project_member
from mlsteward.references import split_project, text
from mlsteward.serialization import choice, given, given_choice, given_text


class AsyncProjects(AsyncNamespace):
    """Projects. Every `project` is `workspace/name`, a name, or an id.

    Attributes:
        members: The people and service accounts in a project.

    Example:
        >>> import asyncio
        >>> from mlsteward import AsyncSteward
        >>> async def main() -> str:
        ...     async with AsyncSteward(path=":memory:") as steward:
        ...         await steward.workspaces.create("ml-team")
        ...         project = await steward.projects.create("ml-team/classification", visibility="workspace")
        ...         return project.full_name
        >>> asyncio.run(main())
        'ml-team/classification'
    """

    def __init__(self, connection: AsyncConnection) -> None:
        super().__init__(connection)
        self.members = AsyncProjectMembers(connection)

    def list(
        self,
        *,
        workspace: str | None = None,
        archived: bool = False,
        limit: int | None = None,
        page_size: int | None = None,
        timeout: float | None = None,
    ) -> AsyncPager[Project]:
        """List the projects in which the caller has a role.

        Args:
            workspace: Only projects of this workspace, by name or id (default: of all workspaces).
            archived: List archived projects instead of active ones.
            limit: Maximum number of projects (default: all).
            page_size: Number of projects per request, 1 to 500.
            timeout: Seconds to wait for each step of a request (default: that of the client).

        Example:
            >>> [project.full_name async for project in steward.projects.list()]
            ['ml-team/classification']
        """
        return self._list(
            partial(
                list_projects.request,
                workspace=given_text("workspace", workspace),
                archived=given(archived or None),
            ),
            read_project,
            limit=limit,
            page_size=page_size,
            timeout=timeout,
        )

    async def get(self, project: str, *, workspace: str | None = None, timeout: float | None = None) -> Project:
        """Get a project.

        Args:
            project: `workspace/name`, a name, or an id.
            workspace: Name or id, for a bare name (default: the default workspace).

        Raises:
            ProjectNotFound: The project does not exist, or the caller cannot see it.

        Example:
            >>> (await steward.projects.get("classification")).key
            'CLS'
        """
        return await self._connection.call(
            get_project.request(project=self._project(project, workspace)), read_project, timeout=timeout
        )

    async def create(
        self,
        name: str,
        *,
        workspace: str | None = None,
        key: str | None = None,
        visibility: VisibilityLike = Visibility.PRIVATE,
        description: str | None = None,
        exist_ok: bool = False,
        timeout: float | None = None,
        idempotency_key: str | None = None,
    ) -> Project:
        """Create a project. The admins of the workspace and the caller become its owners.

        Args:
            name: `workspace/name`, or the bare name.
            workspace: Name or id, for a bare name (default: the default workspace).
            key: 1 to 10 characters of A-Z and 0-9, with at least one letter (default: derived from the name).
            visibility: Who has access besides its roster.
            description: What the project is about (default: empty).
            exist_ok: Return the existing project, unchanged, instead of failing.

        Raises:
            AlreadyExists: The workspace has a project with this name.
            Conflict: The workspace has a project with this key (`project_key_taken`).
            InvalidRequest: The name or the key is not valid, or the plan does not allow this visibility.
            LimitReached: The plan of the workspace allows no more projects.

        Example:
            >>> project = await steward.projects.create("segmentation", visibility="workspace")
            >>> project.full_name
            'ml-team/segmentation'
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
        return await self._create(
            create_project.request(body=body),
            read_project,
            taken="project_name_taken",
            find=lambda: self.get(bare, workspace=home, timeout=timeout),
            exist_ok=exist_ok,
            timeout=timeout,
            idempotency_key=idempotency_key,
        )

    async def update(
        self,
        project: str,
        *,
        workspace: str | None = None,
        name: str | None = None,
        visibility: VisibilityLike | None = None,
        description: str | None = None,
        if_match: str | None = None,
        timeout: float | None = None,
        idempotency_key: str | None = None,
    ) -> Project:
        """Change a project. Arguments that are not given stay as they are.

        Args:
            project: `workspace/name`, a name, or an id.
            workspace: Name or id, for a bare name (default: the default workspace).
            name: Its new bare name.
            visibility: Who has access besides its roster.
            description: Its new description; an empty text clears it.
            if_match: The `etag` of the response in which you read it, see `raw_responses()`. If it was changed since,
                `PreconditionFailed` is raised and nothing is changed.

        Raises:
            ProjectNotFound: The project does not exist, or the caller cannot see it.
            AlreadyExists: The workspace has a project with the new name.

        Example:
            >>> project = await steward.projects.update("classification", visibility="workspace")
            >>> str(project.visibility)
            'workspace'
        """
        body = ProjectUpdate(
            name=given(name),
            visibility=given_choice("visibility", visibility, Visibility),
            description=given(description),
        )
        return await self._update(project, workspace, body, timeout, idempotency_key, if_match)

    async def archive(
        self,
        project: str,
        *,
        workspace: str | None = None,
        timeout: float | None = None,
        idempotency_key: str | None = None,
    ) -> Project:
        """Archive a project. It no longer counts towards the limit of the plan, and lists leave it out.

        Args:
            project: `workspace/name`, a name, or an id.
            workspace: Name or id, for a bare name (default: the default workspace).

        Raises:
            ProjectNotFound: The project does not exist, or the caller cannot see it.

        Example:
            >>> project = await steward.projects.archive("classification")
            >>> [project.name async for project in steward.projects.list(archived=True)]
            ['classification']
        """
        return await self._update(project, workspace, ProjectUpdate(archived=True), timeout, idempotency_key)

    async def restore(
        self,
        project: str,
        *,
        workspace: str | None = None,
        timeout: float | None = None,
        idempotency_key: str | None = None,
    ) -> Project:
        """Make an archived project active again.

        Args:
            project: `workspace/name`, a name, or an id.
            workspace: Name or id, for a bare name (default: the default workspace).

        Raises:
            ProjectNotFound: The project does not exist, or the caller cannot see it.
            LimitReached: The plan of the workspace allows no more active projects.

        Example:
            >>> project = await steward.projects.archive("classification")
            >>> project = await steward.projects.restore("classification")
            >>> [project.name async for project in steward.projects.list()]
            ['classification']
        """
        return await self._update(project, workspace, ProjectUpdate(archived=False), timeout, idempotency_key)

    async def delete(
        self,
        project: str,
        *,
        workspace: str | None = None,
        missing_ok: bool = False,
        timeout: float | None = None,
        idempotency_key: str | None = None,
    ) -> None:
        """Delete a project permanently. For admins of the workspace; service accounts cannot do this.

        Args:
            project: `workspace/name`, a name, or an id.
            workspace: Name or id, for a bare name (default: the default workspace).
            missing_ok: Succeed even if it does not exist.

        Raises:
            Forbidden: The caller may not delete the project.
            ProjectNotFound: The project does not exist, or the caller cannot see it.

        Example:
            >>> await steward.projects.delete("classification")
            >>> await steward.projects.list().to_list()
            []
        """
        await self._delete(
            delete_project.request(project=self._project(project, workspace)),
            absent="project_not_found",
            missing_ok=missing_ok,
            timeout=timeout,
            idempotency_key=idempotency_key,
        )

    async def _update(
        self,
        project: str,
        workspace: str | None,
        body: ProjectUpdate,
        timeout: float | None,
        idempotency_key: str | None,
        if_match: str | None = None,
    ) -> Project:
        return await self._connection.call(
            update_project.request(project=self._project(project, workspace), body=body),
            read_project,
            timeout=timeout,
            idempotency_key=idempotency_key,
            if_match=if_match,
        )


class AsyncProjectMembers(AsyncResource):
    """The people and service accounts in a project."""

    def list(
        self,
        project: str,
        *,
        workspace: str | None = None,
        kind: AccountKindLike | None = None,
        limit: int | None = None,
        page_size: int | None = None,
        timeout: float | None = None,
    ) -> AsyncPager[ProjectMember]:
        """List the people and service accounts in a project, by username.

        Members of the workspace who have access by the visibility of the project are listed as owners. Service
        accounts are listed only if they were added.

        Args:
            project: `workspace/name`, a name, or an id.
            workspace: Name or id, for a bare name (default: the default workspace).
            kind: Only people, or only service accounts.
            limit: Maximum number of members (default: all).
            page_size: Number of members per request, 1 to 500.
            timeout: Seconds to wait for each step of a request (default: that of the client).

        Raises:
            ProjectNotFound: The project does not exist, or the caller cannot see it.

        Example:
            >>> members = steward.projects.members.list("classification")
            >>> [(member.username, str(member.role)) async for member in members]
            [('jackie', 'contributor'), ('local', 'owner')]
        """
        return self._list(
            partial(
                list_project_users.request,
                project=self._project(project, workspace),
                kind=given_choice("kind", kind, AccountKind),
            ),
            read_project_member,
            limit=limit,
            page_size=page_size,
            timeout=timeout,
        )

    async def get(
        self, project: str, user: str, *, workspace: str | None = None, timeout: float | None = None
    ) -> ProjectMember:
        """Get one person or service account in a project.

        Args:
            project: `workspace/name`, a name, or an id.
            user: Id, email, username or `account@workspace`.
            workspace: Name or id, for a bare name (default: the default workspace).

        Raises:
            NotFound: The user is not in the project (`project_user_not_found`).

        Example:
            >>> member = await steward.projects.members.get("classification", "jackie")
            >>> str(member.role)
            'contributor'
        """
        return await self._connection.call(
            get_project_user.request(project=self._project(project, workspace), user=text("user", user)),
            read_project_member,
            timeout=timeout,
        )

    async def add(
        self,
        project: str,
        user: str,
        *,
        role: ProjectRoleLike,
        workspace: str | None = None,
        kind: AccountKindLike | None = None,
        exist_ok: bool = False,
        timeout: float | None = None,
        idempotency_key: str | None = None,
    ) -> ProjectMember:
        """Add a person or service account to the roster of a project.

        Args:
            project: `workspace/name`, a name, or an id.
            user: Id, email, username or `account@workspace`; it must be in the workspace.
            role: Its role in the project.
            workspace: Name or id, for a bare name (default: the default workspace).
            kind: Refuse an account of another kind.
            exist_ok: Return the existing entry, unchanged, instead of failing.

        Raises:
            AlreadyExists: The account is on the roster, or the visibility of the project gives the person access.
            UserNotFound: The workspace has no such person.
            NotFound: The workspace has no such service account (`service_account_not_found`).

        Example:
            >>> member = await steward.projects.members.add("classification", "ravi", role="viewer")
            >>> str(member.role)
            'viewer'
        """
        body = ProjectUserAdd(
            user=text("user", user),
            role=choice("role", role, ProjectRole),
            kind=given_choice("kind", kind, AccountKind),
        )
        return await self._create(
            add_project_user.request(project=self._project(project, workspace), body=body),
            read_project_member,
            taken="project_user_exists",
            find=lambda: self.get(project, user, workspace=workspace, timeout=timeout),
            exist_ok=exist_ok,
            timeout=timeout,
            idempotency_key=idempotency_key,
        )

    async def update(
        self,
        project: str,
        user: str,
        *,
        role: ProjectRoleLike,
        workspace: str | None = None,
        if_match: str | None = None,
        timeout: float | None = None,
        idempotency_key: str | None = None,
    ) -> ProjectMember:
        """Change the role of a person or service account on the roster.

        Args:
            project: `workspace/name`, a name, or an id.
            user: Id, email, username or `account@workspace`.
            role: Its new role in the project.
            workspace: Name or id, for a bare name (default: the default workspace).
            if_match: The `etag` of the response in which you read it, see `raw_responses()`. If it was changed since,
                `PreconditionFailed` is raised and nothing is changed.

        Raises:
            NotFound: The user is not on the roster (`project_user_not_found`).

        Example:
            >>> member = await steward.projects.members.update("classification", "jackie", role="owner")
            >>> str(member.role)
            'owner'
        """
        return await self._connection.call(
            set_project_user_role.request(
                project=self._project(project, workspace),
                user=text("user", user),
                body=ProjectUserUpdate(role=choice("role", role, ProjectRole)),
            ),
            read_project_member,
            timeout=timeout,
            idempotency_key=idempotency_key,
            if_match=if_match,
        )

    async def remove(
        self,
        project: str,
        user: str,
        *,
        workspace: str | None = None,
        kind: AccountKindLike | None = None,
        missing_ok: bool = False,
        timeout: float | None = None,
        idempotency_key: str | None = None,
    ) -> None:
        """Remove a person or service account from the roster. Access by visibility cannot be removed this way.

        Args:
            project: `workspace/name`, a name, or an id.
            user: Id, email, username or `account@workspace`.
            workspace: Name or id, for a bare name (default: the default workspace).
            kind: Refuse an account of another kind.
            missing_ok: Succeed even if the user is not on the roster.

        Raises:
            NotFound: The user is not on the roster (`project_user_not_found`).
            Forbidden: The caller may not edit the roster.

        Example:
            >>> await steward.projects.members.remove("classification", "jackie")
            >>> [member.username async for member in steward.projects.members.list("classification")]
            ['local']
        """
        await self._delete(
            remove_project_user.request(
                project=self._project(project, workspace),
                user=text("user", user),
                kind=given_choice("kind", kind, AccountKind),
            ),
            absent="project_user_not_found",
            missing_ok=missing_ok,
            timeout=timeout,
            idempotency_key=idempotency_key,
        )
