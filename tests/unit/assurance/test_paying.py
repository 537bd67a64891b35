"""The cases that payment for performance counts, out of what a plan states: no database."""

from decimal import Decimal as D
from typing import Any

from bcf.assurance.measured import (
    About,
    Measured,
    MetricFigure,
    Which,
    planned_change,
    quarter_stated,
)
from bcf.base.worked import RowRef, stated
from bcf.periods import Period, parse_period
from metrics.choices import Better, Measure, ValueKind
from metrics.rules import QuarterCounts

CASES = Which("nea", plan="plan")
BEFORE, THEN = parse_period("2019-20Q1"), parse_period("2020-21Q1")


def figure(kind: ValueKind, value: int, period: Period | str, **given: Any) -> MetricFigure:
    made: dict[str, Any] = {"metric": "nea", "plan": "plan", "measure": Measure.COUNT} | given
    row = RowRef("metrics.metricvalue", "plan", f"{kind}-{period}-{value}")
    about = About("Admissions", Better.LOWER)
    time = parse_period(str(period))
    return MetricFigure(row=row, about=about, kind=kind, period=time, value=stated(value), **made)


def test_a_quarters_cases_as_they_are_stated() -> None:
    rows = (
        figure(ValueKind.ACTUAL, 100, BEFORE),
        figure(ValueKind.TARGET, 90, THEN),
        figure(ValueKind.ACTUAL, 93, THEN),
        figure(ValueKind.TARGET, 40, THEN, provider="trust"),
        figure(ValueKind.TARGET, 70, THEN, plan="other"),
    )
    found = quarter_stated(Measured(rows), CASES, BEFORE, THEN)
    assert found.counts == QuarterCounts(D(100), D(90), D(93))
    without = quarter_stated(Measured(rows[:2]), CASES, BEFORE, THEN)
    assert without.counts == QuarterCounts(D(100), D(90), None)


def test_three_months_are_a_quarter() -> None:
    months = [figure(ValueKind.PLAN, 30, month) for month in ("2020-04", "2020-05", "2020-06")]
    before = figure(ValueKind.BASELINE, 100, BEFORE)
    found = quarter_stated(Measured((before, *months)), CASES, BEFORE, THEN)
    assert found.counts == QuarterCounts(D(100), D(90), None)
    short = quarter_stated(Measured((before, *months[1:])), CASES, BEFORE, THEN)
    assert (short.planned, short.counts) == (None, None)
    assert short.baseline is not None


def test_the_changes_that_are_planned_in_all() -> None:
    change = figure(ValueKind.PLAN, -50, "2020-21", measure=Measure.CHANGE, unit="admissions")
    level = figure(ValueKind.PLAN, 950, "2020-21")
    happened = figure(ValueKind.ACTUAL, -20, "2020-21", measure=Measure.CHANGE)
    measured = Measured((change, level, happened))
    assert planned_change(measured, CASES) == [(change.period, change.value)]
