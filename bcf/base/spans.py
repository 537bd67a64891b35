"""What a rounded figure may have been, and whether a printed one agrees with a computed one.

A figure rounded to thousands may be anything within 500 of what is printed, the ends included:
a document does not say which way it rounds a half. What is worked out of rounded figures carries
what each leaves open, and no more; so a printed figure is told to be wrong only where no honest
rounding explains it. All is exact: nothing here rounds.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction


def summed(numbers: Sequence[Fraction]) -> Fraction:
    """Fractions added; whole numbers, which most are, without reducing every sum."""
    if all(each.denominator == 1 for each in numbers):
        return Fraction(sum(each.numerator for each in numbers))
    return sum(numbers, Fraction(0))


class NoBounds(ValueError):
    """A division by a figure that may be nothing, which may come to anything."""


@dataclass(frozen=True)
class Span:
    """All that a figure may be, from its lowest to its highest."""

    low: Fraction
    high: Fraction

    @classmethod
    def exactly(cls, value: Decimal | int) -> "Span":
        """A figure that is not rounded, such as a count of rows."""
        exact = Fraction(value)
        return cls(exact, exact)

    @classmethod
    def rounded(cls, value: Decimal | int, step: Decimal | int) -> "Span":
        """A figure rounded to a multiple of `step`: 1,000 for thousands, 0.1 for one decimal."""
        half, middle = abs(Fraction(step)) / 2, Fraction(value)
        return cls(middle - half, middle + half)

    @classmethod
    def total(cls, spans: Iterable["Span"]) -> "Span":
        """The figures added; none add to nothing."""
        each = list(spans)
        return cls(summed([one.low for one in each]), summed([one.high for one in each]))

    def __add__(self, other: "Span") -> "Span":
        return Span(self.low + other.low, self.high + other.high)

    def __neg__(self) -> "Span":
        return Span(-self.high, -self.low)

    def __sub__(self, other: "Span") -> "Span":
        return self + -other

    def __mul__(self, other: "Span") -> "Span":
        if self.low == self.high and other.low == other.high:
            exact = self.low * other.low
            return Span(exact, exact)
        ends = [one * two for one in (self.low, self.high) for two in (other.low, other.high)]
        return Span(min(ends), max(ends))

    def __truediv__(self, other: "Span") -> "Span":
        """Raises `NoBounds` where the divisor may be nothing."""
        if other.low <= 0 <= other.high:
            raise NoBounds("A figure that may be nothing divides no other.")
        return self * Span(1 / other.high, 1 / other.low)

    def beyond(self, other: "Span") -> Fraction:
        """How far this lies above the other, below nought where beneath it; 0 where they meet."""
        return max(self.low - other.high, Fraction(0)) + min(self.high - other.low, Fraction(0))


def agrees(printed: Decimal, printed_step: Decimal, computed: Span) -> bool:
    """Whether a figure printed to such a step is an honest rounding of what was computed.

    Every figure that the computed one may be, rounded up or down to the nearest step, is
    accepted; one step further is not. A total printed as £10,000 thousand agrees with six
    amounts in thousands that add to 9,997 or 10,003, for seven roundings make up to 3.5.
    """
    return not Span.rounded(printed, printed_step).beyond(computed)
