"""Reads of metric values, populations and context figures, scoped to what a user may see.

A row that a plan states is seen where the plan is seen. A row of a board that no plan states
is read by everybody signed in, and by everybody at all where submitted plans are public.
"""

from typing import TypeVar

from django.conf import settings
from django.db.models import Q, QuerySet
from django.http import Http404

from bcf.accounts.access import Ability, allows
from metrics.models import Metric, MetricValue
from metrics.models.stated import StatedRow
from plans.models import Board
from plans.queries import (
    Somebody,
    boards_where,
    of_visible_plan,
    plans_editable_by,
    standing_on,
)

S = TypeVar("S", bound=StatedRow)


def stated_rows_visible_to(user: Somebody, rows: QuerySet[S]) -> QuerySet[S]:
    """Those rows whose plan the user may read, and those of boards alone."""
    of_plans = of_visible_plan(user)
    if allows(standing_on(user), Ability.READ_SUBMITTED, public_read=settings.PUBLIC_READ):
        return rows.filter(of_plans | Q(plan__isnull=True))
    return rows.filter(of_plans)


def stated_rows_editable_by(user: Somebody, rows: QuerySet[S]) -> QuerySet[S]:
    """Rows of own drafts, and rows of own boards alone for who may load actuals there."""
    own = Q(plan__isnull=True, board__in=boards_where(user, Ability.LOAD_ACTUALS).values("pk"))
    return rows.filter(Q(plan__in=plans_editable_by(user).values("pk")) | own)


def boards_to_state_for(user: Somebody) -> QuerySet[Board]:
    """The boards about which the user may add figures: own ones, and those of own drafts."""
    own = Q(pk__in=boards_where(user, Ability.LOAD_ACTUALS).values("pk"))
    return Board.objects.filter(own | Q(plans__in=plans_editable_by(user).values("pk"))).distinct()


def figures_visible_to(user: Somebody, board: Board, metric: Metric) -> QuerySet[MetricValue]:
    """What is stated of a metric in a board's area, by plans the user may read or by none.

    Figures of a joint plan's whole area, which name no board, are among them. Read with all that
    they name.
    """
    of_board = Q(board=board) | Q(board__isnull=True, plan__boards=board)
    rows = stated_rows_visible_to(user, MetricValue.objects.filter(of_board, metric=metric))
    named = rows.select_related("metric", "board", "provider", "commissioner", "plan__cycle")
    return named.prefetch_related("plan__boards").order_by("pk")


def metric_for(key: str) -> Metric:
    """The metric of this key; `Http404` where there is none."""
    metric = Metric.objects.filter(key=key).first()
    if metric is None:
        raise Http404(f"No metric named {key} was found.")
    return metric
