"""The check of stated savings."""

from decimal import Decimal as D

from bcf.assurance.checks.finding import Severity
from bcf.assurance.checks.record import Record, SchemeMetricRow
from bcf.assurance.figures import Choice
from bcf.base.worked import RowRef
from tests.unit.assurance.checks.records_schemes import benefits, found, record, scheme, told
from tests.unit.assurance.test_benefits import benefit

CODE = "benefit.saving-differs"
ROW = RowRef("schemes.benefit", "a", "one", "1a: -20 admissions, 2015–16")


def test_a_saving_that_is_the_change_at_its_price_is_not_found() -> None:
    rows = benefit(-20, saving=D(30_000), row=ROW), benefit(-20, row=ROW)
    assert found(record(benefits=benefits(*rows)), CODE) == []
    assert found(record(), CODE) == []


def test_another_saving_is_told_with_the_working() -> None:
    rows = benefits(benefit(-20, saving=D(29_000), row=ROW))
    (only,) = found(record(benefits=rows), CODE)
    assert told([only]) == [
        (
            Severity.WARNING,
            "“1a: -20 admissions, 2015–16”: the stated saving of £29,000 is £1,000 less than 20 "
            "admissions × £1,500, which is £30,000. Correct the saving, the change or the unit "
            "price.",
        )
    ]
    assert (only.found, only.required) == ("£29,000", "£30,000")
    assert only.mend
    assert (only.mend.ref, only.mend.field) == ("one", "saving")


def test_what_rounding_explains_is_a_note() -> None:
    rows = benefits(benefit(-21, saving=D(32_000), step=D(1_000), row=ROW))
    (only,) = found(record(benefits=rows), CODE)
    assert only.severity is Severity.NOTE
    assert only.sentence.endswith("which is £31,500; rounding explains it.")


def test_a_derived_price_is_itself_rounded() -> None:
    """£1,000 saved by 3 fewer give a price of £333.33, which makes £999.99."""
    given = {"unit_price": D("333.33"), "saving": D(1_000), "row": ROW}
    (printed,) = found(record(benefits=benefits(benefit(-3, **given))), CODE)
    assert printed.severity is Severity.WARNING
    derived = benefit(-3, price_basis="derived", **given)
    (only,) = found(record(benefits=benefits(derived)), CODE)
    assert only.severity is Severity.NOTE


def test_without_change_or_price_it_is_said_that_nothing_was_compared() -> None:
    rows = [
        benefit(None, saving=D(10), row=ROW),
        benefit(-3, unit_price=None, price_basis="", saving=D(10), row=ROW),
    ]
    assert told(found(record(benefits=benefits(*rows)), CODE)) == [
        (
            Severity.NOT_CHECKED,
            "2 stated savings were not compared with change times unit price, because the change "
            "or the unit price is not entered: “1a: -20 admissions, 2015–16” and “1a: -20 "
            "admissions, 2015–16”. Enter the change or the unit price where the plan has it.",
        )
    ]


def test_a_benefit_that_says_nothing_is_told() -> None:
    rows = benefits(benefit(None, row=ROW))
    assert told(found(record(benefits=rows), CODE)) == [
        (
            Severity.NOT_CHECKED,
            "1 benefit states neither a change nor a saving, so there was nothing to compare: "
            "“Scheme a”. Enter what it should bring.",
        )
    ]


class TestMissing:
    SCHEMES = (scheme("1A"), scheme("1B"), scheme("1B-1", "1B"))

    def of(self, *refs: str) -> Record:
        acting = tuple(
            SchemeMetricRow("a", f"{ref}-admissions", ref, "nea", "Admissions") for ref in refs
        )
        own = benefit(-20, schemes=(Choice("1a", "1A Work"),), row=ROW)
        return record(benefits=benefits(own), schemes=self.SCHEMES, scheme_metrics=acting)

    def test_a_scheme_without_a_benefit_in_its_metric(self) -> None:
        assert told(found(self.of("1a", "1b"), "benefit.missing")) == [
            (
                Severity.NOTE,
                "Scheme 1B Work 1B is said to act on “Admissions”, but states no benefit in it, "
                "though other schemes do. Enter the benefit, or take the metric from the scheme.",
            )
        ]

    def test_each_scheme_with_one(self) -> None:
        assert not found(self.of("1a"), "benefit.missing")

    def test_where_most_have_none_benefits_are_not_stated_so(self) -> None:
        assert not found(self.of("1a", "1b", "1b-1"), "benefit.missing")
        assert not found(self.of("1b"), "benefit.missing")
