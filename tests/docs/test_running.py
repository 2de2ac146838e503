"""`docs/running.md`: its commands, its scrape configuration, its queries and its log line are those of the server."""

from __future__ import annotations

import json
import re
import shlex
import subprocess
import sys
from pathlib import Path

import yaml
from mlsteward.cli.commands.serving import serve

from tests.deploy.test_files import check_command
from tests.support.process import environment, eventually, serving
from tests.support.server import METRICS, REASONS

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "docs/running.md").read_text("utf-8")


def blocks(language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```", PAGE, re.MULTILINE | re.DOTALL)


def test_commands_have_options_that_exist() -> None:
    commands = [shlex.split(line) for block in blocks("console") for line in re.findall(r"^\$ (.*)$", block, re.M)]
    served = [words[words.index("serve") :] for words in commands if "mlsteward" in words and "serve" in words]
    assert len(served) == 2
    for words in served:
        check_command(words)
    assert ["mlsteward", "keys", "create", "prometheus", "--scope", "read"] in commands
    named = set(re.findall(r"`(--[a-z-]+)", PAGE))
    assert named <= {name for parameter in serve.params for name in parameter.opts}


def test_prometheus_reads_what_is_there(tmp_path: Path, sqlite_file: str) -> None:
    (block,) = blocks("yaml")
    (job,) = yaml.safe_load(block)["scrape_configs"]
    with serving(tmp_path, "--database", sqlite_file) as served:
        environ = {"MLSTEWARD_URL": served.url, "MLSTEWARD_API_TOKEN": served.keys[0]}
        key = created(environ, tmp_path)
        with served.client(key) as client:
            # As Prometheus sends what is in `credentials_file`: `Authorization: Bearer ...`.
            assert job["authorization"] == {"credentials_file": "/etc/prometheus/mlsteward.key"}
            answer = client.get(f"http://127.0.0.1:{served.port}{job['metrics_path']}")
        assert answer.status_code == 200
        assert "mlsteward_requests_total" in answer.text


def created(environ: dict[str, str], home: Path) -> str:
    """Make the key as the page says."""
    (line,) = re.findall(r"^\$ mlsteward (keys create .*)$", PAGE, re.M)
    command = [sys.executable, "-m", "mlsteward", *shlex.split(line)]
    done = subprocess.run(command, env=environment(home, **environ), capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def test_queries_name_metrics_and_labels_that_exist() -> None:
    known = {metric.name: metric for metric in METRICS}
    (block,) = blocks("promql")
    asked = re.findall(r"(mlsteward_\w+?)(?:_bucket)?(?:\{(\w+)=|\[|\s|\)|$)", block)
    assert len(asked) == len(re.findall("mlsteward_", block)) == 6
    for name, label in asked:
        assert not label or label in known[name].labels, name


def test_the_log_line_has_the_fields_of_a_real_one(tmp_path: Path, sqlite_file: str) -> None:
    (block,) = blocks("json")
    shown = json.loads(block)
    arguments = ["--database", sqlite_file, "--log-level", "info", "--log-format", "json"]
    with serving(tmp_path, *arguments) as served:
        with served.client(served.keys[0]) as client:
            client.get("/me")
        assert eventually(lambda: '"get_identity"' in served.err)
    (line,) = [json.loads(line) for line in served.err.splitlines() if '"get_identity"' in line]
    assert list(shown) == list(line)
    assert [type(value) for value in shown.values()] == [type(value) for value in line.values()]
    section = PAGE.partition("## The log")[2].partition("## ")[0]
    explained = set(re.findall(r"`(\w+)`", "".join(re.findall(r"^\| (`.*?) \|", section, re.M))))
    assert explained - {"trace_id"} == set(shown) - {"time", "level", "logger", "message"}


def test_the_words_of_readiness_are_those_of_the_server() -> None:
    (named,) = re.findall(r"the reason is one word: (.*?)\.", PAGE, re.DOTALL)
    assert re.findall(r"`(\w+)`", named) == list(REASONS)
