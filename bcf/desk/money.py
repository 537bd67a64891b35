"""The money of one plan as tables in which each row leads to its page in the admin."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TypeVar

from bcf.assurance.figures import Contribution, PlanFigures, Requirement, SpendLine
from bcf.assurance.totals import Line, counting, total_line, years_of
from bcf.periods import Period
from bcf.ui.tables import Cell, Column, Row, Table, Value, build_row, build_table

M = TypeVar("M", Contribution, SpendLine)

# Gives the address of a row by its ref.
Address = Callable[[str], str]

# A table that is longer is read in its list, page by page.
MOST_ROWS = 300


def contributions_table(plan: PlanFigures, address: Address) -> Table:
    """What each organisation pays in, year by year, with the total of each year."""
    years = years_of(plan)
    totals = total_line(plan.contributions, years)

    def row(each: Contribution) -> Row:
        source = _joined(each.source.label, each.sub_source.label if each.sub_source.key else "")
        return build_row(
            [
                Cell(source, url=address(each.ref)),
                each.year.label,
                each.contributor.label,
                each.amount,
            ]
        )

    rows = _by_year(plan.contributions, years, lambda each: [row(each)], totals, 4)
    return build_table(
        "contributions",
        "Contributions",
        [
            Column("Funding source", is_row_header=True),
            Column("Financial year"),
            Column("Contributor"),
            Column("Amount (£)", "money"),
        ],
        rows[:MOST_ROWS],
        total=_total(totals, 4),
        notes=_cut(rows),
        empty="No contribution is entered yet.",
    )


def spend_table(plan: PlanFigures, address: Address) -> Table:
    """Spend lines, each with its components under it, and the total of each year that counts."""
    years = years_of(plan)
    totals = total_line(counting(plan.spend_lines), years)
    components: dict[str, list[SpendLine]] = {}
    for line in plan.spend_lines:
        components.setdefault(line.breaks_down, []).append(line)

    def family(line: SpendLine) -> list[Row]:
        below = [_spend_row(each, address, indent=1) for each in components.get(line.ref, ())]
        return [_spend_row(line, address), *below]

    rows = _by_year(components.get("", ()), years, family, totals, 6)
    return build_table(
        "spend-lines",
        "Spend lines",
        [
            Column("Spend line", is_row_header=True),
            Column("Financial year"),
            Column("Scheme"),
            Column("Funding source"),
            Column("Counts in the pool"),
            Column("Amount (£)", "money"),
        ],
        rows[:MOST_ROWS],
        total=_total(totals, 6),
        notes=[*_left_out(plan.spend_lines), *_cut(rows)],
        empty="No spend line is entered yet.",
    )


def _spend_row(line: SpendLine, address: Address, indent: int = 0) -> Row:
    counts = "No: component" if line.breaks_down else "Yes" if line.in_pool else "No: not in pool"
    cells: list[Cell | Value] = [
        Cell(line.description, url=address(line.ref)),
        line.year.label,
        line.scheme.label if line.scheme.key else "",
        line.source.label if line.source.key else "",
        counts,
        line.amount,
    ]
    return build_row(cells, indent=indent)


def _left_out(lines: Iterable[SpendLine]) -> list[str]:
    if all(line.counts for line in lines):
        return []
    return [
        "The totals are of the lines that count: a component is part of the line above it, and a "
        "line outside the pool stands beside it."
    ]


def requirements_table(plan: PlanFigures, address: Address) -> Table:
    """The published minimums of each year beside what the plan states."""

    def row(each: Requirement) -> Row:
        rule = Cell(each.rule.label, url=address(each.ref))
        return build_row([rule, each.year.label, each.minimum, each.actual])

    rows = [row(each) for each in sorted(plan.requirements, key=lambda each: each.year)]
    return build_table(
        "requirements",
        "Published minimums",
        [
            Column("Requirement", is_row_header=True),
            Column("Financial year"),
            Column("Minimum (£)", "money"),
            Column("As the plan states it (£)", "money"),
        ],
        rows[:MOST_ROWS],
        notes=["Minimums overlap, so they are not added up.", *_cut(rows)],
        empty="No published minimum is entered yet.",
    )


def _by_year(
    rows: Iterable[M],
    years: Sequence[Period],
    draw: Callable[[M], list[Row]],
    totals: Line,
    width: int,
) -> list[Row]:
    """The rows of each year followed by its total, where there are several years."""
    ordered = list(rows)
    drawn: list[Row] = []
    for place, year in enumerate(years):
        of_year = [each for each in ordered if each.year == year]
        drawn += [row for each in of_year for row in draw(each)]
        if of_year and len(years) > 1:
            label = f"Total of {year.label}"
            amount = totals.amounts[place]
            drawn.append(build_row([label, *[""] * (width - 2), amount], emphasis=True))
    return drawn


def _total(totals: Line, width: int) -> list[Cell | Value]:
    return ["All years", *[""] * (width - 2), totals.total]


def _cut(rows: Sequence[Row]) -> Iterator[str]:
    if len(rows) > MOST_ROWS:
        yield f"The first {MOST_ROWS} of {len(rows):,} rows. The list has all of them."


def _joined(first: str, second: str) -> str:
    return f"{first}: {second}" if second else first
