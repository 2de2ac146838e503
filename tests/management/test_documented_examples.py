"""The examples of Neptune's page, as printed there, with the import line changed."""

from __future__ import annotations

import ast
import doctest
from collections.abc import Iterator
from typing import Any

import pytest
from mlsteward import Steward, management
from mlsteward.embedded import EmbeddedApp, open_app

PRINTED = {
    "neptune.get_project_list": """
>>> from mlsteward import management
>>> projects = management.get_project_list()
>>> print(projects)
['jackie/sandbox', 'ml-team/classification']
""",
    "neptune.create_project": """
>>> from mlsteward import management
>>> management.create_project(
... workspace="ml-org",
... name="named-entity-recognition",
... key="NER",
... visibility="priv",
... )
'ml-org/named-entity-recognition'
""",
    "neptune.create_project:plan_without_access_control": """
>>> from mlsteward import management
>>> management.create_project(
... workspace="ml-plan",
... name="classification",
... key="CLS",
... visibility="workspace",
... )
'ml-plan/classification'
""",
    "neptune.delete_project": """
>>> from mlsteward import management
>>> management.delete_project(project="ml-team/classification")
""",
    "neptune.add_project_member": """
>>> from mlsteward import management
>>> management.add_project_member(
... project="ml-team/classification", username="jackie", role="contributor"
... )
""",
    "neptune.get_project_member_list": """
>>> from mlsteward import management
>>> management.get_project_member_list(project="ml-team/roster")
{'johnny': 'owner', 'jackie': 'contributor', 'janus': 'viewer'}
""",
    "neptune.remove_project_member": """
>>> from mlsteward import management
>>> management.remove_project_member(
... project="ml-team/roster",
... username="janus",
... )
""",
    "neptune.get_workspace_member_list": """
>>> from mlsteward import management
>>> management.get_workspace_member_list(workspace="ml-team")
{'johnny': 'admin', 'jackie': 'member', 'janus': 'member'}
""",
    "neptune.get_workspace_service_account_list": """
>>> from mlsteward import management
>>> management.get_workspace_service_account_list(workspace="ml-team")
{'cicd@ml-team': 'member', 'test@ml-team': 'member'}
""",
    "neptune.get_project_service_account_list": """
>>> from mlsteward import management
>>> management.get_project_service_account_list(project="ml-team/roster")
{'cicd@ml-team': 'owner', 'test@ml-team': 'viewer'}
""",
    "neptune.add_project_service_account": """
>>> from mlsteward import management
>>> management.add_project_service_account(
... project="ml-team/classification",
... service_account_name="cicd@ml-team",
... role="contributor",
... )
""",
    "neptune.remove_project_service_account": """
>>> from mlsteward import management
>>> management.remove_project_service_account(
... project="ml-team/roster", service_account_name="cicd@ml-team"
... )
""",
    "neptune.invite_to_workspace": """
>>> from mlsteward import management
>>> management.invite_to_workspace(
... username="jill",
... workspace="ml-team",
... role="admin",
... )
""",
    "neptune.WorkspaceMemberRole": """
>>> from mlsteward import management
>>> from mlsteward.management import WorkspaceMemberRole
>>> management.invite_to_workspace(
... username="jill",
... workspace="ml-team",
... role=WorkspaceMemberRole.ADMIN,
... )
""",
    "neptune.get_workspace_status": """
>>> from mlsteward import management
>>> management.get_workspace_status(workspace="ml-team")
... # a comment: the page has the answer as a continuation of the call
{'storageBytesAvailable': 214748364800,
'storageBytesLimit': 214748364800,
'storageBytesUsed': 0,
'activeProjectsUsage': 2,
'activeProjectsLimit': 2,
'membersCount': 3}
""",
}
"""By the row of the inventory. Where one example needs what another takes away, `roster` and `jill` stand in."""


@pytest.fixture
def app() -> Iterator[EmbeddedApp]:
    opened = open_app(":memory:")
    yield opened
    opened.close()


@pytest.fixture
def scene(app: EmbeddedApp) -> Iterator[Steward]:
    """The people and projects the page speaks of. The examples run as the operator."""
    with management.connect(app=app) as steward:
        for workspace in ("jackie", "ml-team", "ml-org", "ml-plan"):
            steward.workspaces.create(workspace)
        steward.workspaces.update("ml-team", projects_limit=2, storage_bytes_limit=214748364800)
        steward.workspaces.update("ml-plan", allowed_visibilities=["workspace", "public"])
        for username, role in (("johnny", "admin"), ("jackie", "member"), ("janus", "member")):
            steward.members.add(username, workspace="ml-team", role=role)
        steward.members.add("jackie", workspace="jackie", role="admin")
        steward.members.add("jill", workspace="jackie", role="admin")
        for workspace in ("ml-team", "jackie"):
            steward.members.remove("me", workspace=workspace)
        for name in ("cicd", "test"):
            steward.service_accounts.create(name, workspace="ml-team")
        steward.projects.create("jackie/sandbox")
        steward.projects.create("ml-team/classification")
        steward.projects.create("ml-team/roster")
        for account, role in (
            ("jackie", "contributor"),
            ("janus", "viewer"),
            ("cicd@ml-team", "owner"),
            ("test@ml-team", "viewer"),
        ):
            steward.projects.members.add("ml-team/roster", account, role=role)
        yield steward


def run(example: str, name: str) -> None:
    test = doctest.DocTestParser().get_doctest(example, {}, name, None, 0)
    # Dictionaries are compared as such, in whatever order and on however many lines.
    runner = doctest.DocTestRunner(checker=Equal(), optionflags=doctest.FAIL_FAST)
    told: list[str] = []
    runner.run(test, out=told.append)
    assert runner.summarize(verbose=False).failed == 0, "".join(told)


class Equal(doctest.OutputChecker):
    def check_output(self, want: str, got: str, optionflags: int) -> bool:
        return bool(want) == bool(got) and (not want or literal(want) == literal(got))


def literal(text: str) -> Any:
    return ast.literal_eval(text.strip())


@pytest.mark.covers(*PRINTED)
@pytest.mark.parametrize("row", PRINTED)
def test_example(scene: Steward, app: EmbeddedApp, row: str) -> None:
    if row != "neptune.get_project_list":
        run(PRINTED[row], row)
        return
    # The one example that depends on who is calling.
    scene.projects.members.add("ml-team/classification", "jackie", role="viewer")
    scene.projects.members.remove("ml-team/roster", "jackie")
    key = scene.api_keys.create("example", user="jackie")
    with management.connect(app=app, api_token=key.secret):
        run(PRINTED[row], row)


WRITES = ("create", "add", "remove", "invite")


def test_what_the_examples_changed(scene: Steward) -> None:
    for row, example in PRINTED.items():
        if row.removeprefix("neptune.").startswith(WRITES):
            run(example, row)
    assert scene.projects.members.get("ml-team/classification", "jackie").role == "contributor"
    assert scene.projects.members.get("ml-team/classification", "cicd@ml-team").role == "contributor"
    assert management.get_project_member_list("ml-team/roster") == {"johnny": "owner", "jackie": "contributor"}
    assert management.get_project_service_account_list("ml-team/roster") == {"test@ml-team": "viewer"}
    assert {i.username: i.role for i in scene.invitations.list(workspace="ml-team")} == {"jill": "admin"}
