"""What the tests cost, in processor time, told at the end of every run.

Wall time depends on what else a machine does; processor time hardly does. A test is charged for its own process, for
the processes it started and waited for, and for its PostgreSQL server. The budget is told and never fails a run: how
fast a machine is says nothing about what is tested.
"""

from __future__ import annotations

import os
from collections import Counter, defaultdict
from collections.abc import Callable, Generator
from pathlib import Path
from typing import Any

import pytest

PER_OPERATION = 1.0
"""Seconds that the contract tests may take for one operation of the spec on one database."""
CONTRACT = "tests/contract/"
SHOWN = 8
"""How many folders and operations are named."""

Phase = Generator[None, Any, Any]


def processor_time() -> float:
    """Seconds of this process and of those that it has waited for."""
    spent = os.times()
    return spent.user + spent.system + spent.children_user + spent.children_system


def processor_time_of(pid: int) -> float:
    """Seconds of another process, of its children and of those that it has waited for; 0 where nobody knows."""
    try:
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
        own = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[11:15]
        ticks = sum(map(int, own))
        for child in children:
            ticks += sum(map(int, Path(f"/proc/{child}/stat").read_text().rpartition(")")[2].split()[11:13]))
        return ticks / os.sysconf("SC_CLK_TCK")
    except (OSError, ValueError):
        return 0.0


class Meter:
    """Measures each phase of each test where it runs, and sends the figure along with its report."""

    def __init__(self) -> None:
        self.servers: list[Callable[[], float]] = []
        """What tells the processor time of servers that tests share."""
        self._spent: dict[str, float] = {}

    def _now(self) -> float:
        return processor_time() + sum(server() for server in self.servers)

    def _measured(self, phase: str) -> Phase:
        __tracebackhide__ = True
        started = self._now()
        try:
            return (yield)
        finally:
            self._spent[phase] = self._now() - started

    @pytest.hookimpl(wrapper=True, tryfirst=True)
    def pytest_runtest_setup(self) -> Phase:
        __tracebackhide__ = True
        return (yield from self._measured("setup"))

    @pytest.hookimpl(wrapper=True, tryfirst=True)
    def pytest_runtest_call(self) -> Phase:
        __tracebackhide__ = True
        return (yield from self._measured("call"))

    @pytest.hookimpl(wrapper=True, tryfirst=True)
    def pytest_runtest_teardown(self) -> Phase:
        __tracebackhide__ = True
        return (yield from self._measured("teardown"))

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_makereport(self, item: pytest.Function, call: pytest.CallInfo[None]) -> Phase:
        report = yield
        report.processor_time = self._spent.pop(call.when, 0.0)
        parameters = getattr(getattr(item, "callspec", None), "params", {})
        if "operation" in parameters:
            report.operation = str(parameters["operation"])
            on_postgresql = "postgresql" in parameters.values() or "postgres" in item.fixturenames
            report.database = "postgresql" if on_postgresql else "sqlite"
        return report


class Ledger:
    """Adds up what the meters of all processes report."""

    def __init__(self) -> None:
        self.folders: Counter[str] = Counter()
        self.operations: dict[str, Counter[str]] = defaultdict(Counter)
        self.tests: Counter[str] = Counter()

    def pytest_runtest_logreport(self, report: Any) -> None:
        spent = getattr(report, "processor_time", 0.0)
        folder = report.nodeid.partition("::")[0].rpartition("/")[0] or "."
        self.folders[folder] += spent
        self.tests[folder] += report.when == "call"
        # The set-up of a world is shared by all operations, whichever of them happens to need it first.
        if report.nodeid.startswith(CONTRACT) and report.when == "call" and hasattr(report, "operation"):
            self.operations[report.database][report.operation] += spent

    def pytest_terminal_summary(self, terminalreporter: Any) -> None:
        write = terminalreporter.write_line
        terminalreporter.section("processor time")
        for folder, spent in self.folders.most_common(SHOWN):
            write(f"{spent:8.1f} s  {self.tests[folder]:5} tests  {folder}")
        write(f"{self.folders.total():8.1f} s  {self.tests.total():5} tests  in all")
        for database, spent in sorted(self.operations.items()):
            over = {name: seconds for name, seconds in spent.items() if seconds > PER_OPERATION}
            dearest, most = spent.most_common(1)[0]
            write(
                f"contract tests on {database}: {spent.total() / len(spent):.2f} s for an operation on average, "
                f"{most:.2f} s for {dearest}; the budget is {PER_OPERATION:.0f} s"
            )
            for name, seconds in sorted(over.items(), key=lambda item: -item[1])[:SHOWN]:
                write(f"OVER THE BUDGET: {name} takes {seconds:.2f} s on {database}", red=True)


def charge_for(config: pytest.Config, processor_time: Callable[[], float]) -> None:
    """Charge tests also for a server that they share, from now on."""
    meter: Meter = config.pluginmanager.get_plugin("meter")
    meter.servers.append(processor_time)


def register(config: pytest.Config) -> None:
    """Measure where tests run, and tell where the run is summed up: with pytest-xdist these are two places."""
    config.pluginmanager.register(Meter(), "meter")
    if not hasattr(config, "workerinput"):
        config.pluginmanager.register(Ledger(), "ledger")
