"""The document of the API says what the API answers, and stands in the repository as served."""

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from django.urls import get_resolver

from bcf.api import BASE, COLLECTIONS, document
from bcf.base.api.collection import Collection
from bcf.base.api.filters import OWN, filters_of
from bcf.base.api.openapi import schema_name
from bcf.base.api.yaml_text import as_yaml
from tests.conftest import ROOT
from tests.integration.api.asking import ask, results

each_collection = pytest.mark.parametrize("collection", COLLECTIONS, ids=lambda each: each.key)


@pytest.fixture
def client(administrator: Any, sign_in: Any) -> Client:
    return sign_in(administrator)


def test_the_document_in_the_repository_is_the_one_that_is_served(client: Client) -> None:
    kept = (ROOT / "docs" / "openapi.yaml").read_text(encoding="utf-8")
    assert kept == as_yaml(document()), "write it: python -m tools.openapi"
    assert client.get(f"{BASE}schema/").content.decode() == kept
    assert client.get(f"{BASE}schema/?format=json").json() == json.loads(json.dumps(document()))


def test_the_document_has_every_address_of_the_api() -> None:
    [api] = [each for each in get_resolver().url_patterns if str(each.pattern) == BASE[1:]]
    served = {
        BASE + re.sub(r"<\w+:(\w+)>", r"{\1}", str(each.pattern)) for each in api.url_patterns
    }
    beside = {BASE, f"{BASE}schema/", f"{BASE}docs/", f"{BASE}{{rest}}"}
    assert served - beside == set(document()["paths"])


def _described(schema: Any) -> Iterator[tuple[str, Any]]:
    """Every value of a schema by name."""
    for name, each in schema.get("properties", {}).items():
        yield name, each
        yield from _described(each)
    if "items" in schema:
        yield from _described(schema["items"])


def test_every_value_is_described_and_every_amount_says_its_unit() -> None:
    schemas = document()["components"]["schemas"]
    values = [(name, each) for schema in schemas.values() for name, each in _described(schema)]
    assert len(values) > 400
    plain = [(name, each) for name, each in values if "$ref" not in each]
    assert [name for name, each in plain if len(each["description"]) < 10] == []
    money = [
        (name, each["description"])
        for name, each in plain
        if str(each.get("pattern", "")).endswith("{2}$")
    ]
    assert len(money) > 15
    assert [name for name, told in money if "pounds" not in told] == []


@each_collection
def test_rows_are_as_their_schema_says(
    collection: Collection, client: Client, real_plans: None
) -> None:
    schema = document()["components"]["schemas"][schema_name(collection)]
    for row in results(client, collection.key, expand=",".join(collection.expansions)):
        assert set(row) == set(schema["properties"])
        for name, value in row.items():
            assert _fits(value, schema["properties"][name]), (name, value)


def _fits(value: Any, schema: Any) -> bool:
    types = schema["type"] if isinstance(schema["type"], list) else [schema["type"]]
    if "enum" in schema and value not in schema["enum"]:
        return False
    if value is None:
        return "null" in types
    if isinstance(value, dict):
        return set(value) == set(schema["required"]) and all(
            _fits(each, schema["properties"][name]) for name, each in value.items()
        )
    if isinstance(value, list):
        return "array" in types and all(_fits(each, schema["items"]) for each in value)
    if isinstance(value, str):
        return "string" in types and bool(re.search(schema.get("pattern", ""), value))
    return ("boolean" if isinstance(value, bool) else "integer") in types


@each_collection
def test_the_parameters_of_a_list_are_those_that_it_takes(collection: Collection) -> None:
    shared = document()["components"]["parameters"]
    listed = document()["paths"][f"{BASE}{collection.key}/"]["get"]["parameters"]
    names = [(shared[each["$ref"].split("/")[-1]] if "$ref" in each else each) for each in listed]
    switches = [each.name for each in collection.switches]
    own = [name for name in OWN if name != "expand" or collection.expansions]
    expected = [*own, *switches, *filters_of(collection)]
    assert sorted(each["name"] for each in names) == sorted(expected)
    assert all(each["description"] and each["schema"] for each in names)


@pytest.mark.parametrize(
    ("address", "name"),
    [("summary", "Summary"), ("checks", "Checks")],
)
def test_what_is_told_of_plans_is_as_its_schema_says(
    address: str, name: str, client: Client, real_plans: None
) -> None:
    schemas = document()["components"]["schemas"]
    told = ask(client, f"plans/bhr-2017-19/{address}/")
    assert _fits(told, _resolved(schemas[name], schemas))


def test_a_history_is_as_its_schema_says(client: Client, real_plans: None) -> None:
    schemas = document()["components"]["schemas"]
    schema = _resolved(schemas["HistoryEntry"], schemas)
    for entry in ask(client, "plans/barnet-2014-16/history/")["results"]:
        assert _fits(entry, schema)


def _resolved(schema: Any, schemas: Any) -> Any:
    if isinstance(schema, dict) and "$ref" in schema:
        return _resolved(schemas[schema["$ref"].split("/")[-1]], schemas)
    if isinstance(schema, dict):
        return {name: _resolved(each, schemas) for name, each in schema.items()}
    return schema


def test_the_page_tells_every_address_parameter_and_field(client: Client) -> None:
    page = client.get(f"{BASE}docs/").content.decode()
    for path in document()["paths"]:
        assert f"GET {path}" in page
    for collection in COLLECTIONS:
        for column in collection.columns:
            assert (f"citation.{column.name_within}" if column.within else column.name) in page
    assert "amount__gte" in page
    assert not re.search(r"<script(?! type=\"module\" src=)|<style|style=\"|https?://", page)
