"""Request bodies and answers of an operation."""

from __future__ import annotations

import re

from spec_walk import Node, mapping

from spec_diff.change import CLIENT, EVERYONE, HTTP, Kind, Side
from spec_diff.media import content
from spec_diff.parameters import required
from spec_diff.walk import At, Comparison, Exempt, Rule

BODY_REMOVED = Kind("request body removed", EVERYONE, "Send no body.")
BODY_ADDED = Kind("request body added")
BODY_REQUIRED = Kind("required request body added", EVERYONE, "Send a body.")
STATUS = Kind("success status changed", EVERYONE, "Take any status from 200 to 299 for success.")
SUCCESS_REMOVED = Kind("success removed", EVERYONE, "Do not wait for this answer.")
SUCCESS_ADDED = Kind("success added", EVERYONE, "Handle the new answer.")
FAILURE_ADDED = Kind("answer added")
FAILURE_REMOVED = Kind("answer removed", (CLIENT, HTTP), "Handle the other answers; nothing says what this one became.")
HEADER_REMOVED = Kind("header removed", EVERYONE, "Do without the header.")
HEADER_ADDED = Kind("header added")

SUCCESS = re.compile(r"2(?:\d\d|XX)")
FAILURE = re.compile(r"[45](?:\d\d|XX)|default")


def request_body(comparison: Comparison, old: Node, new: Node, at: At) -> None:
    """`requestBody` of an operation."""
    before, after = old.get("requestBody"), new.get("requestBody")
    place = at.down("requestBody", label=" body").on(Side.REQUEST)
    if before is None:
        needed = mapping(comparison.new.resolve(after)[0]).get("required", False)
        kind = BODY_REQUIRED if needed else BODY_ADDED
        comparison.report(place, kind, "It takes a request body now.", breaking=bool(needed))
    elif after is None:
        comparison.report(place, BODY_REMOVED, "It takes no request body any more.", breaking=True)
    else:
        comparison.compare("request body", before, after, place)


def responses(comparison: Comparison, old: Node, new: Node, at: At) -> None:
    """`responses` of an operation, by status. An error without an answer of its own is answered as `default`."""
    before, after = mapping(old.get("responses")), mapping(new.get("responses"))
    at = at.on(Side.ANSWER)
    gone = [status for status in before if status not in after]
    added = [status for status in after if status not in before]
    lost, gained = ([status for status in statuses if SUCCESS.fullmatch(status)] for statuses in (gone, added))
    if len(lost) == len(gained) == 1:
        # Another status for the same answer: say so, and compare what it holds.
        place = at.down("responses", gained[0], label=f" answer {gained[0]}")
        what = f"Success was {lost[0]} and is {gained[0]}."
        comparison.report(at, STATUS, what, breaking=True, detail=f"{lost[0]} to {gained[0]}")
        comparison.compare("response", before[lost[0]], after[gained[0]], place)
        gone.remove(lost[0])
        added.remove(gained[0])
    for status in before:
        place = at.down("responses", status, label=f" answer {status}")
        if status in after:
            comparison.compare("response", before[status], after[status], place)
        elif status in gone and FAILURE.fullmatch(status) and "default" in after:
            comparison.compare("response", before[status], after["default"], place)
        elif status in gone:
            kind = FAILURE_REMOVED if FAILURE.fullmatch(status) else SUCCESS_REMOVED
            comparison.report(place, kind, f"The answer {status} is gone.", breaking=True)
    for status in added:
        place = at.down("responses", status, label=f" answer {status}")
        if not FAILURE.fullmatch(status):
            comparison.report(place, SUCCESS_ADDED, f"The answer can be {status} now.", breaking=True)
        else:
            comparison.report(place, FAILURE_ADDED, f"The answer {status} is described.", breaking=False)
            if "default" in before:
                comparison.compare("response", before["default"], after[status], place)


def headers(comparison: Comparison, old: Node, new: Node, at: At) -> None:
    """`headers` of an answer, by name."""
    before, after = ({k.lower(): (k, v) for k, v in mapping(node.get("headers")).items()} for node in (old, new))
    for key in dict.fromkeys((*before, *after)):
        name = (after.get(key) or before[key])[0]
        place = at.down("headers", name, label=f" header {name}")
        if key not in after:
            comparison.report(place, HEADER_REMOVED, f"`{name}` is gone.", breaking=True)
        elif key not in before:
            comparison.report(place, HEADER_ADDED, f"`{name}` is new.", breaking=False)
        else:
            comparison.compare("header", before[key][1], after[key][1], place)


_TEXT = Exempt("a text for people")
REQUEST_BODY: dict[str, Rule] = {"description": _TEXT, "required": required, "content": content}
RESPONSE: dict[str, Rule] = {
    "description": _TEXT,
    "headers": headers,
    "content": content,
    "links": Exempt("advice what to call next: nothing of it is on the wire"),
}
