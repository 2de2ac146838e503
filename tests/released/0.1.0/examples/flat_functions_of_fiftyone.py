"""A script that was written for `fiftyone.management`, with its import line changed."""

import mlsteward.management as fom

with fom.connect(workspace="ml-team") as steward:
    steward.workspaces.create("ml-team")
    steward.members.add("jackie", email="jackie@example.org", name="Jackie", role="member")
    steward.datasets.create("signs")
    fom.test_api_connection()

    me: fom.User = fom.whoami()
    assert me.id
    jackie = fom.get_user("jackie@example.org")
    assert jackie is not None
    assert (jackie.email, jackie.role) == ("jackie@example.org", fom.MEMBER)
    assert jackie.id in {user.id for user in fom.list_users()}
    fom.set_user_role("jackie@example.org", fom.COLLABORATOR)
    assert fom.resolve_user_id("jackie@example.org") == jackie.id

    fom.send_user_invitation("guest@example.org", fom.GUEST)
    (invitation,) = fom.list_pending_invitations()
    assert (invitation.invitee_email, invitation.invitee_role) == ("guest@example.org", fom.GUEST)
    fom.delete_user_invitation(invitation.id)

    group = fom.create_user_group("labelers", users=["jackie@example.org"])
    fom.set_dataset_user_group_permission("signs", "labelers", fom.TAG)
    assert fom.get_permissions_for_dataset_user_group("signs", group) == fom.TAG
    fom.set_dataset_user_permission("signs", "jackie@example.org", fom.EDIT)
    assert fom.get_permissions(dataset_name="signs", user="jackie@example.org") == fom.EDIT
    fom.delete_dataset_user_permission("signs", "jackie@example.org")
    fom.set_dataset_default_permission("signs", fom.NO_ACCESS)
    fom.remove_users_from_group("labelers", ["jackie@example.org"])
    fom.delete_user_group("labelers")
    assert fom.list_user_groups() == []

    secret = fom.generate_api_key("laptop")
    (key,) = [one for one in fom.list_api_keys() if one.name == "laptop"]
    assert secret.startswith("mls_")
    fom.delete_api_key(key.id)

    fom.set_organization_settings(default_user_role=fom.GUEST)
    assert fom.get_organization_settings().default_user_role == fom.GUEST
