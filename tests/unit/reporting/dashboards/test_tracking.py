"""On track, off track or no data: only like is held against like, and nothing is made up."""

from datetime import date
from typing import Any

import pytest

from bcf.assurance.measured import About, MetricFigure
from bcf.base.worked import PERCENT, RowRef, stated
from bcf.periods import parse_period
from bcf.reporting.dashboards.tracking import Track, Verdict, track_of
from bcf.ui.tables import formatted
from metrics.choices import Better, Measure, ValueKind
from plans.cycle_definitions import CycleMetric

NEA = CycleMetric("nea", "Admissions", True, "made up", "yearly")


def figure(kind: ValueKind, value: int | None, period: str = "2020-21", **given: Any) -> Any:
    made: dict[str, Any] = {
        "metric": "nea",
        "about": About("Admissions", Better.LOWER),
        "measure": Measure.COUNT,
        "unit": "admissions",
    } | given
    number = None if value is None else stated(value, unit=made["unit"])
    row = RowRef("metrics.metricvalue", "plan", f"{kind}-{period}-{value}")
    return MetricFigure(row=row, kind=kind, period=parse_period(period), value=number, **made)


def track(*rows: MetricFigure, begins: date | None = None) -> Track:
    return track_of([NEA], rows, begins)


ACTUAL, PLAN = figure(ValueKind.ACTUAL, 110), figure(ValueKind.PLAN, 100)


def verdict(*rows: MetricFigure) -> tuple[Verdict, str]:
    (one,) = track(*rows).standings
    return one.verdict, one.reason


def test_above_the_plan_is_off_track_where_less_is_better() -> None:
    assert verdict(ACTUAL, PLAN) == (
        Verdict.OFF_TRACK,
        "In 2020–21, 10 (10%) above the plan. Less is better.",
    )


def test_above_the_plan_is_on_track_where_more_is_better_and_percentages_differ_in_points() -> None:
    of: dict[str, Any] = {
        "about": About("At home", Better.HIGHER),
        "measure": Measure.PERCENT,
        "unit": PERCENT,
    }
    found = verdict(figure(ValueKind.ACTUAL, 80, **of), figure(ValueKind.TARGET, 75, **of))
    assert found == (
        Verdict.ON_TRACK,
        "In 2020–21, 5 percentage points above the plan. More is better.",
    )


def test_exactly_as_planned_is_on_track() -> None:
    assert verdict(figure(ValueKind.ACTUAL, 100), PLAN)[0] is Verdict.ON_TRACK


@pytest.mark.parametrize(
    "other",
    [
        figure(ValueKind.PLAN, 100, "2019-20"),
        figure(ValueKind.PLAN, 100, "not-stated"),
        figure(ValueKind.PLAN, 100, unit="days"),
        figure(ValueKind.PLAN, 100, measure=Measure.RATE),
        figure(ValueKind.PLAN, 100, provider="one-trust"),
        figure(ValueKind.PLAN, 100, series="flat"),
        figure(ValueKind.PLAN, None),
        figure(ValueKind.BASELINE, 100),
    ],
)
def test_what_is_not_alike_gives_no_verdict(other: MetricFigure) -> None:
    assert verdict(ACTUAL, other)[0] is Verdict.NO_DATA


def test_of_two_plans_that_differ_none_is_chosen() -> None:
    assert verdict(ACTUAL, PLAN, figure(ValueKind.TARGET, 90))[0] is Verdict.NO_DATA


def test_a_period_that_is_not_stated_is_never_the_same() -> None:
    both = [figure(kind, 5, "not-stated") for kind in (ValueKind.ACTUAL, ValueKind.PLAN)]
    assert verdict(*both)[0] is Verdict.NO_DATA


def test_nothing_is_said_as_nothing_and_never_as_nought() -> None:
    found = track()
    assert found.standings[0].reason == "Neither a plan nor an actual figure is entered."
    cells = [formatted(c, k) for c, k in zip(*_row(found), strict=True)]
    assert cells == ["Admissions", "No data", *["not stated"] * 4]
    assert "cannot be told" in found.sentence


def _row(found: Track) -> tuple[Any, Any]:
    return found.table.rows[0].cells, found.table.columns


def test_the_newest_year_that_has_both_is_taken_and_the_plans_after_it_are_named() -> None:
    (one,) = track(
        figure(ValueKind.ACTUAL, 90, "2019-20"),
        figure(ValueKind.PLAN, 95, "2019-20"),
        ACTUAL,
        PLAN,
        figure(ValueKind.PLAN, 80, "2021-22"),
    ).standings
    assert one.actual == ACTUAL
    assert one.ahead == "Plan for 2021–22: 80 admissions."


def test_what_was_before_the_plan_is_said_to_be() -> None:
    found = track(ACTUAL, PLAN, begins=date(2021, 4, 1))
    assert found.sentence == (
        "Of 1 national metric, none is on track and 1 is off track. All of these figures are of "
        "before the plan began."
    )
    assert found.standings[0].reason.endswith("This was before the plan began.")
    assert not track(ACTUAL, PLAN, begins=date(2020, 4, 1)).is_of_before


def test_a_picture_shows_one_unit_and_periods_of_one_length() -> None:
    rows = (
        PLAN,
        figure(ValueKind.ACTUAL, 9, "2021-04"),
        figure(ValueKind.BENCHMARK, 7, unit="days"),
        figure(ValueKind.BASELINE, 120, "not-stated"),
    )
    chart = track(*rows).standings[0].chart
    assert chart is not None
    assert [(bar.series, bar.words) for bar in chart.groups[0].bars] == [
        ("Baseline", "120 (no period)"),
        ("Plan", "100 (2020–21)"),
    ]
    assert chart.groups[0].label == "In admissions"
    assert track(PLAN).standings[0].chart is None


def test_figures_of_one_body_alone_are_said_to_be() -> None:
    found = track(figure(ValueKind.PLAN, 4, attribution="nhs"))
    assert found.table.rows[0].cells[3].note == "NHS only, 2020–21"
    both = [figure(ValueKind.PLAN, 4, attribution=each) for each in ("nhs", "social-care")]
    assert track(*both).standings[0].plan is None


def test_a_suppressed_actual_is_told_so_in_the_table() -> None:
    hidden = figure(ValueKind.ACTUAL, None, "2021-22", is_suppressed=True)
    [row] = track(figure(ValueKind.PLAN, 100, "2021-22"), hidden).table.rows
    assert [cell.value for cell in row.cells][4] == "suppressed"


def test_a_figure_that_is_suppressed_is_neither_missing_nor_nought() -> None:
    hidden = figure(ValueKind.ACTUAL, None, "2021-22", is_suppressed=True)
    withheld = "The actual figure of 2021–22 is suppressed: small, and withheld."
    assert verdict(hidden, PLAN) == (Verdict.NO_DATA, withheld)
    assert verdict(hidden, ACTUAL, PLAN) == (
        Verdict.OFF_TRACK,
        f"In 2020–21, 10 (10%) above the plan. Less is better. {withheld}",
    )
    older = figure(ValueKind.ACTUAL, None, "2019-20", is_suppressed=True)
    assert verdict(older, ACTUAL, PLAN) == verdict(ACTUAL, PLAN)
