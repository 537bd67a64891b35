"""Figures that are worked out of plain values of metrics: no database."""

from dataclasses import replace
from decimal import Decimal as D
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bcf.assurance.measured import (
    About,
    Counted,
    Fact,
    Measured,
    MetricFigure,
    Which,
    count_of,
    counts_by_period,
    equal_part,
    fact_of,
    implied_people,
    is_below,
    mean,
    of_quarter,
    of_year,
    over_attributions,
    over_boards,
    over_providers,
    people_behind,
    people_of,
    rate_of,
    reduction_by_ratio,
    rest_of_all,
    share_of_share,
    threshold_for,
    unit_of,
    value_of,
    weighted_average,
    worked_rate,
)
from bcf.base.worked import PERCENT, POUNDS, Figure, RowRef, stated
from bcf.periods import NOT_STATED, FinancialYear, Period, Quarter, parse_period
from metrics.choices import Better, Measure, ValueKind

YEAR = FinancialYear(2020)
MONTHS = [month for quarter in YEAR.quarters for month in quarter.months]
ABOUT = About("Delayed days", Better.LOWER, "18+")


def value(number: int | str | None, period: str = "2020-21", **given_: Any) -> MetricFigure:
    row = RowRef("metrics.metricvalue", "plan", f"{period}-{number}")
    made: dict[str, Any] = {
        "metric": "dtoc",
        "about": ABOUT,
        "kind": ValueKind.PLAN,
        "plan": "plan",
        "board": "board",
        "measure": Measure.COUNT,
        "unit": "days",
    } | given_
    figure = None if number is None else stated(D(number), unit=unit_of(made["unit"]), row=row)
    return MetricFigure(row=row, period=parse_period(period), value=figure, **made)


def people(count: int | None, age_band: str = "18+", period: str = "2020-21", **of: Any) -> Counted:
    row = RowRef("metrics.population", "plan", f"{age_band}-{period}-{count}")
    figure = None if count is None else stated(count, unit="people", row=row)
    of = {"plan": "plan", "board": "board"} | of
    return Counted(row, age_band, parse_period(period), count=figure, **of)


def number(figure: Figure | None, places: int = 0) -> D | None:
    return None if figure is None else figure.rounded(places)


def test_a_figure_is_picked_by_what_it_is_of() -> None:
    whole, part = value(100), value(40, provider="trust")
    measured = Measured((whole, part, value(7, series="flat"), value(90, kind=ValueKind.ACTUAL)))
    assert value_of(measured, Which("dtoc", YEAR, ValueKind.PLAN)) == whole.value
    assert value_of(measured, Which("dtoc", YEAR, provider="trust")) == part.value
    assert value_of(measured, Which("dtoc", YEAR)) is None
    assert value_of(measured, Which("nea")) is None


def test_two_rows_that_say_the_same_are_one_figure() -> None:
    measured = Measured((value(5, unit="days"), value(5, unit="delayed days")))
    assert number(value_of(measured, Which("dtoc"))) == 5


def test_a_count_is_the_value_or_what_a_rate_was_made_of() -> None:
    rate = value("12.5", measure=Measure.RATE, numerator=stated(25))
    assert number(count_of(Measured((rate,)), Which("dtoc"))) == 25
    assert number(count_of(Measured((value(30),)), Which("dtoc"))) == 30


def test_facts_and_people_are_picked_in_whole() -> None:
    row = RowRef("metrics.contextfigure", "plan", "one")
    fact = Fact(row, "Beds", NOT_STATED, "the ward", value=stated(9))
    crowd = [people(50), people(20, segment="carers"), people(5, area="a ward"), people(None)]
    measured = Measured((), tuple(crowd), (fact, replace(fact, subject="all", value=None)))
    assert number(fact_of(measured, "Beds", "the ward")) == 9
    assert fact_of(measured, "Beds", "all") is None
    assert fact_of(measured, "Beds", "the ward", YEAR) is None
    assert number(people_of(measured, "18+")) == 50
    assert number(people_of(measured, "18+", "carers", YEAR)) == 20


def test_days_are_added_over_those_to_whom_they_are_attributed() -> None:
    three = [
        value(n, attribution=body) for n, body in ((5, "nhs"), (3, "social-care"), (1, "both"))
    ]
    total = over_attributions([*three, value(99, attribution="total")])
    assert total is not None
    assert (total.rounded(), total.how) == (D(9), "5 + 3 + 1 days")
    assert over_attributions(three[:2]) is None


def test_figures_are_added_over_bodies_each_once() -> None:
    rows = [value(4, provider="a"), value(4, provider="a", unit="x"), value(6, provider="b")]
    assert number(over_providers([*rows, value(50)])) == 10
    assert over_providers([*rows, value(5, provider="a")]) is None
    assert over_providers([value(50)]) is None
    assert number(over_boards([value(1), value(2, board="other"), value(9, board="")])) == 3


@given(st.lists(st.integers(0, 1000), min_size=12, max_size=12))
def test_months_make_quarters_and_years(counts: list[int]) -> None:
    rows = [value(each, str(month)) for each, month in zip(counts, MONTHS, strict=True)]
    series = counts_by_period(rows)
    quarters: dict[Period, Figure | None] = {
        quarter: of_quarter(series, quarter) for quarter in YEAR.quarters
    }
    assert number(of_year(series, YEAR)) == sum(counts)
    assert number(of_year(quarters, YEAR)) == sum(counts)
    assert of_year(counts_by_period(rows[1:]), YEAR) is None
    assert of_quarter(counts_by_period(rows[1:]), Quarter(YEAR, 1)) is None


def test_a_rate_is_of_the_people_of_its_place_age_and_time() -> None:
    row = value(None, "2020-05", numerator=stated(20), per=100, measure=Measure.RATE)
    own, apart = people(1000), people(500, plan="")
    assert people_behind(Measured((), (own, apart)), row) == own.count
    assert people_behind(Measured((), (apart,)), row) == apart.count
    for other in (people(7, "65+"), people(7, board="b"), people(7, period="2019-20")):
        assert people_behind(Measured((), (other,)), row) is None
    ranged = replace(own, upper=stated(2000))
    assert people_behind(Measured((), (ranged,)), row) is None
    assert number(worked_rate(Measured((row,), (own,)), row)) == 2


def test_a_rate_is_worked_out_of_what_is_printed_beside_it() -> None:
    count = value(20)
    rate = value("2.1", measure=Measure.RATE, unit="per 100 people", per=100)
    known = Measured((count, rate), (people(1000),))
    made = worked_rate(known, rate)
    assert made is not None
    assert (made.rounded(1), made.how) == (D(2), "20 days ÷ 1,000 people × 100")
    assert worked_rate(Measured((rate,), known.populations), rate) is None
    assert worked_rate(Measured(known.values), rate) is None
    assert worked_rate(known, count) is None
    itself = replace(rate, numerator=stated(30), denominator=stated(600))
    assert number(worked_rate(known, itself)) == 5


@given(st.integers(1, 10**6), st.integers(1, 10**6), st.sampled_from([100, 1000, 100_000]))
def test_a_rate_gives_its_people_back(count: int, of: int, per: int) -> None:
    rate = rate_of(stated(count), stated(of), per)
    assert rate is not None
    assert number(implied_people(stated(count), rate, per)) == of


def test_a_threshold_holds_for_its_part_and_for_the_time_around() -> None:
    held = value("7.5", "2020-04/2020-07", kind=ValueKind.THRESHOLD, breakdown="adults")
    measured = Measured((held,))
    may = value("7.4", "2020-05", breakdown="adults")
    assert threshold_for(measured, may) == held.value
    assert threshold_for(measured, value(1, "2020-09", breakdown="adults")) is None
    assert threshold_for(measured, value(1, "2020-05", breakdown="older adults")) is None


@pytest.mark.parametrize(("figure", "expected"), [("7.4", True), ("7.5", False), ("7.6", False)])
def test_below_a_threshold_is_not_on_it(figure: str, expected: bool) -> None:
    assert is_below(stated(D(figure)), stated(D("7.5"))) is expected


def test_averages_and_parts() -> None:
    assert number(mean([stated(1), stated(2), stated(6)])) == 3
    assert mean([]) is None
    assert number(equal_part(stated(10), 4), 1) == D("2.5")
    assert equal_part(None, 2) is None
    pairs = [(stated(2), stated(3, unit="people")), (stated(6), stated(1, unit="people"))]
    assert number(weighted_average(pairs)) == 3
    assert weighted_average([]) is None


def test_percentages_of_percentages_and_of_all() -> None:
    half, part = stated(50, unit=PERCENT), stated(30, unit=PERCENT)
    shared = share_of_share(half, part)
    assert (shared.rounded(), shared.how, shared.unit) == (D(15), "50% × 30%", PERCENT)
    assert number(share_of_share(half, stated(0, unit=PERCENT))) == 0
    assert number(rest_of_all(part)) == 70
    reduction = reduction_by_ratio(stated(D("0.75")))
    assert (reduction.rounded(), reduction.how) == (D(25), "1 − 0.75")


@pytest.mark.parametrize(
    ("printed", "unit"),
    [
        ("%", PERCENT),
        ("% change", PERCENT),
        ("£", POUNDS),
        ("£ a person", POUNDS),
        ("(ratio)", ""),
        ("admissions", "admissions"),
        ("", ""),
    ],
)
def test_units_as_they_are_printed(printed: str, unit: str) -> None:
    assert unit_of(printed) == unit
