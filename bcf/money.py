"""Money: pounds as `Decimal` with two places, kept as whole pence.

Nothing here is ever a float. A sum of amounts is exact; a share is rounded once, at the end.
"""

import re
from collections.abc import Hashable, Iterable, Mapping
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from fractions import Fraction
from typing import TypeVar

PENNY = Decimal("0.01")
ZERO = Decimal("0.00")

# The largest amount a planning template takes (2017-19 form) is £1,000,000,000; a pool of
# several boards may be larger. £1,000,000,000,000 keeps pence well inside 64 bits.
LIMIT = Decimal(1_000_000_000_000)

NOT_STATED = "not stated"
MINUS = "\N{MINUS SIGN}"

_SCALES = {"": 1, "k": 1_000, "m": 1_000_000, "bn": 1_000_000_000}
_WRITTEN = re.compile(
    r"(?P<open>\()?(?P<sign>[-\u2212\u2013])?£?(?P<sign2>[-\u2212\u2013])?"
    r"(?P<number>\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?|\.\d+)"
    r"(?P<scale>bn|k|m)?(?P<close>\))?",
    re.IGNORECASE,
)


K = TypeVar("K", bound=Hashable)


class NotMoney(ValueError):
    """A text that cannot be read as pounds and pence."""


class NotDivisible(ValueError):
    """Weights or percentages by which no amount can be divided, with a sentence that says why."""


def parse_pounds(text: str) -> Decimal:
    """Read an amount as people write it: `£1,234`, `(500)`, `1.2m`, `-3.50`.

    Returns pounds with two places. Raises `NotMoney` with a sentence that says what to type
    when the text is no amount, has a part of a penny, or is beyond `LIMIT`.
    """
    match = _WRITTEN.fullmatch(re.sub(r"\s", "", text))
    if not match or bool(match["open"]) != bool(match["close"]):
        raise NotMoney(f"“{text.strip()}” is not an amount. Type pounds, such as 1,234.50.")
    signs = sum(1 for part in ("sign", "sign2", "open") if match[part])
    if signs > 1:
        raise NotMoney(f"“{text.strip()}” has more than one minus sign.")
    pounds = Decimal(match["number"].replace(",", ""))
    pounds *= _SCALES[(match["scale"] or "").lower()]
    return to_pounds(-pounds if signs else pounds)


def to_pounds(value: Decimal | int | str) -> Decimal:
    """Give `value` two places; raises `NotMoney` on a part of a penny or beyond `LIMIT`."""
    try:
        pounds = Decimal(value)
    except (InvalidOperation, TypeError) as error:
        raise NotMoney(f"“{value}” is not an amount of money.") from error
    if not pounds.is_finite() or abs(pounds) > LIMIT:
        raise NotMoney(f"The amount is too large. The most is {format_pounds(LIMIT)}, up or down.")
    whole_pence = pounds.quantize(PENNY)
    if whole_pence != pounds:
        raise NotMoney(f"“{value}” has a part of a penny. Give pounds and whole pence.")
    return whole_pence


def to_pence(pounds: Decimal) -> int:
    """Whole pence of an amount in pounds that has no part of a penny."""
    return int(to_pounds(pounds) * 100)


def from_pence(pence: int | Decimal) -> Decimal:
    """Pounds with two places of a whole number of pence."""
    return (Decimal(pence) / 100).quantize(PENNY)


def total(amounts: Iterable[Decimal | None]) -> Decimal:
    """Exact sum in pounds of the amounts that are stated; nothing stated adds to £0.00."""
    return sum([amount for amount in amounts if amount is not None], ZERO)


def share(part: Decimal, whole: Decimal, places: int = 1) -> Decimal | None:
    """`part` as a percentage of `whole`, rounded half up; None when the whole is nothing."""
    if not whole:
        return None
    return (part * 100 / whole).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)


def divide(amount: Decimal, weights: Mapping[K, Decimal | int]) -> dict[K, Decimal]:
    """`amount` in pounds in proportion to the weights, in whole pence that add to it exactly.

    Each part is rounded down towards nought; the pence left over go, one each, to the parts
    that lost most by it, the earlier named first where two lost the same (the largest
    remainder method, after Hamilton). £100 by equal thirds is £33.34, £33.33 and £33.33.
    Raises `NotDivisible` on a weight below nought, or where the weights add to nothing.
    """
    if any(weight < 0 for weight in weights.values()):
        raise NotDivisible("A share is never less than nothing. Change the one that is.")
    whole = sum((Fraction(weight) for weight in weights.values()), Fraction(0))
    if not whole:
        raise NotDivisible("There is nothing to divide by. Give at least one share above 0.")
    pence = to_pence(amount)
    sign = -1 if pence < 0 else 1
    exact = {key: abs(pence) * Fraction(weight) / whole for key, weight in weights.items()}
    parts = {key: int(part) for key, part in exact.items()}
    lost_most = sorted(exact, key=lambda key: parts[key] - exact[key])
    for key in lost_most[: abs(pence) - sum(parts.values())]:
        parts[key] += 1
    return {key: from_pence(sign * part) for key, part in parts.items()}


def divide_by_percent(amount: Decimal, percents: Mapping[K, Decimal]) -> dict[K, Decimal]:
    """`amount` in pounds by percentages that add to 100, in whole pence that add to it exactly.

    Raises `NotDivisible` where the percentages do not add to 100, or one is below nought.
    """
    if (added := sum(percents.values())) != 100:
        raise NotDivisible(
            f"The percentages add to {added:f}. Change them so that they add to 100."
        )
    return divide(amount, percents)


def format_pounds(amount: Decimal | None) -> str:
    """Pounds as a British reader writes them: `£23,412,000`, `£1,234.50`, `−£500`.

    Pence show only where there are some; None is `not stated`.
    """
    if amount is None:
        return NOT_STATED
    places = 0 if amount == amount.to_integral_value() else 2
    sign = MINUS if amount < 0 else ""
    return f"{sign}£{abs(amount):,.{places}f}"
