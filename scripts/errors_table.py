"""Write `docs/errors.md`: every exception class, every problem code, and what they mean.

python scripts/errors_table.py            # write it
python scripts/errors_table.py --check    # fail if what is checked in differs
"""

from __future__ import annotations

import argparse
import difflib
import inspect
import json
import sys
from collections.abc import Iterator
from pathlib import Path

from mlsteward import errors
from mlsteward.errors import APIError, StewardError
from mlsteward.protocol import known_code

ROOT = Path(__file__).resolve().parent.parent
BUNDLE = ROOT / "server/mlsteward_server/openapi.json"
TABLE = ROOT / "docs/errors.md"

HEAD = """\
<!-- Generated from mlsteward.errors and the spec by scripts/errors_table.py. Do not edit. -->
# Errors

Every error is a `mlsteward.errors.StewardError`. Its message says what was wrong, with which value, and what to do
about it. It never contains a secret. Errors can be pickled.

```python
from mlsteward import Steward, errors

with Steward(path=":memory:") as steward:
    steward.workspaces.create("ml-team")
    try:
        steward.projects.create("ml-team/classification", key="not a key")
    except errors.InvalidRequest as error:  # one class for each kind of error
        print(error.code, error.status, error.hint, error.request_id)  # the code says exactly which
    try:
        steward.projects.get("ml-team/classification")
    except errors.NotFound as error:
        print(error.resource)  # project
```

An `APIError` has `status`, `code`, `resource` (the kind of thing it is about, such as `project`), `detail`, `title`,
`hint`, `request_id`, `errors` (the parts of the request that are not valid) and `retry_after`. The meaning of a `code`
never changes. A newer server can answer with a code that the client does not know; it is raised as the class of its
status. An `InvalidArgument` has a `code` too where scripts need to tell the reasons apart.

Scripts written for Neptune catch other names. The functions of `mlsteward.management` raise those, from
`mlsteward.management.exceptions`. Each of them is also one of the classes below, and `ManagementOperationFailure` is
`StewardError`.
"""

BEFORE = """\
## Without an answer of the server

| class | is also | meaning |
|---|---|---|"""

REFUSED = """\
## Refused by the server

An indented class is a subclass of the one above it.

| class | is also | status | meaning |
|---|---|---|---|"""

CODED = """\
## Codes

| code | status | raised as | resource | meaning |
|---|---|---|---|---|"""

CATALOGUE = json.loads(BUNDLE.read_bytes())["x-problem-codes"]
PLAIN = {"Exception", "BaseException", "object", "OSError"}


def statuses(cls: type) -> list[int]:
    """The statuses a class is raised for; those of its base class if it has none of its own."""
    own = {status for status, found in errors._BY_STATUS.items() if found is cls}
    own |= {CATALOGUE[code]["status"] for code, found in errors._BY_CODE.items() if found is cls and code in CATALOGUE}
    if not own and issubclass(cls, APIError) and cls is not APIError:
        return statuses(cls.__bases__[0])
    return sorted(own)


def classes(root: type[StewardError]) -> Iterator[tuple[int, type[StewardError]]]:
    """A class and its subclasses, each with its depth: by status, then in the order of the module."""
    order: dict[object, int] = {}
    for number, value in enumerate(vars(errors).values()):
        if inspect.isclass(value):
            order.setdefault(value, number)

    def below(cls: type[StewardError], depth: int) -> Iterator[tuple[int, type[StewardError]]]:
        yield depth, cls
        children = [child for child in cls.__subclasses__() if child in order]
        for child in sorted(children, key=lambda c: (min(statuses(c), default=999), order[c])):
            yield from below(child, depth + 1)

    return below(root, 0)


def render() -> str:
    """The whole document."""
    lines = [HEAD, BEFORE]
    for depth, cls in classes(StewardError):
        if not issubclass(cls, APIError):
            lines.append(f"| {_indent(depth)}`{cls.__name__}` | {_also(cls)} | {_meaning(cls)} |")
    lines += ["", REFUSED]
    for depth, cls in classes(APIError):
        status = ", ".join(map(str, statuses(cls)))
        lines.append(f"| {_indent(depth)}`{cls.__name__}` | {_also(cls)} | {status} | {_meaning(cls)} |")
    lines += ["", CODED]
    for code, entry in sorted(CATALOGUE.items(), key=lambda item: item[1]["status"]):
        raised = APIError.class_of(entry["status"], code).__name__
        resource = f"`{entry['resource']}`" if "resource" in entry else ""
        lines.append(f"| `{known_code(code)}` | {entry['status']} | `{raised}` | {resource} | {entry['title']}. |")
    return "\n".join(lines) + "\n"


def _also(cls: type[StewardError]) -> str:
    builtins = [base.__name__ for base in cls.__mro__ if base.__module__ == "builtins"]
    return ", ".join(f"`{name}`" for name in builtins if name not in PLAIN)


def _indent(depth: int) -> str:
    return "&emsp;" * depth


def _meaning(cls: type[StewardError]) -> str:
    return " ".join((cls.__doc__ or "").strip().partition("\n\n")[0].split())


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--check", action="store_true", help="fail if what is checked in differs")
    wanted = render()
    if not parser.parse_args().check:
        TABLE.write_text(wanted, encoding="utf-8")
        return 0
    have = TABLE.read_text(encoding="utf-8") if TABLE.exists() else ""
    diff = difflib.unified_diff(have.splitlines(), wanted.splitlines(), "checked in", "generated", n=0, lineterm="")
    found = "\n".join(diff)
    if found:
        print(f"docs/errors.md is out of date; run `make generate`\n{found}", file=sys.stderr)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
