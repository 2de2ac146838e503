"""Every part of the server that tests take hold of. What moves there is followed here, and nowhere else.

Most tests need none of it: they call the server over HTTP.
"""

from mlsteward_server import paging
from mlsteward_server.access.ladders import gives
from mlsteward_server.access.reach import reachable
from mlsteward_server.access.resources import Resource
from mlsteward_server.access.sharing import survey_account, survey_object
from mlsteward_server.accounts.credentials import as_caller, has_checksum, new_secret
from mlsteward_server.accounts.memberships import join
from mlsteward_server.domains.datasets.resource import DATASET
from mlsteward_server.domains.identity.api_keys import add_key
from mlsteward_server.domains.operations import storage as storage_cleanup
from mlsteward_server.domains.projects.resource import PROJECT
from mlsteward_server.http import invitation_page, reference
from mlsteward_server.http.app import create_app
from mlsteward_server.http.bodies import Admission
from mlsteward_server.http.observed import OBSERVED, Observed
from mlsteward_server.jobs import kinds as job_kinds
from mlsteward_server.jobs.queue import HOLD, KEPT
from mlsteward_server.names import key_of
from mlsteward_server.process.embedded import default_path, ensure_local_operator, open_app
from mlsteward_server.process.first_start import ensure_administrator
from mlsteward_server.process.gateway import Gateway
from mlsteward_server.process.mailer import TOO_OLD, Mailer
from mlsteward_server.process.metrics import METRICS, forget_the_dead
from mlsteward_server.process.probes import REASONS
from mlsteward_server.process.runner import MOST_ATTEMPTS, Runner
from mlsteward_server.process.smtp import Postponed, Refused, Session, Smtp, SmtpError, Unreachable, letter, parse_smtp
from mlsteward_server.process.tracing import find_tracing
from mlsteward_server.process.workers import SETTLING_SECONDS, STOP_SECONDS
from mlsteward_server.settings import Settings
from mlsteward_server.spec import load as load_spec
from mlsteward_server.storage import migrations, vault
from mlsteward_server.storage.engine import (
    LOCK_WAIT_MS,
    Storage,
    StorageError,
    hide_password,
    is_lost_race,
    is_unavailable,
    open_storage,
)
from mlsteward_server.storage.facts import KEY_CHECK, read_fact
from mlsteward_server.storage.ids import new_id
from mlsteward_server.storage.migrations import upgrade
from mlsteward_server.storage.prepared import ID, Prepared, update_of
from mlsteward_server.storage.tables import metadata
from mlsteward_server.storage.tables.datasets import (
    dataset_group_grants,
    dataset_user_grants,
    datasets,
    invitation_dataset_grants,
)
from mlsteward_server.storage.tables.groups import group_members, groups
from mlsteward_server.storage.tables.identity import accounts, api_keys
from mlsteward_server.storage.tables.jobs import jobs
from mlsteward_server.storage.tables.operations import audit_events
from mlsteward_server.storage.tables.projects import project_users, projects
from mlsteward_server.storage.tables.requests import idempotency_keys
from mlsteward_server.storage.tables.workspaces import invitations, memberships, outbox, workspaces
from mlsteward_server.storage.vault import Vault, VaultError
from mlsteward_server.trail.outbox import acknowledge, count_by_state, retry, waiting

__all__ = [
    "Admission",
    "Gateway",
    "HOLD",
    "KEPT",
    "METRICS",
    "forget_the_dead",
    "MOST_ATTEMPTS",
    "OBSERVED",
    "Observed",
    "Mailer",
    "Postponed",
    "Refused",
    "Runner",
    "Session",
    "Smtp",
    "SmtpError",
    "TOO_OLD",
    "Unreachable",
    "count_by_state",
    "letter",
    "parse_smtp",
    "retry",
    "job_kinds",
    "jobs",
    "KEY_CHECK",
    "read_fact",
    "DATASET",
    "ID",
    "PROJECT",
    "Prepared",
    "REASONS",
    "Resource",
    "LOCK_WAIT_MS",
    "SETTLING_SECONDS",
    "STOP_SECONDS",
    "Settings",
    "Storage",
    "StorageError",
    "Vault",
    "VaultError",
    "accounts",
    "acknowledge",
    "add_key",
    "api_keys",
    "as_caller",
    "audit_events",
    "create_app",
    "dataset_group_grants",
    "dataset_user_grants",
    "datasets",
    "default_path",
    "ensure_administrator",
    "ensure_local_operator",
    "find_tracing",
    "gives",
    "group_members",
    "groups",
    "has_checksum",
    "hide_password",
    "key_of",
    "idempotency_keys",
    "invitation_dataset_grants",
    "invitation_page",
    "invitations",
    "is_lost_race",
    "is_unavailable",
    "join",
    "load_spec",
    "memberships",
    "metadata",
    "migrations",
    "new_id",
    "new_secret",
    "open_app",
    "open_storage",
    "outbox",
    "paging",
    "project_users",
    "projects",
    "reachable",
    "reference",
    "survey_account",
    "survey_object",
    "storage_cleanup",
    "update_of",
    "upgrade",
    "vault",
    "waiting",
    "workspaces",
]
