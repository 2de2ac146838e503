"""What changed between two bundled documents, and what of it breaks whom.

Documents are compared as callers meet them: references are followed, and what a request accepts must not become less,
what an answer holds must neither become less nor something else. What counts as breaking, and why, is in
`docs/decisions/0032-what-breaks.md`.
"""

from __future__ import annotations

from collections.abc import Mapping

from spec_walk import Node

from spec_diff import access, bodies, extensions, head, media, operations, parameters, problems, schemas, security
from spec_diff.change import Change
from spec_diff.document import Document
from spec_diff.plain import both_plain
from spec_diff.walk import At, Comparison, Exempt, Rule

__all__ = ["RULES", "Change", "Document", "Exempt", "compare"]

RULES: Mapping[str, Mapping[str, Rule]] = {
    "document": head.DOCUMENT,
    "info": head.INFO,
    **head.TEXTS,
    "server": operations.SERVER,
    "path": operations.PATH_ITEM,
    "operation": operations.OPERATION,
    "parameter": parameters.PARAMETER,
    "header": parameters.HEADER,
    "request body": bodies.REQUEST_BODY,
    "response": bodies.RESPONSE,
    "media type": media.MEDIA_TYPE,
    "security scheme": security.SECURITY_SCHEME,
    "schema": schemas.RULES,
    "x-access": access.RULES,
    "x-audit": extensions.AUDIT_RULES,
    "problem code": problems.PROBLEM_CODE,
}
"""The rule for each key of each kind of object. The kinds are those of `spec_rules/keywords.py`, and our extensions."""


def compare(old: Node | Document, new: Node) -> list[Change]:
    """Every change between two bundled documents that somebody could notice.

    Args:
        old: The document as released. Compared with many others, it should be a `Document`.
        new: The document as it is now.
    """
    before = old if isinstance(old, Document) else Document(old)
    comparison = Comparison(before, Document(new, like=before), RULES, {"schema": both_plain})
    comparison.fields("document", before.content, new, At("", "document"))
    head.classes(comparison, before.content, new, At("", "document"))
    return comparison.changes
