"""Write `docs/permissions.md`: who may call what, from the `x-access` of every operation.

python scripts/permissions_table.py            # write it
python scripts/permissions_table.py --check    # fail if what is checked in differs
"""

from __future__ import annotations

import argparse
import difflib
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from mlsteward_server.spec import load

ROOT = Path(__file__).resolve().parent.parent
TABLE = ROOT / "docs/permissions.md"

WORKSPACE_LADDER = ("guest", "collaborator", "member", "admin")
PROJECT_LADDER = ("viewer", "contributor", "owner")
DATASET_LADDER = ("view", "tag", "edit", "manage")
YES, NO = "yes", "-"

HEAD = """\
<!-- Generated from the spec by scripts/permissions_table.py. Do not edit. -->
# Who may do what

The server enforces the `x-access` of each operation in the spec. These tables show the same rules.

* A caller who is not allowed to do something gets 403. Something that the caller cannot see is not found (404).
  Without an API key the answer is 401.
* The **operator** of the platform (whoever runs an embedded server) may do everything.
* **Admins** of a workspace are owners of all its projects. Where the visibility of a project is `workspace`
  or `public`, so are its **members**, service accounts included. **Collaborators** and **guests** reach only
  the projects they were added to.
* The permission on a **dataset** is the account's own grant. Without one, it is the highest grant of its groups or,
  for members and service accounts, the default permission of the dataset. Admins may do everything.
* A **service account** is a member of its workspace.
* An **API key** can have fewer rights than its owner: *key* is the scope it needs. `admin` includes `write`, which
  includes `read`.
"""

Operation = tuple[str, str, dict[str, Any], str]


def operations() -> list[Operation]:
    """Name, request, access and scope of every operation, in the order of the spec."""
    return [
        (name, f"{found.method.upper()} {found.path}", found.raw["x-access"], found.access.scope)
        for name, found in load().operations.items()
    ]


def table(columns: list[str], rows: list[list[str]]) -> Iterator[str]:
    """The lines of a Markdown table."""
    yield "| " + " | ".join(columns) + " |"
    yield "|" + "---|" * len(columns)
    for row in rows:
        yield "| " + " | ".join(row) + " |"
    yield ""


def notes(access: dict[str, Any]) -> str:
    """What the columns cannot show."""
    found = []
    if not access.get("service_accounts", True):
        found.append("no service accounts")
    if "or_self" in access:
        found.append("everybody who can see it, about themselves")
    for condition in access.get("when", ()):
        if "query" in condition:
            found.append(f"with `{condition['query']}={condition['equals']}`: {condition['allow']}")
            continue
        but = f" (but `{condition['unless']}`)" if "unless" in condition else ""
        needed = f"key {condition['scope']}" if "scope" in condition else condition["allow"]
        found.append(f"with `{condition['body']}`{but}: {needed}")
    if access["allow"] == "roster_policy":
        found.append("owners only where the roster policy of the project is `owners`")
    return "; ".join(found)


def marks(ladder: tuple[str, ...], lowest: str) -> list[str]:
    """Yes for every role of a ladder from the lowest one up."""
    return [YES if ladder.index(role) >= ladder.index(lowest) else NO for role in ladder]


def _scope_of(access: dict[str, Any], scope: str) -> str:
    if access["allow"] != "anyone":
        return scope
    return f"{scope}, if one is sent" if access.get("identified") else NO


def render() -> str:
    """The whole document."""
    everybody, on_workspace, on_project, on_dataset = [], [], [], []
    for name, request, access, scope in operations():
        start = [f"`{name}`", f"`{request}`"]
        allow: str = access["allow"]
        if allow in SPOKEN:
            everybody.append([*start, SPOKEN[allow], _scope_of(access, scope)])
        elif access["on"] == "workspace":
            on_workspace.append([*start, *marks(WORKSPACE_LADDER, allow), scope, notes(access)])
        elif access["on"] == "dataset":
            granted = [NO] * len(DATASET_LADDER) if allow == "admin" else marks(DATASET_LADDER, allow)
            on_dataset.append([*start, *granted, YES, scope, notes(access)])
        elif allow == "admin":
            on_project.append([*start, NO, NO, NO, NO, NO, YES, scope, notes(access)])
        else:
            lowest = LOWEST.get(allow, allow)
            public = YES if access.get("public") else NO
            listed = YES if allow == "roster" else NO
            on_project.append([*start, public, listed, *marks(PROJECT_LADDER, lowest), YES, scope, notes(access)])
    lines = [HEAD, "## Anywhere", ""]
    lines += table(["operation", "request", "who", "key"], everybody)
    lines += ["## In a workspace, by the role in the workspace", ""]
    lines += table(["operation", "request", *WORKSPACE_LADDER, "key", "besides"], on_workspace)
    lines += [
        "## In a project, by the role in the project",
        "",
        "*public*: anybody, also without an API key, while the project is public."
        " *listed*: on the roster without a role.",
        "",
    ]
    columns = ["operation", "request", "public", "listed", *PROJECT_LADDER, "workspace admin", "key", "besides"]
    lines += table(columns, on_project)
    lines += ["## With a dataset, by the permission on the dataset", ""]
    permissions = [permission.upper() for permission in DATASET_LADDER]
    lines += table(["operation", "request", *permissions, "workspace admin", "key", "besides"], on_dataset)
    return "\n".join(lines).rstrip() + "\n"


LOWEST: dict[str, str] = {"roster": "viewer", "roster_policy": "owner"}
"""The lowest role on the ladder that two kinds of access come down to."""
SPOKEN = {
    "anyone": "anybody, without an API key",
    "authenticated": "everybody with an API key",
    "operator": "the operator",
    "reader": "the account that started it, admins of its workspace, and the operator",
    "self": "the account itself, and admins of every workspace it is in",
}


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--check", action="store_true", help="fail if what is checked in differs")
    wanted = render()
    if not parser.parse_args().check:
        TABLE.write_text(wanted, encoding="utf-8")
        return 0
    have = TABLE.read_text(encoding="utf-8") if TABLE.exists() else ""
    diff = difflib.unified_diff(have.splitlines(), wanted.splitlines(), "checked in", "from the spec", n=0, lineterm="")
    found = "\n".join(diff)
    if found:
        print(f"docs/permissions.md is not that of the spec; run scripts/permissions_table.py\n{found}")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
