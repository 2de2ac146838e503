"""Create a workspace with its people, groups and first projects. Run it again after you add people to the file.

python examples/onboard_team.py --path demo.db vision examples/people.csv
"""

from __future__ import annotations

from pathlib import Path

from common import connect, parser
from mlsteward import Steward
from mlsteward.records import Visibility

GROUPS = {"labelers": ["ravi", "zoe"]}
PROJECTS = {"street-signs": Visibility.WORKSPACE, "sandbox": Visibility.PRIVATE}


def onboard(steward: Steward, workspace: str, people: Path) -> None:
    steward.workspaces.create(workspace, exist_ok=True)
    steward.members.import_(people, workspace=workspace).raise_if_refused()
    for name, users in GROUPS.items():
        steward.groups.create(name, workspace=workspace, users=users, exist_ok=True)
    for name, visibility in PROJECTS.items():
        steward.projects.create(name, workspace=workspace, visibility=visibility, exist_ok=True)
        steward.datasets.create(name, workspace=workspace, default_permission="VIEW", exist_ok=True)
        steward.datasets.permissions.grant(name, "EDIT", group="labelers", workspace=workspace)


def main() -> None:
    options = parser(__doc__)
    options.add_argument("workspace", help="name of the workspace")
    options.add_argument("people", type=Path, help="CSV file with username, email and role")
    arguments = options.parse_args()
    with connect(arguments) as steward:
        onboard(steward, arguments.workspace, arguments.people)
        print(steward.access.matrix(workspace=arguments.workspace).to_csv(wide=True), end="")


if __name__ == "__main__":
    main()
