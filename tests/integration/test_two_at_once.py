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


def box(fields: dict[str, str], line: SpendLine, name: str) -> str:
    """The name of one box of the row of this line."""
    rows = {value: key for key, value in fields.items() if key.startswith("spend") and "-id" in key}
    return f"{rows[str(line.pk)].removesuffix('-id')}-{name}"


def amounts() -> dict[str, Decimal | None]:
    return dict(SpendLine.objects.values_list("description", "amount"))


def test_a_line_that_another_changed_is_not_put_back_by_an_old_page(plan: Plan) -> None:
    ann, ben = editor_of(plan, "Ann"), editor_of(plan, "Ben")
    address = reverse("admin:plans_plan_change", args=[plan.pk])
    hers, his = fields_of(ann.get(address)), fields_of(ben.get(address))
    carers, stroke = SpendLine.objects.order_by("pk")
    hers[box(hers, carers, "amount")] = "£150"
    his[box(his, stroke, "amount")] = "£250"

    assert ann.post(address, hers).status_code == 302
    assert ben.post(address, his).status_code == 302

    assert amounts() == {"Carers": Decimal(150), "Stroke": Decimal(250)}


def test_a_line_that_both_changed_is_refused_with_who_and_what_then_saved(plan: Plan) -> None:
    ann, ben = editor_of(plan, "Ann"), editor_of(plan, "Ben")
    address = reverse("admin:plans_plan_change", args=[plan.pk])
    hers, his = fields_of(ann.get(address)), fields_of(ben.get(address))
    carers = SpendLine.objects.order_by("pk")[0]
    hers[box(hers, carers, "amount")] = "£150"
    his[box(his, carers, "amount")] = "£175"
    ann.post(address, hers)

    refused = ben.post(address, his)

    text = refused.content.decode()
    assert refused.status_code == 200
    assert "Ann changed this row on" in text
    assert "150 (yours: £175)" in text
    assert amounts()["Carers"] == Decimal(150)
    again = fields_of(refused)
    assert again[box(again, carers, "amount")] == "£175"

    assert ben.post(address, again).status_code == 302
    assert amounts()["Carers"] == Decimal(175)


def test_saving_a_page_on_which_nothing_was_touched_saves_nothing(plan: Plan) -> None:
    ann = editor_of(plan, "Ann")
    address = reverse("admin:plans_plan_change", args=[plan.pk])
    before = [plan.history.count(), *(line.history.count() for line in SpendLine.objects.all())]

    assert ann.post(address, fields_of(ann.get(address))).status_code == 302

    after = [plan.history.count(), *(line.history.count() for line in SpendLine.objects.all())]
    assert after == before


def test_a_row_of_its_own_page_is_refused_too(plan: Plan) -> None:
    ann, ben = editor_of(plan, "Ann"), editor_of(plan, "Ben")
    carers = SpendLine.objects.order_by("pk")[0]
    address = reverse("admin:schemes_spendline_change", args=[carers.pk])
    hers, his = fields_of(ann.get(address)), fields_of(ben.get(address))
    ann.post(address, {**hers, "description": "Carers and families"})

    refused = ben.post(address, {**his, "amount": "175"})

    assert "Carers and families (yours: Carers)" in refused.content.decode()
    assert amounts() == {"Carers and families": Decimal(100), "Stroke": Decimal(200)}
