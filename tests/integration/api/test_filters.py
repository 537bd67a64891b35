"""The filters of the API: one for every field, each of which gives the rows that it says."""

from decimal import Decimal
from typing import Any

import pytest
from django.test import Client

from bcf.api import COLLECTIONS
from bcf.base.api.collection import Collection
from bcf.base.api.columns import Column
from bcf.base.api.filters import filters_of
from bcf.files.writing import Kind
from tests.factories import BoardFactory, PlanFactory, RiskFactory, SpendLineFactory
from tests.integration.api.asking import flat, key_of, keys, refusals, results

# Fields that no filter is of, with the reason.
EXEMPT = {"id": "It is ours alone: rows are named by their keys."}
each_collection = pytest.mark.parametrize("collection", COLLECTIONS, ids=lambda each: each.key)
# A filter of a period is by its code, and of a text by some of it.
MISSING = "missing"


@pytest.fixture
def client(administrator: Any, sign_in: Any) -> Client:
    return sign_in(administrator)


@each_collection
def test_every_field_of_the_model_has_a_filter_or_is_exempted(collection: Collection) -> None:
    model: Any = collection.model
    names = [each.name for each in (*model._meta.fields, *model._meta.many_to_many)]
    filtered = {name.split("__")[0] for name in filters_of(collection)}
    assert len(names) > 5
    assert {name for name in names if name not in filtered} == set(EXEMPT)


def _asked(column: Column, row: dict[str, Any]) -> dict[str, str]:
    """The filters of a column that a row with something in it must pass."""
    value = row[column.name]
    if isinstance(value, list):
        return {column.name: value[0]} if value else {f"{column.name}__{MISSING}": "true"}
    if value is None:
        return {f"{column.name}__{MISSING}": "true"}
    text = str(value).lower() if isinstance(value, bool) else str(value)
    return {
        column.name if lookup == "" else f"{column.name}__{lookup}": text[:900]
        for lookup in column.kind.lookups
        if lookup in ("", "contains") or text != "not-stated"
    }


@each_collection
def test_each_filter_gives_those_rows_of_which_it_is_true(
    collection: Collection, client: Client, every_plan: None
) -> None:
    every = {key_of(row): flat(collection, row) for row in _all(client, collection)}
    known = filters_of(collection)
    own = {each.name for each in collection.filters}  # each has a test of its own
    tried = 0
    for column in collection.columns:
        if not (column.source or column.link):
            continue
        for key in _telling(every, column):
            for name, text in _asked(column, every[key]).items():
                assert name in known
                if name in own:
                    continue
                found = set(keys(client, collection.key, **{name: text}, **_all_lines(collection)))
                expected = {each for each, row in every.items() if _passes(column, name, text, row)}
                assert found == expected, (name, text)
                tried += 1
    assert tried > 5


def _all_lines(collection: Collection) -> dict[str, str]:
    return {each.name: "1" for each in collection.switches}


def _all(client: Client, collection: Collection) -> list[dict[str, Any]]:
    return results(client, collection.key, **_all_lines(collection))


def _telling(every: dict[str, dict[str, Any]], column: Column) -> list[str]:
    """A row in which the column is there, and one in which it is missing, as far as there are."""
    there = [key for key, row in every.items() if row[column.name] not in (None, [])]
    missing = [key for key, row in every.items() if row[column.name] in (None, [])]
    return [*there[:1], *there[-1:], *missing[:1]]


def _passes(column: Column, name: str, text: str, row: dict[str, Any]) -> bool:
    value = row[column.name]
    lookup = name.partition("__")[2]
    if lookup == MISSING:
        return value in (None, [])
    if value is None or (value == "not-stated" and lookup):
        return False
    if isinstance(value, list):
        return text in value
    if lookup == "contains":
        return text.casefold() in value.casefold()
    if isinstance(value, bool):
        return value is (text == "true")
    if lookup in ("gte", "lte"):
        as_number = column.kind.width in (Kind.MONEY, Kind.NUMBER)
        one, other = (Decimal(each) if as_number else each for each in (value, text))
        return one >= other if lookup == "gte" else one <= other
    return str(value) == text


def test_a_filter_given_several_times_takes_any_of_the_values(client: Client) -> None:
    for slug in ("one", "two", "three"):
        SpendLineFactory(plan=PlanFactory(slug=slug))
    found = results(client, "spend-lines", plan=["one", "three"])
    assert sorted(row["plan"] for row in found) == ["one", "three"]
    assert results(client, "spend-lines", plan="four") == []


def test_filters_by_cycle_and_board_reach_over_the_plan(client: Client) -> None:
    east, west = BoardFactory(slug="east"), BoardFactory(slug="west")
    both = SpendLineFactory(plan=PlanFactory(slug="both", boards=[east, west]))
    alone = SpendLineFactory(plan=PlanFactory(slug="alone", boards=[east]))
    plans = {"both": both.plan.cycle.key, "alone": alone.plan.cycle.key}

    assert {row["plan"] for row in results(client, "spend-lines", board="east")} == set(plans)
    assert [row["plan"] for row in results(client, "spend-lines", board="west")] == ["both"]
    # Of both boards, a row stands once.
    assert len(results(client, "spend-lines", board=["east", "west"])) == 2
    assert len(results(client, "spend-lines", cycle=plans["both"])) == 2
    assert results(client, "spend-lines", cycle="1999-00") == []


def test_a_board_has_its_rows_and_those_of_its_plans_that_name_none(client: Client) -> None:
    east, west = BoardFactory(slug="east"), BoardFactory(slug="west")
    both = PlanFactory(slug="both", boards=[east, west])
    for title, plan, board in (
        ("of the plan", both, None),
        ("of the east", None, east),
        ("of the plan in the west", both, west),
    ):
        RiskFactory(title=title, plan=plan, board=board)
    found = {name: results(client, "risks", board=name) for name in ("east", "west", "north")}
    assert {name: sorted(row["title"] for row in rows) for name, rows in found.items()} == {
        "east": ["of the east", "of the plan"],
        "west": ["of the plan", "of the plan in the west"],
        "north": [],
    }


def test_lines_that_count_add_up_by_a_filter(client: Client) -> None:
    plan = PlanFactory()
    whole = SpendLineFactory(plan=plan, amount=3)
    SpendLineFactory(plan=plan, breaks_down=whole, amount=2)
    SpendLineFactory(plan=plan, in_pool=False, amount=1)
    for asked, amounts in (("true", ["3.00"]), ("false", ["1.00", "2.00"])):
        rows = results(client, "spend-lines", counts=asked, breakdowns="1")
        assert sorted(row["amount"] for row in rows) == amounts
        assert {row["counts"] for row in rows} == {asked == "true"}


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("nothing=1", ("unknown-filter", "nothing")),
        ("amount__contains=1", ("unknown-filter", "amount__contains")),
        ("id=1", ("unknown-filter", "id")),
        ("plan__cycle__key=1", ("unknown-filter", "plan__cycle__key")),
        ("amount=much", ("invalid-value", "amount")),
        ("amount=1e5", ("invalid-value", "amount")),
        ("amount=99999999999999999999999", ("invalid-value", "amount")),
        ("nhs_percent=101", ("invalid-value", "nhs_percent")),
        ("version=99999999999999999999", ("invalid-value", "version")),
        ("rounded_to=NaN", ("invalid-value", "rounded_to")),
        ("financial_year=2015-17", ("invalid-value", "financial_year")),
        ("financial_year=2015", ("invalid-value", "financial_year")),
        ("citation_date=2015-02-30", ("invalid-value", "citation_date")),
        ("citation_date=٢٠١٥-02-03", ("invalid-value", "citation_date")),
        ("printed_unit=pounds", ("invalid-value", "printed_unit")),
        ("in_pool=yes", ("invalid-value", "in_pool")),
        ("breakdowns=2", ("invalid-value", "breakdowns")),
        ("plan=", ("invalid-value", "plan")),
        ("plan=a%00b", ("invalid-value", "plan")),
        ("description__contains=" + "a" * 1001, ("invalid-value", "description__contains")),
        ("amount__gte=1&amount__gte=2", ("too-many-values", "amount__gte")),
        ("ordering=amount", ("unknown-ordering", "ordering")),
        ("ordering=--financial_year", ("unknown-ordering", "ordering")),
        ("expand=plan.boards", ("unknown-expansion", "expand")),
        ("format=xml", ("unknown-format", "format")),
        ("page=0", ("invalid-page", "page")),
        ("page=two", ("invalid-page", "page")),
        ("page=²", ("invalid-page", "page")),
        ("page=2", ("invalid-page", "page")),
        ("page=99999999999999999999", ("invalid-page", "page")),
        ("page_size=1001", ("invalid-page-size", "page_size")),
        ("page_size=-1", ("invalid-page-size", "page_size")),
    ],
)
def test_what_cannot_be_asked_is_refused_by_name(
    query: str, expected: tuple[str, str], client: Client
) -> None:
    assert refusals(client, f"spend-lines/?{query}") == [expected]


def test_everything_that_is_wrong_is_told_at_once_with_what_there_is(client: Client) -> None:
    found = client.get("/api/v1/spend-lines/?nothing=1&printed_unit=x&ordering=y").json()["errors"]
    assert [each["field"] for each in found] == ["nothing", "printed_unit", "ordering"]
    assert "amount__gte" in found[0]["message"]
    assert "GBP, GBP_thousand, GBP_million" in found[1]["message"]
    assert "financial_year" in found[2]["message"]


@pytest.mark.parametrize("name", ["metric-values", "agreements", "populations", "milestones"])
@pytest.mark.parametrize(
    "text", ["2013-00", "0000-13", "9999-99", "/", "2013/", "-", "'", "%", "\\"]
)
def test_no_text_of_a_filter_breaks_a_collection(name: str, text: str, client: Client) -> None:
    collection = next(each for each in COLLECTIONS if each.key == name)
    for each in filters_of(collection):
        response = client.get(f"/api/v1/{name}/", {each: text})
        assert response.status_code in (200, 400), (each, text)
