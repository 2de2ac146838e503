"""Names, parameters and defaults of FiftyOne's page."""

from __future__ import annotations

import inspect
import pickle
from datetime import UTC, datetime
from typing import Any

import attrs
import mlsteward.management as fom
import pytest
from mlsteward.management import api_key, records, users

DOCUMENTED: dict[str, dict[str, Any]] = {
    "reload_api_connection": {},
    "test_api_connection": {},
    "delete_api_key": {"key": ..., "user": None},
    "generate_api_key": {"key_name": ..., "user": None},
    "list_api_keys": {"user": None},
    "delete_user": {"user": ...},
    "delete_user_invitation": {"invitation": ...},
    "get_user": {"user": ...},
    "list_pending_invitations": {},
    "list_users": {"verbose": True},
    "resolve_user_id": {"user": ...},
    "send_user_invitation": {"email": ..., "role": ...},
    "set_user_role": {"user": ..., "role": ...},
    "whoami": {},
}
"""Parameters in their order; `...` where there is no default."""

NOW = datetime(2025, 1, 1, tzinfo=UTC)


@pytest.mark.parametrize("name", DOCUMENTED)
def test_signature(name: str) -> None:
    parameters = inspect.signature(getattr(fom, name)).parameters.values()
    found = {p.name: ... if p.default is inspect.Parameter.empty else p.default for p in parameters}
    assert found == DOCUMENTED[name]
    assert list(found) == list(DOCUMENTED[name])
    assert {p.kind for p in parameters} <= {inspect.Parameter.POSITIONAL_OR_KEYWORD}


def test_everything_is_on_the_module() -> None:
    public = {*DOCUMENTED, "UserRole", "User", "Invitation", "APIKey", "ADMIN", "MEMBER", "COLLABORATOR", "GUEST"}
    assert public <= set(fom.__all__)
    assert public <= set(dir(fom))
    scope: dict[str, Any] = {}
    exec("from mlsteward.management import *", scope)
    assert public <= set(scope)
    assert fom.User is users.User is records.User
    assert fom.Invitation is users.Invitation is records.Invitation
    assert fom.APIKey is api_key.APIKey is records.APIKey
    for module in (fom, users, api_key):
        with pytest.raises(AttributeError, match="nonsense"):
            _ = module.nonsense


@pytest.mark.covers("fiftyone.users.UserRole")
def test_roles() -> None:
    words = ["ADMIN", "MEMBER", "COLLABORATOR", "GUEST"]
    assert [role.value for role in fom.UserRole] == words
    assert list(fom.UserRole) == words
    assert list(fom.UserRole) == [fom.ADMIN, fom.MEMBER, fom.COLLABORATOR, fom.GUEST]
    assert fom.UserRole("GUEST") is fom.UserRole.GUEST is fom.GUEST


@pytest.mark.covers("fiftyone.users.User", "fiftyone.users.Invitation", "fiftyone.api_key.APIKey")
@pytest.mark.parametrize(
    ("record", "fields"),
    [
        pytest.param(
            fom.User("1", "Jackie", "jackie@example.org", fom.MEMBER),
            ["id", "name", "email", "role"],
            id="User",
        ),
        pytest.param(
            fom.Invitation("1", NOW, NOW, "jackie@example.org", fom.GUEST, "https://example.org/canary"),
            ["id", "created_at", "expires_at", "invitee_email", "invitee_role", "url"],
            id="Invitation",
        ),
        pytest.param(fom.APIKey("1", "my-key", NOW), ["id", "name", "created_at"], id="APIKey"),
    ],
)
def test_records(record: Any, fields: list[str]) -> None:
    assert list(inspect.signature(type(record)).parameters) == fields
    assert type(record)(**{name: getattr(record, name) for name in fields}) == record
    assert pickle.loads(pickle.dumps(record)) == record
    assert "canary" not in repr(record)
    with pytest.raises(attrs.exceptions.FrozenInstanceError):
        record.id = "2"
