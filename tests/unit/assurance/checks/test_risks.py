"""Checks of risks and of milestones."""

from datetime import date

import pytest

from bcf.assurance.checks.finding import Severity
from bcf.periods import FinancialYear, PartialDate
from tests.unit.assurance.checks.records_governance import (
    check,
    joint_record,
    milestone,
    record,
    risk,
    said,
)

RATING = "risk.rating-differs"
UNMITIGATED = "risk.unmitigated"
UNDATED = "milestone.undated"
OVERDUE = "milestone.overdue"


class TestRating:
    def test_a_rating_that_is_not_likelihood_times_impact(self) -> None:
        (found,) = check(RATING, record(risk("Flood", printed_rating="15", printed_ref="R1")))
        assert said([found]) == [
            (
                Severity.WARNING,
                "Risk “R1 Flood”: its rating is printed as 15, but likelihood 3 times impact 4 is "
                "12. Change the scores or the rating.",
            )
        ]
        assert found.mend
        assert found.mend.field == "printed_rating"

    def test_a_rating_that_is_or_that_is_not_printed(self) -> None:
        assert not check(RATING, record(risk("Flood"), risk("Fire", printed_rating="")))

    def test_inherited_risks_are_held_in_the_joint_plan(self) -> None:
        assert not check(RATING, record(risk("Flood", printed_rating="15", owner="j"), joint="j"))

    @pytest.mark.parametrize(
        ("given", "sentence"),
        [
            (
                {"printed_rating": "High"},
                "1 risk is rated in words and not in a number, so its rating was not checked: "
                "“Flood”. Enter likelihood and impact.",
            ),
            (
                {"likelihood": None},
                "1 risk is rated in a number, but not scored, so its rating was not checked: "
                "“Flood”. Enter likelihood and impact.",
            ),
            (
                {"likelihood": None, "printed_rating": ""},
                "1 risk is neither scored nor rated, so its rating was not checked: “Flood”. "
                "Enter likelihood and impact.",
            ),
        ],
    )
    def test_a_rating_that_cannot_be_held(self, given: dict, sentence: str) -> None:
        found = check(RATING, record(risk("Flood", **given)))
        assert said(found) == [(Severity.NOT_CHECKED, sentence)]

    def test_no_risks(self) -> None:
        assert said(check(RATING, record())) == [
            (
                Severity.NOT_CHECKED,
                "Ratings of risks were not checked: no risk is entered for this plan.",
            )
        ]

    def test_one_rating_with_two_words_after_mitigation(self) -> None:
        rows = (
            risk("Flood", printed_ref="R1", rating_after_mitigation="RED"),
            risk("Fire", printed_ref="R2", rating_after_mitigation="GREEN"),
            risk("Frost", rating_after_mitigation="GREEN"),
            risk("Heat", likelihood=1, printed_rating="4", rating_after_mitigation="RED"),
        )
        assert said(check(RATING, record(*rows))) == [
            (
                Severity.NOTE,
                "Risks of one and the same rating are given different ratings after mitigation: "
                "12 becomes RED (R1) and GREEN (R2 and “Frost”). Check that each is meant.",
            )
        ]


class TestUnmitigated:
    def test_risks_without_mitigation_are_one_finding_a_plan(self) -> None:
        rows = [risk(name, mitigation=" ", owner="north") for name in ("A", "B", "C", "D")]
        (found,) = check(UNMITIGATED, joint_record(*rows))
        assert said([found]) == [
            (
                Severity.WARNING,
                "North: 4 risks have no mitigation: “A”, “B”, “C” and 1 more. Say what is done "
                "about each.",
            )
        ]
        assert len(found.rows) == 4

    def test_a_mitigated_risk_or_one_of_the_joint_plan(self) -> None:
        assert not check(UNMITIGATED, record(risk("A")))
        assert not check(UNMITIGATED, record(risk("A", mitigation="", owner="j"), joint="j"))

    def test_no_risks(self) -> None:
        assert [each.severity for each in check(UNMITIGATED, record())] == [Severity.NOT_CHECKED]


class TestUndated:
    @pytest.mark.parametrize("words", ["", "TBC"])
    def test_neither_date_nor_words(self, words: str) -> None:
        assert said(check(UNDATED, record(milestone("Launch", when_in_words=words)))) == [
            (Severity.WARNING, "1 milestone has no date: “Launch”. Enter when it is due.")
        ]

    def test_words_alone_are_a_note(self) -> None:
        assert said(check(UNDATED, record(milestone("Launch", when_in_words="Ongoing")))) == [
            (
                Severity.NOTE,
                "1 milestone has a time in words but no date: “Launch” (Ongoing). Enter a date "
                "where one is known.",
            )
        ]

    def test_a_date_or_a_year_serves(self) -> None:
        rows = (milestone("A", "2016"), milestone("B", year=FinancialYear(2016)))
        assert not check(UNDATED, record(*rows))

    def test_a_date_outside_its_year(self) -> None:
        row = milestone("Return", "2018-04-21", year=FinancialYear(2017))
        assert said(check(UNDATED, record(row))) == [
            (
                Severity.NOTE,
                "“Return” is due on 21 April 2018, but stands under 2017–18. Check the date and "
                "the year.",
            )
        ]

    def test_what_starts_in_its_year_may_end_later(self) -> None:
        begun = PartialDate.parse("2017-10")
        row = milestone("Growth", "2018-04", year=FinancialYear(2017), starts=begun)
        assert not check(UNDATED, record(row))

    def test_no_milestones(self) -> None:
        assert [each.severity for each in check(UNDATED, record())] == [Severity.NOT_CHECKED]


class TestOverdue:
    def test_what_was_due_and_is_not_done(self) -> None:
        rows = (milestone("Launch", "2016-05"), milestone("Start", "2014-07-03"))
        (found,) = check(OVERDUE, record(*rows))
        assert said([found]) == [
            (
                Severity.WARNING,
                "2 milestones were due before 15 June 2016, and it is not entered when they were "
                "done. They are “Start” (3 July 2014) and “Launch” (May 2016). Enter the day on "
                "which each was done, or a new date.",
            )
        ]
        assert found.mend
        assert (found.mend.ref, found.mend.field) == ("start", "done_on")

    def test_the_year_is_late_once_it_is_over(self) -> None:
        rows = (
            milestone("Past", year=FinancialYear(2015)),
            milestone("Running", year=FinancialYear(2016)),
        )
        (found,) = check(OVERDUE, record(*rows))
        assert "It is “Past” (2015–16). Enter the day on which it was done" in found.sentence

    def test_what_is_done_or_may_still_be_in_time(self) -> None:
        done = milestone("Done", "2014", done_on=date(2015, 5, 1))
        assert not check(OVERDUE, record(done, milestone("June", "2016-06")))

    def test_a_milestone_whose_date_is_not_known(self) -> None:
        found = check(OVERDUE, joint_record(milestone("Launch", owner="south")))
        assert said(found) == [
            (
                Severity.NOT_CHECKED,
                "South: whether 1 milestone is late was not checked: neither a date nor a year is "
                "entered for it.",
            )
        ]

    def test_no_milestones(self) -> None:
        assert [each.severity for each in check(OVERDUE, record())] == [Severity.NOT_CHECKED]


def test_done_on_a_day_that_is_still_to_come() -> None:
    late = milestone("Opened", "2015-04", done_on=date(2099, 1, 1))
    (found,) = check("milestone.overdue", record(late))
    assert found.severity is Severity.WARNING
    assert found.sentence == (
        "1 milestone is entered as done on a day still to come: “Opened” (1 January 2099). Enter "
        "the day on which it was done, or leave it empty until then."
    )
    assert found.mend is not None
    assert found.mend.field == "done_on"
