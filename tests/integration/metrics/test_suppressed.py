"""A small number that is withheld: typed, brought in, shown and given out, and never as nought."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from bcf.accounts.models import User
from bcf.files.reading import read_table
from bcf.resources import RESOURCES
from metrics.models import MetricValue
from metrics.rules import MARK
from metrics.suppressed_cells import WITHHELD
from plans.models import Board, Plan
from tests.factories import BoardFactory, MetricFactory, MetricValueFactory, PlanFactory
from tests.integration.api.asking import csv_rows, results
from tests.integration.files.tables import cells_of, exported, table
from tests.integration.metrics.test_metric_page import words
from tests.integration.pages import fields_of

pytestmark = pytest.mark.django_db
COLUMNS = "plan ref value"


@pytest.fixture
def board() -> Board:
    return BoardFactory(slug="havering")


@pytest.fixture
def plan(board: Board) -> Plan:
    return PlanFactory(slug="own", boards=[board])


@pytest.fixture
def ann(plan: Plan, board: Board, member: Callable[..., User]) -> User:
    return member("editor", board)


@pytest.fixture
def client(ann: User, sign_in: Callable[[User], Client]) -> Client:
    return sign_in(ann)


def falls(plan: Plan, **given: Any) -> MetricValue:
    metric = MetricFactory(key="falls", name="Falls")
    made = {"plan": plan, "board": plan.boards.get(), "metric": metric, "unit": "admissions"}
    row: MetricValue = MetricValueFactory(**made | given)
    return row


def hidden(plan: Plan, **given: Any) -> MetricValue:
    return falls(plan, value=None, is_suppressed=True, **given)


def test_it_says_so_and_comes_to_nothing(plan: Plan) -> None:
    row = hidden(plan, denominator=Decimal(100), per=100)
    assert (row.figure, row.value, row.computed) == ("suppressed", None, None)


# -- files -----------------------------------------------------------------------------------


@pytest.mark.parametrize("mark", ["*", "c", "[c]", "<6", "1-5", "suppressed"])
def test_a_mark_in_place_of_the_value_is_read_with_a_sentence(
    mark: str, plan: Plan, ann: User
) -> None:
    row = falls(plan, numerator=Decimal(3))
    resource = RESOURCES[MetricValue](ann)
    outcome = resource.check(table(f"{COLUMNS} numerator", ["own", row.ref, mark, mark]))
    (difference,) = outcome.differences
    assert {each.column: (each.before, each.after) for each in difference.fields} == {
        "Value": ("145", ""),
        "Numerator": ("3", ""),
        "Suppressed": ("No", WITHHELD),
    }


def test_a_nought_stays_one(plan: Plan, ann: User) -> None:
    row = falls(plan)
    outcome = RESOURCES[MetricValue](ann).check(table(COLUMNS, ["own", row.ref, "0"]))
    (difference,) = outcome.differences
    assert [(each.column, each.after) for each in difference.fields] == [("Value", "0")]


def test_a_number_in_place_of_a_mark_is_no_longer_suppressed(plan: Plan, ann: User) -> None:
    row = hidden(plan)
    resource = RESOURCES[MetricValue](ann)
    outcome = resource.check(table(COLUMNS, ["own", row.ref, "7"]))
    assert [each.column for each in outcome.differences[0].fields] == ["Value", "Suppressed"]
    assert outcome.may_be_imported
    both = resource.check(table(f"{COLUMNS} is_suppressed", ["own", row.ref, "7", "yes"]))
    assert "A suppressed figure has no value" in both.errors[0].sentence


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_what_is_given_out_is_taken_back(ending: str, plan: Plan, ann: User) -> None:
    hidden(plan)
    resource = RESOURCES[MetricValue](ann)
    content = exported(resource, MetricValue.objects.all(), ending)
    outcome = RESOURCES[MetricValue](ann).check(read_table(f"rows.{ending}", content))
    assert (outcome.same, outcome.to_write, outcome.refused) == (1, 0, 0)
    if ending == "csv":
        (cells,) = cells_of(content)
        assert (cells["value"], cells["is_suppressed"]) == (MARK, "yes")


# -- forms -----------------------------------------------------------------------------------


def test_a_mark_is_pasted_into_a_grid_and_shown_there_again(client: Client, plan: Plan) -> None:
    row = falls(plan)
    address = reverse("admin:metrics_metricvalue_grid", args=["own"])
    fields = fields_of(client.get(address))
    assert client.post(address, {**fields, "r0-value": "<6", "_save": "1"}).status_code == 302
    row.refresh_from_db()
    assert (row.value, row.is_suppressed, row.version) == (None, True, 2)

    fields = fields_of(client.get(address))
    assert fields["r0-value"] == MARK
    client.post(address, {**fields, "r0-comment": "As printed", "_save": "1"})
    row.refresh_from_db()
    assert (row.comment, row.is_suppressed) == ("As printed", True)

    fields = fields_of(client.get(address))
    client.post(address, {**fields, "r0-value": "7", "_save": "1"})
    row.refresh_from_db()
    assert (row.value, row.is_suppressed) == (Decimal(7), False)


def test_a_mark_typed_into_the_form_ticks_the_box(client: Client, plan: Plan) -> None:
    row = falls(plan)
    address = reverse("admin:metrics_metricvalue_change", args=[row.pk])
    fields = fields_of(client.get(address))
    assert client.post(address, {**fields, "value": "*"}).status_code == 302
    row.refresh_from_db()
    assert (row.value, row.is_suppressed) == (None, True)


def test_a_tick_beside_a_number_is_refused(client: Client, plan: Plan) -> None:
    row = falls(plan)
    address = reverse("admin:metrics_metricvalue_change", args=[row.pk])
    fields = fields_of(client.get(address))
    response = client.post(address, {**fields, "is_suppressed": "on"})
    assert "A suppressed figure has no value, no numerator and no words." in (
        response.content.decode()
    )


# -- pages and the API -----------------------------------------------------------------------


def test_a_picture_has_a_gap_and_says_why(client: Client, plan: Plan) -> None:
    metric = falls(plan, period="2014-15").metric
    given = {"plan": plan, "board": plan.boards.get(), "metric": metric, "unit": "admissions"}
    MetricValueFactory(**given, period="2016-17")
    for period in ("2015-16", "2017-18"):
        MetricValueFactory(**given, period=period, value=None, is_suppressed=True)
    response = client.get("/boards/havering/metrics/falls/")
    page, said = response.content.decode(), words(response)
    assert "Actual: 2014–15 145, 2015–16 suppressed, 2016–17 145, 2017–18 suppressed." in page
    assert (
        "for they are suppressed, which is not 0: actual for 2015–16; actual for 2017–18." in said
    )
    assert "2017–18: suppressed. A small number is withheld; it is not 0." in said
    assert "suppressed (unit" not in said

    rows = csv_file(client)
    assert {row["period"]: row["value"] for row in rows} == {
        "2014-15": "145",
        "2015-16": MARK,
        "2016-17": "145",
        "2017-18": MARK,
    }


def csv_file(client: Client) -> list[dict[str, str]]:
    response: Any = client.get(reverse("board-metric-csv", args=["havering", "falls"]))
    return cells_of(b"".join(response.streaming_content))


def test_the_api_gives_no_value_and_finds_it(client: Client, plan: Plan) -> None:
    row = hidden(plan)
    falls_too = MetricValueFactory(plan=plan, board=plan.boards.get())
    (found,) = results(client, "metric-values", is_suppressed="true")
    assert (found["ref"], found["value"], found["is_suppressed"]) == (row.ref, None, True)
    assert (found["computed"], found["numerator"]) == (None, None)
    (other,) = results(client, "metric-values", is_suppressed="false")
    assert other["ref"] == falls_too.ref
    (line,) = csv_rows(client, "metric-values", is_suppressed="true")
    assert (line["value"], line["is_suppressed"]) == ("", "true")


def test_the_api_takes_it(client: Client, plan: Plan) -> None:
    metric = MetricFactory()
    row = {
        "plan": "own",
        "board": "havering",
        "metric": metric.key,
        "period": "2015-16",
        "kind": "actual",
        "is_suppressed": True,
    }
    response = client.post("/api/v1/metric-values/", row, content_type="application/json")
    assert response.status_code == 201, response.content
    assert (response.json()["value"], response.json()["is_suppressed"]) == (None, True)
    refused = client.post(
        "/api/v1/metric-values/", {**row, "period": "2016-17", "value": "3"}, "application/json"
    )
    assert refused.status_code == 400


# -- how metrics are worked out ----------------------------------------------------------------


def test_an_indirectly_standardised_rate_is_worked_out_everywhere(
    client: Client, plan: Plan
) -> None:
    metric = MetricFactory(key="avoidable", method="indirectly-standardised")
    row = MetricValueFactory(
        plan=plan,
        board=plan.boards.get(),
        metric=metric,
        measure="rate",
        unit="per 100,000",
        per=100_000,
        numerator=Decimal(120),
        denominator=Decimal("100.5"),
        standard_rate=Decimal(800),
        value=Decimal("955.2"),
    )
    assert row.computed == Decimal("955.2")
    (found,) = results(client, "metric-values", metric="avoidable")
    assert (found["computed"], found["standard_rate"]) == ("955.2", "800")
    (told,) = results(client, "metrics", method="indirectly-standardised")
    assert told["key"] == "avoidable"
    page = words(client.get("/boards/havering/metrics/avoidable/"))
    assert "Worked out: 955.2 (120 observed ÷ 100.5 expected × 800)." in page
