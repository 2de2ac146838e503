"""The page of a review: one file, safe whatever people called things, and the same for every reader."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator
from datetime import timedelta
from html.parser import HTMLParser
from pathlib import Path

import attrs
import pytest
from mlsteward.records import AuditEvent, ReviewChange
from mlsteward.records.record import Record
from mlsteward.reviews.page import MOST_COLUMNS, MOST_ROWS
from mlsteward.reviews.review import AccessReview

from tests.reviews.made_up import NOW, account, entry, invitation, key, review

ATTACKS = (
    "<script>alert(1)</script>",
    "</script><img src=x onerror=alert(1)>",
    '" onmouseover="alert(1)',
    "' autofocus onfocus='alert(1)",
    "</title></style><svg/onload=alert(1)>",
    "<!-- -->]]>&lt;b&gt;",
)
ELEMENTS = {
    "html",
    "head",
    "meta",
    "title",
    "style",
    "body",
    "main",
    "h1",
    "h2",
    "h3",
    "dl",
    "dt",
    "dd",
    "ul",
    "li",
    "b",
    "p",
    "code",
    "div",
    "table",
    "thead",
    "tbody",
    "tr",
    "th",
    "td",
    "small",
    "span",
    "script",
}
ATTRIBUTES = {"lang", "charset", "name", "content", "http-equiv", "class", "scope", "type", "id"}


class Seen(HTMLParser):
    """What a browser would make of a page."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[str] = []
        self.attributes: set[str] = set()
        self.text = ""
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append(tag)
        self.attributes |= {name for name, _ in attrs}

    def handle_data(self, data: str) -> None:
        self.text += data


def hostile(text: str) -> AccessReview:
    """A review in which every text is the same."""

    def all_of(record: Record) -> Record:
        texts = {field.name: text for field in attrs.fields(type(record)) if field.type in ("str", "str | None")}  # type: ignore[arg-type]
        return attrs.evolve(record, **texts)  # type: ignore[misc]

    event = AuditEvent("e1", NOW, "create", "x", "x", "x", "x", "x", True, "x")
    found = review(
        access=[all_of(entry(kind=text, role=text, rule=text))],  # type: ignore[list-item]
        accounts=[all_of(account(role=text)), all_of(account(role=text, kind="service_account"))],  # type: ignore[list-item]
        keys=[all_of(key(scopes=(text,), remarks=(text,)))],  # type: ignore[list-item]
        invitations=[all_of(invitation(role=text))],  # type: ignore[list-item]
        compares=True,
        since=NOW,
        changes=(all_of(ReviewChange("x", "x", "x", "x", "x", "x")),),
        events=(all_of(event),),
        not_seen=(text,),
    )
    return attrs.evolve(
        found, workspace=text, workspace_id=text, made_by=text, server=text, server_version=text, client_version=text
    )


@pytest.mark.parametrize("many", [False, True], ids=["grid", "summary"])
@pytest.mark.parametrize("attack", ATTACKS)
def test_names_are_text(attack: str, many: bool) -> None:
    found = hostile(attack)
    if many:
        more = tuple(attrs.evolve(found.access[0], object_id=str(number)) for number in range(MOST_COLUMNS + 1))
        found = attrs.evolve(found, access=more)
    seen = Seen(found.to_html())
    assert set(seen.elements) <= ELEMENTS
    assert seen.attributes <= ATTRIBUTES
    assert seen.elements.count("script") == 1, "the data of the page, and nothing else"
    assert seen.text.count(attack) > 15


@pytest.mark.parametrize("attack", ATTACKS)
def test_names_come_back_as_they_were(attack: str, tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    hostile(attack).to_html(page)
    assert AccessReview.read(page) == hostile(attack)


def test_one_file_without_script_and_without_other_hosts() -> None:
    text = review(access=[entry()], accounts=[account()]).to_html()
    seen = Seen(text)
    assert not {"src", "href", "action", "srcset", "style"} & seen.attributes
    assert re.findall(r"<script[^>]*>", text) == ['<script type="application/json" id="mlsteward-review">']
    assert "url(" not in text
    assert "@import" not in text
    assert "default-src 'none'" in text


def test_it_says_when_by_whom_and_against_what() -> None:
    text = Seen(review(made_by="johnny", server="at https://steward.example.com", server_version="9.8").to_html()).text
    for fact in ("2026-11-01 12:00:00", "johnny", "https://steward.example.com", "9.8", "ml-team"):
        assert fact in text


def test_marks() -> None:
    text = Seen(
        review(
            accounts=[account(is_unseen=True), account(user_id="u2", keys_are_known=False)],
            keys=[key(name="fine"), key(id="k2", name="stale", created_at=NOW - timedelta(days=400), remarks=("old",))],
        ).to_html()
    ).text
    assert text.count("not seen for 90 days") == 2, "once in the overview, once for the account"
    assert "not known" in text
    assert text.index("stale") < text.index("fine"), "keys with remarks come first"
    assert "400 days" in text


def test_as_many_projects_as_fit_side_by_side() -> None:
    def of(number: int) -> Iterator[object]:
        return (entry(object_id=f"p{n}", object_name=f"project-{n}") for n in range(number))

    assert "too many for one table" not in review(access=of(MOST_COLUMNS), accounts=[account()]).to_html()  # type: ignore[arg-type]
    long = Seen(review(access=of(MOST_COLUMNS + 1), accounts=[account()]).to_html()).text  # type: ignore[arg-type]
    assert "13 projects and datasets are too many for one table" in long
    assert "13 project owner" in long


def test_long_tables_are_cut_and_say_so() -> None:
    people = [account(user_id=f"u{number}", username=f"p{number}") for number in range(MOST_ROWS + 1)]
    seen = Seen(review(accounts=people).to_html())
    assert seen.elements.count("tr") == 1 + MOST_ROWS
    assert "These are 500 of 501. The CSV of accounts has all of them." in seen.text


def test_accounts_with_access_that_are_not_in_the_workspace() -> None:
    text = Seen(review(access=[entry(user_id="u9", username="outsider")], accounts=[account()]).to_html()).text
    assert "outsider" in text


def test_a_failed_write_leaves_the_page_as_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    page = tmp_path / "page.html"
    page.write_text("the last review", "utf-8")
    broken = review(not_seen=("\ud800",))
    with pytest.raises(UnicodeEncodeError):
        broken.to_html(page)
    assert page.read_text("utf-8") == "the last review"
    assert os.listdir(tmp_path) == ["page.html"]


def test_the_data_is_the_review() -> None:
    found = review(access=[entry()], keys=[key()])
    assert json.loads(json.dumps(found.to_dict()))["access"][0]["username"] == "jackie"
    assert found.to_dict()["keys"][0]["created_at"] == "2026-11-01T12:00:00Z"
    assert "<script" not in found._repr_html_()
