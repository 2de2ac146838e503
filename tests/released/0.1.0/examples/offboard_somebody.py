"""Somebody leaves: see what they hold, hand it over, and take it all away at once."""

from mlsteward import Steward, errors
from mlsteward.records import HoldingKind, Offboarding

with Steward(workspace="ml-team") as steward:
    steward.workspaces.create("ml-team")
    for username in ("jackie", "jill"):
        steward.members.add(username, email=f"{username}@example.org", role="member")
    key = steward.api_keys.create("laptop", user="jackie")
    steward.as_account(key.secret).projects.create("ml-team/nlp")

    plan: Offboarding = steward.members.offboard("jackie", successor="jill")
    assert plan.username == "jackie"
    assert {holding.kind for holding in plan.holdings} == {HoldingKind.ROSTER_ENTRY, HoldingKind.API_KEY}
    assert {holding.name for holding in plan.holdings} == {"nlp", "laptop"}
    assert plan.blockers == ()
    assert steward.members.get("jackie").username == "jackie", "nothing happened yet"

    done = steward.members.offboard("jackie", successor="jill", dry_run=False)
    assert done.successor == "jill"
    assert "jackie" not in {member.username for member in steward.members.list()}
    assert "jackie" not in {member.username for member in steward.projects.members.list("nlp")}
    try:
        steward.as_account(key.secret).projects.get("ml-team/nlp")
    except (errors.Unauthenticated, errors.NotFound, errors.Forbidden):
        pass
    else:
        raise AssertionError("the key of somebody who left still works")
