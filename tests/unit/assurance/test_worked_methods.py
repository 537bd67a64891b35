"""Figures that are made of other rows: standardised rates, average delays; and what is withheld."""

from decimal import Decimal as D
from typing import Any

from bcf.assurance.measured import About, Measured, MetricFigure, worked_rate
from bcf.base.worked import stated
from metrics.choices import Better, DelayPart, Measure, Method
from tests.unit.assurance.test_measured import number, people, value


def about(method: Method, age_band: str = "65+") -> About:
    return About("A metric", Better.LOWER, age_band, method)


def figures(**given: int | str | None) -> dict[str, Any]:
    return {name: None if each is None else stated(D(each)) for name, each in given.items()}


def rate_by(method: Method, printed: int | str | None, **given: Any) -> MetricFigure:
    made: dict[str, Any] = {"measure": Measure.RATE, "unit": "per 100,000", "per": 100_000} | given
    return value(printed, about=about(method), **made)


def band(name: str, count: int | None, of: int, weight: int, **given: Any) -> MetricFigure:
    numbers = figures(numerator=count, denominator=of, standard_population=weight)
    return rate_by(Method.DIRECTLY_STANDARDISED, None, breakdown=name, **numbers, **given)


def delay(printed: int | str | None, measure: str = Measure.AVERAGE, **given: Any) -> MetricFigure:
    made = {"measure": measure, "unit": "days", **given}
    return value(printed, about=about(Method.AVERAGE_DELAY, "18+"), **made)


class TestStandardised:
    def test_indirectly_by_the_row_s_own_numbers(self) -> None:
        numbers = figures(numerator=120, denominator=100, standard_rate=800)
        row = rate_by(Method.INDIRECTLY_STANDARDISED, 960, **numbers)
        made = worked_rate(Measured((row,), (people(1_000, "65+"),)), row)
        assert number(made) == 960

    def test_people_of_the_area_never_stand_in_for_what_is_expected(self) -> None:
        numbers = figures(numerator=120, standard_rate=800)
        row = rate_by(Method.INDIRECTLY_STANDARDISED, 960, **numbers)
        crude = rate_by(Method.INDIRECTLY_STANDARDISED, 960, **figures(numerator=120))
        known = Measured((row, crude), (people(1_000, "65+"),))
        assert worked_rate(known, row) is None
        assert worked_rate(known, crude) is None

    def test_directly_of_its_age_bands(self) -> None:
        whole = rate_by(Method.DIRECTLY_STANDARDISED, 1_500)
        rows = (
            whole,
            band("65 to 79", 10, 1_000, 6_000),
            band("80 and over", 30, 1_000, 2_000),
            # Those of another time are no part of it.
            band("80 and over", 90, 1_000, 9_000, period="2021-22"),
        )
        made = worked_rate(Measured(rows), whole)
        assert number(made) == 1_500
        assert number(worked_rate(Measured(rows), rows[1])) == 1_000

    def test_of_bands_that_are_not_all_known_nothing_is_made(self) -> None:
        whole = rate_by(Method.DIRECTLY_STANDARDISED, 1_500)
        hidden = band("80 and over", None, 1_000, 2_000, is_suppressed=True)
        known = Measured((whole, band("65 to 79", 10, 1_000, 6_000), hidden))
        assert worked_rate(known, whole) is None
        assert worked_rate(Measured((whole,), (people(1_000, "65+"),)), whole) is None

    def test_other_units_of_the_same_metric_are_as_ever(self) -> None:
        numbers = figures(numerator=1, denominator=4)
        row = value(
            25,
            about=about(Method.INDIRECTLY_STANDARDISED),
            measure=Measure.PERCENT,
            unit="%",
            per=100,
            **numbers,
        )
        assert number(worked_rate(Measured((row,)), row)) == 25


class TestDelays:
    def test_by_bed_days_lost(self) -> None:
        row = delay("0.8", **figures(numerator=150, denominator=200))
        made = worked_rate(Measured((row,)), row)
        assert number(made, 2) == D("0.75")

    def test_by_its_two_parts(self) -> None:
        whole = delay(1)
        share = delay(80, Measure.PERCENT, unit="%", breakdown=DelayPart.ON_THE_DAY)
        late = delay(5, breakdown=DelayPart.DELAYED.capitalize())
        band = delay(10, Measure.PERCENT, unit="%", breakdown="1 day")
        made = worked_rate(Measured((whole, share, late, band)), whole)
        assert made
        assert (made.words, made.how) == ("1 days", "(100% \N{MINUS SIGN} 80%) × 5 days")
        assert worked_rate(Measured((whole, share, band)), whole) is None


class TestWithheld:
    def test_nothing_is_worked_out_of_which_a_small_number_could_be_known(self) -> None:
        count = value(20)
        numbers = figures(denominator=10_000)
        rate = value(None, measure=Measure.RATE, per=1_000, is_suppressed=True, **numbers)
        assert worked_rate(Measured((count, rate)), rate) is None
