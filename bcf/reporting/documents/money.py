"""The money of a plan: funding, requirements, cuts of its spend, and charts of them."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from bcf.assurance.cuts import (
    Contributed,
    Crossed,
    contributed,
    income_crossed,
    largest,
    spend_crossed,
)
from bcf.assurance.figures import NOT_STATED
from bcf.assurance.money_tables import (
    balance_table,
    income_table,
    objective_table,
    part_tables,
    source_notes,
    spend_tables,
)
from bcf.assurance.totals import Line
from bcf.charts import Bar, BarChart, Group
from bcf.money import format_pounds
from bcf.periods import Period
from bcf.reporting.documents.model import Figure, Tabled
from bcf.reporting.documents.reading import Piece, Reading
from bcf.reporting.documents.tables import money_row, tabled, without_empty
from bcf.reporting.plan_tables import requirement_table
from bcf.ui.tables import Cell, Column, Row, Table, build_row, build_table
from plans.cycle_definitions import Block as FormBlock

MOST_GROUPS = 12


def summary(reading: Reading) -> Iterable[Piece]:
    """Whether the money is balanced, and where it comes from and goes, at a glance."""
    yield Tabled(balance_table(reading.summary))
    yield from chart_of(
        reading,
        "income-by-source",
        "Money by funding source",
        "What is paid into the pool, from each funding source, for each year.",
        reading.summary.income_by_source,
    )
    lines = reading.summary.spend_by_scheme
    if [line.choice for line in lines] == [NOT_STATED]:
        what, lines = "theme", reading.summary.spend_by_theme
    else:
        what = "scheme"
    yield from chart_of(
        reading,
        f"spend-by-{what}",
        f"Money by {what}",
        f"What is spent of the pool on each {what}, for each year.",
        lines,
    )


def chart_of(
    reading: Reading, key: str, title: str, description: str, lines: Sequence[Line]
) -> Iterator[Figure]:
    """Lines of money as bars, a bar a year; nothing where there are no lines."""
    shown = largest(lines, MOST_GROUPS)
    if len(shown) < len(lines):
        description = f"{description} The largest {len(shown) - 1} of {len(lines)} are shown."
    years = reading.summary.years
    groups = tuple(Group(line.choice.label, _bars(line, years)) for line in shown)
    if groups:
        yield Figure(BarChart(key, title, description, groups))


def _bars(line: Line, years: Sequence[Period]) -> tuple[Bar, ...]:
    return tuple(
        Bar(year.label, amount, format_pounds(amount) if amount is not None or rows else "none")
        for year, amount, rows in zip(years, line.amounts, line.row_counts, strict=True)
    )


def funding(reading: Reading, form: FormBlock) -> Iterable[Piece]:
    """Income by source; for a joint plan side by side by area; and who pays it."""
    yield Tabled(income_table(reading.summary))
    if reading.parts:
        for year in reading.summary.years:
            yield crossed_table(reading, "Income", "Funding source", year)
    rows = contributed(reading.figures)
    if any(row.contributor != NOT_STATED for row in rows):
        yield _contributors(reading, form, rows)


def crossed_table(reading: Reading, what: str, label: str, year: Period) -> Tabled:
    """The money of a year with the areas side by side."""
    cut = income_crossed if what == "Income" else spend_crossed
    *rows, whole = cut(reading.figures, year)
    table = build_table(
        f"{what.lower()}-by-{label.lower().replace(' ', '-')}-and-area-{year}",
        f"{what} by {label.lower()} and area, {year.label}",
        [
            Column(label, is_row_header=True),
            *(Column(area, "money") for area in reading.areas.values()),
            Column("All areas", "money"),
        ],
        [_crossed_row(row) for row in rows],
        total=_crossed_row(whole),
        empty=f"No {what.lower()} is stated for {year.label}.",
        notes=["An empty cell means that there is no row for that area."],
    )
    return tabled(_without_silent_areas(table))


def _without_silent_areas(table: Table) -> Table:
    """The table without the areas that have nothing in it, such as a joint plan without money."""
    made = without_empty(table)
    return replace(made, notes=table.notes)


def _crossed_row(row: Crossed) -> Row:
    amounts = [Cell("" if amount is None else amount) for amount in row.amounts]
    return build_row([row.choice.label, *amounts, Cell(row.total)])


def _contributors(reading: Reading, form: FormBlock, rows: Sequence[Contributed]) -> Tabled:
    several = bool(reading.parts)
    years = reading.summary.years
    table = build_table(
        "contributions",
        "Contributions by source and contributor",
        [
            Column(form.column_label("source", "Funding source"), is_row_header=True),
            *([Column("Area")] if several else []),
            Column(form.column_label("contributor", "Contributor")),
            *year_columns(years),
        ],
        [
            money_row(
                [
                    _source_words(row),
                    *([reading.areas[row.plan]] if several else []),
                    row.contributor.label,
                ],
                amounts_of(row.line),
            )
            for row in rows
        ],
        total=money_row(
            ["Total", *([""] if several else []), ""], amounts_of(reading.summary.income)
        ),
        notes=source_notes(
            (each for row in rows for each in row.line.citations), with_places=False
        ),
    )
    return tabled(table)


def _source_words(row: Contributed) -> str:
    sub = row.sub_source
    return f"{row.source.label}: {sub.label}" if sub != NOT_STATED else row.source.label


def year_columns(years: Sequence[Period]) -> list[Column]:
    columns = [Column(year.label, "money") for year in years]
    return [*columns, Column("All years", "money")] if len(years) > 1 else columns


def amounts_of(line: Line) -> list[Decimal | str | None]:
    """The amounts of each year and of all; an empty cell where there is no row for a year."""
    pairs = zip(line.amounts, line.row_counts, strict=True)
    cells: list[Decimal | str | None] = [
        amount if amount is not None or rows else "" for amount, rows in pairs
    ]
    return [*cells, line.total] if len(cells) > 1 else cells


def requirements(reading: Reading, form: FormBlock) -> Iterable[Piece]:
    """The published minimums, and what the plan states against each."""
    yield Tabled(requirement_table(reading.figures))


def spend_by_source(reading: Reading, form: FormBlock) -> Iterable[Piece]:
    """Spend by funding source."""
    yield spend_table(reading, "spend-by-source")


def spend_by_theme(reading: Reading, form: FormBlock) -> Iterable[Piece]:
    """Spend by theme; for a joint plan side by side by area."""
    yield spend_table(reading, "spend-by-theme")
    if reading.parts:
        for year in reading.summary.years:
            yield crossed_table(reading, "Spend", "Theme", year)


def spend_table(reading: Reading, key: str) -> Tabled:
    (table,) = [each for each in spend_tables(reading.summary) if each.key == key]
    return tabled(table)


def spend_by_objective(reading: Reading, form: FormBlock) -> Iterable[Piece]:
    """Spend by primary objective, with the share of each."""
    yield tabled(objective_table(reading.summary))


def spend_by_part(reading: Reading, form: FormBlock) -> Iterable[Piece]:
    """Income and spend of a joint plan's areas; nothing for a plan without parts."""
    for table in part_tables(reading.summary):
        yield tabled(table)
