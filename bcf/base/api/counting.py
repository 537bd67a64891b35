"""How many rows a list has, counted again only after something was written."""

import hashlib
from typing import Any

from django.core.cache import cache
from django.core.exceptions import EmptyResultSet
from django.db import connections
from django.db.models import QuerySet

_QUESTIONS = {
    # Which transactions are over for a query: after any other has ended, this is another.
    "postgresql": "SELECT CAST(pg_current_snapshot() AS text)",
    # How many rows were ever added: a change or a removal of one adds a row to its history.
    "sqlite": "SELECT SUM(seq) FROM sqlite_sequence",
}


def count_of(rows: QuerySet[Any]) -> int:
    """How many rows there are: as counted before, where nothing was written since.

    On PostgreSQL every writing transaction is seen, whatever it wrote. On SQLite every row added
    is, and every change and removal that leaves a history: all but `QuerySet.update()` and SQL of
    one's own, which are seen when a kept count runs out. Within a transaction rows are counted, for
    others do not see what it has written.
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


def _version(connection: Any) -> str | None:
    """What differs after anything was written; None where the database cannot tell."""
    question = _QUESTIONS.get(connection.vendor)
    if question is None:
        return None
    with connection.cursor() as cursor:
        cursor.execute(question)
        [told] = cursor.fetchone()
    return None if told is None else str(told)
