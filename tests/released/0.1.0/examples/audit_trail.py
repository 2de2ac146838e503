"""Answer an auditor: who changed what this week?"""

from collections import Counter
from datetime import timedelta

from mlsteward import Steward
from mlsteward.records import AuditAction, AuditEvent

with Steward(workspace="ml-team") as steward:
    steward.workspaces.create("ml-team")
    steward.members.add("jackie", email="jackie@example.org", role="admin")
    jackie = steward.as_account(steward.api_keys.create("laptop", user="jackie").secret)
    project = jackie.projects.create("ml-team/nlp")
    jackie.projects.update("ml-team/nlp", description="Words")
    jackie.projects.delete("ml-team/nlp")

    events: list[AuditEvent] = steward.audit.list(workspace="ml-team", since=timedelta(days=7)).to_list()
    assert [event.date for event in events] == sorted((event.date for event in events), reverse=True)
    by_jackie = [event for event in events if event.user == "jackie@example.org"]
    done = Counter(event.action for event in by_jackie if event.object_id == project.id)
    assert done == {AuditAction.CREATE: 1, AuditAction.UPDATE: 1, AuditAction.DELETE: 1}
    assert {event.object_name for event in by_jackie} == {"nlp"}

    (deleted,) = steward.audit.list(workspace="ml-team", actor="jackie", action="delete")
    assert (deleted.object_type, deleted.object_exists) == ("project", False)
    assert steward.audit.list(workspace="ml-team", object=project.id, limit=1).to_list() == [deleted]
