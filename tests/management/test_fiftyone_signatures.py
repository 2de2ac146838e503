"""Names, parameters and defaults of FiftyOne's page."""

from __future__ import annotations

import inspect
import json
import pickle
from datetime import UTC, datetime
from typing import Any

import attrs
import mlsteward.management as fom
import pytest
from mlsteward.management import api_key, dataset, organization, records, user_groups, users

DOCUMENTED: dict[str, dict[str, Any]] = {
    "reload_api_connection": {},
    "test_api_connection": {},
    "delete_api_key": {"key": ..., "user": None},
    "generate_api_key": {"key_name": ..., "user": None},
    "list_api_keys": {"user": None},
    "delete_dataset_user_permission": {"dataset_name": ..., "user": ...},
    "get_dataset_creator": {"dataset_name": ...},
    "get_permissions": {"dataset_name": None, "user": None, "user_group": None},
    "get_permissions_for_dataset": {"dataset_name": ..., "include_groups": True},
    "get_permissions_for_dataset_user": {"dataset_name": ..., "user": ...},
    "get_permissions_for_dataset_user_group": {"dataset_name": ..., "user_group": ...},
    "get_permissions_for_user": {"user": ...},
    "get_permissions_for_user_group": {"user_group": ...},
    "set_dataset_default_permission": {"dataset_name": ..., "permission": ...},
    "set_dataset_user_permission": {"dataset_name": ..., "user": ..., "permission": ..., "invite": False},
    "set_dataset_user_group_permission": {"dataset_name": ..., "user_group": ..., "permission": ...},
    "remove_dataset_user_group_permission": {"dataset_name": ..., "user_group": ...},
    "get_organization_settings": {},
    "set_organization_settings": {
        "default_user_role": None,
        "default_dataset_permission": None,
        "default_operator_minimum_role": None,
        "default_operator_minimum_dataset_permission": None,
    },
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

KEYWORD_ONLY = {"get_permissions", "set_organization_settings"}

ENUMS = {
    "UserRole": ["ADMIN", "MEMBER", "COLLABORATOR", "GUEST"],
    "DatasetPermission": ["NO_ACCESS", "VIEW", "TAG", "EDIT", "MANAGE"],
}
"""Members, in their order."""

MODULES = {
    api_key: ["APIKey", "delete_api_key", "generate_api_key", "list_api_keys"],
    dataset: ["DatasetPermission", *(name for name in DOCUMENTED if "dataset" in name or "permission" in name)],
    organization: ["OrganizationSettings", "get_organization_settings", "set_organization_settings"],
    users: ["Invitation", "User", "UserRole", "get_user", "send_user_invitation", "set_user_role"],
    user_groups: ["UserGroup", "create_user_group", "get_user_group", "list_user_groups"],
    records: ["APIKey", "Invitation", "OrganizationSettings", "User", "UserGroup"],
}
"""Where they are besides `mlsteward.management` itself; all but the last are modules of the page."""

NOW = datetime(2025, 1, 1, tzinfo=UTC)


@pytest.mark.parametrize("name", DOCUMENTED)
def test_signature(name: str) -> None:
    parameters = inspect.signature(getattr(fom, name)).parameters.values()
    found = {p.name: ... if p.default is inspect.Parameter.empty else p.default for p in parameters}
    assert found == DOCUMENTED[name]
    assert list(found) == list(DOCUMENTED[name])
    only = inspect.Parameter.KEYWORD_ONLY if name in KEYWORD_ONLY else inspect.Parameter.POSITIONAL_OR_KEYWORD
    assert {p.kind for p in parameters} <= {only}


@pytest.mark.covers("fiftyone.management:top_level_reexport")
def test_everything_is_on_the_module() -> None:
    words = {word for members in ENUMS.values() for word in members}
    public = {*DOCUMENTED, *ENUMS, *words, "APIKey", "Invitation", "OrganizationSettings", "User", "UserGroup"}
    assert public <= set(fom.__all__)
    assert public <= set(dir(fom))
    scope: dict[str, Any] = {}
    exec("from mlsteward.management import *", scope)
    assert public <= set(scope)
    for module, names in MODULES.items():
        for name in names:
            assert getattr(fom, name) is getattr(module, name)
    for module in (fom, *MODULES):
        with pytest.raises(AttributeError, match="nonsense"):
            _ = module.nonsense


@pytest.mark.covers(
    "fiftyone.users.UserRole", "fiftyone.dataset.DatasetPermission", "fiftyone.management:top_level_reexport"
)
@pytest.mark.parametrize("enum", ENUMS)
def test_enums(enum: str) -> None:
    words, kind = ENUMS[enum], getattr(fom, enum)
    assert [member.value for member in kind] == list(kind) == words
    assert list(kind) == [getattr(fom, word) for word in words]
    for word in words:
        assert kind(word) is kind[word] is getattr(fom, word)
        assert f"{kind(word)}" == json.loads(json.dumps(kind(word))) == word
    assert pickle.loads(pickle.dumps(list(kind))) == list(kind)


@pytest.mark.covers(
    "fiftyone.users.User",
    "fiftyone.users.Invitation",
    "fiftyone.api_key.APIKey",
    "fiftyone.organization.OrganizationSettings",
)
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
        pytest.param(
            fom.OrganizationSettings(fom.MEMBER, fom.NO_ACCESS, fom.GUEST, fom.EDIT),
            list(DOCUMENTED["set_organization_settings"]),
            id="OrganizationSettings",
        ),
    ],
)
def test_records(record: Any, fields: list[str]) -> None:
    assert list(inspect.signature(type(record)).parameters) == fields
    assert type(record)(**{name: getattr(record, name) for name in fields}) == record
    assert pickle.loads(pickle.dumps(record)) == record
    assert "canary" not in repr(record)
    with pytest.raises(attrs.exceptions.FrozenInstanceError):
        setattr(record, fields[0], "2")
