"""The collections of the API: what rows hold, how they are named, ordered, paged and expanded."""

from decimal import Decimal
from typing import Any

import pytest
from django.test import Client

from bcf.api import BASE, COLLECTIONS
from bcf.base.api.collection import Collection
from plans.models import Plan
from tests import factories
from tests.factories import BoardFactory, PlanFactory, SchemeFactory, SpendLineFactory
from tests.integration.api.asking import ask, key_of, keys, refusals, results

NAMES = (
    "boards",
    "organisations",
    "cycles",
    "plans",
    "contributions",
    "requirements",
    "printed-figures",
    "answers",
    "schemes",
    "spend-lines",
    "benefits",
    "milestones",
    "metrics",
    "metric-values",
    "populations",
    "context-figures",
    "agreements",
    "agreement-values",
    "agreement-actuals",
    "condition-responses",
    "risks",
    "sign-offs",
    "bodies",
)
each_collection = pytest.mark.parametrize("collection", COLLECTIONS, ids=lambda each: each.key)


@pytest.fixture
def client(administrator: Any, sign_in: Any) -> Client:
    return sign_in(administrator)


def test_every_collection_is_there(client: Client) -> None:
    assert sorted(NAMES) == sorted(each.key for each in COLLECTIONS)
    index = ask(client, "")
    assert [index[name] for name in NAMES] == [f"http://testserver{BASE}{name}/" for name in NAMES]


@each_collection
def test_a_key_of_a_list_leads_to_the_row(
    collection: Collection, client: Client, every_plan: None
) -> None:
    rows = results(client, collection.key)
    assert len({key_of(row) for row in rows}) == len(rows) > 1
    for row in (rows[0], rows[-1]):
        assert ask(client, f"{collection.key}/{key_of(row)}/") == row
        assert keys(client, collection.key, **_by_key(row)) == [key_of(row)]


def _by_key(row: dict[str, Any]) -> dict[str, str]:
    return {"key" if "key" in row else "slug": key_of(row)}


@each_collection
def test_pages_hold_every_row_once(
    collection: Collection, client: Client, every_plan: None
) -> None:
    whole = ask(client, f"{collection.key}/", page_size=1000)
    size = max(1, whole["count"] // 3)
    address, found = f"{BASE}{collection.key}/?page_size={size}", []
    while address:
        page: Any = client.get(address).json()
        found += page["results"]
        address = page["next"]
    assert found == whole["results"]
    assert len(found) == whole["count"]


@each_collection
def test_rows_can_be_ordered_by_indexed_columns_both_ways(
    collection: Collection, client: Client, every_plan: None
) -> None:
    assert collection.orderings
    for name in collection.orderings:
        there = results(client, collection.key, ordering=name)
        back = results(client, collection.key, ordering=f"-{name}")
        column = next(each for each in collection.columns if each.name == name)
        if not column.points_at:
            values = [row[name] for row in there if row[name] is not None]
            assert values == sorted(values)
            assert [row[name] for row in back if row[name] is not None] == values[::-1]
        assert sorted(map(key_of, there)) == sorted(map(key_of, back))


def test_a_spend_line_is_told_with_its_unit_its_source_and_whether_it_counts(
    client: Client,
) -> None:
    plan = PlanFactory(slug="area-2017-19")
    scheme = SchemeFactory(plan=plan, reference="2b", name="Homes")
    whole = SpendLineFactory(
        plan=plan,
        scheme=scheme,
        financial_year="2017-18",
        description="Carers",
        theme="",
        amount=Decimal("-0.00") + Decimal("1234.5"),
        printed="1.2",
        printed_unit="GBP_thousand",
        rounded_to=Decimal(100),
        qualifier="about",
        citation_title="The plan",
        citation_place="Table 3",
    )
    component = SpendLineFactory(plan=plan, breaks_down=whole, amount=None)

    [row] = results(client, "spend-lines")
    assert row["key"] == f"area-2017-19:{whole.ref}"
    expected = {
        "plan": "area-2017-19",
        "financial_year": "2017-18",
        "scheme_plan": "area-2017-19",
        "scheme": scheme.ref,
        "theme": None,
        "amount": "1234.50",
        "counts": True,
        "printed": "1.2",
        "printed_unit": "GBP_thousand",
        "rounded_to": "100",
        "qualifier": "about",
        "citation": {"title": "The plan", "date": None, "place": "Table 3"},
    }
    assert {name: row[name] for name in expected} == expected

    part = ask(client, f"spend-lines/area-2017-19:{component.ref}/")
    assert (part["amount"], part["counts"], part["breaks_down"]) == (None, False, whole.ref)
    assert part["citation"] is None
    assert len(results(client, "spend-lines", breakdowns="1")) == 2
    assert len(results(client, "spend-lines", breakdowns="false")) == 1


def test_what_is_not_stated_is_said_so_and_never_nought(client: Client) -> None:
    plan = PlanFactory()
    factories.BenefitFactory(
        plan=plan, financial_year="not-stated", saving=None, change=None, change_unit=""
    )
    [row] = results(client, "benefits")
    assert row["financial_year"] == "not-stated"
    assert (row["saving"], row["change"], row["expected_saving"]) == (None, None, None)


def test_what_is_worked_out_is_what_the_rows_themselves_say(
    client: Client, every_plan: None
) -> None:
    rated = {row["key"]: row["rating"] for row in results(client, "risks")}
    saved = {row["key"]: row["expected_saving"] for row in results(client, "benefits")}
    rates = {row["key"]: row["computed"] for row in results(client, "metric-values")}
    stated = 0
    for plan in Plan.objects.all():
        for risk in plan.risks.filter(board=None):
            assert rated[f"{plan.slug}:{risk.ref}"] == risk.rating
            stated += risk.rating is not None
        for benefit in plan.benefits.all():
            saving = benefit.expected_saving
            assert saved[f"{plan.slug}:{benefit.ref}"] == (None if saving is None else str(saving))
            stated += benefit.is_worked_out
        for value in plan.metricvalues.all():
            computed = value.computed
            expected = None if computed is None else format(computed, "f")
            assert rates[f"{plan.slug}:{value.ref}"] == expected
            stated += computed is not None
    assert stated > 50


def test_expanding_adds_what_an_analyst_would_join(client: Client) -> None:
    boards = [BoardFactory(slug="east"), BoardFactory(slug="west")]
    plan = PlanFactory(slug="both", title="Both together", boards=boards)
    scheme = SchemeFactory(plan=plan, name="Homes", theme="At home")
    SpendLineFactory(plan=plan, scheme=scheme)

    [row] = results(client, "spend-lines", expand="plan,scheme")
    assert (row["plan_title"], row["plan_cycle"]) == ("Both together", plan.cycle.key)
    assert row["plan_boards"] == ["east", "west"]
    assert (row["scheme_name"], row["scheme_theme"]) == ("Homes", "At home")
    assert not {"plan_title", "scheme_name"} & set(results(client, "spend-lines")[0])


@each_collection
def test_everything_that_can_be_expanded_is(
    collection: Collection, client: Client, every_plan: None
) -> None:
    plain = results(client, collection.key)
    every = results(client, collection.key, expand=",".join(collection.expansions))
    added = [each.name for name in collection.expansions for each in collection.expansions[name]]
    assert all(set(row) == {*plain[0], *added} for row in every)


def test_a_key_that_names_nothing_is_not_found(client: Client) -> None:
    PlanFactory(slug="own")
    for key in (
        "own",
        "own:",
        ":own",
        "own:missing",
        "::",
        "own:a:b",
        "own:%00",
        "%00",
        "own:a:b:c",
    ):
        for collection in ("risks", "spend-lines", "metric-values", "plans"):
            if (collection, key) != ("plans", "own"):
                address = f"{collection}/{key}/"
                assert refusals(client, address, 404) == [("not-found", None)], address


def test_rows_of_boards_are_named_by_their_boards(client: Client) -> None:
    board = BoardFactory(slug="east")
    plan = PlanFactory(slug="own", boards=[board])
    for made, expected in (
        (factories.RiskFactory(plan=None, board=board), ":east:"),
        (factories.RiskFactory(plan=plan, board=None), "own:"),
        (factories.RiskFactory(plan=plan, board=board), "own:east:"),
    ):
        row = ask(client, f"risks/{expected}{made.ref}/")
        assert (row["title"], row["key"]) == (made.title, f"{expected}{made.ref}")
    assert len(results(client, "risks", board="east")) == 3
