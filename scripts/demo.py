"""The main job, from an empty database: who is in a workspace, and who may touch which project.

    python scripts/demo.py

It works on ./demo-data/demo.db, with the server inside this process. Run it again: it finds what is there.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from mlsteward import Steward, errors, management

DATABASE = Path("demo-data/demo.db")
TEAM = "ml-team"
PROJECTS = {"classification": "priv", "forecasting": "workspace", "benchmarks": "pub"}


def main() -> None:
    started = time.perf_counter()
    print(f"The server runs inside this process, on {DATABASE}. No account, no port, no network.")
    DATABASE.parent.mkdir(exist_ok=True)
    with management.connect(path=str(DATABASE)) as steward:
        make_workspace(steward)
        invite(steward)
        make_projects()
        fill_projects(steward)
        show_members(steward)
        show_projects(steward)
        share_dataset(steward)
        show_refusals(steward)
    command = os.path.relpath(Path(sys.executable).with_name("mlsteward"))
    print(f"\nDone in {time.perf_counter() - started:.1f} s. Look around with:")
    print(f"  {command} --path {DATABASE} projects members list {TEAM}/classification")
    print(f"  {command} --path {DATABASE} access matrix {TEAM}")
    print(f"  {command} --path {DATABASE} audit {TEAM}")


def make_workspace(steward: Steward) -> None:
    title("A workspace, two people, and an account for the pipeline")
    steward.workspaces.create(TEAM, projects_limit=10, exist_ok=True)
    steward.members.add("jackie", workspace=TEAM, email="jackie@example.com", role="admin", exist_ok=True)
    steward.members.add("ravi", workspace=TEAM, email="ravi@example.com", exist_ok=True)
    with suppress(errors.AlreadyExists):
        management.create_service_account("ci", workspace=TEAM)
    print(f"jackie administers {TEAM}, ravi is a member, ci@{TEAM} is for programs")


def invite(steward: Steward) -> None:
    title("Two invitations: by username for who has an account, by email for who has none")
    steward.workspaces.create("research", exist_ok=True)
    steward.members.add("mia", workspace="research", exist_ok=True)
    members = management.get_workspace_member_list(TEAM)
    if "mia" not in members:
        management.invite_to_workspace(username="mia", workspace=TEAM)
    if "zoe" not in members:
        management.invite_to_workspace(email="zoe@example.com", workspace=TEAM, role="member")
    for invitation in steward.invitations.list(workspace=TEAM):
        if invitation.username is not None:
            # Whoever has an account accepts for themselves.
            key = steward.api_keys.create("laptop", user=invitation.username)
            accepted = steward.as_account(key.secret).invitations.accept(invitation.url)
        else:
            # By the address that the inviter sees somebody can join; the one in the mail also proves the email address.
            accepted = steward.invitations.accept(invitation.url, username="zoe")
        to = f"{invitation.email}, now {accepted.username}" if invitation.email else invitation.username
        print(f"{to}: accepted, as {accepted.role}")
    if {"mia", "zoe"} <= members.keys():
        print("mia and zoe accepted theirs before")


def make_projects() -> None:
    title("Three projects, one of each visibility")
    for name, visibility in PROJECTS.items():
        with suppress(management.exceptions.ProjectAlreadyExists):
            management.create_project(name, workspace=TEAM, visibility=visibility)
    print(", ".join(f"{TEAM}/{name} ({visibility})" for name, visibility in PROJECTS.items()))


def fill_projects(steward: Steward) -> None:
    title("Who works on what")
    with suppress(management.exceptions.UserAlreadyHasAccess):
        management.add_project_member(f"{TEAM}/classification", "ravi", role="contributor")
    with suppress(management.exceptions.ServiceAccountAlreadyHasAccess):
        management.add_project_service_account(f"{TEAM}/classification", f"ci@{TEAM}", role="contributor")
    management.add_project_member(f"{TEAM}/classification", "mia", role="viewer")
    management.remove_project_member(f"{TEAM}/classification", "mia")
    steward.projects.members.add(f"{TEAM}/classification", "zoe", role="viewer", exist_ok=True)
    steward.projects.members.add(f"{TEAM}/benchmarks", f"ci@{TEAM}", role="viewer", exist_ok=True)
    print("ravi and ci contribute to classification, zoe reads it; mia was added, and removed again")


def show_members(steward: Steward) -> None:
    title(f"Members of {TEAM}")
    people = [(m.username, m.role, m.email or "") for m in steward.members.list(workspace=TEAM, full=True)]
    programs = [(a.name, a.role, "a service account") for a in steward.service_accounts.list(workspace=TEAM)]
    table(["account", "role", ""], [*people, *programs])


def show_projects(steward: Steward) -> None:
    title("Roles in projects (* lets in by visibility, - not in the project)")
    projects = [f"{TEAM}/{name}" for name in PROJECTS]
    roles = {
        project: {
            member.username: f"{member.role}{'*' if member.source == 'visibility' else ''}"
            for member in steward.projects.members.list(project)
        }
        for project in projects
    }
    accounts = sorted({account for found in roles.values() for account in found}, key=lambda name: ("@" in name, name))
    table(
        ["account", *(f"{name} ({visibility})" for name, visibility in PROJECTS.items())],
        [(account, *(roles[project].get(account, "-") for project in projects)) for account in accounts],
    )


def share_dataset(steward: Steward) -> None:
    title("Who may do what with a dataset, and why")
    dataset = f"{TEAM}/street-signs"
    steward.datasets.create(dataset, default_permission="VIEW", exist_ok=True)
    steward.groups.create("labelers", workspace=TEAM, users=["ravi", "mia"], exist_ok=True)
    steward.datasets.permissions.grant(dataset, "EDIT", group="labelers")
    steward.datasets.permissions.grant(dataset, "NO_ACCESS", user="zoe")
    entries = steward.access.matrix(workspace=TEAM, dataset=dataset)
    table(["account", "may", "because of"], [(e.username, e.role, e.group or e.rule) for e in entries])
    why = steward.access.explain("ravi", dataset=dataset)
    print("ravi: " + ", then ".join(f"{rule.role} by {rule.group or rule.rule}" for rule in why.considered))


def show_refusals(steward: Steward) -> None:
    title("Two things that are refused")
    print(f"ci@{TEAM} deletes a project:")
    key = steward.api_keys.create("demo", user=f"ci@{TEAM}")
    try:
        steward.as_account(key.secret).projects.delete(f"{TEAM}/classification")
    except errors.Forbidden as refusal:
        print(f"  {refusal.detail}\n  {refusal.hint}")
    finally:
        steward.api_keys.delete(key.id, user=f"ci@{TEAM}")
    print("ravi is removed from a project that is open to the workspace:")
    try:
        management.remove_project_member(f"{TEAM}/forecasting", "ravi")
    except management.exceptions.UserNotExistsOrWithoutAccess as refusal:
        print(f"  {refusal.detail}\n  {refusal.hint}")


def title(text: str) -> None:
    print(f"\n{text}\n{'-' * len(text)}")


def table(header: Sequence[str], rows: Sequence[Sequence[object]]) -> None:
    texts = [[str(cell) for cell in row] for row in (header, *rows)]
    widths = [max(map(len, column)) for column in zip(*texts, strict=True)]
    for row in texts:
        print("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip())


if __name__ == "__main__":
    main()
