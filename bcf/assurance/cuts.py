"""Further cuts of a plan's money for its document: by contributor, line by line, area by area.

Pure functions over `PlanFigures`, in pounds, exact to the penny; the totals are those of
`bcf.assurance.totals`.
"""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from bcf.assurance.figures import Choice, PlanFigures, SpendLine
from bcf.assurance.totals import (
    A,
    Income,
    Line,
    counting,
    income_rows,
    lines_by,
    total_line,
    years_of,
)
from bcf.money import total
from bcf.periods import Period

REST = "rest"


@dataclass(frozen=True)
class Contributed:
    """What one contributor pays in from one source, for each year."""

    plan: str
    source: Choice
    sub_source: Choice
    contributor: Choice
    line: Line


@dataclass(frozen=True)
class Spent:
    """One thing that is bought: a row for each year of it, and its amounts.

    `counts` says whether its amounts are in the total: not those of a component, nor of what is
    bought outside the pool.
    """

    rows: tuple[SpendLine, ...]
    line: Line

    @property
    def row(self) -> SpendLine:
        """The first of its rows: what they all have, it has."""
        return self.rows[0]

    @property
    def counts(self) -> bool:
        return self.row.counts

    @property
    def is_component(self) -> bool:
        return bool(self.row.breaks_down)


def contributed(plan: PlanFigures) -> tuple[Contributed, ...]:
    """Income by area, source, sub-source and contributor, which together are all income."""
    first: dict[Choice, Income] = {}

    def key(row: Income) -> Choice:
        keys = (row.plan, row.source.key, row.sub_source.key, row.contributor.key)
        choice = Choice("|".join(keys), row.source.label)
        first.setdefault(choice, row)
        return choice

    lines = lines_by(income_rows(plan), years_of(plan), key)
    rows = [(first[line.choice], line) for line in lines]
    return tuple(
        Contributed(row.plan, row.source, row.sub_source, row.contributor, line)
        for row, line in rows
    )


def spent(plan: PlanFigures) -> tuple[Spent, ...]:
    """The spend lines of all years, one row a thing, each followed by its components."""
    years = years_of(plan)
    groups: dict[tuple[object, ...], list[SpendLine]] = {}
    group_of: dict[tuple[str, str], tuple[object, ...]] = {}
    seen: Counter[tuple[object, ...]] = Counter()
    for row in plan.all_spend_lines:
        same = (_what(row), row.year)
        what: tuple[object, ...] = (_what(row), seen[same])  # two lines that read alike stay two
        seen[same] += 1
        groups.setdefault(what, []).append(row)
        group_of[row.plan, row.ref] = what
    wholes = [what for what, rows in groups.items() if not rows[0].breaks_down]
    under: dict[object, list[tuple[object, ...]]] = {what: [] for what in wholes}
    for what, rows in groups.items():
        if rows[0].breaks_down:
            under[group_of[rows[0].plan, rows[0].breaks_down]].append(what)
    ordered = [what for whole in wholes for what in (whole, *under[whole])]
    return tuple(Spent(tuple(groups[what]), total_line(groups[what], years)) for what in ordered)


def _what(row: SpendLine) -> tuple[object, ...]:
    """What is the same in every year of one thing."""
    return (
        row.plan,
        row.scheme,
        row.description,
        row.theme,
        row.source,
        row.area,
        row.area_specified,
        row.commissioner,
        row.nhs_percent,
        row.la_percent,
        row.provider_type,
        row.provider,
        row.primary_objective,
        row.in_pool,
        bool(row.breaks_down),
    )


@dataclass(frozen=True)
class Crossed:
    """The amounts of one choice in each area, and their total; None where none is stated."""

    choice: Choice
    amounts: tuple[Decimal | None, ...]
    total: Decimal | None


def crossed(
    rows: Sequence[A], year: Period, key: Callable[[A], Choice], plans: Sequence[str]
) -> tuple[Crossed, ...]:
    """The money of one year by choice and, side by side, by plan; the last row is the total."""
    of_year = [row for row in rows if row.year == year]
    per_plan = [[row for row in of_year if getattr(row, "plan", "") == plan] for plan in plans]
    lines = lines_by(of_year, [year], key)
    made = [
        _crossed(
            line.choice,
            [[row for row in own if key(row) == line.choice] for own in per_plan],
            line,
            year,
        )
        for line in lines
    ]
    whole = total_line(of_year, [year])
    return (*made, _crossed(whole.choice, per_plan, whole, year))


def _crossed(choice: Choice, per_plan: Sequence[Sequence[A]], line: Line, year: Period) -> Crossed:
    amounts = tuple(total_line(own, [year]).total for own in per_plan)
    return Crossed(choice, amounts, line.total)


def income_crossed(plan: PlanFigures, year: Period) -> tuple[Crossed, ...]:
    """A joint plan's income of a year by source and, side by side, by part."""
    return crossed(income_rows(plan), year, lambda row: row.source, _plans(plan))


def spend_crossed(plan: PlanFigures, year: Period) -> tuple[Crossed, ...]:
    """A joint plan's spend of a year by theme and, side by side, by part."""
    return crossed(counting(plan.all_spend_lines), year, lambda row: row.theme, _plans(plan))


def _plans(plan: PlanFigures) -> list[str]:
    return [each.slug for each in plan.everything()]


def largest(lines: Sequence[Line], most: int) -> tuple[Line, ...]:
    """The largest lines, largest first; what is left of them together, where there are more."""
    ordered = sorted(lines, key=lambda line: line.total or Decimal(0), reverse=True)
    if len(ordered) <= most:
        return tuple(ordered)
    kept, left = ordered[: most - 1], ordered[most - 1 :]
    name = Choice(REST, f"The other {len(left)} together")
    return (*kept, _together(name, left))


def _together(name: Choice, lines: Sequence[Line]) -> Line:
    columns = list(zip(*(line.amounts for line in lines), strict=True))
    counts = list(zip(*(line.row_counts for line in lines), strict=True))
    return Line(
        choice=name,
        amounts=tuple(
            total(column) if any(amount is not None for amount in column) else None
            for column in columns
        ),
        row_counts=tuple(map(sum, counts)),
    )
