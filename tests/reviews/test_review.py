"""Reviews of access: what is in them, what they mark, and how two differ."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import attrs
import pytest
from mlsteward import errors
from mlsteward.reviews.changes import changes
from mlsteward.reviews.review import PARTS, AccessReview

from tests.facade_support import Backend, Team, fresh
from tests.reviews.made_up import NOW, account, entry, invitation, key, review


def test_who_may_do_what(team: Team) -> None:
    admin = team.admin.steward
    admin.projects.create(f"{team.workspace}/churn", visibility="workspace")
    admin.projects.create(f"{team.workspace}/hidden", visibility="private")
    guest = team.person("guest")
    found: AccessReview = admin.access.review()
    assert found.workspace == team.workspace
    assert found.made_by == team.admin.username
    has = {(one.username, one.object_name): str(one.rule) for one in found.access}
    assert has[team.admin.username, "churn"] == "admin"
    assert not any(name == guest.username for name, _ in has), "no access, no entry"
    assert guest.username in [one.username for one in found.accounts]


def test_keys_and_last_use(team: Team) -> None:
    robot = team.admin.steward.service_accounts.create("ci")
    made = team.admin.steward.api_keys.create("nightly", user=robot.name)
    before = team.admin.steward.access.review()
    (unused,) = [one for one in before.keys if one.name == "nightly"]
    assert (unused.username, unused.last_used_at, unused.remarks) == (robot.name, None, ("no expiry",))
    team.operator.as_account(made.secret).whoami()
    after = team.admin.steward.access.review()
    (seen,) = [one for one in after.accounts if one.username == robot.name]
    assert seen.last_seen_at is not None
    assert seen.last_seen_at == next(one.last_used_at for one in after.keys if one.name == "nightly")
    assert made.secret not in after.to_html() + repr(after.to_dict())


def test_invitations_without_their_links(team: Team) -> None:
    sent = team.admin.steward.invitations.send(email=f"{fresh('new')}@example.org", role="guest")
    found = team.admin.steward.access.review()
    assert [(one.to, one.role) for one in found.invitations] == [(sent.email, "guest")]
    assert sent.url not in found.to_html() + repr(found.to_dict())


def test_only_for_admins(team: Team) -> None:
    with pytest.raises(errors.Forbidden):
        team.person("member").steward.access.review(workspace=team.workspace)


def test_keys_that_the_reader_cannot_see(team: Team, backend: Backend) -> None:
    """An account that is also in a workspace of others keeps its keys to itself, and the review says so."""
    elsewhere = fresh("elsewhere")
    backend.steward.workspaces.create(elsewhere)
    person = team.person("member")
    backend.steward.members.add(person.username, workspace=elsewhere)
    found = team.admin.steward.access.review()
    (seen,) = [one for one in found.accounts if one.username == person.username]
    assert not seen.keys_are_known
    assert not seen.is_unseen, "not known is not unseen"
    assert person.username not in [one.username for one in found.keys]
    assert any(person.username in sentence for sentence in found.not_seen)


def test_since_an_earlier_review(team: Team, tmp_path: Path) -> None:
    admin = team.admin.steward
    page = tmp_path / "before.html"
    admin.access.review().to_html(page)
    project = admin.projects.create(f"{team.workspace}/later", visibility="private")
    robot = admin.service_accounts.create("ci")
    found: AccessReview = admin.access.review(since=AccessReview.read(page))
    assert found.compares
    assert {(one.kind, one.change, one.who) for one in found.changes} == {
        ("account", "new", robot.name),
        ("access", "new", team.admin.username),
    }
    assert project.name in [one.object_name for one in found.events]


def test_since_a_moment(team: Team) -> None:
    admin = team.admin.steward
    admin.projects.create(f"{team.workspace}/churn")
    found: AccessReview = admin.access.review(since=timedelta(days=1))
    assert (found.compares, found.changes) == (False, ())
    assert "churn" in [one.object_name for one in found.events]
    assert admin.access.review().events == ()


def test_the_earlier_review_is_of_this_workspace(team: Team) -> None:
    with pytest.raises(errors.InvalidArgument, match="the earlier review is of 'other'"):
        team.admin.steward.access.review(since=review(workspace="other"))


@pytest.mark.parametrize("wrong", [timedelta(0), timedelta(hours=3), 90, timedelta(days=-1)])
@pytest.mark.parametrize("argument", ["unseen", "old_keys"])
def test_durations_are_days(team: Team, argument: str, wrong: Any) -> None:
    with pytest.raises(errors.InvalidArgument, match=f"{argument} must be a timedelta of at least one day"):
        team.admin.steward.access.review(**{argument: wrong})


# ---- reading it again


def test_a_page_is_read_as_it_was_written(tmp_path: Path, team: Team) -> None:
    admin = team.admin.steward
    admin.projects.create(f"{team.workspace}/churn", visibility="workspace")
    admin.service_accounts.create("ci")
    admin.invitations.send(email=f"{fresh('new')}@example.org")
    before = attrs.evolve(admin.access.review(), changes=())
    admin.projects.create(f"{team.workspace}/later")
    found = admin.access.review(since=before)
    assert all(getattr(found, part) for part in PARTS)
    page = tmp_path / "review.html"
    found.to_html(page)
    assert AccessReview.read(page) == found


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "is not the page of an access review"),
        ("<p>hello</p>", "is not the page of an access review"),
        ('<script type="application/json" id="mlsteward-review">', "is not the page"),
        ('<script type="application/json" id="mlsteward-review">{}</script>', "is damaged"),
        ('<script type="application/json" id="mlsteward-review">[1]</script>', "is damaged"),
        ('<script type="application/json" id="mlsteward-review">{</script>', "is damaged"),
        ('<script type="application/json" id="mlsteward-review">{"format": 99}</script>', "a newer version"),
    ],
)
def test_what_is_no_review(tmp_path: Path, text: str, message: str) -> None:
    page = tmp_path / "page.html"
    page.write_text(text, "utf-8")
    with pytest.raises(errors.InvalidArgument, match=message):
        AccessReview.read(page)


def test_a_page_that_was_cut_off(tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    text = review().to_html()
    for end in range(0, text.rindex("</script>") + 5, 97):
        page.write_text(text[:end], "utf-8")
        with pytest.raises(errors.InvalidArgument):
            AccessReview.read(page)


# ---- what differs


def test_no_differences() -> None:
    found = review(access=[entry()], accounts=[account()], keys=[key()], invitations=[invitation()])
    assert changes(found, found) == ()


def test_each_kind_of_difference() -> None:
    before = review(
        access=[entry(), entry(object_id="p2", object_name="gone")],
        accounts=[account()],
        keys=[key(), key(id="k2", name="old")],
        invitations=[invitation()],
    )
    after = review(
        access=[entry(role="viewer")],
        accounts=[account(role="admin"), account(user_id="u2", username="ravi")],
        keys=[key(expires_at=NOW)],
        invitations=[],
    )
    told = [(one.kind, one.change, one.who, one.what, one.before, one.after) for one in changes(before, after)]
    assert told == [
        ("account", "changed", "jackie", "ml-team", "member", "admin"),
        ("account", "new", "ravi", "ml-team", None, "member"),
        ("access", "changed", "jackie", "project churn", "owner (roster)", "viewer (roster)"),
        ("access", "gone", "jackie", "project gone", "owner (roster)", None),
        ("key", "changed", "jackie", "laptop", "read, write; no expiry", "read, write; expires 2026-11-01T12:00:00Z"),
        ("key", "gone", "jackie", "old", "read, write; no expiry", None),
        ("invitation", "gone", "new@example.com", "ml-team", "guest", None),
    ]


def test_another_account_with_the_same_name_is_another() -> None:
    told = changes(review(accounts=[account()]), review(accounts=[account(user_id="u9")]))
    assert [one.change for one in told] == ["new", "gone"]


def test_keys_that_one_reader_could_not_see_are_no_difference() -> None:
    seen = review(accounts=[account()], keys=[key()])
    hidden = review(accounts=[account(keys_are_known=False)])
    assert changes(seen, hidden) == () == changes(hidden, seen)


# ---- the tables


@pytest.mark.parametrize("part", PARTS)
def test_each_table_as_csv(part: Any) -> None:
    found = review(access=[entry()], accounts=[account()], keys=[key()], invitations=[invitation()])
    found = attrs.evolve(found, changes=changes(review(), found))
    lines = found.to_csv(part=part).splitlines()
    assert len(lines) == 1 + len(getattr(found, part))


def test_there_is_no_such_table() -> None:
    with pytest.raises(errors.InvalidArgument, match="part must be one of access"):
        review().to_csv(part="people")  # type: ignore[arg-type]


def test_formulas_in_csv() -> None:
    assert "'=cmd" in review(keys=[key(name="=cmd()")]).to_csv(part="keys")


def test_the_moments_are_those_of_the_reading(team: Team) -> None:
    before = datetime.now(UTC)
    found = team.admin.steward.access.review()
    assert before <= found.began_at <= found.ended_at <= datetime.now(UTC)
