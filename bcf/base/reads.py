"""Reads of rows that were found by a scoped read already, by their numbers."""

from typing import Any

from django.db.models import QuerySet


def locked(row: Any) -> Any:
    """The row as it is stored now, locked until the transaction ends; None where it is gone."""
    # An ordering by a related row would join, and a join cannot be locked.
    rows = type(row)._base_manager.select_for_update().order_by()
    return rows.filter(pk=row.pk).first()


def part_of(rows: QuerySet[Any], start: int, end: int) -> QuerySet[Any]:
    """The rows from one place of their order to another.

    Those before are passed over by their numbers alone, before anything is joined to them.
    """
    if not start:
        return rows[:end]
    numbers = rows.values("pk")[start:end]
    every = rows.model._default_manager.filter(pk__in=numbers)
    return every.order_by(*rows.query.order_by)
