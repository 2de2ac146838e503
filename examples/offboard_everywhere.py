"""Take a person out of every workspace. Without --apply it only says what they hold.

python examples/offboard_everywhere.py --path demo.db ravi --successor jackie --apply
"""

from __future__ import annotations

import sys

from common import connect, parser
from mlsteward import errors


def main() -> int:
    options = parser(__doc__)
    options.add_argument("user", help="id, email address or username")
    options.add_argument("--successor", help="who gets what only they own")
    options.add_argument("--apply", action="store_true", help="do it")
    arguments = options.parse_args()
    failed = False
    with connect(arguments) as steward:
        for workspace in steward.workspaces.list():
            try:
                found = steward.members.offboard(
                    arguments.user,
                    workspace=workspace.name,
                    successor=arguments.successor,
                    dry_run=not arguments.apply,
                )
            except errors.NotFound:
                continue  # not in this workspace
            except errors.StewardError as error:
                print(f"{workspace.name}: {error}", file=sys.stderr)
                failed = True
                continue
            verb = "took away" if arguments.apply else "would take away"
            print(f"{workspace.name}: {verb} {len(found.holdings)} things")
            for holding in found.holdings:
                print(f"  {holding.kind}: {holding.name}")
    return int(failed)


if __name__ == "__main__":
    sys.exit(main())
