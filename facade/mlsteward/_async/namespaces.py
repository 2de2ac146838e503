# Derived by scripts/derive_packages.py. Do not edit.
"""The namespaces of the object client. Each is loaded on first use."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from mlsteward.connection import AsyncConnection

if TYPE_CHECKING:
    from mlsteward._async.access import AsyncAccess
    from mlsteward._async.datasets import AsyncDatasets
    from mlsteward._async.experiments import AsyncExperiments
    from mlsteward._async.groups import AsyncGroups
    from mlsteward._async.identity import AsyncApiKeys, AsyncIdentity
    from mlsteward._async.jobs import AsyncJobs
    from mlsteward._async.operations import AsyncAudit
    from mlsteward._async.projects import AsyncProjects
    from mlsteward._async.storage import AsyncStorage
    from mlsteward._async.workspaces.invitations import AsyncInvitations
    from mlsteward._async.workspaces.members import AsyncMembers
    from mlsteward._async.workspaces.service_accounts import AsyncServiceAccounts
    from mlsteward._async.workspaces.workspaces import AsyncWorkspaces


class AsyncNamespaces:
    """A namespace for each domain."""

    _connection: AsyncConnection

    @cached_property
    def api_keys(self) -> AsyncApiKeys:
        """API keys of the caller, or of an account the caller administers."""
        from mlsteward._async.identity import AsyncApiKeys

        return AsyncApiKeys(self._connection)

    @cached_property
    def identity(self) -> AsyncIdentity:
        """The calling account and the server."""
        from mlsteward._async.identity import AsyncIdentity

        return AsyncIdentity(self._connection)

    @cached_property
    def invitations(self) -> AsyncInvitations:
        """Invitations to a workspace."""
        from mlsteward._async.workspaces.invitations import AsyncInvitations

        return AsyncInvitations(self._connection)

    @cached_property
    def members(self) -> AsyncMembers:
        """The people in a workspace."""
        from mlsteward._async.workspaces.members import AsyncMembers

        return AsyncMembers(self._connection)

    @cached_property
    def service_accounts(self) -> AsyncServiceAccounts:
        """The accounts of programs in a workspace."""
        from mlsteward._async.workspaces.service_accounts import AsyncServiceAccounts

        return AsyncServiceAccounts(self._connection)

    @cached_property
    def workspaces(self) -> AsyncWorkspaces:
        """Workspaces, their plans and settings."""
        from mlsteward._async.workspaces.workspaces import AsyncWorkspaces

        return AsyncWorkspaces(self._connection)

    @cached_property
    def groups(self) -> AsyncGroups:
        """Groups of people. Every `group` is a name or an id. For admins of the workspace."""
        from mlsteward._async.groups import AsyncGroups

        return AsyncGroups(self._connection)

    @cached_property
    def projects(self) -> AsyncProjects:
        """Projects. Every `project` is `workspace/name`, a name, or an id."""
        from mlsteward._async.projects import AsyncProjects

        return AsyncProjects(self._connection)

    @cached_property
    def experiments(self) -> AsyncExperiments:
        """Experiments. Every `experiment` is an id, or `workspace/CLS-26`, or a short id in the default workspace."""
        from mlsteward._async.experiments import AsyncExperiments

        return AsyncExperiments(self._connection)

    @cached_property
    def datasets(self) -> AsyncDatasets:
        """Datasets. Every `dataset` is `workspace/name`, a name, or an id."""
        from mlsteward._async.datasets import AsyncDatasets

        return AsyncDatasets(self._connection)

    @cached_property
    def access(self) -> AsyncAccess:
        """Who may do what in projects and datasets, and why. For admins; for everybody about themselves."""
        from mlsteward._async.access import AsyncAccess

        return AsyncAccess(self._connection)

    @cached_property
    def audit(self) -> AsyncAudit:
        """The audit log: what was changed, by whom and when, newest first."""
        from mlsteward._async.operations import AsyncAudit

        return AsyncAudit(self._connection)

    @cached_property
    def jobs(self) -> AsyncJobs:
        """Work that calls have started, and that goes on after them."""
        from mlsteward._async.jobs import AsyncJobs

        return AsyncJobs(self._connection)

    @cached_property
    def storage(self) -> AsyncStorage:
        """The file storage of the platform. For operators."""
        from mlsteward._async.storage import AsyncStorage

        return AsyncStorage(self._connection)
