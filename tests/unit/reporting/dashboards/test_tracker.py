"""The benefits tracker: months against the plan, in the direction in which it is planned."""

from collections.abc import Sequence
from decimal import Decimal as D
from typing import Any

from bcf.assurance.benefits import (
    Benefit,
    Benefits,
    MonthOfBenefit,
    actual_to_date,
    planned_for_year,
)
from bcf.assurance.figures import Choice
from bcf.base.worked import RowRef
from bcf.charts import LineChart
from bcf.periods import FinancialYear
from bcf.reporting.dashboards.panels import Panel
from bcf.reporting.dashboards.tracker import EMPTY, tracked_of, tracker_panels
from bcf.ui.tables import formatted

YEAR = FinancialYear(2015)
MONTHS = [month for quarter in YEAR.quarters for month in quarter.months]
NEA = Choice("nea", "Admissions to hospital")
Numbers = Sequence[int | None]


def tracked(
    planned: Numbers = (),
    actual: Numbers = (),
    forecast: Numbers = (),
    *,
    scheme: str = "a",
    **given: Any,
) -> Benefit:
    """A benefit with a month for each number given, from April on."""

    def of(numbers: Numbers, place: int) -> D | None:
        number = numbers[place] if place < len(numbers) else None
        return None if number is None else D(number)

    longest = max(len(planned), len(actual), len(forecast))
    months = tuple(
        MonthOfBenefit(
            MONTHS[place],
            of(planned, place),
            of(actual, place),
            of(forecast, place),
            RowRef("schemes.benefitprofile", "a", f"{scheme}-{place}"),
        )
        for place in range(longest)
    )
    defaults: dict[str, Any] = {
        "year": YEAR,
        "schemes": (Choice(scheme, scheme),),
        "metrics": (NEA,),
        "beneficiary": "",
        "change": None,
        "unit": "admissions",
        "unit_price": None,
        "price_basis": "",
        "saving": None,
        "step": None,
        "row": RowRef("schemes.benefit", "a", scheme),
    }
    return Benefit(months=months, **{**defaults, **given})


def panels(*rows: Benefit) -> tuple[Panel, ...]:
    return tracker_panels(Benefits(rows), "a")


def only(*rows: Benefit) -> Panel:
    (found,) = panels(*rows)
    return found


def lines(of: Panel) -> dict[str, list[str]]:
    assert isinstance(of.chart, LineChart)
    return {line.name: [spot.words for spot in line.spots] for line in of.chart.lines}


def table(of: Panel) -> list[list[str]]:
    assert of.table is not None
    assert of.table.total is not None
    return [
        [formatted(cell, column) for cell, column in zip(row.cells, of.table.columns, strict=True)]
        for row in (*of.table.rows, of.table.total)
    ]


PLAN = [-10] * 12


def test_without_months_it_says_what_is_to_stand_there_and_where_it_is_entered() -> None:
    found = only(tracked())
    assert found.sentences == (EMPTY,)
    assert (found.chart, found.table) == (None, None)
    assert found.link is not None
    assert found.link.address == "/plans/a/benefit-profiles/"


def test_what_came_is_held_against_what_was_planned_of_the_same_months() -> None:
    found = only(tracked(PLAN, [-8, -9, -7, -6, -1]))
    assert found.key == "tracker-nea-2015-16"
    assert found.sentences == (
        "By August 2015, 31 fewer admissions came about, against 50 planned: 19 short of the plan.",
    )
    assert table(found)[0] == ["April 2015", "10", "8", "not stated", "\N{MINUS SIGN}2"]
    assert table(found)[-1] == [
        "The year, or so far",
        "120",
        "31",
        "not stated",
        "\N{MINUS SIGN}19",
    ]


def test_beyond_the_plan_and_exactly_as_planned() -> None:
    assert (
        "62 fewer admissions came about, against 50 planned: 12 beyond the plan"
        in (only(tracked(PLAN, [-20, -12, -10, -10, -10])).sentences[0])
    )
    assert "exactly as planned" in only(tracked(PLAN, [-10])).sentences[0]


def test_an_increase_is_told_as_more() -> None:
    found = only(tracked([5] * 12, [4, 4], unit="packages"))
    assert found.sentences == (
        "By May 2015, 8 more packages came about, against 10 planned: 2 short of the plan.",
    )


def test_the_year_is_what_came_and_then_what_is_forecast() -> None:
    found = only(tracked(PLAN, [-8, -8], [None, None, *[-9] * 10]))
    assert found.sentences[1] == (
        "With what is forecast, the year comes to 106 fewer admissions, against 120 planned: 14 "
        "short of the plan."
    )
    drawn = lines(found)
    assert drawn["Planned"][-1] == "120"
    assert drawn["Actual"] == ["8", "16", *["not stated"] * 10]
    assert drawn["Actual, then forecast"][:3] == ["not stated", "16", "25"]
    assert drawn["Actual, then forecast"][-1] == "106"
    assert table(found)[-1][3] == "106"


def test_a_whole_year_that_came_is_not_said_twice() -> None:
    found = only(tracked(PLAN, PLAN))
    assert found.sentences == (
        "By March 2016, 120 fewer admissions came about, against 120 planned: exactly as planned.",
    )
    assert "Actual, then forecast" not in lines(found)


def test_a_month_that_is_wanting_is_a_gap_and_never_nought() -> None:
    found = only(tracked([-10, -10, None, *[-10] * 9], [-8, None, -8]))
    assert found.sentences == (
        "In the months with an actual so far, 16 fewer admissions came about; what was planned of "
        "these months is not stated.",
    )
    assert lines(found)["Planned"] == ["10", "20", *["not stated"] * 10]
    assert lines(found)["Actual"] == ["8", *["not stated"] * 11]
    assert table(found)[-1][1] == "not stated"


def test_nothing_came_yet() -> None:
    assert only(tracked(PLAN)).sentences == (
        "No actual of 2015–16 is entered yet; 120 fewer admissions are planned.",
    )
    assert only(tracked((), (), [-3] * 12)).sentences == (
        "No actual of 2015–16 is entered yet.",
        "With what is forecast, the year comes to 36 fewer admissions.",
    )


def test_schemes_are_added_in_one_unit_and_those_without_months_are_counted() -> None:
    rows = (
        tracked(PLAN, [-8, -8]),
        tracked(PLAN, [-9, -9], scheme="b"),
        tracked(scheme="c"),
        tracked([-1] * 12, [-1], scheme="d", unit="bed days"),
    )
    first, second = panels(*rows)
    assert first.sentences[0].startswith("By May 2015, 34 fewer admissions came about, against 40")
    assert first.table is not None
    assert first.table.notes[-1] == "Of 3 benefits of this metric and year, 2 have months."
    assert second.key == "tracker-nea-2-2015-16"
    (admissions, _) = tracked_of(Benefits(rows))
    for of, column in ((planned_for_year, 1), (actual_to_date, 2)):
        added = sum(figure.value for row in rows[:2] if (figure := of(row, YEAR)))
        total = admissions.of_year(of)
        assert total is not None
        assert total.value == -added
        assert table(first)[-1][column] == str(-added)


def test_schemes_whose_months_end_apart_are_told_so_far() -> None:
    found = only(tracked(PLAN, [-8, -8]), tracked(PLAN, [-9], scheme="b"))
    assert found.sentences[0] == (
        "In the months with an actual so far, 25 fewer admissions came about, against 30 planned: "
        "5 short of the plan."
    )
    assert lines(found)["Actual"][:2] == ["17", "not stated"]
