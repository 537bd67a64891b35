"""A board's dashboard: the plan it shows, whose money it is, and who may see it."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from bcf.accounts.models import User
from bcf.assurance.gather import gather
from bcf.assurance.summary import summarise
from plans.models import Board, Plan
from tests.factories import BoardFactory, ContributionFactory, PlanFactory, SpendLineFactory

pytestmark = pytest.mark.django_db

MOST_BYTES = 300 * 1024
MOST_QUERIES = 15


@pytest.fixture
def client(administrator: User, sign_in: Callable[[User], Client]) -> Client:
    return sign_in(administrator)


def test_real_boards_show_their_plans_money_to_the_penny(real_plans: None, client: Client) -> None:
    boards = list(Board.objects.order_by("slug"))
    assert len(boards) == 7
    # Whether the database knows JSON is asked once a process.
    assert connection.features.supports_json_field
    for board in boards:
        with CaptureQueriesContext(connection) as queries:
            page: Any = client.get(f"/boards/{board.slug}/")
        assert len(queries) <= MOST_QUERIES
        assert len(page.content) < MOST_BYTES
        plan = page.context["read"].chosen.plan
        words = page.content.decode()
        for balance in summarise(gather(plan, plan.parts.all())).balances:
            assert f'data-amount="{balance.income:.2f}"' in words
            if balance.spend is None:
                assert "what it is spent on is not stated" in words
            else:
                assert f'data-amount="{balance.spend:.2f}"' in words


def test_a_part_stands_before_its_joint_plan_and_either_can_be_chosen(
    real_plans: None, client: Client
) -> None:
    page: Any = client.get("/boards/havering/")
    assert [plan.slug for plan in page.context["read"].plans] == [
        "havering-2017-19",
        "bhr-2017-19",
    ]
    assert page.context["of"] == ""
    dashboard = page.context["dashboard"]
    risk = next(each for each in dashboard.questions if each.key == "risk")
    assert risk.sentences[0].startswith("18 risks, all of the joint plan")
    assert [panel.verdict[0] for panel in dashboard.panels() if panel.verdict] == [
        "Off track",
        "On track",
        "Off track",
        "On track",
    ]
    joint: Any = client.get("/boards/havering/?plan=bhr-2017-19")
    words = joint.content.decode()
    assert joint.context["of"] == "Barking & Dagenham, Havering and Redbridge together"
    assert "?plan=havering-2017-19" in words
    assert 'aria-current="true"' in words


def test_a_pool_of_three_boards_is_not_shown_as_one_boards_own(
    real_plans: None, client: Client
) -> None:
    page: Any = client.get("/boards/westminster/")
    words = page.content.decode()
    assert "how much of them is Westminster’s alone is not stated" in words
    assert ">£0<" not in words
    metrics = page.context["dashboard"].panel("metrics").table
    assert {row.cells[1].value for row in metrics.rows} == {"No data"}


def test_a_plan_of_another_board_or_of_none_is_not_found(client: Client) -> None:
    board, other = BoardFactory(slug="one"), BoardFactory(slug="two")
    PlanFactory(slug="mine", boards=[board])
    PlanFactory(slug="theirs", boards=[other])
    assert client.get("/boards/one/?plan=mine").status_code == 200
    assert client.get("/boards/one/?plan=theirs").status_code == 404
    assert client.get("/boards/one/?plan=none").status_code == 404


def test_another_boards_draft_is_neither_shown_nor_known_of(
    outsider: User, sign_in: Callable[[User], Client]
) -> None:
    board = BoardFactory(slug="one")
    ContributionFactory(plan=PlanFactory(slug="draft", boards=[board]), amount=Decimal("7654.09"))
    client = sign_in(outsider)
    words = client.get("/boards/one/").content.decode()
    assert "7,654" not in words
    assert "This board has no plan that you may read" in words
    assert client.get("/boards/one/?plan=draft").status_code == 404


def test_a_hidden_part_is_in_no_figure_and_said_to_be_missing(
    outsider: User, sign_in: Callable[[User], Client]
) -> None:
    shown, hidden = BoardFactory(slug="shown"), BoardFactory(slug="hidden")
    joint = PlanFactory(slug="joint", boards=[shown, hidden], status="submitted")
    part = PlanFactory(slug="part", boards=[hidden], part_of=joint)
    for row in (ContributionFactory, SpendLineFactory):
        row(plan=part, amount=Decimal("7654.09"))
    words = sign_in(outsider).get("/boards/shown/").content.decode()
    assert "1 part of this joint plan is a draft that you may not read" in words
    assert "7,654" not in words


def test_queries_do_not_grow_with_boards(client: Client) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert client.get("/boards/one/").status_code == 200
        return len(captured)

    PlanFactory(slug="mine", boards=[BoardFactory(slug="one")])
    alone = queries()
    PlanFactory(slug="joint", boards=list(BoardFactory.create_batch(152)), status="submitted")
    assert Plan.objects.count() == 2
    assert queries() == alone
