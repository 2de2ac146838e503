"""Pages of the documentation site that are made while it is built, and links that lead out of `docs/`.

mkdocs loads this file as a hook. It adds

* a page for each namespace of `Steward`, for the records, the errors and `management`, from their docstrings,
* a page for the `mlsteward` command, from its help,
* a page with the settings,
* documents of the top folder, such as CONTRIBUTING.md, and the files of `deploy/`.

So nobody edits a list when a domain is added.
"""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterator
from functools import cache, cached_property
from pathlib import Path
from typing import Any

import click
from griffe import Docstring, DocstringSectionKind
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files
from mlsteward import Steward
from mlsteward._sync.namespaces import Namespaces
from mlsteward._sync.resource import Resource
from mlsteward.cli.root import root
from mlsteward.config import SETTINGS, Config

ROOT = Path(__file__).resolve().parents[2]
DOCUMENTS = ("CHANGELOG.md", "CONTRIBUTING.md", "SECURITY.md")
FILES = "deploy"
"""A folder whose files pages link to."""
NAV_SECTION = "Reference"
ATTRIBUTES = DocstringSectionKind.attributes
_OUTWARD = re.compile(r"\]\((?:\.\./)+(" + "|".join(map(re.escape, DOCUMENTS)) + rf"|{FILES}/[^)#]+)(#[^)]*)?\)")
_INWARD = re.compile(r"\]\((?:\./)?docs/([^)]+)\)")


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Put the pages that are made here into the navigation."""
    tables = [{"Permissions": "permissions.md"}, {"Errors": "errors.md"}]
    made = [{title: path} for path, (title, _) in pages().items()]
    for entry in config.nav or []:
        if NAV_SECTION in entry:
            entry[NAV_SECTION] = [*made, *tables]
    return config


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Add the pages that are made here, and what stands outside `docs/`."""
    for path, (_, text) in pages().items():
        files.append(File.generated(config, path, content=text))
    for name in DOCUMENTS:
        text = _INWARD.sub(r"](\1)", (ROOT / name).read_text("utf-8"))
        files.append(File.generated(config, name, content=text))
    for file in sorted((ROOT / FILES).iterdir()):
        files.append(File.generated(config, f"{FILES}/{file.name}", abs_src_path=str(file)))
    return files


def on_page_markdown(markdown: str, page: Any, **_: Any) -> str:
    """Make links that lead out of `docs/` lead to pages and files of the site."""
    up = "../" * page.file.src_uri.count("/")
    return _OUTWARD.sub(lambda found: f"]({up}{found[1]}{found[2] or ''})", markdown)


@cache
def pages() -> dict[str, tuple[str, str]]:
    """The title and the text of each page, by path."""
    found = {"reference/steward.md": ("Steward", "# Steward\n\n::: mlsteward.client.Steward\n")}
    for name, kind in namespaces():
        found[f"reference/{name.replace('.', '-')}.md"] = (f"steward.{name}", f"# steward.{name}\n\n::: {kind}\n")
    found |= {
        "reference/records.md": ("Records", _records()),
        "reference/exceptions.md": ("Exceptions", _of_module("Exceptions", "mlsteward.errors")),
        "reference/management.md": ("management", _of_module("mlsteward.management", "mlsteward.management")),
        "reference/command.md": ("The mlsteward command", _command()),
        "reference/settings.md": ("Settings", _settings()),
    }
    return found


def namespaces() -> Iterator[tuple[str, str]]:
    """The name of each namespace, as one writes it behind `steward.`, and the path of its class."""
    with Steward(path=":memory:") as steward:
        for name, value in vars(Namespaces).items():
            if isinstance(value, cached_property):
                yield from _within(name, getattr(steward, name))


def _within(name: str, namespace: object) -> Iterator[tuple[str, str]]:
    yield name, f"{type(namespace).__module__}.{type(namespace).__qualname__}"
    for part, value in vars(namespace).items():
        if isinstance(value, Resource) and not part.startswith("_"):
            yield from _within(f"{name}.{part}", value)


def _of_module(title: str, path: str) -> str:
    return f"# {title}\n\n::: {path}\n    options:\n      inherited_members: false\n"


def _records() -> str:
    folder = ROOT / "facade" / "mlsteward" / "records"
    parts = ["# Records", "What methods return. Records do not change, and compare by value."]
    for path in sorted(folder.glob("*.py")):
        if path.stem.startswith("_") or path.stem in ("html", "wire", "words"):
            continue
        parts += [
            f"## {path.stem.capitalize()}",
            f"::: mlsteward.records.{path.stem}\n    options:\n      heading_level: 3",
        ]
    return "\n\n".join(parts) + "\n"


def _settings() -> str:
    sections = Docstring(inspect.getdoc(Config) or "", parser="google").parse()
    meanings = {
        one.name: " ".join(one.description.split())
        for part in sections
        if part.kind is ATTRIBUTES
        for one in part.value
    }
    lines = [
        "# Settings",
        "",
        "Each setting is taken from the first place that has it: an argument, a profile that an argument names,",
        "the environment, and the profile of the user. If none says where to go, the server runs inside the process.",
        "",
        "| argument, and name in a profile | variable | what it is |",
        "|---|---|---|",
    ]
    lines += [f"| `{setting.name}` | `{setting.env}` | {meanings[setting.name]} |" for setting in SETTINGS]
    return "\n".join(lines) + "\n"


# ---- the command


def _command() -> str:
    parts = ["# The mlsteward command", "`mlsteward <command> --help` prints the same text."]
    context = click.Context(root, info_name="mlsteward")
    parts += _commands(root, context, 2)
    return "\n\n".join(parts) + "\n"


def _commands(command: click.Command, context: click.Context, level: int) -> Iterator[str]:
    if isinstance(command, click.Group):
        for name in command.list_commands(context):
            child = command.get_command(context, name)
            if child is None or child.hidden:
                continue
            within = click.Context(child, parent=context, info_name=name)
            yield f"{'#' * min(level, 4)} {within.command_path}"
            if not isinstance(child, click.Group):
                yield f"```text\n{_help(child, within)}\n```"
            elif child.get_short_help_str(200):
                yield child.get_short_help_str(200)
            yield from _commands(child, within, level + 1)


def _help(command: click.Command, context: click.Context) -> str:
    formatter = click.HelpFormatter(width=88)
    command.format_help(context, formatter)
    return formatter.getvalue().strip()
