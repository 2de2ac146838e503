"""The facts that the access rules need about projects, for one account or for all."""

from __future__ import annotations

from typing import Any

from sqlalchemy import BindParameter, Connection, Row, Select, and_, select, text

from mlsteward_server.access.ladders import INSIDERS, Given, project_rules
from mlsteward_server.access.sharing import ACCOUNT, BEYOND, OBJECT, UP_TO, ByRole, Direct, RulesOf, Sharing
from mlsteward_server.storage.tables.identity import accounts
from mlsteward_server.storage.tables.projects import project_users, projects
from mlsteward_server.storage.tables.workspaces import memberships, workspaces

_owner = accounts.alias("owner")


def facts(account: BindParameter[str]) -> Select[Any]:
    """Select projects with the facts that `project_rules` needs about an account."""
    member, entry = memberships.alias("member"), project_users.alias("entry")
    return select(
        *projects.c,
        workspaces.c.name.label("workspace"),
        _owner.c.username.label("owner"),
        member.c.role.label("membership"),
        entry.c.role.label("roster"),
        entry.c.account_id.label("roster_account"),
    ).select_from(
        projects.join(workspaces, workspaces.c.id == projects.c.workspace_id)
        .outerjoin(_owner, _owner.c.id == projects.c.owner_id)
        .outerjoin(member, and_(member.c.workspace_id == projects.c.workspace_id, member.c.account_id == account))
        .outerjoin(entry, and_(entry.c.project_id == projects.c.id, entry.c.account_id == account))
    )


def rules(row: Row[Any], is_operator: bool) -> list[Given]:
    """Apply the rules to a row of `facts`."""
    return project_rules(
        is_operator=is_operator, membership=row.membership, visibility=row.visibility, roster=row.roster
    )


def is_listed(row: Row[Any], is_operator: bool) -> bool:
    """Return whether an account is on the roster of a project, or has a role beyond public access."""
    given = rules(row, is_operator)
    return row.roster_account is not None or (bool(given) and given[0].rule != "public")


def _considered(connection: Connection, row: Row[Any], account: Row[Any]) -> list[Given]:
    return rules(row, account.is_operator)


_roster = select(project_users.c.account_id, project_users.c.role).where(
    project_users.c.project_id == OBJECT,
    project_users.c.username_key > BEYOND,
    project_users.c.username_key <= UP_TO,
)


def _everyone(connection: Connection, project: Row[Any], beyond: str, up_to: str) -> RulesOf:
    values = {"object": project.id, "beyond": beyond, "up_to": up_to}
    roster = {row[0]: row[1] for row in connection.execute(_roster, values).all()}
    visibility = project.visibility

    def of(person: Row[Any]) -> list[Given]:
        return project_rules(
            is_operator=person.is_operator,
            membership=person.membership,
            visibility=visibility,
            roster=roster.get(person.id),
        )

    return of


SHARING = Sharing(
    table=projects,
    facts=facts(ACCOUNT),
    rules=rules,
    considered=_considered,
    everyone=_everyone,
    ways=(
        Direct(
            select(project_users.c.workspace_id, project_users.c.project_id).where(
                project_users.c.account_id == ACCOUNT
            )
        ),
        ByRole(("admin",)),
        ByRole(INSIDERS, text("visibility <> 'private'")),
    ),
    facts_about=("visibility",),
)
