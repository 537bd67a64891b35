"""The rows of a plan as tables: requirements, contributions, spend lines, with their sources."""

from collections.abc import Iterable, Mapping
from decimal import Decimal

from bcf.assurance.figures import PlanFigures
from bcf.assurance.money_tables import ENTERED_HERE, cited, source_notes
from bcf.base.models import Published
from bcf.base.published import PrintedUnit
from bcf.money import format_pounds, total
from bcf.ui.tables import Cell, Column, Row, Table, build_row, build_table
from plans.models import Contribution, FundingShare
from schemes.models import SpendLine


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


def contribution_table(
    rows: Iterable[Contribution], whole: Decimal | None, areas: Mapping[int, str]
) -> Table:
    """Contributions, one row each; `whole` is the total of all pages.

    `areas` names the area of each plan by its key; several areas get a column of their own.
    """
    rows = list(rows)
    return build_table(
        "contributions",
        "Contributions",
        [
            Column("Funding source", is_row_header=True),
            *_area_column(areas),
            Column("Financial year"),
            Column("Contributor"),
            Column("Amount", "money"),
        ],
        [
            build_row(
                [
                    Cell(row.source_label, note=source_note(row, row.amount)),
                    *_area_cell(areas, row.plan_id),
                    row.financial_year.label,
                    row.contributor.name if row.contributor else "Not stated",
                    row.amount,
                ]
            )
            for row in rows
        ],
        total=["Total of all contributions", *_area_cell(areas), "", "", whole],
        notes=_sources(rows),
        empty="No contribution by source is entered. Until one is, the plan’s income is the "
        "total pool that it states.",
    )


def spend_line_table(
    rows: Iterable[SpendLine], whole: Decimal | None, areas: Mapping[int, str]
) -> Table:
    """Spend lines, the components of a line under it; `whole` is what counts on all pages."""
    rows = list(rows)
    return build_table(
        "spend-lines",
        "Spend lines",
        [
            Column("Spend line", is_row_header=True),
            *_area_column(areas),
            Column("Financial year"),
            Column("Scheme"),
            Column("Theme"),
            Column("Funding source"),
            Column("Counts"),
            Column("Amount", "money"),
        ],
        [_spend_line_row(row, areas) for row in rows],
        total=["Total of the lines that count", *_area_cell(areas), *[""] * 5, whole],
        notes=[
            "A component breaks down the line above it, and a line outside the pool stands "
            "beside it: neither counts in the total.",
            *_sources(rows),
        ],
        empty="No spend line is entered yet.",
    )


def _spend_line_row(row: SpendLine, areas: Mapping[int, str]) -> Row:
    counts = "Yes" if row.counts else "No: component" if row.breaks_down_id else "No: not in pool"
    return build_row(
        [
            Cell(row.description, note=source_note(row, row.amount)),
            *_area_cell(areas, row.plan_id),
            row.financial_year.label,
            row.scheme.reference if row.scheme else "Not stated",
            row.theme or "Not stated",
            row.source_label or "Not stated",
            counts,
            row.amount,
        ],
        indent=1 if row.breaks_down_id else 0,
    )


def _area_column(areas: Mapping[int, str]) -> list[Column]:
    return [Column("Area")] if len(areas) > 1 else []


def _area_cell(areas: Mapping[int, str], plan_id: int | None = None) -> list[str]:
    if len(areas) < 2:
        return []
    return ["" if plan_id is None else areas[plan_id]]


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


def _sources(rows: Iterable[Published]) -> list[str]:
    return source_notes((row.citation for row in rows if row.citation), with_places=False)


def source_note(row: Published, amount: Decimal | None) -> str:
    """Where a figure stands in its document, how it is printed, and whether it was changed."""
    parts = [row.citation.place if row.citation else ENTERED_HERE]
    if row.printed:
        parts.append(f"printed as {row.printed} ({_unit(row)})")
    if row.printed_amount is not None and amount != row.printed_amount:
        parts.append(f"changed here from {format_pounds(row.printed_amount)}")
    return "; ".join(filter(None, parts))


def _unit(row: Published) -> str:
    words = PrintedUnit(row.printed_unit).label if row.printed_unit else "no unit"
    if row.unit_meant and row.unit_meant != row.printed_unit:
        return f"{words}, meaning {PrintedUnit(row.unit_meant).label}: {row.unit_ground}"
    return words
