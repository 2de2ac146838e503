"""Time that passes only where a test says so."""

from __future__ import annotations

from mlsteward.transport import Clock


class FakeClock(Clock):
    """Waits at once, and keeps how long it was asked to.

    Args:
        chance: What `random()` gives.
        now: Seconds since 1970.
    """

    def __init__(self, chance: float = 0.5, now: float = 1_800_000_000.0) -> None:
        self.chance = chance
        self.start = now
        self.passed = 0.0
        self.waits: list[float] = []
        self.waits_of_asyncio = 0

    def monotonic(self) -> float:
        return 1000.0 + self.passed

    def time(self) -> float:
        return self.start + self.passed

    def random(self) -> float:
        return self.chance

    def sleep(self, seconds: float) -> None:
        self.waits.append(seconds)
        self.passed += seconds

    async def asleep(self, seconds: float) -> None:
        self.waits_of_asyncio += 1
        self.sleep(seconds)
