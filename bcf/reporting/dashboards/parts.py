"""How the parts of a joint plan compare: theme by area and source by area, in each year."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from bcf.assurance.checks.naming import counted, joined
from bcf.assurance.checks.record import Record
from bcf.assurance.cuts import Crossed, income_crossed, spend_crossed
from bcf.assurance.figures import NOT_STATED, Choice, PlanFigures
from bcf.assurance.money_tables import NO_ROW, Where, nowhere, part_tables
from bcf.assurance.summary import MoneySummary
from bcf.assurance.totals import counting, income_rows
from bcf.charts import Bar, BarChart, Group
from bcf.money import format_pounds
from bcf.periods import Period
from bcf.reporting.dashboards.panels import Panel, Question
from bcf.reporting.dashboards.printed_cut import printed_panels
from bcf.ui.tables import Cell, Column, Row, Table, build_row, build_table

KEY, HEADING = "parts", "How do the parts compare?"
ITSELF = "The joint plan itself"
NONE_ENTERED = "none entered"


@dataclass(frozen=True)
class Cut:
    """A cut of a joint plan's money of one year: its rows, the last of them the total, by area.

    `key` is that of the table whose lists hold the rows, and `entered` are the plans and choices
    of which there is a row at all.
    """

    key: str
    name: str
    label: str
    year: Period
    areas: tuple[Choice, ...]
    rows: tuple[Crossed, ...]
    entered: frozenset[tuple[str, Choice]]

    @property
    def panel(self) -> str:
        return f"parts-{self.name}-{self.year.code}"

    @property
    def caption(self) -> str:
        return f"{self.name.capitalize()} by {self.label.lower()} and area, {self.year.label}"


def parts_question(
    record: Record,
    summary: MoneySummary,
    boards: Sequence[tuple[str, str]],
    where: Where = nowhere,
    hidden_parts: int = 0,
) -> Question | None:
    """The parts side by side and together; None for a plan of one board without parts.

    `boards` are slugs and areas. A plan of several boards that has no parts says what is not
    stated. `hidden_parts` is how many parts the reader may not see: where none is left, that is all
    that can be said.
    """
    if not record.money.parts:
        if hidden_parts:
            return Question(KEY, HEADING, (_hidden(hidden_parts),))
        several = len(boards) > 1
        return Question(KEY, HEADING, tuple(_together(summary, boards))) if several else None
    cuts = [cut for year in summary.years for cut in _cuts(record.money, year)]
    return Question(
        KEY,
        HEADING,
        tuple(_sentences(summary)),
        (
            *_totals(summary, where),
            *(_panel(cut, where) for cut in cuts if len(cut.rows) > 1),
            *printed_panels(record),
        ),
    )


def _hidden(number: int) -> str:
    are = "is" if number == 1 else "are"
    parts = counted(number, "part")
    return f"{parts} of the plan {are} not open to you, and in no figure here."


# -- sentences -----------------------------------------------------------------------------


def _together(summary: MoneySummary, boards: Sequence[tuple[str, str]]) -> Iterable[str]:
    """What is stated of several boards together, and what of none of them."""
    areas = joined(area for _, area in boards)
    yield (
        f"How much of the pool is each board’s is not stated: the plan is one for {areas} "
        "together, and has no part for each."
    )
    for word, line in (("pool", summary.income), ("spend", summary.spend)):
        stated = [
            f"{format_pounds(amount)} in {year.label}"
            for year, amount in zip(summary.years, line.amounts, strict=True)
            if amount is not None
        ]
        what = f"Together they {word} {joined(stated)}" if stated else ""
        yield f"{what or f'What they {word} together is not stated'}."


def _sentences(summary: MoneySummary) -> Iterable[str]:
    for place, year in enumerate(summary.years):
        whole = summary.spend.amounts[place]
        if whole is None:
            yield f"What the parts spend in {year.label} is not stated."
            continue
        parts = [
            f"{part.spend.choice.label} {format_pounds(part.spend.amounts[place])}"
            for part in summary.parts
        ]
        yield f"In {year.label}, {format_pounds(whole)} is to be spent together: {joined(parts)}."


# -- pictures and tables -------------------------------------------------------------------


def _totals(summary: MoneySummary, where: Where) -> Iterable[Panel]:
    """Income and spend of each area, in all years."""
    kinds = ("income", "spend")
    for kind, table in zip(kinds, part_tables(summary, where), strict=True):
        lines = [getattr(part, kind) for part in summary.parts]
        groups = tuple(
            Group(
                line.choice.label,
                tuple(
                    _bar(year.label, amount, is_entered=rows > 0)
                    for year, amount, rows in zip(
                        summary.years, line.amounts, line.row_counts, strict=True
                    )
                ),
            )
            for line in lines
        )
        key = f"parts-{kind}"
        title = f"{table.caption}, in pounds"
        chart = BarChart(f"chart-{key}", title, "A bar for each year.", groups)
        is_known = any(line.total is not None for line in lines)
        yield Panel(key, table.caption, chart=chart if is_known else None, table=table)


def _bar(series: str, amount: Decimal | None, *, is_entered: bool) -> Bar:
    if amount is None and not is_entered:
        return Bar(series, None, NONE_ENTERED)
    return Bar(series, amount, format_pounds(amount))


def _cuts(money: PlanFigures, year: Period) -> tuple[Cut, Cut]:
    """Spend by theme, and income by source, of a year."""
    spend = [row for row in counting(money.all_spend_lines) if row.year == year]
    income = [row for row in income_rows(money) if row.year == year]
    areas = tuple(
        Choice(each.slug, ITSELF if each is money else each.area) for each in money.everything()
    )
    return (
        Cut(
            *("spend-by-theme", "spend", "Theme", year, areas, spend_crossed(money, year)),
            frozenset((row.plan, row.theme) for row in spend),
        ),
        Cut(
            *("income-by-source", "income", "Source", year, areas, income_crossed(money, year)),
            frozenset((row.plan, row.source) for row in income),
        ),
    )


def _panel(cut: Cut, where: Where) -> Panel:
    shown = _shown_areas(cut)
    groups = tuple(
        Group(
            "Not stated" if row.choice == NOT_STATED else row.choice.label,
            tuple(
                _bar(
                    cut.areas[place].label,
                    row.amounts[place],
                    is_entered=(cut.areas[place].key, row.choice) in cut.entered,
                )
                for place in shown
            ),
        )
        for row in cut.rows[:-1]
    )
    is_known = any(row.total is not None for row in cut.rows)
    title = f"{cut.caption}, in pounds"
    chart = BarChart(f"chart-{cut.panel}", title, "A bar for each area.", groups)
    return Panel(
        cut.panel, cut.caption, chart=chart if is_known else None, table=_table(cut, shown, where)
    )


def _shown_areas(cut: Cut) -> list[int]:
    """The places of the areas; the joint plan itself only where rows are its own."""
    with_rows = {plan for plan, _ in cut.entered}
    return [place for place, area in enumerate(cut.areas) if place > 0 or area.key in with_rows]


def _table(cut: Cut, shown: Sequence[int], where: Where) -> Table:
    *rows, whole = cut.rows
    areas = [cut.areas[place] for place in shown]
    return build_table(
        cut.panel,
        cut.caption,
        [
            Column(cut.label, is_row_header=True),
            *(Column(area.label, "money") for area in areas),
            Column("Together", "money"),
        ],
        [_row(cut, row, shown, where(cut.key, row.choice, cut.year)) for row in rows],
        total=_total(cut, whole, shown, where),
        notes=[f"{NO_ROW} means that there is no row for that area."]
        if _has_gap(cut, shown)
        else [],
    )


def _row(cut: Cut, row: Crossed, shown: Sequence[int], address: str) -> Row:
    amounts = [row.amounts[place] if _is_entered(cut, row, place) else NO_ROW for place in shown]
    return build_row([row.choice.label, *amounts, _linked(row.total, address)])


def _total(cut: Cut, whole: Crossed, shown: Sequence[int], where: Where) -> Row:
    def of_area(place: int) -> Cell:
        address = where(f"{cut.name}-by-part", cut.areas[place], cut.year)
        return _linked(whole.amounts[place], address)

    return build_row(
        ["Total", *map(of_area, shown), _linked(whole.total, where(cut.key, None, cut.year))]
    )


def _linked(amount: Decimal | None, address: str) -> Cell:
    return Cell(amount, url="" if amount is None else address)


def _is_entered(cut: Cut, row: Crossed, place: int) -> bool:
    return (cut.areas[place].key, row.choice) in cut.entered


def _has_gap(cut: Cut, shown: Sequence[int]) -> bool:
    return any(not _is_entered(cut, row, place) for row in cut.rows[:-1] for place in shown)
