"""How long randomized tests search.

By default they try a few examples, the same in every run. `make test-deep` sets TEST_DEPTH and a seed: they try that
many times as many examples, other ones each time, and look for the shortest that fails.
"""

from __future__ import annotations

import os

from hypothesis import HealthCheck, Phase, settings

PURE = 50
"""Examples of a test that calls functions and no server."""
DEPTH = int(os.environ.get("TEST_DEPTH", "1"))


def searching(examples: int, *, steps: int = 50) -> settings:
    """How a randomized test is run.

    Args:
        examples: How many it tries by default.
        steps: How many steps an example has, where it has steps.
    """
    deep = DEPTH > 1
    return settings(
        max_examples=examples * DEPTH,
        stateful_step_count=steps,
        derandomize=not deep,
        # Looking for a shorter example takes minutes.
        phases=[Phase.explicit, Phase.generate, Phase.shrink] if deep else [Phase.explicit, Phase.generate],
        database=None,
        deadline=None,  # how long one takes says more about the machine
        suppress_health_check=list(HealthCheck),
    )


def by_default() -> None:
    """Run so also the tests that do not ask."""
    settings.register_profile("mlsteward", searching(PURE))
    settings.load_profile("mlsteward")
