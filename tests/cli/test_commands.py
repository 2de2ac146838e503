"""What each command does, as a person and as a program see it."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

import pytest

from tests.cli.conftest import SECRET, Run


def test_whoami_and_health(ok: Run) -> None:
    assert "local" in ok("whoami").out
    me = ok("whoami", "--json").json
    assert (me["username"], me["kind"], me["is_operator"]) == ("local", "user", True)
    assert ok("--json", "health").json["status"] == "ok"


def test_workspaces_and_their_plans(ok: Run, team: str) -> None:
    assert ok("workspaces", "list").rows[0][:4] == [team, "admin", "3", "5 GB"]
    [workspace] = ok("workspaces", "list", "--json").json
    workspace["plan"]["allowed_visibilities"].sort()
    assert workspace["plan"] == {
        "allowed_visibilities": ["private", "public", "workspace"],
        "projects_limit": 3,
        "storage_bytes_limit": 5_000_000_000,
    }
    status = ok("status", team).out
    assert "2 of 3" in status
    assert "of 5 GB" in status
    assert ok("status", "--workspace", team, "--json").json["members_count"] == 3

    ok("workspaces", "update", team, "--projects-limit", "none", "--storage-limit", "2GiB", "--visibility", "private")
    plan = ok("workspaces", "list", "--json").json[0]["plan"]
    assert plan == {"allowed_visibilities": ["private"], "projects_limit": None, "storage_bytes_limit": 2 * 2**30}
    assert ok("workspaces", "create", team, "--exist-ok", "--json").json["plan"] == plan


def test_the_people_in_a_workspace(ok: Run, run: Run, team: str) -> None:
    assert ok("members", "list", team).rows == [["jackie", "admin"], ["local", "admin"], ["ravi", "member"]]
    assert ok("members", "list", "-w", team, "--limit", "1", "--json").json[0]["username"] == "jackie"
    assert "jackie@example.com" in ok("members", "list", team, "--full").out
    assert ok("members", "role", "ravi", "guest", "-w", team, "--json").json["role"] == "guest"
    assert ok("members", "remove", "ravi", "-w", team, "--yes", "--json").json == {
        "outcome": "deleted",
        "removed": "ravi",
    }
    assert run("members", "remove", "ravi", "-w", team, "--yes").code == 1
    missing = ("members", "remove", "ravi", "-w", team, "--yes", "--missing-ok")
    assert ok(*missing).out == "nothing to delete: ravi is not in the workspace\n"
    assert ok(*missing, "--json").json == {"outcome": "nothing_to_delete", "removed": None}


def test_a_member_who_is_in_it_already_stays_as_they_are_and_the_command_says_so(ok: Run, team: str) -> None:
    add = ("members", "add", "ravi", "-w", team, "--role", "admin", "--exist-ok")
    found = ok(*add)
    assert found.out == "unchanged: ravi is a member already, with the role member\n"
    assert found.err == "note: role is member, not admin; --exist-ok changes nothing\n"
    as_json = ok(*add, "--json").json
    assert (as_json["outcome"], as_json["role"]) == ("unchanged", "member")
    same = ok("members", "add", "ravi", "-w", team, "--role", "member", "--exist-ok")
    assert (same.out, same.err) == (found.out, "")
    new = ok("members", "add", "mo", "-w", team, "--exist-ok")
    assert new.out == "created: mo is a member, with the role member\n"


def test_a_workspace_may_be_named_twice_if_it_is_the_same(ok: Run, run: Run, team: str) -> None:
    assert len(ok("projects", "list", "ML-Team", "-w", "ml-team").rows) == 2
    assert ok("members", "list", "ML-TEAM", "-w", team).rows == ok("members", "list", team).rows
    assert run("projects", "list", "ml-team", "-w", "other").code == 2


def test_a_grant_says_whether_it_changed_anything(ok: Run, team: str) -> None:
    ok("datasets", "create", "ml-team/images", "--default", "VIEW")
    ok("groups", "create", "labelers", "ravi", "-w", team)
    for whom in (("--user", "ravi"), ("--group", "labelers"), ("--user", "jackie")):
        grant = ("datasets", "grant", "ml-team/images")
        outcomes = [
            ok(*grant, permission, *whom, "--json").json["outcome"] for permission in ("VIEW", "VIEW", "EDIT", "EDIT")
        ]
        assert outcomes == ["created", "unchanged", "changed", "unchanged"], whom
        assert ok(*grant, "EDIT", *whom).out.startswith("unchanged: ")
    told = ok("datasets", "grant", "ml-team/images", "VIEW", "--user", "zoe@example.com", "--invite", "--json").json
    assert told["outcome"] == "created"


def test_every_person_who_is_not_there_is_named(ok: Run, run: Run, team: str) -> None:
    ok("groups", "create", "labelers", "-w", team)
    for command in (("groups", "add", "labelers"), ("groups", "remove", "labelers"), ("groups", "create", "others")):
        refused = run(*command, "ravi", "nobody", "somebody", "-w", team)
        assert refused.code == 1
        assert "has no person 'nobody', 'somebody'." in refused.err
    many = run("groups", "add", "labelers", *(f"nobody-{number}" for number in range(13)), "-w", team)
    assert "and 3 more" in many.err


def test_service_accounts(ok: Run, team: str) -> None:
    assert ok("service-accounts", "create", "ci", "-w", team, "--json").json["name"] == "ci@ml-team"
    assert ok("service-accounts", "list", team).rows[0][:2] == ["ci@ml-team", "member"]
    ok("service-accounts", "delete", "ci", "-w", team, "--yes")
    empty = ok("service-accounts", "list", team)
    assert (empty.out, empty.err) == ("", "No service accounts.\n")


def test_groups(ok: Run, run: Run, team: str) -> None:
    made = ok("groups", "create", "Labelers", "jackie", "--description", "who labels", "-w", team, "--json").json
    assert (made["name"], made["members_count"], made["description"]) == ("Labelers", 1, "who labels")
    assert ok("groups", "add", "labelers", "ravi", "jackie", "-w", team).out == "changed: group Labelers has 2 people\n"
    assert ok("groups", "add", "labelers", "ravi", "-w", team, "--json").json["outcome"] == "unchanged"
    assert ok("groups", "list", team).rows[0][:2] == ["Labelers", "2"]
    assert ok("groups", "list", team, "--user", "ravi", "--json").json[0]["name"] == "Labelers"
    assert [row[:2] for row in ok("groups", "show", "Labelers", "-w", team).rows] == [
        ["jackie", "admin"],
        ["ravi", "member"],
    ]
    refused = run("groups", "add", "labelers", "nobody", "-w", team)
    assert (refused.code, refused.out) == (1, "")
    assert "nobody" in refused.err
    assert "has 1 person" in ok("groups", "remove", "labelers", "ravi", "-w", team).out
    assert run("groups", "delete", "labelers", "-w", team).code != 0  # asks, and nobody answers
    ok("groups", "delete", "labelers", "-w", team, "--yes")
    ok("groups", "delete", "labelers", "-w", team, "--yes", "--missing-ok")
    assert ok("groups", "list", team).err == "No groups.\n"


def test_projects(ok: Run, team: str) -> None:
    assert [row[:4] for row in ok("projects", "list", team).rows] == [
        ["ml-team/churn", "CHU", "private", "local"],
        ["ml-team/open-house", "OH", "workspace", "local"],
    ]
    assert "private" in ok("projects", "show", "churn", "-w", team).out
    changed = ok("projects", "update", "ml-team/churn", "--name", "retention", "--description", "", "--json").json
    assert changed["full_name"] == "ml-team/retention"
    assert not changed["description"]
    assert changed["outcome"] == "changed"
    assert ok("projects", "archive", "ml-team/retention").out == "changed: project ml-team/retention is archived\n"
    assert ok("projects", "archive", "ml-team/retention").out == "unchanged: project ml-team/retention is archived\n"
    assert [row[0] for row in ok("projects", "list", "--archived").rows] == ["ml-team/retention"]
    ok("projects", "restore", "ml-team/retention")
    assert ok("projects", "list", "--archived", "--json").json == []
    told = ok("projects", "create", "ml-team/retention", "--exist-ok").out
    assert told == "unchanged: project ml-team/retention exists already, with the key CHU\n"
    gone = ok("projects", "delete", "ml-team/retention", "-y", "--missing-ok", "--json").json
    assert gone == {"outcome": "deleted", "deleted": "ml-team/retention"}
    told = ok("projects", "delete", "ml-team/retention", "-y", "--missing-ok").out
    assert told == "nothing to delete: there is no project ml-team/retention\n"
    told = ok("projects", "create", "ml-team/retention", "--exist-ok").out
    assert told == "created: project ml-team/retention is ready, with the key RET\n"


def test_who_is_in_a_project(ok: Run, run: Run, team: str) -> None:
    ok("service-accounts", "create", "ci", "-w", team)
    ok("projects", "members", "add", "ml-team/churn", "ravi", "--role", "viewer")
    ok("projects", "members", "add", "ml-team/churn", "ci@ml-team", "--role", "contributor")
    assert [row[:4] for row in ok("projects", "members", "list", "ml-team/churn").rows] == [
        ["ci@ml-team", "contributor", "service_account", "roster"],
        ["jackie", "owner", "user", "roster"],
        ["local", "owner", "user", "roster"],
        ["ravi", "viewer", "user", "roster"],
    ]
    ok("projects", "members", "role", "ml-team/churn", "ravi", "owner")
    ravi = next(m for m in ok("projects", "members", "list", "ml-team/churn", "--json").json if m["username"] == "ravi")
    assert ravi["role"] == "owner"
    ok("projects", "members", "remove", "ml-team/churn", "ravi")
    people = ok("projects", "members", "list", "ml-team/churn", "--kind", "user", "--json").json
    assert [member["username"] for member in people] == ["jackie", "local"]
    refused = run("projects", "members", "remove", "ml-team/open-house", "ravi")
    assert refused.code == 1
    assert "\nhint: To give access one by one, use 'mlsteward projects update" in refused.err


def test_a_new_key_stands_alone_on_stdout_and_is_never_shown_again(ok: Run, run: Run, team: str) -> None:
    made = ok("keys", "create", "laptop", "--user", "jackie", shows_secret=True)
    key = made.out.strip()
    assert SECRET.fullmatch(key)
    assert key not in made.err
    assert "laptop" in made.err
    assert ok("whoami", "--json", "--api-token", key).json["username"] == "jackie"
    [listed] = ok("keys", "list", "--user", "jackie", "--json").json
    assert listed["preview"] == key[:10]
    ok("keys", "delete", listed["id"], "--user", "jackie", "--yes")
    refused = run("whoami", "--api-token", key)
    assert refused.code == 1
    assert "(api_key_invalid)" in refused.err
    as_json = ok("keys", "create", "laptop", "--user", "jackie", "--json", shows_secret=True).json
    assert SECRET.fullmatch(as_json["secret"])


def test_what_a_key_may_be_used_for_and_how_long(ok: Run, run: Run, team: str) -> None:
    before = datetime.now(UTC)
    made = ok("keys", "create", "ci", "--scope", "READ", "--expires", "90d", shows_secret=True)
    key = made.out.strip()
    assert ", with the scope read, until 20" in made.err
    assert "local" in ok("whoami", "--api-token", key).out
    refused = run("projects", "archive", "ml-team/churn", "--api-token", key)
    assert (refused.code, refused.out) == (1, "")
    assert "(scope_missing)" in refused.err

    [listed] = ok("keys", "list", "--json").json
    assert listed["scopes"] == ["read"]
    assert listed["last_used_at"] is not None
    lasts = datetime.fromisoformat(listed["expires_at"]) - datetime.fromisoformat(listed["created_at"])
    # The command says when, a moment before the server makes it.
    assert timedelta(days=90) - (datetime.now(UTC) - before) <= lasts <= timedelta(days=90)
    ok("keys", "create", "forever", shows_secret=True)
    header, *lines = ok("keys", "list").out.splitlines()
    assert header.endswith("EXPIRES (UTC)     LAST USED (UTC)   MADE BY")
    used, unused = (re.split(r"\s{2,}", line)[3:] for line in lines)
    assert used[0] == "read"
    assert "-" not in used
    assert (unused[0], unused[2:]) == ("admin", ["-", "-", "local"])

    made = ok("keys", "create", "until", "--expires", "2099-01-01T02:00+02:00", "--json", shows_secret=True)
    assert made.json["expires_at"] == "2099-01-01T00:00:00Z"
    assert run("keys", "create", "late", "--expires", "2020-01-01").code == 1


def test_a_key_is_replaced_by_a_new_one(ok: Run, run: Run) -> None:
    old = ok("keys", "create", "ci", "--scope", "write", shows_secret=True).out.strip()
    rotated = ok("keys", "rotate", "current", "--overlap", "12h", "--api-token", old, shows_secret=True)
    new = rotated.out.strip()
    assert SECRET.fullmatch(new)
    assert not SECRET.search(rotated.err)
    assert '"ci", with the scope write. The old one works for another 12 hours at most.' in rotated.err
    assert ok("whoami", "--json", "--api-token", old).json == ok("whoami", "--json", "--api-token", new).json

    at_once = ok("keys", "rotate", "current", "--overlap", "0", "--json", "--api-token", new, shows_secret=True).json
    assert at_once["name"] == "ci"
    assert SECRET.fullmatch(at_once["secret"])
    refused = run("whoami", "--api-token", new)
    assert (refused.code, refused.out) == (1, "")
    assert "(api_key_expired)" in refused.err
    assert "(api_key_not_found)" in run("keys", "rotate", "current").err


def test_the_settings_of_a_workspace(ok: Run, run: Run, team: str) -> None:
    assert ok("workspaces", "settings", "show", team).out.splitlines() == [
        "Default user role                    member",
        "Default dataset permission           NO_ACCESS",
        "Operator minimum role                member",
        "Operator minimum dataset permission  EDIT",
    ]
    changed = ok(
        "workspaces", "settings", "set", "-w", team, "--default-user-role", "guest",
        "--operator-minimum-dataset-permission", "manage", "--json",
    ).json  # fmt: skip
    assert changed.pop("outcome") == "changed"
    assert changed == {
        "default_user_role": "guest",
        "default_dataset_permission": "NO_ACCESS",
        "default_operator_minimum_role": "member",
        "default_operator_minimum_dataset_permission": "MANAGE",
    }
    assert ok("workspaces", "settings", "show", "-w", team, "--json").json == changed
    assert ok("members", "add", "gus", "-w", team).out == "created: gus is a member, with the role guest\n"
    sent = ok("invitations", "send", "zoe@example.com", "-w", team, "--json", shows_secret=True).json
    assert sent["role"] == "guest"
    assert ok("members", "add", "mo", "-w", team, "--role", "member", "--json").json["role"] == "member"
    assert "(workspace_not_found)" in run("workspaces", "settings", "show", "nosuch").err


def test_offboarding_is_shown_before_it_is_done(ok: Run, run: Run, team: str) -> None:
    ok("groups", "create", "labelers", "ravi", "-w", team)
    ok("projects", "members", "add", "ml-team/churn", "ravi", "--role", "viewer")
    shown = ok("members", "offboard", "ravi", "-w", team)
    assert shown.out.splitlines()[0] == (
        "ravi is a member of the workspace and of no other: the account and its API keys are deleted too."
    )
    assert [re.split(r"\s{2,}", line) for line in shown.out.splitlines()[3:]] == [
        ["project", "churn", "viewer", "-"],
        ["group", "labelers", "-", "-"],
    ]
    assert shown.err == "Nothing was changed. Use --apply to do it.\n"
    found = ok("members", "offboard", "ravi", "-w", team, "--json").json
    assert (found["deletes_account"], found["blockers"]) == (True, [])
    assert [holding["kind"] for holding in found["holdings"]] == ["roster_entry", "group"]

    unanswered = run("members", "offboard", "ravi", "-w", team, "--apply")
    assert (unanswered.code, unanswered.out) == (2, "")
    assert "--yes" in unanswered.err
    done = ok("members", "offboard", "ravi", "-w", team, "--apply", "--yes")
    assert done.out == "deleted: ravi is no longer in the workspace, and the account is deleted\n"
    assert "ravi" not in ok("members", "list", team).out
    assert run("members", "offboard", "ravi", "-w", team).code == 1


def test_offboarding_needs_somebody_for_what_one_person_owns(ok: Run, run: Run, team: str) -> None:
    ok("datasets", "create", "ml-team/images")
    shown = ok("members", "offboard", "local", "-w", team)
    assert ["dataset, sole manager", "images", "MANAGE", "-"] in shown.rows
    assert "\nblocked: Only 'local' owns " in shown.out
    assert shown.err.splitlines() == [
        "hint: use --successor to name who gets what they alone own",
        "Nothing was changed.",
    ]
    refused = run("members", "offboard", "local", "-w", team, "--apply", "--yes")
    assert (refused.code, refused.out) == (1, "")
    assert "(sole_owner)" in refused.err

    with_jackie = ok("members", "offboard", "local", "-w", team, "--successor", "jackie")
    assert ["dataset, sole manager", "images", "MANAGE", "jackie"] in with_jackie.rows
    assert "blocked" not in with_jackie.out
    done = ok("members", "offboard", "local", "-w", team, "--successor", "jackie", "--apply", "--yes", "--json").json
    assert done["successor"] == "jackie"
    explained = ok("access", "explain", "jackie", "--dataset", "ml-team/images", "--json").json
    assert ("own_grant", "MANAGE") in [(rule["rule"], rule["role"]) for rule in explained["considered"]]


def test_invitations(ok: Run, run: Run, team: str) -> None:
    sent = ok("invitations", "send", "zoe@example.com", "-w", team, "--role", "guest", shows_secret=True)
    url = sent.out.strip()
    assert SECRET.search(url)
    assert not SECRET.search(sent.err)
    assert ok("invitations", "list", team).rows[0][:3] == ["zoe@example.com", "guest", "no"]
    assert "url" not in ok("invitations", "list", team, "--json").json[0]

    accepted = ok("accept", "-", "--username", "zoe", input=url + "\n", shows_secret=True)
    assert "created: zoe is a member of ml-team, with the role guest." in accepted.err
    assert ok("whoami", "--json", "--api-token", accepted.out.strip()).json["username"] == "zoe"
    again = run("accept", url)
    assert again.code == 1
    assert "(invitation_not_pending)" in again.err

    ok("workspaces", "create", "other")
    to_jackie = ok("invitations", "send", "jackie", "-w", "other", shows_secret=True).out.strip()
    refused = run("accept", to_jackie)
    assert (refused.code, "jackie" in refused.err) == (1, True)
    key = ok("keys", "create", "x", "--user", "jackie", shows_secret=True).out.strip()
    assert (
        ok("accept", to_jackie, "--api-token", key).out
        == "created: jackie is a member of other, with the role member\n"
    )
    ok("invitations", "send", "ravi", "-w", "other", shows_secret=True)
    ok("invitations", "revoke", "ravi", "-w", "other")
    assert run("invitations", "revoke", "ravi", "-w", "other").code == 1
    told = ok("invitations", "revoke", "ravi", "-w", "other", "--missing-ok").out
    assert told == "nothing to delete: there is no open invitation ravi\n"


@pytest.mark.parametrize("start", ["", "/api/v1", "/behind/a/proxy", "/behind/a/proxy/api/v1"])
def test_an_invitation_link_elsewhere_is_called_without_our_key(
    run: Run, monkeypatch: pytest.MonkeyPatch, start: str
) -> None:
    import http.server
    import threading

    seen: list[dict[str, str]] = []
    paths: list[str] = []

    class Stranger(http.server.BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            seen.append(dict(self.headers))
            paths.append(self.path.partition("?")[0])
            self.send_error(404)

        def log_message(self, *arguments: object) -> None:
            pass

    with http.server.HTTPServer(("127.0.0.1", 0), Stranger) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        monkeypatch.setenv("MLSTEWARD_API_TOKEN", "mls_" + "0" * 49)
        url = f"http://127.0.0.1:{server.server_port}{start}/invitations/{'0' * 32}/accept?token=abcdefghij"
        assert run("accept", url).code == 1
        server.shutdown()
        thread.join()
    assert paths == [f"{start.removesuffix('/api/v1')}/api/v1/invitations/{'0' * 32}/accept"]
    assert "Authorization" not in seen[0]


def test_the_audit_log(ok: Run, team: str) -> None:
    events = ok("audit", team).rows
    assert events[0][1:] == ["local", "Created the project", "project", "open-house"]
    assert len(ok("audit", team, "--limit", "2", "--json").json) == 2
    assert {event["object_type"] for event in ok("audit", "--project", "ml-team/churn", "--json").json} == {"project"}
    assert ok("audit", "-w", team, "--action", "delete").err == "Nothing happened.\n"


def test_the_audit_log_since_a_date(ok: Run, run: Run, team: str) -> None:
    everything = ok("audit", team, "--json").json
    assert ok("audit", team, "--since", "1 Jan 2020", "--json").json == everything
    assert ok("audit", team, "--since", everything[1]["date"], "--json").json == everything[:2]
    assert ok("audit", team, "--since", "2999-12-31T23:00+02:00").err == "Nothing happened.\n"
    for wrong in ("someday", "99999999999999999999", "", "2026-13-01"):
        refused = run("audit", team, "--since", wrong)
        assert (refused.code, refused.out) == (2, ""), wrong
        assert "is not a valid date" in refused.err


def test_the_outbox_shows_what_waits(ok: Run, run: Run, team: str, sqlite_file: str) -> None:
    assert ok("outbox").err == "No messages are waiting.\n"
    ok("invitations", "send", "zoe@example.com", "-w", team, shows_secret=True)
    address = "https://steward.example.com"
    [message] = ok("outbox", "--json", "--public-url", address, shows_secret=True).json
    assert message["recipient"] == "zoe@example.com"
    assert f"{address}/invitations/" in message["text"]
    refused = run("outbox", "--database", sqlite_file)
    assert (refused.code, refused.out) == (2, "")
    assert "--public-url" in refused.err
    place = ("--database", sqlite_file, "--public-url", address)
    text = ok("outbox", *place, shows_secret=True).out
    assert text.startswith("To: zoe@example.com\nSubject: local invites you to ml-team\n")

    failed = ok("outbox", "fail", message["id"], "--reason", "mailbox full", "--database", sqlite_file)
    assert failed.out == f"changed: message {message['id']} is marked as failed\n"
    [again] = ok("outbox", "list", "--json", *place, shows_secret=True).json
    assert again["failure"] == "mailbox full"
    ok("invitations", "send", "yan@example.com", "-w", team, shows_secret=True)
    [newest] = ok("outbox", "list", "--json", "--after", message["id"], *place, shows_secret=True).json
    assert newest["recipient"] == "yan@example.com"
    assert len(ok("outbox", "list", "--json", "--limit", "1", *place, shows_secret=True).json) == 1

    unknown = run("outbox", "acknowledge", message["id"], "0" * 32)
    assert unknown.code == 1
    assert "no message 00000" in unknown.err
    assert ok("outbox", "acknowledge", message["id"]).out.startswith("changed: ")
    sent = ok("outbox", "acknowledge", message["id"], newest["id"], "--json").json
    assert [each["outcome"] for each in sent] == ["unchanged", "changed"]
    assert ok("outbox", *place).err == "No messages are waiting.\n"


def test_dead_letters_can_be_sent_again(ok: Run, run: Run, team: str, sqlite_file: str) -> None:
    from datetime import UTC, datetime

    from sqlalchemy import update

    from tests.support.server import open_storage, outbox

    place = ("--database", sqlite_file, "--public-url", "https://steward.example.com")
    for person in ("zoe", "yan"):
        ok("invitations", "send", f"{person}@example.com", "-w", team, shows_secret=True)
    zoe, yan = ok("outbox", "list", "--json", *place, shows_secret=True).json
    assert "<html" in zoe["html"]
    assert (zoe["attempts"], "dead_at" in zoe) == (0, False)
    assert ok("outbox", "list", "--dead", *place).err == "There are no dead letters.\n"
    storage = open_storage(sqlite_file)
    with storage.writing() as connection:
        now = datetime.now(UTC)
        connection.execute(update(outbox).values(dead_at=now, failed_at=now, failure="550 no such user", attempts=1))
    storage.close()
    assert ok("outbox", "list", *place).err == "No messages are waiting.\n"
    dead = ok("outbox", "list", "--dead", "--json", *place, shows_secret=True).json
    assert [(each["id"], each["failure"]) for each in dead] == [(m["id"], "550 no such user") for m in (zoe, yan)]
    assert "550 no such user" in ok("outbox", "list", "--dead", "--limit", "1", *place, shows_secret=True).out

    database = place[:2]
    assert run("outbox", "retry", zoe["id"], "0" * 32, *database).code == 1
    told = ok("outbox", "retry", zoe["id"], *database).out
    assert told == f"changed: message {zoe['id']} is marked as to be sent again\n"
    [waits] = ok("outbox", "list", "--json", *place, shows_secret=True).json
    assert (waits["id"], waits["attempts"]) == (zoe["id"], 0)
    assert [each["id"] for each in ok("outbox", "retry", "--all-dead", "--json", *database).json] == [yan["id"]]
    assert ok("outbox", "retry", "--all-dead", *database).err == "There are no dead letters.\n"
    for arguments in ((), ("--all-dead", zoe["id"])):
        assert run("outbox", "retry", *arguments, *database).code == 2


def test_the_configuration_says_what_comes_from_where(
    ok: Run, sqlite_file: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MLSTEWARD_API_TOKEN", "mls_" + "a" * 49)
    shown = ok("config", "show", "-w", "ml-team", "--json").json
    assert shown["path"] == {"value": sqlite_file, "source": "MLSTEWARD_PATH", "variable": "MLSTEWARD_PATH"}
    assert shown["workspace"]["source"] == "argument"
    assert shown["api_token"]["value"] == "***"
    monkeypatch.delenv("MLSTEWARD_PATH")
    assert ok("config", "show", "--json").json["path"]["source"] == "default"
    assert "MLSTEWARD_URL" in ok("config", "show").out


def test_two_names_for_the_workspace_must_agree(ok: Run, run: Run, team: str) -> None:
    ok("members", "list", team, "-w", team.upper())
    assert run("members", "list", team, "-w", "other").code == 2


def test_only_what_can_hold_a_workspace_names_one(ok: Run, team: str) -> None:
    """A slash in the new name of an experiment says nothing about the workspace that the experiment is in."""
    ok("projects", "create", "ml-team/speech", "--key", "SP")
    ok("experiments", "create", "ml-team/speech")
    using = "note: using your default workspace ml-team; --workspace selects another\n"
    assert using in ok("experiments", "update", "SP-1", "--name", "3/4").err
    assert using not in ok("experiments", "update", "ml-team/SP-1", "--name", "3/4").err


def test_without_a_workspace_it_is_the_default_one_of_the_caller_and_the_command_says_so(ok: Run, team: str) -> None:
    ok("workspaces", "create", "other")
    using = "note: using your default workspace ml-team; --workspace selects another\n"
    listed = ok("members", "list", "--json")
    assert (len(listed.json), listed.err) == (3, using)
    made = ok("projects", "create", "scoring")
    assert made.out == "created: project ml-team/scoring is ready, with the key SCO\n"
    assert made.err == using
    assert ok("groups", "create", "labelers", "--json").err == using
    assert ok("projects", "show", "scoring").err == using
    elsewhere = ok("projects", "create", "other/elsewhere", "--json").json["id"]
    assert ok("projects", "show", elsewhere, "--json").err == ""
    assert ok("projects", "show", elsewhere, "--json").json["workspace"] == "other"
    shown = ok("access", "explain", "ravi", "scoring")
    assert shown.err == using
    assert "of ml-team" in shown.out


@pytest.mark.parametrize(
    "named",
    [("-w", "ml-team"), ("MLSTEWARD_WORKSPACE",), ("ml-team/churn",)],
    ids=lambda named: str(named[0]),
)
def test_a_workspace_that_is_named_or_configured_is_not_announced(
    ok: Run, team: str, monkeypatch: pytest.MonkeyPatch, named: tuple[str, ...]
) -> None:
    arguments: tuple[str, ...] = ("churn",)
    if named[0].startswith("MLSTEWARD"):
        monkeypatch.setenv(named[0], "ml-team")
    elif "/" in named[0]:
        arguments = named
    else:
        arguments += named
    assert ok("projects", "show", *arguments).err == ""


def test_lists_of_all_workspaces_need_no_default_one(ok: Run, team: str) -> None:
    ok("workspaces", "create", "other")
    ok("projects", "create", "other/scoring")
    listed = ok("projects", "list")
    assert [row[0] for row in listed.rows] == ["ml-team/churn", "ml-team/open-house", "other/scoring"]
    assert listed.err == ""
    assert [row[0] for row in ok("projects", "list", "-w", "OTHER").rows] == ["other/scoring"]


def test_without_any_workspace_the_refusal_says_what_to_do(run: Run) -> None:
    refused = run("projects", "create", "scoring")
    assert (refused.code, refused.out) == (1, "")
    assert refused.err.splitlines() == [
        "error: You have no default workspace: you are in no workspace, or you left the one that you joined first. "
        "(workspace_not_found)",
        "hint: Name a workspace with --workspace or workspace=, or ask an admin of a workspace to invite you.",
    ]
