"""What a script that looks after a platform does, through the public surface only. It asserts every value it gets."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

TEAM = "ml-team"
PROJECT = f"{TEAM}/classification"
DATASET = f"{TEAM}/street-signs"


def tell(steward: Any) -> None:
    """Run it, as the operator of a new and empty server.

    Raises:
        AssertionError: A value is not what it has to be.
        StewardError: A call failed.
    """
    for chapter in (
        identity,
        workspaces,
        projects,
        refusals,
        groups,
        datasets,
        access,
        experiments,
        audit,
        jobs,
        health,
    ):
        chapter(steward)


def identity(steward: Any) -> None:
    me = steward.identity.whoami()
    assert (me.kind, me.is_operator) == ("user", True)
    assert _is_now(me.created_at)
    key = steward.api_keys.create("laptop", scopes=["read", "write"], expires=timedelta(days=30))
    assert (key.name, set(key.scopes)) == ("laptop", {"read", "write"})
    assert key.secret.startswith("mls_")
    assert timedelta(days=29) < key.expires_at - key.created_at <= timedelta(days=30)
    assert steward.as_account(key.secret).identity.whoami() == me
    (listed,) = steward.api_keys.list()
    assert (listed.id, listed.name, listed.expires_at) == (key.id, "laptop", key.expires_at)
    rotated = steward.api_keys.rotate(key.id, overlap=timedelta(0))
    assert rotated.name == "laptop"
    assert rotated.secret != key.secret
    steward.api_keys.delete(rotated.id)
    steward.api_keys.delete(rotated.id, missing_ok=True)


def workspaces(steward: Any) -> None:
    made = steward.workspaces.create(TEAM, projects_limit=5, allowed_visibilities=["private", "workspace"])
    assert (made.name, made.mode, made.role) == (TEAM, "cloud", "admin")
    assert (made.plan.projects_limit, made.plan.storage_bytes_limit) == (5, None)
    assert set(made.plan.allowed_visibilities) == {"private", "workspace"}
    assert steward.workspaces.get(TEAM) == made
    assert steward.workspaces.create(TEAM, exist_ok=True) == made
    changed = steward.workspaces.update(TEAM, storage_bytes_limit=4096)
    assert (changed.plan.projects_limit, changed.plan.storage_bytes_limit) == (5, 4096)
    assert [workspace.name for workspace in steward.workspaces.list()] == [TEAM]
    jackie = steward.members.add(
        "jackie", workspace=TEAM, email="jackie@example.org", name="Jackie", surname="Doe", role="member"
    )
    assert (jackie.username, jackie.role) == ("jackie", "member")
    steward.members.add("ravi", workspace=TEAM, email="ravi@example.org", role="collaborator")
    found = steward.members.get("jackie", workspace=TEAM)
    assert (found.username, found.email, found.name, found.surname) == ("jackie", "jackie@example.org", "Jackie", "Doe")
    assert found.email_proved is True
    assert _is_now(found.joined_at)
    assert steward.members.update("ravi", workspace=TEAM, role="member").role == "member"
    listed = {m.username: m.email for m in steward.members.list(workspace=TEAM, full=True, page_size=1)}
    assert {name: listed[name] for name in ("jackie", "ravi")} == {
        "jackie": "jackie@example.org",
        "ravi": "ravi@example.org",
    }
    robot = steward.service_accounts.create("ci", workspace=TEAM)
    assert (robot.name, robot.role) == (f"ci@{TEAM}", "member")
    sent = steward.invitations.send(workspace=TEAM, email="zoe@example.org", role="guest")
    assert (sent.email, sent.role, sent.status, sent.add_to_all_projects) == (
        "zoe@example.org",
        "guest",
        "pending",
        False,
    )
    assert steward.invitations.accept(sent.url, username="zoe").role == "guest"
    status = steward.workspaces.status(TEAM)
    assert (status.members_count, status.active_projects, status.active_projects_limit) == (4, 0, 5)
    assert (status.storage_bytes_used, status.storage_bytes_limit, status.storage_bytes_available) == (0, 4096, 4096)
    assert steward.workspaces.settings.get(TEAM).default_user_role == "member"


def projects(steward: Any) -> None:
    made = steward.projects.create(
        PROJECT, key="CLS", visibility="workspace", description="Signs.", idempotency_key="story-1"
    )
    assert (made.full_name, made.workspace, made.name, made.key) == (PROJECT, TEAM, "classification", "CLS")
    assert (made.visibility, made.roster_policy, made.description) == ("workspace", "owners", "Signs.")
    assert (made.owner, made.archived_at) == (steward.identity.whoami().username, None)
    assert _is_now(made.created_at)
    assert made.last_updated == made.created_at
    # Sent again under the same key, it is not carried out again.
    again = steward.projects.create(
        PROJECT, key="CLS", visibility="workspace", description="Signs.", idempotency_key="story-1"
    )
    assert again == made
    assert steward.projects.get(PROJECT) == made
    with steward.raw_responses() as responses:
        steward.projects.get(made.id)
    tag = responses[0].etag
    assert tag
    assert responses[0].request_id
    private = steward.projects.update(PROJECT, visibility="private", description="Names.", if_match=tag)
    assert (private.visibility, private.description) == ("private", "Names.")
    for name in ("forecasting", "ranking"):
        steward.projects.create(name, workspace=TEAM)
    archived = steward.projects.archive(f"{TEAM}/ranking")
    assert _is_now(archived.archived_at)
    named = [project.name for project in steward.projects.list(workspace=TEAM, page_size=1)]
    assert sorted(named) == ["classification", "forecasting"]
    assert [project.name for project in steward.projects.list(workspace=TEAM, archived=True)] == ["ranking"]
    assert [project.name for project in steward.projects.list(workspace=TEAM, limit=1, page_size=1)] == named[:1]
    roster = steward.projects.members
    added = roster.add(PROJECT, "jackie", role="contributor")
    assert (added.username, added.kind, added.source) == ("jackie", "user", "roster")
    assert (added.role, added.roster_role) == ("contributor", "contributor")
    assert _is_now(added.added_at)
    roster.add(PROJECT, f"ci@{TEAM}", role="viewer", kind="service_account")
    assert roster.get(PROJECT, "jackie").username == "jackie"
    assert roster.update(PROJECT, "jackie", role="viewer").role == "viewer"
    people = {member.username: member.role for member in roster.list(PROJECT, kind="user")}
    assert people["jackie"] == "viewer"
    assert f"ci@{TEAM}" not in people
    roster.remove(PROJECT, f"ci@{TEAM}")
    roster.remove(PROJECT, f"ci@{TEAM}", missing_ok=True)
    steward.projects.delete(f"{TEAM}/forecasting")


def refusals(steward: Any) -> None:
    from mlsteward import errors

    taken = refused(errors.AlreadyExists, steward.projects.create, PROJECT)
    assert (taken.status, taken.code, taken.resource) == (409, "project_name_taken", "project")
    assert "classification" in str(taken)
    assert taken.request_id
    assert steward.projects.create(PROJECT, exist_ok=True).key == "CLS"
    absent = refused(errors.ProjectNotFound, steward.projects.get, f"{TEAM}/nothing")
    assert absent.status == 404
    assert absent.hint
    wrong = refused(errors.InvalidRequest, steward.projects.create, "bad", workspace=TEAM, key="lower")
    assert wrong.code == "project_key_invalid"
    stale = refused(errors.PreconditionFailed, steward.projects.update, PROJECT, description="x", if_match='"stale"')
    assert stale.code == "precondition_failed"
    jackie = steward.as_account(steward.api_keys.create("story", user="jackie").secret)
    assert refused(errors.Forbidden, jackie.projects.delete, PROJECT).status == 403
    stranger = steward.as_account("mls_" + "0" * 49)
    assert refused(errors.Unauthenticated, stranger.identity.whoami).status == 401


def refused(kind: Any, call: Callable[..., object], *arguments: Any, **options: Any) -> Any:
    """The error that a call fails with."""
    try:
        call(*arguments, **options)
    except kind as error:
        return error
    raise AssertionError(f"{kind.__name__} was not raised")


def groups(steward: Any) -> None:
    made = steward.groups.create("labelers", workspace=TEAM, description="They label.", users=["jackie"])
    assert (made.name, made.members_count, made.description) == ("labelers", 1, "They label.")
    assert steward.groups.get("labelers", workspace=TEAM) == made
    assert steward.groups.members.add("labelers", ["ravi"], workspace=TEAM).members_count == 2
    listed = steward.groups.members.list("labelers", workspace=TEAM, page_size=1)
    assert [member.username for member in listed] == ["jackie", "ravi"]
    assert steward.groups.members.remove("labelers", "jackie", workspace=TEAM).members_count == 1
    assert steward.groups.update("labelers", workspace=TEAM, description="").description in ("", None)
    assert [group.name for group in steward.groups.list(workspace=TEAM)] == ["labelers"]


def datasets(steward: Any) -> None:
    made = steward.datasets.create(DATASET, default_permission="VIEW")
    assert (made.full_name, made.default_permission) == (DATASET, "VIEW")
    assert made.creator.username == steward.identity.whoami().username
    assert steward.datasets.get(DATASET) == made
    permissions = steward.datasets.permissions
    granted = permissions.grant(DATASET, "EDIT", group="labelers")
    assert (granted.group, granted.permission, granted.dataset) == ("labelers", "EDIT", "street-signs")
    own = permissions.grant(DATASET, "TAG", user="jackie")
    assert (own.username, own.permission) == ("jackie", "TAG")
    assert permissions.get(DATASET, user="jackie") == "TAG"
    assert {entry.username: (entry.permission, entry.rule) for entry in permissions.list(DATASET)}["ravi"] == (
        "EDIT",
        "group_grant",
    )
    permissions.revoke(DATASET, user="jackie")
    assert permissions.get(DATASET, user="jackie") == "VIEW"
    steward.datasets.create(f"{TEAM}/old")
    steward.datasets.delete(f"{TEAM}/old")
    assert [dataset.name for dataset in steward.datasets.list(workspace=TEAM)] == ["street-signs"]


def access(steward: Any) -> None:
    why = steward.access.explain("ravi", dataset=DATASET)
    assert (why.username, why.role, why.rule, why.group) == ("ravi", "EDIT", "group_grant", "labelers")
    assert why.considered[0].decides is True
    assert why.workspace_role == "member"
    entries = steward.access.list(workspace=TEAM, project=PROJECT, granted=True)
    assert {entry.username: (entry.role, entry.rule) for entry in entries}["jackie"] == ("viewer", "roster")


def experiments(steward: Any) -> None:
    made = steward.experiments.create(PROJECT, name="baseline")
    assert (made.short_id, made.workspace, made.project, made.name) == ("CLS-1", TEAM, "classification", "baseline")
    assert (made.status, made.ended_at) == ("running", None)
    assert made.started_by == steward.identity.whoami().username
    assert steward.experiments.get(f"{TEAM}/CLS-1") == made
    ended = steward.experiments.update(made.id, status="finished", name="final")
    assert (ended.status, ended.name) == ("finished", "final")
    assert _is_now(ended.ended_at)
    steward.experiments.create(PROJECT, name="second")
    pager = steward.experiments.list(PROJECT, page_size=1)
    assert sorted(experiment.name for experiment in pager) == ["final", "second"]
    assert pager.count() == 2
    asset = steward.experiments.assets.upload(made.id, b"0123456789", name="model.bin", step=7)
    assert (asset.name, asset.size, asset.step) == ("model.bin", 10, 7)
    assert [found.sha256 for found in steward.experiments.assets.list(made.id)] == [asset.sha256]
    assert steward.workspaces.status(TEAM).storage_bytes_used == 10
    steward.experiments.assets.delete(made.id, asset.id)


def audit(steward: Any) -> None:
    events = steward.audit.list(workspace=TEAM, action="create", actor="me", page_size=5)
    found = [(event.object_type, event.object_name) for event in events if event.object_type == "project"]
    assert ("project", "classification") in found
    (first, *_) = steward.audit.list(project=PROJECT, since=timedelta(hours=1), limit=1)
    assert _is_now(first.date)


def jobs(steward: Any) -> None:
    started = steward.storage.clean_up(dry_run=True)
    assert started.operation == "clean_up_storage"
    done = steward.jobs.wait(started, at_most=timedelta(seconds=30))
    assert (done.id, done.status, done.problem) == (started.id, "succeeded", None)
    assert _is_now(done.finished_at)


def health(steward: Any) -> None:
    assert steward.identity.health().status == "ok"


def _is_now(moment: object) -> bool:
    """Whether it is a moment in UTC of the last minutes."""
    assert isinstance(moment, datetime), moment
    return abs((datetime.now(UTC) - moment).total_seconds()) < 600


CHAPTERS = (
    identity,
    workspaces,
    projects,
    refusals,
    groups,
    datasets,
    access,
    experiments,
    audit,
    jobs,
    health,
)
