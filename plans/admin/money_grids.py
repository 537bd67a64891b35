"""The grids of a plan's money: who pays what in, and what the pool must hold at least."""

from plans.grids.spec import Grid, Total
from plans.row_forms import ContributionTableForm

CONTRIBUTIONS = Grid(
    form=ContributionTableForm,
    columns=(
        "financial_year",
        "funding_source",
        "sub_source",
        "contributor",
        "amount",
        "note",
    ),
    widths={"funding_source": "wide", "sub_source": "wide"},
    total=Total("amount", side="income"),
    related=("contributor",),
)

REQUIREMENTS = Grid(
    columns=("financial_year", "rule", "minimum", "actual", "note"),
    labels={"rule": "Requirement"},
    widths={"rule": "widest"},
)
