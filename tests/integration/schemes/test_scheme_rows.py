"""What the rows of schemes refuse across tables, and what they work out."""

from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from plans.models import Answer
from tests.factories.answer import AnswerFactory
from tests.factories.benefit import BenefitFactory
from tests.factories.benefit_profile import BenefitProfileFactory
from tests.factories.cycle import CycleFactory
from tests.factories.plan import PlanFactory
from tests.factories.scheme import SchemeFactory
from tests.factories.scheme_condition import SchemeConditionFactory
from tests.factories.spend_actual import SpendActualFactory
from tests.factories.spend_line import SpendLineFactory

pytestmark = pytest.mark.django_db


def test_a_link_is_about_a_scheme_of_its_own_plan() -> None:
    with pytest.raises(ValidationError, match="Choose a scheme of this plan"):
        SchemeConditionFactory(scheme=SchemeFactory(), plan=PlanFactory())


def test_a_condition_is_one_of_the_cycle() -> None:
    with pytest.raises(ValidationError, match=r"is no (national condition|question) of"):
        SchemeConditionFactory(condition="full-moon")
    assert SchemeConditionFactory(condition="all").condition_label == "All conditions"


def test_a_form_is_asked_its_own_questions_alone() -> None:
    plan = PlanFactory(cycle=CycleFactory(key="2014-16"), template_version="first-form")
    with pytest.raises(ValidationError, match=r"is no (national condition|question) of"):
        AnswerFactory(plan=plan, question="7a-i")
    answer: Answer = AnswerFactory(plan=plan, question="first-a1")
    assert answer.ref == "first-a1-1"
    assert answer.question_heading == "National conditions a Protecting social care services"


@pytest.mark.parametrize("quarter", ["2018-19Q1", "2017-18", "2017-05"])
def test_an_actual_is_of_a_quarter_of_the_lines_year(quarter: str) -> None:
    with pytest.raises(ValidationError) as error:
        SpendActualFactory(quarter=quarter)
    assert "quarter" in error.value.message_dict


def test_a_profile_is_by_month() -> None:
    with pytest.raises(ValidationError, match="Give a month"):
        BenefitProfileFactory(month="2017-18Q1")


def test_a_saving_is_the_stated_one_or_worked_out() -> None:
    worked_out = BenefitFactory()
    assert (worked_out.expected_saving, worked_out.is_worked_out) == (Decimal("20040.00"), True)
    stated = BenefitFactory(plan=worked_out.plan, saving=Decimal("20000.00"))
    assert (stated.expected_saving, stated.is_worked_out) == (Decimal("20000.00"), False)
    unknown = BenefitFactory(unit_price=None, price_basis="")
    assert (unknown.expected_saving, unknown.is_worked_out) == (None, False)


@pytest.mark.parametrize("commissioner", ["", "ccg"])
def test_two_shares_add_to_the_whole_whoever_commissions(commissioner: str) -> None:
    with pytest.raises(ValidationError, match=r"add to 140%. Change one"):
        SpendLineFactory(commissioner=commissioner, nhs_percent=50, la_percent=90)
    assert SpendLineFactory(commissioner=commissioner, nhs_percent=50, la_percent=50).pk
