"""Archive projects in which nothing has happened for months, and withdraw invitations that nobody accepts.

Without --apply it only says what it would do.

    python examples/tidy_up.py --path demo.db --workspace vision --days 180 --apply
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from common import connect, parser


def main() -> None:
    options = parser(__doc__)
    options.add_argument("--workspace", required=True, help="name or id of the workspace")
    options.add_argument("--days", type=int, default=180, help="how long nothing has happened (default: 180)")
    options.add_argument("--apply", action="store_true", help="do it")
    arguments = options.parse_args()
    quiet = timedelta(days=arguments.days)
    before = datetime.now(UTC) - quiet
    with connect(arguments) as steward:
        for project in steward.projects.list(workspace=arguments.workspace):
            recent = steward.audit.list(project=project.full_name, since=quiet, limit=1)
            if project.created_at < before and not list(recent):
                print(f"archive {project.full_name}")
                if arguments.apply:
                    steward.projects.archive(project.full_name)
        for invitation in steward.invitations.list(workspace=arguments.workspace):
            if invitation.created_at < before:
                print(f"withdraw the invitation of {invitation.email or invitation.username}")
                if arguments.apply:
                    steward.invitations.revoke(invitation.id, workspace=arguments.workspace, missing_ok=True)


if __name__ == "__main__":
    main()
