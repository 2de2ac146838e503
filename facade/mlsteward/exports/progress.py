"""A progress bar on stderr, on a terminal or in a notebook, for exports that take long."""

from __future__ import annotations

from importlib.util import find_spec
from time import monotonic
from typing import TYPE_CHECKING, Final

from mlsteward.errors import ConfigurationError

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID

PATIENCE: Final = 1.0
"""Seconds before a bar appears that nobody asked for."""


class Bar:
    """A bar.

    Args:
        progress: True to show it at once, False for none, None to show it if somebody is looking and it takes long.

    Raises:
        ConfigurationError: It was asked for, and rich is not installed.
    """

    def __init__(self, progress: bool | None) -> None:
        has_rich = progress is not False and find_spec("rich") is not None
        if progress and not has_rich:
            raise ConfigurationError("A progress bar needs rich, which is not installed: pip install 'mlsteward[cli]'.")
        self._is_wanted = has_rich
        self._is_forced = bool(progress)
        self._due = monotonic() + (0 if progress else PATIENCE)
        self._count = 0
        self._shown: tuple[Progress, TaskID] | None = None

    def add(self, count: int) -> None:
        """Note that records arrived."""
        self._count += count
        if self._shown is not None:
            bar, task = self._shown
            bar.update(task, completed=self._count)

    @property
    def is_due(self) -> bool:
        """Whether it is time for the bar to appear."""
        return self._is_wanted and self._shown is None and monotonic() >= self._due and self._is_seen()

    def show(self, total: int | None) -> None:
        """Let the bar appear.

        Args:
            total: The number of records; None if it is not known.
        """
        from rich.console import Console
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

        bar = Progress(
            TextColumn("{task.description}"),
            BarColumn(),
            MofNCompleteColumn(),
            TimeElapsedColumn(),
            console=Console(stderr=True),
            transient=True,
        )
        self._shown = bar, bar.add_task("reading", total=total, completed=self._count)
        bar.start()

    def stop(self) -> None:
        """Take the bar away."""
        if self._shown is not None:
            self._shown[0].stop()

    def _is_seen(self) -> bool:
        if not self._is_forced:
            from rich.console import Console

            console = Console(stderr=True)
            self._is_wanted = console.is_terminal or console.is_jupyter
        return self._is_wanted
