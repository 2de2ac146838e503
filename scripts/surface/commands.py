"""The `mlsteward` command, as the surface shows it: each command as a function of its arguments and options."""

from __future__ import annotations

from collections.abc import Iterator

import click


def lines(root: click.Command, name: str) -> Iterator[str]:
    """A line for a command, and for each command in it. Spaces are dots, and dashes underscores.

    Args:
        root: The command.
        name: What people type.
    """
    # As click makes it: a command remembers the option for help that it made for its first context.
    context = click.Context(root, **root.context_settings)
    arguments: list[str] = []
    options: list[str] = []
    for parameter in root.get_params(context):
        if isinstance(parameter, click.Argument):
            default = "" if parameter.required else " = None"
            # In capitals, as the help shows them: an option may have the same name.
            label = str(parameter.name).upper()
            arguments.append(f"*{label}" if parameter.nargs == -1 else f"{label}{default}")
        elif isinstance(parameter, click.Option) and not parameter.hidden and "--help" not in parameter.opts:
            default = "" if parameter.required else f" = {_default(parameter)}"
            for spelled in (*parameter.opts, *parameter.secondary_opts):
                word = spelled.lstrip("-").replace("-", "_")
                options.append(f"{word}: {_type(parameter)}{default}")
    if arguments and not any(argument.startswith("*") for argument in arguments):
        arguments.append("/")
    if options and not any(argument.startswith("*") for argument in arguments):
        arguments.append("*")
    path = name.replace(" ", ".").replace("-", "_")
    yield f"command {path}({', '.join([*arguments, *sorted(options)])})"
    if isinstance(root, click.Group):
        for part in sorted(root.list_commands(context)):
            command = root.get_command(context, part)
            if command is not None and not command.hidden:
                yield from lines(command, f"{name} {part}")


def _type(option: click.Option) -> str:
    if option.is_flag:
        return "bool"
    if isinstance(option.type, click.Choice):
        text = f"Literal[{', '.join(repr(str(word)) for word in option.type.choices)}]"
    else:
        text = "str" if option.type is click.STRING else type(option.type).__name__
    return f"list[{text}]" if option.multiple or option.nargs != 1 else text


def _default(option: click.Option) -> str:
    if option.is_flag:
        return "False"
    return repr(option.default) if isinstance(option.default, str | int | float) else "None"
