"""What `deploy/` says is so: options exist, files are there, and the tools that read these files accept them."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path
from typing import Any

import pytest
import yaml
from mlsteward.cli.commands.serving import serve

from tests.support.process import serving
from tests.support.server import STOP_SECONDS

ROOT = Path(__file__).resolve().parents[2]
DEPLOY = ROOT / "deploy"
DOCKERFILE = (DEPLOY / "Dockerfile").read_text("utf-8")
UNIT = (DEPLOY / "mlsteward.service").read_text("utf-8")
COMPOSE: dict[str, Any] = yaml.safe_load((DEPLOY / "compose.yaml").read_text("utf-8"))
VARIABLES = {str(parameter.envvar) for parameter in serve.params if parameter.envvar}
OF_OTHERS = {"PGPASSWORD", "HOME", "PATH", "PYTHONDONTWRITEBYTECODE"}


def check_command(arguments: list[str]) -> dict[str, Any]:
    """Parse a command line as the command does. An option that does not exist fails here."""
    assert arguments[0] == "serve"
    with serve.make_context("serve", arguments[1:]) as context:
        return context.params


def instructions() -> list[tuple[str, str]]:
    """The lines of the Dockerfile, each with its instruction."""
    joined = re.sub(r"\\\n\s*", "", DOCKERFILE)
    lines = [line for line in joined.splitlines() if line and not line.startswith("#")]
    return [(line.split(" ", 1)[0], line.split(" ", 1)[1].strip()) for line in lines]


def of(wanted: str) -> list[str]:
    return [rest for name, rest in instructions() if name == wanted]


def listed(text: str) -> list[str]:
    """A command in the form of Docker's JSON."""
    found: list[str] = yaml.safe_load(text)
    return found


# ---- Dockerfile


def test_the_image_copies_what_exists_and_what_the_package_needs(tmp_path: Path) -> None:
    for line in of("COPY"):
        if line.startswith("--from=build"):
            assert line.split()[1:] == ["/opt/mlsteward", "/opt/mlsteward"]
            continue
        *sources, target = line.split()
        for source in sources:
            assert f"!{source}\n" in (DEPLOY / "Dockerfile.dockerignore").read_text("utf-8")
            if (ROOT / source).is_dir():
                ignored = shutil.ignore_patterns("__pycache__")
                shutil.copytree(ROOT / source, tmp_path / target, ignore=ignored)
            else:
                shutil.copy(ROOT / source, tmp_path / target)
    # What `pip install` does with it in the image.
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stdout + done.stderr
    (wheel,) = (tmp_path / "dist").glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        names = set(archive.namelist())
    for wanted in ("openapi.json", "http/reference.html", "http/reference.js", "storage/migrations/env.py"):
        assert f"mlsteward_server/{wanted}" in names


def test_the_image_installs_extras_that_exist() -> None:
    (extras,) = re.findall(r'pip install [^"]*"\.\[([\w,]+)\]"', DOCKERFILE)
    known = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["optional-dependencies"]
    assert set(extras.split(",")) <= set(known)


def test_the_image_runs_the_server_as_nobody_special() -> None:
    assert listed(of("ENTRYPOINT")[0]) == ["mlsteward"]
    options = check_command(listed(of("CMD")[0]))
    assert f"EXPOSE {options['port']}" in DOCKERFILE
    assert f"127.0.0.1:{options['port']}/readyz" in of("HEALTHCHECK")[0]
    user = of("USER")[0].partition(":")[0]
    assert f"--uid {user} " in DOCKERFILE
    assert int(user) > 0
    # The last stage is the one that runs.
    assert [name for name, _ in instructions()].index("USER") > DOCKERFILE.count("FROM") > 1


def test_variables_of_the_image_exist() -> None:
    set_here = dict(part.split("=", 1) for part in shlex.split(of("ENV")[0]))
    assert set(set_here) - OF_OTHERS <= VARIABLES
    for name in ("MLSTEWARD_DATABASE", "MLSTEWARD_FILES", "MLSTEWARD_KEY_FILE"):
        assert set_here[name].startswith(of("VOLUME")[0] + "/")


def test_the_health_check_of_the_image_says_yes_and_no(tmp_path: Path, sqlite_file: str) -> None:
    command = listed(of("HEALTHCHECK")[0].partition("CMD ")[2])[1:]
    with serving(tmp_path, "--database", sqlite_file) as served:
        here = [part.replace(":8000/", f":{served.port}/") for part in command]
        assert subprocess.run([sys.executable, *here], timeout=60, check=False).returncode == 0
        assert served.end() == 0
        gone = subprocess.run([sys.executable, *here], timeout=60, capture_output=True, check=False)
        assert gone.returncode == 1


# ---- compose.yaml


def test_the_services_fit_together() -> None:
    server, database = COMPOSE["services"]["server"], COMPOSE["services"]["database"]
    options = check_command(server["command"])
    assert set(server["environment"]) - OF_OTHERS <= VARIABLES
    context = DEPLOY / server["build"]["context"]
    assert (context / server["build"]["dockerfile"]).samefile(DEPLOY / "Dockerfile")
    assert set(server["depends_on"]) <= set(COMPOSE["services"])
    assert server["depends_on"]["database"]["condition"] == "service_healthy"
    assert "healthcheck" in database
    mounted = {volume.split(":")[0] for service in (server, database) for volume in service["volumes"]}
    assert mounted == set(COMPOSE["volumes"])
    # Only this machine reaches it, and Docker waits longer than the server.
    assert all(port.startswith("127.0.0.1:") for port in server["ports"])
    assert server["ports"][0].split(":")[1:] == ["8000", str(options["port"])]
    assert float(server["stop_grace_period"].removesuffix("s")) > options["drain"] + STOP_SECONDS
    user = database["environment"]["POSTGRES_USER"]
    name = database["environment"]["POSTGRES_DB"]
    assert server["environment"]["MLSTEWARD_DATABASE"] == f"postgresql://{user}@database/{name}"


def test_no_password_is_written_down() -> None:
    for path in DEPLOY.iterdir():
        for line in path.read_text("utf-8").splitlines():
            value = re.search(r"PASSWORD[:=] *(\S+)", line)
            assert value is None or value[1].startswith(("${POSTGRES_PASSWORD:?", "...")), line


# ---- systemd


def settings_of_unit() -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for line in UNIT.splitlines():
        if "=" in line and not line.startswith("#"):
            name, value = line.split("=", 1)
            found.setdefault(name, []).append(value)
    return found


def test_the_unit_starts_the_server() -> None:
    settings = settings_of_unit()
    program, *arguments = shlex.split(settings["ExecStart"][0])
    assert Path(program).name == "mlsteward"
    options = check_command(arguments)
    assert int(settings["TimeoutStopSec"][0]) > options["drain"] + STOP_SECONDS
    assert {line.split("=")[0] for line in settings["Environment"]} - OF_OTHERS <= VARIABLES


def test_systemd_accepts_the_unit(tmp_path: Path) -> None:
    if shutil.which("systemd-analyze") is None:
        pytest.skip("systemd-analyze is not installed (Debian: apt-get install systemd)")
    unit = tmp_path / "mlsteward.service"
    # It looks whether the program is there.
    unit.write_text(UNIT.replace("/opt/mlsteward/bin/mlsteward", sys.executable), "utf-8")
    environ = {**os.environ, "SYSTEMD_COLORS": "0"}
    command = ["systemd-analyze", "verify", "--man=no", str(unit)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, env=environ)
    assert (done.returncode, [line for line in done.stderr.splitlines() if unit.name in line]) == (0, []), done.stderr
    command = ["systemd-analyze", "security", "--offline=true", "--threshold=20", "--no-pager", str(unit)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, env=environ)
    assert done.returncode == 0, done.stdout + done.stderr  # its exposure is at most 2.0 of 10
