"""Counts of lists: kept while nothing is written, and made anew after each change."""

import json
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from bcf.accounts.models import User
from bcf.base.api.counting import count_of
from bcf.loading.plans import load_plans
from bcf.loading.reference import load_reference
from bcf.loading.volume import Volume, make_volume
from plans.row_imports import rows_check, rows_import
from schemes.models import SpendLine
from schemes.resources import SpendLineResource
from tests.factories import PlanFactory, SpendLineFactory
from tests.integration.pages import fields_of

MUCH = Decimal(5000)


def counted() -> tuple[int, bool]:
    """How many spend lines there are, and whether they were counted for it."""
    with CaptureQueriesContext(connection) as queries:
        found = count_of(SpendLine.objects.order_by("pk"))
    return found, any("COUNT(" in each["sql"] for each in queries.captured_queries)


@pytest.mark.django_db(transaction=True)
def test_rows_are_counted_once_until_something_is_written() -> None:
    cache.clear()
    plan = PlanFactory()
    line: Any = SpendLineFactory(plan=plan)
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


# -- every way to write --------------------------------------------------------------------------


def in_code(line: Any, client: Client, by: User) -> None:
    line.amount = MUCH
    line.save()


def with_its_plan(line: Any, client: Client, by: User) -> None:
    line.plan.delete()


def on_its_page(line: Any, client: Client, by: User) -> None:
    page = reverse("admin:schemes_spendline_change", args=[line.pk])
    client.post(page, {**fields_of(client.get(page)), "amount": "5000"})


def out_of_the_list(line: Any, client: Client, by: User) -> None:
    chosen = {"action": "delete_selected", "_selected_action": [line.pk], "post": "yes"}
    client.post(reverse("admin:schemes_spendline_changelist"), chosen)


def by_the_api(line: Any, client: Client, by: User) -> None:
    body = json.dumps({"amount": "5000.00"})
    client.patch(where(line), body, "application/json", headers={"If-Match": "*"})


def away_by_the_api(line: Any, client: Client, by: User) -> None:
    client.delete(where(line), headers={"If-Match": "*"})


def where(line: Any) -> str:
    return f"/api/v1/spend-lines/{line.plan.slug}:{line.ref}/"


def by_a_file(line: Any, client: Client, by: User) -> None:
    content = f"plan,ref,amount\n{line.plan.slug},{line.ref},5000\n".encode()
    kept = rows_check(resource=SpendLineResource, name="a.csv", content=content, by=by)
    rows_import(kept=kept, resource=SpendLineResource, by=by)


def by_loading(line: Any, client: Client, by: User) -> None:
    load_reference()
    load_plans()


def in_bulk(line: Any, client: Client, by: User) -> None:
    load_reference()
    make_volume(Volume(boards=1, spend_lines=100, metric_values=0))


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    "write",
    [
        in_code,
        with_its_plan,
        on_its_page,
        out_of_the_list,
        by_the_api,
        away_by_the_api,
        by_a_file,
        by_loading,
        in_bulk,
    ],
)
def test_whatever_way_rows_are_written_they_are_counted_anew(
    write: Callable[[Any, Client, User], None],
    administrator: User,
    sign_in: Callable[[User | None], Client],
) -> None:
    cache.clear()
    line = SpendLineFactory(amount=Decimal(5))
    lists = [SpendLine.objects.filter(amount__lt=MUCH), SpendLine.objects.filter(amount__gte=MUCH)]
    before = [count_of(rows) for rows in lists]
    write(line, sign_in(administrator), administrator)
    after = [rows.count() for rows in lists]
    assert [count_of(rows) for rows in lists] == after
    assert (before, before != after) == ([1, 0], True)
