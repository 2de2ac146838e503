from __future__ import annotations

import os
import subprocess
import sys
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


HEAVY = {"httpx", "rich", "attrs", "sqlalchemy", "falcon", "granian", "mlsteward_api", "mlsteward_server"}
"""What takes long to import, and help and completion do without."""

LISTS_HEAVY = (
    "import atexit, sys\n"
    f"atexit.register(lambda: print('heavy:', *sorted({HEAVY!r} & sys.modules.keys())))\n"
    "from mlsteward.cli import main\n"
)


@pytest.mark.parametrize("arguments", [(), ("projects",), ("projects", "create")], ids=lambda path: " ".join(path))
def test_help_loads_neither_client_nor_server(arguments: tuple[str, ...]) -> None:
    script = f"{LISTS_HEAVY}main({[*arguments, '--help']!r})"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, timeout=60, check=True)
    assert done.stdout.startswith("Usage: mlsteward")
    assert done.stdout.splitlines()[-1] == "heavy:"


@pytest.mark.parametrize("missing", ["click", "rich"])
def test_without_the_extra_it_says_what_to_install(missing: str) -> None:
    script = f"import sys; sys.modules[{missing!r}] = None; from mlsteward.cli import main; sys.exit(main(['whoami']))"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, timeout=60)
    assert done.returncode == 2
    assert done.stdout == ""
    assert done.stderr == f"error: the mlsteward command needs {missing}: pip install 'mlsteward[cli]'\n"


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("projects ar", ["archive"]),
        ("members offb", ["offboard"]),
        ("projects create ml-team/churn --vis", ["--visibility"]),
        ("projects create ml-team/churn --visibility p", ["private", "public"]),
        ("projects members role ml-team/churn ravi ow", ["owner"]),
    ],
)
def test_shells_can_complete_without_loading_the_client(home: object, typed: str, found: list[str]) -> None:
    environ = {
        **os.environ,
        "_MLSTEWARD_COMPLETE": "bash_complete",
        "COMP_WORDS": f"mlsteward {typed}",
        "COMP_CWORD": str(len(typed.split())),
    }
    script = f"{LISTS_HEAVY}main([])"
    done = subprocess.run([sys.executable, "-c", script], env=environ, capture_output=True, text=True, timeout=60)
    assert done.stdout.splitlines() == [*(f"plain,{word}" for word in found), "heavy:"]
