"""Ways of working out a figure of a metric: by a rate, by a standard, or as an average delay.

All are exact, over figures that say how they were made, and are rounded where they are shown.
None is what nobody stated: nothing is worked out of it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from bcf.base.worked import PERCENT, Figure, added, divided, less, stated, times
from bcf.ui.tables import format_number
from metrics.choices import Measure, Method
from metrics.rules.rates import rate

AVERAGES = (Method.AVERAGE, Method.AVERAGE_DELAY)
DAYS = "days"
# So many age bands are written out in a working.
FEW = 3


@dataclass(frozen=True)
class AgeBand:
    """The cases among the people of an age band, and the people that the standard has of it."""

    count: Figure
    people: Figure
    standard: Figure


@dataclass(frozen=True, slots=True)
class MadeOf:
    """What one row states that its figure may be made of, and by which method."""

    method: str
    measure: str
    numerator: Decimal | None
    denominator: Decimal | None
    per: int | None
    standard_rate: Decimal | None
    standard_population: Decimal | None

    @property
    def is_made_of_rows(self) -> bool:
        """Whether the figure is made of other rows: a directly standardised rate of its bands."""
        is_direct = is_rate_by(Method.DIRECTLY_STANDARDISED, self.method, self.measure)
        return is_direct and self.standard_population is None


def is_rate_by(wanted: Method, method: str, measure: str) -> bool:
    """Whether a figure is a rate of a metric that is worked out in this way.

    A percentage or a count of the same metric is not: areas state some in units of their own.
    """
    return (method, measure) == (wanted, Measure.RATE)


def per_of(measure: str, per: int | None) -> int | None:
    """Per how many a figure is; an average is per one, which nobody prints."""
    return 1 if per is None and measure == Measure.AVERAGE else per


def computed(row: MadeOf, places: int) -> Decimal | None:
    """What one row's own numbers come to; None where they are not all there, or not all it needs.

    A standardised rate is never its cases over its people: that is another rate.
    """
    if row.standard_rate is not None:
        return _standardised(row, row.standard_rate, places)
    if is_rate_by(Method.INDIRECTLY_STANDARDISED, row.method, row.measure) or row.is_made_of_rows:
        return None
    return rate(row.numerator, row.denominator, per_of(row.measure, row.per), places)


def _standardised(row: MadeOf, reference: Decimal, places: int) -> Decimal | None:
    if row.numerator is None or row.denominator is None:
        return None
    made = indirectly_standardised(
        stated(row.numerator), stated(row.denominator), stated(reference)
    )
    return made.rounded(places) if made else None


def indirectly_standardised(observed: Figure, expected: Figure, reference: Figure) -> Figure | None:
    """The cases observed over those expected, times the crude rate of the reference population.

    Expected are the cases that the area would have if each of its age bands had the rate that
    the reference population, such as England, has: 120 observed for 100 expected, where England
    has 800 per 100,000, are 960 per 100,000. None where none is expected.
    """
    ratio = divided(observed, expected)
    if ratio is None:
        return None
    how = f"{observed.words} observed ÷ {expected.words} expected × {reference.words}"
    return times(ratio, reference, reference.unit).called(how)


def directly_standardised(bands: Sequence[AgeBand], per: int) -> Figure | None:
    """The rates of the age bands, each weighing what the standard population has of it.

    The sum of rate × standard population over all bands, over the whole standard population. None
    without a band, or where a band has nobody in it.
    """
    weighted = []
    for band in bands:
        of_band = divided(band.count, band.people, per=per)
        if of_band is None:
            return None
        weighted.append(times(of_band, band.standard))
    top, standard = added(weighted), added(band.standard for band in bands)
    made = divided(top, standard) if top and standard else None
    return made and made.called(_bands_words(bands, per, standard))


def _bands_words(bands: Sequence[AgeBand], per: int, standard: Figure | None) -> str:
    whole = standard.words if standard else ""
    if len(bands) > FEW:
        return (
            f"rates per {format_number(per)} of {len(bands)} age bands, each × its standard "
            f"population, added ÷ {whole}"
        )
    terms = [
        f"{band.count.words} ÷ {band.people.words} × {format_number(per)} × {band.standard.words}"
        for band in bands
    ]
    return f"({' + '.join(terms)}) ÷ {whole}"


def average_delay(on_the_day: Figure, days: Figure) -> Figure:
    """The average delay of all discharges, of how many left on the day and how late the others.

    `on_the_day` is the percentage discharged on the day they were ready, `days` the average delay
    of those that were not: 80% on the day, and 5 days for the others, are 1 day for all.
    """
    others = less(stated(100, unit=PERCENT), on_the_day)
    made = times(times(others, stated(Decimal("0.01"))), days, DAYS)
    return made.called(f"({others.made}) × {days.words}")


def average_of_days_lost(days_lost: Figure, discharges: Figure) -> Figure | None:
    """The average delay of all discharges: bed days lost over discharges; None without any."""
    return divided(days_lost, discharges, DAYS)
