"""Money of several plans side by side, year by year, in one vocabulary.

What a cycle calls a funding source or a type of scheme is of a line of the vocabulary
(`plans.cycle_definitions.succession`), so that a row goes on where a name changed.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from operator import attrgetter
from typing import Any

from bcf.assurance.figures import Choice, PlanFigures
from bcf.assurance.totals import A, counting, income_rows, lines_by, total_line, years_of
from bcf.money import total
from bcf.periods import Period
from plans.cycle_definitions import CycleDefinition, Line, lines


@dataclass(frozen=True)
class Column:
    """One year of one plan: nothing is added over plans, for one may stand beside another."""

    plan: PlanFigures
    cycle: CycleDefinition
    year: Period


@dataclass(frozen=True)
class Row:
    """One line of the vocabulary, or what is of none; amounts in pounds, one for each column.

    None where a year states nothing of it.
    """

    choice: Choice
    amounts: tuple[Decimal | None, ...]
    line: Line | None = None


@dataclass(frozen=True)
class OverYears:
    """A table over the years: its columns, its rows, and the total under each column."""

    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    totals: tuple[Decimal | None, ...]


def columns_of(plans: Sequence[tuple[PlanFigures, CycleDefinition]]) -> tuple[Column, ...]:
    """The years of each plan, the earliest first; years of which it states nothing are left out."""
    found = [
        Column(plan, cycle, year)
        for plan, cycle in plans
        for year in years_of(plan)
        if year in _years_stated(plan)
    ]
    return tuple(sorted(found, key=lambda each: (each.year, each.cycle.years, each.plan.slug)))


def _years_stated(plan: PlanFigures) -> set[Period]:
    return {row.year for row in income_rows(plan)} | {row.year for row in plan.spend_lines}


def income_by_source(columns: Sequence[Column], cycles: Sequence[CycleDefinition]) -> OverYears:
    """Income by funding source."""
    return _over(columns, lines(cycles, "funding_sources"), income_rows, attrgetter("source"))


def spend_by_source(columns: Sequence[Column], cycles: Sequence[CycleDefinition]) -> OverYears:
    """Spend in the pool by funding source."""
    return _over(columns, lines(cycles, "funding_sources"), _spent, attrgetter("source"))


def spend_by_type(columns: Sequence[Column], cycles: Sequence[CycleDefinition]) -> OverYears:
    """Spend in the pool by type of scheme, or by activity."""
    return _over(columns, lines(cycles, "scheme_types"), _spent, attrgetter("scheme_type"))


def spend_by_area(columns: Sequence[Column], cycles: Sequence[CycleDefinition]) -> OverYears:
    """Spend in the pool by area of spend."""
    return _over(columns, lines(cycles, "areas_of_spend"), _spent, attrgetter("area"))


def _spent(plan: PlanFigures) -> list[Any]:
    return counting(plan.spend_lines)


def _over(
    columns: Sequence[Column],
    vocabulary: Sequence[Line],
    rows_of: Callable[[PlanFigures], list[A]],
    choice_of: Callable[[A], Choice],
) -> OverYears:
    line_of = {key: line for line in vocabulary for key in line.keys}
    found: dict[Choice, dict[int, list[Decimal | None]]] = {}
    of: dict[Choice, Line] = {}
    totals = []
    for place, column in enumerate(columns):
        own = [row for row in rows_of(column.plan) if row.year == column.year]
        totals.append(total_line(own, [column.year]).total)
        for each in lines_by(own, [column.year], choice_of):
            line = line_of.get(each.choice.key)
            row = Choice(line.key, line.label) if line else each.choice
            if line:
                of[row] = line
            found.setdefault(row, {}).setdefault(place, []).append(each.total)
    order = {line.key: number for number, line in enumerate(vocabulary)}
    return OverYears(
        columns=tuple(columns),
        rows=tuple(
            Row(choice, _amounts(found[choice], len(columns)), of.get(choice))
            for choice in sorted(found, key=lambda each: order.get(each.key, len(order)))
        ),
        totals=tuple(totals),
    )


def _amounts(found: dict[int, list[Decimal | None]], columns: int) -> tuple[Decimal | None, ...]:
    """What is found at each place, added where a line of several names has several there."""
    stated = {
        place: [amount for amount in amounts if amount is not None]
        for place, amounts in found.items()
    }
    return tuple(total(stated[place]) if stated.get(place) else None for place in range(columns))
