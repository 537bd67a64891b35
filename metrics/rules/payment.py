"""Payment for performance: money of the fund paid quarter by quarter for fewer cases.

Source: the formula is general knowledge of the Technical Guidance of August 2014 and has not been
checked against it. Price, quarters and ambition are a cycle's data (`PaymentForPerformance`).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from bcf.money import PENNY, ZERO, total

NONE = Decimal(0)


@dataclass(frozen=True)
class QuarterCounts:
    """Cases in a quarter of the baseline, as planned a year later and, when known, as happened."""

    baseline: Decimal
    planned: Decimal
    actual: Decimal | None = None


@dataclass(frozen=True)
class QuarterPayment:
    """What is paid after one quarter; the reductions, in cases, are from the first one on.

    `entitled` is the pounds earned from the first quarter on and `paid` what this quarter adds to
    them; `missed` is what the plan so far would have paid and has not, which a later quarter may
    recover. All three, like `actual_reduction`, are None from the first quarter not known.
    """

    planned_reduction: Decimal
    actual_reduction: Decimal | None = None
    entitled: Decimal | None = None
    paid: Decimal | None = None
    missed: Decimal | None = None


@dataclass(frozen=True)
class PaymentByQuarter:
    """The planned reduction in cases, the pounds that it is worth, and the quarters' payments."""

    planned_reduction: Decimal
    fund: Decimal
    quarters: tuple[QuarterPayment, ...]

    @property
    def paid(self) -> Decimal:
        """What the quarters known so far are paid, in pounds."""
        return total(quarter.paid for quarter in self.quarters)

    @property
    def unpaid(self) -> Decimal:
        """The rest of the fund: it stays with the NHS commissioner, who spends it on NHS care."""
        return self.fund - self.paid


def planned_reduction(quarters: Sequence[QuarterCounts]) -> Decimal:
    """Cases fewer than in the baseline, as planned over all quarters; below nought for more."""
    return sum((quarter.baseline - quarter.planned for quarter in quarters), NONE)


def value_of_reduction(cases: Decimal, unit_price: Decimal) -> Decimal:
    """What so many cases fewer are worth, in pounds to the penny; more cases are worth nothing."""
    return (max(NONE, cases) * unit_price).quantize(PENNY, ROUND_HALF_UP)


def payment_by_quarter(quarters: Sequence[QuarterCounts], unit_price: Decimal) -> PaymentByQuarter:
    """What is paid after each quarter, in their order, for the reduction reached until then.

    Earned so far is the value of the reduction from the first quarter on, as it happened but never
    more than planned until then, nor than planned in all. A quarter is paid what has been earned
    and not been paid: a quarter that missed its plan may be recovered by a later one, and what
    was paid is not taken back.
    """
    in_all = planned_reduction(quarters)
    paid_before = ZERO
    actual: Decimal | None = NONE
    made = []
    for position, quarter in enumerate(quarters, start=1):
        planned = planned_reduction(quarters[:position])
        if actual is None or quarter.actual is None:
            actual = None
            made.append(QuarterPayment(planned))
            continue
        actual += quarter.baseline - quarter.actual
        most = min(planned, in_all)
        entitled = value_of_reduction(min(most, actual), unit_price)
        paid = max(ZERO, entitled - paid_before)
        paid_before += paid
        missed = max(ZERO, value_of_reduction(most, unit_price) - paid_before)
        made.append(QuarterPayment(planned, actual, entitled, paid, missed))
    return PaymentByQuarter(in_all, value_of_reduction(in_all, unit_price), tuple(made))
