"""Totals of a plan's money: pure functions over `PlanFigures`, exact to the penny.

What counts as spend is a line in the pool that breaks down no other line. What counts as income
is what the contributions state; where a plan states its pool as a whole and its contributions
do not reach it, the rest is income too, named as not stated by source, so that a plan which
prints no income by source shows no false imbalance.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from itertools import groupby
from operator import attrgetter
from typing import NamedTuple, Protocol, TypeVar

from bcf.assurance.figures import (
    NOT_STATED,
    STATED_POOL,
    Choice,
    PlanFigures,
    SpendLine,
)
from bcf.base.published import Citation
from bcf.money import PENNY, ZERO, total
from bcf.periods import Period

TOTAL = Choice("total", "Total")
NOT_BY_SOURCE = Choice(STATED_POOL, "Stated total pool, not by source")
REST_OF_POOL = Choice("rest-of-pool", "Rest of the stated total pool, not by source (worked out)")


class Amount(Protocol):
    """A row with an amount for a year, rounded as its document rounds it."""

    @property
    def year(self) -> Period: ...
    @property
    def amount(self) -> Decimal | None: ...
    @property
    def rounded_to(self) -> Decimal: ...
    @property
    def citation(self) -> Citation | None: ...
    @property
    def is_changed(self) -> bool: ...


A = TypeVar("A", bound=Amount)


class Income(NamedTuple):
    """One row of income: a contribution, or the rest of a stated pool."""

    plan: str
    year: Period
    source: Choice
    amount: Decimal | None
    rounded_to: Decimal
    citation: Citation | None
    is_changed: bool = False
    sub_source: Choice = NOT_STATED
    contributor: Choice = NOT_STATED


@dataclass(frozen=True)
class Line:
    """One line of a table of money: for each year an amount, and of how many rows it is made.

    An amount is None where no row states one. `unstated` counts rows whose amount the document
    leaves out; they are in no total.
    """

    choice: Choice
    amounts: tuple[Decimal | None, ...]
    row_counts: tuple[int, ...]
    citations: tuple[Citation, ...] = ()
    uncited: int = 0
    unstated: int = 0
    changed: int = 0

    @property
    def total(self) -> Decimal | None:
        """The amounts of all years together; None when none is stated."""
        stated = [amount for amount in self.amounts if amount is not None]
        return total(stated) if stated else None


class Verdict(StrEnum):
    """How income and spend of a year stand to each other."""

    BALANCED = "balanced"
    WITHIN_ROUNDING = "balanced within rounding"
    DIFFERS = "differs"
    NOT_STATED = "not stated"


@dataclass(frozen=True)
class Balance:
    """Income, spend and income minus spend of a year, in pounds.

    `tolerance` is the most that rounding of the figures can account for: half of what each is
    rounded to, added up; one that is given to the penny is exact. `unstated` counts rows of the
    year that state no amount.
    """

    year: Period
    income: Decimal | None
    spend: Decimal | None
    tolerance: Decimal
    unstated: int = 0

    @property
    def difference(self) -> Decimal | None:
        if self.income is None or self.spend is None:
            return None
        return self.income - self.spend

    @property
    def verdict(self) -> Verdict:
        difference = self.difference
        if difference is None:
            return Verdict.NOT_STATED
        if difference == 0:
            return Verdict.BALANCED
        within = abs(difference) <= self.tolerance
        return Verdict.WITHIN_ROUNDING if within else Verdict.DIFFERS


def income_rows(plan: PlanFigures) -> list[Income]:
    """The income of the plan and its parts, each plan's stated pool held against its own rows."""
    return [row for each in plan.everything() for row in _own_income(each)]


def _own_income(plan: PlanFigures) -> list[Income]:
    rows = [
        Income(
            plan.slug,
            row.year,
            row.source,
            row.amount,
            row.rounded_to,
            row.citation,
            row.is_changed,
            row.sub_source,
            row.contributor,
        )
        for row in plan.contributions
    ]
    for pool in plan.requirements:
        if not pool.is_total_pool or pool.actual is None:
            continue
        by_source = total(row.amount for row in rows if row.year == pool.year)
        rest = pool.actual - by_source
        if rest > 0:
            name = REST_OF_POOL if by_source else NOT_BY_SOURCE
            rows.append(Income(plan.slug, pool.year, name, rest, pool.rounded_to, pool.citation))
    return rows


def counting(lines: Iterable[SpendLine]) -> list[SpendLine]:
    """The spend lines that count: in the pool, and breaking down no other line."""
    return [line for line in lines if line.counts]


def years_of(plan: PlanFigures) -> tuple[Period, ...]:
    """The cycle's years, and after them any other period that a row is stated for."""
    return years_with(plan, income_rows(plan))


def years_with(plan: PlanFigures, income: Iterable[Income]) -> tuple[Period, ...]:
    """The same, of income rows of the plan that are at hand."""
    rows = (*plan.all_spend_lines, *income)
    stated = {year for year, _ in groupby(rows, attrgetter("year"))}
    return (*plan.years, *sorted(stated.difference(plan.years)))


def lines_by(
    rows: Iterable[A], years: Sequence[Period], key: Callable[[A], Choice]
) -> tuple[Line, ...]:
    """One line for each choice that occurs, in the order of first occurrence."""
    groups: dict[Choice, list[A]] = defaultdict(list)
    for row in rows:
        groups[key(row)].append(row)
    ordered = sorted(groups, key=lambda choice: choice == NOT_STATED)
    return tuple(_line(choice, groups[choice], years) for choice in ordered)


def total_line(rows: Iterable[Amount], years: Sequence[Period], name: Choice = TOTAL) -> Line:
    """All rows as one line."""
    return _line(name, rows, years)


def _line(choice: Choice, rows: Iterable[Amount], years: Sequence[Period]) -> Line:
    of_years: dict[Period, list[Decimal | None]] = {year: [] for year in years}
    # Rows share the citation that they have in common: each is looked at once.
    citations: dict[int, Citation] = {}
    uncited = unstated = changed = 0
    of_year, amounts = None, []
    for row in rows:
        if row.year is not of_year:
            of_year = row.year
            amounts = of_years.setdefault(of_year, [])
        amounts.append(row.amount)
        if row.amount is None:
            unstated += 1
        if row.citation is None:
            uncited += 1
        else:
            citations[id(row.citation)] = row.citation
        if row.is_changed:
            changed += 1
    return Line(
        choice=choice,
        amounts=tuple([_stated_total(of_years[year]) for year in years]),
        row_counts=tuple([len(of_years[year]) for year in years]),
        citations=tuple(sorted(set(citations.values()), key=str)),
        uncited=uncited,
        unstated=unstated,
        changed=changed,
    )


def _stated_total(amounts: Iterable[Decimal | None]) -> Decimal | None:
    stated = [amount for amount in amounts if amount is not None]
    return total(stated) if stated else None


def balance(plan: PlanFigures, year: Period) -> Balance:
    """Income against spend of one year, for the plan and its parts together."""
    return balance_of(income_rows(plan), counting(plan.all_spend_lines), year)


def balance_of(income: Iterable[Income], spend: Iterable[SpendLine], year: Period) -> Balance:
    """The same, of rows that count and are at hand."""
    income = [row for row in income if row.year == year]
    spend = [row for row in spend if row.year == year]
    rows: list[Amount] = [*income, *spend]
    steps = [row.rounded_to for row in rows if row.amount is not None and row.rounded_to > PENNY]
    return Balance(
        year=year,
        income=_stated_total(row.amount for row in income),
        spend=_stated_total(row.amount for row in spend),
        tolerance=sum(steps, ZERO) / 2,
        unstated=sum(row.amount is None for row in rows),
    )
