"""How tests ask the API: a page as JSON, and all rows of a file."""

import csv
import io
from typing import Any

import openpyxl
from django.test import Client

from bcf.api import BASE, COLLECTIONS
from bcf.base.api.collection import Collection

BY_KEY = {each.key: each for each in COLLECTIONS}


def ask(client: Client, address: str, **query: Any) -> Any:
    """What an address answers, which is there."""
    response = client.get(f"{BASE}{address}", query)
    assert response.status_code == 200, response.content[:1000]
    return response.json()


def results(client: Client, collection: str, **query: Any) -> list[dict[str, Any]]:
    """The rows of a page of a collection, as large as there may be."""
    rows: list[dict[str, Any]] = ask(client, f"{collection}/", page_size=1000, **query)["results"]
    return rows


def keys(client: Client, collection: str, **query: Any) -> list[str]:
    return [key_of(row) for row in results(client, collection, **query)]


def key_of(row: dict[str, Any]) -> str:
    """A row's key, or the slug that is all of it."""
    return str(row.get("key") or row["slug"])


def refusals(client: Client, address: str, status: int = 400) -> list[tuple[str, str | None]]:
    """The codes and the fields of what is refused."""
    response = client.get(f"{BASE}{address}")
    assert response.status_code == status, response.content[:1000]
    body = response.json()
    assert list(body) == ["errors"]
    assert all(sorted(each) == ["code", "field", "message"] for each in body["errors"])
    assert all(each["message"] for each in body["errors"])
    return [(each["code"], each["field"]) for each in body["errors"]]


def csv_rows(client: Client, collection: str, **query: Any) -> list[dict[str, str]]:
    """All rows of a CSV file by column."""
    response = client.get(f"{BASE}{collection}/", {"format": "csv", **query})
    assert response.status_code == 200
    text = b"".join(response.streaming_content).decode()  # type: ignore[attr-defined]
    return list(csv.DictReader(io.StringIO(text, newline="")))


def xlsx_rows(client: Client, collection: str, **query: Any) -> list[dict[str, Any]]:
    """All rows of a workbook by column."""
    response = client.get(f"{BASE}{collection}/", {"format": "xlsx", **query})
    assert response.status_code == 200
    head, *rows = openpyxl.load_workbook(io.BytesIO(response.content)).active.values
    return [dict(zip(head, row, strict=True)) for row in rows]


def flat(collection: Collection, row: dict[str, Any]) -> dict[str, Any]:
    """A row of JSON as a row of a file: what stands in an object stands beside the rest."""
    plain = {name: value for name, value in row.items() if name != "citation"}
    for column in collection.columns:
        if column.within:
            plain[column.name] = (row["citation"] or {}).get(column.name_within)
    return plain
