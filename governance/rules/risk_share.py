"""How an over- or underspend of a pooled fund is divided between its partners, to the penny.

A difference is what was spent less what was budgeted: above nought an overspend, which the
partners bear, and below nought an underspend, which they get back. Source: the clauses on risk
share and overspends of published section 75 agreements (lawinsider.com/clause/risk-share;
markettransfer.info/clause/over-and-underspends). Which partner has which share, percentage or
cap is the agreement's own and always an argument.
"""

from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Generic, TypeVar

from bcf.money import ZERO, divide, divide_by_percent, total

P = TypeVar("P", bound=Hashable)


@dataclass(frozen=True)
class Division(Generic[P]):
    """What each partner bears of a difference, in pounds; below nought what it gets back.

    `unborne` is what the rule gives to nobody: the part of an overspend beyond the caps.
    `borne` and `unborne` add to the difference exactly.
    """

    borne: Mapping[P, Decimal]
    unborne: Decimal = ZERO

    @property
    def difference(self) -> Decimal:
        return total(self.borne.values()) + self.unborne


def share_in_proportion(difference: Decimal, contributions: Mapping[P, Decimal]) -> Division[P]:
    """Each partner bears as much of the difference as it pays of the contributions.

    Raises `NotDivisible` where nobody contributes anything.
    """
    return Division(divide(difference, contributions))


def share_by_percent(difference: Decimal, percents: Mapping[P, Decimal]) -> Division[P]:
    """Each partner bears the percentage that the agreement fixes, whatever it contributes.

    Raises `NotDivisible` where the percentages do not add to 100.
    """
    return Division(divide_by_percent(difference, percents))


def bear_own(budgeted: Mapping[P, Decimal], spent: Mapping[P, Decimal]) -> Division[P]:
    """Each partner bears what it spent beyond its own budget; one without a budget has £0."""
    partners = dict.fromkeys((*budgeted, *spent))
    return Division({each: spent.get(each, ZERO) - budgeted.get(each, ZERO) for each in partners})


def share_capped(division: Division[P], caps: Mapping[P, Decimal]) -> Division[P]:
    """A division in which no partner bears more of an overspend than its cap, in pounds.

    What is beyond a cap passes to no other partner, because none has agreed to it: it is left
    unborne, for the partners to settle. A partner without a cap bears its whole part, and an
    underspend is never capped.
    """
    borne = {each: min(part, caps.get(each, part)) for each, part in division.borne.items()}
    return Division(borne, division.difference - total(borne.values()))


def share_fixed(difference: Decimal, amounts: Mapping[P, Decimal]) -> Division[P]:
    """Each partner bears the amount that the agreement fixes for it, in pounds.

    Where the amounts exceed the difference, and so in every underspend, each bears as much of it
    as its amount is of all; what they do not reach is left unborne. Raises `NotDivisible` on an
    amount below nought, or where an underspend has no amount to go by.
    """
    fixed = total(amounts.values())
    if difference < fixed or any(amount < 0 for amount in amounts.values()):
        return Division(divide(difference, amounts))
    return Division(dict(amounts), difference - fixed)
