"""The admin's index: the person's plans, and every kind of row in groups."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.admin import AdminSite, ModelAdmin
from django.db.models import Case, Model, Value, When
from django.http import HttpRequest
from django.urls import reverse
from django.utils.text import capfirst

from bcf.accounts.access import Ability
from bcf.assurance.changes import last_changes
from bcf.desk.groups import GROUPS, Group
from plans.admin.columns import plan_address
from plans.choices import PlanStatus
from plans.models import Plan
from plans.queries import boards_where, plans_editable_by

# An administrator’s boards are all there are; the list of plans has the others.
MOST_PLANS = 12


@dataclass(frozen=True)
class Kind:
    """A kind of row as the index shows it."""

    model: type[Model]
    label: str
    sentence: str
    address: str
    add_address: str
    is_read_only: bool


@dataclass(frozen=True)
class ShownGroup:
    """A group with those of its kinds that the person may look at."""

    key: str
    title: str
    kinds: tuple[Kind, ...]


@dataclass(frozen=True)
class OwnPlan:
    """A plan of the person's boards: whether its rows are theirs to change, its last change."""

    plan: Plan
    address: str
    is_editable: bool
    changed_at: datetime | None


def groups_for(request: HttpRequest, site: AdminSite, app_label: str = "") -> list[ShownGroup]:
    """The groups with what the person may look at; of one app alone where it is named."""
    shown = (
        ShownGroup(group.key, group.title, tuple(_kinds(request, site, group, app_label)))
        for group in GROUPS
    )
    return [group for group in shown if group.kinds]


def _kinds(request: HttpRequest, site: AdminSite, group: Group, app_label: str) -> Iterator[Kind]:
    for model, sentence in group.kinds.items():
        if app_label and model._meta.app_label != app_label:
            continue
        model_admin = site._registry.get(model)
        if model_admin is not None and model_admin.has_view_permission(request):
            yield _kind(request, model, model_admin, sentence)


def _kind(
    request: HttpRequest, model: type[Model], model_admin: "ModelAdmin[Any]", sentence: str
) -> Kind:
    may_add = model_admin.has_add_permission(request)
    may_add = may_add and not getattr(model_admin, "is_added_elsewhere", False)
    return Kind(
        model=model,
        label=capfirst(str(model._meta.verbose_name_plural)),
        sentence=sentence,
        address=admin_address(model, "changelist"),
        add_address=admin_address(model, "add") if may_add else "",
        is_read_only=not (may_add or model_admin.has_change_permission(request)),
    )


def admin_address(model: type[Model], page: str, *args: Any) -> str:
    """The address of a page of the admin of a kind of row."""
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_{page}", args=args)


def own_plans(request: HttpRequest) -> list[OwnPlan]:
    """The plans of the person's boards, drafts first, with their last change; four queries."""
    editable = plans_editable_by(request.user).values("pk")
    boards = boards_where(request.user, Ability.EDIT_DRAFT).values("pk")
    found = Plan.objects.filter(pk__in=Plan.objects.filter(boards__in=boards).values("pk"))
    is_draft = Case(When(status=PlanStatus.DRAFT, then=Value(0)), default=Value(1))
    plans = list(
        found.select_related("cycle")
        .prefetch_related("boards")
        .order_by(is_draft, "-cycle__key", "title")[:MOST_PLANS]
    )
    changes = last_changes([plan.pk for plan in plans])
    open_ = set(editable.filter(pk__in=[plan.pk for plan in plans]).values_list("pk", flat=True))
    return [
        OwnPlan(plan, plan_address(plan.pk), plan.pk in open_, changes.get(plan.pk))
        for plan in plans
    ]
