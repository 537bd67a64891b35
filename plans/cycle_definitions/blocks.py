"""What the sections of a template may hold besides questions, by key: fields and blocks.

A field is one fact of the plan; a block is a table or a text that is filled from the plan's rows.
The lists are closed: the document has a writer for each entry, and a definition or a plan's own
heading that names another is refused.
"""

from dataclasses import dataclass

# Facts of the plan; those of a year name one of the cycle's years.
FIELDS = (
    "boards",
    "local-authorities",
    "commissioners",
    "boundary-differences",
    "agreed",
    "submitted",
    "minimum-pool",
    "total-pool",
)
FIELDS_OF_A_YEAR = ("minimum-pool", "total-pool")


@dataclass(frozen=True)
class BlockKind:
    """What a block is called, and the columns that a form may print a heading of its own for."""

    label: str
    columns: tuple[str, ...] = ()


BLOCKS = {
    "authorisation": BlockKind(
        "Authorisation and sign-off",
        (
            "organisation",
            "name",
            "position",
            "date",
        ),
    ),
    "related-documents": BlockKind(
        "Related documents",
        (
            "reference",
            "title",
            "synopsis",
            "link",
        ),
    ),
    "population": BlockKind("Population"),
    "milestones": BlockKind("Milestones"),
    "governance-structure": BlockKind("Governance structure"),
    "scheme-list": BlockKind(
        "List of schemes",
        (
            "reference",
            "name",
            "description",
            "links",
            "milestones",
            "when",
        ),
    ),
    "scheme-descriptions": BlockKind(
        "Detailed descriptions of schemes",
        (
            "reference",
            "name",
            "description",
            "objective",
            "overview",
            "delivery-chain",
            "evidence",
            "investment",
            "impact",
            "feedback",
            "success-factors",
        ),
    ),
    "scheme-contributions": BlockKind("What schemes contribute to metrics"),
    "risk-log": BlockKind(
        "Risk log",
        (
            "reference",
            "risk",
            "likelihood",
            "impact",
            "rating",
            "mitigation",
            "after",
        ),
    ),
    "risk-share": BlockKind("Risk share"),
    "national-conditions": BlockKind("National conditions"),
    "planning-requirements": BlockKind(
        "Planning requirements",
        (
            "number",
            "requirement",
            "status",
            "text",
            "action",
            "due",
        ),
    ),
    "maturity": BlockKind(
        "High Impact Change Model",
        (
            "change",
            "current",
            "planned",
            "milestone",
            "due",
            "success",
        ),
    ),
    "provider-commentary": BlockKind(
        "Provider commentary",
        (
            "board",
            "provider",
            "signatory",
            "figures",
            "agrees",
            "commentary",
        ),
    ),
    "funding": BlockKind(
        "Funding sources",
        (
            "source",
            "contributor",
            "amount",
        ),
    ),
    "requirements": BlockKind("Published minimums"),
    "expenditure": BlockKind(
        "Expenditure",
        (
            "scheme-reference",
            "scheme",
            "scheme-type",
            "sub-type",
            "type-specified",
            "area-of-spend",
            "area-specified",
            "commissioner",
            "nhs-percent",
            "local-authority-percent",
            "provider",
            "funding-source",
            "amount",
            "output",
            "output-unit",
            "new-or-existing",
            "primary-objective",
            "comment",
        ),
    ),
    "spend-by-source": BlockKind("Spend by funding source"),
    "spend-by-theme": BlockKind("Spend by theme"),
    "spend-by-objective": BlockKind("Spend by primary objective"),
    "spend-by-part": BlockKind("Spend by part of the plan"),
    "benefits": BlockKind(
        "Benefits",
        (
            "metric",
            "scheme",
            "beneficiary",
            "change",
            "unit-price",
            "saving",
            "calculation",
        ),
    ),
    "metrics": BlockKind("Metrics"),
    "metric-options": BlockKind(
        "Local metrics considered",
        (
            "metric",
            "relevance",
            "accuracy",
            "feasibility",
        ),
    ),
    "costing-assumptions": BlockKind(
        "Assumptions behind costs and savings",
        (
            "scheme",
            "cost",
            "saving",
        ),
    ),
    "payment-for-performance": BlockKind("Payment for performance"),
}
