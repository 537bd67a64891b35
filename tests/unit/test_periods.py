"""Periods are written one way, read back as the same, and sort as time runs."""

import datetime
from itertools import pairwise
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bcf.periods import (
    NOT_STATED,
    CalendarYear,
    FinancialYear,
    Month,
    NotAPeriod,
    PartialDate,
    Period,
    Quarter,
    months_after,
    parse_period,
)

years = st.integers(1900, 2199)
financial_years = years.map(FinancialYear)
quarters = st.builds(Quarter, financial_years, st.integers(1, 4))
# 2001-02 reads as a financial year, so such a month cannot be told apart and is left out here.
months = st.builds(Month, st.integers(1900, 2199), st.integers(1, 12)).filter(
    lambda month: month.month != (month.year + 1) % 100
)
periods = st.one_of(financial_years, quarters, months, years.map(CalendarYear), st.just(NOT_STATED))


@given(periods)
def test_a_period_reads_back_as_the_same_kind_and_value(period: Period) -> None:
    read = parse_period(str(period))
    assert read == period
    assert type(read) is type(period)


@given(st.lists(periods), st.randoms())
def test_periods_sort_the_same_whatever_their_first_order(
    given_periods: list[Period], chance: Random
) -> None:
    ordered = sorted(given_periods)
    chance.shuffle(given_periods)
    assert sorted(given_periods) == ordered
    assert not any(later < earlier for earlier, later in pairwise(ordered))


@given(periods)
def test_not_stated_sorts_after_every_other(period: Period) -> None:
    assert period == NOT_STATED or period < NOT_STATED


def test_periods_sort_by_their_first_day_and_the_longer_one_first() -> None:
    year = FinancialYear(2015)
    expected = [
        CalendarYear(2015),
        Month(2015, 1),
        year,
        Quarter(year, 1),
        Month(2015, 4),
        Month(2015, 5),
        Quarter(year, 2),
        Quarter(year, 3),
        CalendarYear(2016),
        Quarter(year, 4),
        Month(2016, 1),
        FinancialYear(2016),
        NOT_STATED,
    ]
    backwards = list(reversed(expected))
    assert sorted(backwards) == expected


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("2015-16", FinancialYear),
        ("1999-00", FinancialYear),
        ("2011-12", FinancialYear),
        ("2000-01", FinancialYear),
        ("2012-12", Month),
        ("2017-04", Month),
        ("2015-16Q3", Quarter),
        ("2013", CalendarYear),
    ],
)
def test_each_way_of_writing_is_one_kind_of_period(text: str, kind: type[Period]) -> None:
    assert type(parse_period(text)) is kind


@pytest.mark.parametrize(
    "text",
    [
        "",
        "2015-17",
        "2015-16Q5",
        "2015-16Q0",
        "2015-00",
        "2017-13",
        "15-16",
        "2015/16",
        "1813",
        "not stated",
        "2015-16 ",
    ],
)
def test_what_is_no_period_is_refused_with_what_to_write(text: str) -> None:
    with pytest.raises(NotAPeriod, match="Write "):
        parse_period(text)


def test_a_financial_year_runs_from_1_april_to_31_march() -> None:
    year = FinancialYear.parse("2015-16")
    assert year.starts_on == datetime.date(2015, 4, 1)
    assert year.ends_on == datetime.date(2016, 3, 31)
    assert FinancialYear.containing(datetime.date(2016, 3, 31)) == year
    assert FinancialYear.containing(datetime.date(2016, 4, 1)) == year.next()


@given(st.dates(datetime.date(1900, 4, 1), datetime.date(2199, 12, 31)))
def test_every_day_lies_in_the_year_that_contains_it(day: datetime.date) -> None:
    year = FinancialYear.containing(day)
    assert year.starts_on <= day <= year.ends_on


@pytest.mark.parametrize("text", ["2015-17", "2015-16Q1", "not-stated", "2015", "1899-00"])
def test_only_a_financial_year_is_read_as_one(text: str) -> None:
    with pytest.raises(NotAPeriod):
        FinancialYear.parse(text)


def test_labels_are_in_words() -> None:
    assert FinancialYear(1999).label == "1999–00"
    assert Quarter(FinancialYear(2015), 3).label == "quarter 3 of 2015–16"
    assert Month(2017, 4).label == "April 2017"
    assert NOT_STATED.label == "not stated"


def test_equal_periods_are_one_in_a_set_and_a_period_is_not_its_text() -> None:
    assert len({FinancialYear(2015), parse_period("2015-16"), FinancialYear(2016)}) == 2
    assert FinancialYear(2015) != "2015-16"
    with pytest.raises(TypeError):
        sorted([FinancialYear(2015), "2014-15"])


# -- partial dates -------------------------------------------------------------------------

partial_dates = st.one_of(
    st.dates().map(lambda day: PartialDate(day.year, day.month, day.day)),
    st.dates().map(lambda day: PartialDate(day.year, day.month)),
    st.dates().map(lambda day: PartialDate(day.year)),
)


@given(partial_dates)
def test_a_partial_date_reads_back_as_the_same(day: PartialDate) -> None:
    assert PartialDate.parse(str(day)) == day


def test_the_vaguer_date_sorts_last() -> None:
    expected = [
        PartialDate(2014, 9, 18),
        PartialDate(2014, 9, 30),
        PartialDate(2014, 9),
        PartialDate(2014, 10, 1),
        PartialDate(2014),
        PartialDate(2015, 1),
    ]
    backwards = list(reversed(expected))
    assert sorted(backwards) == expected


@pytest.mark.parametrize(
    "text",
    [
        *("", "2014-9", "2014-13", "2014-00", "2014-09-00", "2014-02-30", "18 September 2014"),
        *("0000", "2014-09-18T00"),
    ],
)
def test_what_is_no_date_is_refused(text: str) -> None:
    with pytest.raises(NotAPeriod):
        PartialDate.parse(text)


def test_a_day_needs_its_month() -> None:
    with pytest.raises(NotAPeriod, match="needs its month"):
        PartialDate(2014, None, 18)


@pytest.mark.parametrize(
    ("text", "label"),
    [("2014-09-18", "18 September 2014"), ("2014-09", "September 2014"), ("2014", "2014")],
)
def test_a_partial_date_in_words(text: str, label: str) -> None:
    assert PartialDate.parse(text).label == label


@given(financial_years)
def test_quarters_and_months_make_up_the_year(year: FinancialYear) -> None:
    in_year = [month for quarter in year.quarters for month in quarter.months]
    assert [month.month for month in in_year] == [4, 5, 6, 7, 8, 9, 10, 11, 12, 1, 2, 3]
    assert (in_year[0].starts_on, in_year[-1].ends_on) == (year.starts_on, year.ends_on)
    for before, after in pairwise(in_year):
        assert before.ends_on + datetime.timedelta(days=1) == after.starts_on
    assert sum(month.days or 0 for month in in_year) == year.days
    assert sum(quarter.days or 0 for quarter in year.quarters) == year.days


@given(quarters)
def test_a_month_knows_its_quarter(quarter: Quarter) -> None:
    assert [month.quarter for month in quarter.months] == [quarter] * 3
    assert (quarter.starts_on, quarter.ends_on) == (
        quarter.months[0].starts_on,
        quarter.months[2].ends_on,
    )


@pytest.mark.parametrize(
    ("written", "days"),
    [
        ("2016-02", 29),
        ("2017-02", 28),
        ("2015-16", 366),
        ("2016-17", 365),
        ("2016", 366),
        ("2015-16Q4", 91),
        ("2017-04/2017-07", 122),
        ("not-stated", None),
        ("2017-04/not-stated", None),
    ],
)
def test_the_days_of_a_period(written: str, days: int | None) -> None:
    assert parse_period(written).days == days


@pytest.mark.parametrize(
    ("day", "months", "found"),
    [
        ("2021-03-31", -6, "2020-09-30"),
        ("2021-01-31", 1, "2021-02-28"),
        ("2020-02-29", 12, "2021-02-28"),
        ("2020-02-29", -12, "2019-02-28"),
        ("2020-12-15", 1, "2021-01-15"),
        ("2021-01-15", -1, "2020-12-15"),
        ("2021-01-15", 0, "2021-01-15"),
    ],
)
def test_so_many_months_after_a_day(day: str, months: int, found: str) -> None:
    found_day = months_after(datetime.date.fromisoformat(day), months)
    assert found_day == datetime.date.fromisoformat(found)
