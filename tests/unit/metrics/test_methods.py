"""Figures worked out by the method of their metric, by hand and over many numbers."""

from decimal import Decimal as D
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bcf.base.worked import PERCENT, Figure, stated
from metrics.choices import Measure, Method
from metrics.rules import (
    AgeBand,
    MadeOf,
    average_delay,
    average_of_days_lost,
    computed,
    directly_standardised,
    indirectly_standardised,
    per_of,
    rate,
)

counts = st.integers(0, 10**6)
people = st.integers(1, 10**7)
bands = st.lists(st.tuples(counts, people, people), min_size=1, max_size=8)


def band(count: int, of: int, standard: int) -> AgeBand:
    return AgeBand(stated(count), stated(of), stated(standard))


def number(figure: Figure | None, places: int = 1) -> D | None:
    return None if figure is None else figure.rounded(places)


class TestIndirectly:
    def test_what_is_observed_is_held_against_what_is_expected(self) -> None:
        made = indirectly_standardised(stated(120), stated(100), stated(D("800.5")))
        assert made
        assert number(made) == D("960.6")
        assert made.how == "120 observed ÷ 100 expected × 800.5"

    def test_the_expected_number_may_have_decimals(self) -> None:
        assert number(indirectly_standardised(stated(45), stated(D("37.5")), stated(200))) == 240

    def test_without_anything_expected_there_is_no_rate(self) -> None:
        assert indirectly_standardised(stated(3), stated(0), stated(800)) is None

    @given(counts, people, people)
    def test_as_many_as_expected_have_the_reference_rate(
        self, observed: int, expected: int, reference: int
    ) -> None:
        alike = indirectly_standardised(stated(expected), stated(expected), stated(reference))
        made = indirectly_standardised(stated(observed), stated(expected), stated(reference))
        assert alike
        assert made
        assert alike.value == reference
        assert (made.value > reference) == (observed > expected)


class TestDirectly:
    def test_each_band_weighs_what_the_standard_has_of_it(self) -> None:
        """10 of 1,000 are 1,000 and 30 of 1,000 are 3,000 per 100,000; 6,000 and 2,000 weigh."""
        made = directly_standardised([band(10, 1_000, 6_000), band(30, 1_000, 2_000)], 100_000)
        assert made
        assert made.value == 1_500
        assert made.how == ("(10 ÷ 1,000 × 100,000 × 6,000 + 30 ÷ 1,000 × 100,000 × 2,000) ÷ 8,000")

    def test_many_bands_are_told_in_short(self) -> None:
        made = directly_standardised([band(1, 100, 500)] * 6, 100_000)
        assert made
        assert made.value == 1_000
        assert made.how == (
            "rates per 100,000 of 6 age bands, each × its standard population, added ÷ 3,000"
        )

    def test_without_a_band_or_people_in_one_there_is_no_rate(self) -> None:
        assert directly_standardised([], 100_000) is None
        assert directly_standardised([band(1, 10, 10), band(1, 0, 10)], 100_000) is None

    @given(bands)
    def test_it_lies_among_the_rates_of_the_bands(self, rows: list[tuple[int, int, int]]) -> None:
        made = directly_standardised([band(*each) for each in rows], 100_000)
        rates = [Fraction(count * 100_000, of) for count, of, _ in rows]
        assert made
        assert min(rates) <= made.value <= max(rates)

    @given(bands, people)
    def test_only_the_shape_of_the_standard_counts(
        self, rows: list[tuple[int, int, int]], factor: int
    ) -> None:
        once = directly_standardised([band(*each) for each in rows], 1_000)
        more = directly_standardised([band(a, b, c * factor) for a, b, c in rows], 1_000)
        assert once
        assert more
        assert once.value == more.value

    @given(st.lists(st.tuples(counts, people), min_size=1, max_size=8))
    def test_by_its_own_people_it_is_the_crude_rate(self, rows: list[tuple[int, int]]) -> None:
        made = directly_standardised([band(count, of, of) for count, of in rows], 1_000)
        crude = Fraction(sum(count for count, _ in rows) * 1_000, sum(of for _, of in rows))
        assert made
        assert made.value == crude


class TestDelay:
    def test_those_who_left_on_the_day_waited_none(self) -> None:
        made = average_delay(stated(D("80.5"), unit=PERCENT), stated(5, unit="days"))
        assert number(made, 3) == D("0.975")
        assert made.words == "0.98 days"
        assert made.how == "(100% \N{MINUS SIGN} 80.5%) × 5 days"

    def test_bed_days_lost_are_of_all_discharges(self) -> None:
        made = average_of_days_lost(stated(150), stated(200))
        assert made
        assert (made.words, made.how) == ("0.75 days", "150 ÷ 200")
        assert average_of_days_lost(stated(0), stated(0)) is None

    @given(st.integers(1, 10**5), st.integers(0, 10**5), st.integers(1, 100))
    def test_both_ways_agree(self, on_the_day: int, delayed: int, days: int) -> None:
        """Where every delayed patient waits so many days, both are the same average."""
        every = on_the_day + delayed
        share = Figure(Fraction(on_the_day * 100, every), stated(1).span, PERCENT)
        by_days = average_of_days_lost(stated(delayed * days), stated(every))
        assert by_days
        assert by_days.value == average_delay(share, stated(days)).value


def row(method: str, measure: str, *numbers: str | None, per: int | None = 100_000) -> MadeOf:
    """A row with numerator, denominator, rate of the reference and standard population."""
    values = [None if each is None else D(each) for each in (*numbers, None, None, None)]
    return MadeOf(method, measure, values[0], values[1], per, values[2], values[3])


class TestOneRow:
    @pytest.mark.parametrize(
        ("of", "expected"),
        [
            (row("", Measure.RATE, "20", "10000"), 200),
            (row(Method.CRUDE_RATE, Measure.RATE, "1450", "61000"), D("2377.0")),
            (row(Method.PERCENTAGE, Measure.PERCENT, "916", "1000", per=100), D("91.6")),
            (row(Method.INDIRECTLY_STANDARDISED, Measure.RATE, "120", "100", "800"), 960),
            (row(Method.INDIRECTLY_STANDARDISED, Measure.RATE, "120", "100"), None),
            (row(Method.INDIRECTLY_STANDARDISED, Measure.RATE, None, "100", "800"), None),
            # Areas state such a metric in units of their own too.
            (row(Method.INDIRECTLY_STANDARDISED, Measure.PERCENT, "1", "4", per=100), 25),
            (row(Method.DIRECTLY_STANDARDISED, Measure.RATE, "40", "2000"), None),
            (row(Method.DIRECTLY_STANDARDISED, Measure.RATE, "10", "1000", None, "6000"), 1000),
            (row(Method.AVERAGE_DELAY, Measure.AVERAGE, "150", "200", per=None), D("0.8")),
            (row("", Measure.RATE, "20", "10000", per=None), None),
        ],
    )
    def test_it_comes_to_what_its_method_makes_of_it(self, of: MadeOf, expected: D | None) -> None:
        assert computed(of, 1) == expected

    def test_emergency_admissions_of_a_month_are_per_100_000_of_65_and_over(self) -> None:
        """1,450 admissions in a month among 61,000 people."""
        of = row(Method.CRUDE_RATE, Measure.RATE, "1450", "61000")
        assert computed(of, 2) == rate(D(1450), D(61_000), 100_000, 2) == D("2377.05")

    def test_an_average_is_per_one(self) -> None:
        assert per_of(Measure.AVERAGE, None) == 1
        assert per_of(Measure.AVERAGE, 100_000) == 100_000
        assert per_of(Measure.RATE, None) is None
