"""Give every service account with an old key a new one, and write it to a file that only you can read.

The old key keeps working for a day, so that there is time to roll out the new one.

    python examples/rotate_robot_keys.py --path demo.db --workspace vision --days 90 --into keys
"""

from __future__ import annotations

import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

from common import connect, parser


def keep(secret: str, path: Path) -> None:
    """Write a secret to a file that only its owner can read."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with open(path, "w", encoding="utf-8", opener=lambda name, flags: os.open(name, flags, 0o600)) as file:
        file.write(f"{secret}\n")


def main() -> None:
    options = parser(__doc__)
    options.add_argument("--workspace", required=True, help="name or id of the workspace")
    options.add_argument("--days", type=int, default=90, help="rotate keys that are older than this (default: 90)")
    options.add_argument("--into", type=Path, default=Path("keys"), help="folder for the new keys (default: keys)")
    arguments = options.parse_args()
    oldest = datetime.now(UTC) - timedelta(days=arguments.days)
    with connect(arguments) as steward:
        for robot in steward.service_accounts.list(workspace=arguments.workspace):
            for key in steward.api_keys.list(user=robot.id):
                if key.created_at > oldest or key.rotated_at is not None:
                    continue
                fresh = steward.api_keys.rotate(key.id, user=robot.id, overlap=timedelta(days=1))
                place = arguments.into / f"{robot.name}-{fresh.id}"
                keep(fresh.secret, place)
                print(f"{robot.name}: {key.name} is {place} now; the old key works until tomorrow")


if __name__ == "__main__":
    main()
