"""Checks of national conditions, of questions, and of shares."""

from decimal import Decimal

import pytest

from bcf.assurance.checks.finding import Severity
from bcf.assurance.checks.record import BodyRow, Record, ShareRow
from tests.unit.assurance.checks.records_governance import (
    AGREED,
    DATA,
    FUNDED,
    SHARED,
    VISION,
    answer,
    check,
    condition,
    joint_record,
    record,
    said,
)

UNANSWERED = "condition.unanswered"
WITHOUT_ACTION = "condition.not-met-without-action"
QUESTIONS = "answer.missing"
SHARES = "share.not-100"


class TestUnanswered:
    def test_a_condition_without_a_response(self) -> None:
        (found,) = check(UNANSWERED, record())
        assert said([found]) == [
            (
                Severity.ERROR,
                "National condition 7(c), “Data sharing”, is not answered. Write the response, "
                "and say whether the condition is met.",
            )
        ]
        assert found.mend
        assert (found.mend.kind, found.mend.owner) == ("governance.conditionresponse", "a")

    def test_an_empty_response_is_mended_where_it_stands(self) -> None:
        empty = condition(text=" ", status="not-stated")
        (found,) = check(UNANSWERED, record(empty))
        assert found.mend
        assert (found.mend.ref, found.mend.field) == ("data", "text")

    @pytest.mark.parametrize(
        "rows",
        [
            (condition(),),
            (condition(text="", status="met"),),
            (answer("sharing"),),
        ],
    )
    def test_a_response_or_answers_to_all_its_questions_serve(self, rows: tuple) -> None:
        assert not check(UNANSWERED, record(*rows))

    def test_a_form_that_asks_nothing_about_a_condition(self) -> None:
        found = check(UNANSWERED, record(condition(), asks={"conditions": (DATA, AGREED)}))
        assert said(found) == [
            (
                Severity.NOT_CHECKED,
                "“Jointly agreed” has no response. Whether the plan needs one was not checked, "
                "because its form asks nothing about it.",
            )
        ]

    def test_a_form_whose_questions_are_about_no_condition_asks_for_all(self) -> None:
        of = record(asks={"conditions": (DATA, AGREED), "questions": (VISION,)})
        assert [each.severity for each in check(UNANSWERED, of)] == [Severity.ERROR] * 2

    def test_a_cycle_without_conditions(self) -> None:
        (found,) = check(UNANSWERED, record(asks={"conditions": ()}))
        assert found.severity is Severity.NOT_CHECKED

    def test_the_joint_plan_answers_for_its_parts(self) -> None:
        assert not check(UNANSWERED, joint_record(condition(owner="j")))
        assert not check(UNANSWERED, record(condition(owner="j"), joint="j"))

    def test_parts_answer_for_themselves(self) -> None:
        rows = (condition(owner="north"), condition(owner="south"))
        assert not check(UNANSWERED, joint_record(*rows))
        (found,) = check(UNANSWERED, joint_record(rows[0]))
        assert found.sentence == (
            "National condition 7(c), “Data sharing”, is not answered by South, nor by the joint "
            "plan for it. Write the response, and say whether the condition is met."
        )
        assert found.area == "South"


class TestWithoutAction:
    def test_not_met_is_an_error(self) -> None:
        found = check(WITHOUT_ACTION, record(condition(status="not-met")))
        assert said(found) == [
            (
                Severity.ERROR,
                "National condition 7(c), “Data sharing”, is not met, and no action is given. Say "
                "in “action where it is not met” what will be done to meet it, and by when.",
            )
        ]

    def test_in_progress_is_a_warning_that_names_the_parts(self) -> None:
        rows = [condition(owner=owner, status="in-progress") for owner in ("j", "south")]
        (found,) = check(WITHOUT_ACTION, joint_record(*rows))
        assert found.severity is Severity.WARNING
        assert "no action is given by the joint plan and South." in found.sentence

    def test_what_is_met_or_acted_upon_is_not_found(self) -> None:
        assert not check(WITHOUT_ACTION, record(condition()))
        acted = condition(status="not-met", action="Buy it in May.")
        assert not check(WITHOUT_ACTION, record(acted))

    def test_an_action_of_the_joint_plan_serves_its_parts(self) -> None:
        rows = (condition(status="not-met"), condition(owner="j", action="Buy it in May."))
        assert not check(WITHOUT_ACTION, record(*rows, joint="j"))

    def test_what_the_joint_plan_lacks_is_not_laid_to_its_part(self) -> None:
        of = record(condition(owner="j", status="not-met"), joint="j")
        assert not check(WITHOUT_ACTION, of)

    def test_a_response_that_does_not_say_whether_it_is_met(self) -> None:
        found = check(WITHOUT_ACTION, record(condition(status="not-stated")))
        assert said(found) == [
            (
                Severity.NOT_CHECKED,
                "“Data sharing”: whether it needs an action was not checked, because the response "
                "does not say whether the condition is met. Choose whether it is met.",
            )
        ]

    def test_no_response_at_all(self) -> None:
        (found,) = check(WITHOUT_ACTION, record())
        assert found.severity is Severity.NOT_CHECKED


class TestPlanningRequirements:
    ASKED = {"questions": (), "planning_requirements": (SHARED, FUNDED)}

    def of(self, *rows: object) -> Record:
        return record(*rows, asks=self.ASKED)

    def test_each_has_a_response(self) -> None:
        assert said(check(UNANSWERED, self.of(condition()))) == [
            (
                Severity.ERROR,
                "Planning requirement PR1, “Records shared”, is not answered. Write the "
                "response, and say whether the requirement is met.",
            ),
            (
                Severity.WARNING,
                "Planning requirement PR2, “All funded”, is not answered. Write the response, "
                "and say whether the requirement is met. This is a warning only, because the "
                "requirement could not be verified.",
            ),
        ]
        assert not check(UNANSWERED, self.of(condition(), condition("pr1"), condition("pr2")))

    def test_responses_to_those_of_a_condition_serve_for_it(self) -> None:
        own, other = condition("pr1"), condition("pr2")
        assert not check(UNANSWERED, self.of(own, other))
        (found,) = check(UNANSWERED, self.of(condition(), other))
        assert "PR1" in found.sentence

    def test_one_that_is_not_met_needs_an_action(self) -> None:
        unmet = condition("pr1", status="not-met")
        (found,) = check(WITHOUT_ACTION, self.of(unmet))
        assert said([found]) == [
            (
                Severity.ERROR,
                "Planning requirement PR1, “Records shared”, is not met, and no action is given. "
                "Say in “action where it is not met” what will be done to meet it, and by when.",
            )
        ]
        assert found.required == "an action for every requirement that is not met"
        assert not check(WITHOUT_ACTION, self.of(condition("pr1", status="not-met", action="Yes")))

    def test_one_whose_response_does_not_say_whether_it_is_met(self) -> None:
        (found,) = check(WITHOUT_ACTION, self.of(condition("pr1", status="not-stated")))
        assert found.severity is Severity.NOT_CHECKED
        assert "does not say whether the requirement is met" in found.sentence

    def test_a_cycle_of_requirements_alone(self) -> None:
        asked = {"conditions": (), "questions": (), "planning_requirements": (SHARED,)}
        (found,) = check(UNANSWERED, record(asks=asked))
        assert found.severity is Severity.ERROR


class TestQuestions:
    def test_unanswered_questions_are_one_finding(self) -> None:
        found = check(QUESTIONS, record(answer("vision")))
        assert said(found) == [
            (
                Severity.ERROR,
                "1 of the 2 questions of the plan’s form is not answered: 7(c) Data sharing. "
                "Answer it.",
            )
        ]

    def test_a_plan_whose_form_is_not_chosen(self) -> None:
        (found,) = check(QUESTIONS, record(form=""))
        assert found.severity is Severity.NOT_CHECKED
        assert found.sentence.endswith("Choose the template version.")

    def test_of_many_the_first_are_named_and_the_rest_by_number(self) -> None:
        many = tuple(
            type(VISION)(f"q{number}", "Vision", False, "made up", f"{number}", "What?")
            for number in range(1, 13)
        )
        (found,) = check(QUESTIONS, record(asks={"questions": many}))
        assert said([found]) == [
            (
                Severity.WARNING,
                "None of the 12 questions of the plan’s form is answered: 1 Vision, 2 Vision, "
                "3 Vision, and 4, 5, 6, 7, 8, 9, 10, 11 and 12. Answer them. This is a warning "
                "only, because the form’s questions could not be verified.",
            )
        ]

    def test_answers_here_or_in_the_joint_plan_serve(self) -> None:
        assert not check(QUESTIONS, record(answer("vision"), answer("sharing")))
        joint = record(answer("vision"), answer("sharing", "j"), joint="j")
        assert not check(QUESTIONS, joint)

    def test_a_part_that_has_no_answer_of_its_own_or_of_the_joint_plan(self) -> None:
        (found,) = check(QUESTIONS, record(joint="j"))
        assert "is answered, here or in the joint plan: 2(a) Vision and" in found.sentence
        (found,) = check(QUESTIONS, joint_record(answer("vision", "j"), answer("sharing", "north")))
        assert "is not answered by South, nor by the joint plan for it: 7(c)" in found.sentence

    def test_a_form_without_questions(self) -> None:
        (found,) = check(QUESTIONS, record(asks={"questions": ()}))
        assert found.severity is Severity.NOT_CHECKED


def share(percent: str, commissioner: str = "A CCG") -> ShareRow:
    return ShareRow("a", commissioner, Decimal(percent))


class TestShares:
    def test_shares_that_do_not_add_to_the_whole(self) -> None:
        found = check(SHARES, record(share("78.00"), share("20.00", "B CCG")))
        assert said(found) == [
            (
                Severity.WARNING,
                "A Health and Wellbeing Board: the NHS commissioners’ shares of its money add to "
                "98% (A CCG 78% and B CCG 20%). An administrator changes them with the Board.",
            )
        ]

    def test_shares_that_do(self) -> None:
        assert not check(SHARES, record(share("78.00"), share("22.00", "B CCG")))

    @pytest.mark.parametrize(("third", "added"), [("33.00", "99"), ("33.33", "99.99")])
    def test_rounded_shares_are_a_note(self, third: str, added: str) -> None:
        (found,) = check(SHARES, record(*(share(third, name) for name in "ABC")))
        assert found.severity is Severity.NOTE
        assert f"add to {added}%" in found.sentence

    def test_no_shares_of_several_commissioners(self) -> None:
        several = (BodyRow("a-ccg", "A CCG"), BodyRow("b-ccg", "B CCG"))
        found = check(SHARES, record(commissioners=several))
        assert said(found) == [
            (
                Severity.NOT_CHECKED,
                "Whether the NHS commissioners’ shares add to 100% was not checked for A Health "
                "and Wellbeing Board: no shares are entered. An administrator enters them with the "
                "Board.",
            )
        ]
        assert not check(SHARES, record())
