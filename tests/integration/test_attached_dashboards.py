"""What a plan's and a board's page say of supplements and refreshes, and to whom."""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from bcf.accounts.models import User
from plans.models import Board, Plan
from tests.factories import (
    BoardFactory,
    ContributionFactory,
    CycleFactory,
    MetricFactory,
    MetricValueFactory,
    PlanFactory,
    SpendLineFactory,
)
from tests.integration.attached import BASE, REFRESH, TOP_UP, YEAR_END, attaching_forms

__all__ = ["attaching_forms"]

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("attaching_forms")]


@dataclass
class World:
    """A plan with a supplement and a refresh, each with money and a metric of its own."""

    board: Board
    base: Plan
    top_up: Plan
    refresh: Plan


def money(plan: Plan, source: str, amount: str, year: str = "2018-19") -> None:
    given = {"plan": plan, "funding_source": source, "financial_year": year}
    ContributionFactory(**given, amount=Decimal(amount))
    SpendLineFactory(**given, amount=Decimal(amount))


@pytest.fixture
def world() -> World:
    board: Any = BoardFactory(slug="one", name="One Health and Wellbeing Board")
    base: Any = PlanFactory(
        slug="base",
        title="The first plan",
        boards=[board],
        template_version=BASE,
        status="submitted",
    )
    given = {"boards": [board], "attached_to": base}
    top_up: Any = PlanFactory(slug="top-up", template_version=TOP_UP, **given)
    refresh: Any = PlanFactory(slug="refresh", template_version=REFRESH, **given)
    money(base, "nhs-minimum", "1000.10")
    money(base, "dfg", "77.70", "2017-18")
    money(top_up, "nhs-additional", "222.22")
    money(refresh, "nhs-minimum", "1500.15")
    money(refresh, "dfg", "80.80")
    metric = MetricFactory(key="nea", name="Admissions")
    for plan, value in ((base, 41), (refresh, 39)):
        for period in ("2017-18Q1", "2018-19Q1"):
            MetricValueFactory(
                plan=plan, board=board, metric=metric, period=period, kind="plan", value=value
            )
    return World(board, base, top_up, refresh)


@pytest.fixture
def client(administrator: User, sign_in: Callable[[User], Client]) -> Client:
    return sign_in(administrator)


def rows_of(page: Any, key: str) -> list[list[Any]]:
    table = page.context["dashboard"].panel(key).table
    return [[cell.value for cell in row.cells] for row in table.rows]


def test_a_plans_page_lists_what_is_attached_with_its_money(world: World, client: Client) -> None:
    page: Any = client.get("/plans/base/")
    words = page.content.decode()
    said = {each.plan.slug: each.words for each in page.context["attached"]}
    assert said == {
        "top-up": "Supplement for 2018–19: £222.22 paid in, £222.22 spent. This is in none of the "
        "figures of this plan.",
        "refresh": "Refresh for 2018–19: £1,580.95 paid in, £1,580.95 spent. Once it is submitted, "
        "its figures of 2018–19 replace those of this plan.",
    }
    for slug in said:
        assert f'href="/plans/{slug}/"' in words
    cards = {card.label: card.value for card in page.context["dashboard"].cards}
    assert cards["Pooled in 2018–19"] == Decimal("1000.10")
    Plan.objects.filter(slug="refresh").update(status="submitted")
    assert (
        "These are the figures that hold for 2018–19; on this page stands what was planned before."
        in client.get("/plans/base/").content.decode()
    )


def test_what_is_attached_leads_back(world: World, client: Client) -> None:
    for slug, words in (("top-up", "Supplement to"), ("refresh", "Refresh of")):
        page = client.get(f"/plans/{slug}/").content.decode()
        assert f'{words} <a class="govuk-link" href="/plans/base/">{world.base}</a>' in page


def test_a_refresh_says_what_changed(world: World, client: Client) -> None:
    page: Any = client.get("/plans/refresh/")
    label = world.base.cycle.definition.funding_source("nhs-minimum").label
    grant = world.base.cycle.definition.funding_source("dfg").label
    for key in ("income-refreshed", "spend-refreshed"):
        assert rows_of(page, key) == [
            [label, "2018–19", Decimal("1000.10"), Decimal("1500.15"), Decimal("500.05")],
            [grant, "2018–19", None, Decimal("80.80"), None],
            ["Total", "2018–19", Decimal("1000.10"), Decimal("1580.95"), Decimal("580.85")],
        ]
    [row] = rows_of(page, "metrics-refreshed")
    assert row[0] == "Admissions"
    assert [each.split()[0] for each in row[2:]] == ["41", "39"]
    assert page.context["dashboard"].panel("income-refreshed").table is not None
    top_up: Any = client.get("/plans/top-up/")
    assert top_up.context["dashboard"].panel("income-refreshed") is None


def test_a_draft_is_not_listed_to_who_may_not_read_it(
    world: World, outsider: User, sign_in: Callable[[User], Client]
) -> None:
    client = sign_in(outsider)
    for path in ("/plans/base/", "/boards/one/", "/boards/one/?plan=base", "/api/v1/plans/"):
        words = client.get(path).content.decode()
        assert world.base.title in words
        assert world.top_up.title not in words
        assert "222.22" not in words
        assert world.refresh.title not in words
    assert client.get("/plans/top-up/").status_code == 404
    assert client.get("/boards/one/?plan=top-up").status_code == 404


def test_a_draft_plan_is_not_told_by_its_refresh(
    world: World, outsider: User, sign_in: Callable[[User], Client]
) -> None:
    Plan.objects.filter(slug="base").update(status="draft")
    Plan.objects.filter(slug="refresh").update(status="submitted")
    page: Any = sign_in(outsider).get("/plans/refresh/")
    words = page.content.decode()
    assert "of a plan that you may not read" in words
    assert world.base.title not in words
    assert page.context["dashboard"].panel("income-refreshed") is None
    assert "1,000.10" not in words


def test_a_members_page_shows_all(
    world: World, member: Callable[..., User], sign_in: Callable[[User], Client]
) -> None:
    page: Any = sign_in(member("viewer", world.board)).get("/plans/base/")
    assert len(page.context["attached"]) == 2


# -- a board's choice ------------------------------------------------------------------------


def test_a_supplement_stands_after_its_plan(world: World, client: Client) -> None:
    page: Any = client.get("/boards/one/")
    read = page.context["read"]
    assert [plan.slug for plan in read.plans] == ["base", "refresh", "top-up"]
    assert read.chosen.plan == world.base
    assert read.passed_over is None
    words = page.content.decode()
    assert "Supplements and refreshes" in words
    asked: Any = client.get("/boards/one/?plan=refresh")
    assert asked.context["dashboard"].panel("income-refreshed") is not None
    assert "Refresh of" in asked.content.decode()


def test_an_empty_draft_does_not_take_the_place_of_an_earlier_plan(client: Client) -> None:
    board = BoardFactory(slug="one")
    earlier: Any = PlanFactory(cycle=CycleFactory(key="2014-16"), boards=[board], status="approved")
    ContributionFactory(plan=earlier, financial_year="2014-15")
    draft: Any = PlanFactory(slug="new", title="New plan", boards=[board])
    page: Any = client.get("/boards/one/")
    assert page.context["read"].chosen.plan == earlier
    assert "is a draft without figures" in page.content.decode()
    asked: Any = client.get("/boards/one/?plan=new")
    assert asked.context["read"].chosen.plan == draft
    assert "is a draft without figures" not in asked.content.decode()
    ContributionFactory(plan=draft)
    page = client.get("/boards/one/")
    assert page.context["read"].chosen.plan == draft
    assert "is a draft without figures" not in page.content.decode()


def test_an_empty_draft_is_shown_where_there_is_nothing_else(client: Client) -> None:
    draft: Any = PlanFactory(boards=[BoardFactory(slug="one")])
    page: Any = client.get("/boards/one/")
    assert page.context["read"].chosen.plan == draft
    assert page.context["read"].passed_over is None


# -- queries ---------------------------------------------------------------------------------


def queries(client: Client, path: str) -> int:
    with CaptureQueriesContext(connection) as asked:
        assert client.get(path).status_code == 200
    return len(asked)


@pytest.mark.parametrize("path", ["/plans/base/", "/boards/one/", "/plans/refresh/"])
def test_queries_do_not_grow_with_what_is_attached(world: World, client: Client, path: str) -> None:
    queries(client, path)
    before = queries(client, path)
    for _ in range(5):
        more: Any = PlanFactory(
            boards=[world.board], attached_to=world.base, template_version=TOP_UP
        )
        money(more, "dfg", "5.00")
    assert queries(client, path) == before


# -- the document, and what a return is called ---------------------------------------------------


def test_a_refreshs_document_says_what_changed(world: World, client: Client) -> None:
    page: Any = client.get("/plans/refresh/template/")
    document = page.context["document"]
    [section] = [each for each in document.sections if each.key == "refreshed"]
    income = section.blocks[0].table
    assert [row.cells[4].value for row in income.rows] == [
        Decimal("500.05"),
        None,
        Decimal("580.85"),
    ]
    cover = {fact.label: fact.answer for fact in document.cover}
    assert cover["Refresh of"] == world.base.title
    assert document.kind_of_cycle.endswith(": refresh")
    top_up: Any = client.get("/plans/top-up/template/")
    assert "refreshed" not in {each.key for each in top_up.context["document"].sections}
    assert "Supplement to" in top_up.content.decode()


def test_a_document_tells_nothing_of_a_plan_that_one_may_not_read(
    world: World, outsider: User, sign_in: Callable[[User], Client]
) -> None:
    Plan.objects.filter(slug="base").update(status="draft")
    Plan.objects.filter(slug="refresh").update(status="submitted")
    page: Any = sign_in(outsider).get("/plans/refresh/template/")
    document = page.context["document"]
    assert "refreshed" not in {each.key for each in document.sections}
    assert document.attached_to == ""
    assert world.base.title not in page.content.decode()


def test_a_year_end_return_is_called_so(client: Client) -> None:
    board = BoardFactory(slug="one")
    made: Any = PlanFactory(slug="late", title="Late", boards=[board], template_version=YEAR_END)
    words = client.get("/plans/late/").content.decode()
    assert f"{made.cycle.name}: year-end return" in words
    assert "Edit this year-end return" in words
    assert "Download the year-end return (PDF)" in words
    assert "Planning template" not in words
    page: Any = client.get("/plans/late/template/")
    assert "Late: year-end return" in page.content.decode()
    assert page.context["document"].kind_of_cycle == f"{made.cycle.name}: year-end return"
    assert "From the year-end return" in client.get("/boards/one/").content.decode()
