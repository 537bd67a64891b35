"""The admin of schemes and spend lines."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.contrib import admin
from django.db import models
from django.http import HttpRequest

from bcf.base.formfields import RowChoiceField
from plans.admin.inlines import PlanRowInline
from plans.admin.rows import PlanRowAdmin
from plans.admin.scoped import OF_PLAN, StatedFilter, money_column
from plans.models import Plan
from plans.row_forms import RowForm, SafeForm
from schemes.models import Scheme, SpendLine
from schemes.queries import components_under_wholes


def schemes_of(plan: Plan | None) -> list[Scheme]:
    """The schemes of a plan and of the joint plan that it is a part of."""
    if plan is None:
        return []
    return list(Scheme.objects.filter(plan__in=[plan.pk, plan.part_of_id or plan.pk]))


def wholes_of(plan: Plan | None) -> list[SpendLine]:
    """The lines of a plan that a component may break down."""
    if plan is None:
        return []
    return list(SpendLine.objects.filter(plan=plan, breaks_down__isnull=True))


class SpendLineForm(RowForm):
    """A spend line, with the choices of its plan's cycle."""

    scheme = RowChoiceField(required=False)
    breaks_down = RowChoiceField(required=False)
    funding_source = forms.ChoiceField(required=False)
    area_of_spend = forms.ChoiceField(required=False)
    commissioner = forms.ChoiceField(required=False)
    provider_type = forms.ChoiceField(required=False)

    CHOICES = {
        "funding_source": lambda cycle: cycle.funding_sources,
        "area_of_spend": lambda cycle: cycle.areas_of_spend,
        "commissioner": lambda cycle: cycle.commissioners,
        "provider_type": lambda cycle: cycle.provider_types,
    }

    class Meta:
        model = SpendLine
        fields = "__all__"

    def rows_offered(self) -> dict[str, Iterable[Any]]:
        plan = self.bound_plan
        return {"scheme": schemes_of(plan), "breaks_down": wholes_of(plan)}


class SpendLineInline(PlanRowInline):
    """The spend lines of a plan as a table, each component under the line it breaks down."""

    model = SpendLine
    form = SpendLineForm
    fields = (
        "financial_year",
        "scheme",
        "description",
        "theme",
        "funding_source",
        "area_of_spend",
        "amount",
        "in_pool",
        "breaks_down",
    )

    def get_queryset(self, request: HttpRequest) -> models.QuerySet[SpendLine]:
        rows = super().get_queryset(request).select_related("scheme", "breaks_down")
        return components_under_wholes(rows)


class SpendLineAdmin(PlanRowAdmin):
    """Spend lines of all plans that the person may read."""

    form = SpendLineForm
    list_display = (
        "description",
        "plan",
        "year",
        "scheme",
        "theme",
        money_column("amount", "amount"),
        "counts",
    )
    list_select_related = ("plan__cycle", "scheme")
    list_filter = ("financial_year", "in_pool", ("funding_source", StatedFilter), OF_PLAN)
    search_fields = ("description", "theme", "scheme__name", "scheme__reference", "plan__title")
    autocomplete_fields = ("provider",)

    @admin.display(description="counts in the pool")
    def counts(self, line: SpendLine) -> str:
        if line.breaks_down_id:
            return "No: component"
        return "Yes" if line.in_pool else "No: not in pool"


class SchemeForm(SafeForm):
    """A scheme; where the cycle has no scheme types, none is offered."""

    bound_plan: Plan | None = None

    parent = RowChoiceField(required=False)
    scheme_type = forms.ChoiceField(required=False)
    sub_type = forms.ChoiceField(required=False)

    class Meta:
        model = Scheme
        fields = "__all__"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        plan = self.bound_plan
        if plan is not None and self.instance.plan_id is None:
            self.instance.plan = plan
        types = plan.cycle.definition.scheme_types if plan else ()
        for name, entries in {
            "scheme_type": types,
            "sub_type": [sub for each in types for sub in each.sub_types],
        }.items():
            if name in self.fields:
                offered = [(entry.key, entry.label) for entry in entries]
                self.fields[name].choices = [("", "—"), *offered]  # type: ignore[attr-defined]
        parent = self.fields.get("parent")
        if isinstance(parent, RowChoiceField):
            parent.offer(each for each in schemes_of(plan) if each.pk != self.instance.pk)


class SchemeAdmin(PlanRowAdmin):
    """Schemes of all plans that the person may read, with the template's description."""

    form = SchemeForm
    list_display = ("reference", "name", "plan", "theme", "parent")
    list_display_links = ("reference", "name")
    list_select_related = ("plan__cycle", "parent")
    list_filter = (("theme", StatedFilter), OF_PLAN)
    search_fields = ("reference", "name", "theme", "summary", "plan__title")
    autocomplete_fields = ("lead_commissioner",)
