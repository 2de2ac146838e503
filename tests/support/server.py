"""Every part of the server that tests take hold of. What moves there is followed here, and nowhere else.

Most tests need none of it: they call the server over HTTP.
"""

from mlsteward_server import paging
from mlsteward_server.app import create_app
from mlsteward_server.credentials import has_checksum, new_secret
from mlsteward_server.domains.identity import add_key
from mlsteward_server.embedded import default_path, ensure_local_operator, open_app
from mlsteward_server.first_start import ensure_administrator
from mlsteward_server.outbox import waiting
from mlsteward_server.people import join
from mlsteward_server.settings import Settings
from mlsteward_server.storage import migrations, vault
from mlsteward_server.storage.engine import LOCK_WAIT_MS, Storage, StorageError, hide_password, open_storage
from mlsteward_server.storage.ids import new_id
from mlsteward_server.storage.migrations import upgrade
from mlsteward_server.storage.tables import (
    accounts,
    api_keys,
    audit_events,
    dataset_user_grants,
    datasets,
    group_members,
    groups,
    idempotency_keys,
    invitation_dataset_grants,
    invitations,
    memberships,
    metadata,
    project_users,
    projects,
)
from mlsteward_server.storage.vault import Vault, VaultError
from mlsteward_server.workers import SETTLING_SECONDS, STOP_SECONDS

__all__ = [
    "LOCK_WAIT_MS",
    "SETTLING_SECONDS",
    "STOP_SECONDS",
    "Settings",
    "Storage",
    "StorageError",
    "Vault",
    "VaultError",
    "accounts",
    "add_key",
    "api_keys",
    "audit_events",
    "create_app",
    "dataset_user_grants",
    "datasets",
    "default_path",
    "ensure_administrator",
    "ensure_local_operator",
    "group_members",
    "groups",
    "has_checksum",
    "hide_password",
    "idempotency_keys",
    "invitation_dataset_grants",
    "invitations",
    "join",
    "memberships",
    "metadata",
    "migrations",
    "new_id",
    "new_secret",
    "open_app",
    "open_storage",
    "paging",
    "project_users",
    "projects",
    "upgrade",
    "vault",
    "waiting",
]
