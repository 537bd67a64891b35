"""How many rows a list has, counted again only after something was written."""

import hashlib
from functools import cache as once
from typing import Any

from django.apps import apps
from django.core.cache import cache
from django.core.exceptions import EmptyResultSet
from django.db import connections
from django.db.models import QuerySet

from bcf.base.models import Versioned


def count_of(rows: QuerySet[Any]) -> int:
    """How many rows there are: as counted before, where nothing was written since.

    Within a transaction rows are counted, for others do not see what it has written.
    """
    connection = connections[rows.db]
    try:
        asked = rows.order_by().values("pk").query.sql_with_params()
    except EmptyResultSet:
        return 0
    version = None if connection.in_atomic_block else _version(connection)
    if version is None:
        return rows.count()
    text = repr((connection.settings_dict["NAME"], version, asked))
    key = f"count-{hashlib.sha256(text.encode()).hexdigest()}"
    found: int | None = cache.get(key)
    if found is None:
        found = rows.count()
        cache.set(key, found)
    return found


def _version(connection: Any) -> tuple[int | None, ...] | None:
    """The last entry of each kind of row's history: another after every change of a row.

    None while somebody's change is under way on PostgreSQL: an entry may then be committed after
    one with a higher number. SQLite has one writer at a time.
    """
    with connection.cursor() as cursor:
        cursor.execute(_question(connection.vendor))
        is_settled, *last = cursor.fetchone()
    return tuple(last) if is_settled else None


@once
def _question(vendor: str) -> str:
    settled = "1"
    if vendor == "postgresql":
        now = "pg_current_snapshot()"
        settled = f"pg_snapshot_xmin({now}) = pg_snapshot_xmax({now})"
    models: list[Any] = [each for each in apps.get_models() if issubclass(each, Versioned)]
    tables = (each.history.model._meta.db_table for each in models)
    last = ", ".join(f'(SELECT MAX(history_id) FROM "{each}")' for each in tables)  # noqa: S608
    return f"SELECT {settled}, {last}"
