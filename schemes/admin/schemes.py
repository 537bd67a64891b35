"""The admin of schemes and spend lines."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.contrib import admin

from bcf.base.formfields import RowChoiceField
from plans.admin.columns import OF_PLAN, money_column, shortened
from plans.admin.filters import (
    OF_PLANS,
    cycle_filter,
    related_filter,
    value_filter,
    year_filter,
)
from plans.admin.grid import GridAdmin
from plans.admin.rows import SOURCE, PlanRowAdmin
from plans.models import Plan
from plans.row_forms import RowForm, SafeForm
from schemes.admin.filters import CountsFilter, scheme_filter
from schemes.admin.grids import SCHEMES, SPEND_LINES
from schemes.models import Scheme, SpendLine
from schemes.queries import SPEND


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


class SpendLineAdmin(GridAdmin, PlanRowAdmin):
    """Spend lines of all plans that the person may read."""

    grid = SPEND_LINES
    form = SpendLineForm
    is_large = True
    list_display = (
        "description",
        "year",
        "of_scheme",
        "theme",
        "source",
        "provider",
        money_column("amount", "amount (£)"),
        "counts",
        OF_PLAN,
    )
    list_select_related = ("plan__cycle", "scheme", "provider")
    list_filter = (
        *OF_PLANS,
        year_filter(),
        SOURCE,
        scheme_filter("scheme"),
        value_filter("theme"),
        cycle_filter("area_of_spend", "area of spend", lambda cycle: cycle.areas_of_spend),
        related_filter("provider"),
        CountsFilter,
    )
    search_fields = ("description", "theme", "scheme__name", "scheme__reference", "plan__title")
    autocomplete_fields = ("provider",)
    sums = (SPEND,)

    @admin.display(description="scheme", ordering="scheme__reference")
    def of_scheme(self, line: SpendLine) -> str:
        return shortened(str(line.scheme), 40) if line.scheme else ""

    @admin.display(description="funding source", ordering="funding_source")
    def source(self, line: SpendLine) -> str:
        return line.source_label

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


class SchemeAdmin(GridAdmin, PlanRowAdmin):
    """Schemes of all plans that the person may read, with the template's description."""

    grid = SCHEMES
    form = SchemeForm
    list_display = (
        "reference",
        "name",
        "theme",
        "tier",
        "parent",
        "lead_commissioner",
        OF_PLAN,
    )
    list_display_links = ("reference", "name")
    list_select_related = ("plan__cycle", "parent", "lead_commissioner")
    list_filter = (
        *OF_PLANS,
        scheme_filter("pk", "scheme and its parts"),
        value_filter("theme"),
        value_filter("tier"),
        cycle_filter("scheme_type", "scheme type", lambda cycle: cycle.scheme_types),
        related_filter("lead_commissioner", "lead commissioner"),
    )
    search_fields = ("reference", "name", "theme", "summary", "plan__title")
    autocomplete_fields = ("lead_commissioner",)
