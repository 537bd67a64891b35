"""Who sees figures: as the plan is seen that states them, else everybody signed in."""

from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser

from bcf.accounts.access import Role
from bcf.accounts.models import User
from metrics.queries import (
    context_visible_to,
    options_visible_to,
    populations_visible_to,
    stated_rows_editable_by,
    values_visible_to,
)
from plans.choices import PlanStatus
from plans.models import Board
from tests.factories.board import BoardFactory
from tests.factories.context_figure import ContextFigureFactory
from tests.factories.membership import MembershipFactory
from tests.factories.metric_option import MetricOptionFactory
from tests.factories.metric_value import MetricValueFactory
from tests.factories.plan import PlanFactory
from tests.factories.population import PopulationFactory
from tests.factories.user import UserFactory

pytestmark = pytest.mark.django_db

READS = [
    (MetricValueFactory, values_visible_to),
    (PopulationFactory, populations_visible_to),
    (ContextFigureFactory, context_visible_to),
]


def member(role: Role, board: Board) -> User:
    user = UserFactory()
    MembershipFactory(user=user, board=board, role=role)
    return user


@pytest.mark.parametrize(("make", "visible"), READS)
def test_a_figure_of_a_draft_is_seen_by_members_only(make: Any, visible: Any) -> None:
    board = BoardFactory()
    draft = make(plan=PlanFactory(boards=[board]), board=board)
    assert list(visible(member(Role.VIEWER, board))) == [draft]
    assert list(visible(member(Role.EDITOR, BoardFactory()))) == []
    assert list(visible(AnonymousUser())) == []


@pytest.mark.parametrize(("make", "visible"), READS)
@pytest.mark.parametrize("of_plan", [True, False])
def test_a_figure_that_is_no_drafts_is_seen_by_everybody_signed_in(
    make: Any, visible: Any, of_plan: bool, settings: Any
) -> None:
    submitted = PlanFactory(status=PlanStatus.SUBMITTED)
    row = make(plan=submitted, board=None) if of_plan else make()
    assert list(visible(UserFactory())) == [row]
    assert list(visible(AnonymousUser())) == []
    settings.PUBLIC_READ = True
    assert list(visible(AnonymousUser())) == [row]


def test_an_option_is_seen_where_its_plan_is() -> None:
    board = BoardFactory()
    option = MetricOptionFactory(plan=PlanFactory(boards=[board]))
    assert list(options_visible_to(member(Role.VIEWER, board))) == [option]
    assert list(options_visible_to(UserFactory())) == []


@pytest.mark.parametrize(("make", "visible"), READS)
def test_who_may_change_a_figure(make: Any, visible: Any) -> None:
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
    assert closed in visible(UserFactory())
    assert not stated_rows_editable_by(member(Role.APPROVER, BoardFactory()), rows).exists()
