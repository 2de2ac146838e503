"""The examples of FiftyOne's page, as printed there, with the import line changed.

Where the page has a slip, a comment says what was changed.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from mlsteward import Steward, management
from mlsteward.embedded import EmbeddedApp, open_app

PRINTED = {
    "fiftyone.connection.test_api_connection": """
import mlsteward.management as fom

fom.test_api_connection()
# API connection succeeded
""",
    "fiftyone.api_key.delete_api_key": """
import mlsteward.management as fom

# Delete all keys from a user
email = "user@company.com"
for key in fom.list_api_keys(email):
    fom.delete_api_key(key.id, email)
""",
    "fiftyone.api_key.generate_api_key": """
import mlsteward.management as fom

# 1. Generate key for myself
fom.generate_api_key("my-key")

# 2.a Generate key for user@example.com
fom.generate_api_key("your-key", "user@example.com")

# 2.b Generate key for user@example.com
user = fom.get_user("user@example.com")
fom.generate_api_key("your-key", user)
""",
    "fiftyone.api_key.list_api_keys": """
import mlsteward.management as fom

# 1. List my keys
fom.list_api_keys()  # list my keys

# 2.a List keys for user@example.com
fom.list_api_keys("user@example.com")

# 2.b List keys for user@example.com
user = fom.get_user("user@example.com")
fom.list_api_keys(user)
""",
    "fiftyone.dataset.delete_dataset_user_permission": """
import mlsteward.management as fom

dataset_name = "special-dataset"
user = "guest@company.com"

fom.set_dataset_user_permission(dataset_name, user, fom.VIEW)
fom.delete_dataset_user_permission(dataset_name, user)

assert fom.get_permissions(dataset_name=dataset_name, user=user) == fom.NO_ACCESS
""",
    "fiftyone.dataset.get_dataset_creator": """
import mlsteward.management as fom

user = fom.get_dataset_creator("dataset")
""",
    "fiftyone.dataset.get_permissions": """
import mlsteward.management as fom

dataset_name = "special-dataset"
user = "guest@company.com"

# Get permissions for user
assert (
    fom.get_permissions(user=user)
    == fom.get_permissions_for_user(user)
)

# Get permissions for dataset
assert (
    fom.get_permissions(dataset_name=dataset_name)
    == fom.get_permissions_for_dataset(dataset_name)
)

# Get permissions for user-dataset combination
assert (
    fom.get_permissions(dataset_name=dataset_name, user=user)
    == fom.get_permissions_for_dataset_user(dataset_name, user)
)

# Get permissions for user group-dataset
assert (
    fom.get_permissions(dataset_name=dataset_name, user_group="some-id")
    == fom.get_permissions_for_dataset_user_group(dataset_name, "some-id")
)
""",
    "fiftyone.dataset.get_permissions_for_dataset": """
import mlsteward.management as fom

dataset_name = "special-dataset"
fom.get_permissions_for_dataset(dataset_name)
""",
    "fiftyone.dataset.get_permissions_for_dataset_user": """
import mlsteward.management as fom

dataset_name = "special-dataset"
user = "guest@company.com"
fom.get_permissions_for_dataset_user(dataset_name, user)
""",
    "fiftyone.dataset.get_permissions_for_dataset_user_group": """
import mlsteward.management as fom

dataset_name = "special-dataset"
user_group = "interns"
fom.get_permissions_for_dataset_user_group(dataset_name, user_group)
""",
    "fiftyone.dataset.get_permissions_for_user": """
import mlsteward.management as fom

user = "guest@company.com"
fom.get_permissions_for_user(user)
""",
    "fiftyone.dataset.get_permissions_for_user_group": """
import mlsteward.management as fom

user_group = "some-group-id"
fom.get_permissions_for_user_group(user_group)
""",
    "fiftyone.dataset.set_dataset_default_permission": """
import mlsteward.management as fom

dataset_name = "special-dataset"

# Give every Member Edit access by default
fom.set_dataset_default_permission(dataset_name, fom.EDIT)
""",
    # The page looks for the guest it has not invited.
    "fiftyone.dataset.set_dataset_user_permission": """
import mlsteward.management as fom

dataset_name = "special-dataset"
guest = "guest@company.com"
new_guest = "new-guest@company.com"

# Existing user
fom.set_dataset_user_permission(dataset_name, guest, fom.VIEW)
assert fom.get_permissions(dataset_name=dataset_name, user=guest) == fom.VIEW

# Nonexisting user
fom.set_dataset_user_permission(dataset_name, new_guest, fom.VIEW, invite=True)
assert new_guest in [i.invitee_email for i in fom.list_pending_invitations()]
""",
    # The page calls the function for users here, too; it is left as it is.
    "fiftyone.dataset.set_dataset_user_group_permission": """
import mlsteward.management as fom

dataset_name = "special-dataset"
group_id = "some-group-id"

fom.set_dataset_user_permission(dataset_name, group_id, fom.VIEW)
""",
    "fiftyone.dataset.remove_dataset_user_group_permission": """
import mlsteward.management as fom

dataset_name = "special-dataset"
group_id = "some-group-id"

fom.remove_dataset_user_group_permission(dataset_name, group_id)
""",
    "fiftyone.organization.get_organization_settings": """
import mlsteward.management as fom

fom.get_organization_settings()
""",
    "fiftyone.organization.set_organization_settings": """
import mlsteward.management as fom

user_role = fom.MEMBER
dataset_perm = fom.EDIT

# Set only default user role
fom.set_organization_settings(default_user_role=user_role)

# Set only default dataset permission
fom.set_organization_settings(default_dataset_permission=dataset_perm)

# Set multiple settings at once
fom.set_organization_settings(
    default_user_role=user_role,
    default_dataset_permission=dataset_perm,
    default_operator_minimum_role=user_role,
    default_operator_minimum_dataset_permission=dataset_perm,
)
""",
    "fiftyone.users.delete_user": """
import mlsteward.management as fom

delete_user = "guest@company.com"
fom.delete_user(delete_user)
assert fom.get_user(delete_user) is None
""",
    # The page deletes the same invitation twice; each way has one of its own here.
    "fiftyone.users.delete_user_invitation": """
import mlsteward.management as fom

new_guest = "guest@company.com"
invite_id = fom.send_user_invitation(new_guest, fom.GUEST)

# Delete by invitation ID
fom.delete_user_invitation(invite_id)

# Delete by user email
invite_id = fom.send_user_invitation(new_guest, fom.GUEST)
fom.delete_user_invitation(new_guest)

pending = fom.list_pending_invitations()
assert not any(p.id == invite_id for p in pending)
""",
    "fiftyone.users.get_user": """
import mlsteward.management as fom

known_user = "member@company.com"
user = fom.get_user(known_user)
assert user.email == known_user

unknown_user = "unknown@company.com"
assert fom.get_user(unknown_user) is None
""",
    "fiftyone.users.list_pending_invitations": """
import mlsteward.management as fom

fom.list_pending_invitations()
""",
    "fiftyone.users.list_users": """
import mlsteward.management as fom

fom.list_users()
""",
    "fiftyone.users.send_user_invitation": """
import mlsteward.management as fom

new_guest = "guest@company.com"
invite_id = fom.send_user_invitation(new_guest, fom.GUEST)

pending = fom.list_pending_invitations()
assert any(p.invitee_email == new_guest for p in pending)
""",
    # The page gets `user_obj` from itself.
    "fiftyone.users.set_user_role": """
import mlsteward.management as fom

user = "user@company.com"

#1.a set role from email
fom.set_user_role(user, fom.MEMBER)

#1.b set role from user instance
user_obj = fom.get_user(user)
fom.set_user_role(user_obj, fom.MEMBER)

assert fom.get_user(user).role == fom.MEMBER
""",
}
"""By the row of the inventory."""


@pytest.fixture
def app() -> Iterator[EmbeddedApp]:
    opened = open_app(":memory:")
    yield opened
    opened.close()


@pytest.fixture
def scene(app: EmbeddedApp) -> Iterator[Steward]:
    """The people the page speaks of. The examples run as an admin of the only workspace, which none names."""
    with Steward(app=app) as steward:
        steward.workspaces.create("company")
        steward.members.add("admin", workspace="company", role="admin")
        for email in ("user@company.com", "user@example.com", "member@company.com"):
            steward.members.add(email.replace("@", "."), workspace="company", email=email, role="collaborator")
        key = steward.api_keys.create("example", user="admin")
        with management.connect(app=app, api_token=key.secret) as admin:
            yield admin


@pytest.mark.covers(*PRINTED)
@pytest.mark.parametrize("row", PRINTED)
def test_example(app: EmbeddedApp, scene: Steward, row: str) -> None:
    printed = PRINTED[row]
    if row == "fiftyone.users.delete_user" or row.startswith("fiftyone.dataset."):
        # Elsewhere on the page the guest is still to be invited.
        scene.invitations.send(email="guest@company.com")
        with Steward(app=app) as operator:  # accepts for somebody who has no account yet
            operator.invitations.accept(scene.invitations.list().to_list()[0].url)
    if row.startswith("fiftyone.dataset."):
        for dataset in ("dataset", "special-dataset"):
            scene.datasets.create(dataset)
        group = scene.groups.create("interns")
        printed = printed.replace("some-group-id", group.id).replace("some-id", group.id)
    exec(compile(printed, row, "exec"), {})
    if row == "fiftyone.dataset.set_dataset_user_group_permission":
        assert scene.datasets.permissions.get("special-dataset", group="interns") == "VIEW"
