"""Let a group of labelers work on a dataset, and nobody else change it."""

from mlsteward import Steward
from mlsteward.records import DatasetAccess, DatasetGroupGrant, DatasetPermission, DatasetUserGrant

with Steward(workspace="ml-team") as steward:
    steward.workspaces.create("ml-team")
    for username in ("jackie", "jill", "janus"):
        steward.members.add(username, email=f"{username}@example.org", role="member")

    labelers = steward.groups.create("labelers", description="They draw boxes", users=["jackie"])
    assert steward.groups.create("labelers", exist_ok=True).id == labelers.id
    steward.groups.members.add("labelers", ["jill", "janus"])
    steward.groups.members.remove("labelers", "janus")
    assert sorted(member.username for member in steward.groups.members.list("labelers")) == ["jackie", "jill"]
    assert [group.name for group in steward.groups.list(user="jill")] == ["labelers"]
    assert steward.groups.update("labelers", description="They draw polygons").description == "They draw polygons"
    assert steward.groups.get(labelers.id).name == "labelers"

    dataset = steward.datasets.create("signs", default_permission="VIEW")
    assert (dataset.full_name, dataset.default_permission) == ("ml-team/signs", DatasetPermission.VIEW)
    permissions = steward.datasets.permissions
    of_group: DatasetGroupGrant = permissions.grant("signs", "EDIT", group="labelers")
    of_user: DatasetUserGrant = permissions.grant("signs", DatasetPermission.MANAGE, user="janus")
    assert (of_group.permission, of_user.permission) == (DatasetPermission.EDIT, DatasetPermission.MANAGE)
    assert permissions.get("signs", user="jackie") is DatasetPermission.EDIT
    assert permissions.get("signs", group="labelers") is DatasetPermission.EDIT

    everybody: list[DatasetAccess] = permissions.list("signs").to_list()
    allowed = {access.username: access.permission for access in everybody}
    assert (allowed["jackie"], allowed["janus"]) == (DatasetPermission.EDIT, DatasetPermission.MANAGE)
    assert [grant.dataset for grant in permissions.list(group="labelers")] == ["signs"]
    assert [access.dataset for access in permissions.list(user="janus")] == ["signs"]
    assert [grant.group for grant in permissions.list_groups("signs")] == ["labelers"]

    permissions.revoke("signs", user="janus")
    permissions.revoke("signs", user="janus", missing_ok=True)
    assert permissions.get("signs", user="janus") is DatasetPermission.VIEW
    assert permissions.set_default("signs", "NO_ACCESS").default_permission is DatasetPermission.NO_ACCESS
    assert permissions.get("signs", user="janus") is DatasetPermission.NO_ACCESS

    steward.datasets.delete("signs")
    steward.groups.delete("labelers")
    steward.groups.delete("labelers", missing_ok=True)
    assert steward.datasets.list().to_list() == []
