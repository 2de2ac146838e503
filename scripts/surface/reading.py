"""From the sources of a package to its public surface: one line for each public name. Nothing is imported.

Public is what people can hold in their hands: the names of the modules they import from, every attribute of those, and
every type of ours that one of them mentions. A namespace such as `steward.projects` has the name that people write.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

import griffe

Member = griffe.Object | griffe.Alias

EXPORTS = "_exports"
"""The module of a package that lists names which are loaded on first use."""
SYNTAX = frozenset(
    {"__init__", "__call__", "__iter__", "__aiter__", "__len__", "__getitem__", "__contains__"}
    | {"__enter__", "__exit__", "__aenter__", "__aexit__"}
)
"""Methods that people use without writing their name. How a thing is printed or copied is not promised."""
SAID = {"classmethod", "staticmethod", "contextmanager", "asynccontextmanager", "fixture"}
"""Decorators that change how a function is called."""


class Surface:
    """The public surface of a package.

    Args:
        package: Its name.
        modules: Its public modules, as they are called in it. What the package itself lists counts always.
        folder: The folder it is in.
        opaque: Classes that people pass on, but call nothing of: only their constructor is listed.
    """

    def __init__(self, package: str, modules: tuple[str, ...], folder: Path, opaque: frozenset[str]) -> None:
        root = griffe.load(package, search_paths=[folder], allow_inspection=False, resolve_external=False)
        assert isinstance(root, griffe.Module)
        self._root = root
        self._opaque = opaque
        self._names: dict[str, str] = {}
        """The public name of each object, by where it is defined."""
        self._waiting: list[griffe.Object] = []
        """Classes and types that something mentions, and that no public module has."""
        self.mentioned: dict[str, str] = {}
        """Where each type comes from that the surface mentions, with a name that mentions it."""
        self._homes = [package, *(f"{package}.{module}" for module in modules)]
        self._listed = {home: dict(self._members_of(home)) for home in self._homes}
        for home, members in self._listed.items():
            for name, member in members.items():
                if home != package or member.canonical_path.count("._"):
                    self._names.setdefault(member.canonical_path, f"{home}.{name}")

    def lines(self) -> list[str]:
        """Every line of the surface, sorted by name within modules."""
        found: list[str] = []
        for home, members in self._listed.items():
            for name, member in members.items():
                found += self._lines_of(f"{home}.{name}", member)
        while self._waiting:
            reached = self._waiting.pop(0)
            found += self._lines_of(self._names[reached.canonical_path], reached)
        return found

    def _members_of(self, home: str) -> Iterator[tuple[str, Member]]:
        """The public names of a module: those it lists, or else those it defines."""
        module = self._root.modules_collection[home]
        is_lazy = EXPORTS in module.members
        listed = module.members[EXPORTS].members if is_lazy else module.members
        exports = module.exports
        for name, member in sorted(listed.items()):
            wanted = name in exports if exports is not None else member.is_alias == is_lazy and _is_public(name)
            target = _target(member)
            # A submodule is public where it is asked for by its name.
            if wanted and target is not None and not (target.is_module or _is_for_types_only(target)):
                yield name, target

    def _lines_of(self, name: str, member: Member) -> Iterator[str]:
        canonical = self._names.setdefault(member.canonical_path, name)
        if canonical != name:
            yield f"{name} = {canonical}"
        elif isinstance(member, griffe.Class):
            yield from self._class(name, member)
        elif isinstance(member, griffe.Function):
            yield from self._function(name, member)
        elif isinstance(member, griffe.Attribute):
            yield self._attribute(name, member)

    def _class(self, name: str, cls: griffe.Class, *, word: str = "class") -> Iterator[str]:
        is_opaque = cls.canonical_path in self._opaque
        bases = "" if is_opaque else ", ".join(self._bases(name, cls))
        yield f"{word} {name}({bases})" if bases else f"{word} {name}"
        for part, member in _own_members(cls).items():
            if (is_opaque and part != "__init__") or (word == "namespace" and part == "__init__"):
                continue
            inner = self._namespace(member)
            if inner is not None:
                yield from self._class(f"{name}.{part}", inner, word="namespace")
            elif isinstance(member, griffe.Function):
                yield from self._function(f"{name}.{part}", member)
            elif isinstance(member, griffe.Attribute):
                yield self._attribute(f"{name}.{part}", member)

    def _bases(self, name: str, cls: griffe.Class) -> Iterator[str]:
        """What a class is to people: its public bases, and those of its private ones."""
        for base in cls.bases:
            target = self._resolved(base)
            if isinstance(target, griffe.Class) and target.name.startswith("_"):
                yield from self._bases(name, target)
            elif not (isinstance(target, griffe.Class) and _is_private(target.canonical_path)):
                yield self._text(base, name)

    def _namespace(self, member: Member) -> griffe.Class | None:
        """The class of `steward.projects`, or of `steward.projects.members`."""
        if not isinstance(member, griffe.Attribute):
            return None
        value = member.value
        made = value.function if isinstance(value, griffe.ExprCall) else None
        found = self._resolved(member.annotation or made)
        is_ours = isinstance(found, griffe.Class) and _is_private(found.canonical_path)
        return found if is_ours and found.canonical_path not in self._names else None  # type: ignore[return-value,union-attr]

    def _function(self, name: str, function: griffe.Function) -> Iterator[str]:
        for number, overload in enumerate(function.overloads or (), 1):
            yield f"overload {number} of {name}{self._signature(name, overload)}"
        decorators = [_last(str(decorator.value).partition("(")[0]) for decorator in function.decorators]
        words = [word for word in decorators if word in SAID]
        words += ["async"] if "async" in function.labels else []
        yield " ".join([*words, f"def {name}{self._signature(name, function)}"])

    def _signature(self, name: str, function: griffe.Function) -> str:
        taken = [one for one in function.parameters if one.name not in ("self", "cls") or not _is_method(function)]
        parts: list[str] = []
        for number, parameter in enumerate(taken):
            kind = parameter.kind
            if kind is griffe.ParameterKind.keyword_only and not any(part.startswith("*") for part in parts):
                parts.append("*")
            stars = {griffe.ParameterKind.var_positional: "*", griffe.ParameterKind.var_keyword: "**"}.get(kind, "")
            text = f"{stars}{parameter.name}"
            if parameter.annotation is not None:
                text += f": {self._text(parameter.annotation, name)}"
            if parameter.default is not None and not stars:
                text += f" = {self._constant(parameter.default) or self._text(parameter.default, name)}"
            parts.append(text)
            following = taken[number + 1].kind if number + 1 < len(taken) else None
            if kind is griffe.ParameterKind.positional_only and following is not kind:
                parts.append("/")
        returns = f" -> {self._text(function.returns, name)}" if function.returns is not None else ""
        return f"({', '.join(parts)}){returns}"

    def _attribute(self, name: str, attribute: griffe.Attribute) -> str:
        annotation = attribute.annotation or _annotation_of_argument(attribute)
        kind = self._text(annotation, name) if annotation is not None else ""
        if kind == "TypeAlias":
            return f"type {name} = {self._text(attribute.value, name)}"
        if name.endswith(".__version__"):
            return f"{name}: str"
        value = self._value(attribute, name)
        if not kind and value is None and isinstance(attribute.value, griffe.ExprCall):
            made = self._text(attribute.value.function, name)
            kind = made if made.rpartition(".")[2][:1].isupper() or made in ("tuple", "dict", "list") else ""
        typed = f"{name}: {kind}" if kind else name
        return typed if value is None else f"{typed} = {value}"

    def _value(self, attribute: griffe.Attribute, name: str) -> str | None:
        """The value of a constant, the default of a field; None for what methods set."""
        value = attribute.value
        if value is None or not {"class-attribute", "module-attribute"} & attribute.labels:
            return None
        if isinstance(value, griffe.ExprCall):
            given = {a.name: str(a.value) for a in value.arguments if isinstance(a, griffe.ExprKeyword)}
            if _last(str(value.function)) in ("wire", "field"):
                default = given.get("absent", "None") if given.get("optional") == "True" else None
                return given.get("default", default)
        return self._text(value, name)

    def _constant(self, expression: str | griffe.Expr) -> str | None:
        """The text or number that a name of a module stands for."""
        found = self._resolved(expression)
        is_constant = isinstance(found, griffe.Attribute) and isinstance(found.parent, griffe.Module)
        return found.value if is_constant and isinstance(found.value, str) else None  # type: ignore[union-attr]

    def _text(self, expression: str | griffe.Expr | None, where: str) -> str:
        """An expression with the public names of what it mentions."""
        if not isinstance(expression, griffe.Expr):
            return str(expression)
        return "".join(
            self._word(part, where) if isinstance(part, griffe.ExprName | griffe.ExprAttribute) else str(part)
            for part in _pieces(expression)
        )

    def _word(self, expression: griffe.ExprName | griffe.ExprAttribute, where: str) -> str:
        target = self._resolved(expression)
        path = target.canonical_path if target is not None else expression.canonical_path
        self.mentioned.setdefault(path, where)
        package = f"{self._root.name}."
        if target is None or not path.startswith(package) or _is_for_types_only(target):
            return _last(path)
        is_type = isinstance(target, griffe.Class) or isinstance(target.parent, griffe.Module)
        if path not in self._names and is_type:
            self._names[path] = self._exported(target)
            self._waiting.append(target)
        owner, _, last = path.rpartition(".")
        public = self._names.get(path) or (f"{self._names[owner]}.{last}" if owner in self._names else path)
        return public.removeprefix(package)

    def _exported(self, target: griffe.Object) -> str:
        """Where people import something from: the package around its module, if that lists it."""
        around = target.module
        while isinstance(around.parent, griffe.Module):
            around = around.parent
            listed = around.members.get(target.name)
            if target.name in (around.exports or ()) and listed is not None and _target(listed) is target:
                return f"{around.path}.{target.name}"
        return target.canonical_path

    def _resolved(self, expression: str | griffe.Expr | None) -> griffe.Object | None:
        if not isinstance(expression, griffe.Expr):
            return None
        try:
            return _target(self._root.modules_collection[expression.canonical_path])
        except (KeyError, griffe.AliasResolutionError, griffe.NameResolutionError):
            return None


def _own_members(cls: griffe.Class) -> Mapping[str, Member]:
    """The public members of a class and of its private bases, which are nobody else's to list."""
    found: dict[str, Member] = {}
    for base in reversed(cls.resolved_bases):
        if isinstance(base, griffe.Class) and _is_private(base.canonical_path):
            found.update(_own_members(base))
    for name, member in cls.members.items():
        if _is_public(name) or name in SYNTAX:
            found[name] = member
    return found


def _pieces(expression: griffe.Expr) -> Iterator[str | griffe.Expr]:
    """An expression in parts: names and dotted names whole, everything else as text."""
    if isinstance(expression, griffe.ExprName | griffe.ExprAttribute):
        yield expression
        return
    for part in expression.iterate(flat=False):
        if isinstance(part, griffe.Expr):
            yield from _pieces(part)
        else:
            yield part


def _annotation_of_argument(attribute: griffe.Attribute) -> str | griffe.Expr | None:
    """The type of `self.name = name`: that of the argument."""
    owner = attribute.parent
    constructor = owner.members.get("__init__") if isinstance(owner, griffe.Class) else None
    if isinstance(constructor, griffe.Function) and str(attribute.value) in constructor.parameters:
        return constructor.parameters[str(attribute.value)].annotation
    return None


def _target(member: Member) -> griffe.Object | None:
    if not isinstance(member, griffe.Alias):
        return member
    try:
        return member.final_target
    except (griffe.AliasResolutionError, griffe.CyclicAliasError):
        return None


def _is_method(function: griffe.Function) -> bool:
    return isinstance(function.parent, griffe.Class)


def _is_for_types_only(member: griffe.Object) -> bool:
    """Whether it is a variable for annotations, such as `T`, or the flag they are hidden behind."""
    value = member.value if isinstance(member, griffe.Attribute) else None
    is_variable = isinstance(value, griffe.ExprCall) and _last(str(value.function)) in ("TypeVar", "ParamSpec")
    return is_variable or member.name == "TYPE_CHECKING"


def _is_public(name: str) -> bool:
    return not name.startswith("_") or name == "__version__"


def _is_private(path: str) -> bool:
    return any(part.startswith("_") for part in path.split("."))


def _last(path: str) -> str:
    return path.rpartition(".")[2]
