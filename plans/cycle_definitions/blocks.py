"""What the sections of a template may hold besides questions, by key: fields and blocks.

A field is one fact of the plan; a block is a table or a text that is filled from the plan's rows.
The lists are closed: the document has a writer for each entry, and a definition or a plan's own
heading that names another is refused.
"""

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

# Blocks and the columns (or labelled rows) that a form may print a heading of its own for.
BLOCKS: dict[str, tuple[str, ...]] = {
    "authorisation": ("organisation", "name", "position", "date"),
    "related-documents": ("reference", "title", "synopsis", "link"),
    "population": (),
    "milestones": (),
    "governance-structure": (),
    "scheme-list": ("reference", "name", "description", "links", "milestones", "when"),
    "scheme-descriptions": (
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
    "scheme-contributions": (),
    "risk-log": ("reference", "risk", "likelihood", "impact", "rating", "mitigation", "after"),
    "risk-share": (),
    "national-conditions": (),
    "maturity": ("change", "current", "milestone", "due", "success"),
    "provider-commentary": (
        "board",
        "provider",
        "signatory",
        "figures",
        "agrees",
        "commentary",
    ),
    "funding": ("source", "contributor", "amount"),
    "requirements": (),
    "expenditure": (
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
    ),
    "spend-by-source": (),
    "spend-by-theme": (),
    "spend-by-part": (),
    "benefits": (
        "metric",
        "scheme",
        "beneficiary",
        "change",
        "unit-price",
        "saving",
        "calculation",
    ),
    "metrics": (),
    "metric-options": ("metric", "relevance", "accuracy", "feasibility"),
    "costing-assumptions": ("scheme", "cost", "saving"),
    "payment-for-performance": (),
}
