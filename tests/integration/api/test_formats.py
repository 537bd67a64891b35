"""The formats of the API: the same rows as JSON, CSV and a workbook, and versions of answers."""

import io
from collections.abc import Callable
from typing import Any

import openpyxl
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from bcf.accounts.models import User
from bcf.api import BASE, COLLECTIONS
from bcf.base.api import reading, views
from bcf.base.api.collection import Collection
from bcf.base.api.formats import MEDIA_TYPES
from tests.factories import PlanFactory, SpendLineFactory
from tests.integration.api.asking import csv_rows, flat, refusals, results

each_collection = pytest.mark.parametrize("collection", COLLECTIONS, ids=lambda each: each.key)


@pytest.fixture
def client(administrator: Any, sign_in: Any) -> Client:
    return sign_in(administrator)


def _as_text(value: Any) -> str:
    if isinstance(value, list):
        return "; ".join(value)
    if isinstance(value, bool):
        return "true" if value else "false"
    return "" if value is None else str(value)


def _unmarked(text: str) -> str:
    return text[1:] if text[:2] in ("'=", "'+", "'-", "'@") else text


@each_collection
def test_a_csv_file_has_what_pages_have(
    collection: Collection, client: Client, real_plans: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reading, "CHUNK", 7)
    query = {"expand": ",".join(collection.expansions)}
    expected = [
        {name: _as_text(value) for name, value in flat(collection, row).items()}
        for row in results(client, collection.key, **query)
    ]
    found = [
        {name: _unmarked(text).replace("\r\n", "\n") for name, text in row.items()}
        for row in csv_rows(client, collection.key, **query)
    ]
    assert found == [
        {name: text.replace("\r\n", "\n") for name, text in row.items()} for row in expected
    ]


@each_collection
def test_a_workbook_has_what_pages_have(
    collection: Collection, client: Client, real_plans: None
) -> None:
    rows = results(client, collection.key)
    response = client.get(f"{BASE}{collection.key}/?format=xlsx")
    assert response["Content-Type"] == MEDIA_TYPES["xlsx"]
    book = openpyxl.load_workbook(io.BytesIO(response.content), data_only=False)
    head, *cells = book.active.iter_rows(values_only=True)
    assert len(cells) == len(rows)
    names = list(map(str, head))
    for found, row in zip(cells, rows, strict=True):
        plain = flat(collection, row)
        amount = dict(zip(names, found, strict=True)).get("amount")
        if plain.get("amount") is not None:
            assert f"{amount:.2f}" == plain["amount"]
        assert set(names) == set(plain)


def test_no_text_of_a_file_becomes_a_formula(client: Client) -> None:
    texts = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "plain", "'=1"]
    plan = PlanFactory()
    for text in texts:
        SpendLineFactory(plan=plan, description=text, amount=1)
    found = [row["description"] for row in csv_rows(client, "spend-lines", ordering="ref")]
    assert sorted(found) == sorted(text if text == "plain" else f"'{text}" for text in texts)
    content = client.get(f"{BASE}spend-lines/?format=xlsx").content
    sheet = openpyxl.load_workbook(io.BytesIO(content)).active
    assert "f" not in {cell.data_type for row in sheet.iter_rows() for cell in row}


def test_a_csv_file_is_plain_and_streamed(client: Client) -> None:
    plan = PlanFactory()
    SpendLineFactory(plan=plan, amount=1_000_000, citation_date="2016-03-07", citation_title="A")
    response = client.get(f"{BASE}spend-lines/", headers={"accept": "text/csv"})
    assert response.streaming
    assert response["Content-Disposition"] == 'attachment; filename="spend-lines.csv"'
    text = b"".join(response).decode()
    assert text.startswith("key,plan,ref,")
    assert ",1000000.00,true," in text
    assert ",2016-03-07," in text


def test_a_csv_file_takes_as_many_queries_for_more_rows(client: Client) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            csv_rows(client, "benefits", expand="plan")
        return len(captured)

    SpendLineFactory.create_batch(2)
    few = queries()
    PlanFactory.create_batch(5)
    assert queries() == few


def test_too_many_rows_for_a_workbook_are_refused_with_a_word_of_csv(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    SpendLineFactory.create_batch(3)
    monkeypatch.setattr(views, "MOST_ROWS", 2)
    assert refusals(client, "spend-lines/?format=xlsx") == [("too-many-rows", "format")]
    message = client.get(f"{BASE}spend-lines/?format=xlsx").json()["errors"][0]["message"]
    assert "3 rows" in message
    assert "format=csv" in message
    monkeypatch.setattr(views, "MOST_ROWS", 3)
    assert client.get(f"{BASE}spend-lines/?format=xlsx").status_code == 200


def test_a_text_that_fits_no_cell_is_refused_with_a_word_of_csv(client: Client) -> None:
    SpendLineFactory(plan=PlanFactory(boundary_note="a" * 32_768))
    assert refusals(client, "plans/?format=xlsx") == [("too-many-rows", "format")]
    assert len(csv_rows(client, "plans")[0]["boundary_note"]) == 32_768


@pytest.mark.parametrize(
    "address",
    [
        "spend-lines/",
        "spend-lines/?format=xlsx",
        "plans/own/",
        "plans/own/summary/",
        "plans/own/checks/",
        "plans/own/history/",
        "schema/",
    ],
)
def test_an_answer_that_is_the_same_is_304_and_empty(
    address: str, client: Client, db: None
) -> None:
    line = SpendLineFactory(plan=PlanFactory(slug="own"))
    first = client.get(f"{BASE}{address}")
    tag = first["ETag"]
    again = client.get(f"{BASE}{address}", headers={"if-none-match": tag})
    if "xlsx" not in address:
        assert (again.status_code, again.content, again["ETag"]) == (304, b"", tag)
    line.description, line.amount = "Changed", 77
    line.save()
    if address in ("spend-lines/", "plans/own/history/"):
        changed = client.get(f"{BASE}{address}", headers={"if-none-match": tag})
        assert (changed.status_code, changed["ETag"] == tag) == (200, False)


def test_head_answers_without_a_body(client: Client, db: None) -> None:
    response = client.head(f"{BASE}boards/")
    assert (response.status_code, response.content) == (200, b"")
    assert response["ETag"]


@pytest.mark.parametrize(
    ("where", "methods"),
    [
        ("boards/", ("post", "put", "patch", "delete", "options")),
        ("spend-lines/", ("put", "patch", "delete", "options")),
    ],
)
def test_what_cannot_be_written_is_no_method_of_the_address(
    where: str, methods: tuple[str, ...], member: Callable[..., User], sign_in: Any
) -> None:
    plan = PlanFactory()
    client = sign_in(member("editor", *plan.boards.all()))
    for method in methods:
        response = getattr(client, method)(f"{BASE}{where}")
        assert response.status_code == 405
        assert response.json()["errors"][0]["code"] == "method-not-allowed"
