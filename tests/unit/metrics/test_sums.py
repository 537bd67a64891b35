"""Months make quarters and quarters make years, and what is missing is not nothing."""

from decimal import Decimal as D
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from bcf.base.worked import Figure, RowRef, stated
from bcf.periods import FinancialYear, Month, Quarter
from metrics.rules import by_quarter, by_year, whole_sum

YEAR = FinancialYear(2017)
MONTHS = [month for quarter in YEAR.quarters for month in quarter.months]
counts = st.decimals(0, 10**6, places=1).map(stated)


def figure(value: int, ref: str) -> Figure:
    return stated(value, row=RowRef("metrics.metricvalue", "a-plan", ref))


@given(st.lists(counts, min_size=12, max_size=12))
def test_a_year_of_quarters_is_a_year_of_months(given_counts: list[Figure]) -> None:
    quarters = by_quarter(dict(zip(MONTHS, given_counts, strict=True)))
    assert list(quarters) == list(YEAR.quarters)
    year = by_year(quarters)[YEAR]
    assert year is not None
    assert year.value == sum((each.value for each in given_counts), Fraction(0))


@given(st.lists(counts, min_size=12, max_size=12), st.integers(0, 11), st.booleans())
def test_a_month_that_is_missing_leaves_its_quarter_and_year_unknown(
    given_counts: list[Figure], position: int, is_left_out: bool
) -> None:
    months: dict[Month, Figure | None] = dict(zip(MONTHS, given_counts, strict=True))
    missing = MONTHS[position]
    if is_left_out:
        del months[missing]
    else:
        months[missing] = None
    quarters = by_quarter(months)
    assert [quarter for quarter, count in quarters.items() if count is None] == [missing.quarter]
    assert by_year(quarters) == {YEAR: None}


def test_a_quarter_that_has_no_month_given_is_not_made() -> None:
    assert by_quarter({Month(2018, 1): stated(1)}) == {Quarter(YEAR, 4): None}
    assert by_quarter({}) == {}


def test_nothing_given_adds_to_nothing_known() -> None:
    assert whole_sum([]) is None
    assert whole_sum([stated(1), None]) is None


def test_noughts_add_to_nought_and_the_rows_are_named() -> None:
    made = whole_sum([figure(0, "one"), figure(0, "two")])
    assert made is not None
    assert (made.rounded(), made.how) == (D(0), "0 + 0")
    assert [each.ref for each in made.rows] == ["one", "two"]
