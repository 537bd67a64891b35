"""An over- or underspend is divided to the penny, and what nobody bears is said."""

from decimal import Decimal as D

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bcf.money import NotDivisible, from_pence, total
from governance.rules import (
    Division,
    bear_own,
    share_by_percent,
    share_capped,
    share_fixed,
    share_in_proportion,
)

amounts = st.integers(-(10**11), 10**11).map(from_pence)
contributions = st.dictionaries(
    st.sampled_from("abcdef"), st.integers(0, 10**11).map(from_pence), min_size=1
).filter(lambda given: any(given.values()))
caps = st.dictionaries(st.sampled_from("abcdef"), st.integers(0, 10**11).map(from_pence))


@given(amounts, contributions)
def test_a_share_in_proportion_loses_no_penny(difference: D, contributed: dict[str, D]) -> None:
    division = share_in_proportion(difference, contributed)
    assert total(division.borne.values()) == difference
    assert division.unborne == 0
    assert set(division.borne) == set(contributed)
    assert all(division.borne[each] == 0 for each, paid in contributed.items() if not paid)


def test_two_thirds_of_the_contributions_bear_two_thirds() -> None:
    division = share_in_proportion(D("100.00"), {"council": D(400_000), "nhs": D(200_000)})
    assert division.borne == {"council": D("66.67"), "nhs": D("33.33")}


@given(amounts, st.integers(0, 1000))
def test_a_share_by_percentages_loses_no_penny(difference: D, tenths: int) -> None:
    percents = {"council": D(tenths) / 10, "nhs": 100 - D(tenths) / 10}
    division = share_by_percent(difference, percents)
    assert division.difference == difference
    for each, percent in percents.items():
        assert abs(division.borne[each] - difference * percent / 100) < D("0.01")


def test_percentages_are_of_the_whole() -> None:
    with pytest.raises(NotDivisible, match="100"):
        share_by_percent(D(1), {"council": D(50), "nhs": D(40)})


def test_where_nobody_contributes_nothing_is_shared_in_proportion() -> None:
    with pytest.raises(NotDivisible):
        share_in_proportion(D(1), {"council": D(0), "nhs": D(0)})


@given(contributions, contributions)
def test_each_bears_its_own(budgeted: dict[str, D], spent: dict[str, D]) -> None:
    division = bear_own(budgeted, spent)
    assert division.difference == total(spent.values()) - total(budgeted.values())
    assert division.unborne == 0


def test_one_partner_may_overspend_what_another_leaves() -> None:
    division = bear_own(
        {"council": D(100), "nhs": D(50)}, {"council": D(90), "nhs": D("65.5"), "other": D(1)}
    )
    assert division.borne == {"council": D(-10), "nhs": D("15.5"), "other": D(1)}
    assert division.difference == D("6.5")


@given(amounts, contributions, caps)
def test_caps_lose_no_penny_and_nobody_bears_more(
    difference: D, contributed: dict[str, D], limits: dict[str, D]
) -> None:
    uncapped = share_in_proportion(difference, contributed)
    capped = share_capped(uncapped, limits)
    assert capped.difference == difference
    assert capped.unborne >= 0
    for each, part in capped.borne.items():
        assert part <= limits.get(each, part)
        assert part <= uncapped.borne[each]


def test_what_is_beyond_a_cap_is_left_to_settle() -> None:
    evenly = share_by_percent(D(1000), {"council": D(50), "nhs": D(50)})
    assert share_capped(evenly, {"nhs": D(300)}) == Division(
        {"council": D(500), "nhs": D(300)}, D(200)
    )


def test_a_cap_of_the_contribution_is_a_cap_like_any() -> None:
    contributed = {"council": D(30), "nhs": D(70)}
    over = share_capped(share_in_proportion(D(150), contributed), contributed)
    assert over == Division(contributed, D(50))


def test_an_underspend_is_never_capped() -> None:
    back = share_by_percent(D(-1000), {"council": D(50), "nhs": D(50)})
    assert share_capped(back, {"nhs": D(300), "council": D(0)}) == back


def test_a_division_may_be_capped_twice() -> None:
    evenly = share_by_percent(D(1000), {"council": D(50), "nhs": D(50)})
    twice = share_capped(share_capped(evenly, {"nhs": D(300)}), {"council": D(400)})
    assert twice == Division({"council": D(400), "nhs": D(300)}, D(300))


@given(amounts, contributions)
def test_fixed_amounts_lose_no_penny(difference: D, fixed: dict[str, D]) -> None:
    division = share_fixed(difference, fixed)
    assert division.difference == difference
    assert division.unborne >= 0
    assert all(division.borne[each] <= amount for each, amount in fixed.items())


def test_fixed_amounts_are_borne_as_they_are_and_the_rest_by_nobody() -> None:
    fixed = {"council": D(300), "nhs": D(100)}
    assert share_fixed(D(1000), fixed) == Division(fixed, D(600))
    assert share_fixed(D(400), fixed) == Division(fixed)


def test_fixed_amounts_beyond_the_difference_are_its_weights() -> None:
    fixed = {"council": D(300), "nhs": D(100)}
    assert share_fixed(D(100), fixed).borne == {"council": D(75), "nhs": D(25)}
    assert share_fixed(D(-100), fixed).borne == {"council": D(-75), "nhs": D(-25)}


def test_a_fixed_amount_is_never_less_than_nothing() -> None:
    with pytest.raises(NotDivisible):
        share_fixed(D(100), {"council": D(-1), "nhs": D(2)})
