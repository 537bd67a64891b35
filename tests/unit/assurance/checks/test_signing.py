"""Checks of signatures."""

from dataclasses import replace
from datetime import date

from bcf.assurance.checks.finding import Severity
from bcf.assurance.checks.record import BodyRow
from tests.unit.assurance.checks.records_governance import (
    CHAIR,
    COUNCIL,
    NHS,
    OFFICER,
    PROVIDER,
    SIGNED,
    check,
    record,
    said,
    signature,
)

MISSING = "signoff.missing"
UNRATIFIED = "signoff.unratified"


class TestMissing:
    def test_a_body_for_which_nobody_signs(self) -> None:
        (found,) = check(MISSING, record(*SIGNED[1:]))
        assert said([found]) == [
            (
                Severity.ERROR,
                "Council: no signature is entered for A Council. Enter who signs, and on which "
                "day.",
            )
        ]

    def test_a_day_that_is_still_to_come_is_no_signature(self) -> None:
        early = replace(SIGNED[0], signed_on=date(2099, 1, 1))
        (found,) = check(MISSING, record(early, *SIGNED[1:]))
        assert found.severity is Severity.ERROR
        assert "the day of the signature, 1 January 2099, is still to come" in found.sentence

    def test_everybody_has_signed(self) -> None:
        assert not check(MISSING, record(*SIGNED))

    def test_a_signature_of_the_joint_plan_serves(self) -> None:
        of_joint = signature("council", "A Council", owner="j")
        assert not check(MISSING, record(of_joint, *SIGNED[1:], joint="j"))

    def test_a_signature_without_its_day(self) -> None:
        undated = signature("council", "A Council", signed_on=None)
        (found,) = check(MISSING, record(undated, *SIGNED[1:]))
        assert said([found]) == [
            (
                Severity.ERROR,
                "Council: no date is entered for the signature of Ann Lee for A Council. Enter "
                "the day of the signature.",
            )
        ]
        assert found.mend
        assert found.mend.field == "signed_on"

    def test_a_place_without_a_name_is_graver_where_nobody_else_signed(self) -> None:
        unnamed = signature(
            "council", "A Council", ref="2", name="", signed_on=None, position="Finance director"
        )
        (alone,) = check(MISSING, record(unnamed, *SIGNED[1:]))
        (beside,) = check(MISSING, record(unnamed, *SIGNED))
        assert (alone.severity, beside.severity) == (Severity.ERROR, Severity.WARNING)
        assert alone.sentence == (
            "Council: neither name nor date is entered for the signature for A Council as "
            "“Finance director”. Enter who signed, and on which day."
        )

    def test_a_signature_that_is_not_required_is_not_missed(self) -> None:
        asks = {"sign_offs": (OFFICER, COUNCIL, NHS, CHAIR)}
        assert not check(MISSING, record(*SIGNED, asks=asks))
        (found,) = check(MISSING, record(*SIGNED[1:], asks=asks))
        assert found.sentence.startswith("Council: no signature")

    def test_where_two_sign_for_a_body_one_is_not_enough(self) -> None:
        both = {"sign_offs": (COUNCIL, replace(OFFICER, is_required=True), NHS, CHAIR)}
        (found,) = check(MISSING, record(*SIGNED, asks=both))
        assert said([found]) == [
            (
                Severity.ERROR,
                "Council and Finance officer all sign, and not all have signed for A Council "
                "(1 of 2). Enter who else signs, in which position, and on which day.",
            )
        ]
        other = signature("council", "A Council", ref="2", position="Finance officer")
        assert not check(MISSING, record(*SIGNED, other, asks=both))
        (absent,) = check(MISSING, record(*SIGNED[1:], asks=both))
        assert absent.sentence.startswith("Council: no signature")

    def test_an_unsigned_row_of_a_role_that_nobody_requires_is_a_warning(self) -> None:
        row = signature("provider", "A Hospital", signed_on=None)
        (found,) = check(MISSING, record(*SIGNED, row))
        assert found.severity is Severity.WARNING
        assert found.sentence.startswith("Provider: no date is entered for the signature of Ann")

    def test_any_body_may_sign_where_not_each_has_to(self) -> None:
        rule = type(COUNCIL)("council", "Council", True, "made up", "council", False, True)
        one = signature("council", "Another Council")
        assert not check(MISSING, record(one, asks={"sign_offs": (rule,)}))
        (found,) = check(MISSING, record(asks={"sign_offs": (rule,)}))
        assert "no signature is entered in this role." in found.sentence

    def test_a_signature_for_nobody_leaves_it_open(self) -> None:
        loose = signature("nhs-commissioner", "", organisation="")
        found = check(MISSING, record(SIGNED[0], loose, SIGNED[2]))
        assert said(found) == [
            (
                Severity.NOT_CHECKED,
                "Commissioner: whether somebody signed for A CCG was not checked, because it is "
                "not said for whom Ann Lee signed. Choose the organisation or the board.",
            )
        ]

    def test_bodies_that_the_plan_does_not_name(self) -> None:
        of = record(*SIGNED[:1], SIGNED[2], commissioners=())
        assert [each.severity for each in check(MISSING, of)] == [Severity.NOT_CHECKED]
        asked = record(asks={"sign_offs": (PROVIDER,)})
        assert [each.severity for each in check(MISSING, asked)] == [Severity.NOT_CHECKED]

    def test_a_cycle_that_does_not_say_who_signs(self) -> None:
        (found,) = check(MISSING, record(asks={"sign_offs": ()}))
        assert found.severity is Severity.NOT_CHECKED

    def test_several_bodies_are_one_finding(self) -> None:
        councils = (BodyRow("a-council", "A Council"), BodyRow("b-council", "B Council"))
        (found,) = check(MISSING, record(*SIGNED[1:], councils=councils))
        assert "no signature is entered for A Council and B Council. Enter who signs for each" in (
            found.sentence
        )


class TestUnratified:
    def test_the_day_has_passed(self) -> None:
        row = signature("board", "A Board", is_delegated=True, to_be_ratified_on=date(2016, 6, 14))
        assert said(check(UNRATIFIED, record(row))) == [
            (
                Severity.WARNING,
                "Ann Lee for A Board: this signature was given under delegation, and it was to be "
                "ratified on 14 June 2016, which has passed. Clear “signed under delegation” once "
                "it is ratified; until then enter the day on which it will be.",
            )
        ]

    def test_no_day_is_entered(self) -> None:
        (found,) = check(UNRATIFIED, record(signature("board", "A Board", is_delegated=True)))
        assert "and no day is entered on which it is to be ratified." in found.sentence

    def test_the_day_is_to_come_or_nothing_is_delegated(self) -> None:
        row = signature("board", "A Board", is_delegated=True, to_be_ratified_on=date(2016, 6, 15))
        assert not check(UNRATIFIED, record(row, SIGNED[0]))

    def test_what_the_joint_plan_signed_is_found_there(self) -> None:
        row = signature("board", "A Board", is_delegated=True, owner="j")
        assert not check(UNRATIFIED, record(row, joint="j"))

    def test_no_signatures(self) -> None:
        assert [each.severity for each in check(UNRATIFIED, record())] == [Severity.NOT_CHECKED]
