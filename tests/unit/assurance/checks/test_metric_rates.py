"""Checks of rates by the method of their metric, and of figures that are withheld."""

from decimal import Decimal as D
from typing import Any

from bcf.assurance.checks.finding import Severity
from bcf.assurance.measured import About, MetricFigure
from metrics.choices import Better, DelayPart, Measure, Method, ValueKind
from tests.unit.assurance.checks.records_schemes import cycle as cycle_of
from tests.unit.assurance.checks.records_schemes import found, measured, metric, record, told, value
from tests.unit.assurance.checks.test_metric_figures import RATE, checked, rate
from tests.unit.assurance.test_worked_methods import figures

MINUS = "\N{MINUS SIGN}"


def standardised(number: str, method: Method, **given: Any) -> MetricFigure:
    made: dict[str, Any] = {"measure": Measure.RATE, "unit": "per 1,000", "per": 1_000}
    return value(number, about=About("Admissions", Better.LOWER, "65+", method), **made | given)


def indirectly(number: str, **numbers: int | str | None) -> MetricFigure:
    return standardised(number, Method.INDIRECTLY_STANDARDISED, **figures(**numbers))


def band(name: str, count: int, weight: int) -> MetricFigure:
    numbers = figures(numerator=count, denominator=1_000, standard_population=weight)
    return standardised(str(count), Method.DIRECTLY_STANDARDISED, breakdown=name, **numbers)


def delay(number: str | None, breakdown: str = "", **given: Any) -> MetricFigure:
    about = About("Delay", Better.LOWER, "18+", Method.AVERAGE_DELAY)
    made = {"measure": Measure.AVERAGE, "unit": "days"} | given
    return value(number, about=about, breakdown=breakdown, **made)


class TestStandardised:
    def test_an_indirectly_standardised_rate_is_observed_over_expected(self) -> None:
        numbers = {"numerator": 120, "denominator": 100, "standard_rate": 800}
        assert checked(RATE, indirectly("960", **numbers)) == []
        (only,) = checked(RATE, indirectly("950", **numbers))
        assert only.severity is Severity.WARNING
        assert "950 per 1,000 is stated, but 120 observed ÷ 100 expected × 800 is 960." in (
            only.sentence
        )

    def test_without_the_rate_of_reference_it_is_not_taken_for_a_crude_one(self) -> None:
        (only,) = checked(RATE, indirectly("960", numerator=120, denominator=100))
        assert told([only]) == [
            (
                Severity.NOT_CHECKED,
                "1 rate or percentage was not worked out again, because the rate of the reference "
                "population is not entered with it: “Delayed days, plan, 2015–16”. Enter the rate "
                "of the reference population where the plan has it.",
            )
        ]
        assert only.mend
        assert only.mend.field == "standard_rate"

    def test_a_directly_standardised_rate_is_of_its_age_bands(self) -> None:
        """10 per 1,000 weighs 6,000 and 30 per 1,000 weighs 2,000: 15 per 1,000."""
        rows = [band("65 to 79", 10, 6_000), band("80 and over", 30, 2_000)]
        whole = standardised("15", Method.DIRECTLY_STANDARDISED)
        assert checked(RATE, whole, *rows) == []
        (only,) = checked(RATE, standardised("16", Method.DIRECTLY_STANDARDISED), *rows)
        assert "is 15. Correct the rate" in only.sentence

    def test_without_age_bands_it_is_not_its_cases_over_its_people(self) -> None:
        numbers = figures(numerator=40, denominator=2_000)
        (only,) = checked(RATE, standardised("15", Method.DIRECTLY_STANDARDISED, **numbers))
        assert only.severity is Severity.NOT_CHECKED
        assert "the standard population of its age bands are not all entered" in only.sentence


class TestDelays:
    PARTS = (
        delay("80", DelayPart.ON_THE_DAY, measure=Measure.PERCENT, unit="%"),
        delay("5", DelayPart.DELAYED),
    )

    def test_the_average_of_all_is_that_of_its_parts(self) -> None:
        assert checked(RATE, delay("1"), *self.PARTS) == []
        (only,) = checked(RATE, delay("2"), *self.PARTS)
        assert f"2 days is stated, but (100% {MINUS} 80%) × 5 days is 1." in only.sentence

    def test_both_ways_of_working_it_out_agree(self) -> None:
        lost = figures(numerator=200, denominator=200)
        assert checked(RATE, delay("1", **lost), *self.PARTS) == []
        more = delay("2", **figures(numerator=400, denominator=200))
        (only,) = checked(RATE, more, *self.PARTS)
        assert told([only]) == [
            (
                Severity.WARNING,
                "Delayed days, plan, 2015–16: by bed days lost the average delay is 2 days "
                f"(400 ÷ 200), but by its two parts it is 1 days ((100% {MINUS} 80%) × 5 days). "
                "Correct the numbers that are wrong.",
            )
        ]

    def test_what_the_rounding_of_the_parts_explains_is_right(self) -> None:
        """80% may be 80.4%, and 5 days 4.5: anything from 0.88 to 1.13 days."""
        assert (
            checked(RATE, delay(None, **figures(numerator=220, denominator=200)), *self.PARTS) == []
        )

    def test_without_either_it_is_not_checked(self) -> None:
        (only,) = checked(RATE, delay("1"))
        assert told([only]) == [
            (
                Severity.NOT_CHECKED,
                "1 figure was not worked out again, because neither bed days lost and discharges, "
                "nor both parts of the delay, are entered with it: “Delayed days, plan, 2015–16”. "
                "Enter the numerator and the denominator where the plan has them.",
            )
        ]


class TestSuppressed:
    def test_it_is_said_and_not_missed(self) -> None:
        (only,) = checked(RATE, rate(None, None, "12000", is_suppressed=True))  # type: ignore[arg-type]
        assert told([only]) == [
            (
                Severity.NOT_CHECKED,
                "1 figure was not checked, because it is suppressed: “Delayed days, plan, "
                "2015–16”. A small number is withheld: it is neither missing nor nought.",
            )
        ]

    def test_a_rate_of_a_number_withheld_is_not_said_to_want_one(self) -> None:
        hidden = value(None, is_suppressed=True)
        sentences = [each.sentence for each in checked(RATE, rate("4.2", None, "12000"), hidden)]
        assert len(sentences) == 2
        assert "because what the figure is made of is suppressed" in sentences[0]

    def test_a_plan_that_is_suppressed_is_a_plan(self) -> None:
        asked = cycle_of(metrics=(metric("dtoc", "2015-16", "2016-17"),))
        rows = [value(None, year, is_suppressed=True) for year in ("2015-16", "2016-17")]
        assert found(record(cycle=asked, measured=measured(*rows)), "metric.plan-missing") == []

    def test_a_fall_from_a_baseline_that_is_withheld_is_not_held_against_the_ambition(self) -> None:
        asked = cycle_of(metrics=(metric("dtoc"),), payments=())
        hidden = value(None, "2014-15", kind=ValueKind.BASELINE, is_suppressed=True)
        of = record(cycle=asked, measured=measured(hidden, value("90")))
        code = "metric.reduction-below-ambition"
        (only,) = found(of, code, "dtoc", ambition_percent=D("3.5"))
        assert only.severity is Severity.NOT_CHECKED
        assert only.sentence.endswith(
            "because the baseline or the plan is suppressed. What is withheld is not taken for "
            "nought."
        )
