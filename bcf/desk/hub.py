"""The plan's page as a hub: its money as tables, and links with counts to all of its rows."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from django.contrib.admin import AdminSite
from django.db.models import Count, Model, Q, Value
from django.http import HttpRequest
from django.urls import reverse
from django.utils.text import capfirst

from bcf.assurance.checks.asking import check_for
from bcf.assurance.figures import PlanFigures
from bcf.assurance.gather import gather
from bcf.assurance.money_tables import balance_table
from bcf.assurance.summary import summarise
from bcf.desk.groups import GROUPS, Group
from bcf.desk.index import admin_address
from bcf.desk.money import Address, contributions_table, requirements_table, spend_table
from bcf.ui.tables import Table
from plans import actions
from plans.admin.columns import plan_address
from plans.admin.reach import PLAN
from plans.models import Contribution, Plan, Requirement
from plans.queries import may_on_plan, parts_visible_to, plans_visible_to
from plans.rules import actions_from
from schemes.models import SpendLine


@dataclass(frozen=True)
class Link:
    """A kind of row of the plan: how many there are, and where they are read, added, edited."""

    label: str
    sentence: str
    count: int
    address: str
    add_address: str
    grid_address: str


@dataclass(frozen=True)
class MoneyTable:
    """A table of the plan's money with the way to edit it."""

    table: Table
    link: Link


@dataclass(frozen=True)
class Section:
    """The kinds of rows of one group."""

    key: str
    title: str
    links: tuple[Link, ...]


TABLES = (
    (Contribution, contributions_table),
    (SpendLine, spend_table),
    (Requirement, requirements_table),
)


def hub_of(request: HttpRequest, site: AdminSite, plan: Plan, *, may_edit: bool) -> dict[str, Any]:
    """What stands on the plan's page beside its own facts; a fixed number of queries."""
    parts = parts_visible_to(request.user, plan)
    figures = gather(plan, parts)
    links = _links(request, site, plan, may_edit)
    return {
        "balance_table": balance_table(summarise(figures)),
        "money_tables": list(_money_tables(plan, replace(figures, parts=()), links)),
        "sections": [_section(group, links) for group in GROUPS if _has_any(group, links)],
        "plan_actions": _actions(request, plan),
        "family": list(_family(request, plan, figures)),
        "findings": check_for(request.user, plan),
    }


def _section(group: Group, links: dict[type[Model], Link]) -> Section:
    found = tuple(links[model] for model in group.kinds if model in links)
    return Section(group.key, group.title, found)


def _has_any(group: Group, links: Iterable[type[Model]]) -> bool:
    return not group.kinds.keys().isdisjoint(links)


def _actions(request: HttpRequest, plan: Plan) -> list[dict[str, str]]:
    return [
        {"label": action.label, "url": reverse(f"plan-{action}", args=[plan.slug])}
        for action in actions_from(plan.status)
        if may_on_plan(request.user, actions.NEEDS[action], plan)
    ]


def _family(request: HttpRequest, plan: Plan, figures: PlanFigures) -> Iterator[tuple[str, str]]:
    """The joint plan and the parts that the person may read, each with its page."""
    if plan.part_of_id is None and not figures.parts:
        return
    related = Q(pk=plan.part_of_id or 0) | Q(part_of=plan)
    for each in plans_visible_to(request.user).filter(related).order_by("title"):
        label = "Joint plan" if each.pk == plan.part_of_id else "Part"
        yield f"{label}: {each.title}", plan_address(each.pk)


# -- the money -------------------------------------------------------------------------------


def _money_tables(
    plan: Plan, figures: PlanFigures, links: dict[type[Model], Link]
) -> Iterator[MoneyTable]:
    for model, build in TABLES:
        yield MoneyTable(build(figures, _addresses(model, plan)), links[model])


def _addresses(model: type[Model], plan: Plan) -> Address:
    rows = model._default_manager.filter(plan=plan)
    numbers = dict(rows.values_list("ref", "pk"))
    return lambda ref: admin_address(model, "change", numbers[ref]) if ref in numbers else ""


# -- links to everything else ------------------------------------------------------------------


def _links(
    request: HttpRequest, site: AdminSite, plan: Plan, may_edit: bool
) -> dict[type[Model], Link]:
    """Every kind of row that belongs to a plan, in the order of the groups."""
    kinds = {
        model: (site._registry[model], sentence)
        for group in GROUPS
        for model, sentence in group.kinds.items()
        if model is not Plan and _plan_path(site, model)
    }
    counts = _counts(request, plan, {model: found for model, (found, _) in kinds.items()})
    return {
        model: Link(
            label=capfirst(str(model._meta.verbose_name_plural)),
            sentence=sentence,
            count=counts[model._meta.label_lower],
            address=f"{admin_address(model, 'changelist')}?{PLAN}={plan.pk}",
            add_address=_add_address(request, model_admin, plan) if may_edit else "",
            grid_address=_grid_address(model_admin, plan) if may_edit else "",
        )
        for model, (model_admin, sentence) in kinds.items()
    }


def _plan_path(site: AdminSite, model: type[Model]) -> str:
    model_admin: Any = site._registry.get(model)
    return str(getattr(model_admin, "plan_path", ""))


def _counts(request: HttpRequest, plan: Plan, kinds: dict[type[Model], Any]) -> dict[str, int]:
    """How many rows of each kind the plan has that the person may read; one query for all."""
    first, *others = (
        model_admin.get_queryset(request)
        .filter(**{model_admin.plan_path: plan.pk})
        .order_by()
        .select_related(None)
        .annotate(kind_of_row=Value(model._meta.label_lower))
        .values("kind_of_row")
        .annotate(how_many=Count("pk"))
        .values_list("kind_of_row", "how_many")
        for model, model_admin in kinds.items()
    )
    return {model._meta.label_lower: 0 for model in kinds} | dict(first.union(*others, all=True))


def _add_address(request: HttpRequest, model_admin: Any, plan: Plan) -> str:
    """The page on which a row of this plan is added; rows of agreements are added on theirs."""
    if model_admin.plan_path != "plan" or not model_admin.has_add_permission(request):
        return ""
    return f"{admin_address(model_admin.model, 'add')}?plan={plan.pk}"


def _grid_address(model_admin: Any, plan: Plan) -> str:
    """The page on which the rows are edited as a table, where the kind has one."""
    if not getattr(model_admin, "grid", None):
        return ""
    return admin_address(model_admin.model, "grid", plan.slug)
