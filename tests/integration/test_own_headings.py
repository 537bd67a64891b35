"""Headings of a plan's own: what they refuse, their order, and those of the real plans."""

from collections.abc import Callable

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from bcf.accounts.models import User
from plans.models import OwnHeading, Plan
from tests.factories import BoardFactory, CycleFactory, OwnHeadingFactory, PlanFactory

pytestmark = pytest.mark.django_db

SignIn = Callable[[User | None], Client]
Member = Callable[..., User]


def test_a_heading_answers_a_question_of_its_plans_form_alone() -> None:
    plan = PlanFactory(cycle=CycleFactory(key="2014-16"), template_version="first-form")
    with pytest.raises(ValidationError, match="“7a-i” is no question of 2014-16"):
        OwnHeadingFactory(plan=plan, question="7a-i")
    assert OwnHeadingFactory(plan=plan, question="first-2a").question == "first-2a"


def test_a_heading_shows_a_block_that_there_is() -> None:
    with pytest.raises(ValidationError, match=r"“risk-blog” is no table or list\. Choose one"):
        OwnHeadingFactory(block="risk-blog")
    assert OwnHeadingFactory(block="risk-log").block == "risk-log"


def test_several_headings_show_no_block_at_all() -> None:
    first = OwnHeadingFactory()
    second = OwnHeadingFactory(plan=first.plan)
    assert (first.block, second.block) == ("", "")


def test_headings_stand_in_the_plans_order_and_are_named_by_number() -> None:
    plan = PlanFactory()
    OwnHeadingFactory(plan=plan, order=2, number="1.1", heading="How", level=2)
    OwnHeadingFactory(plan=plan, order=1, number="1", heading="Why")
    assert [str(each) for each in plan.own_headings.all()] == ["1 Why", "1.1 How"]
    assert [each.ref for each in plan.own_headings.all()] == ["1-why", "1-1-how"]


def test_an_editor_adds_a_heading_in_the_admin(sign_in: SignIn, member: Member) -> None:
    board = BoardFactory()
    plan = PlanFactory(boards=[board])
    client = sign_in(member("editor", board))
    address = reverse("admin:plans_ownheading_add")
    page = client.get(f"{address}?plan={plan.pk}").content.decode()
    assert '<option value="risk-log">Risk log</option>' in page
    assert '<option value="vision">B: What should health' in page
    typed = {"plan": plan.pk, "order": "1", "level": "1", "number": "1", "heading": "Why"}
    typed |= {"block": "risk-log", "question": "vision", "text": "Because."}
    response = client.post(address, typed)
    assert response.status_code == 302
    heading = OwnHeading.objects.get(plan=plan)
    assert (heading.heading, heading.block, heading.question) == ("Why", "risk-log", "vision")


@pytest.mark.usefixtures("real_plans")
class TestRealHeadings:
    def test_bhr_has_its_own_contents_list_in_its_own_order(self) -> None:
        headings = list(OwnHeading.objects.filter(plan__slug="bhr-2017-19"))
        assert len(headings) == 135
        chapters = [each.number for each in headings if each.level == 1]
        assert chapters == [
            *("", "1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11", "12", "13"),
            *("Appendix 1", "Appendix 2", "Appendix 3", "Appendix 4"),
        ]
        assert str(headings[0]) == "Foreword"
        assert [each.order for each in headings] == list(range(1, 136))

    def test_a_number_tells_the_level_of_a_section(self) -> None:
        numbered = OwnHeading.objects.filter(plan__slug="bhr-2017-19", number__regex=r"^\d")
        assert numbered.count() > 100
        assert [each for each in numbered if each.level != each.number.count(".") + 1] == []

    def test_where_bhr_prints_what_its_rows_hold(self) -> None:
        shown = dict(
            OwnHeading.objects.filter(plan__slug="bhr-2017-19")
            .exclude(block="")
            .values_list("block", "number")
        )
        assert shown["maturity"] == "7.4.4"
        assert shown["risk-log"] == "10.2"
        assert shown["spend-by-source"] == "8.3"
        assert len(shown) == 17

    def test_a_plan_on_a_national_form_has_few_headings_of_its_own_or_none(self) -> None:
        assert not Plan.objects.get(slug="barnet-2014-16").own_headings.exists()
        tri_borough = Plan.objects.get(slug="tri-borough-2014-16")
        assert [each.number for each in tri_borough.own_headings.all()] == [
            "Appendix A",
            "Appendix B",
        ]
