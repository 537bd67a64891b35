"""A figure of a metric held against its plan, its baseline, or the year before."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from bcf.assurance.measured.values import Measured, MetricFigure
from bcf.periods import FinancialYear, Month, Period, Quarter
from metrics.choices import Measure, ValueKind
from metrics.rules import Change, between, change, change_in_points

PLANNED = (ValueKind.PLAN, ValueKind.TARGET)
# As many as a row holds.
PLACES = 4


@dataclass(frozen=True)
class Comparison:
    """How far a figure lies from another one of the same part, in the same unit."""

    figure: MetricFigure
    against: MetricFigure
    change: Change

    def __str__(self) -> str:
        """`Actual against the plan: up 20 (2%), worse`; `Plan on the baseline: no change`."""
        own, other = (ValueKind(each.kind).label for each in (self.figure, self.against))
        if self.figure.period == self.against.period and self.against.kind in PLANNED:
            return f"{own} against the {other.lower()}: {self.change}"
        is_dated = self.against.kind != ValueKind.BASELINE
        when = f" of {self.against.period.label}" if is_dated else ""
        return f"{own} on the {other.lower()}{when}: {self.change}"


def comparisons(measured: Measured, figure: MetricFigure) -> Iterator[Comparison]:
    """What an actual is against its plan; and what either is on where it came from.

    Nothing is held against a figure from before the metric was defined anew.

    It came from its baseline, else from the actual of the year before, else from its plan. A
    change, and a figure without a number, are held against nothing, and nothing against them.
    """
    if figure.measure == Measure.CHANGE or figure.value is None:
        return
    alike = [each for each in measured.values if _same(each) == _same(figure) and each.value]
    found = []
    if figure.kind == ValueKind.ACTUAL:
        found.append(_one(alike, PLANNED, figure.period))
    if figure.kind in (ValueKind.ACTUAL, *PLANNED):
        found.append(_origin(alike, figure))
    for against in found:
        if against is None or between(figure.about.breaks, figure.period, against.period):
            continue
        if made := _change(figure, against):
            yield Comparison(figure, against, made)


def year_before(period: Period) -> Period | None:
    """The same time a year earlier; None of what is no year, quarter or month."""
    if isinstance(period, FinancialYear):
        return FinancialYear(period.first - 1)
    if isinstance(period, Quarter):
        return Quarter(FinancialYear(period.year.first - 1), period.number)
    return Month(period.year - 1, period.month) if isinstance(period, Month) else None


def _origin(alike: Iterable[MetricFigure], figure: MetricFigure) -> MetricFigure | None:
    before = year_before(figure.period)
    rows = list(alike)
    baseline = _one(rows, (ValueKind.BASELINE,), None)
    if baseline or before is None:
        return baseline
    actual = _one(rows, (ValueKind.ACTUAL,), before)
    return actual or (_one(rows, PLANNED, before) if figure.kind in PLANNED else None)


def _one(
    rows: Iterable[MetricFigure], kinds: Iterable[ValueKind], period: Period | None
) -> MetricFigure | None:
    """The row of these kinds and this time, or of any; None where rows differ in their value."""
    wanted = tuple(kinds)
    found = [each for each in rows if each.kind in wanted and period in (None, each.period)]
    return found[0] if len({_number(each) for each in found}) == 1 else None


def _number(figure: MetricFigure) -> object:
    return figure.value.value if figure.value else None


def _change(figure: MetricFigure, against: MetricFigure) -> Change | None:
    if figure.value is None or against.value is None:
        return None
    make = change_in_points if figure.measure == Measure.PERCENT else change
    now, before = figure.value.rounded(PLACES), against.value.rounded(PLACES)
    return make(now, before, figure.about.better)


def _same(figure: MetricFigure) -> tuple[object, ...]:
    """What two figures have in common that can be held against each other."""
    return (
        figure.metric,
        figure.board,
        figure.measure,
        figure.unit,
        figure.attribution,
        figure.breakdown,
        figure.provider,
        figure.commissioner,
        figure.series,
    )
