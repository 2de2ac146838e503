"""Commands, groups and sections: they share options, and their help has examples."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Protocol

import click

from mlsteward.cli.listing import check
from mlsteward.cli.parameters import Argument
from mlsteward.cli.session import OPTIONS, Session, list_options, shared_option

CONTEXT = {"help_option_names": ["-h", "--help"], "max_content_width": 100}


class Parent(Protocol):
    """A parent of commands: a group, or a section of the help."""

    def add_command(self, cmd: click.Command, name: str | None = None) -> None: ...


class Section:
    """Commands that the help of `mlsteward` lists together.

    Args:
        title: What they are about.
    """

    def __init__(self, title: str) -> None:
        self.title = title
        self.commands: dict[str, click.Command] = {}

    def add_command(self, cmd: click.Command, name: str | None = None) -> None:
        self.commands[name or str(cmd.name)] = cmd


YOU = Section("You")
WORKSPACES = Section("Workspaces")
PROJECTS = Section("Projects and datasets")
HISTORY = Section("What happened")
SERVER = Section("Server")
SECTIONS = (YOU, WORKSPACES, PROJECTS, HISTORY, SERVER)
"""In the order of the help."""


class _WithExamples(click.Command):
    """A command whose help explains its arguments and ends in examples.

    Args:
        examples: Command lines to learn from.
    """

    def __init__(self, *args: Any, examples: Sequence[str] = (), **attributes: Any) -> None:
        attributes["context_settings"] = {**CONTEXT, **attributes.get("context_settings", {})}
        super().__init__(*args, **attributes)
        self.examples = examples

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        arguments = [(one.label, one.meaning) for one in self.get_params(ctx) if isinstance(one, Argument)]
        if arguments:
            with formatter.section("Arguments"):
                formatter.write_dl(arguments)
        super().format_options(ctx, formatter)

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        if self.examples:
            with formatter.section("Examples"):
                for example in self.examples:
                    formatter.write(f"{'':>{formatter.current_indent}}{example}\n")
        super().format_epilog(ctx, formatter)


class Command(_WithExamples):
    """A command that does something.

    Args:
        about_workspace: Whether `--workspace` matters to it, so that its help shows it.
        has_json: Whether it answers in JSON.
        is_list: Whether it shows a list, in the form that people choose.
    """

    def __init__(
        self,
        *args: Any,
        about_workspace: bool = False,
        has_json: bool = True,
        is_list: bool = False,
        **attributes: Any,
    ) -> None:
        super().__init__(*args, **attributes)
        shown = {"workspace": about_workspace, "as_json": has_json}
        self.params += [shared_option(name, hidden=not shown.get(name, False)) for name in OPTIONS]
        if is_list:
            self.params += list_options()

    def invoke(self, ctx: click.Context) -> Any:
        check(ctx, ctx.find_root().ensure_object(Session))
        return super().invoke(ctx)


class Group(_WithExamples, click.Group):
    """A group of commands.

    Args:
        sections: For the command itself, whose help shows all shared options and its commands in sections.
    """

    command_class = Command
    group_class = type

    def __init__(self, *args: Any, sections: Sequence[Section] = (), **attributes: Any) -> None:
        super().__init__(*args, **attributes)
        self.sections = sections
        self.params += [shared_option(name, hidden=not sections) for name in OPTIONS]

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        # What one can do comes before how to say it.
        self.format_commands(ctx, formatter)
        click.Command.format_options(self, ctx, formatter)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        longest = max(map(len, self.commands))
        listed = {section.title: sorted(section.commands) for section in self.sections}
        for title, names in (listed or {"Commands": self.list_commands(ctx)}).items():
            with formatter.section(title):
                formatter.write_dl(
                    [
                        (name.ljust(longest), self.commands[name].get_short_help_str(formatter.width - longest - 6))
                        for name in names
                    ]
                )

    def list_commands(self, ctx: click.Context) -> list[str]:
        # As they are written down: that is the order in which people need them.
        return list(self.commands)


def group(parent: Parent, name: str, help: str) -> Group:
    """A new group of commands.

    Args:
        parent: The section or group that it belongs to.
        name: The name on the command line.
        help: What it is for, in a sentence.
    """
    made = Group(name, help=help)
    parent.add_command(made)
    return made
