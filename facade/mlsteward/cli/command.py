"""Commands and groups of ours: they share options, and their help has examples."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from enum import StrEnum
from typing import Any

import click

from mlsteward.cli.session import OPTIONS, shared_option

CONTEXT = {"help_option_names": ["-h", "--help"], "max_content_width": 100}


class _WithExamples(click.Command):
    """A command whose help ends in examples.

    Args:
        examples: Command lines to learn from.
    """

    def __init__(self, *args: Any, examples: Sequence[str] = (), **attributes: Any) -> None:
        attributes["context_settings"] = {**CONTEXT, **attributes.get("context_settings", {})}
        super().__init__(*args, **attributes)
        self.examples = examples

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
    """

    def __init__(self, *args: Any, about_workspace: bool = False, has_json: bool = True, **attributes: Any) -> None:
        super().__init__(*args, **attributes)
        shown = {"workspace": about_workspace, "as_json": has_json}
        self.params += [shared_option(name, hidden=not shown.get(name, False)) for name in OPTIONS]


class Group(_WithExamples, click.Group):
    """A group of commands.

    Args:
        is_root: Whether it is the command itself, whose help shows all shared options.
        sections: Titles for the names of commands, in the order of the help.
    """

    command_class = Command
    group_class = type

    def __init__(
        self,
        *args: Any,
        is_root: bool = False,
        sections: Mapping[str, Sequence[str]] | None = None,
        **attributes: Any,
    ) -> None:
        super().__init__(*args, **attributes)
        self.sections = sections
        self.params += [shared_option(name, hidden=not is_root) for name in OPTIONS]

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        # What one can do comes before how to say it.
        self.format_commands(ctx, formatter)
        click.Command.format_options(self, ctx, formatter)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        longest = max(map(len, self.commands))
        for title, names in (self.sections or {"Commands": self.list_commands(ctx)}).items():
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


class Whole(click.ParamType[int]):
    """A whole number within bounds. Its help does not speak of them, its refusal does."""

    name = "number"

    def __init__(self, least: int, most: int) -> None:
        self.least = least
        self.most = most

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> int:
        try:
            number = int(value)
        except ValueError:
            self.fail(f"{value!r} is not a whole number.", param, ctx)
        if not self.least <= number <= self.most:
            self.fail(f"{number} is not between {self.least} and {self.most}.", param, ctx)
        return number


def choice(
    *declarations: str, words: type[StrEnum], help: str = "", metavar: str | None = None, **attributes: Any
) -> Callable[[Any], Any]:
    """An option whose value is one of the words of an enum, in either case; its help lists them."""
    *most, last = (word.value for word in words)
    listed = f"{', '.join(most)} or {last}"
    return click.option(
        *declarations,
        type=click.Choice([word.value for word in words], case_sensitive=False),
        metavar=metavar or declarations[0].strip("-").upper(),
        help=f"{help} {listed}".strip(),
        **attributes,
    )


workspace_argument = click.argument("workspace", required=False)
exist_ok = click.option("--exist-ok", is_flag=True, help="Do not mind if it exists; leave it as it is.")
missing_ok = click.option("--missing-ok", is_flag=True, help="Do not mind if there is none.")
limit = click.option("--limit", metavar="N", type=Whole(1, 10**9), help="Show no more than N.")
yes = click.option("-y", "--yes", is_flag=True, help="Do not ask.")
