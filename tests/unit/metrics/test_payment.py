"""Payment for performance: cumulative, never above its fund, and a missed quarter recovered."""

from decimal import Decimal as D

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bcf.money import from_pence
from metrics.rules import (
    QuarterCounts,
    payment_by_quarter,
    planned_reduction,
    value_of_reduction,
)

PRICE = D(100)

cases = st.integers(0, 10**5).map(D)
prices = st.integers(0, 10**6).map(from_pence)
quarters = st.lists(st.builds(QuarterCounts, cases, cases, st.none() | cases), max_size=6)
known_quarters = st.lists(st.builds(QuarterCounts, cases, cases, cases), max_size=6)


def reductions(planned: list[int], actual: list[int | None]) -> list[QuarterCounts]:
    """Quarters with a baseline of 1,000 that plan and reach these reductions."""
    return [
        QuarterCounts(D(1000), D(1000 - plan), None if fact is None else D(1000 - fact))
        for plan, fact in zip(planned, actual, strict=True)
    ]


@given(quarters, prices)
def test_payment_never_exceeds_its_fund_nor_falls_below_nothing(
    given_quarters: list[QuarterCounts], price: D
) -> None:
    made = payment_by_quarter(given_quarters, price)
    assert made.fund >= 0
    assert 0 <= made.paid <= made.fund
    assert made.paid + made.unpaid == made.fund
    for quarter in made.quarters:
        assert quarter.paid is None or quarter.paid >= 0
        assert quarter.missed is None or 0 <= quarter.missed <= made.fund


@given(known_quarters, prices)
def test_paid_in_all_is_the_most_that_was_ever_earned(
    given_quarters: list[QuarterCounts], price: D
) -> None:
    made = payment_by_quarter(given_quarters, price)
    assert made.paid == max((quarter.entitled or 0 for quarter in made.quarters), default=0)


@given(st.lists(st.tuples(cases, cases), max_size=6), prices)
def test_a_plan_that_is_kept_is_paid_in_full(counts: list[tuple[D, D]], price: D) -> None:
    kept = [QuarterCounts(max(pair), min(pair), min(pair)) for pair in counts]
    made = payment_by_quarter(kept, price)
    assert made.paid == made.fund == value_of_reduction(planned_reduction(kept), price)
    assert all(quarter.missed == 0 for quarter in made.quarters)


@pytest.mark.parametrize(
    ("planned", "actual", "paid", "missed"),
    [
        # Kept, and more than kept: only the plan is paid.
        ([10, 10, 10, 10], [10, 10, 10, 10], [1000, 1000, 1000, 1000], [0, 0, 0, 0]),
        ([10, 10, 10, 10], [50, 50, 50, 50], [1000, 1000, 1000, 1000], [0, 0, 0, 0]),
        # The second quarter misses, and the third recovers it, in part or whole.
        ([10, 10, 10, 10], [10, 4, 13, 10], [1000, 400, 1300, 1000], [0, 600, 300, 300]),
        ([10, 10, 10, 10], [10, 0, 20, 10], [1000, 0, 2000, 1000], [0, 1000, 0, 0]),
        # What a good first quarter earns counts for a later one.
        ([10, 10, 10, 10], [20, 0, 10, 10], [1000, 1000, 1000, 1000], [0, 0, 0, 0]),
        # A rise is paid nothing, and has to be made good before anything is.
        ([10, 10, 10, 10], [-10, 10, 10, 30], [0, 0, 1000, 3000], [1000, 2000, 2000, 0]),
        # What was paid is not taken back, and is not paid twice.
        ([10, 10, 10, 10], [10, -5, 5, 5], [1000, 0, 0, 500], [0, 1000, 2000, 2500]),
        # A plan that gives back some of its reduction pays no more than the whole of it.
        ([30, -10, 0, 0], [30, 0, 0, 0], [2000, 0, 0, 0], [0, 0, 0, 0]),
        ([-10, 0, 0, 0], [10, 10, 10, 10], [0, 0, 0, 0], [0, 0, 0, 0]),
    ],
)
def test_quarter_by_quarter(
    planned: list[int], actual: list[int | None], paid: list[int], missed: list[int]
) -> None:
    made = payment_by_quarter(reductions(planned, actual), PRICE)
    assert [quarter.paid for quarter in made.quarters] == paid
    assert [quarter.missed for quarter in made.quarters] == missed


def test_from_a_quarter_that_is_not_known_nothing_is() -> None:
    made = payment_by_quarter(reductions([10, 10, 10], [10, None, 10]), PRICE)
    assert [quarter.paid for quarter in made.quarters] == [1000, None, None]
    assert [quarter.planned_reduction for quarter in made.quarters] == [10, 20, 30]
    assert (made.fund, made.paid, made.unpaid) == (3000, 1000, 2000)


def test_a_reduction_is_worth_its_price_to_the_penny() -> None:
    assert value_of_reduction(D(3), D("0.125")) == D("0.38")
    assert value_of_reduction(D(-3), D("0.125")) == 0


def test_no_quarter_has_no_fund() -> None:
    made = payment_by_quarter([], PRICE)
    assert (made.planned_reduction, made.fund, made.paid, made.quarters) == (0, 0, 0, ())
