"""How lists show themselves: in a notebook, in a prompt, in completion."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from typing import Any

import attrs
import pytest
from mlsteward import AsyncSteward, Steward, records
from mlsteward.matrix import AccessMatrix
from mlsteward.pagination import AsyncPager, Pager
from mlsteward.records import AccessEntry, AccessObjectType, AccessRule, AccountKind, DatasetPermission, ProjectRole

from tests.exports.lists import CANARY, GROUP, INVITATION, Async, Pages, Sync

EVIL = "<script>alert('&\"')</script>"


class Cells(HTMLParser):
    """The cells of a table, and which tags there are."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.rows: list[list[str]] = []
        self.styles: dict[str, str] = {}
        self._open = ""
        self._style = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self._open = tag
        self._style = dict(attrs).get("style") or ""
        if tag == "tr":
            self.rows.append([])
        elif tag in ("td", "th"):
            self.rows[-1].append("")

    def handle_data(self, data: str) -> None:
        if self._open in ("td", "th", "br"):
            self.rows[-1][-1] += data
            self.styles[data] = self._style


def first(pages: Pages, **options: Any) -> str:
    return Pager(pages.fetch, record_type=records.Group, **options)._repr_html_()


@pytest.mark.parametrize(
    ("number", "limit", "asked", "shown", "has_more"),
    [
        (0, None, [11], 0, False),
        (3, None, [11], 3, False),
        (10, None, [11], 10, False),
        (11, None, [11], 10, True),
        (30, None, [11], 10, True),
        (30, 5, [5], 5, False),
        (30, 10, [10], 10, False),
        (30, 11, [11], 10, True),
        (30, 0, [], 0, False),
    ],
)
def test_a_notebook_shows_the_first_rows(
    number: int, limit: int | None, asked: list[int], shown: int, has_more: bool
) -> None:
    pages = Pages([attrs.evolve(GROUP, id=f"g{n}") for n in range(number)], size=100)
    found = first(pages, limit=limit)
    assert pages.asked == asked
    assert len(re.findall("<tr><td>", found)) == shown
    assert ("There is more." in found) == has_more
    assert ("The list is empty." in found) == (not shown)


def test_a_server_that_gives_fewer_than_asked_for_has_more() -> None:
    pages = Pages([GROUP] * 8, size=5)
    assert "There is more." in first(pages)
    assert len(pages.asked) == 1


def test_showing_the_first_rows_changes_nothing() -> None:
    pages = Pages([GROUP] * 30, size=100)
    pager = Pager(pages.fetch, record_type=records.Group)
    pager._repr_html_()
    assert pager.cursor is None
    assert len(pager.to_list()) == 30


def test_what_a_notebook_shows_is_escaped_and_without_secrets() -> None:
    found = first(Pages([attrs.evolve(GROUP, name=EVIL)]))
    assert "script" not in Cells(found).tags
    assert EVIL in Cells(found).rows[1]
    assert Cells(found).rows[0] == ["id", "name", "members_count", "created_at"]  # nothing has a description
    shown = Pager(Pages([INVITATION]).fetch)._repr_html_()
    assert CANARY not in shown
    assert "signs" in shown
    assert "7" in Pager(Pages([7]).fetch)._repr_html_()


def test_an_asynchronous_pager_says_how_to_read_it() -> None:
    pages = Pages([GROUP])
    shown = Async(pages, records.Group).pager._repr_html_()
    assert shown.startswith("<p>&lt;AsyncPager of Group&gt;: ")
    assert "await" in shown
    assert pages.asked == []


def test_repr_of_a_pager() -> None:
    pages = Pages([GROUP])
    source = "from https://steward.example.com"
    pager = Pager(pages.fetch, record_type=records.Group, source=source, limit=10)
    assert repr(pager) == "<Pager of Group from https://steward.example.com, limit=10>"
    assert repr(Pager(pages.fetch)) == "<Pager>"
    assert repr(Async(pages, page_size=3).pager) == "<AsyncPager, page_size=3>"
    assert pages.asked == []


@pytest.mark.parametrize("pager", [Sync(Pages([])).pager, Async(Pages([])).pager])
def test_completion_of_a_pager(pager: Pager[Any] | AsyncPager[Any]) -> None:
    offered = "count cursor first pages record_type to_csv to_jsonl to_list to_pandas to_polars"
    assert dir(pager) == offered.split()


URL = "https://steward.example.com"
KEY = "mls_" + "a" * 49


@pytest.mark.parametrize("client", [Steward, AsyncSteward])
def test_repr_of_a_client(client: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without a request: nothing listens there."""
    name = client.__name__
    assert repr(client(URL)) == f"<{name} at {URL}, without an API key>"
    mine = client(URL, api_token=KEY, workspace="ml-team")
    assert repr(mine) == f"<{name} at {URL}, with an API key given as argument, workspace 'ml-team'>"
    assert repr(client(path=":memory:")) == f"<{name} inside this process on :memory:, as its operator>"
    monkeypatch.setenv("MLSTEWARD_API_TOKEN", KEY)
    monkeypatch.setenv("MLSTEWARD_URL", URL)
    assert repr(client()) == f"<{name} at {URL}, with the API key of MLSTEWARD_API_TOKEN>"
    assert (
        repr(client().projects.list(limit=3)) == f"<{name.replace('Steward', '')}Pager of Project from {URL}, limit=3>"
    )
    assert repr(client(path=":memory:").groups.list()).endswith("Pager of Group inside this process>")


@pytest.mark.parametrize("client", [Steward, AsyncSteward])
def test_repr_and_completion_of_a_namespace(client: Any) -> None:
    steward = client(URL, api_token=KEY)
    shown = repr(steward.projects)
    kind = client.__name__.replace("Steward", "Projects")
    assert shown == (f"<{kind} of {repr(steward)[1:-1]}: archive, create, delete, get, list, members, restore, update>")
    assert dir(steward.projects.members) == ["add", "get", "list", "remove", "update"]
    assert KEY not in shown + repr(steward.projects.members)


@pytest.mark.parametrize("client", [Steward, AsyncSteward])
def test_completion_of_a_client(client: Any) -> None:
    offered = dir(client(URL))
    assert {"projects", "members", "whoami", "health", "as_account"} <= set(offered)
    assert not [name for name in offered if name.startswith("_")]


def entry(account: str, thing: str, role: str | None, kind: str = "dataset") -> AccessEntry:
    return AccessEntry(
        AccessObjectType(kind),
        f"id of {thing}",
        thing,
        f"id of {account}",
        account,
        AccountKind.USER,
        AccessRule.NONE,
        role,
    )


def test_a_matrix_is_a_coloured_grid() -> None:
    matrix = AccessMatrix(
        (
            entry("ravi", "signs", DatasetPermission.VIEW),
            entry("ravi", "churn", ProjectRole.OWNER, "project"),
            entry("jackie", "signs", DatasetPermission.MANAGE),
            entry("jackie", "churn", None, "project"),
            entry("jackie", EVIL, EVIL),
        )
    )
    found = Cells(matrix._repr_html_())
    assert found.rows == [
        ["account", "datasetsigns", "projectchurn", f"dataset{EVIL}"],
        ["jackie", "MANAGE", "", EVIL],
        ["ravi", "VIEW", "owner", ""],
    ]
    assert "script" not in found.tags
    assert found.styles["owner"] == found.styles["MANAGE"] != found.styles["VIEW"]
    assert not re.search("Shown are", matrix._repr_html_())
    assert Cells(AccessMatrix(())._repr_html_()).rows == [["account"]]


def test_text_on_every_colour_is_readable() -> None:
    roles = [None, *DatasetPermission, *ProjectRole, "a-new-role"]
    shown = AccessMatrix(tuple(entry("jackie", str(role), role) for role in roles))._repr_html_()
    pairs = re.findall(r"background:#(\w{6});color:#(\w{6})", shown)
    assert len(pairs) == len(roles)
    for background, text in pairs:
        light, dark = sorted((_luminance(background), _luminance(text)), reverse=True)
        assert (light + 0.05) / (dark + 0.05) >= 4.5, (background, text)  # level AA of WCAG 2


def _luminance(colour: str) -> float:
    parts = [int(colour[place : place + 2], 16) / 255 for place in (0, 2, 4)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def test_a_large_matrix_is_cut() -> None:
    entries = (entry(f"account {a}", f"dataset {d}", DatasetPermission.EDIT) for a in range(60) for d in range(70))
    shown = AccessMatrix(tuple(entries))._repr_html_()
    rows = Cells(shown).rows
    assert (len(rows), len(rows[0]), len(rows[1])) == (51, 51, 51)
    assert "50 of 60 accounts and 50 of 70 projects and datasets" in shown
