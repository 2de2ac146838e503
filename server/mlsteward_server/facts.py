"""What an account is in a workspace, project or dataset: the facts that `roles.py` is applied to.

Each is found in one query along indexes, however much there is. The same selects, with another account in
the place of the caller, explain and list access (`surveys.py`).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import BindParameter, Connection, Row, Select, and_, bindparam, func, literal, select

from mlsteward_server.credentials import Caller
from mlsteward_server.roles import NO_ACCESS, Given, dataset_rules, project_rules, workspace_role
from mlsteward_server.storage.tables import (
    accounts,
    dataset_group_grants,
    dataset_user_grants,
    datasets,
    group_members,
    groups,
    memberships,
    project_users,
    projects,
    workspaces,
)


@dataclass(frozen=True, slots=True)
class WorkspaceAccess:
    """A workspace and what the caller is in it."""

    row: Row[Any]
    role: str | None

    @property
    def id(self) -> str:
        found: str = self.row.id
        return found

    @property
    def name(self) -> str:
        found: str = self.row.name
        return found


@dataclass(frozen=True, slots=True)
class ProjectAccess:
    """A project and what the caller is in it.

    Attributes:
        rules: Everything that gives a role, the one that counts first.
        workspace_role: The effective role in its workspace.
        on_roster: Whether the caller is on the roster, with or without a role.
    """

    row: Row[Any]
    rules: list[Given]
    workspace_role: str | None
    on_roster: bool

    @property
    def id(self) -> str:
        found: str = self.row.id
        return found

    @property
    def role(self) -> str | None:
        """The effective role, not counting what is open to the public."""
        return self.rules[0].role if self.rules and self.rules[0].rule != "public" else None

    @property
    def is_public(self) -> bool:
        return bool(self.row.visibility == "public")

    @property
    def is_visible(self) -> bool:
        return self.role is not None or self.on_roster or self.is_public


@dataclass(frozen=True, slots=True)
class DatasetAccess:
    """A dataset and what the caller may do with it.

    Attributes:
        rules: Everything that gives a permission, the one that counts first.
        workspace_role: The effective role in its workspace.
    """

    row: Row[Any]
    rules: list[Given]
    workspace_role: str | None

    @property
    def id(self) -> str:
        found: str = self.row.id
        return found

    @property
    def permission(self) -> str:
        return self.rules[0].role if self.rules else NO_ACCESS

    @property
    def is_visible(self) -> bool:
        return self.permission != NO_ACCESS


# ---- the selects

_mine = and_(memberships.c.workspace_id == workspaces.c.id, memberships.c.account_id == bindparam("caller"))
_workspace_facts: Select[Any] = select(*workspaces.c, memberships.c.role.label("membership")).select_from(
    workspaces.outerjoin(memberships, _mine)
)
_WORKSPACE_BY = {
    "id": _workspace_facts.where(workspaces.c.id == bindparam("reference")),
    "name_key": _workspace_facts.where(workspaces.c.name_key == bindparam("reference")),
}

_owner = accounts.alias("owner")


def project_facts(account: BindParameter[str]) -> Select[Any]:
    """Projects with what `project_rules` asks about an account."""
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


def dataset_facts(account: BindParameter[str]) -> Select[Any]:
    """Datasets with what `dataset_rules` asks about an account.

    Of the grants of groups only the highest is found, of the oldest group that has it.
    """
    member, own, candidate = memberships.alias("member"), dataset_user_grants.alias("own"), dataset_group_grants
    # Subqueries, not joins: for each row they look along an index, where a join may read from the start of the list.
    granted = select(own.c.permission).where(own.c.dataset_id == datasets.c.id, own.c.account_id == account)
    highest = (
        select(candidate.c.permission, groups.c.name)
        .join_from(candidate, groups, groups.c.id == candidate.c.group_id)
        .where(
            candidate.c.dataset_id == datasets.c.id,
            # Not a join: it costs as much as the account has groups, not as much as groups have grants.
            candidate.c.group_id.in_(select(group_members.c.group_id).where(group_members.c.account_id == account)),
        )
        .order_by(candidate.c.permission.desc(), candidate.c.group_id)
        .limit(1)
        .correlate(datasets)
    )
    return select(
        *datasets.c,
        workspaces.c.name.label("workspace"),
        member.c.role.label("membership"),
        granted.correlate(datasets).scalar_subquery().label("own"),
        highest.with_only_columns(candidate.c.permission, maintain_column_froms=True).scalar_subquery().label("shared"),
        highest.with_only_columns(groups.c.name, maintain_column_froms=True).scalar_subquery().label("group"),
    ).select_from(
        datasets.join(workspaces, workspaces.c.id == datasets.c.workspace_id).outerjoin(
            member, and_(member.c.workspace_id == datasets.c.workspace_id, member.c.account_id == account)
        )
    )


def rules_in_project(row: Row[Any], *, is_operator: bool) -> list[Given]:
    """The rules applied to a row of `project_facts`."""
    return project_rules(
        is_operator=is_operator, membership=row.membership, visibility=row.visibility, roster=row.roster
    )


def rules_in_dataset(row: Row[Any], *, is_operator: bool) -> list[Given]:
    """The rules applied to a row of `dataset_facts`."""
    return dataset_rules(
        is_operator=is_operator,
        membership=row.membership,
        own=row.own,
        groups=() if row.shared is None else ((row.shared, row.group),),
        default=row.default_permission,
    )


_project_facts = project_facts(bindparam("caller"))
_PROJECT_BY = {
    "id": _project_facts.where(projects.c.id == bindparam("reference")),
    "handle": _project_facts.where(projects.c.handle == bindparam("reference")),
    "name": _project_facts.where(
        workspaces.c.name_key == bindparam("workspace_key"), projects.c.name_key == bindparam("name_key")
    ),
}
_dataset_facts = dataset_facts(bindparam("caller"))
_DATASET_BY = {
    "id": _dataset_facts.where(datasets.c.id == bindparam("reference")),
    "name": _dataset_facts.where(
        datasets.c.workspace_id == bindparam("workspace_id"), datasets.c.name_key == bindparam("name_key")
    ),
}


# ---- what one caller is


def find_workspace(connection: Connection, caller: Caller | None, column: str, value: str) -> WorkspaceAccess | None:
    """A workspace by `id` or `name_key`, with what the caller is in it."""
    row = connection.execute(
        _WORKSPACE_BY[column], {"reference": value, "caller": caller.id if caller else None}
    ).first()
    if row is None:
        return None
    given = workspace_role(is_operator=_is_operator(caller), membership=row.membership)
    return WorkspaceAccess(row, given and given.role)


def find_project(connection: Connection, caller: Caller | None, by: str, **values: str) -> ProjectAccess | None:
    """A project by `id`, `handle` or `name`, with what the caller is in it."""
    row = connection.execute(_PROJECT_BY[by], {**values, "caller": caller.id if caller else None}).first()
    if row is None:
        return None
    rules = rules_in_project(row, is_operator=_is_operator(caller))
    given = workspace_role(is_operator=_is_operator(caller), membership=row.membership)
    return ProjectAccess(row, rules, given and given.role, row.roster_account is not None)


def as_caller(account: Row[Any]) -> Caller:
    """An account as if it were calling: what it may do is found as when it does."""
    return Caller(account.id, account.kind, account.username, account.email, account.is_operator)


def find_dataset(connection: Connection, caller: Caller, by: str, **values: str) -> DatasetAccess | None:
    """A dataset by `id` or `name`, with what the caller may do with it."""
    row = connection.execute(_DATASET_BY[by], {**values, "caller": caller.id}).first()
    if row is None:
        return None
    rules = rules_in_dataset(row, is_operator=caller.is_operator)
    given = workspace_role(is_operator=caller.is_operator, membership=row.membership)
    return DatasetAccess(row, rules, given and given.role)


def _is_operator(caller: Caller | None) -> bool:
    return caller is not None and caller.is_operator


def administers_all_of(connection: Connection, caller: Caller, account_id: str) -> bool:
    """Whether every workspace an account is in, at least one, has the caller as an admin."""
    theirs, mine = memberships.alias("theirs"), memberships.alias("mine")
    counts = connection.execute(
        select(func.count().label("theirs"), func.count(mine.c.account_id).label("mine"))
        .select_from(
            theirs.outerjoin(
                mine,
                and_(
                    mine.c.workspace_id == theirs.c.workspace_id,
                    mine.c.account_id == caller.id,
                    mine.c.role == "admin",
                ),
            )
        )
        .where(theirs.c.account_id == account_id)
    ).one()
    return bool(counts.theirs > 0 and counts.theirs == counts.mine)


def shares_workspace(connection: Connection, caller: Caller, account_id: str) -> bool:
    """Whether the caller can know that an account exists."""
    theirs, mine = memberships.alias("theirs"), memberships.alias("mine")
    found = connection.execute(
        select(literal(1))
        .select_from(theirs.join(mine, mine.c.workspace_id == theirs.c.workspace_id))
        .where(theirs.c.account_id == account_id, mine.c.account_id == caller.id)
        .limit(1)
    ).first()
    return found is not None
