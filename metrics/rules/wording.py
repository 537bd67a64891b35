"""Figures as a reader writes them."""

from decimal import Decimal

from bcf.base.published import Qualifier
from bcf.money import MINUS

POUND = "£"
PERCENT = "%"


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
