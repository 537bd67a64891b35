"""Checks of agreements: that there is one, its term, its money, and the unit of that."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from bcf.assurance.checks.finding import Severity
from bcf.assurance.checks.record import Record
from bcf.assurance.checks.terms import Term, term_of
from bcf.periods import NOT_STATED, FinancialYear, PartialDate
from tests.unit.assurance.checks.records_governance import (
    agreement,
    amount,
    check,
    joint_record,
    money,
    record,
    said,
)
from tests.unit.assurance.values import Y2, contribution, figures

MISSING = "agreement.missing"
EXPIRED = "agreement.expired"
POOL = "agreement.pool-differs"
UNIT = "agreement.unit-suspect"
OPEN = {"is_open_ended": True}


class TestTerms:
    @pytest.mark.parametrize(
        ("starts", "ends", "runs"),
        [
            ("2014-04", "2017-03", True),
            ("2014-04", "", True),
            ("2016-04", "", False),
            ("", "2015-03-31", False),
            ("", "2017-03", None),
            ("", "", None),
            ("2016", "", None),
            ("2014", "2015", None),
        ],
    )
    def test_whether_it_runs_in_2015_16(self, starts: str, ends: str, runs: bool | None) -> None:
        row = agreement("A", starts, ends)
        assert term_of(row, {}).runs_in(FinancialYear(2015)) is runs
        assert term_of(row, {}).runs_in(NOT_STATED) is None

    def test_a_schedule_takes_what_it_does_not_state_from_above(self) -> None:
        above = agreement("Above", "2013-08", **OPEN)
        started = PartialDate.parse("2014-04")
        rows = {"above": above}
        assert term_of(agreement("A", "2014-04", parent="above"), rows) == Term(started, None, True)
        ends = PartialDate.parse("2019-03")
        begun = PartialDate.parse("2013-08")
        assert term_of(agreement("A", "", "2019-03", parent="above"), rows) == Term(
            begun, ends, False
        )


class TestMissing:
    def test_pooled_money_without_an_agreement(self) -> None:
        found = check(MISSING, record(money=money(1000, 2000)))
        assert said(found) == [
            (
                Severity.WARNING,
                "£1,000 and £2,000 are pooled in 2015–16 and 2016–17, but no section 75 agreement "
                "is entered that runs in those years. Enter the agreement, or correct its dates.",
            )
        ]

    def test_one_that_ended_before(self) -> None:
        rows = (agreement("Old", "2012-04", "2016-03"),)
        (found,) = check(MISSING, record(*rows, money=money(1000, 2000)))
        assert found.sentence.startswith("£2,000 is pooled in 2016–17, but no section 75 agreement")

    @pytest.mark.parametrize("owner", ["a", "j", ""])
    def test_one_of_the_plan_of_its_joint_plan_or_of_its_board_serves(self, owner: str) -> None:
        row = agreement("A", "2013-08", owner=owner, **OPEN)
        assert not check(MISSING, record(row, money=money(1000, 2000), joint="j"))

    def test_another_kind_of_agreement_does_not(self) -> None:
        row = agreement("A", "2013-08", is_section_75=False)
        assert check(MISSING, record(row, money=money(1000, 2000)))

    def test_each_part_needs_its_own(self) -> None:
        parts = tuple(
            figures(contribution(10, plan=slug), contribution(10, plan=slug, year=Y2), slug=slug)
            for slug in ("north", "south")
        )
        row = agreement("N", "2013-08", owner="north")
        of = joint_record(row, money=figures(slug="j", parts=parts))
        (found,) = check(MISSING, of)
        assert found.sentence.startswith("South: £10 and £10 are pooled in")

    def test_dates_that_do_not_tell(self) -> None:
        found = check(MISSING, record(agreement("Vague"), money=money(1000, 2000)))
        assert said(found) == [
            (
                Severity.NOT_CHECKED,
                "Whether a section 75 agreement runs in 2015–16 and 2016–17 was not checked: it is "
                "not entered when “Vague” started. Enter the date.",
            )
        ]

    def test_no_money_is_stated(self) -> None:
        assert said(check(MISSING, record())) == [
            (
                Severity.NOT_CHECKED,
                "Whether a section 75 agreement is needed in 2015–16 and 2016–17 was not checked: "
                "no pooled money is stated.",
            )
        ]


class TestExpired:
    def test_one_that_ends_before_the_plan(self) -> None:
        (found,) = check(EXPIRED, record(agreement("Short", "2013-04", "2016-04-17")))
        assert said([found]) == [
            (
                Severity.WARNING,
                "“Short” ended on 17 April 2016, before 2016–17 is over. Enter its new end if it "
                "is renewed, or the agreement that follows it.",
            )
        ]
        (coming,) = check(EXPIRED, record(agreement("Short", "2013-04", "2016-12")))
        assert coming.sentence.startswith("“Short” ends in December 2016, before 2016–17 is over.")

    @pytest.mark.parametrize(
        ("ends", "since"),
        [
            ("2015-03", "before the plan’s first year"),
            ("2017-03", "with the plan’s last year or since"),
        ],
    )
    def test_one_that_ended_outside_the_plan_is_a_note(self, ends: str, since: str) -> None:
        row = agreement("Old", "2012-04", ends, owner="")
        (found,) = check(EXPIRED, record(row, today=date(2020, 1, 1)))
        assert found.severity is Severity.NOTE
        assert found.sentence.startswith(f"1 agreement has ended {since}: “Old” (March ")

    def test_one_that_runs_on_or_has_no_end(self) -> None:
        rows = (agreement("A", "2012", "2019"), agreement("B", "2012", **OPEN))
        assert not check(EXPIRED, record(*rows))

    def test_an_end_that_is_not_entered(self) -> None:
        rows = (
            agreement("A", "2012"),
            agreement("Schedule", parent="a"),
            agreement("Other", owner="j"),
        )
        assert said(check(EXPIRED, record(*rows, joint="j"))) == [
            (
                Severity.NOT_CHECKED,
                "Whether “A” has ended was not checked: no end is entered. Enter it, or tick “has "
                "no end”.",
            )
        ]

    def test_no_agreement(self) -> None:
        assert [each.severity for each in check(EXPIRED, record())] == [Severity.NOT_CHECKED]

    @pytest.mark.parametrize(("owner", "severity"), [("a", Severity.WARNING), ("", Severity.NOTE)])
    def test_a_schedule_before_its_agreement(self, owner: str, severity: Severity) -> None:
        above = agreement("Above", "2013-08", **OPEN)
        early = agreement("Early", "2010-04", parent="above", owner=owner, **OPEN)
        assert said(check(EXPIRED, record(above, early))) == [
            (
                severity,
                "“Early” starts in April 2010, before the agreement of which it is a schedule: "
                "“Above” starts in August 2013. Correct one of the two dates.",
            )
        ]

    def test_a_schedule_after_its_agreement(self) -> None:
        rows = (agreement("Above", "2013", "2018"), agreement("A", "2014", "2019", parent="above"))
        (found,) = check(EXPIRED, record(*rows))
        assert found.sentence.startswith("“A” ends in 2019, after the agreement of which it is a")

    def test_a_part_that_pools_on_beside_the_joint_plan(self) -> None:
        rows = (
            agreement("Own", "2015-04", "2019-03"),
            agreement("Joint", "2016-04", owner="j"),
        )
        assert said(check(EXPIRED, record(*rows, joint="j"))) == [
            (
                Severity.NOTE,
                "“Own” ends in March 2019, though “Joint”, which pools funds too, starts in April "
                "2016. Check that both are meant to run at once.",
            )
        ]


class TestPool:
    def of(self, *rows: Any) -> Record:
        return record(agreement("Pool", "2014-04", **OPEN), *rows, money=money(1000, 2000))

    def test_a_pool_that_is_not_the_income(self) -> None:
        rows = (amount("Pool", 900), amount("Pool", 2000, year=Y2))
        (found,) = check(POOL, self.of(*rows))
        assert said([found]) == [
            (
                Severity.WARNING,
                "The pooled fund of “Pool” for 2015–16, £900, is £100 less than the plan’s income "
                "of £1,000. Change one of the two figures.",
            )
        ]
        assert found.mend
        assert (found.mend.owner, found.mend.ref) == ("pool", "pool-900")

    def test_a_pool_as_large_as_what_was_spent_with_a_deficit(self) -> None:
        rows = (
            amount("Pool", 1000),
            amount("Pool", 2000, year=Y2),
            amount("Pool", 1000, measure="spend", ref="spend"),
            amount("Pool", -300, measure="surplus-or-deficit"),
        )
        assert said(check(POOL, self.of(*rows))) == [
            (
                Severity.NOTE,
                "The pooled fund of “Pool” for 2015–16, £1,000, is as much as was spent, though a "
                "deficit of £300 is stated: then £700 was put in. Check what the pooled fund is.",
            )
        ]

    def test_a_pool_that_is(self) -> None:
        rows = (amount("Pool", 1000), amount("Pool", 2000, year=Y2))
        assert not check(POOL, self.of(*rows))

    def test_what_rounding_explains_is_a_note(self) -> None:
        rows = (
            amount("Pool", 900, rounded_to=Decimal(200)),
            amount("Pool", 2000, year=Y2),
        )
        (found,) = check(POOL, self.of(*rows))
        assert found.severity is Severity.NOTE
        assert found.sentence.endswith("£1,000, which rounding explains.")

    def test_a_changed_amount_is_not_rounded(self) -> None:
        changed = replace(amount("Pool", 900, rounded_to=Decimal(200)), printed="1000")
        rows = (changed, amount("Pool", 2000, year=Y2))
        assert [each.severity for each in check(POOL, self.of(*rows))] == [Severity.WARNING]

    def test_parties_are_added_and_schedules_are_not_added_to_what_is_above(self) -> None:
        rows = (
            amount("Pool", 400, party="a-council"),
            amount("Pool", 600, party="a-ccg"),
            agreement("Schedule", "2014-04", parent="pool"),
            amount("Schedule", 1000),
            amount("Pool", 2000, year=Y2),
        )
        assert not check(POOL, self.of(*rows))

    def test_no_pool_of_a_year(self) -> None:
        assert said(check(POOL, self.of(amount("Pool", 1000)))) == [
            (
                Severity.NOT_CHECKED,
                "Income of 2016–17 was not held against section 75 agreements: no pooled fund of "
                "that year is entered for “Pool”.",
            )
        ]

    def test_no_income_or_no_agreement(self) -> None:
        rows = (agreement("Pool"), amount("Pool", 1000), amount("Pool", 2000, year=Y2))
        found = check(POOL, record(*rows))
        assert [each.severity for each in found] == [Severity.NOT_CHECKED] * 2
        assert found[0].sentence == (
            "The pooled fund of 2015–16 was not held against income: no income is stated for the "
            "year."
        )
        assert [each.severity for each in check(POOL, record())] == [Severity.NOT_CHECKED]


class TestUnit:
    def test_an_amount_that_was_put_right_is_a_note(self) -> None:
        rows = (
            amount("Beds", 3642, amount=Decimal(3_642_000), unit_meant="GBP_thousand"),
            amount("All", 30_272_581),
        )
        assert said(check(UNIT, record(*rows), smaller_times=1000)) == [
            (
                Severity.NOTE,
                "Pooled funds of 2015–16: £3,642 of “Beds” is printed beside £30,272,581 of “All”, "
                "which is at least 1,000 times as much, as if all were in the same unit. It is "
                "read as thousands of pounds: £3,642,000.",
            )
        ]

    def test_one_that_was_not_is_a_warning(self) -> None:
        rows = (amount("Beds", 3642), amount("All", 30_272_581))
        (found,) = check(UNIT, record(*rows), smaller_times=1000)
        assert found.severity is Severity.WARNING
        assert found.sentence.endswith("Choose the unit that is meant, or correct the amount.")
        assert found.mend
        assert found.mend.field == "unit_meant"

    def test_smaller_but_not_so_much_or_printed_in_thousands(self) -> None:
        rows = (
            amount("Beds", 131_941),
            amount("Chairs", 3642, amount=Decimal(3_642_000), printed_unit="GBP_thousand"),
            amount("None", 0),
            amount("All", 30_272_581),
        )
        assert not check(UNIT, record(*rows), smaller_times=1000)

    def test_other_years_and_measures_are_not_compared(self) -> None:
        rows = (
            amount("Beds", 3642, measure="spend"),
            amount("Chairs", 3642, year=NOT_STATED),
            amount("All", 30_272_581),
        )
        assert said(check(UNIT, record(*rows), smaller_times=1000)) == [
            (
                Severity.NOT_CHECKED,
                "The unit of 3 amounts was not checked, because no other of the same measure and "
                "year is entered beside them: the spend of “Beds” for 2015–16, the pooled fund of "
                "“Chairs” and the pooled fund of “All” for 2015–16.",
            )
        ]

    def test_no_amounts(self) -> None:
        found = check(UNIT, record(), smaller_times=1000)
        assert [each.severity for each in found] == [Severity.NOT_CHECKED]
