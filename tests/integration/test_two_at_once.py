"""Two people at one plan: whoever saves second overwrites nothing unseen, and loses nothing."""

from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse

from bcf.accounts.access import Role
from plans.models import Plan
from schemes.models import SpendLine
from tests.factories.membership import MembershipFactory
from tests.factories.plan import PlanFactory
from tests.factories.scheme import SchemeFactory
from tests.factories.spend_line import SpendLineFactory
from tests.integration.pages import fields_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def plan() -> Plan:
    plan = PlanFactory()
    SpendLineFactory(plan=plan, description="Carers", amount=Decimal(100))
    SpendLineFactory(plan=plan, description="Stroke", amount=Decimal(200))
    return plan


def editor_of(plan: Plan, name: str) -> Client:
    member = MembershipFactory(board=plan.boards.first(), role=Role.EDITOR, user__name=name)
    client = Client()
    client.force_login(member.user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def page_of(line: SpendLine) -> str:
    return reverse("admin:schemes_spendline_change", args=[line.pk])


def amounts() -> dict[str, Decimal | None]:
    return dict(SpendLine.objects.values_list("description", "amount"))


def test_a_line_is_saved_however_old_the_page_of_another_line(plan: Plan) -> None:
    ann, ben = editor_of(plan, "Ann"), editor_of(plan, "Ben")
    carers, stroke = map(page_of, SpendLine.objects.order_by("pk"))
    hers, his = fields_of(ann.get(carers)), fields_of(ben.get(stroke))

    assert ann.post(carers, {**hers, "amount": "£150"}).status_code == 302
    assert ben.post(stroke, {**his, "amount": "£250"}).status_code == 302

    assert amounts() == {"Carers": Decimal(150), "Stroke": Decimal(250)}


def test_a_line_that_both_changed_is_refused_with_who_and_what_then_saved(plan: Plan) -> None:
    ann, ben = editor_of(plan, "Ann"), editor_of(plan, "Ben")
    address = page_of(SpendLine.objects.order_by("pk")[0])
    hers, his = fields_of(ann.get(address)), fields_of(ben.get(address))
    ann.post(address, {**hers, "amount": "£150"})

    refused = ben.post(address, {**his, "amount": "£175"})

    text = refused.content.decode()
    assert refused.status_code == 200
    assert "Ann changed this row on" in text
    assert "150 (yours: £175)" in text
    assert amounts()["Carers"] == Decimal(150)
    again = fields_of(refused)
    assert again["amount"] == "£175"

    assert ben.post(address, again).status_code == 302
    assert amounts()["Carers"] == Decimal(175)


def test_what_both_chose_is_told_in_words_and_not_in_keys(plan: Plan) -> None:
    ann, ben = editor_of(plan, "Ann"), editor_of(plan, "Ben")
    carers = SpendLine.objects.order_by("pk")[0]
    address = reverse("admin:schemes_spendline_change", args=[carers.pk])
    hers, his = fields_of(ann.get(address)), fields_of(ben.get(address))
    scheme = SchemeFactory(plan=plan, reference="2b", name="Falls")
    hers |= {"funding_source": "dfg", "scheme": str(scheme.pk), "in_pool": ""}
    ann.post(address, {name: value for name, value in hers.items() if value})

    refused = ben.post(address, {**his, "funding_source": "ibcf", "amount": "175"})

    text = refused.content.decode()
    ours = "Improved Better Care Fund"
    assert f"Funding source: Disabled Facilities Grant (yours: {ours})" in text
    assert "Scheme: 2b Falls (put into the form)" in text
    assert "not ticked (put into the form)" in text
    assert "Amount (£): 100" not in text
    assert "yours: ibcf" not in text

    again = fields_of(refused)
    assert "in_pool" not in again
    assert ben.post(address, again).status_code == 302
    stored = SpendLine.objects.get(pk=carers.pk)
    assert (stored.funding_source, stored.amount) == ("ibcf", Decimal(175))
    assert (stored.scheme, stored.in_pool) == (scheme, False)


def test_saving_a_page_on_which_nothing_was_touched_saves_nothing(plan: Plan) -> None:
    ann = editor_of(plan, "Ann")
    line = SpendLine.objects.order_by("pk")[0]
    of_plan = reverse("admin:plans_plan_change", args=[plan.pk])
    before = [plan.history.count(), line.history.count()]

    for address in (of_plan, page_of(line)):
        assert ann.post(address, fields_of(ann.get(address))).status_code == 302

    assert [plan.history.count(), line.history.count()] == before


def test_fields_that_only_the_other_changed_are_told_and_kept(plan: Plan) -> None:
    ann, ben = editor_of(plan, "Ann"), editor_of(plan, "Ben")
    carers = SpendLine.objects.order_by("pk")[0]
    address = page_of(carers)
    hers, his = fields_of(ann.get(address)), fields_of(ben.get(address))
    ann.post(address, {**hers, "description": "Carers and families"})

    refused = ben.post(address, {**his, "amount": "175"})

    text = refused.content.decode()
    assert "Carers and families (put into the form)" in text
    assert "save again to keep both" in text
    assert amounts() == {"Carers and families": Decimal(100), "Stroke": Decimal(200)}
    again = fields_of(refused)
    assert again["description"] == "Carers and families"
    assert ben.post(address, again).status_code == 302
    assert amounts() == {"Carers and families": Decimal(175), "Stroke": Decimal(200)}


def test_the_same_change_from_both_is_no_conflict(plan: Plan) -> None:
    ann, ben = editor_of(plan, "Ann"), editor_of(plan, "Ben")
    address = page_of(SpendLine.objects.order_by("pk")[0])
    hers, his = fields_of(ann.get(address)), fields_of(ben.get(address))
    ann.post(address, {**hers, "amount": "150"})

    assert ben.post(address, {**his, "amount": "150", "theme": "Carers"}).status_code == 302
    assert amounts()["Carers"] == Decimal(150)
