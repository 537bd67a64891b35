"""What figures mean for people: told only where they say of what time they are and what of."""

from dataclasses import replace
from typing import Any

import pytest

from bcf.assurance.checks.record import BoardRow, Record
from bcf.assurance.measured import About, MetricFigure
from bcf.base.worked import PERCENT, RowRef, stated
from bcf.charts import BarChart
from bcf.periods import parse_period
from bcf.reporting.dashboards.panels import Question
from bcf.reporting.dashboards.people import people_question
from bcf.reporting.dashboards.whose import of_board
from metrics.choices import Better, Measure, ValueKind
from plans.cycle_definitions import A_DAY, A_WEEK, OF_100, CycleMetric, Told
from tests.unit.assurance.checks.records_schemes import cycle, measured, record

DELAYED = Told(
    A_DAY,
    "in hospital",
    after="who could have left",
    counts="delayed days",
    monthly_units=("delayed days a month", "per 100,000 people, monthly average"),
)
MOVED = Told(A_WEEK, "moved into a care home", counts="admissions", units=("homes",))
AT_HOME = Told(OF_100, "still at home", who="patients")
BOARDS = (("a", "Ayton"),)
YEAR = "2017-18"


def metric(key: str, told: Told) -> CycleMetric:
    return CycleMetric(key, key.title(), verified=True, source="", frequency="yearly", told=told)


METRICS = (metric("delays", DELAYED), metric("homes", MOVED), metric("stays", AT_HOME))


def figure(value: int | None, kind: str = ValueKind.ACTUAL, **given: Any) -> MetricFigure:
    made: dict[str, Any] = {
        "metric": "delays",
        "period": YEAR,
        "about": About("Delays", Better.LOWER),
        "measure": Measure.COUNT,
        "unit": "delayed days",
        "board": "a",
    } | given
    period = parse_period(made.pop("period"))
    number = None if value is None else stated(value, unit=made["unit"])
    row = RowRef("metrics.metricvalue", "a", f"{kind}-{value}")
    return MetricFigure(row=row, kind=kind, period=period, value=number, **made)


def percent(value: Any, kind: str = ValueKind.ACTUAL, **given: Any) -> MetricFigure:
    of = {"metric": "stays", "measure": Measure.PERCENT, "unit": PERCENT}
    return figure(value, kind, **{**of, **given})


def plan_of(*values: MetricFigure, **given: Any) -> Record:
    return record(
        measured=measured(*values), cycle=replace(cycle(), metrics=given.pop("metrics", METRICS))
    )


def asked(*values: MetricFigure, boards: Any = BOARDS, **given: Any) -> Question:
    plan = replace(
        plan_of(*values, **given),
        boards=tuple(BoardRow(slug, area, ("a",)) for slug, area in boards),
    )
    question = people_question(plan, boards)
    assert question is not None
    return question


def points(*values: MetricFigure) -> list[str]:
    return list(asked(*values).panels[0].points)


# -- sentences -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        (
            figure(4388),
            "4,388 delayed days in the year 2017–18: about 12 people in hospital each day who "
            "could have left.",
        ),
        (
            figure(31, period="2017-05"),
            "31 delayed days in May 2017: 1 person in hospital each day who could have left.",
        ),
        (
            figure(91 * 30, period="2017-18Q1"),
            "2,730 delayed days in quarter 1 of 2017–18: 30 people in hospital each day who could "
            "have left.",
        ),
        (
            figure(73),
            "73 delayed days in the year 2017–18: about one person in hospital every 5 days who "
            "could have left.",
        ),
        (
            figure(300),
            "300 delayed days in the year 2017–18: about one person in hospital each day who could "
            "have left.",
        ),
        (
            figure(0),
            "0 delayed days in the year 2017–18: nobody in hospital who could have left.",
        ),
        (
            figure(291, measure=Measure.AVERAGE, unit="delayed days a month"),
            "291 delayed days a month in the year 2017–18: about 10 people in hospital each day "
            "who could have left.",
        ),
        (
            figure(
                200,
                measure=Measure.AVERAGE,
                unit="per 100,000 people, monthly average",
                per=100_000,
            ),
            "200 delayed days a month for every 100,000 people in the year 2017–18: about 7 of "
            "every 100,000 people in hospital each day who could have left.",
        ),
        (
            figure(1712, measure=Measure.RATE, unit="per 100,000 people", per=100_000),
            "1,712 delayed days for every 100,000 people in the year 2017–18: about 5 of every "
            "100,000 people in hospital each day who could have left.",
        ),
        (
            figure(
                25,
                measure=Measure.RATE,
                unit="per 100,000 people",
                per=100_000,
                numerator=stated(62),
                period="2017-05",
            ),
            "62 delayed days in May 2017: 2 people in hospital each day who could have left.",
        ),
        (
            figure(4380, ValueKind.TARGET),
            "4,380 delayed days are planned for the year 2017–18: 12 people in hospital each day "
            "who could have left.",
        ),
        (
            figure(20, metric="homes", unit="homes"),
            "20 admissions in the year 2017–18: about one person moved into a care home every 18 "
            "days.",
        ),
        (
            figure(146, metric="homes", unit="admissions"),
            "146 admissions in the year 2017–18: about 3 people moved into a care home each week.",
        ),
        (
            percent(81),
            "In the year 2017–18, of every 100 patients, 81 were still at home (81%).",
        ),
        (
            percent(81, ValueKind.PLAN),
            "The plan for the year 2017–18: of every 100 patients, 81 are to be still at home "
            "(81%).",
        ),
    ],
)
def test_a_figure_is_told_for_people(given: MetricFigure, sentence: str) -> None:
    assert points(given) == [sentence]


def test_what_was_planned_stands_beside_it_and_what_is_planned_next() -> None:
    (said,) = points(
        figure(4380),
        figure(3650, ValueKind.PLAN),
        figure(73, ValueKind.PLAN, period="2018-19"),
    )
    assert said.endswith(
        " Planned: 10 people each day; for 2018–19, about one person every 5 days."
    )
    (of_hundred,) = points(percent(81), percent(85, ValueKind.TARGET))
    assert of_hundred.endswith(" Planned: 85.")


def test_the_newest_actual_goes_before_any_plan_and_a_year_before_its_last_month() -> None:
    (said,) = points(
        figure(3650, period="2016-17"),
        figure(730),
        figure(310, period="2018-03"),
        figure(365, ValueKind.PLAN, period="2018-19"),
    )
    assert said.startswith("730 delayed days in the year 2017–18")


# -- what cannot be told -------------------------------------------------------------------


@pytest.mark.parametrize(
    "given",
    [
        figure(3434, unit=""),
        figure(86, period="2013-04/2013-07"),
        figure(6, period="not-stated"),
        figure(467, measure=Measure.RATE, unit="per 100,000 people", per=1000, period="2017-18Q3"),
    ],
)
def test_a_figure_without_unit_or_time_is_not_told(given: MetricFigure) -> None:
    question = asked(given)
    assert question.panels == ()
    assert question.sentences == (
        "What the plan means for the people of Ayton cannot be told: no figure of a national "
        "metric says both what time it is for and what it counts.",
    )
    beside = asked(given, percent(81)).panels[0]
    assert beside.sentences == (
        "Neither a plan nor an actual figure is stated for “Homes”.",
        "The figures for “Delays” do not say what time they are for, or do not say what they "
        "count, so how many people that is cannot be told.",
    )


@pytest.mark.parametrize(
    "given",
    [
        figure(4388, provider="one-trust"),
        figure(4388, breakdown="one ward"),
        figure(4388, attribution="nhs"),
        figure(4388, series="flat"),
        figure(4388, ValueKind.BENCHMARK),
        figure(4388, measure=Measure.CHANGE),
        figure(4388, board="b"),
        figure(4388, board="", plan="b"),
        figure(None),
    ],
)
def test_only_the_boards_own_whole_counts(given: MetricFigure) -> None:
    assert asked(given).sentences == (
        "What the plan means for the people of Ayton cannot be told: no planned and no actual "
        "figure of a national metric is stated for a board.",
    )


def test_of_two_figures_that_differ_none_is_chosen() -> None:
    assert asked(figure(4388), figure(4000)).panels == ()


def test_a_cycle_that_tells_nothing_is_not_asked() -> None:
    untold = CycleMetric("delays", "Delays", verified=True, source="", frequency="yearly")
    assert people_question(plan_of(figure(4388), metrics=(untold,)), BOARDS) is None
    assert people_question(plan_of(figure(4388)), ()) is None


# -- pictures and boards -------------------------------------------------------------------


def test_a_picture_stands_only_where_plan_and_actual_are_both_known() -> None:
    question = asked(
        figure(4380),
        figure(3650, ValueKind.PLAN),
        percent(81),
        percent(85, ValueKind.PLAN, period="2018-19"),
    )
    said, picture, figures = question.panels
    assert (said.chart, picture.key) == (None, "people-delays")
    assert isinstance(picture.chart, BarChart)
    bars = picture.chart.groups[0].bars
    assert [(bar.series, bar.words) for bar in bars] == [
        ("Plan", "10 people"),
        ("Actual", "12 people"),
    ]
    assert [bar.value for bar in bars] == [10, 12]
    assert figures.table is not None
    assert [cell.value for cell in figures.table.rows[0].cells] == [
        "Delays",
        "2017–18",
        "3,650 delayed days",
        "4,380 delayed days",
        10,
        12,
    ]
    assert picture.link is not None
    assert picture.link.address == "/boards/a/metrics/delays/"


def test_each_board_of_several_is_told_by_itself_and_compared_in_one_scale() -> None:
    rate: dict[str, Any] = {
        "measure": Measure.RATE,
        "unit": "per 100,000 people",
        "per": 100_000,
        "board": "c",
    }
    question = asked(
        figure(4380),
        figure(3650, ValueKind.PLAN),
        figure(7300, board="b"),
        figure(7300, ValueKind.PLAN, board="b"),
        figure(1712, **rate),
        figure(1600, ValueKind.PLAN, **rate),
        figure(9999, board="", plan="a"),
        boards=(*BOARDS, ("b", "Beeton"), ("c", "Ceeton"), ("d", "Deeton")),
    )
    assert [panel.heading for panel in question.panels[:4]] == [
        "Ayton",
        "Beeton",
        "Ceeton",
        "Deeton",
    ]
    assert question.panels[3].points == ()
    counts, rates, figures = question.panels[4:]
    assert figures.table is not None
    assert [row.cells[1].value for row in figures.table.rows] == ["Ayton", "Beeton", "Ceeton"]
    assert counts.key != rates.key
    assert isinstance(counts.chart, BarChart)
    assert [group.label for group in counts.chart.groups] == ["Ayton, 2017–18", "Beeton, 2017–18"]
    assert isinstance(rates.chart, BarChart)
    assert rates.chart.title == "Delays: people each day of every 100,000 people"


def test_a_plan_of_one_board_need_not_name_it_and_one_of_several_must() -> None:
    unnamed = figure(4388, board="", plan="a")
    assert list(of_board(plan_of(unnamed), "a")) == [unnamed]
    joint = replace(
        plan_of(unnamed), boards=(BoardRow("a", "A", ("a",)), BoardRow("b", "B", ("a",)))
    )
    assert list(of_board(joint, "a")) == []
