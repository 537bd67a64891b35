"""Rules of plans over plain values: which event may happen when, and whose money is whose."""

from collections.abc import Hashable, Mapping
from decimal import Decimal
from typing import TypeVar

from bcf.money import divide_by_percent
from plans.choices import PlanAction, PlanStatus

C = TypeVar("C", bound=Hashable)

# The one table of transitions: what an event does to a plan in each status where it may happen.
# The assurer's outcome moves a submitted plan on only where the outcome approves it.
TRANSITIONS: dict[PlanAction, dict[PlanStatus, PlanStatus]] = {
    PlanAction.SUBMIT: {PlanStatus.DRAFT: PlanStatus.SUBMITTED},
    PlanAction.APPROVE: {PlanStatus.SUBMITTED: PlanStatus.APPROVED},
    PlanAction.REOPEN: {
        PlanStatus.SUBMITTED: PlanStatus.DRAFT,
        PlanStatus.APPROVED: PlanStatus.DRAFT,
    },
}


def next_status(status: str, action: PlanAction) -> PlanStatus | None:
    """The status after the event, or None where the event may not happen."""
    return TRANSITIONS[action].get(PlanStatus(status))


def actions_from(status: str) -> list[PlanAction]:
    """The events that may happen to a plan in this status."""
    return [action for action in PlanAction if next_status(status, action)]


def is_open(status: str) -> bool:
    """Whether the rows of a plan in this status may be edited."""
    return status == PlanStatus.DRAFT


def by_funding_shares(nhs_money: Decimal, shares: Mapping[C, Decimal]) -> dict[C, Decimal]:
    """A board's NHS money, in pounds, over its NHS commissioners by their funding shares.

    The shares are percentages of this board's money (`FundingShare`), never of a commissioner's
    population. What each gives is in whole pence, and together they give all of it. Raises
    `NotDivisible` where the shares do not add to 100, as where a board's are not known.
    """
    return divide_by_percent(nhs_money, shares)
