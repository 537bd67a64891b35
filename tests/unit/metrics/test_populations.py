"""A rate is of the right people at the right time, or it is not made."""

from decimal import Decimal as D

import pytest

from bcf.periods import parse_period
from metrics.rules import People, people_for


def people(count: int, age_band: str, period: str, basis: str = "", part: str = "") -> People:
    return People(D(count), age_band, parse_period(period), basis, part)


MONTH = people(101, "18+", "2017-04")
YEAR = people(102, "18+", "2017-18")
SPAN = people(103, "18+", "2014-15/2018-19")
OLDER = people(50, "65+", "2017-18")
SEGMENT = people(7, "18+", "2017-05", part="two or more conditions")
UNDATED = people(104, "18+", "not-stated")
ALL = [SPAN, UNDATED, OLDER, SEGMENT, YEAR, MONTH]


@pytest.mark.parametrize(
    ("age_band", "period", "found"),
    [
        ("18+", "2017-04", MONTH),
        ("18+", "2017-05", YEAR),
        ("18+", "2017-18Q1", YEAR),
        ("18+", "2017-18", YEAR),
        ("18+", "2018-05", SPAN),
        ("65+", "2017-05", OLDER),
        (" 65+", "2017-18", OLDER),
        ("65+", "2018-19", None),
        ("18-64", "2017-18", None),
        ("18+", "2012-13", None),
        ("18+", "2017", SPAN),
        ("18+", "not-stated", UNDATED),
        ("65+", "not-stated", None),
    ],
)
def test_the_people_of_a_rate(age_band: str, period: str, found: People | None) -> None:
    assert people_for(ALL, age_band, parse_period(period)) == found
    assert people_for(reversed(ALL), age_band, parse_period(period)) == found


def test_two_counts_that_fit_alike_are_not_chosen_between() -> None:
    other = people(999, "18+", "2017-18", "another projection")
    assert people_for([YEAR, other], "18+", parse_period("2017-18")) is None
    assert people_for([YEAR, other], "18+", parse_period("2017-05")) is None


def test_two_bases_that_count_the_same_are_one_population() -> None:
    again = people(102, "18+", "2017-18", "another projection")
    assert people_for([YEAR, again], "18+", parse_period("2017-18")) == YEAR
