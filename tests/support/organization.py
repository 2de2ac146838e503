"""A workspace in plain Python: its people, groups, projects and datasets, and who may do what by `roles.py`."""

from __future__ import annotations

from dataclasses import dataclass, field

from tests.support import roles
from tests.support.roles import WORKSPACE_ROLES, Reason


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
        """Whether somebody has at least this role in the workspace."""
        return roles.at_least(self.roles.get(who), role, WORKSPACE_ROLES)

    def leave(self, who: str) -> None:
        """Remove somebody with everything they had."""
        del self.roles[who]
        self.robots.discard(who)
        for group in self.groups.values():
            group.discard(who)
        for dataset in self.datasets.values():
            dataset.own.pop(who, None)
        for project in self.projects.values():
            project.roster.pop(who, None)

    def delete_group(self, name: str) -> None:
        """Delete a group with its grants."""
        del self.groups[name]
        for dataset in self.datasets.values():
            dataset.shared.pop(name, None)

    # ---- datasets

    def reasons_on_dataset(self, who: str, name: str) -> list[Reason]:
        """Every rule that applies to somebody, in no order."""
        dataset = self.datasets[name]
        shared = {group: granted for group, granted in dataset.shared.items() if who in self.groups[group]}
        return roles.reasons_on_dataset(self.roles.get(who), dataset.own.get(who), shared, dataset.default)

    def deciding_on_dataset(self, who: str, name: str) -> set[Reason]:
        """Which of them may be said to decide."""
        return roles.deciding_on_dataset(self.reasons_on_dataset(who, name))

    def permission(self, who: str, name: str) -> str:
        """What somebody may do with a dataset."""
        return roles.permission(self.reasons_on_dataset(who, name))

    def sole_datasets(self, who: str) -> list[str]:
        """The datasets that nobody else was granted to manage, not even by a group."""
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

    def reasons_in_project(self, who: str, name: str) -> list[Reason]:
        """Every rule that applies to somebody, in no order."""
        project = self.projects[name]
        return roles.reasons_in_project(self.roles.get(who), project.roster.get(who), project.visibility)

    def deciding_in_project(self, who: str, name: str) -> set[Reason]:
        """Which of them may be said to decide."""
        return roles.deciding_in_project(self.reasons_in_project(who, name))

    def project_role(self, who: str, name: str) -> str | None:
        """What somebody is in a project, apart from what is open to everybody."""
        return roles.project_role(self.reasons_in_project(who, name))

    def is_let_in(self, who: str, name: str) -> bool:
        """Whether the visibility of a project makes somebody an owner."""
        return roles.is_let_in(self.roles.get(who), self.projects[name].visibility)

    def sees_project(self, who: str, name: str) -> bool:
        """Whether a project exists for somebody."""
        on_roster = who in self.projects[name].roster
        return roles.sees_project(self.reasons_in_project(who, name), on_roster=on_roster)

    def sole_projects(self, who: str) -> list[str]:
        """The projects with no other owner on the roster."""
        return [
            name
            for name, project in self.projects.items()
            if [account for account, role in project.roster.items() if role == "owner"] == [who]
        ]
