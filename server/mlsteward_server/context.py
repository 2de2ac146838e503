"""What a handler is given besides its arguments."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row

from mlsteward_server.credentials import Caller
from mlsteward_server.facts import DatasetAccess, ProjectAccess, WorkspaceAccess
from mlsteward_server.paging import Page
from mlsteward_server.settings import Settings
from mlsteward_server.storage.vault import Vault


@dataclass(slots=True)
class Context:
    """One request, authenticated and let in.

    Attributes:
        connection: Inside the transaction of the request.
        now: The moment of the request, in UTC; the same wherever it is written.
        page: Where the list starts and how long it may be.
        audited: Id of the object the audit log names, where the spec cannot tell.
        user_reference: How the path names the user, who may not exist.
        concerning: Whom the event is about, where that is somebody else than its object.
    """

    connection: Connection
    settings: Settings
    vault: Vault
    now: datetime
    request_id: str
    page: Page
    maybe_caller: Caller | None = None
    maybe_workspace: WorkspaceAccess | None = None
    maybe_project: ProjectAccess | None = None
    maybe_dataset: DatasetAccess | None = None
    maybe_user: Row[Any] | None = None
    user_reference: str = ""
    audited: str | None = None
    concerning: str | None = None

    # The router has resolved whatever the path names; these say so to readers and to the type checker.

    @property
    def caller(self) -> Caller:
        assert self.maybe_caller is not None
        return self.maybe_caller

    @property
    def workspace(self) -> WorkspaceAccess:
        assert self.maybe_workspace is not None
        return self.maybe_workspace

    @property
    def project(self) -> ProjectAccess:
        assert self.maybe_project is not None
        return self.maybe_project

    @property
    def dataset(self) -> DatasetAccess:
        assert self.maybe_dataset is not None
        return self.maybe_dataset

    @property
    def user(self) -> Row[Any]:
        assert self.maybe_user is not None
        return self.maybe_user
