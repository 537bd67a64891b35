"""The admin of rows of plans: each chooses its plan once, and offers what its cycle offers."""

from typing import Any, ClassVar

from django.http import HttpRequest

from plans.admin.scoped import OF_PLAN, ScopedAdmin, money_column, period_column
from plans.models import Plan
from plans.queries import plans_editable_by
from plans.row_forms import ContributionForm, RequirementForm
from plans.scopes import PLAN_ROWS


class PlanRowAdmin(ScopedAdmin):
    """The admin of a row of a plan. Its plan is chosen once, among own drafts."""

    scope = PLAN_ROWS
    list_select_related: ClassVar[Any] = ("plan__cycle",)
    search_help_text = "Search by words of the row or its plan"

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


class ContributionAdmin(PlanRowAdmin):
    """Contributions of all plans that the person may read."""

    form = ContributionForm
    list_display = (
        "source_label",
        "plan",
        "year",
        "contributor",
        money_column("amount", "amount"),
    )
    list_select_related = ("plan__cycle", "contributor")
    list_filter = ("financial_year", "funding_source", OF_PLAN)
    search_fields = ("ref", "funding_source", "plan__title", "contributor__name", "note")
    autocomplete_fields = ("contributor",)


class RequirementAdmin(PlanRowAdmin):
    """Published minimums of all plans that the person may read."""

    form = RequirementForm
    list_display = (
        "rule_label",
        "plan",
        "year",
        money_column("minimum", "minimum"),
        money_column("actual", "stated by the plan"),
    )
    list_filter = ("financial_year", "rule", OF_PLAN)
    search_fields = ("ref", "rule", "plan__title", "note")
