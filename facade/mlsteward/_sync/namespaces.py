# Derived from facade/mlsteward/_async/namespaces.py by scripts/derive_sync.py. Do not edit.
# Derived by scripts/derive_packages.py. Do not edit.
"""The namespaces of the object client. Each is loaded on first use."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from mlsteward.connection import Connection

if TYPE_CHECKING:
    from mlsteward._sync.access import Access
    from mlsteward._sync.datasets import Datasets
    from mlsteward._sync.experiments import Experiments
    from mlsteward._sync.groups import Groups
    from mlsteward._sync.identity import ApiKeys, Identity
    from mlsteward._sync.jobs import Jobs
    from mlsteward._sync.operations import Audit
    from mlsteward._sync.projects import Projects
    from mlsteward._sync.storage import Storage
    from mlsteward._sync.workspaces.invitations import Invitations
    from mlsteward._sync.workspaces.members import Members
    from mlsteward._sync.workspaces.service_accounts import ServiceAccounts
    from mlsteward._sync.workspaces.workspaces import Workspaces


class Namespaces:
    """A namespace for each domain."""

    _connection: Connection

    @cached_property
    def api_keys(self) -> ApiKeys:
        """API keys of the caller, or of an account the caller administers."""
        from mlsteward._sync.identity import ApiKeys

        return ApiKeys(self._connection)

    @cached_property
    def identity(self) -> Identity:
        """The calling account and the server."""
        from mlsteward._sync.identity import Identity

        return Identity(self._connection)

    @cached_property
    def invitations(self) -> Invitations:
        """Invitations to a workspace."""
        from mlsteward._sync.workspaces.invitations import Invitations

        return Invitations(self._connection)

    @cached_property
    def members(self) -> Members:
        """The people in a workspace."""
        from mlsteward._sync.workspaces.members import Members

        return Members(self._connection)

    @cached_property
    def service_accounts(self) -> ServiceAccounts:
        """The accounts of programs in a workspace."""
        from mlsteward._sync.workspaces.service_accounts import ServiceAccounts

        return ServiceAccounts(self._connection)

    @cached_property
    def workspaces(self) -> Workspaces:
        """Workspaces, their plans and settings."""
        from mlsteward._sync.workspaces.workspaces import Workspaces

        return Workspaces(self._connection)

    @cached_property
    def groups(self) -> Groups:
        """Groups of people. Every `group` is a name or an id. For admins of the workspace."""
        from mlsteward._sync.groups import Groups

        return Groups(self._connection)

    @cached_property
    def projects(self) -> Projects:
        """Projects. Every `project` is `workspace/name`, a name, or an id."""
        from mlsteward._sync.projects import Projects

        return Projects(self._connection)

    @cached_property
    def experiments(self) -> Experiments:
        """Experiments. Every `experiment` is an id, or `workspace/CLS-26`, or a short id in the default workspace."""
        from mlsteward._sync.experiments import Experiments

        return Experiments(self._connection)

    @cached_property
    def datasets(self) -> Datasets:
        """Datasets. Every `dataset` is `workspace/name`, a name, or an id."""
        from mlsteward._sync.datasets import Datasets

        return Datasets(self._connection)

    @cached_property
    def access(self) -> Access:
        """Who may do what in projects and datasets, and why. For admins; for everybody about themselves."""
        from mlsteward._sync.access import Access

        return Access(self._connection)

    @cached_property
    def audit(self) -> Audit:
        """The audit log: what was changed, by whom and when, newest first."""
        from mlsteward._sync.operations import Audit

        return Audit(self._connection)

    @cached_property
    def jobs(self) -> Jobs:
        """Work that calls have started, and that goes on after them."""
        from mlsteward._sync.jobs import Jobs

        return Jobs(self._connection)

    @cached_property
    def storage(self) -> Storage:
        """The file storage of the platform. For operators."""
        from mlsteward._sync.storage import Storage

        return Storage(self._connection)
