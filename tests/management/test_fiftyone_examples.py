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
        steward.members.create("company", username="admin", role="admin")
        for email in ("user@company.com", "user@example.com", "member@company.com"):
            steward.members.create("company", username=email.replace("@", "."), email=email, role="collaborator")
        key = steward.api_keys.create("example", user="admin")
        with management.connect(app=app, api_token=key.secret) as admin:
            yield admin


@pytest.mark.covers(*PRINTED)
@pytest.mark.parametrize("row", PRINTED)
def test_example(scene: Steward, row: str) -> None:
    if row == "fiftyone.users.delete_user":
        # Elsewhere on the page the guest is still to be invited.
        scene.invitations.invite(email="guest@company.com")
        scene.invitations.accept(scene.invitations.list().to_list()[0].url)
    exec(compile(PRINTED[row], row, "exec"), {})
