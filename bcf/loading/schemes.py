"""Rows about schemes and in words: links, delivery, benefits, milestones, answers, documents."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.db.models import Model, Q

from bcf.loading.tables import Lookup, by_key, load_file
from metrics.models import ContextFigure, Metric
from plans.models import Answer, Board, Organisation, OwnHeading, Plan, RelatedDocument
from schemes.models import (
    Benefit,
    BenefitProfile,
    DeliveryLink,
    Milestone,
    Scheme,
    SchemeCondition,
    SchemeMetric,
)


@dataclass(frozen=True)
class _Table:
    """One file of a plan's folder: its model, and what its columns point at, by name."""

    name: str
    model: type[Model]
    one: dict[str, str] = field(default_factory=dict)
    several: dict[str, str] = field(default_factory=dict)


_TABLES = (
    _Table("answers.csv", Answer),
    _Table("own_headings.csv", OwnHeading),
    _Table("related_documents.csv", RelatedDocument),
    _Table("scheme_metrics.csv", SchemeMetric, {"scheme": "scheme", "metric": "metric"}),
    _Table("scheme_conditions.csv", SchemeCondition, {"scheme": "scheme"}),
    _Table(
        "delivery_links.csv",
        DeliveryLink,
        {"scheme": "scheme", "lead": "organisation"},
        {"providers": "organisation"},
    ),
    _Table("benefits.csv", Benefit, {}, {"schemes": "scheme", "metrics": "metric"}),
    _Table("benefit_profiles.csv", BenefitProfile, {"benefit": "benefit"}),
    _Table("milestones.csv", Milestone, {}, {"schemes": "scheme"}),
)


def load_scheme_rows(plan: Plan, folder: Path) -> int:
    """Save those rows of the plan's folder that are not there yet; returns how many."""
    find = _lookups(plan)
    return sum(
        load_file(
            folder / table.name,
            table.model,
            lookups={column: find[kind] for column, kind in table.one.items()},
            many={column: find[kind] for column, kind in table.several.items()},
            scope={"plan": plan},
        )
        for table in _TABLES
    )


def load_scheme_board_rows(board: Board, folder: Path) -> int:
    """Save what happened around a board's plan, as context of the board; returns how many."""
    scope: dict[str, Any] = {"board": board, "plan": None}
    return load_file(folder / "context_around_plan.csv", ContextFigure, lookups={}, scope=scope)


def _lookups(plan: Plan) -> dict[str, Lookup]:
    """Finders by natural key; a scheme is one of the plan or of the joint plan above it."""
    schemes = Scheme.objects.filter(Q(plan=plan.pk) | Q(plan=plan.part_of_id))
    return {
        "benefit": by_key(Benefit.objects.filter(plan=plan), "ref"),
        "metric": by_key(Metric.objects.all(), "key"),
        "organisation": by_key(Organisation.objects.all(), "key"),
        "scheme": by_key(schemes, "reference"),
    }
