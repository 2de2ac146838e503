"""Write `docs/errors.md`: every exception, the code and status it stands for, and what it means.

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

ROOT = Path(__file__).resolve().parent.parent
BUNDLE = ROOT / "server/mlsteward_server/openapi.json"
TABLE = ROOT / "docs/errors.md"

HEAD = """\
<!-- Generated from mlsteward.errors and the spec by scripts/errors_table.py. Do not edit. -->
# Errors

Whatever goes wrong is a `mlsteward.errors.StewardError`. Its text says what was wrong, with which value, and what to
do; it never holds a secret. Errors can be pickled.

```python
from mlsteward import Steward, errors

with Steward(path=":memory:") as steward:
    steward.workspaces.create("ml-team")
    try:
        steward.projects.create("ml-team/classification", key="not a key")
    except errors.ProjectKeyInvalid as refusal:  # by what it means
        print(refusal.code, refusal.status, refusal.hint, refusal.request_id)
    except errors.APIError as refusal:  # whatever else the server refuses
        raise
```

An `APIError` has `status`, `code`, `detail`, `title`, `hint`, `request_id`, `errors` (the wrong places in the request)
and `retry_after`. A `code` keeps its meaning; a server that is newer than the client may answer with one the client
does not know, which is raised as the class of its status.

`mlsteward.management.exceptions` has the names that scripts written for Neptune catch: they are the same classes, and
`ManagementOperationFailure` is `StewardError`.
"""

BEFORE = """\
## Before anything is sent, or without an answer

| class | is also | what it means |
|---|---|---|"""

REFUSED = """\
## What the server refuses

A class that is indented is a kind of the one above it. One without a code stands for the others of its kind, or is a
narrower name for a code in one operation.

| class | code | status | what it means |
|---|---|---|---|"""


CODES = {cls: code for code, cls in errors._BY_CODE.items()}
CATALOGUE = json.loads(BUNDLE.read_bytes())["x-problem-codes"]
PLAIN = {"Exception", "BaseException", "object", "OSError"}


def statuses(cls: type) -> list[int]:
    """The statuses a class stands for; those of the class above it where it has none of its own."""
    own = {status for status, found in errors._BY_STATUS.items() if found is cls}
    if CODES.get(cls) in CATALOGUE:
        own.add(CATALOGUE[CODES[cls]]["status"])
    if not own and issubclass(cls, APIError) and cls is not APIError:
        return statuses(cls.__bases__[0])
    return sorted(own)


def classes(root: type[StewardError]) -> Iterator[tuple[int, type[StewardError]]]:
    """A class and what derives from it, each with its depth: by status, then as the module orders them."""
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
            builtins = [base.__name__ for base in cls.__mro__ if base.__module__ == "builtins"]
            also = ", ".join(f"`{name}`" for name in builtins if name not in PLAIN)
            lines.append(f"| {_indent(depth)}`{cls.__name__}` | {also} | {_meaning(cls)} |")
    lines += ["", REFUSED]
    for depth, cls in classes(APIError):
        code = f"`{CODES[cls]}`" if cls in CODES else ""
        status = ", ".join(map(str, statuses(cls)))
        lines.append(f"| {_indent(depth)}`{cls.__name__}` | {code} | {status} | {_meaning(cls)} |")
    return "\n".join(lines) + "\n"


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
    diff = difflib.unified_diff(
        have.splitlines(), wanted.splitlines(), "checked in", "from the errors", n=0, lineterm=""
    )
    found = "\n".join(diff)
    if found:
        print(f"docs/errors.md is not that of mlsteward.errors; run scripts/errors_table.py\n{found}", file=sys.stderr)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
