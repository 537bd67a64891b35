"""Counts of lists: kept while nothing is written, and made anew after each change."""

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext

from bcf.base.api.counting import count_of
from schemes.models import SpendLine
from tests.factories import PlanFactory, SpendLineFactory


def counted() -> tuple[int, bool]:
    """How many spend lines there are, and whether they were counted for it."""
    with CaptureQueriesContext(connection) as queries:
        found = count_of(SpendLine.objects.order_by("pk"))
    return found, any("COUNT(" in each["sql"] for each in queries.captured_queries)


@pytest.mark.django_db(transaction=True)
def test_rows_are_counted_once_until_something_is_written() -> None:
    cache.clear()
    plan = PlanFactory()
    line = SpendLineFactory(plan=plan)
    # On a server tests beside this one write too, and then rows are counted anew.
    again = {(1, False)} if connection.vendor == "sqlite" else {(1, False), (1, True)}
    assert counted() == (1, True)
    assert counted() in again
    SpendLineFactory(plan=plan)
    assert counted() == (2, True)
    line.delete()
    assert counted() == (1, True)
    assert counted() in again


@pytest.mark.django_db
def test_within_a_transaction_rows_are_always_counted() -> None:
    SpendLineFactory()
    assert counted() == (1, True)
    assert counted() == (1, True)
