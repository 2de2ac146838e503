"""Who may do what in a workspace, in plain Python, to hold the server against. It shares nothing with it.

* Admins own all projects and manage all datasets. Nobody outside the workspace has anything.
* A dataset: what an account itself was granted, NO_ACCESS included; otherwise the highest of what its groups
  were granted and, for members, the default. Service accounts are members.
* A project: the highest of the roster and, for members, of the visibility, which makes owners. What is public is
  open to everybody for reading, which is not a role in the project.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

WORKSPACE_ROLES = ["guest", "collaborator", "member", "admin"]
PROJECT_ROLES = ["viewer", "contributor", "owner"]
PERMISSIONS = ["NO_ACCESS", "VIEW", "TAG", "EDIT", "MANAGE"]
VISIBILITIES = ["private", "workspace", "public"]


class Reason(NamedTuple):
    """A rule that speaks about an account, what it gives, and the group it is about."""

    rule: str
    role: str | None
    group: str | None = None


@dataclass
class Dataset:
    """A dataset: its default, and what accounts and groups were granted."""

    default: str
    own: dict[str, str] = field(default_factory=dict)
    shared: dict[str, str] = field(default_factory=dict)


@dataclass
class Project:
    """A project, with the role of everybody on its roster, which may be none."""

    visibility: str
    roster: dict[str, str | None] = field(default_factory=dict)


@dataclass
class Organization:
    """A workspace. Accounts, groups, datasets and projects are called by their names.

    Attributes:
        roles: The role of everybody who is in it; service accounts are members.
        robots: Which of them are service accounts.
    """

    roles: dict[str, str] = field(default_factory=dict)
    robots: set[str] = field(default_factory=set)
    groups: dict[str, set[str]] = field(default_factory=dict)
    datasets: dict[str, Dataset] = field(default_factory=dict)
    projects: dict[str, Project] = field(default_factory=dict)
    default_permission: str = "NO_ACCESS"

    # ---- the workspace

    def has(self, who: str, role: str) -> bool:
        """Whether somebody is at least this in the workspace."""
        return who in self.roles and WORKSPACE_ROLES.index(self.roles[who]) >= WORKSPACE_ROLES.index(role)

    def leave(self, who: str) -> None:
        """Nothing of what somebody had stays."""
        del self.roles[who]
        self.robots.discard(who)
        for group in self.groups.values():
            group.discard(who)
        for dataset in self.datasets.values():
            dataset.own.pop(who, None)
        for project in self.projects.values():
            project.roster.pop(who, None)

    def delete_group(self, name: str) -> None:
        """Its grants go with it."""
        del self.groups[name]
        for dataset in self.datasets.values():
            dataset.shared.pop(name, None)

    # ---- datasets

    def permission(self, who: str, name: str) -> str:
        """What somebody may do with a dataset."""
        dataset, role = self.datasets[name], self.roles.get(who)
        if role is None:
            return "NO_ACCESS"
        if role == "admin":
            return "MANAGE"
        if who in dataset.own:
            return dataset.own[who]
        offered = [dataset.default] if role == "member" else []
        offered += [permission for group, permission in dataset.shared.items() if who in self.groups[group]]
        return max(offered, key=PERMISSIONS.index, default="NO_ACCESS")

    def manages(self, who: str, name: str) -> bool:
        return self.permission(who, name) == "MANAGE"

    def reasons_on_dataset(self, who: str, name: str) -> list[Reason]:
        """Everything that speaks about somebody, in no order."""
        dataset, role = self.datasets[name], self.roles.get(who)
        if role is None:
            return []
        found = [Reason("group_grant", p, group) for group, p in dataset.shared.items() if who in self.groups[group]]
        if who in dataset.own:
            found.append(Reason("own_grant", dataset.own[who]))
        if role == "admin":
            found.append(Reason("admin", "MANAGE"))
        if role == "member":
            found.append(Reason("default", dataset.default))
        return found

    def deciding_on_dataset(self, who: str, name: str) -> set[Reason]:
        """Of these, what may be said to decide: of equals any."""
        reasons = self.reasons_on_dataset(who, name)
        for rule in ("admin", "own_grant"):
            first = {reason for reason in reasons if reason.rule == rule}
            if first:
                return first
        counts = self.permission(who, name)
        return {reason for reason in reasons if reason.role == counts} or {Reason("none", "NO_ACCESS")}

    def sole_datasets(self, who: str) -> list[str]:
        """Those that nobody else was granted to manage, be it by a group."""
        found = []
        for name, dataset in self.datasets.items():
            others = {account for account, permission in dataset.own.items() if permission == "MANAGE"}
            for group, permission in dataset.shared.items():
                if permission == "MANAGE":
                    others |= self.groups[group] - {who}
            if others == {who}:
                found.append(name)
        return found

    # ---- projects

    def project_role(self, who: str, name: str) -> str | None:
        """What somebody is in a project, what is open to everybody apart."""
        roles = [reason.role for reason in self.reasons_in_project(who, name) if reason.rule != "public"]
        return max((role for role in roles if role), key=PROJECT_ROLES.index, default=None)

    def is_let_in(self, who: str, name: str) -> bool:
        """Whether the visibility of a project makes somebody an owner."""
        return self.has(who, "member") and self.projects[name].visibility != "private"

    def reasons_in_project(self, who: str, name: str) -> list[Reason]:
        """Everything that speaks about somebody, in no order."""
        project = self.projects[name]
        found = [Reason("public", "viewer")] if project.visibility == "public" else []
        if self.is_let_in(who, name):
            found.append(Reason("visibility", "owner"))
        if self.has(who, "admin"):
            found.append(Reason("admin", "owner"))
        if project.roster.get(who) is not None:
            found.append(Reason("roster", project.roster[who]))
        return found

    def deciding_in_project(self, who: str, name: str) -> set[Reason]:
        """Of these, what may be said to decide: of equals any."""
        reasons = self.reasons_in_project(who, name)
        highest = max((reason.role for reason in reasons if reason.role), key=PROJECT_ROLES.index, default=None)
        return {reason for reason in reasons if reason.role == highest} or {Reason("none", None)}

    def sees_project(self, who: str, name: str) -> bool:
        project = self.projects[name]
        return self.project_role(who, name) is not None or who in project.roster or project.visibility == "public"

    def sole_projects(self, who: str) -> list[str]:
        """Those with no other owner on the roster."""
        return [
            name
            for name, project in self.projects.items()
            if [account for account, role in project.roster.items() if role == "owner"] == [who]
        ]
