"""The vocabulary over the cycles by the API: rows to join figures of all years on."""

from typing import Any

import pytest
from django.test import Client

from bcf.accounts.models import User
from plans.api.vocabulary import LIST_NAMES, vocabulary
from plans.cycle_definitions import LISTS, definitions
from tests.integration.api.asking import ask, csv_rows, refusals, results

pytestmark = pytest.mark.django_db


@pytest.fixture
def client(outsider: User, sign_in: Any) -> Client:
    return sign_in(outsider)


def test_every_entry_of_every_cycle_is_a_row_of_one_line(client: Client) -> None:
    rows = list(vocabulary(definitions().values()))
    entries = sum(
        len(entries)
        for cycle in definitions().values()
        for name, entries in cycle.lists().items()
        if name != "not_known"
    )
    assert len(rows) == entries
    assert ask(client, "vocabulary/", page_size=1)["count"] == entries
    assert len({(row["list"], row["cycle"], row["key"]) for row in rows}) == entries
    assert set(LIST_NAMES) == set(LISTS) - {"not_known"}


def test_a_row_joins_the_key_of_a_cycle_to_its_line(client: Client) -> None:
    found = results(client, "vocabulary", list="metrics", key="dtoc")
    assert [row["cycle"] for row in found] == [
        cycle.key
        for cycle in definitions().values()
        if "dtoc" in [each.key for each in cycle.metrics]
    ]
    assert {row["line"] for row in found} == {"dtoc"}
    assert list(found[0]) == [
        *("list", "line", "line_label", "cycle", "key", "label", "verified", "source"),
        *("follows", "change", "first_year"),
    ]
    assert found[0]["first_year"] == "2014-15"
    assert found[0]["change"] is None


def test_filters_narrow_and_any_of_several_values_is_enough(client: Client) -> None:
    found = results(client, "vocabulary", list=["ratings", "metrics"], cycle="2019-20")
    assert {row["list"] for row in found} == {"ratings", "metrics"}
    assert {row["cycle"] for row in found} == {"2019-20"}
    unverified = results(client, "vocabulary", verified="false", list="conditions")
    assert not any(row["verified"] for row in unverified)


def test_pages_follow_each_other(client: Client) -> None:
    first = ask(client, "vocabulary/", page_size=2, list="funding_sources")
    assert first["previous"] is None
    assert "page=2" in first["next"]
    second = ask(client, "vocabulary/", page_size=2, page=2, list="funding_sources")
    assert len(first["results"]) == len(second["results"]) == 2
    assert first["results"] != second["results"]


def test_a_file_has_the_rows_of_the_pages(client: Client) -> None:
    rows = results(client, "vocabulary", list="checks", cycle="2014-16")
    plain = csv_rows(client, "vocabulary", list="checks", cycle="2014-16")
    assert [row["key"] for row in plain] == [row["key"] for row in rows]
    assert list(plain[0]) == list(rows[0])
    assert {row["verified"] for row in plain} <= {"true", "false"}


@pytest.mark.parametrize(
    ("query", "code", "field"),
    [
        ("list=not_known", "invalid-value", "list"),
        ("cycle=1066-67", "invalid-value", "cycle"),
        ("verified=perhaps", "invalid-value", "verified"),
        ("lists=metrics", "unknown-filter", "lists"),
        ("page=999", "invalid-page", "page"),
        ("format=xlsx", "unknown-format", "format"),
    ],
)
def test_what_there_is_not_is_refused(query: str, code: str, field: str, client: Client) -> None:
    assert refusals(client, f"vocabulary/?{query}") == [(code, field)]
