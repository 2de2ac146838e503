from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator

import click
import pytest
from mlsteward.cli.root import root

from tests.cli.conftest import Run

LONGEST_LINE = 100


def commands(group: click.Group, *path: str) -> Iterator[tuple[str, ...]]:
    for name, command in group.commands.items():
        yield (*path, name)
        if isinstance(command, click.Group):
            yield from commands(command, *path, name)


def find(path: tuple[str, ...]) -> click.Command:
    found: click.Command = root
    for name in path:
        assert isinstance(found, click.Group)
        found = found.commands[name]
    return found


ALL = list(commands(root))


@pytest.mark.parametrize("path", ALL, ids=" ".join)
def test_every_command_has_help_with_examples(run: Run, path: tuple[str, ...]) -> None:
    result = run(*path, "-h")
    assert result.code == 0
    assert not result.err
    assert result.out == run(*path, "--help").out
    assert result.out.startswith(f"Usage: mlsteward {' '.join(path)}")
    command = find(path)
    summary = command.get_short_help_str(LONGEST_LINE)
    assert summary.endswith("."), summary
    if not isinstance(command, click.Group):
        assert "Examples:" in result.out
        assert f"  mlsteward {' '.join(path)}" in result.out.split("Examples:")[1]
    assert max(map(len, result.out.split("Examples:")[0].splitlines())) <= LONGEST_LINE


def test_the_help_of_all_names_every_command_and_warns_of_keys_on_the_command_line(run: Run) -> None:
    out = run("--help").out
    for name in root.commands:
        assert f"\n  {name} " in out
    assert "others on this machine can see it" in " ".join(out.split())
    assert "MLSTEWARD_API_TOKEN" in out
    assert "_MLSTEWARD_COMPLETE" in out


def test_without_arguments_it_helps(run: Run) -> None:
    result = run()
    assert result.code == 0
    assert result.out == run("--help").out


def test_version(run: Run) -> None:
    from mlsteward import __version__

    assert run("--version").out == f"mlsteward {__version__}\n"


def test_help_is_quick_and_loads_neither_client_nor_server() -> None:
    script = (
        "import sys\n"
        "from mlsteward.cli import main\n"
        "assert main(['--help']) == 0\n"
        "heavy = {'httpx', 'rich', 'attrs', 'sqlalchemy', 'falcon', 'granian', 'mlsteward_api', 'mlsteward_server'}\n"
        "assert not heavy & sys.modules.keys(), heavy & sys.modules.keys()\n"
    )
    best = 99.0
    for _ in range(3):
        started = time.perf_counter()
        subprocess.run([sys.executable, "-c", script], check=True, stdout=subprocess.DEVNULL, timeout=20)
        best = min(best, time.perf_counter() - started)
    assert best < 1.0


@pytest.mark.parametrize("missing", ["click", "rich"])
def test_without_the_extra_it_says_what_to_install(missing: str) -> None:
    script = f"import sys; sys.modules[{missing!r}] = None; from mlsteward.cli import main; sys.exit(main(['whoami']))"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, timeout=20)
    assert done.returncode == 2
    assert done.stdout == ""
    assert done.stderr == f"error: the mlsteward command needs {missing}: pip install 'mlsteward[cli]'\n"


def test_shells_can_complete(home: object) -> None:
    environ = {
        **os.environ,
        "_MLSTEWARD_COMPLETE": "bash_complete",
        "COMP_WORDS": "mlsteward projects ar",
        "COMP_CWORD": "2",
    }
    done = subprocess.run(
        [sys.executable, "-m", "mlsteward.cli"], env=environ, capture_output=True, text=True, timeout=20
    )
    assert done.stdout == "plain,archive\n"
