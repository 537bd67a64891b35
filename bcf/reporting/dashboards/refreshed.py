"""Supplements and refreshes of a plan in words, and what a refresh changes of its plan."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from bcf.assurance.attached import Attached, Refreshed
from bcf.assurance.checks.naming import joined
from bcf.money import format_pounds
from bcf.reporting.attached_tables import NOTHING_BESIDE, REFRESHED, refreshed_tables
from bcf.reporting.dashboards.panels import Panel, Question
from plans.models import Plan

KEY, HEADING = "refreshed", f"{REFRESHED}?"
SAID = (
    "For its years the plan’s figures stand beside those of this refresh, which hold from the day "
    "on which it is submitted."
)


@dataclass(frozen=True)
class AttachedItem:
    """A supplement or a refresh in the list of its plan: what it is, its money, its status."""

    plan: Plan
    words: str


def attached_items(found: Sequence[Attached]) -> list[AttachedItem]:
    """What is attached to a plan, each with what has to be known of its money."""
    return [AttachedItem(each.plan, _words(each)) for each in found]


def _words(each: Attached) -> str:
    money = f"{_pounds(each.income)} paid in, {_pounds(each.spend)} spent"
    kind = each.plan.words.noun.capitalize()
    years = joined([year.label for year in each.plan.years])
    if not each.replaces:
        return f"{kind} for {years}: {money}. This is in none of the figures of this plan."
    if each.plan.is_open:
        return (
            f"{kind} for {years}: {money}. Once it is submitted, its figures of {years} replace "
            "those of this plan."
        )
    return (
        f"{kind} for {years}: {money}. These are the figures that hold for {years}; on this page "
        "stands what was planned before."
    )


def _pounds(amount: Decimal | None) -> str:
    return "not stated how much" if amount is None else format_pounds(amount)


def refreshed_question(found: Refreshed | None) -> Question | None:
    """The plan's figures beside those of its refresh; nothing where there is no plan to read."""
    if found is None:
        return None
    tables = list(refreshed_tables(found))
    return Question(
        KEY,
        HEADING,
        (SAID if tables else NOTHING_BESIDE,),
        tuple(Panel(table.key, table.caption, table=table, is_open=True) for table in tables),
    )
