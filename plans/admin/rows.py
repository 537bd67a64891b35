"""The admin of rows of plans: each chooses its plan once, and offers what its cycle offers."""

from typing import Any, ClassVar

from django.contrib import admin
from django.http import HttpRequest

from bcf.base.sums import Sum
from plans.admin.columns import OF_PLAN, money_column, period_column
from plans.admin.filters import OF_PLANS, cycle_filter, related_filter, year_filter
from plans.admin.grid import GridAdmin
from plans.admin.money_grids import CONTRIBUTIONS, REQUIREMENTS
from plans.admin.scoped import ScopedAdmin
from plans.models import Contribution, Plan, Requirement
from plans.queries import plans_editable_by
from plans.row_forms import ContributionForm, RequirementForm
from plans.scopes import PLAN_ROWS


class PlanRowAdmin(ScopedAdmin):
    """The admin of a row of a plan. Its plan is chosen once, among own drafts."""

    scope = PLAN_ROWS
    list_select_related: ClassVar[Any] = ("plan__cycle",)
    search_help_text = "Words of the row or its plan, or an amount"

    year = staticmethod(period_column("financial_year", "financial year"))

    def get_form(
        self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any
    ) -> Any:
        form = super().get_form(request, obj, change, **kwargs)
        # Forms of rows offer the choices of one plan: of the row's, or of the one being chosen.
        form.bound_plan = obj.plan if obj else _chosen_plan(request)
        return form

    def formfield_for_foreignkey(self, db_field: Any, request: Any, **kwargs: Any) -> Any:
        if db_field.name == "plan":
            kwargs["queryset"] = plans_editable_by(request.user)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)


def _chosen_plan(request: HttpRequest) -> Plan | None:
    """The plan that an add page is for, by what was posted or asked for in the address."""
    number = request.POST.get("plan") or request.GET.get("plan") or ""
    if not number.isdecimal():
        return None
    return plans_editable_by(request.user).filter(pk=number).first()


SOURCE = cycle_filter(
    "funding_source", "funding source", lambda cycle: cycle.funding_sources, "source"
)
OVERLAP = (
    "Published minimums of different rules overlap, so they are not added up. "
    "Filter by one requirement to see its total."
)


class ContributionAdmin(GridAdmin, PlanRowAdmin):
    """Contributions of all plans that the person may read."""

    grid = CONTRIBUTIONS
    form = ContributionForm
    list_display = (
        "source",
        "year",
        "contributor",
        money_column("amount", "amount (£)"),
        OF_PLAN,
    )
    list_select_related = ("plan__cycle", "contributor")
    list_filter = (*OF_PLANS, year_filter(), SOURCE, related_filter("contributor"))
    search_fields = ("ref", "funding_source", "note", "plan__title", "contributor__name")
    autocomplete_fields = ("contributor",)
    sums = (Sum("Contributions", "amount"),)

    @admin.display(description="funding source", ordering="funding_source")
    def source(self, contribution: Contribution) -> str:
        return contribution.source_label


class RequirementAdmin(GridAdmin, PlanRowAdmin):
    """Published minimums of all plans that the person may read."""

    grid = REQUIREMENTS
    form = RequirementForm
    list_display = (
        "requirement",
        "year",
        money_column("minimum", "minimum (£)"),
        money_column("actual", "as the plan states it (£)"),
        OF_PLAN,
    )
    list_filter = (
        *OF_PLANS,
        year_filter(),
        cycle_filter("rule", "requirement", lambda cycle: cycle.requirement_rules),
    )
    search_fields = ("ref", "rule", "note", "plan__title")
    sums = (
        Sum("Minimum", "minimum", within="rule", why=OVERLAP),
        Sum("As the plans state it", "actual", within="rule"),
    )

    @admin.display(description="requirement", ordering="rule")
    def requirement(self, requirement: Requirement) -> str:
        return requirement.rule_label
