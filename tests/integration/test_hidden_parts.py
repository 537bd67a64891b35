"""Another board's draft part of a joint plan is in no figure that its reader may see."""

from collections.abc import Callable
from decimal import Decimal
from io import BytesIO
from typing import Any

import pytest
from django.test import Client
from pypdf import PdfReader

from bcf.accounts.models import User
from plans.models import Board, Plan
from tests.factories import (
    BoardFactory,
    ContributionFactory,
    PlanFactory,
    RequirementFactory,
    SpendLineFactory,
)
from tests.integration.documents import tables_of, text_of

pytestmark = pytest.mark.django_db

SECRET = Decimal("7654321.09")
SHOWN = "£7,654,321.09"


@pytest.fixture
def board() -> Board:
    return BoardFactory(slug="hidden")


@pytest.fixture
def joint(board: Board) -> Plan:
    """A submitted joint plan with a submitted part of £100 and a draft part of `SECRET`."""
    open_board = BoardFactory(slug="shown")
    plan = PlanFactory(slug="joint", boards=[open_board, board], status="submitted")
    shown = PlanFactory(slug="shown", boards=[open_board], part_of=plan, status="submitted")
    hidden = PlanFactory(slug="hidden", title="Hidden draft", boards=[board], part_of=plan)
    for part, amount in ((shown, Decimal(100)), (hidden, SECRET)):
        ContributionFactory(plan=part, amount=amount)
        SpendLineFactory(plan=part, amount=amount, description=f"Service of {part.slug}")
        RequirementFactory(plan=part, minimum=amount)
    return plan


def everything(client: Client) -> dict[str, str]:
    """The words of each page and file of the joint plan."""
    found = {
        name: client.get(f"/plans/joint/{name}").content.decode()
        for name in ("", "contributions/", "spend-lines/")
    }
    pdf = client.get("/plans/joint/template.pdf").content
    return {**found, "template.pdf": text_of(PdfReader(BytesIO(pdf)))}


def test_who_may_not_read_the_draft_sees_nothing_of_it(
    joint: Plan, outsider: User, sign_in: Callable[[User], Client]
) -> None:
    client = sign_in(outsider)
    pages = everything(client)
    for name, words in pages.items():
        assert "£100" in words, name
        assert SHOWN not in words, name
        assert str(SECRET) not in words, name
        assert "Hidden draft" not in words, name
        assert "Service of hidden" not in words, name
    assert "1 part of this joint plan is a draft that you may not read" in pages[""]
    balance = tables_of(pages[""])["balance"]
    assert balance.amounts("All years") == [100, 100, 0]


def test_a_member_of_the_draft_s_board_sees_all_of_it(
    joint: Plan, board: Board, member: Callable[..., User], sign_in: Callable[[User], Client]
) -> None:
    pages = everything(sign_in(member("viewer", board)))
    for name, words in pages.items():
        assert SHOWN in words, name
    assert "that you may not read" not in pages[""]
    together = SECRET + 100
    assert tables_of(pages[""])["balance"].amounts("All years") == [together, together, 0]


def test_nobody_signed_in_sees_nothing_of_it_with_public_read(
    joint: Plan, settings: Any, client: Client
) -> None:
    settings.PUBLIC_READ = True
    for name, words in everything(client).items():
        assert "£100" in words, name
        assert SHOWN not in words, name


def test_the_time_of_a_hidden_change_is_not_told(
    joint: Plan, outsider: User, sign_in: Callable[[User], Client]
) -> None:
    client = sign_in(outsider)
    before = client.get("/plans/joint/").context["changed_at"]
    line = Plan.objects.get(slug="hidden").spendlines.get()
    line.description = "Changed"
    line.save()
    assert client.get("/plans/joint/").context["changed_at"] == before


def test_a_part_does_not_name_a_joint_draft_that_its_reader_may_not_read(
    joint: Plan, outsider: User, sign_in: Callable[[User], Client]
) -> None:
    Plan.objects.filter(pk=joint.pk).update(status="draft", title="Hidden joint draft")
    page = sign_in(outsider).get("/plans/shown/").content.decode()
    assert "Hidden joint draft" not in page
    assert "/plans/joint/" not in page
