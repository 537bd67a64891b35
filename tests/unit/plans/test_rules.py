"""Every status with every event: what it becomes, or that it may not happen."""

import pytest

from plans.choices import PlanAction, PlanStatus
from plans.rules import actions_from, is_open, next_status

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
