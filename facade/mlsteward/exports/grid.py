"""The access matrix as a coloured grid: accounts down, projects and datasets across."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from mlsteward.records.access import AccessEntry
from mlsteward.records.enums import DatasetPermission, ProjectRole
from mlsteward.records.html import cell

MOST: Final = 50
"""Maximum number of rows, and of columns."""

# From a light to a dark blue. Each with a colour of text that is easy to read on it.
_NONE = "background:#f6f8fa;color:#57606a"
_UNKNOWN = "background:#eaeef2;color:#24292f"
_SHADES = (
    "background:#ddf4ff;color:#0a3069",
    "background:#80ccff;color:#0a3069",
    "background:#218bff;color:#000000",
    "background:#0550ae;color:#ffffff",
)
_STRENGTHS: Final = {
    "": _NONE,
    DatasetPermission.NO_ACCESS: _NONE,
    DatasetPermission.VIEW: _SHADES[0],
    DatasetPermission.TAG: _SHADES[1],
    DatasetPermission.EDIT: _SHADES[2],
    DatasetPermission.MANAGE: _SHADES[3],
    ProjectRole.VIEWER: _SHADES[0],
    ProjectRole.CONTRIBUTOR: _SHADES[2],
    ProjectRole.OWNER: _SHADES[3],
}


def grid(entries: Iterable[AccessEntry]) -> str:
    """A table of HTML. The stronger a role, the darker its cell."""
    accounts: dict[str, str] = {}
    objects: dict[tuple[str, str], str] = {}
    roles: dict[tuple[str, str, str], str] = {}
    for entry in entries:
        accounts.setdefault(entry.user_id, entry.username)
        objects.setdefault((entry.object_type, entry.object_id), entry.object_name)
        roles[entry.user_id, entry.object_type, entry.object_id] = str(entry.role or "")
    rows = sorted(accounts.items(), key=lambda account: account[1])
    columns = list(objects.items())
    head = "".join(f"<th>{cell(kind)}<br>{cell(name)}</th>" for (kind, _), name in columns[:MOST])
    body = "".join(
        f"<tr><th>{cell(username)}</th>{''.join(_role(roles.get((user, *key))) for key, _ in columns[:MOST])}</tr>"
        for user, username in rows[:MOST]
    )
    return f"<table><thead><tr><th>account</th>{head}</tr></thead><tbody>{body}</tbody></table>" + _note(
        len(rows), len(columns)
    )


def _role(role: str | None) -> str:
    style = _STRENGTHS.get(role or "", _UNKNOWN)
    return f'<td style="{style}">{cell(role)}</td>'


def _note(accounts: int, objects: int) -> str:
    if accounts <= MOST and objects <= MOST:
        return ""
    shown = f"{min(accounts, MOST)} of {accounts} accounts and {min(objects, MOST)} of {objects} projects and datasets"
    return f"<p>Shown are {shown}. All of them: to_csv(wide=True) or to_dataframe(wide=True).</p>"
