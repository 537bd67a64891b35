"""Figures that were worked out: their value, what rounding leaves open, and how they were made."""

from decimal import Decimal as D
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bcf.base.spans import Span
from bcf.base.worked import (
    PERCENT,
    POUNDS,
    Figure,
    RowRef,
    added,
    divided,
    growth,
    less,
    negative,
    percent_of,
    rounded,
    stated,
    times,
)

amounts = st.decimals(-(10**9), 10**9, places=2)
ROW, OTHER = RowRef("schemes.benefit", "a-plan", "one"), RowRef("schemes.benefit", "a-plan", "two")


def pounds(value: int | str, step: int | None = None, row: RowRef | None = None) -> Figure:
    return stated(D(value), step, POUNDS, row)


def test_a_product_says_what_it_is_of() -> None:
    saving = times(stated(1021, unit="admissions", row=ROW), pounds("2004", row=OTHER))
    assert saving.rounded(2) == D("2046084.00")
    assert saving.how == "1,021 admissions × £2,004"
    assert saving.unit == POUNDS
    assert saving.rows == (ROW, OTHER)


def test_a_sum_carries_the_rounding_of_each_term() -> None:
    whole = added([pounds(4_000, 1_000), pounds(6_000, 1_000), pounds(-500, 100)])
    assert whole is not None
    assert whole.value == 9_500
    assert whole.how == "£4,000 + £6,000 \u2212 £500"
    assert whole.span == Span(Fraction(8_450), Fraction(10_550))
    assert added([]) is None


def test_a_long_sum_says_how_many_figures_it_adds() -> None:
    whole = added([pounds(1)] * 7)
    assert whole is not None
    assert whole.how == "7 figures added"


def test_what_is_counted_is_named_once() -> None:
    whole = added([stated(3, unit="admissions"), stated(-4, unit="admissions")])
    assert whole is not None
    assert whole.how == "3 \u2212 4 admissions"


def test_a_row_is_named_once() -> None:
    whole = added([pounds(1, row=ROW), pounds(2, row=OTHER), pounds(3, row=ROW)])
    assert whole is not None
    assert whole.rows == (ROW, OTHER)


def test_shares_growth_and_differences() -> None:
    share = percent_of(pounds(231_513), pounds(6_634_000))
    grown = growth(pounds(110), pounds(100))
    fell = growth(pounds(-30), pounds(-20))
    assert share is not None
    assert grown is not None
    assert fell is not None
    assert (share.rounded(2), share.unit) == (D("3.49"), PERCENT)
    assert share.how == "£231,513 ÷ £6,634,000"
    assert (grown.rounded(1), grown.how) == (D("10.0"), "(£110 \u2212 £100) ÷ £100")
    assert fell.rounded() == -50
    assert less(pounds(5), pounds(-3)).how == "£5 \u2212 (\u2212£3)"


def test_nothing_is_divided_by_what_may_be_nothing() -> None:
    assert percent_of(pounds(1), pounds(0)) is None
    assert growth(pounds(1), pounds(0)) is None
    assert divided(pounds(1), pounds(400, 1_000)) is None


def test_a_rate_is_per_so_many() -> None:
    rate = divided(stated(D("4387.5")), stated(198_867, unit="people"), "per 100,000", 100_000)
    assert rate is not None
    assert rate.rounded(1) == D("2206.2")
    assert rate.how == "4,387.5 ÷ 198,867 people × 100,000"


def test_a_printed_figure_agrees_where_rounding_explains_it() -> None:
    total = added([pounds(10_000, 1_000), pounds(20_000, 1_000)])
    assert total is not None
    assert pounds(31_000, 1_000).agrees(total)
    assert not pounds(32_000, 1_000).agrees(total)
    assert pounds(32_000, 1_000).beyond(total) == 500


@pytest.mark.parametrize(
    ("number", "places", "expected"),
    [(Fraction(5, 2), 0, "3"), (Fraction(-5, 2), 0, "-3"), (Fraction(1, 3), 2, "0.33")],
)
def test_halves_go_away_from_nought(number: Fraction, places: int, expected: str) -> None:
    assert rounded(number, places) == D(expected)


@given(st.fractions(-(10**6), 10**6), st.integers(0, 4))
def test_what_is_shown_is_rounded_once(number: Fraction, places: int) -> None:
    assert abs(Fraction(rounded(number, places)) - number) <= Fraction(1, 2 * 10**places)
    assert rounded(-number, places) == -rounded(number, places)


@given(st.lists(amounts, min_size=1), st.sampled_from([None, 1, 100, 1_000]))
def test_the_value_lies_in_the_middle_of_its_span(values: list[D], step: int | None) -> None:
    whole = added([stated(value, step, POUNDS) for value in values])
    assert whole is not None
    assert whole.value == sum(map(Fraction, values))
    assert whole.span.low + whole.span.high == 2 * whole.value
    assert negative(negative(whole)).span == whole.span
