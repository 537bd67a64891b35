"""Supplements and refreshes beside their plan: their money, and what a refresh changes.

The money of each is its own: it is added to that of no other plan.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from operator import attrgetter

from bcf.assurance.figures import Choice, PlanFigures
from bcf.assurance.gather import figures_apart
from bcf.assurance.measured import Measured, MetricFigure, gather_measured
from bcf.assurance.totals import TOTAL, counting, income_rows, lines_by, total_line, years_of
from bcf.base.worked import Figure
from bcf.periods import FinancialYear, Period
from metrics.choices import ValueKind
from plans.cycle_definitions import REFRESH
from plans.models import Plan

PLANNED = (ValueKind.PLAN, ValueKind.TARGET)


@dataclass(frozen=True)
class Attached:
    """A supplement to a plan or a refresh of it, with what it pays in and spends itself."""

    plan: Plan
    income: Decimal | None
    spend: Decimal | None

    @property
    def replaces(self) -> tuple[FinancialYear, ...]:
        """The years for which it takes the place of its plan, once it is submitted."""
        return tuple(self.plan.years) if self.plan.kind == REFRESH else ()


@dataclass(frozen=True)
class MoneyBeside:
    """What comes from a funding source in a year, or is spent of it: of the plan, of its refresh.

    None where no row states an amount.
    """

    year: Period
    source: Choice
    planned: Decimal | None
    refreshed: Decimal | None
    is_spend: bool = False

    @property
    def change(self) -> Decimal | None:
        """What the refresh adds, in pounds; None where either amount is not stated."""
        if self.planned is None or self.refreshed is None:
            return None
        return self.refreshed - self.planned


@dataclass(frozen=True)
class MetricBeside:
    """What a plan and its refresh plan for the same of a metric; None where one does not.

    `area` is a board's where the plans are of several and the figure is of that one alone.
    """

    name: str
    area: str
    period: Period
    planned: Figure | None
    refreshed: Figure | None


@dataclass(frozen=True)
class Refreshed:
    """A plan's figures of the years of its refresh beside those of the refresh."""

    money: tuple[MoneyBeside, ...]
    metrics: tuple[MetricBeside, ...]


def attached_money(plans: Sequence[Plan]) -> tuple[Attached, ...]:
    """The supplements and refreshes among these plans, whose boards are read, with their money.

    A part of another of them is in that one's money. Three queries; none where there are no plans.
    """
    known = {each.pk for each in plans}
    found = zip(plans, figures_apart(plans), strict=True)
    return tuple(_attached(*each) for each in found if each[0].part_of_id not in known)


def _attached(plan: Plan, figures: PlanFigures) -> Attached:
    years = years_of(figures)
    return Attached(
        plan,
        total_line(income_rows(figures), years).total,
        total_line(counting(figures.all_spend_lines), years).total,
    )


def plan_beside(base: Sequence[Plan], money: PlanFigures, measured: Measured) -> Refreshed:
    """What a refresh, of which these are the money and the metrics, changes of its plan.

    `base` is that plan and then those of its parts that may be read. Five queries.
    """
    before = figures_apart(base)[0]
    known = gather_measured(base, with_context=False)
    boards = base[0].boards.all()
    areas = {board.slug: board.area for board in boards} if len(boards) > 1 else {}
    return Refreshed(
        tuple(_money_beside(before, money)),
        tuple(_metrics_beside(known, measured, money.years, areas)),
    )


def _money_beside(before: PlanFigures, after: PlanFigures) -> Iterable[MoneyBeside]:
    for year in after.years:
        for is_spend in (False, True):
            planned, refreshed = (_by_source(each, year, is_spend) for each in (before, after))
            for source in sorted({**planned, **refreshed}, key=_totals_last):
                yield MoneyBeside(
                    year, source, planned.get(source), refreshed.get(source), is_spend
                )


def _totals_last(source: Choice) -> bool:
    return source == TOTAL


def _by_source(
    plan: PlanFigures, year: FinancialYear, is_spend: bool
) -> dict[Choice, Decimal | None]:
    found = plan.of_year(year)
    rows = counting(found.all_spend_lines) if is_spend else income_rows(found)
    lines = lines_by(rows, (year,), attrgetter("source"))
    whole = total_line(rows, (year,))
    return {line.choice: line.total for line in (*lines, whole) if lines}


def _metrics_beside(
    before: Measured, after: Measured, years: Sequence[FinancialYear], areas: Mapping[str, str]
) -> Iterable[MetricBeside]:
    planned, refreshed = (_planned(each, years, areas) for each in (before, after))
    for key, row in {**planned, **refreshed}.items():
        old, new = planned.get(key), refreshed.get(key)
        yield MetricBeside(
            row.about.name,
            areas.get(row.board, ""),
            row.period,
            old.value if old else None,
            new.value if new else None,
        )


def _planned(
    measured: Measured, years: Sequence[FinancialYear], areas: Mapping[str, str]
) -> dict[tuple[object, ...], MetricFigure]:
    """What is planned of whole metrics in these years, by what it is of.

    A plan and a target are alike. A plan of one board need not name it.
    """
    return {
        (
            each.metric,
            areas.get(each.board, ""),
            each.period,
            each.measure,
            each.unit,
            each.attribution,
        ): each
        for each in measured.values
        if each.plan and each.kind in PLANNED and _is_whole(each) and _is_in(each.period, years)
    }


def _is_whole(each: MetricFigure) -> bool:
    return not (each.breakdown or each.provider or each.commissioner or each.series)


def _is_in(period: Period, years: Iterable[FinancialYear]) -> bool:
    """Whether a period ends in one of these years."""
    ends = period.ends_on
    return ends is not None and any(year.starts_on <= ends <= year.ends_on for year in years)
