"""The rows of a plan as tables: requirements, contributions, spend lines, with their sources."""

from collections.abc import Iterable

from bcf.assurance.figures import PlanFigures
from bcf.assurance.money_tables import ENTERED_HERE, cited, source_notes
from bcf.money import total
from bcf.ui.tables import Cell, Column, Table, build_row, build_table
from plans.models import FundingShare


def requirement_table(figures: PlanFigures) -> Table:
    """The published minimums, and what the plan itself states against each."""
    several = bool(figures.parts)
    areas = {each.slug: each.area for each in figures.everything()}
    return build_table(
        "requirements",
        "Published minimums",
        [
            Column("Requirement", is_row_header=True),
            *([Column("Area")] if several else []),
            Column("Financial year"),
            Column("Minimum", "money"),
            Column("Stated by the plan", "money"),
        ],
        [
            build_row(
                [
                    Cell(row.rule.label, note=row.citation.place if row.citation else ENTERED_HERE),
                    *([areas[row.plan]] if several else []),
                    row.year.label,
                    row.minimum,
                    row.actual,
                ]
            )
            for row in figures.all_requirements
        ],
        notes=source_notes(
            (row.citation for row in figures.all_requirements if row.citation), with_places=False
        ),
        empty="No published minimum is entered yet.",
    )


def shares_table(shares: Iterable[FundingShare]) -> Table:
    """Which share of a board's NHS money each commissioner provides; they add to 100%."""
    shares = list(shares)
    return build_table(
        "funding-shares",
        "Shares of the board’s NHS money",
        [Column("NHS commissioner", is_row_header=True), Column("Share (%)", "percent")],
        [
            [Cell(each.commissioner.name, note=cited(each.citation)), each.percent]
            for each in shares
        ],
        total=["Total", total(each.percent for each in shares)],
        empty="No shares are recorded for this board’s NHS commissioners.",
    )
