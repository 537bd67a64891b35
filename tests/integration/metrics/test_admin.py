"""Figures in the admin: own drafts and own boards are changed, the rest is looked at."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from bcf.accounts.models import User
from metrics.models import MetricOption, MetricValue
from plans.choices import PlanStatus
from plans.models import Board
from tests.factories.board import BoardFactory
from tests.factories.context_figure import ContextFigureFactory
from tests.factories.metric import MetricFactory
from tests.factories.metric_option import MetricOptionFactory
from tests.factories.metric_value import MetricValueFactory
from tests.factories.organisation import OrganisationFactory
from tests.factories.plan import PlanFactory
from tests.factories.population import PopulationFactory

pytestmark = pytest.mark.django_db

MAKE = {
    "metric": MetricFactory,
    "metricvalue": MetricValueFactory,
    "metricoption": MetricOptionFactory,
    "population": PopulationFactory,
    "contextfigure": ContextFigureFactory,
}


@pytest.fixture
def board() -> Board:
    return BoardFactory()


@pytest.fixture
def editor(
    board: Board, member: Callable[..., User], sign_in: Callable[[User | None], Client]
) -> Client:
    return sign_in(member("editor", board))


def address(model: str, page: str, row: Any = None) -> str:
    return reverse(f"admin:metrics_{model}_{page}", args=[row.pk] if row else [])


def queries(client: Client, path: str) -> int:
    with CaptureQueriesContext(connection) as found:
        assert client.get(path).status_code == 200
    return len(found)


@pytest.mark.parametrize("model", MAKE)
def test_a_list_asks_no_more_of_ten_rows_than_of_two(model: str, editor: Client) -> None:
    def more(count: int) -> None:
        for _ in range(count):
            facts: dict[str, Any] = {}
            if model == "metricoption":
                facts = {"plan": PlanFactory(status=PlanStatus.SUBMITTED)}
            elif model == "metricvalue":
                facts = {"provider": OrganisationFactory()}
            MAKE[model](**facts)

    path = address(model, "changelist")
    more(2)
    before = queries(editor, path)
    more(8)
    assert queries(editor, path) == before


@pytest.mark.parametrize("model", ["metricvalue", "population", "contextfigure"])
def test_own_figures_are_changed_and_others_are_read_only(
    model: str, board: Board, editor: Client
) -> None:
    own = MAKE[model](board=board)
    draft = MAKE[model](board=board, plan=PlanFactory(boards=[board]))
    closed = MAKE[model](board=board, plan=PlanFactory(boards=[board], status=PlanStatus.SUBMITTED))
    elsewhere = MAKE[model]()
    hidden = MAKE[model](board=None, plan=PlanFactory())
    for row in (own, draft, closed, elsewhere):
        page = editor.get(address(model, "change", row))
        assert page.status_code == 200
        assert (b'name="_save"' in page.content) == (row in (own, draft))
    assert editor.get(address(model, "change", hidden)).status_code == 404
    assert editor.post(address(model, "change", elsewhere), {}).status_code == 403
    assert editor.post(address(model, "delete", closed), {"post": "yes"}).status_code == 403
    assert editor.post(address(model, "delete", own), {"post": "yes"}).status_code == 302


def test_a_figure_is_added_to_an_own_board_and_to_no_other(board: Board, editor: Client) -> None:
    facts = {
        "board": board.pk,
        "metric": MetricFactory().pk,
        "period": "2017-18",
        "kind": "actual",
        "measure": "count",
        "value": "1,234.5",
    }
    path = address("metricvalue", "add")
    assert editor.post(path, facts).status_code == 302
    row = MetricValue.objects.get()
    assert (str(row.value), row.ref) == ("1234.5", f"{row.metric.key}-2017-18-actual-count")
    assert editor.post(path, {**facts, "board": BoardFactory().pk}).status_code == 403
    page = editor.post(path, {**facts, "board": ""})
    assert "Choose the plan or the board it belongs to." in page.content.decode()
    assert "1,234.5" in page.content.decode()
    assert MetricValue.objects.count() == 1


def test_chosen_rows_are_removed_together_or_not_at_all(board: Board, editor: Client) -> None:
    own, other = MetricValueFactory(board=board), MetricValueFactory()
    path = address("metricvalue", "changelist")
    both = {
        "action": "delete_selected",
        "_selected_action": [own.pk, other.pk],
        "post": "yes",
    }
    editor.post(path, both)
    assert MetricValue.objects.count() == 2
    editor.post(path, {**both, "_selected_action": [own.pk]})
    assert list(MetricValue.objects.all()) == [other]


def test_an_option_is_added_to_an_own_draft(board: Board, editor: Client) -> None:
    plan = PlanFactory(boards=[board])
    facts = {"plan": plan.pk, "indicator": "Falls of people aged 65 and over"}
    assert editor.post(address("metricoption", "add"), facts).status_code == 302
    assert MetricOption.objects.get().ref == "falls-of-people-aged-65-and-over"


def test_metrics_are_changed_by_administrators_alone(
    editor: Client, administrator: User, sign_in: Callable[[User | None], Client]
) -> None:
    metric = MetricFactory()
    path = address("metric", "change", metric)
    assert b'name="_save"' not in editor.get(path).content
    assert b'name="_save"' in sign_in(administrator).get(path).content
