"""Are we on track, as it is told: one board metric by metric, several boards side by side."""

from typing import Any

import pytest

from bcf.base.worked import PERCENT
from bcf.charts import BarChart
from bcf.reporting.dashboards.on_track import Whose, track_card, track_question, tracks_question
from bcf.reporting.dashboards.panels import Panel, Question
from bcf.reporting.dashboards.tracking import Track, track_of
from bcf.ui.tables import Table
from metrics.choices import Measure, ValueKind
from plans.cycle_definitions import CycleMetric
from tests.unit.reporting.dashboards.test_tracking import ACTUAL, NEA, PLAN, figure

AYTON, BEETON = Whose("ayton", "Ayton"), Whose("beeton", "Beeton")
DELAYS = CycleMetric("dtoc", "Delays", True, "made up", "yearly")
METRICS = (NEA, DELAYS)
OFF = (ACTUAL, PLAN)
ON = (figure(ValueKind.ACTUAL, 90), figure(ValueKind.PLAN, 100))


def track(*rows: Any) -> Track:
    return track_of(METRICS, rows)


def two_boards() -> Question:
    return tracks_question({AYTON: track(*OFF), BEETON: track(*ON)}, "?plan=joint")


def panel(question: Question, key: str) -> Panel:
    return next(each for each in question.panels if each.key == key)


def bars(of: Panel) -> list[tuple[str, list[tuple[str, Any]]]]:
    assert isinstance(of.chart, BarChart)
    return [
        (group.label, [(bar.series, bar.value) for bar in group.bars]) for group in of.chart.groups
    ]


def table_of(question: Question) -> Table:
    table = panel(question, "metrics").table
    assert table is not None
    return table


# -- one board -----------------------------------------------------------------------------


def test_one_board_has_a_panel_a_metric_with_its_verdict_and_the_way_to_its_page() -> None:
    found = track_question(track(*OFF), AYTON, "?plan=own&year=2020-21")
    assert [(each.key, each.verdict) for each in found.panels] == [
        ("metric-nea", ("Off track", "red")),
        ("metrics", None),
    ]
    link = found.panels[0].link
    assert link is not None
    assert link.address == "/boards/ayton/metrics/nea/?plan=own&year=2020-21"


def test_a_cycle_without_metrics_has_a_sentence_alone() -> None:
    found = track_question(track_of((), ()), AYTON)
    assert found.panels == ()
    assert found.sentences == ("The national metrics of this cycle are not known.",)


# -- several boards ------------------------------------------------------------------------


def test_each_area_is_named_in_a_sentence_and_in_a_point_of_each_metric() -> None:
    found = two_boards()
    assert found.sentences == (
        "Ayton: of 2 national metrics, none is on track, 1 is off track and for 1 it cannot be "
        "told.",
        "Beeton: of 2 national metrics, 1 is on track, none is off track and for 1 it cannot be "
        "told.",
    )
    assert panel(found, "metric-nea").points == (
        "Ayton: off track. In 2020–21, 10 (10%) above the plan. Less is better.",
        "Beeton: on track. In 2020–21, 10 (10%) below the plan. Less is better.",
    )


def test_the_picture_holds_the_plan_and_the_actual_of_each_area() -> None:
    assert bars(panel(two_boards(), "metric-nea")) == [
        ("Ayton", [("Plan", 100), ("Actual", 110)]),
        ("Beeton", [("Plan", 100), ("Actual", 90)]),
    ]
    assert [each.key for each in two_boards().panels] == ["metric-nea", "metrics"]


@pytest.mark.parametrize(
    ("rows", "place"),
    [
        ((), ("Plan", "not stated")),
        ((figure(ValueKind.PLAN, 7, unit="days"),), ("Plan", "stated as 7 days")),
        ((figure(ValueKind.ACTUAL, 7, unit="days"),), ("Actual", "stated as 7 days")),
        ((figure(ValueKind.PLAN, -7),), ("Plan", "stated as −7 admissions")),
    ],
)
def test_an_area_without_a_bar_says_what_it_states_and_is_no_nought(
    rows: tuple[Any, ...], place: tuple[str, str]
) -> None:
    of = panel(tracks_question({AYTON: track(*OFF), BEETON: track(*rows)}), "metric-nea")
    assert isinstance(of.chart, BarChart)
    (bar,) = of.chart.groups[1].bars
    assert (bar.series, bar.value, bar.words) == (place[0], None, place[1])


def test_areas_of_which_none_has_a_figure_have_no_picture() -> None:
    found = tracks_question({AYTON: track(), BEETON: track()})
    assert all(each.chart is None for each in found.panels)
    negative = figure(ValueKind.PLAN, -4)
    assert panel(tracks_question({AYTON: track(negative)}), "metric-nea").chart is None


def test_the_first_area_with_a_figure_gives_the_unit() -> None:
    of: dict[str, Any] = {"measure": Measure.PERCENT, "unit": PERCENT}
    found = tracks_question({AYTON: track(), BEETON: track(figure(ValueKind.PLAN, 80, **of))})
    chart = panel(found, "metric-nea").chart
    assert chart is not None
    assert chart.title == "Admissions, in per cent"


def test_the_table_has_a_row_a_metric_and_a_column_an_area_that_leads_to_its_page() -> None:
    table = table_of(two_boards())
    assert [column.label for column in table.columns] == ["Metric", "Ayton", "Beeton"]
    first, second = (row.cells for row in table.rows)
    assert [cell.value for cell in first] == ["Admissions", "Off track", "On track"]
    assert first[1].note == "plan 100 admissions, actual 110 admissions"
    assert first[2].url == "/boards/beeton/metrics/nea/?plan=joint"
    assert {cell.note for cell in second[1:]} == {"neither plan nor actual is stated"}


def test_a_plan_in_which_no_board_takes_part_says_so() -> None:
    assert tracks_question({}).sentences == ("No board takes part in this plan.",)


# -- at a glance ---------------------------------------------------------------------------


def test_the_card_counts_the_metrics_of_all_areas() -> None:
    card = track_card([track(*OFF), track(*ON)])
    assert (card.value, card.note) == ("1 of 4", "1 off track, 2 without data, of 2 areas")


def test_a_card_without_any_verdict_counts_nothing() -> None:
    for tracks in ([], [track()], [track(PLAN), track()]):
        card = track_card(tracks)
        assert (card.value, card.note) == ("cannot be told", "no figures to compare")
