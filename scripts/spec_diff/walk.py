"""The comparison itself: node by node, key by key, each key by the rule for it.

Every key of every kind of object has a rule: a check, or an exemption with its reason. A key without one that differs
is reported as not understood, which is breaking. Nothing is skipped because nobody thought of it.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property

from spec_walk import Node, escape, mapping

from spec_diff.change import EVERYONE, Change, Kind, Side
from spec_diff.document import Document

NOT_UNDERSTOOD = Kind(
    "not understood", EVERYONE, "Nobody knows yet: give the keyword a check or an exemption in scripts/spec_diff."
)


@dataclass(frozen=True)
class Exempt:
    """A key whose changes break nothing, and why."""

    reason: str


@dataclass(frozen=True)
class At:
    """A place in both documents.

    Attributes:
        pointer: Where it is in the new document.
        subject: How people call it.
        operation: The operation that is compared.
        side: Whether it is part of a request or of an answer.
        renamed: Path parameters that have another name now, by the old one.
    """

    pointer: str
    subject: str
    operation: str = ""
    side: Side = Side.EITHER
    renamed: Mapping[str, str] = field(default_factory=dict)

    def down(self, *steps: str, label: str = "") -> At:
        """A place below it.

        Args:
            steps: The steps of the pointer.
            label: What to add to the subject.
        """
        pointer = "/".join((self.pointer, *map(escape, steps)))
        return replace(self, pointer=pointer, subject=self.subject + label)

    def on(self, side: Side) -> At:
        """The same place, as part of requests or of answers."""
        return replace(self, side=side)

    def component(self, reference: str) -> At:
        """The component that a reference points to."""
        section, _, name = reference.removeprefix("#/components/").partition("/")
        subject = name if section == "schemas" else f"{section}/{name}"
        return replace(self, pointer=reference.removeprefix("#"), subject=subject)


Check = Callable[["Comparison", Node, Node, At], None]
Rule = Check | Exempt
Rules = Mapping[str, Mapping[str, Rule]]
Plain = Callable[[Document, Document, object, object], tuple[object, object]]


class Comparison:
    """Compares two documents and collects the changes.

    Args:
        old: The document as released.
        new: The document as it is now.
        rules: The rule for each key of each kind of object.
        plain: For a kind that has several ways to write the same, what turns two objects into the plainest ones.
    """

    def __init__(self, old: Document, new: Document, rules: Rules, plain: Mapping[str, Plain]) -> None:
        self.old = old
        self.new = new
        self._rules = rules
        self._plain = plain
        self._found: dict[str, Change] = {}
        self._seen: dict[tuple[str, int, int, str, Side], tuple[object, object]] = {}
        self._within: set[tuple[int, int]] = set()

    @property
    def changes(self) -> list[Change]:
        """What was found, without repetition."""
        return list(self._found.values())

    @cached_property
    def changed(self) -> set[str]:
        """References to the components that are not what they were."""
        old, new = (mapping(document.content.get("components")) for document in (self.old, self.new))
        return {
            f"#/components/{escape(section)}/{escape(name)}"
            for section, entries in old.items()
            if entries is not new.get(section)
            for name, entry in mapping(entries).items()
            if mapping(new.get(section)).get(name) != entry
        }

    def touched(self, old: object, new: object) -> bool:
        """Whether two nodes differ, or something that they refer to has changed."""
        return old != new or bool(self.old.reach([old]) & self.changed)

    def report(
        self, at: At, kind: Kind, what: str, *, breaking: bool | int, detail: str = "", hurts: tuple[str, ...] = ()
    ) -> None:
        """Add a change.

        Args:
            at: Where.
            kind: What kind of change.
            what: What changed, a sentence.
            breaking: Whether it breaks something.
            detail: The values.
            hurts: Whom it hurts (default: whom changes of this kind hurt).
        """
        whom = (hurts or kind.hurts) if breaking else ()
        advice = kind.advice if breaking else ""
        if at.pointer.startswith("/components/"):
            of = self.old.users("#" + "/".join(at.pointer.split("/")[:4]))
        else:
            of = (at.operation,) if at.operation else ()
        change = Change(at.pointer, at.subject, kind.name, bool(breaking), what, detail, whom, advice, of)
        before = self._found.get(change.heading)
        if before is None or (change.breaking and not before.breaking):
            self._found[change.heading] = change
        elif change.breaking:
            both = tuple(dict.fromkeys((*before.hurts, *whom)))
            users = tuple(dict.fromkeys((*before.operations, *of)))
            self._found[change.heading] = replace(before, hurts=both, operations=users)

    def compare(self, kind: str, old: object, new: object, at: At) -> None:
        """Compare two objects of the same kind, following references."""
        # What is next to the reference of a schema counts, and is looked at later. Elsewhere it is a text.
        old, old_reference = self.old.resolve(old, alone=kind == "schema")
        new, new_reference = self.new.resolve(new, alone=kind == "schema")
        if old_reference and old_reference == new_reference:
            at = at.component(new_reference)
        if old_reference or new_reference:
            seen, pair = (kind, id(old), id(new), at.pointer, at.side), (id(old), id(new))
            if seen in self._seen or pair in self._within:
                return
            # Kept, so that an id stays that of one object.
            self._seen[seen] = (old, new)
            self._within.add(pair)
            try:
                self.fields(kind, old, new, at)
            finally:
                self._within.discard(pair)
        else:
            self.fields(kind, old, new, at)

    def fields(self, kind: str, old: object, new: object, at: At) -> None:
        """Apply the rule of each key of two objects."""
        if plain := self._plain.get(kind):
            old, new = plain(self.old, self.new, old, new)
        if not isinstance(old, dict) or not isinstance(new, dict):
            if old != new:
                self.report(at, NOT_UNDERSTOOD, f"{shown(old)} became {shown(new)}.", breaking=True)
            return
        rules = self._rules[kind]
        checks: dict[Check, None] = {}
        for key in dict.fromkeys((*old, *new)):
            rule = rules.get(key)
            if rule is None:
                if (key in old) != (key in new) or self.touched(old.get(key), new.get(key)):
                    what = f"The keyword `{key}` of a {kind} changed, and no check knows it."
                    self.report(at.down(key), NOT_UNDERSTOOD, what, breaking=True, detail=key)
            elif not isinstance(rule, Exempt):
                checks[rule] = None
        for check in checks:
            check(self, old, new, at)

    def alike(self, kind: str, old: object, new: object, at: At) -> bool:
        """Whether comparing two objects finds nothing."""
        other = Comparison(self.old, self.new, self._rules, self._plain)
        other._within = self._within  # a schema that contains itself is inside itself here too
        other.compare(kind, old, new, at)
        return not other._found


def shown(value: object, longest: int = 120) -> str:
    """A value as people read it in a change. A long one is cut, and still told from others.

    >>> shown(None), shown(["a", 1]), shown("a"), shown("abc", longest=2)
    ('none', '["a", 1]', 'a', 'ab... [ba7816bf]')
    """
    text = "none" if value is None else value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    text = " ".join(text.split())
    if len(text) <= longest:
        return text
    return f"{text[:longest]}... [{hashlib.sha256(text.encode()).hexdigest()[:8]}]"
