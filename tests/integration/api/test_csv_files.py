"""CSV files: what PostgreSQL writes is what is written here, byte for byte."""

from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction

from bcf.accounts.models import User
from bcf.api import COLLECTIONS
from bcf.base.api import kinds
from bcf.base.api.collection import Collection
from bcf.base.api.csv_files import CsvFile
from bcf.base.api.reading import Reading
from tests.factories import SpendLineFactory

TEXTS = (
    "",
    "=1+1",
    "'=1",
    "''@x",
    "-5",
    "+44",
    "\t=1",
    "\uff1d1",
    "\uff0c1",
    "'",
    "'a'",
    " =1",
    "a,b",
    "1,000",
    'say "so"',
    "two\nlines",
    "two\r\nlines",
    "\rback",
    "\\",
    "\\.",
    "\\N",
    "£5 – Łódź 中",
    "50% of %s",
    "null",
    "Zebra",
    "[x]",
    "~",
)
NUMBERS = (None, "0", "-0.05", "0.10", "-1234.5", "1234567.89", "100", "62.50")
NUMERIC = (kinds.MONEY, kinds.NUMBER, kinds.PERCENT, kinds.WORKED_NUMBER)
ROWS = 30


def make_awkward(collection: Collection) -> int:
    """Give some rows texts and numbers that are hard to write; returns how many they took."""
    taken = 0
    rows: Any = collection.model._default_manager
    values = {
        column.source: TEXTS if column.kind.is_free else NUMBERS
        for column in collection.columns
        if column.source == column.field and (column.kind.is_free or column.kind in NUMERIC)
    }
    for row, number in enumerate(rows.order_by("pk").values_list("pk", flat=True)[:ROWS]):
        for place, (name, given) in enumerate(values.items()):
            try:
                with transaction.atomic():
                    value = given[(row + place) % len(given)]
                    taken += rows.filter(pk=number).update(**{name: value})
            except DatabaseError:
                continue
    return taken


def content(reading: Reading, rows: Any) -> tuple[bytes, int]:
    lines = CsvFile(reading, rows)
    return b"".join(lines), lines.rows


@pytest.mark.skipif(connection.vendor != "postgresql", reason="only PostgreSQL writes files")
@pytest.mark.usefixtures("hidden", "every_plan")
def test_a_file_is_the_same_whoever_writes_it(
    person: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    copied = [each for each in COLLECTIONS if Reading(each, person, ()).cells() is not None]
    assert sum(map(make_awkward, copied)) > 2000
    for collection in copied:
        reading = Reading(collection, person, tuple(collection.expansions))
        if reading.cells() is None:
            reading = Reading(collection, person, ())
        rows = collection.read(person).order_by(*collection.order)
        by_postgres = content(reading, rows)
        with monkeypatch.context() as patched:
            patched.setattr(reading, "cells", lambda: None)
            assert by_postgres == content(reading, rows), collection.key
        assert by_postgres[1] > 0, collection.key


def test_every_row_of_money_can_be_written_by_postgresql(
    administrator: User,
) -> None:
    copied = {
        each.key for each in COLLECTIONS if Reading(each, administrator, ()).cells() is not None
    }
    assert copied >= {
        *("spend-lines", "schemes", "contributions", "requirements"),
        *("agreement-values", "agreement-actuals"),
    }


def test_a_file_of_no_rows_has_its_first_line_alone(administrator: User) -> None:
    SpendLineFactory()
    for collection in COLLECTIONS:
        reading = Reading(collection, administrator, ())
        names = ",".join(column.name for column in reading.columns)
        for rows in (collection.model._default_manager.none(), collection.read(administrator)):
            expected = f"{names}\r\n".encode(), 0
            assert content(reading, rows.filter(pk=0)) == expected, collection.key
