"""Which events of the audit log are new to somebody who looks at it again and again.

An event has the time at which its request began. It can be read when its request has ended. So events appear out of
order: one from a slow request comes after later ones. Each look therefore goes back a little before the newest event
that is known, and some looks go back as far as the slowest request can take.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Final

from mlsteward.records.operations import AuditEvent

LOOKS_BACK: Final = timedelta(seconds=30)
"""How far each look goes back."""
LOOKS_FAR_BACK: Final = timedelta(minutes=10)
"""How far some looks go back. An event whose request takes longer may be missed."""
FAR_LOOKS: Final = 15
"""Every how many looks one goes far back."""


class Unseen:
    """Tells new events from those that were seen.

    Args:
        since: Older events are never new; None for no limit.
    """

    def __init__(self, since: datetime | None = None) -> None:
        self._since = since
        self._newest: datetime | None = None
        self._seen: dict[str, datetime] = {}
        self._looks = 0

    def begin(self, newest: AuditEvent | None) -> None:
        """Begin after an event, which is not new.

        Args:
            newest: The newest event of the log; None if there is none.
        """
        if newest is not None:
            self._newest = newest.date
            self._seen[newest.id] = newest.date

    def next_look(self, *, far: bool = False) -> datetime | None:
        """The date of the oldest event to ask for; None for all.

        Args:
            far: Whether the next look goes far back in any case.
        """
        is_far = far or self._looks % FAR_LOOKS == 0
        self._looks += 1
        if self._newest is None:
            return self._since
        oldest = self._newest - (LOOKS_FAR_BACK if is_far else LOOKS_BACK)
        return oldest if self._since is None else max(oldest, self._since)

    def new_ones(self, events: Iterable[AuditEvent]) -> list[AuditEvent]:
        """The events that are new, oldest first. They are not new again.

        Args:
            events: Everything that a look has found.
        """
        new = sorted((event for event in events if event.id not in self._seen), key=lambda event: event.id)
        self._seen.update((event.id, event.date) for event in new)
        # Not that of the last one: events of slow requests have new ids and old dates.
        self._newest = max(self._seen.values(), default=None)
        self._forget()
        return new

    def _forget(self) -> None:
        """Forget the events that no look asks for again."""
        if self._newest is not None:
            oldest = self._newest - LOOKS_FAR_BACK
            self._seen = {id: date for id, date in self._seen.items() if date >= oldest}
