"""The facts that the access rules need about datasets, for one account or for all."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from sqlalchemy import BindParameter, Connection, Row, Select, and_, select, text

from mlsteward_server.access.ladders import NO_ACCESS, Given, dataset_rules
from mlsteward_server.access.sharing import (
    ACCOUNT,
    BEYOND,
    OBJECT,
    UP_TO,
    WORKSPACE_ID,
    ByRole,
    Direct,
    RulesOf,
    Sharing,
)
from mlsteward_server.storage.prepared import Prepared
from mlsteward_server.storage.tables.datasets import dataset_group_grants, dataset_user_grants, datasets
from mlsteward_server.storage.tables.groups import group_members, groups
from mlsteward_server.storage.tables.workspaces import memberships, workspaces


def facts(account: BindParameter[str]) -> Select[Any]:
    """Select datasets with the facts that `dataset_rules` needs about an account.

    Of the group grants, selects only the highest one, from the oldest group that has it.
    """
    member, own, candidate = memberships.alias("member"), dataset_user_grants.alias("own"), dataset_group_grants
    # Subqueries look up each row in an index. A join may read the list from its start.
    granted = select(own.c.permission).where(own.c.dataset_id == datasets.c.id, own.c.account_id == account)
    highest = (
        select(candidate.c.permission, groups.c.name)
        .join_from(candidate, groups, groups.c.id == candidate.c.group_id)
        .where(
            candidate.c.dataset_id == datasets.c.id,
            # The cost of this subquery depends on the groups of the account. That of a join would depend on all grants.
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


def rules(row: Row[Any], is_operator: bool) -> list[Given]:
    """Apply the rules to a row of `facts`."""
    return dataset_rules(
        is_operator=is_operator,
        membership=row.membership,
        own=row.own,
        groups=() if row.shared is None else ((row.shared, row.group),),
        default=row.default_permission,
    )


_grants_of_groups = Prepared(
    select(dataset_group_grants.c.permission, groups.c.name)
    .join_from(dataset_group_grants, groups)
    .join(group_members, group_members.c.group_id == groups.c.id)
    .where(dataset_group_grants.c.dataset_id == OBJECT, group_members.c.account_id == ACCOUNT)
    .order_by(groups.c.id)
)


def _considered(connection: Connection, row: Row[Any], account: Row[Any]) -> list[Given]:
    """Return every rule that applies. A check reads only the highest group grant; this reads all of them."""
    grants = _grants_of_groups.all(connection, {"object": row.id, "account": account.id})
    return dataset_rules(
        is_operator=account.is_operator,
        membership=row.membership,
        own=row.own,
        groups=[(grant.permission, grant.name) for grant in grants],
        default=row.default_permission,
    )


_own_grants = (
    select(dataset_user_grants.c.account_id, dataset_user_grants.c.permission)
    .join_from(memberships, dataset_user_grants, dataset_user_grants.c.account_id == memberships.c.account_id)
    .where(
        dataset_user_grants.c.dataset_id == OBJECT,
        memberships.c.workspace_id == WORKSPACE_ID,
        memberships.c.username_key > BEYOND,
        memberships.c.username_key <= UP_TO,
    )
)
_group_grants = (
    select(group_members.c.account_id, dataset_group_grants.c.permission, groups.c.name)
    .join_from(dataset_group_grants, groups)
    .join(group_members, group_members.c.group_id == dataset_group_grants.c.group_id)
    .where(
        dataset_group_grants.c.dataset_id == OBJECT,
        group_members.c.username_key > BEYOND,
        group_members.c.username_key <= UP_TO,
    )
    .order_by(dataset_group_grants.c.group_id)  # of equal grants, the oldest group counts, as in a check
)


def _everyone(connection: Connection, dataset: Row[Any], beyond: str, up_to: str) -> RulesOf:
    values = {"object": dataset.id, "workspace": dataset.workspace_id, "beyond": beyond, "up_to": up_to}
    own = {row[0]: row[1] for row in connection.execute(_own_grants, values).all()}
    shared: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for account_id, permission, group in connection.execute(_group_grants, values).all():
        shared[account_id].append((permission, group))
    default = dataset.default_permission

    def of(person: Row[Any]) -> list[Given]:
        return dataset_rules(
            is_operator=person.is_operator,
            membership=person.membership,
            own=own.get(person.id),
            groups=shared.get(person.id, ()),
            default=default,
        )

    return of


SHARING = Sharing(
    table=datasets,
    facts=facts(ACCOUNT),
    rules=rules,
    considered=_considered,
    everyone=_everyone,
    ways=(
        Direct(
            select(dataset_user_grants.c.workspace_id, dataset_user_grants.c.dataset_id).where(
                dataset_user_grants.c.account_id == ACCOUNT
            )
        ),
        Direct(
            select(group_members.c.workspace_id, dataset_group_grants.c.dataset_id)
            .join(dataset_group_grants, dataset_group_grants.c.group_id == group_members.c.group_id)
            .where(group_members.c.account_id == ACCOUNT),
            is_distinct=False,
        ),
        ByRole(("admin",)),
        ByRole(("member",), text("default_permission > 0")),
    ),
    facts_about=("default_permission",),
    nothing=NO_ACCESS,
)
