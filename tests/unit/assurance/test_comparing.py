"""A metric's figure against its plan, its baseline and the year before: no database."""

from typing import Any

import pytest

from bcf.assurance.measured import About, Measured, MetricFigure, comparisons, year_before
from bcf.base.worked import RowRef, stated
from bcf.periods import FinancialYear, parse_period
from metrics.choices import Better, Measure, ValueKind
from metrics.rules import Break


def figure(kind: ValueKind, value: int | None, period: str = "2020-21", **given: Any) -> Any:
    made: dict[str, Any] = {
        "metric": "nea",
        "about": About("Admissions", Better.LOWER),
        "measure": Measure.COUNT,
        "board": "board",
    } | given
    row = RowRef("metrics.metricvalue", "plan", f"{kind}-{period}-{value}")
    number = None if value is None else stated(value)
    return MetricFigure(row=row, kind=kind, period=parse_period(period), value=number, **made)


def said(figure_: MetricFigure, *others: MetricFigure) -> list[str]:
    return [str(each) for each in comparisons(Measured((figure_, *others)), figure_)]


ACTUAL = figure(ValueKind.ACTUAL, 110)
PLAN = figure(ValueKind.PLAN, 100)
BEFORE = figure(ValueKind.ACTUAL, 125, "2019-20")


def test_an_actual_is_held_against_its_plan_and_the_year_before() -> None:
    assert said(ACTUAL, PLAN, BEFORE) == [
        "Actual against the plan: up 10 (10%), worse",
        "Actual on the actual of 2019\N{EN DASH}20: down 15 (12%), better",
    ]


def test_a_plan_is_held_against_where_it_comes_from() -> None:
    baseline = figure(ValueKind.BASELINE, 125, "not-stated")
    earlier = figure(ValueKind.TARGET, 80, "2019-20")
    assert said(PLAN, baseline, BEFORE) == ["Plan on the baseline: down 25 (20%), better"]
    assert said(PLAN, BEFORE, earlier) == [
        "Plan on the actual of 2019\N{EN DASH}20: down 25 (20%), better"
    ]
    assert said(PLAN, earlier) == ["Plan on the target of 2019\N{EN DASH}20: up 20 (25%), worse"]
    assert said(ACTUAL, earlier) == []


def test_percentages_differ_in_points() -> None:
    of: dict[str, Any] = {
        "measure": Measure.PERCENT,
        "unit": "%",
        "about": About("At home", Better.HIGHER),
    }
    actual, plan = figure(ValueKind.ACTUAL, 80, **of), figure(ValueKind.TARGET, 75, **of)
    assert said(actual, plan) == ["Actual against the target: up 5 percentage points, better"]


@pytest.mark.parametrize(
    "other",
    [
        figure(ValueKind.PLAN, 100, unit="days"),
        figure(ValueKind.PLAN, 100, board="another"),
        figure(ValueKind.PLAN, 100, provider="trust"),
        figure(ValueKind.PLAN, 100, series="flat"),
        figure(ValueKind.PLAN, 100, breakdown="adults"),
        figure(ValueKind.PLAN, 100, "2021-22"),
        figure(ValueKind.PLAN, 100, measure=Measure.CHANGE),
        figure(ValueKind.PLAN, None),
        figure(ValueKind.BENCHMARK, 100),
        figure(ValueKind.THRESHOLD, 100),
    ],
)
def test_what_is_not_alike_is_not_held_against_each_other(other: MetricFigure) -> None:
    assert said(ACTUAL, other) == []


def test_between_two_plans_that_differ_none_is_chosen() -> None:
    assert said(ACTUAL, PLAN, figure(ValueKind.TARGET, 90)) == []
    assert len(said(ACTUAL, PLAN, figure(ValueKind.TARGET, 100))) == 1


def test_a_change_or_a_text_is_held_against_nothing() -> None:
    change = figure(ValueKind.ACTUAL, -5, measure=Measure.CHANGE)
    assert said(change, figure(ValueKind.PLAN, -3, measure=Measure.CHANGE)) == []
    assert said(figure(ValueKind.ACTUAL, None), PLAN) == []


@pytest.mark.parametrize(
    ("period", "before"),
    [
        ("2020-21", "2019-20"),
        ("2020-21Q4", "2019-20Q4"),
        ("2020-04", "2019-04"),
        ("not-stated", None),
        ("2020", None),
    ],
)
def test_the_same_time_a_year_earlier(period: str, before: str | None) -> None:
    assert year_before(parse_period(period)) == (parse_period(before) if before else None)


def test_nothing_is_held_against_what_was_before_the_metric_was_defined_anew() -> None:
    anew = Break(FinancialYear.parse("2020-21"), "Counted by another rule.", False)
    about = About("Admissions", Better.LOWER, breaks=(anew,))
    actual = figure(ValueKind.ACTUAL, 110, about=about)
    assert said(actual, PLAN, BEFORE) == ["Actual against the plan: up 10 (10%), worse"]
    later = figure(ValueKind.ACTUAL, 99, "2021-22", about=about)
    assert said(later, actual) == [
        "Actual on the actual of 2020\N{EN DASH}21: down 11 (10%), better"
    ]
