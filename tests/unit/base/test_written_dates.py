"""Periods and dates as people and spreadsheets write them."""

import datetime

import pytest

from bcf.base.written_dates import read_date, read_partial_date, read_period
from bcf.periods import NotAPeriod, parse_period

CODES = ["2015-16", "2015-16Q3", "2017-04", "2013", "2013-04/2013-07", "not-stated", "1999-00"]


@pytest.mark.parametrize("code", CODES)
def test_a_period_is_read_by_its_code_and_by_its_label(code: str) -> None:
    period = parse_period(code)

    assert read_period(code) == period
    assert read_period(period.label) == period


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("2015/16", "2015-16"),
        ("2015-2016", "2015-16"),
        ("2015–16", "2015-16"),
        ("Q3 2015-16", "2015-16Q3"),
        ("Quarter 3 of 2015/16", "2015-16Q3"),
        ("Apr-15", "2015-04"),
        ("Sept 2015", "2015-09"),
        ("2015-04-01", "2015-04"),
        ("01/04/2015", "2015-04"),
        (" Not  stated ", "not-stated"),
        ("April 2013 to July 2013", "2013-04/2013-07"),
    ],
)
def test_other_ways_of_writing_a_period_are_understood(text: str, code: str) -> None:
    assert str(read_period(text)) == code


@pytest.mark.parametrize(
    "text", ["2015-17", "2015-04-02", "Octember 2015", "soon", "Q5 2015-16", "01/13/2015"]
)
def test_what_is_no_period_is_refused(text: str) -> None:
    with pytest.raises(NotAPeriod, match="is not a period"):
        read_period(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2014-09-18", "2014-09-18"),
        ("18/09/2014", "2014-09-18"),
        ("18 September 2014", "2014-09-18"),
        ("1st Sep 2014", "2014-09-01"),
        ("September 2014", "2014-09"),
        ("Sep-14", "2014-09"),
        ("2014-09", "2014-09"),
        ("2014", "2014"),
    ],
)
def test_a_date_may_be_known_in_part(text: str, expected: str) -> None:
    assert str(read_partial_date(text)) == expected


@pytest.mark.parametrize("text", ["31/02/2014", "2014-13", "32 May 2014", "tomorrow", ""])
def test_what_is_no_date_is_refused(text: str) -> None:
    with pytest.raises(NotAPeriod):
        read_partial_date(text)


def test_a_whole_date_needs_its_day() -> None:
    assert read_date("01/04/2015") == datetime.date(2015, 4, 1)
    with pytest.raises(NotAPeriod, match="Write 2014-09-18 or 18/09/2014"):
        read_date("April 2015")
