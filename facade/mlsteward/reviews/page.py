"""The page of a review: one file of HTML that needs no script and no other file.

It is written piece by piece. Whatever people wrote is escaped by `cell`, without exception.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Final, TypeVar

from mlsteward.records.access import AccessEntry
from mlsteward.records.enums import AccountKind, DatasetPermission, ProjectRole
from mlsteward.records.html import cell
from mlsteward.records.reviews import ReviewedAccount, ReviewedKey
from mlsteward.reviews.kept import element

if TYPE_CHECKING:
    from _typeshed import SupportsWrite

    from mlsteward.reviews.contents import Contents

T = TypeVar("T")
MOST_ROWS: Final = 500
"""Number of rows of a table that the page shows at most."""
MOST_COLUMNS: Final = 12
"""Number of projects and datasets that fit side by side on a page of paper. With more, the table is a summary."""

LOOK: Final = ' class="look"'
STYLE: Final = """
@page { size: A4 landscape; margin: 14mm; }
* { box-sizing: border-box; }
body { font: 14px/1.5 system-ui, "Segoe UI", "Helvetica Neue", Arial, sans-serif; color: #1f2328; background: #fff;
  margin: 0 auto; padding: 32px 24px 64px; max-width: 1200px; }
h1 { font-size: 26px; line-height: 1.25; margin: 0 0 4px; overflow-wrap: anywhere; }
h2 { font-size: 18px; margin: 36px 0 8px; padding-bottom: 4px; border-bottom: 1px solid #d1d9e0; break-after: avoid; }
p { margin: 6px 0 10px; max-width: 85ch; }
.quiet { color: #59636e; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: 2px 20px; margin: 16px 0; }
dt { color: #59636e; }
dd { margin: 0; overflow-wrap: anywhere; }
.tiles { display: flex; flex-wrap: wrap; gap: 10px; margin: 20px 0; padding: 0; list-style: none; }
.tiles li { border: 1px solid #d1d9e0; border-radius: 6px; padding: 8px 16px; min-width: 118px; }
.tiles b { display: block; font-size: 22px; line-height: 1.3; font-variant-numeric: tabular-nums; }
.tiles .look { border-color: #d4a72c; background: #fff8c5; }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; font-size: 13px; }
thead { display: table-header-group; }
tr { break-inside: avoid; }
th, td { text-align: left; vertical-align: top; padding: 5px 10px; border-bottom: 1px solid #d1d9e0;
  overflow-wrap: anywhere; min-width: 60px; }
thead th { background: #f6f8fa; border-bottom: 2px solid #d1d9e0; font-weight: 600; }
thead th small, td small { display: block; font-weight: normal; color: inherit; opacity: .85; font-size: 11px; }
tbody th { font-weight: 600; }
td.number { font-variant-numeric: tabular-nums; }
td.when { white-space: nowrap; font-variant-numeric: tabular-nums; }
.mark { background: #fff8c5; border: 1px solid #d4a72c; border-radius: 10px; padding: 0 8px; font-size: 12px;
  white-space: nowrap; display: inline-block; }
.new { color: #116329; } .gone { color: #a40e26; }
.s0 { color: #6e7781; } .s1 { background: #ddf4ff; color: #0a3069; } .s2 { background: #b6e3ff; color: #0a3069; }
.s3 { background: #54aeff; color: #04183a; } .s4 { background: #0550ae; color: #fff; }
@media print {
  body { font-size: 10.5pt; padding: 0; max-width: none; }
  table { font-size: 8.5pt; }
  .scroll { overflow: visible; }
  .s1, .s2, .s3, .s4, .mark, .look, thead th { -webkit-print-color-adjust: exact; print-color-adjust: exact; }
}
"""

STRENGTHS: Final[Mapping[str, int]] = {
    DatasetPermission.VIEW: 1,
    DatasetPermission.TAG: 2,
    DatasetPermission.EDIT: 3,
    DatasetPermission.MANAGE: 4,
    ProjectRole.VIEWER: 1,
    ProjectRole.CONTRIBUTOR: 3,
    ProjectRole.OWNER: 4,
}
RULES: Final[Mapping[str, str]] = {
    "operator": "The account operates the platform.",
    "admin": "The account is an admin of the workspace.",
    "own_grant": "The account was granted the permission on the dataset. This comes before groups and the default.",
    "group_grant": "A group of the account was granted the permission on the dataset.",
    "default": "The default permission of the dataset, which members of the workspace have.",
    "roster": "The account is on the roster of the project.",
    "visibility": "The visibility of the project lets members of the workspace in.",
    "public": "The project is public.",
}


def write(review: Contents, file: SupportsWrite[str]) -> None:
    """Write the page.

    Args:
        review: What it is about.
        file: Takes the text, piece by piece.
    """
    for piece in _pieces(review):
        file.write(piece)


def overview(review: Contents) -> str:
    """What the page begins with, for a notebook."""
    return "".join(_head(review))


def _pieces(review: Contents) -> Iterator[str]:
    title = f"Access review of {review.workspace}"
    yield (
        '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n"
        '<meta name="referrer" content="no-referrer">\n'
        f"<title>{cell(title)}</title>\n<style>{STYLE}</style>\n</head>\n<body>\n<main>\n"
    )
    for part in (_head, _changes, _events, _access, _accounts, _keys, _invitations, _limits):
        yield from part(review)
    yield f"</main>\n{element(review)}\n</body>\n</html>\n"


def _head(review: Contents) -> Iterator[str]:
    people = sum(account.kind == AccountKind.USER for account in review.accounts)
    facts = {
        "Read": f"{review.began_at:%Y-%m-%d %H:%M:%S} to {review.ended_at:%H:%M:%S} UTC",
        "Read by": review.made_by,
        "Server": f"{review.server} (version {review.server_version})",
        "Made with": f"mlsteward {review.client_version}",
    }
    if review.since is not None:
        facts["Compared with" if review.compares else "Changes since"] = (
            f"the review of {_minute(review.since)}" if review.compares else _minute(review.since)
        )
    tiles = (
        ("people", people, False),
        ("service accounts", len(review.accounts) - people, False),
        (f"not seen for {review.unseen_days} days", len(review.unseen), True),
        ("API keys", len(review.keys), False),
        ("keys with remarks", len(review.marked_keys), True),
        ("open invitations", len(review.invitations), False),
        *([("differences", len(review.changes), False)] if review.compares else []),
    )
    yield f"<h1>Access review of {cell(review.workspace)}</h1>\n<dl>"
    yield from (f"<dt>{cell(name)}</dt><dd>{cell(value)}</dd>" for name, value in facts.items())
    yield '</dl>\n<ul class="tiles">'
    yield from (f"<li{LOOK if look and count else ''}><b>{count:,}</b>{cell(what)}</li>" for what, count, look in tiles)
    yield "</ul>\n"


def _changes(review: Contents) -> Iterator[str]:
    if review.compares:
        yield _title("What differs from the last review")
        columns: Mapping[str, Callable[[Any], str]] = {
            "Change": lambda one: f'<td class="{cell(one.change)}">{cell(one.change)}</td>',
            "Kind": lambda one: _td(one.kind),
            "Who": lambda one: _th(one.who),
            "What": lambda one: _td(one.what),
            "Before": lambda one: _td(one.before),
            "Now": lambda one: _td(one.after),
        }
        yield from _table(review.changes, columns, none="Nothing differs.", part="changes")


def _events(review: Contents) -> Iterator[str]:
    if review.since is None:
        return
    yield _title(f"In the audit log since {_minute(review.since)}")
    if review.has_more_events:
        yield f"<p>The newest {len(review.events)} events. There are more: <code>mlsteward audit</code> lists all.</p>"
    columns: Mapping[str, Callable[[Any], str]] = {
        "When (UTC)": lambda one: _when(one.date),
        "Who": lambda one: _th(one.user),
        "Event": lambda one: _td(one.event),
        "What": lambda one: _td(f"{one.object_type.replace('_', ' ')} {one.object_name}"),
    }
    yield from _table(review.events, columns, none="Nothing happened.", part="events")


def _access(review: Contents) -> Iterator[str]:
    yield _title("Who may do what")
    objects = {(one.object_type, one.object_id): one.object_name for one in review.access}
    if not objects:
        yield "<p>Nobody has access to a project or dataset.</p>\n"
        return
    if len(objects) <= MOST_COLUMNS:
        yield "<p>What an account has, and below it the rule that decides. Empty: no access.</p>\n"
        yield from _grid(review, objects)
    else:
        yield (
            f"<p>{len(objects):,} projects and datasets are too many for one table. Below is a summary; the CSV of the "
            "access has every entry with the rule that decides.</p>\n"
        )
        yield from _summaries(review)
    seen = Counter(str(one.rule) for one in review.access)
    yield "<dl>"
    for rule, count in seen.most_common():
        meaning = RULES.get(rule, "A rule that this version does not know.")
        decides = f"Decides {_number(count, 'entry', 'entries')}."
        yield f"<dt>{cell(rule.replace('_', ' '))}</dt><dd>{cell(meaning)} {decides}</dd>"
    yield "</dl>\n"


def _grid(review: Contents, objects: Mapping[tuple[str, str], str]) -> Iterator[str]:
    entries = {(one.user_id, one.object_type, one.object_id): one for one in review.access}
    columns: dict[str, Callable[[ReviewedAccount | AccessEntry], str]] = {"Account": lambda one: _th(one.username)}
    heads = ["<th>Account</th>"]
    for key, name in objects.items():
        heads.append(f"<th><small>{cell(key[0])}</small>{cell(name)}</th>")
        columns[f"{len(heads)}"] = lambda one, key=key: _granted(entries.get((one.user_id, *key)))  # type: ignore[misc]
    yield from _table(_holders(review), columns, none="", part="access", heads=heads)


def _summaries(review: Contents) -> Iterator[str]:
    by_account: dict[str, Counter[str]] = {}
    by_object: dict[tuple[str, str, str], Counter[str]] = {}
    for one in review.access:
        by_account.setdefault(one.user_id, Counter())[f"{one.object_type} {one.role}"] += 1
        by_object.setdefault((one.object_type, one.object_id, one.object_name), Counter())[str(one.role)] += 1
    yield "<h3>By project and dataset</h3>\n"
    of_objects: Mapping[str, Callable[[Any], str]] = {
        "Kind": lambda item: _td(item[0][0]),
        "Name": lambda item: _th(item[0][2]),
        "Accounts": lambda item: f'<td class="number">{item[1].total():,}</td>',
        "With": lambda item: _td(_counts(item[1])),
    }
    yield from _table(tuple(by_object.items()), of_objects, none="", part="access")
    yield "<h3>By account</h3>\n"
    of_accounts: Mapping[str, Callable[[Any], str]] = {
        "Account": lambda one: _th(one.username),
        "Has access to": lambda one: f'<td class="number">{by_account.get(one.user_id, Counter()).total():,}</td>',
        "As": lambda one: _td(_counts(by_account.get(one.user_id, Counter()))),
    }
    yield from _table(_holders(review), of_accounts, none="", part="access")


def _holders(review: Contents) -> list[ReviewedAccount | AccessEntry]:
    """Every account of the workspace, then accounts that have access without being in it."""
    inside = {one.user_id for one in review.accounts}
    outside = {one.user_id: one for one in review.access if one.user_id not in inside}
    return [*review.accounts, *outside.values()]


def _accounts(review: Contents) -> Iterator[str]:
    for kind, title, none in (
        (AccountKind.USER, "People", "There are no people in the workspace."),
        (AccountKind.SERVICE_ACCOUNT, "Service accounts", "There are no service accounts."),
    ):
        yield _title(title)
        is_person = kind == AccountKind.USER
        keys = Counter(key.user_id for key in review.keys)
        columns: dict[str, Callable[[Any], str]] = {
            "Username" if is_person else "Name": lambda one: _th(one.username),
            **({"Email": lambda one: _td(one.email)} if is_person else {}),
            "Role": lambda one: _td(one.role),
            "Joined" if is_person else "Created": lambda one: _when(one.joined_at),
            "Last seen": lambda one: _when(one.last_seen_at, none="never" if one.keys_are_known else "not known"),
            "API keys": lambda one, keys=keys: (  # type: ignore[misc]
                f'<td class="number">{keys[one.user_id] if one.keys_are_known else "?"}</td>'
            ),
            "Remarks": lambda one: _marks([f"not seen for {review.unseen_days} days"] if one.is_unseen else []),
        }
        found = [one for one in review.accounts if one.kind == kind]
        yield from _table(sorted(found, key=lambda one: not one.is_unseen), columns, none=none, part="accounts")


def _keys(review: Contents) -> Iterator[str]:
    yield _title("API keys")
    yield (
        f"<p>Old: created more than {review.old_key_days} days ago. Unused: not used for {review.unseen_days} days. "
        "Keys with remarks come first, the oldest of them at the top.</p>\n"
    )
    columns: Mapping[str, Callable[[ReviewedKey], str]] = {
        "Account": lambda key: _th(key.username),
        "Key": lambda key: f"<td>{cell(key.name)}<small>{cell(key.preview)}…</small></td>",
        "Scopes": lambda key: _td(", ".join(map(str, key.scopes))),
        "Created": lambda key: _when(key.created_at),
        "Age": lambda key: f'<td class="number">{_number((review.began_at - key.created_at).days, "day")}</td>',
        "Last used": lambda key: _when(key.last_used_at, none="never"),
        "Expires": lambda key: _when(key.expires_at, none="never"),
        "Created by": lambda key: _td(key.created_by),
        "Remarks": lambda key: _marks(key.remarks),
    }
    yield from _table(
        sorted(review.keys, key=lambda key: not key.remarks), columns, none="There are no keys to see.", part="keys"
    )


def _invitations(review: Contents) -> Iterator[str]:
    yield _title("Open invitations")
    columns: Mapping[str, Callable[[Any], str]] = {
        "To": lambda one: _th(one.to),
        "Role": lambda one: _td(one.role),
        "Sent": lambda one: _when(one.created_at),
        "Expires": lambda one: _when(one.expires_at),
    }
    yield from _table(review.invitations, columns, none="There are none.", part="invitations")


def _limits(review: Contents) -> Iterator[str]:
    yield _title("What this page does not show")
    yield "<ul>"
    yield from (f"<li>{cell(sentence)}</li>" for sentence in review.not_seen)
    yield "<li>Changes that were made while the page was read may be on it or not.</li></ul>\n"


def _table(
    rows: Sequence[T],
    columns: Mapping[str, Callable[[T], str]],
    *,
    none: str,
    part: str,
    heads: Iterable[str] | None = None,
) -> Iterator[str]:
    """A table with at most `MOST_ROWS` rows.

    Args:
        rows: What it shows.
        columns: What each cell is, as HTML, by the title of the column.
        none: What stands there if there are no rows.
        part: The table of the review that has all of them.
        heads: The cells of the header as HTML (default: the titles).
    """
    if not rows:
        yield f'<p class="quiet">{cell(none)}</p>\n'
        return
    titles = heads or (f"<th>{cell(title)}</th>" for title in columns)
    yield f'<div class="scroll"><table><thead><tr>{"".join(titles)}</tr></thead><tbody>\n'
    for row in rows[:MOST_ROWS]:
        yield f"<tr>{''.join(show(row) for show in columns.values())}</tr>\n"
    yield "</tbody></table></div>\n"
    if len(rows) > MOST_ROWS:
        yield f"<p>These are {MOST_ROWS} of {len(rows):,}. The CSV of <code>{cell(part)}</code> has all of them.</p>\n"


def _granted(entry: AccessEntry | None) -> str:
    if entry is None:
        return '<td class="s0"></td>'
    rule = str(entry.rule).replace("_", " ")
    why = f"{rule}: {entry.group}" if entry.group else rule
    strength = STRENGTHS.get(str(entry.role), 2)
    return f'<td class="s{strength}">{cell(entry.role)}<small>{cell(why)}</small></td>'


def _title(text: str) -> str:
    return f"<h2>{cell(text)}</h2>\n"


def _td(value: object) -> str:
    return f"<td>{cell(value)}</td>"


def _th(value: object) -> str:
    return f'<th scope="row">{cell(value)}</th>'


def _when(moment: datetime | None, *, none: str = "") -> str:
    return f'<td class="when">{none if moment is None else f"{moment.astimezone(UTC):%Y-%m-%d %H:%M}"}</td>'


def _minute(moment: datetime) -> str:
    return f"{moment.astimezone(UTC):%Y-%m-%d %H:%M} UTC"


def _marks(remarks: Iterable[str]) -> str:
    marks = (f'<span class="mark">{cell(remark)}</span>' for remark in remarks)
    return f"<td>{' '.join(marks)}</td>"


def _counts(counter: Counter[str]) -> str:
    return ", ".join(f"{count:,} {what}" for what, count in counter.most_common())


def _number(count: int, one: str, many: str | None = None) -> str:
    return f"{count:,} {one if count == 1 else many or one + 's'}"
