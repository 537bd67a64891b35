"""What a document prints: where it stands, in which unit, and how far it was rounded."""

import datetime
import re
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from django.db import models

from bcf.money import from_pence

_DASHES = {"-", "\N{EN DASH}", "\N{EM DASH}"}


class PrintedUnit(models.TextChoices):
    """The unit in which a document prints an amount of money."""

    POUNDS = "GBP", "£"
    THOUSANDS = "GBP_thousand", "£000"
    MILLIONS = "GBP_million", "£ million"


class Qualifier(models.TextChoices):
    """What a document says of how exact a figure is."""

    ABOUT = "about", "about"
    OVER = "over", "over"
    UNDER = "under", "under"


_PENCE = {"GBP": 100, "GBP_thousand": 100_000, "GBP_million": 100_000_000}


@dataclass(frozen=True, order=True)
class Citation:
    """A document, its date, and the place in it where a figure stands."""

    title: str
    date: datetime.date | None = None
    place: str = ""

    def __str__(self) -> str:
        return f"{self.title}, {self.place}" if self.place else self.title


def citation_of(title: str, date: datetime.date | None, place: str) -> Citation | None:
    """Where a row comes from; None when it was entered here and not taken from print."""
    return Citation(title, date, place) if title else None


def printed_pounds(printed: str, unit: str) -> Decimal | None:
    """The printed figure in pounds; None when nothing is printed or it is not money.

    A dash in a table of money stands for nothing, £0.
    """
    if unit not in _PENCE or not printed.strip():
        return None
    if printed.strip() in _DASHES:
        return from_pence(0)
    try:
        figure = Decimal(printed.replace(",", "").replace("£", "").strip())
    except InvalidOperation:
        return None
    return from_pence(figure * _PENCE[unit])


def with_commas(printed: str) -> str:
    """A whole number with its thousands apart; anything else as it stands."""
    return f"{int(printed):,}" if re.fullmatch(r"-?\d{4,}", printed) else printed


def printed_words(printed: str, unit: str) -> str:
    """A figure as a document prints it: `£3,642`, `1,230 (£000)`; nothing where none is printed."""
    if not printed or unit not in _PENCE:
        return with_commas(printed)
    if unit == PrintedUnit.POUNDS:
        return f"£{with_commas(printed)}"
    return f"{with_commas(printed)} ({PrintedUnit(unit).label})"


def differs_from_print(amount: Decimal | None, printed: str, unit: str) -> bool:
    """Whether an amount in pounds was changed here from what a document prints."""
    return bool(printed) and printed_pounds(printed, unit) not in (None, amount)
