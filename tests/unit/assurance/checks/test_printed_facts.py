"""Printed figures in tables of facts, and differences that are told in one finding."""

from decimal import Decimal as D
from typing import Any

from bcf.assurance.benefits import Benefits
from bcf.assurance.checks.finding import Severity
from bcf.assurance.checks.record import FactRow, NetworkRow, Record
from bcf.assurance.figures import Choice, Printed
from bcf.assurance.measured import Counted, Measured, unit_of
from bcf.base.worked import POUNDS, RowRef, stated
from bcf.periods import NOT_STATED, parse_period
from tests.unit.assurance.checks.records_schemes import found, record, told
from tests.unit.assurance.test_benefits import benefit
from tests.unit.assurance.values import Y1, contribution, figures, spend_line

CODE = "printed.differs"
THOUSAND = D(1_000)


def printed(value: str, measure: str = "planned-spend", **given: Any) -> Printed:
    """A figure of the plan `a`, exact unless a `step` is given."""
    unit, step = given.pop("unit", POUNDS), given.pop("step", None)
    name = given.pop("name", "Planned spend: Total")
    ref = "-".join((measure, value, *map(str, given.values())))
    row = RowRef("governance.printedfigure", "a", ref, name)
    defaults: dict[str, Any] = {"plan": "a", "year": Y1, "table": "8", "place": "8"}
    return Printed(
        measure=measure, figure=stated(D(value), step, unit, row), **{**defaults, **given}
    )


def plan(*rows: Any, **given: Any) -> Record:
    money = figures(*(row for row in rows if not isinstance(row, Printed)))
    shown = tuple(row for row in rows if isinstance(row, Printed))
    return record(money.__class__(**{**vars(money), "printed": shown}), **given)


def fact(value: str, label: str, subject: str = "", **given: Any) -> FactRow:
    unit, step = given.pop("unit", "£"), given.pop("step", None)
    upper = given.pop("upper", None)
    ref = f"{label}-{subject}-{value}"
    return FactRow(
        owner="a",
        ref=ref,
        label=label,
        subject=subject,
        period=parse_period(given.pop("period", "2011-12")),
        unit=unit,
        figure=stated(D(value), step, unit_of(unit)),
        upper=stated(D(upper), None, unit_of(unit)) if upper else None,
        place=given.pop("place", "Annex 1"),
    )


class TestOneFinding:
    def test_one_finding_names_all_that_a_figure_differs_from(self) -> None:
        rows = [
            spend_line(90),
            contribution(90),
            printed("100", place="8; 9; 10; 11; 12"),
            printed("50", theme="x", name="Planned spend: x"),
            printed("40", theme="y", name="Planned spend: y"),
        ]
        (only,) = [
            each
            for each in found(plan(*rows), CODE)
            if each.sentence.startswith("Planned spend: T")
        ]
        assert only.sentence.startswith(
            "Planned spend: Total, 2015–16: £100 is printed (8, 9, 10 and 2 more places), but the "
            "themes, its spend lines and its contributions come to £90."
        )

    def test_figures_that_one_mend_puts_right_are_one_finding(self) -> None:
        """Money at risk, printed exactly and once more in thousands, is of one reduction."""
        row = benefit(-10, metrics=(Choice("nea", "Admissions"),), year=Y1)
        given: dict[str, Any] = {"metric": "nea", "name": "At risk"}
        rows = [
            printed("15900", "pay-for-performance-amount", **given),
            printed(
                "16000",
                "payment-for-performance-at-risk",
                step=THOUSAND,
                **{**given, "table": "9", "place": "9"},
            ),
        ]
        (only,) = found(plan(*rows, benefits=Benefits((row,))), CODE)
        assert only.sentence.startswith(
            "At risk, 2015–16: £15,900 (8) and £16,000 (9) are printed, but 10 admissions × £1,500 "
            "is £15,000."
        )
        assert len(only.rows) > 1


class TestPlaces:
    def test_the_document_that_most_places_name_is_not_said(self) -> None:
        place = "Plan of A, Table {}"
        rows = [spend_line(90), printed("100", table="3", place=place.format(3))]
        (only,) = found(plan(*rows), CODE)
        assert "£100 is printed (Table 3)" in only.sentence


class TestFacts:
    def test_the_parts_of_a_table_that_add_up(self) -> None:
        facts = (fact("5", "Cost: all codes"), fact("3", "Cost: hip"), fact("2", "Cost: other"))
        assert not found(record(facts=facts), CODE)

    def test_the_parts_of_a_table_that_do_not(self) -> None:
        facts = (
            fact("6", "Cost: all codes", "aged 65-69"),
            fact("3", "Cost: hip", "aged 65-69"),
            fact("2", "Cost: other", "aged 65-69"),
        )
        assert told(found(record(facts=facts), CODE)) == [
            (
                Severity.WARNING,
                "Cost: all codes, aged 65-69, 2011–12: £6 is printed (Annex 1), but “hip” and "
                "“other” come to £5. Rounding does not explain it. Correct the one that is wrong, "
                "or say in the plan why they differ.",
            )
        ]

    def test_all_ages_are_their_sum(self) -> None:
        facts = (
            fact("6", "Cost", "all ages"),
            fact("3", "Cost", "old"),
            fact("2", "Cost", "young"),
        )
        (only,) = found(record(facts=facts), CODE)
        assert "“old” and “young” come to £5" in only.sentence

    def test_shares_and_ratios_are_not_added(self) -> None:
        facts = [
            fact(value, "Share", subject, unit="%")
            for value, subject in (("6", "all ages"), ("3", "old"), ("2", "young"))
        ]
        assert not found(record(facts=tuple(facts)), CODE)

    def test_a_part_alone_says_nothing(self) -> None:
        assert not found(record(facts=(fact("6", "Cost: all codes"), fact("3", "Cost: hip"))), CODE)

    def averages(self, whole: str) -> Record:
        facts = tuple(
            fact(value, "Average stays", subject, unit="stays a person")
            for value, subject in ((whole, "total population"), ("3", "ill"), ("1", "well"))
        )
        people = tuple(
            Counted(
                RowRef("metrics.population", "a", segment),
                "all",
                parse_period("2011-12"),
                "a",
                segment=segment,
                count=stated(number),
            )
            for segment, number in (("ill", 100), ("well", 300))
        )
        return record(facts=facts, measured=Measured(populations=people))

    def test_an_average_is_that_of_its_parts(self) -> None:
        assert not found(self.averages("1.5"), CODE)
        (only,) = found(self.averages("1.8"), CODE)
        assert only.sentence.startswith(
            "Average stays, total population, 2011–12: 1.8 stays a person is printed (Annex 1), "
            "but the average of “ill” and “well”, each weighted by its people, is 1.5 stays a "
            "person."
        )

    def test_an_average_of_people_that_are_not_entered_is_left(self) -> None:
        facts = self.averages("1.8").facts
        assert not found(record(facts=facts), CODE)

    def test_ranges_that_overlap(self) -> None:
        one = fact("0.7", "Range of ratios", "level 1", unit="(ratio)", upper="7.7")
        other = fact("4.7", "Range of ratios", "level 2", unit="(ratio)", upper="25")
        (only,) = found(record(facts=(other, one)), CODE)
        assert only.sentence == (
            "Range of ratios: “level 1”, 0.7 to 7.7, overlaps “level 2”, 4.7 to 25 (Annex 1). "
            "Correct the end that is wrong."
        )

    def test_ranges_that_meet(self) -> None:
        one = fact("0.7", "Range of ratios", "level 1", unit="(ratio)", upper="4.7")
        other = fact("4.7", "Range of ratios", "level 2", unit="(ratio)", upper="25")
        assert not found(record(facts=(one, other)), CODE)

    def test_a_fact_that_two_places_tell_differently(self) -> None:
        one = fact("41", "Staff (section 4)", unit="staff", step=1, place="4")
        other = fact("42", "Staff (appendix)", unit="staff", step=1, place="Appendix")
        (only,) = found(record(facts=(one, other)), CODE)
        assert only.sentence == (
            "Staff: 41 staff is printed in one place (4), but 42 staff in another (Appendix). "
            "Correct the one that is wrong, or say in the plan why they differ."
        )
        same = fact("41", "Staff (appendix)", unit="staff", step=1, place="Appendix")
        assert not found(record(facts=(one, same)), CODE)

    def test_a_fact_of_no_year_says_none(self) -> None:
        facts = tuple(
            fact(value, label, period=str(NOT_STATED))
            for value, label in (("6", "Cost: all codes"), ("3", "Cost: hip"), ("2", "Cost: b"))
        )
        (only,) = found(record(facts=facts), CODE)
        assert only.sentence.startswith("Cost: all codes: £6 is printed")


def test_a_network_has_the_same_people_on_its_own_page() -> None:
    network = NetworkRow("closer-to-home", "n4", "CHIN 4", 44_618, 44_168)
    (only,) = found(record(networks=(network,)), CODE)
    assert only.sentence == (
        "CHIN 4: it has 44,618 people where the networks of its programme are listed, but 44,168 "
        "on its own page. Correct the one that is wrong, or say in the plan why they differ."
    )
    same = NetworkRow("closer-to-home", "n4", "CHIN 4", 44_618, 44_618)
    assert not found(record(networks=(same,)), CODE)
