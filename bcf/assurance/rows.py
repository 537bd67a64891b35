"""Every row that a plan's document shows, in a fixed number of queries whatever its size.

Rows are read for the plan, for those of its parts that the reader may see, and, where the plan is
a part itself, for the joint plan from which it inherits.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet

from governance.models import (
    Body,
    ConditionResponse,
    MaturityAssessment,
    ProviderCommentary,
    Risk,
    RiskShare,
    SignOff,
)
from metrics.choices import ValueKind
from metrics.models import MetricOption, MetricValue, Population
from plans.models import Answer, OwnHeading, Plan, RelatedDocument
from schemes.models import (
    Benefit,
    DeliveryLink,
    Milestone,
    Scheme,
    SchemeCondition,
    SchemeMetric,
)

Numbers = Sequence[int]
Rows = QuerySet[Any]


def _plain(model: Any, *related: str, order: Sequence[str] = ("pk",)) -> Callable[[Numbers], Rows]:
    return lambda plans: (
        model._default_manager.filter(plan__in=plans).select_related(*related).order_by(*order)
    )


def _benefits(plans: Numbers) -> Rows:
    rows = Benefit.objects.filter(plan__in=plans).prefetch_related("schemes", "metrics")
    return rows.order_by("financial_year", "pk")


def _delivery(plans: Numbers) -> Rows:
    rows = DeliveryLink.objects.filter(plan__in=plans).select_related("lead")
    return rows.prefetch_related("providers").order_by("pk")


def _milestones(plans: Numbers) -> Rows:
    rows = Milestone.objects.filter(plan__in=plans).prefetch_related("schemes")
    return rows.order_by("group", "due", "pk")


def _bodies(plans: Numbers) -> Rows:
    rows = Body.objects.filter(plan__in=plans).prefetch_related("reports_to")
    return rows.order_by("level", "pk")


def _risk_shares(plans: Numbers) -> Rows:
    """Rules of the plans, without those of an agreement that another plan carries."""
    carried = Q(agreement__plan__isnull=False) & ~Q(agreement__plan__in=plans)
    return RiskShare.objects.filter(plan__in=plans).exclude(carried).order_by("pk")


def _values(plans: Numbers) -> Rows:
    """What the plans state, and what became of it where boards say so apart from any plan."""
    stated = Q(plan__in=plans)
    measured = MetricValue.objects.filter(stated).values("metric")
    boards = Plan.objects.filter(pk__in=plans).values("boards")
    found = Q(plan__isnull=True, kind=ValueKind.ACTUAL, board__in=boards, metric__in=measured)
    rows = MetricValue.objects.filter(stated | found).select_related(
        "metric", "board", "provider", "commissioner"
    )
    return rows.order_by("-metric__is_national", "metric__name", "period", "kind", "pk")


READS: dict[str, Callable[[Numbers], Rows]] = {
    "answers": _plain(Answer, order=("question", "order")),
    "own_headings": _plain(OwnHeading, order=("order",)),
    "related_documents": _plain(RelatedDocument, order=("printed_ref", "pk")),
    "schemes": _plain(Scheme, "parent", "lead_commissioner"),
    "benefits": _benefits,
    "scheme_metrics": _plain(SchemeMetric, "metric"),
    "scheme_conditions": _plain(SchemeCondition),
    "delivery_links": _delivery,
    "milestones": _milestones,
    "metric_options": _plain(MetricOption),
    "populations": _plain(Population, "board", order=("period", "age_band", "pk")),
    "conditions": _plain(ConditionResponse),
    "maturity": _plain(MaturityAssessment, order=("change_number", "pk")),
    "risks": _plain(Risk),
    "risk_shares": _risk_shares,
    "sign_offs": _plain(SignOff, "organisation", "board"),
    "bodies": _bodies,
    "commentaries": _plain(ProviderCommentary, "provider"),
}


@dataclass(frozen=True)
class Held:
    """A row with the plan whose it is."""

    plan: Plan
    row: Any


@dataclass(frozen=True)
class FamilyRows:
    """The rows of a plan, of its parts, and of the joint plan that it is a part of, by kind."""

    plan: Plan
    parts: tuple[Plan, ...]
    joint: Plan | None
    by_kind: Mapping[str, Mapping[int, Sequence[Any]]]
    actuals: tuple[Any, ...]

    def of(self, plan: Plan, kind: str) -> Sequence[Any]:
        """The plan's own rows of a kind."""
        return self.by_kind[kind].get(plan.pk, ())

    def own(self, kind: str) -> list[Held]:
        """The rows of the plan and of its parts, each with its plan."""
        family = (self.plan, *self.parts)
        return [Held(plan, row) for plan in family for row in self.of(plan, kind)]

    def inherited(self, kind: str) -> list[Held]:
        """The joint plan's rows, which hold for its parts too; none where there is none."""
        return [Held(self.joint, row) for row in self.of(self.joint, kind)] if self.joint else []


def gather_rows(plan: Plan, parts: QuerySet[Plan], joint: Plan | None = None) -> FamilyRows:
    """The rows of the plan, of these parts, and of the joint plan where the reader may see it."""
    own_parts = list(
        parts.select_related("cycle")
        .prefetch_related("boards__authority", "commissioners")
        .order_by("title")
    )
    plans = {each.pk: each for each in (plan, *own_parts, *([joint] if joint else []))}
    family = [plan.pk, *(part.pk for part in own_parts)]
    by_kind = {kind: _by_plan(read(list(plans)), plans) for kind, read in READS.items()}
    values = list(_values(family))
    by_kind["values"] = _by_plan((value for value in values if value.plan_id), plans)
    actuals = tuple(value for value in values if value.plan_id is None)
    return FamilyRows(plan, tuple(own_parts), joint, by_kind, actuals)


def _by_plan(rows: Iterable[Any], plans: Mapping[int, Plan]) -> dict[int, list[Any]]:
    """Rows by the key of their plan; each is given its plan, with the cycle that was read."""
    grouped: dict[int, list[Any]] = defaultdict(list)
    for row in rows:
        row.plan = plans[row.plan_id]
        grouped[row.plan_id].append(row)
    return dict(grouped)
