"""Every status with every event, what it becomes or that it may not happen; funding shares."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bcf.money import LIMIT, NotDivisible, from_pence, total
from plans.choices import PlanAction, PlanStatus
from plans.rules import actions_from, by_funding_shares, is_open, next_status

EXPECTED = {
    ("draft", "submit"): "submitted",
    ("draft", "approve"): None,
    ("draft", "reopen"): None,
    ("submitted", "submit"): None,
    ("submitted", "approve"): "approved",
    ("submitted", "reopen"): "draft",
    ("approved", "submit"): None,
    ("approved", "approve"): None,
    ("approved", "reopen"): "draft",
}


def test_every_status_meets_every_event() -> None:
    assert set(EXPECTED) == {(s, a) for s in PlanStatus.values for a in PlanAction.values}


@pytest.mark.parametrize(("status", "action"), EXPECTED)
def test_what_an_event_does_to_a_plan(status: str, action: str) -> None:
    assert next_status(status, PlanAction(action)) == EXPECTED[status, action]


@pytest.mark.parametrize(
    ("status", "actions"),
    [("draft", ["submit"]), ("submitted", ["approve", "reopen"]), ("approved", ["reopen"])],
)
def test_the_events_that_are_offered(status: str, actions: list[str]) -> None:
    assert actions_from(status) == actions


def test_only_a_draft_may_be_edited() -> None:
    assert [status for status in PlanStatus.values if is_open(status)] == ["draft"]


def test_an_unknown_status_is_an_error() -> None:
    with pytest.raises(ValueError, match="lost"):
        next_status("lost", PlanAction.SUBMIT)


@given(st.integers(0, int(LIMIT) * 100).map(from_pence), st.integers(0, 100))
def test_funding_shares_give_all_of_the_money(money: Decimal, percent: int) -> None:
    shares = {"first": Decimal(percent), "second": Decimal(100 - percent)}
    given_by = by_funding_shares(money, shares)
    assert total(given_by.values()) == money
    assert abs(given_by["first"] - money * percent / 100) < Decimal("0.01")


def test_one_commissioner_gives_a_board_all_of_its_money() -> None:
    assert by_funding_shares(Decimal("9.99"), {"only": Decimal(100)}) == {"only": Decimal("9.99")}


@pytest.mark.parametrize("shares", [{}, {"first": Decimal(78)}])
def test_shares_that_are_not_known_give_nothing(shares: dict[str, Decimal]) -> None:
    with pytest.raises(NotDivisible):
        by_funding_shares(Decimal(100), shares)
