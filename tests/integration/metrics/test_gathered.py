"""What is gathered of plans and boards: whose rows, and in how many queries."""

import pytest
from pytest_django import DjangoAssertNumQueries

from bcf.assurance.measured import gather_board_measured, gather_measured
from plans.choices import PlanStatus
from tests.factories.board import BoardFactory
from tests.factories.context_figure import ContextFigureFactory
from tests.factories.metric_value import MetricValueFactory
from tests.factories.plan import PlanFactory
from tests.factories.population import PopulationFactory

pytestmark = pytest.mark.django_db

MAKERS = (MetricValueFactory, PopulationFactory, ContextFigureFactory)
YEARS = ("2016-17", "2017-18", "2018-19")


@pytest.mark.parametrize("count", [1, 3])
def test_a_family_is_gathered_in_three_queries(
    count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    board, other = BoardFactory(), BoardFactory()
    joint = PlanFactory(boards=[board, other], status=PlanStatus.SUBMITTED)
    part = PlanFactory(boards=[board], part_of=joint)
    stranger = PlanFactory(boards=[board])
    for make in MAKERS:
        for year in YEARS[:count]:
            make(plan=joint, board=None, period=year)
            make(plan=part, board=board, period=year)
            make(board=board, period=year)
            make(plan=stranger, board=board, period=year)
            make(board=BoardFactory(), period=year)
    with django_assert_num_queries(3):
        found = gather_measured([joint, part])
    for rows in (found.values, found.populations, found.context):
        owners = [(row.plan, row.board) for row in rows]
        expected = [(joint.slug, ""), (part.slug, board.slug), ("", board.slug)]
        assert sorted(owners) == sorted(expected * count)
        assert {row.row.owner for row in rows} == {joint.slug, part.slug, board.slug}


def test_a_board_is_gathered_apart_from_any_plan(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    board = BoardFactory()
    for make in MAKERS:
        make(board=board)
        make(board=board, plan=PlanFactory(boards=[board]))
    with django_assert_num_queries(3):
        found = gather_board_measured(board)
    assert [len(rows) for rows in (found.values, found.populations, found.context)] == [1, 1, 1]
    assert found.values[0].row.kind == "metrics.metricvalue"
