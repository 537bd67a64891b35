"""Checks that figures of metrics agree with those that they are made of."""

from decimal import Decimal as D
from typing import Any

import pytest

from bcf.assurance.checks.finding import Finding, Severity
from bcf.assurance.measured import Measured
from bcf.base.worked import stated
from bcf.periods import FinancialYear
from metrics.choices import Attribution, Measure, ValueKind
from tests.unit.assurance.checks.records_schemes import found, measured, record, told, value
from tests.unit.assurance.test_measured import people

RATE, PERIODS = "metric.rate-differs", "metric.periods-differ"
YEAR = FinancialYear(2015)
MONTHS = [month.code for quarter in YEAR.quarters for month in quarter.months]
QUARTERS = [quarter.code for quarter in YEAR.quarters]
TENTH = D("0.1")


def rate(number: str, cases: str | None, people_: str | None, **given: Any) -> Any:
    return value(
        number,
        **{
            "measure": Measure.RATE,
            "unit": "per 1,000 people",
            "per": 1_000,
            "numerator": None if cases is None else stated(D(cases)),
            "denominator": None if people_ is None else stated(D(people_)),
            **given,
        },
    )


def checked(code: str, *values: Any, **given: Any) -> list[Finding]:
    return found(record(measured=measured(*values), **given), code)


class TestRates:
    @pytest.mark.parametrize("printed", ["4.2", "4.17"])
    def test_a_rate_that_is_rounded_as_printed_is_right(self, printed: str) -> None:
        assert checked(RATE, rate(printed, "50", "12000")) == []

    def test_another_rate_is_told_with_the_working(self) -> None:
        (only,) = checked(RATE, rate("4.5", "50", "12000", step=TENTH))
        assert told([only]) == [
            (
                Severity.WARNING,
                "Delayed days, plan, 2015–16: 4.5 per 1,000 people is stated, but 50 ÷ 12,000 × "
                "1,000 is 4.17. Correct the rate, or the numbers that it is made of.",
            )
        ]
        assert (only.found, only.required) == ("4.5 per 1,000 people", "4.17 per 1,000 people")
        assert only.mend
        assert only.mend.field == "value"

    def test_a_count_with_decimals_is_itself_rounded(self) -> None:
        """12.3 of 100 may be 12.25, which is printed as 122 per 1,000 or as 123."""
        (only,) = checked(RATE, rate("122", "12.3", "100"))
        assert told([only]) == [
            (
                Severity.NOTE,
                "Delayed days, plan, 2015–16: 122 per 1,000 people is stated, but 12.3 ÷ 100 × "
                "1,000 is 123; rounding explains the difference.",
            )
        ]

    def test_the_population_is_what_a_rate_is_of(self) -> None:
        crowd = people(12_000, period="2015-16", plan="a", board="a")
        wrong = rate("4.5", "50", None, step=TENTH)
        assert found(record(measured=Measured((wrong,), (crowd,))), RATE)[0].severity is (
            Severity.WARNING
        )

    def test_a_change_is_of_its_own_numbers_only(self) -> None:
        grown = {"measure": Measure.CHANGE, "unit": "%", "per": 100, "provider": "north-hospitals"}
        (only,) = checked(RATE, rate("1.2", "367", "29135", step=TENTH, **grown))
        assert only.sentence == (
            "Delayed days, plan, 2015–16 (North Hospitals): 1.2% is stated, but 367 ÷ 29,135 × 100 "
            "is 1.26%. Correct the rate, or the numbers that it is made of."
        )

    def test_what_is_not_the_plan_s_own_is_not_checked(self) -> None:
        others = [
            rate("9", "50", "12000", kind=ValueKind.BENCHMARK),
            rate("9", "50", "12000", plan=""),
            rate("9", "50", "12000", measure=Measure.AVERAGE),
        ]
        assert checked(RATE, *others) == []

    def test_what_cannot_be_worked_out_is_said_once(self) -> None:
        rows = [rate("9", None, None), rate("9", None, None, series="flat"), rate("9", "5", None)]
        assert told(checked(RATE, *rows[:2])) == [
            (
                Severity.NOT_CHECKED,
                "2 rates and percentages were not worked out again, because the number of cases is "
                "not entered with them: “Delayed days, plan, 2015–16” and “Delayed days, plan, "
                "2015–16 (flat)”. Enter the numerator where the plan has it.",
            )
        ]
        assert told(checked(RATE, rows[2])) == [
            (
                Severity.NOT_CHECKED,
                "1 rate or percentage was not worked out again, because what the number of cases "
                "is divided by is not entered with it: “Delayed days, plan, 2015–16”. Enter the "
                "denominator where the plan has it.",
            )
        ]

    def test_many_are_one_finding(self) -> None:
        rows = [rate("9", "50", "12000", series=f"s{n}") for n in range(11)]
        (only,) = checked(RATE, *rows)
        assert only.sentence.startswith(
            "11 rates and percentages differ from what they are made of: “Delayed days, plan, "
            "2015–16 (s0)”, "
        )
        assert len(only.rows) == 11


class TestSums:
    def test_months_and_quarters_that_add_to_their_year_are_right(self) -> None:
        months = [value("10", month) for month in MONTHS]
        quarters = [value("30", quarter) for quarter in QUARTERS]
        assert checked(PERIODS, value("120"), *months, *quarters) == []

    def test_a_year_that_is_not_its_months_is_told(self) -> None:
        months = [value("10", month) for month in MONTHS]
        (only,) = checked(PERIODS, value("125"), *months)
        assert told([only]) == [
            (
                Severity.WARNING,
                "Delayed days, plan, 2015–16: 125 days is stated, but its twelve months add to "
                "120, 5 less. Correct the one that is wrong.",
            )
        ]
        assert (only.found, only.required) == ("125 days", "120 days")

    def test_a_quarter_is_three_months_and_a_calendar_year_four_quarters(self) -> None:
        months = [value("10", month) for month in MONTHS[:3]]
        (only,) = checked(PERIODS, value("31", QUARTERS[0]), *months)
        assert "its three months add to 30, 1 less" in only.sentence
        of_2016 = ["2015-16Q4", "2016-17Q1", "2016-17Q2", "2016-17Q3"]
        rows = [value("10", quarter) for quarter in of_2016]
        (only,) = checked(PERIODS, value("41", "2016"), *rows)
        assert "its four quarters add to 40, 1 less" in only.sentence

    def test_what_rounding_explains_is_a_note(self) -> None:
        months = [value("10.1", month, step=TENTH) for month in MONTHS]
        (only,) = checked(PERIODS, value("121.5", step=TENTH), *months)
        assert told([only]) == [
            (
                Severity.NOTE,
                "Delayed days, plan, 2015–16: 121.5 days is stated, but its twelve months add to "
                "121.2, 0.3 less, which rounding explains.",
            )
        ]

    def test_the_number_behind_a_rate_counts(self) -> None:
        months = [rate("1", "10", "10000", period=month) for month in MONTHS]
        (only,) = checked(PERIODS, rate("12.5", "125", "10000"), *months)
        assert "125 is stated as the numerator, but its twelve months add to 120" in only.sentence

    def test_attributions_add_to_the_total(self) -> None:
        shares = [("50", "nhs"), ("30", "social-care"), ("5", "both")]
        rows = [value(number, attribution=Attribution(body)) for number, body in shares]
        assert checked(PERIODS, value("85", attribution=Attribution.TOTAL), *rows) == []
        (only,) = checked(PERIODS, value("90", attribution=Attribution.TOTAL), *rows)
        assert only.sentence == (
            "Delayed days, plan, 2015–16 (in total): 90 days is stated, but its figures of the "
            "NHS, of social care and of both add to 85, 5 less. Correct the one that is wrong."
        )

    def test_providers_may_be_less_than_all_but_not_more(self) -> None:
        rows = [value("50", provider="north"), value("30", provider="south")]
        assert checked(PERIODS, value("100"), *rows) == []
        (only,) = checked(PERIODS, value("70"), *rows)
        assert "its figures of providers add to 80, 10 more" in only.sentence

    def test_figures_in_several_units_are_not_added(self) -> None:
        months = [value("10", month, unit="hours") for month in MONTHS]
        assert checked(PERIODS, value("125"), *months) == []

    def test_what_is_only_partly_entered_is_not_added(self) -> None:
        rows = [value("125"), value("10", MONTHS[0])]
        assert told(checked(PERIODS, *rows)) == [
            (
                Severity.NOT_CHECKED,
                "1 figure was not added up from its parts, because some of these are not entered: "
                "the twelve months of “Delayed days, plan, 2015–16”. Enter the rest where the plan "
                "has it.",
            )
        ]
        part = value("5", attribution=Attribution.NHS)
        (only,) = checked(PERIODS, value("9", attribution=Attribution.TOTAL), part)
        assert only.severity is Severity.NOT_CHECKED
        assert checked(PERIODS, value("125")) == []

    def test_parts_that_are_suppressed_are_neither_nought_nor_missing(self) -> None:
        hidden = [value(None, month, is_suppressed=True) for month in MONTHS[:1]]
        known = [value("10", month) for month in MONTHS[1:]]
        assert told(checked(PERIODS, value("115"), *hidden, *known)) == [
            (
                Severity.NOT_CHECKED,
                "1 figure was not added up from its parts, because some of these are suppressed: "
                "the twelve months of “Delayed days, plan, 2015–16”. What is withheld is not "
                "taken for nought.",
            )
        ]
        nhs = value(None, attribution=Attribution.NHS, is_suppressed=True)
        both = value("5", attribution=Attribution.BOTH)
        (only,) = checked(PERIODS, value("9", attribution=Attribution.TOTAL), nhs, both)
        assert "because some of these are suppressed" in only.sentence
