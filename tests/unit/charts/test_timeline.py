"""Timelines: events where their days are, the earliest first, and how each stands in words."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from bcf.charts import Event, Stage, TimelineChart
from bcf.charts.calendar_axis import calendar_axis_for
from tests.unit.charts.pictures import (
    SVG,
    WIDTHS,
    assert_whole,
    description,
    drawn,
    lines_from,
    text_box,
    texts,
)

LONG = (
    "A single point of access for every part of Barking and Dagenham, Havering and Redbridge "
    "with seven-day working in both hospitals and in community services"
)
TODAY = date(2015, 1, 15)


def event(
    label: str,
    starts: date | None,
    ends: date | None,
    stage: Stage = Stage.COMING,
    when: str = "",
) -> Event:
    return Event(label, starts, ends, when or f"by {ends:%B %Y}" if ends else when, stage)


def timeline(*events: Event, today: date | None = TODAY) -> TimelineChart:
    return TimelineChart("milestones", "Milestones", "In Barnet.", events, today)


SIGNED = event("Signed", None, date(2015, 3, 31), Stage.DONE)
POINT = event(LONG, date(2014, 4, 1), date(2014, 9, 30), Stage.LATE, "April to September 2014")
RAPID = event("Rapid care", date(2014, 6, 1), date(2015, 6, 1))
OPEN = event("Learning disabilities", date(2013, 4, 1), None, Stage.DONE, "from 1 April 2013")
UNKNOWN = event("Mental health", None, None, Stage.DONE, "start not stated")
UNSTATED = Event("Equipment", date(2014, 4, 1), None, "from April 2014", Stage.DONE, False)
MANY = [
    event(
        f"{LONG} {number}", date(2014, 4, 1) + timedelta(40 * number), day, list(Stage)[number % 3]
    )
    for number in range(40)
    if (day := date(2014, 6, 1) + timedelta(70 * number))
]
CHARTS = [
    timeline(SIGNED, POINT, RAPID),
    timeline(SIGNED, today=None),
    timeline(SIGNED, today=date(2015, 3, 31)),
    timeline(SIGNED, today=date(2030, 1, 1)),
    timeline(OPEN),
    timeline(UNKNOWN),
    timeline(OPEN, UNKNOWN, RAPID, event("Old", date(1998, 1, 31), date(2031, 12, 31))),
    timeline(*MANY),
    timeline(event("Backwards", date(2015, 2, 1), date(2014, 2, 1))),
    timeline(),
    timeline(UNSTATED),
    replace(timeline(SIGNED, today=date(2030, 1, 1)), today_called="As at", shows_today=True),
    replace(timeline(UNKNOWN), shows_today=True),
    timeline(Event("No day", None, None, "not stated", Stage.LATE, is_open_ended=False), RAPID),
]


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("chart", CHARTS)
def test_all_is_in_view_and_nothing_overlaps(chart: TimelineChart, width: int) -> None:
    assert_whole(chart, width)


@pytest.mark.parametrize("width", WIDTHS)
def test_dates_have_room_however_long_the_axis_is(width: int) -> None:
    for months in range(1, 130, 3):
        assert_whole(timeline(event("One", TODAY, TODAY + timedelta(30 * months))), width)


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("chart", CHARTS)
def test_no_line_crosses_words(chart: TimelineChart, width: int) -> None:
    svg = drawn(chart, width)
    for each in lines_from(svg, "line"):
        x, top, bottom = float(each["x1"]), float(each["y1"]), float(each["y2"])
        assert each["x1"] == each["x2"]
        for left, right, over, under in map(text_box, svg.iter(f"{SVG}text")):
            assert not (left < x < right and over < bottom and top < under - 1)


@pytest.mark.parametrize("width", WIDTHS)
def test_events_stand_one_below_the_other_the_earliest_first(width: int) -> None:
    found = texts(drawn(timeline(SIGNED, RAPID, OPEN), width))
    places = [found.index(name) for name in ("Learning disabilities", "Rapid care", "Signed")]
    assert places == sorted(places)


@pytest.mark.parametrize("width", WIDTHS)
def test_a_bar_is_as_long_as_its_days(width: int) -> None:
    half = event("Half", date(2014, 4, 1), date(2014, 10, 1))
    whole = event("Whole", date(2014, 4, 1), date(2015, 4, 1))
    first, second = (
        float(each["width"]) for each in lines_from(drawn(timeline(half, whole), width), "rect")
    )
    assert first == pytest.approx(second * 183 / 365, abs=0.2)


def test_an_event_without_a_first_day_has_a_mark_alone() -> None:
    assert lines_from(drawn(timeline(SIGNED)), "rect") == []
    # One at its day and one in the key.
    assert len(lines_from(drawn(timeline(SIGNED)), "circle")) == 2


def test_stages_have_a_shape_and_words_each() -> None:
    svg = drawn(timeline(SIGNED, POINT, RAPID))
    assert {"Done", "Late", "Coming"} <= set(texts(svg))
    assert Stage.UNKNOWN.capitalize() not in texts(svg)
    assert len(lines_from(svg, "circle")) == 2
    # A diamond and a square, each at its day and in the key.
    assert len(lines_from(svg, "polygon")) == 4
    assert description(svg).endswith("Signed: by March 2015, done.")


def test_an_open_end_goes_on_to_the_right_and_says_so() -> None:
    svg = drawn(timeline(OPEN, RAPID))
    tip = max(
        float(place.split(",")[0]) for place in lines_from(svg, "polyline")[0]["points"].split()
    )
    assert all(float(each["x"]) + float(each["width"]) < tip for each in lines_from(svg, "rect"))
    assert "Learning disabilities: from 1 April 2013, open-ended, done." in description(svg)


def test_an_unknown_start_is_dashed_and_never_drawn_as_a_day() -> None:
    svg = drawn(timeline(UNKNOWN, RAPID))
    assert len([each for each in lines_from(svg, "polyline") if "stroke-dasharray" in each]) == 1
    assert len(lines_from(svg, "rect")) == 1


def test_an_end_that_is_not_stated_is_no_open_end() -> None:
    svg = drawn(timeline(UNSTATED, OPEN))
    assert "Equipment: from April 2014, end not stated, done." in description(svg)
    dashed, arrow = sorted(lines_from(svg, "polyline"), key=lambda each: len(each["points"]))
    assert dashed["stroke-dasharray"]
    assert "stroke-dasharray" not in arrow
    # The bar of the open-ended one alone.
    assert len(lines_from(svg, "rect")) == 1


@pytest.mark.parametrize("width", WIDTHS)
def test_today_is_named_where_it_is_in_sight(width: int) -> None:
    assert "Today, 15 January 2015" in texts(drawn(timeline(RAPID), width))
    for chart in (timeline(RAPID, today=date(2030, 1, 1)), timeline(RAPID, today=None)):
        assert "Today" not in " ".join(texts(drawn(chart, width)))


@pytest.mark.parametrize("width", WIDTHS)
def test_the_day_may_be_called_otherwise_and_be_always_in_sight(width: int) -> None:
    chart = replace(timeline(RAPID, today=date(2030, 1, 1)), today_called="As at", shows_today=True)
    said = texts(drawn(chart, width))
    assert "As at 1 January 2030" in said
    assert "Today" not in " ".join(said)


def test_stages_may_be_called_otherwise() -> None:
    names = ((Stage.DONE, "in force"), (Stage.COMING, "ends soon"))
    svg = drawn(TimelineChart("k", "t", "d", (OPEN, RAPID, SIGNED), None, names))
    assert "open-ended, in force." in description(svg)
    assert {"In force", "Ends soon"} <= set(texts(svg))
    assert "done" not in description(svg)


def test_what_the_words_say_of_the_end_is_not_said_twice() -> None:
    known = event("Signed", date(2015, 3, 31), None, Stage.DONE, "from March 2015, open-ended")
    assert description(drawn(timeline(known))) == "Signed: from March 2015, open-ended, done."


def test_how_it_stands_is_said_even_of_a_day_late_in_a_year() -> None:
    known = event("Plan", None, date(2017, 12, 1), Stage.LATE, "expected late 2017")
    assert description(drawn(timeline(known))) == "Plan: expected late 2017, late."


def test_an_event_without_any_day_has_its_words_alone() -> None:
    unknown = Event("Review", None, None, "to be confirmed", Stage.UNKNOWN, is_open_ended=False)
    assert description(drawn(timeline(unknown))) == (
        "Review: to be confirmed, not known whether done."
    )
    for shape in ("rect", "line", "polyline", "polygon", "circle"):
        assert lines_from(drawn(timeline(unknown)), shape) == []


def test_no_events_are_still_a_picture() -> None:
    assert description(drawn(timeline())) == "There are no events."


@pytest.mark.parametrize("first", [date(2014, 1, 1), date(2014, 2, 28), date(2013, 12, 31)])
@pytest.mark.parametrize("days", [0, 1, 40, 366, 1500, 9000])
@pytest.mark.parametrize("most", [5, 8])
def test_ticks_are_firsts_of_months_and_few(first: date, days: int, most: int) -> None:
    last = first + timedelta(days)
    axis = calendar_axis_for([last, first], most)
    assert axis.holds(first)
    assert axis.holds(last)
    assert 1 <= len(axis.ticks) <= most + 1
    assert all(day.day == 1 and axis.holds(day) for day in axis.ticks)
    assert 0 <= axis.share(first) <= axis.share(last) <= 1


def test_ticks_a_year_apart_are_at_the_start_of_the_financial_year() -> None:
    axis = calendar_axis_for([date(2014, 6, 1), date(2018, 2, 1)], 6)
    assert [f"{day:%b %Y}" for day in axis.ticks] == ["Apr 2015", "Apr 2016", "Apr 2017"]
