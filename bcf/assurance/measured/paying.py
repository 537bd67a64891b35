"""What a plan states of the cases that payment for performance counts, quarter by quarter."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from decimal import Decimal

from bcf.assurance.measured.values import Measured, Which, count_of, the_only, values_of
from bcf.assurance.measured.working import counts_by_period, of_quarter
from bcf.base.worked import PERCENT, Figure
from bcf.periods import Period, Quarter
from metrics.choices import Measure, ValueKind
from metrics.rules import QuarterCounts

BEFORE = (ValueKind.BASELINE, ValueKind.ACTUAL)
PLANNED = (ValueKind.PLAN, ValueKind.TARGET)
HAPPENED = (ValueKind.ACTUAL,)
# As many as a row holds.
PLACES = 4


@dataclass(frozen=True)
class QuarterStated:
    """A quarter's cases of the baseline, as planned, and as happened, each where it is stated."""

    baseline: Figure | None
    planned: Figure | None
    actual: Figure | None

    @property
    def counts(self) -> QuarterCounts | None:
        """What is paid for; None where the baseline or the plan is not stated."""
        baseline, planned, actual = map(_cases, (self.baseline, self.planned, self.actual))
        if baseline is None or planned is None:
            return None
        return QuarterCounts(baseline, planned, actual)


def quarter_stated(
    measured: Measured, cases: Which, baseline: Period, performance: Period
) -> QuarterStated:
    """The cases of a quarter; `cases` says whose, of which metric.

    A quarter that is not stated as such is its three months.
    """
    return QuarterStated(
        baseline=_of_period(measured, cases, BEFORE, baseline),
        planned=_of_period(measured, cases, PLANNED, performance),
        actual=_of_period(measured, cases, HAPPENED, performance),
    )


def _cases(figure: Figure | None) -> Decimal | None:
    return None if figure is None else figure.rounded(PLACES)


def planned_change(measured: Measured, cases: Which) -> list[tuple[Period, Figure]]:
    """The changes in the number of cases that a plan states, with the period of each."""
    rows = values_of(measured, replace(cases, measure=Measure.CHANGE))
    return [
        (row.period, row.value)
        for row in rows
        if row.kind in PLANNED and row.value is not None and row.value.unit != PERCENT
    ]


def _of_period(
    measured: Measured, cases: Which, kinds: Collection[str], period: Period
) -> Figure | None:
    found = [count_of(measured, replace(cases, kind=kind, period=period)) for kind in kinds]
    stated = the_only(found)
    if stated or not isinstance(period, Quarter):
        return stated
    rows = values_of(measured, cases)
    by_kind = (counts_by_period(row for row in rows if row.kind == kind) for kind in kinds)
    return the_only(of_quarter(counts, period) for counts in by_kind)
