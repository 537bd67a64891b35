"""A figure that was worked out: what it comes to, all that it may be, and how it was made.

What a document prints is rounded, so a figure made of printed ones carries what their rounding
leaves open (`bcf.base.spans`). It is kept as an exact fraction and rounded once, where it is
shown. `how` says it as a reader would work it out (`20 admissions × £1,500`), and `rows`
names the rows that it was made of.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from functools import cached_property

from bcf.base.spans import NoBounds, Span, summed
from bcf.money import format_pounds
from bcf.ui.tables import MINUS, format_number

POUNDS = "GBP"
PERCENT = "percent"
FEW = 6


@dataclass(frozen=True, order=True)
class RowRef:
    """A row by which a figure is stated: its kind, whose it is, its ref, and its name in words."""

    kind: str
    owner: str
    ref: str
    name: str = ""


@dataclass(frozen=True)
class Figure:
    """A figure in its unit: pounds (`GBP`), `percent`, or what is counted, in words."""

    value: Fraction
    span: Span
    unit: str = ""
    made: str = ""
    rows: tuple[RowRef, ...] = ()

    @property
    def how(self) -> str:
        """How it was made, in words; a figure that is only stated is said."""
        return self.made or self.words

    def rounded(self, places: int = 0) -> Decimal:
        """The value with so many decimals, halves away from nought."""
        return rounded(self.value, places)

    @cached_property
    def words(self) -> str:
        """As it is said in a sentence: `£1,500`, `3.5%`, `20 admissions`."""
        return in_unit(shown(self.value), self.unit)

    def agrees(self, other: "Figure") -> bool:
        """Whether rounding explains what lies between the two: their spans meet."""
        return not self.span.beyond(other.span)

    def beyond(self, other: "Figure") -> Fraction:
        """What rounding leaves unexplained of the way from the other figure to this one."""
        return self.span.beyond(other.span)

    def called(self, how: str) -> "Figure":
        """The figure with other words for how it was made."""
        return replace(self, made=how)


def stated(
    value: Decimal | int,
    step: Decimal | int | None = None,
    unit: str = "",
    row: RowRef | None = None,
) -> Figure:
    """A figure as a row states it, rounded to `step`; exact where none is given."""
    span = Span.rounded(value, step) if step else Span.exactly(value)
    return Figure(Fraction(value), span, unit, rows=(row,) if row else ())


def added(figures: Iterable[Figure]) -> Figure | None:
    """The figures added; None where there is none, for nothing stated is no nought."""
    terms = list(figures)
    if not terms:
        return None
    if len(terms) == 1:
        return terms[0].called(terms[0].how)
    value = summed([each.value for each in terms])
    span = Span.total(each.span for each in terms)
    return Figure(value, span, terms[0].unit, _added_words(terms), rows_of(terms))


def less(one: Figure, other: Figure) -> Figure:
    """The first figure less the second."""
    how = f"{one.words} {MINUS} {_bracketed(other)}"
    span = one.span - other.span
    return Figure(one.value - other.value, span, one.unit, how, rows_of((one, other)))


def times(count: Figure, price: Figure, unit: str = "") -> Figure:
    """So many at a price each: in the unit of the price unless another is given."""
    return Figure(
        count.value * price.value,
        count.span * price.span,
        unit or price.unit,
        f"{count.words} × {price.words}",
        rows_of((count, price)),
    )


def divided(one: Figure, other: Figure, unit: str = "", per: int = 1) -> Figure | None:
    """The first per so many of the second; None where the second is, or may be, nothing."""
    if not other.value:
        return None
    try:
        span = one.span / other.span * Span.exactly(per)
    except NoBounds:
        return None
    by = f" × {format_number(per)}" if per != 1 else ""
    how = f"{one.words} ÷ {other.words}{by}"
    return Figure(one.value * per / other.value, span, unit, how, rows_of((one, other)))


def percent_of(part: Figure, whole: Figure) -> Figure | None:
    """A part in per cent of the whole; None where the whole is nothing."""
    figure = divided(part, whole, PERCENT, 100)
    return figure and figure.called(f"{part.words} ÷ {whole.words}")


def growth(now: Figure, before: Figure) -> Figure | None:
    """What a figure changed by, in per cent of the size it had; None where that was nothing."""
    if not before.value:
        return None
    size = before if before.value > 0 else negative(before)
    ratio = divided(now, size, PERCENT, 100)
    if ratio is None:
        return None
    base = Fraction(100 if before.value > 0 else -100)
    span = ratio.span - Span(base, base)
    how = f"({now.words} {MINUS} {_bracketed(before)}) ÷ {size.words}"
    return replace(ratio, value=ratio.value - base, span=span, made=how)


def negative(figure: Figure) -> Figure:
    """The figure with the other sign: a change of −15 is a reduction of 15."""
    made = "" if len(figure.rows) == 1 else figure.made
    return replace(figure, value=-figure.value, span=-figure.span, made=made)


def rows_of(figures: Iterable[Figure]) -> tuple[RowRef, ...]:
    """The rows of which figures are made, each once, in their order."""
    return tuple(dict.fromkeys(row for each in figures for row in each.rows))


def rounded(number: Fraction, places: int) -> Decimal:
    """A fraction with so many decimals, halves away from nought."""
    if number.denominator == 1:
        return Decimal(number.numerator * 10**places).scaleb(-places)
    size = int(abs(number) * 10**places + Fraction(1, 2))
    return Decimal(size if number >= 0 else -size).scaleb(-places)


def shown(number: Fraction) -> Decimal:
    """A fraction as it is written in a working: whole, or with two decimals; small ones more."""
    if number.denominator == 1:
        return Decimal(number.numerator)
    places = 2
    while places < 6 and rounded(number, places) * 10 < 1 and abs(number) < 1:
        places += 1
    return rounded(number, places)


def in_unit(value: Decimal, unit: str) -> str:
    """A figure with its unit: pounds before it, per cent and words after it."""
    if unit == POUNDS:
        return format_pounds(rounded(Fraction(value), 2))
    number = format_number(value)
    return f"{number}%" if unit == PERCENT else f"{number} {unit}".strip()


def _added_words(terms: Sequence[Figure]) -> str:
    """`£400 + £60 − £5`; what is counted is named once: `3 + 4 admissions`."""
    if len(terms) == 1:
        return terms[0].how
    if len(terms) > FEW:
        return f"{len(terms)} figures added"
    unit = terms[0].unit
    is_counted = unit not in (POUNDS, PERCENT) and all(each.unit == unit for each in terms)
    sizes = [in_unit(shown(abs(each.value)), "" if is_counted else each.unit) for each in terms]
    words = f"{MINUS}{sizes[0]}" if terms[0].value < 0 else sizes[0]
    for each, size in zip(terms[1:], sizes[1:], strict=True):
        words += f" {MINUS if each.value < 0 else '+'} {size}"
    return f"{words} {unit}".strip() if is_counted else words


def _bracketed(figure: Figure) -> str:
    return f"({figure.words})" if figure.value < 0 else figure.words
