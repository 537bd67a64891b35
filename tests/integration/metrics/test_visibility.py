"""Who sees figures: as the plan is seen that states them, else everybody signed in."""

from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser

from bcf.accounts.access import Role
from bcf.accounts.models import User
from metrics.models import ContextFigure, MetricValue, Population
from metrics.queries import stated_rows_editable_by, stated_rows_visible_to
from plans.choices import PlanStatus
from plans.models import Board
from tests.factories.board import BoardFactory
from tests.factories.context_figure import ContextFigureFactory
from tests.factories.membership import MembershipFactory
from tests.factories.metric_value import MetricValueFactory
from tests.factories.plan import PlanFactory
from tests.factories.population import PopulationFactory
from tests.factories.user import UserFactory

pytestmark = pytest.mark.django_db

READS = [
    (MetricValueFactory, MetricValue),
    (PopulationFactory, Population),
    (ContextFigureFactory, ContextFigure),
]


def member(role: Role, board: Board) -> User:
    user = UserFactory()
    MembershipFactory(user=user, board=board, role=role)
    return user


def seen(model: Any, user: Any) -> list[Any]:
    return list(stated_rows_visible_to(user, model.objects.all()))


@pytest.mark.parametrize(("make", "model"), READS)
def test_a_figure_of_a_draft_is_seen_by_members_only(make: Any, model: Any) -> None:
    board = BoardFactory()
    draft = make(plan=PlanFactory(boards=[board]), board=board)
    assert seen(model, member(Role.VIEWER, board)) == [draft]
    assert seen(model, member(Role.EDITOR, BoardFactory())) == []
    assert seen(model, AnonymousUser()) == []


@pytest.mark.parametrize(("make", "model"), READS)
@pytest.mark.parametrize("of_plan", [True, False])
def test_a_figure_that_is_no_drafts_is_seen_by_everybody_signed_in(
    make: Any, model: Any, of_plan: bool, settings: Any
) -> None:
    submitted = PlanFactory(status=PlanStatus.SUBMITTED)
    row = make(plan=submitted, board=None) if of_plan else make()
    assert seen(model, UserFactory()) == [row]
    assert seen(model, AnonymousUser()) == []
    settings.PUBLIC_READ = True
    assert seen(model, AnonymousUser()) == [row]


@pytest.mark.parametrize(("make", "model"), READS)
def test_who_may_change_a_figure(make: Any, model: Any) -> None:
    board = BoardFactory()
    alone = make(board=board)
    draft = make(plan=PlanFactory(boards=[board]), board=board)
    closed = make(plan=PlanFactory(boards=[board], status=PlanStatus.SUBMITTED), board=board)
    rows = type(alone).objects.all()
    changed = {
        Role.VIEWER: set(),
        Role.ANALYST: {alone},
        Role.EDITOR: {alone, draft},
        Role.APPROVER: {alone, draft},
    }
    for role, expected in changed.items():
        assert set(stated_rows_editable_by(member(role, board), rows)) == expected, role
    assert closed in seen(model, UserFactory())
    assert not stated_rows_editable_by(member(Role.APPROVER, BoardFactory()), rows).exists()
