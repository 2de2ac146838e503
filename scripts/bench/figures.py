"""A figure, its target, and how they are shown."""

from __future__ import annotations

import statistics
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from rich.table import Table


@dataclass(frozen=True)
class Size:
    """How long to measure, and on how much.

    Attributes:
        scale: Share of the largest workspace.
    """

    rounds: int
    processes: int
    seconds: float
    load_seconds: float
    scale: float

    @classmethod
    def full(cls) -> Size:
        return cls(rounds=9, processes=15, seconds=0.6, load_seconds=3.0, scale=1.0)

    @classmethod
    def small(cls) -> Size:
        return cls(rounds=2, processes=2, seconds=0.1, load_seconds=0.5, scale=0.02)


@dataclass(frozen=True)
class Figure:
    """One ratio.

    Attributes:
        what: What was measured.
        reference: What it is compared with.
        ratio: Subject / reference.
        low: The lowest ratio of a round.
        high: The highest.
        target: What is to be reached.
        at_least: Whether more is better.
        subject: The absolute figure, for the curious.
        peers: What others reach, from published measurements on another machine.
    """

    what: str
    reference: str
    ratio: float
    low: float
    high: float
    target: float | None
    subject: str
    at_least: bool = False
    peers: str = ""

    @property
    def is_reached(self) -> bool:
        if self.target is None:
            return True
        return self.ratio >= self.target if self.at_least else self.ratio <= self.target


def compare(
    what: str,
    reference: str,
    pairs: Sequence[tuple[float, float]],
    *,
    target: float | None,
    show: Callable[[float], str],
    at_least: bool = False,
    peers: str = "",
) -> Figure:
    """The figure of `(subject, reference)` of each round."""
    ratios = [subject / base for subject, base in pairs]
    return Figure(
        what=what,
        reference=reference,
        ratio=statistics.median(ratios),
        low=min(ratios),
        high=max(ratios),
        target=target,
        at_least=at_least,
        subject=show(statistics.median(subject for subject, _ in pairs)),
        peers=peers,
    )


def table(figures: Sequence[Figure]) -> Table:
    """The figures, to be read."""
    shown = Table(title="mlsteward: ratios to a reference in the same run", title_justify="left")
    for name in ("what", "reference", "ratio", "range", "reach", "", "measured", "known of others"):
        numeric = name in ("ratio", "reach", "measured")
        shown.add_column(name, justify="right" if numeric else "left", overflow="fold")
    for figure in figures:
        sign = ">=" if figure.at_least else "<="
        verdict = "" if figure.target is None else "[green]reached[/]" if figure.is_reached else "[bold red]missed[/]"
        shown.add_row(
            figure.what,
            figure.reference,
            f"{figure.ratio:.2f} x",
            f"{figure.low:.2f}-{figure.high:.2f}",
            "" if figure.target is None else f"{sign} {figure.target:.2f} x",
            verdict,
            figure.subject,
            figure.peers,
        )
    return shown


def milliseconds(seconds: float) -> str:
    return f"{seconds * 1e3:.1f} ms"


def microseconds(seconds: float) -> str:
    return f"{seconds * 1e6:.0f} us"


def per_second(rate: float) -> str:
    return f"{rate:,.0f}/s"
