"""The admin of what schemes are linked to, and of what their lines have cost."""

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.contrib import admin

from bcf.base.formfields import RowChoiceField
from plans.admin.rows import PlanRowAdmin
from plans.admin.scoped import OF_PLAN, money_column, period_column
from plans.cycle_definitions import Choice, CycleDefinition
from plans.row_forms import RowForm
from schemes.models import (
    DeliveryLink,
    Scheme,
    SchemeCondition,
    SchemeMetric,
    SpendActual,
    SpendLine,
)
from schemes.models.links import ALL_CONDITIONS


class SchemeRowForm(RowForm):
    """A row about one of the plan's own schemes; it belongs to no year."""

    financial_year = None  # type: ignore[assignment]
    scheme = RowChoiceField()

    def rows_offered(self) -> dict[str, Iterable[Any]]:
        return {"scheme": Scheme.objects.filter(plan=self.bound_plan)}


class SchemeMetricForm(SchemeRowForm):
    class Meta:
        model = SchemeMetric
        fields = "__all__"


def _conditions(cycle: CycleDefinition) -> Sequence[Choice]:
    everything = Choice(key=ALL_CONDITIONS, label="All conditions", verified=False, source="")
    return [*cycle.conditions, everything]


class SchemeConditionForm(SchemeRowForm):
    condition = forms.ChoiceField()

    CHOICES = {"condition": _conditions}

    class Meta:
        model = SchemeCondition
        fields = "__all__"


class DeliveryLinkForm(SchemeRowForm):
    class Meta:
        model = DeliveryLink
        fields = "__all__"


class SpendActualForm(RowForm):
    """What one of the plan's lines has cost in a quarter."""

    financial_year = None  # type: ignore[assignment]
    line = RowChoiceField()

    class Meta:
        model = SpendActual
        fields = "__all__"

    def rows_offered(self) -> dict[str, Iterable[Any]]:
        return {"line": SpendLine.objects.filter(plan=self.bound_plan)}


class SchemeMetricAdmin(PlanRowAdmin):
    """Which metrics the schemes are meant to improve."""

    form = SchemeMetricForm
    list_display = ("scheme", "metric", "label", "plan")
    list_select_related = ("plan__cycle", "scheme", "metric")
    list_filter = ("metric", OF_PLAN)
    search_fields = ("scheme__reference", "scheme__name", "metric__name", "label", "plan__title")


class SchemeConditionAdmin(PlanRowAdmin):
    """Which national conditions the schemes help to meet."""

    form = SchemeConditionForm
    list_display = ("scheme", "condition_in_words", "plan")
    list_select_related = ("plan__cycle", "scheme")
    list_filter = (OF_PLAN,)
    search_fields = ("scheme__reference", "scheme__name", "condition", "plan__title")

    @admin.display(description="national condition", ordering="condition")
    def condition_in_words(self, link: SchemeCondition) -> str:
        return link.condition_label


class DeliveryLinkAdmin(PlanRowAdmin):
    """Who leads and provides the schemes, and how far they have come."""

    form = DeliveryLinkForm
    list_display = ("scheme", "service_area", "lead", "progress", "plan")
    list_select_related = ("plan__cycle", "scheme", "lead")
    list_filter = (OF_PLAN,)
    search_fields = (
        "scheme__reference",
        "scheme__name",
        "service_area",
        "lead__name",
        "progress",
        "plan__title",
    )
    autocomplete_fields = ("lead", "providers")


class SpendActualAdmin(PlanRowAdmin):
    """What the lines have cost, quarter by quarter."""

    form = SpendActualForm
    list_display = (
        "line",
        period_column("quarter", "quarter"),
        money_column("spent", "spent"),
        money_column("forecast", "forecast for the year"),
        "output",
        "plan",
    )
    list_select_related = ("plan__cycle", "line")
    list_filter = ("quarter", OF_PLAN)
    search_fields = ("line__description", "line__theme", "note", "plan__title")
