"""The grids of schemes, spend lines and actual spend, of benefits and of milestones."""

from plans.grids.spec import Grid, Total
from schemes.queries import components_under_wholes

SCHEMES = Grid(
    columns=(
        "reference",
        "name",
        "theme",
        "tier",
        "parent",
        "scheme_type",
        "sub_type",
        "type_specified",
        "lead_commissioner",
        "summary",
        "other_names",
        "printed_with",
    ),
    widths={"reference": "narrow", "name": "wide", "scheme_type": "wide", "sub_type": "wide"},
    related=("parent", "lead_commissioner"),
)

# A line counts when it is in the pool and breaks down no other.
SPEND_LINES = Grid(
    columns=(
        "description",
        "financial_year",
        "scheme",
        "theme",
        "funding_source",
        "amount",
        "in_pool",
        "area_of_spend",
        "area_specified",
        "commissioner",
        "nhs_percent",
        "la_percent",
        "provider_type",
        "provider",
        "primary_objective",
        "new_or_existing",
        "breaks_down",
        "planned_output",
        "output_unit",
        "comment",
    ),
    labels={"in_pool": "In pool", "breaks_down": "Component of"},
    widths={"description": "wide"},
    total=Total("amount", where={"in_pool": "yes", "breaks_down": ""}, side="spend"),
    order=components_under_wholes,
    related=("scheme", "provider", "breaks_down"),
)

SPEND_ACTUALS = Grid(
    columns=("line", "quarter", "spent", "forecast", "output", "note"),
    widths={"line": "widest"},
    total=Total("spent", by="quarter"),
    related=("line",),
)

BENEFITS = Grid(
    columns=(
        "schemes",
        "metrics",
        "financial_year",
        "change",
        "change_unit",
        "unit_price",
        "price_basis",
        "saving",
        "beneficiary",
        "costing_assumption",
        "savings_assumption",
        "note",
    ),
    total=Total("saving"),
    together=("schemes", "metrics"),
)

BENEFIT_PROFILES = Grid(
    columns=("benefit", "month", "planned", "actual", "forecast"),
    widths={"benefit": "widest"},
    related=("benefit",),
)

MILESTONES = Grid(
    columns=(
        "title",
        "group",
        "printed_ref",
        "schemes",
        "starts",
        "due",
        "when_in_words",
        "financial_year",
        "done_on",
    ),
    widths={"title": "widest", "group": "medium", "printed_ref": "narrow"},
    together=("schemes",),
)
