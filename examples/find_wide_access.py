"""List who can edit the data sets whose names match, and the rule that lets them.

python examples/find_wide_access.py --path demo.db --workspace vision 'street-*'
"""

from __future__ import annotations

from fnmatch import fnmatch

from common import connect, parser

EDITS = {"EDIT", "MANAGE"}


def main() -> None:
    options = parser(__doc__)
    options.add_argument("--workspace", required=True, help="name or id of the workspace")
    options.add_argument("pattern", help="names of data sets, such as 'street-*'")
    arguments = options.parse_args()
    with connect(arguments) as steward:
        for dataset in steward.datasets.list(workspace=arguments.workspace):
            if not fnmatch(dataset.name, arguments.pattern):
                continue
            for entry in steward.access.list(workspace=arguments.workspace, dataset=dataset.name, granted=True):
                if str(entry.role) in EDITS:
                    print(f"{dataset.name}: {entry.username} has {entry.role}, by {entry.rule}")


if __name__ == "__main__":
    main()
