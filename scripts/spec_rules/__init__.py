"""The rules for the spec, each a small function from the document to findings.

The reasons for rules that look arbitrary are in their docstrings.
"""

from collections.abc import Callable

from spec_walk import Spec

from spec_rules import access, content, keywords, names, operations, problems, schemas
from spec_rules.finding import Finding, Findings

__all__ = ["RULES", "Finding", "Rule"]

Rule = Callable[[Spec], Findings]

RULES: tuple[Rule, ...] = (
    keywords.keywords,
    keywords.extensions,
    operations.tags,
    operations.operation_ids,
    access.access,
    operations.effects,
    operations.locks,
    operations.idempotency,
    operations.audit,
    operations.conditional_updates,
    problems.catalogue,
    problems.problems,
    operations.default_response,
    operations.path_parameters,
    content.request_bodies,
    content.answers,
    content.accepted,
    content.paging,
    names.schema_names,
    names.schema_titles,
    names.property_names,
    names.parameter_names,
    schemas.no_defaults,
    schemas.no_discriminator,
    schemas.plain_styles,
    schemas.references,
    schemas.named_objects,
    schemas.closed_requests,
    schemas.no_null_answers,
    schemas.text_enums,
    schemas.bounded_requests,
)
