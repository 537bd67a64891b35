"""The summary of a plan's money, which the pages, the documents and the API all show."""

from dataclasses import dataclass
from operator import attrgetter

from bcf.assurance.figures import Choice, PlanFigures
from bcf.assurance.sums import Held, minimums
from bcf.assurance.totals import (
    Balance,
    Income,
    Line,
    balance_of,
    counting,
    income_rows,
    lines_by,
    total_line,
    years_with,
)
from bcf.periods import Period


@dataclass(frozen=True)
class PartSummary:
    """One part of a joint plan: its income and its spend, a line each."""

    slug: str
    income: Line
    spend: Line


@dataclass(frozen=True)
class MoneySummary:
    """Income and spend of a plan by year and by what they are of, with their totals.

    `minimums` are the published minimums against what the plan, with its parts, states.
    """

    years: tuple[Period, ...]
    balances: tuple[Balance, ...]
    income: Line
    income_by_source: tuple[Line, ...]
    spend: Line
    spend_by_source: tuple[Line, ...]
    spend_by_theme: tuple[Line, ...]
    spend_by_scheme: tuple[Line, ...]
    spend_by_area_of_spend: tuple[Line, ...]
    spend_by_primary_objective: tuple[Line, ...]
    outside: Line
    outside_pool: tuple[Line, ...]
    parts: tuple[PartSummary, ...]
    minimums: tuple[Held, ...]


def summarise(plan: PlanFigures) -> MoneySummary:
    """All the totals that are shown of a plan's money; a joint plan adds its parts."""
    income = income_rows(plan)
    years = years_with(plan, income)
    spend = counting(plan.all_spend_lines)
    outside = [line for line in plan.all_spend_lines if not line.in_pool and not line.breaks_down]
    return MoneySummary(
        years=years,
        balances=tuple(balance_of(income, spend, year) for year in years),
        income=total_line(income, years),
        income_by_source=lines_by(income, years, attrgetter("source")),
        spend=total_line(spend, years),
        spend_by_source=lines_by(spend, years, attrgetter("source")),
        spend_by_theme=lines_by(spend, years, attrgetter("theme")),
        spend_by_scheme=lines_by(spend, years, attrgetter("scheme")),
        spend_by_area_of_spend=lines_by(spend, years, attrgetter("area")),
        spend_by_primary_objective=lines_by(spend, years, attrgetter("primary_objective")),
        outside=total_line(outside, years),
        outside_pool=lines_by(outside, years, attrgetter("scheme")),
        parts=tuple(_part(part, income, years) for part in plan.parts),
        minimums=minimums(plan),
    )


def _part(part: PlanFigures, income: list[Income], years: tuple[Period, ...]) -> PartSummary:
    own_income = [row for row in income if row.plan == part.slug]
    name = Choice(part.slug, part.area)
    return PartSummary(
        slug=part.slug,
        income=total_line(own_income, years, name),
        spend=total_line(counting(part.spend_lines), years, name),
    )
