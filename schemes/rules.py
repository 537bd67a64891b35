"""Rules of spend and benefits over plain values, in pounds."""

from decimal import ROUND_HALF_UP, Decimal

from bcf.money import PENNY


def line_counts(in_pool: bool, breaks_down: int | None) -> bool:
    """Whether a line counts towards spend: in the pool, and breaking down no other line."""
    return in_pool and breaks_down is None


def saving_of(
    *, change: Decimal | None, unit_price: Decimal | None, stated: Decimal | None
) -> Decimal | None:
    """The saving that is stated, else what the reduction is worth; None where neither is known.

    A reduction is a negative change: 20 admissions fewer at £1,500 save £30,000. What is
    worked out is rounded to the penny, half up.
    """
    if stated is not None:
        return stated
    if change is None or unit_price is None:
        return None
    return (-change * unit_price).quantize(PENNY, ROUND_HALF_UP)


def scheme_title(reference: str, name: str) -> str:
    """A scheme as it is called: its number or letter in the plan, and its name."""
    return f"{reference} {name}"
