"""Arithmetic of benefits over plain values, in pounds."""

from collections.abc import Iterable
from decimal import ROUND_HALF_UP, Decimal

from bcf.money import PENNY, total


def saving_of(
    *, change: Decimal | None, unit_price: Decimal | None, stated: Decimal | None
) -> Decimal | None:
    """The saving that is stated, else what the reduction is worth; None where neither is known.

    A reduction is a negative change: 23 admissions fewer at £2,004 save £46,092. What is
    worked out is rounded to the penny, half up.
    """
    if stated is not None:
        return stated
    if change is None or unit_price is None:
        return None
    return (-change * unit_price).quantize(PENNY, ROUND_HALF_UP)


def total_saving(savings: Iterable[Decimal | None]) -> Decimal | None:
    """The savings added, leaving out those not known; None where none is known."""
    known = [saving for saving in savings if saving is not None]
    return total(known) if known else None
