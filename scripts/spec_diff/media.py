"""What is written as which media type, in bodies and in parameters."""

from __future__ import annotations

from spec_walk import Node, mapping

from spec_diff.change import EVERYONE, Kind
from spec_diff.walk import At, Comparison, Exempt, Rule, shown

MEDIA_REMOVED = Kind("media type removed", EVERYONE, "Use another media type.")
MEDIA_ADDED = Kind("media type added")
ENCODING = Kind("encoding changed", EVERYONE, "Encode the parts of the body in the new way.")


def content(comparison: Comparison, old: Node, new: Node, at: At) -> None:
    """`content`: each media type, by name."""
    before, after = mapping(old.get("content")), mapping(new.get("content"))
    for media in dict.fromkeys((*before, *after)):
        place = at.down("content", media, label="" if media == "application/json" else f" {media}")
        if media not in after:
            comparison.report(place, MEDIA_REMOVED, f"`{media}` is gone.", breaking=True)
        elif media not in before:
            comparison.report(place, MEDIA_ADDED, f"`{media}` is new.", breaking=False)
        else:
            comparison.compare("media type", before[media], after[media], place)


def schema(comparison: Comparison, old: Node, new: Node, at: At) -> None:
    """`schema` of a media type."""
    comparison.compare("schema", old.get("schema", True), new.get("schema", True), at.down("schema"))


def encoding(comparison: Comparison, old: Node, new: Node, at: At) -> None:
    """`encoding`: how the parts of a body are written. The spec has none, so any change counts."""
    before, after = old.get("encoding"), new.get("encoding")
    if comparison.touched(before, after):
        what = f"`encoding` was `{shown(before)}` and is `{shown(after)}`."
        comparison.report(at.down("encoding"), ENCODING, what, breaking=True)


MEDIA_TYPE: dict[str, Rule] = {
    **dict.fromkeys(("example", "examples"), Exempt("an example for people")),
    "schema": schema,
    "encoding": encoding,
}
