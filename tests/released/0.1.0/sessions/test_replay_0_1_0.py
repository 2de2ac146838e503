"""The client against recorded sessions: what it sends and what it makes of the answers has not changed."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from typing import Any

import pytest
from mlsteward import AsyncSteward, Steward, errors, management
from mlsteward.management import exceptions

pytestmark = [pytest.mark.vcr, pytest.mark.block_network]


def test_a_script_with_flat_functions(place: Mapping[str, Any]) -> None:
    with management.connect(**place) as steward:
        assert management.create_workspace("ml-flat") == "ml-flat"
        steward.members.add("jackie", workspace="ml-flat", email="jackie@example.org")
        assert management.create_service_account("cicd", "ml-flat") == "cicd@ml-flat"
        project = management.create_project("ml-flat/classification", key="CLS", visibility="priv")
        with pytest.raises(exceptions.ProjectNameCollision):
            management.create_project("classification", workspace="ml-flat")
        management.add_project_member(project, "jackie", "contributor")
        management.add_project_service_account(project, "cicd@ml-flat", management.ProjectMemberRole.VIEWER)
        assert management.get_project_member_list(project) == {"admin": "owner", "jackie": "contributor"}
        assert management.get_project_service_account_list(project) == {"cicd@ml-flat": "viewer"}
        assert management.get_workspace_member_list("ml-flat") == {"admin": "admin", "jackie": "member"}
        assert management.get_workspace_service_account_list("ml-flat") == {"cicd@ml-flat": "member"}
        assert management.get_workspace_status("ml-flat")["membersCount"] == 2
        management.remove_project_member(project, "jackie")
        management.remove_project_service_account(project, "cicd@ml-flat")
        with pytest.raises(exceptions.UserNotExistsOrWithoutAccess):
            management.remove_project_member(project, "jackie")
        management.delete_project(project)
        assert project not in management.get_project_list()


def test_keys_and_invitations(place: Mapping[str, Any]) -> None:
    with Steward(**place) as steward:
        steward.workspaces.create("ml-people", projects_limit=3)
        steward.members.add("johnny", workspace="ml-people", role="admin")
        key = steward.api_keys.create("laptop", user="johnny")
        johnny = steward.as_account(key.secret)
        sent = johnny.invitations.send(workspace="ml-people", email="janus@example.org", add_to_all_projects=True)
        accepted = steward.invitations.accept(sent.url, username="janus", name="Janus")
        assert accepted.username == "janus"
        assert accepted.api_key
        with pytest.raises(errors.Conflict, match="invitation_not_pending"):
            steward.invitations.accept(sent.url)
        assert [m.username for m in johnny.members.list(workspace="ml-people", full=True, page_size=2)] == [
            "admin",
            "janus",
            "johnny",
        ]
        steward.api_keys.delete(key.id, user="johnny")
        assert [event.event for event in steward.audit.list(workspace="ml-people", limit=1)]


def test_datasets_and_access(place: Mapping[str, Any]) -> None:
    with management.connect(**place, workspace="ml-data") as steward:
        steward.workspaces.create("ml-data")
        steward.members.add("zoe", email="zoe@example.org", role="guest")
        steward.datasets.create("street-signs", default_permission="VIEW")
        assert management.create_user_group("labelers", users=["zoe@example.org"]).name == "labelers"
        management.set_dataset_user_group_permission("street-signs", "labelers", management.TAG)
        assert management.get_permissions(dataset_name="street-signs", user="zoe@example.org") == management.TAG
        why = steward.access.explain("zoe", "street-signs")
        assert (why.role, why.rule, why.group) == ("TAG", "group_grant", "labelers")
        assert {entry.username: entry.role for entry in steward.access.matrix()} == {"admin": "MANAGE", "zoe": "TAG"}
        key = steward.api_keys.create("report", user="zoe", scopes=["read"])
        with pytest.raises(errors.Forbidden, match="scope_missing"):
            steward.as_account(key.secret).api_keys.create("wider")
        fresh = steward.as_account(key.secret).api_keys.rotate()
        assert fresh.scopes == ("read",)
        leaving = steward.members.offboard("zoe", dry_run=False)
        assert [str(holding.kind) for holding in leaving.holdings] == ["group", "api_key", "api_key"]


def test_asynchronous(place: Mapping[str, Any]) -> None:
    async def main() -> None:
        async with AsyncSteward(**place, workspace="ml-async") as steward:
            assert (await steward.whoami()).username == "admin"
            await steward.workspaces.create("ml-async")
            for name in ("one", "two", "three"):
                await steward.projects.create(name)
            names = [p.name async for p in steward.projects.list(workspace="ml-async", page_size=2)]
            assert names == ["one", "two", "three"]
            with pytest.raises(errors.InvalidRequest, match="project_key_invalid") as caught:
                await steward.projects.create("four", key="four")
            assert caught.value.status == 422
            assert (await steward.projects.archive("one")).archived_at is not None

    asyncio.run(main())
