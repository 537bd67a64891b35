"""Arithmetic and wording of figures, over plain values."""

from decimal import ROUND_HALF_UP, Decimal

from bcf.base.published import Qualifier
from bcf.money import MINUS

POUND = "£"
PERCENT = "%"


def rate(
    numerator: Decimal | None, denominator: Decimal | None, per: int | None, places: int = 1
) -> Decimal | None:
    """The numerator per so many of the denominator, halves away from nought; None without one.

    4,387.5 delayed days over 198,867 people, per 100,000, are 2,206.2.
    """
    if numerator is None or not denominator or not per:
        return None
    return (numerator * per / denominator).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)


def in_words(
    value: Decimal | None, upper: Decimal | None = None, unit: str = "", qualifier: str = ""
) -> str:
    """A figure as a reader writes it: `about £1,200`, `10 to 19%`, `146 admissions`."""
    if value is None:
        return ""
    figures = [number(each) for each in (value, upper) if each is not None]
    if unit.startswith(POUND):
        figures = [
            f"{MINUS}{POUND}{each[1:]}" if each[0] == MINUS else POUND + each for each in figures
        ]
        unit = unit.removeprefix(POUND)
    text = " to ".join(figures)
    if unit.startswith(PERCENT):
        text += unit
    elif unit.strip():
        text += f" {unit.strip()}"
    return f"{qualifier} {text}" if qualifier in Qualifier.values else text


def number(value: Decimal) -> str:
    """`1234567.50` as `1,234,567.5`."""
    text = f"{abs(value):,f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return f"{MINUS}{text}" if value < 0 else text
