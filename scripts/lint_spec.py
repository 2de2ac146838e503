"""Lint the bundled spec: what this project asks of every operation, and what the generator gets wrong silently.

The rules are in `spec_rules/`. `scripts/generate.py` refuses a document that breaks one.

    python scripts/lint_spec.py
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import bundle_spec
from spec_rules import RULES, Finding
from spec_walk import Node, Spec


def lint(document: Node, owners: Mapping[str, str] | None = None) -> list[Finding]:
    """Everything that is wrong with a bundled document.

    Args:
        document: The bundle.
        owners: The domain file each path was written in, to compare with its tags.
    """
    spec = Spec(document, owners or {})
    return list(dict.fromkeys(finding for rule in RULES for finding in rule(spec)))


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description="Lint spec/domains/*.yaml as one document.")
    parser.add_argument("--root", type=Path, default=bundle_spec.ROOT, help=argparse.SUPPRESS)
    domains = parser.parse_args(arguments).root / bundle_spec.DOMAINS
    try:
        findings: list[Any] = list(lint(bundle_spec.bundle(domains), bundle_spec.owners(domains)))
    except bundle_spec.SpecError as error:
        findings = [f"lint_spec: {error}"]
    for finding in findings:
        print(finding, file=sys.stderr)
    return 1 if findings else 0


if __name__ == "__main__":
    sys.exit(main())
