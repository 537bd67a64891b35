"""Periods and dates are read as people type them, and a box shows what can be typed again."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bcf.periods import (
    CalendarYear,
    FinancialYear,
    Month,
    NotAPeriod,
    PartialDate,
    Period,
    PeriodRange,
    Quarter,
)
from bcf.typed_periods import (
    NotADate,
    as_typed,
    date_as_typed,
    read_date,
    read_financial_year,
    read_partial_date,
    read_period,
)

YEARS = st.integers(2012, 2090).map(FinancialYear)
MONTHS = st.builds(Month, st.integers(1990, 2090), st.integers(1, 12))
SIMPLE = st.one_of(
    YEARS,
    MONTHS,
    st.builds(Quarter, YEARS, st.integers(1, 4)),
    st.integers(1990, 2090).map(CalendarYear),
)


@given(SIMPLE)
def test_what_a_box_shows_is_read_as_the_same_period(period: Period) -> None:
    assert read_period(as_typed(period)) == period
    assert read_period(str(period.label)) == period


@given(SIMPLE, SIMPLE)
def test_a_span_is_read_back_too(first: Period, last: Period) -> None:
    if first.sort_key[0] <= last.sort_key[0]:
        span = PeriodRange(first, last)
        assert read_period(as_typed(span)) == span


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("2015-16", "2015-16"),
        ("2015/16", "2015-16"),
        ("2015–16", "2015-16"),
        (" 2015 / 2016 ", "2015-16"),
        ("15/16", "2015-16"),
        ("FY 2015/16", "2015-16"),
        ("1999-2000", "1999-00"),
        ("Q3 2015-16", "2015-16Q3"),
        ("2015/16 q3", "2015-16Q3"),
        ("2015-16Q3", "2015-16Q3"),
        ("Quarter 3, 2015/16", "2015-16Q3"),
        ("quarter 3 of 2015–16", "2015-16Q3"),
        ("April 2017", "2017-04"),
        ("Apr-17", "2017-04"),
        ("SEPT 2014", "2014-09"),
        ("04/2017", "2017-04"),
        ("2017/04", "2017-04"),
        ("2017-04", "2017-04"),
        ("2013", "2013"),
        ("2013-04/2013-07", "2013-04/2013-07"),
        ("April to July 2013", "2013-04/2013-07"),
        ("April 2013 - July 2013", "2013-04/2013-07"),
        ("Q1 2015-16 to Q3 2015-16", "2015-16Q1/2015-16Q3"),
        ("2013 to 2015", "2013/2015"),
        ("Not stated", "not-stated"),
        ("not-stated", "not-stated"),
        ("", "not-stated"),
    ],
)
def test_a_period_is_read_as_typed(typed: str, code: str) -> None:
    assert str(read_period(typed)) == code


@pytest.mark.parametrize(
    "typed",
    [
        "2015-17",
        "Q5 2015-16",
        "Q3",
        "13/2015",
        "31/3/2015",
        "1 April 2015",
        "July 2013 to April 2013",
        "April to July",
        "next year",
        "20155-16",
        "Smarch 2015",
    ],
)
def test_what_is_no_period_is_refused_with_what_to_type(typed: str) -> None:
    with pytest.raises(NotAPeriod) as error:
        read_period(typed)
    assert str(error.value).startswith(
        f"“{typed}” is not a period. Type a financial year (2015-16)"
    )


@pytest.mark.parametrize("typed", ["2015/16", "2015-2016", "15/16"])
def test_a_financial_year_is_read_as_typed(typed: str) -> None:
    assert str(read_financial_year(typed)) == "2015-16"
    assert str(read_financial_year("")) == "not-stated"


@pytest.mark.parametrize("typed", ["2015", "April 2015", "Q1 2015-16", "soon"])
def test_what_is_no_financial_year_is_refused(typed: str) -> None:
    with pytest.raises(NotAPeriod, match=r"is not a financial year\. Type one as 2015-16"):
        read_financial_year(typed)


@pytest.mark.parametrize(
    "typed",
    [
        "31/3/2026",
        "31.03.2026",
        "31-3-2026",
        "31/3/26",
        "31 March 2026",
        "31 Mar 2026",
        "31st March, 2026",
        "31-Mar-26",
        "2026-03-31",
    ],
)
def test_a_date_is_read_as_typed_with_the_day_first(typed: str) -> None:
    assert read_date(typed) == date(2026, 3, 31)
    assert read_partial_date(typed) == PartialDate(2026, 3, 31)


@pytest.mark.parametrize("typed", ["30/2/2026", "31/13/2026", "March 2026", "2026", "today", "1/2"])
def test_what_is_no_date_is_refused_with_what_to_type(typed: str) -> None:
    with pytest.raises(NotADate) as error:
        read_date(typed)
    assert str(error.value) == f"“{typed}” is not a date. Type it as 31/3/2026 or 31 March 2026."


@pytest.mark.parametrize(
    ("typed", "code"),
    [("March 2026", "2026-03"), ("3/2026", "2026-03"), ("Mar-26", "2026-03"), ("2026", "2026")],
)
def test_a_partial_date_is_what_is_known(typed: str, code: str) -> None:
    assert str(read_partial_date(typed)) == code


@pytest.mark.parametrize("typed", ["30/2/2026", "13/2026", "3-2026", "3.26", "soon", "Q1 2026"])
def test_what_is_no_partial_date_is_refused(typed: str) -> None:
    with pytest.raises(NotADate, match="Type it as 31/3/2026, March 2026 or 2026"):
        read_partial_date(typed)


@given(st.dates(date(1900, 1, 1), date(2199, 12, 31)))
def test_a_date_that_a_box_shows_is_read_back(day: date) -> None:
    assert read_date(date_as_typed(day)) == day
    assert read_date(f"{day.day}/{day.month}/{day.year}") == day
    partial = PartialDate(day.year, day.month, day.day)
    assert read_partial_date(partial.label) == partial
