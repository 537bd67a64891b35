"""The admin of what schemes are linked to, and of what their lines have cost."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.contrib import admin

from bcf.base.formfields import PeriodChoiceField, RowChoiceField, RowsChoiceField
from bcf.base.sums import Sum
from bcf.periods import FinancialYear, Quarter
from metrics.offered import metric_groups
from plans.admin.columns import OF_PLAN, money_column, number_column, period_column
from plans.admin.fieldsets import CITED, PUBLISHED, fieldsets
from plans.admin.filters import OF_PLANS, period_filter
from plans.admin.grid import GridAdmin
from plans.admin.owners import PlanRowAdmin
from plans.admin.value_filters import cycle_filter, related_filter, value_filter
from plans.cycle_choices import Entries, Group
from plans.cycle_definitions import Choice, CycleDefinition
from plans.row_forms import RowForm, organisation_groups
from schemes.admin.filters import scheme_filter
from schemes.admin.grids import SPEND_ACTUALS
from schemes.models import (
    DeliveryLink,
    Scheme,
    SchemeCondition,
    SchemeMetric,
    SpendActual,
    SpendLine,
)
from schemes.models.links import ALL_CONDITIONS
from schemes.queries import spend_parts

FORECASTS = (
    "Each quarter states a forecast for the whole year, so those of several quarters are not "
    "added up. Filter by one quarter to see their total."
)


class SchemeRowForm(RowForm):
    """A row about one of the plan's own schemes; it belongs to no year."""

    financial_year = None  # type: ignore[assignment]
    scheme = RowChoiceField()

    def rows_offered(self) -> dict[str, Any]:
        return {"scheme": Scheme.objects.filter(plan=self.bound_plan)}


class SchemeMetricForm(SchemeRowForm):
    metric = RowChoiceField()

    class Meta:
        model = SchemeMetric
        fields = "__all__"
        help_texts = {"label": "What the plan calls the metric, where it has its own words."}

    def rows_offered(self) -> dict[str, Any]:
        return {**super().rows_offered(), "metric": metric_groups(self.bound_plan)}


def _conditions(cycle: CycleDefinition) -> Sequence[Choice]:
    everything = Choice(key=ALL_CONDITIONS, label="All conditions", verified=False, source="")
    return [*cycle.conditions, everything]


class SchemeConditionForm(SchemeRowForm):
    condition = forms.ChoiceField(label="National condition")

    CHOICES = {"condition": _conditions}

    class Meta:
        model = SchemeCondition
        fields = "__all__"


class DeliveryLinkForm(SchemeRowForm):
    lead = RowChoiceField(
        required=False, label="Lead organisation", help_text="Leave empty where it is not stated."
    )
    providers = RowsChoiceField(required=False, help_text="One or several.")

    SUGGESTED = ("progress",)

    class Meta:
        model = DeliveryLink
        fields = "__all__"
        help_texts = {
            "service_area": "The part of the scheme, where it has several.",
            "progress": "How far it has come, in words.",
        }

    def rows_offered(self) -> dict[str, Any]:
        organisations = organisation_groups(self.bound_plan)
        both = {"lead": organisations, "providers": organisations}
        return {**super().rows_offered(), **both}


def _quarters(cycle: CycleDefinition) -> Entries:
    """The quarters of the cycle's years, under their years."""
    years = [FinancialYear.parse(code) for code in cycle.years]
    return [Group(year.label, [_quarter(Quarter(year, n)) for n in range(1, 5)]) for year in years]


def _quarter(quarter: Quarter) -> Choice:
    months = ("April to June", "July to September", "October to December", "January to March")
    label = f"Quarter {quarter.number}, {months[quarter.number - 1]}"
    return Choice(key=quarter.code, label=label, verified=True, source="")


class SpendActualForm(RowForm):
    """What one of the plan's lines has cost in a quarter."""

    financial_year = None  # type: ignore[assignment]
    line = RowChoiceField(label="Spend line")
    quarter = PeriodChoiceField(help_text="A quarter of the line’s financial year.")

    CHOICES = {"quarter": _quarters}

    class Meta:
        model = SpendActual
        fields = "__all__"
        help_texts = {
            "spent": "In pounds, in the quarter alone, such as 125,000.",
            "forecast": "In pounds, for the whole financial year, such as 500,000.",
            "output": "In the unit of the line’s planned output.",
        }

    def rows_offered(self) -> dict[str, Any]:
        return {"line": SpendLine.objects.filter(plan=self.bound_plan)}


class SchemeMetricAdmin(PlanRowAdmin):
    """Which metrics the schemes are meant to improve."""

    form = SchemeMetricForm
    list_display = ("scheme", "metric", "label", OF_PLAN)
    list_select_related = ("plan__cycle", "scheme", "metric")
    list_filter = (*OF_PLANS, scheme_filter("scheme"), related_filter("metric"))
    search_fields = ("scheme__reference", "scheme__name", "metric__name", "label", "plan__title")
    fieldsets = fieldsets(("scheme", "metric", "label"), CITED)


class SchemeConditionAdmin(PlanRowAdmin):
    """Which national conditions the schemes help to meet."""

    form = SchemeConditionForm
    list_display = ("scheme", "condition_in_words", OF_PLAN)
    list_select_related = ("plan__cycle", "scheme")
    list_filter = (
        *OF_PLANS,
        scheme_filter("scheme"),
        cycle_filter("condition", "national condition", _conditions),
    )
    search_fields = ("scheme__reference", "scheme__name", "condition", "plan__title")
    fieldsets = fieldsets(("scheme", "condition"), CITED)

    @admin.display(description="national condition", ordering="condition")
    def condition_in_words(self, link: SchemeCondition) -> str:
        return link.condition_label


class DeliveryLinkAdmin(PlanRowAdmin):
    """Who leads and provides the schemes, and how far they have come."""

    form = DeliveryLinkForm
    list_display = ("scheme", "service_area", "lead", "provider_names", "progress", OF_PLAN)
    list_select_related = ("plan__cycle", "scheme", "lead")
    together = ("providers",)
    list_filter = (*OF_PLANS, scheme_filter("scheme"), related_filter("lead", "lead organisation"))
    search_fields = (
        "scheme__reference",
        "scheme__name",
        "service_area",
        "lead__name",
        "progress",
        "plan__title",
    )
    fieldsets = fieldsets(("scheme", "service_area", "lead", "providers", "progress"), CITED)

    @admin.display(description="providers")
    def provider_names(self, link: DeliveryLink) -> str:
        return "; ".join(str(provider) for provider in link.providers.all())


class SpendActualAdmin(GridAdmin, PlanRowAdmin):
    """What the lines have cost, quarter by quarter."""

    grid = SPEND_ACTUALS
    form = SpendActualForm
    list_display = (
        "line",
        period_column("quarter", "quarter"),
        money_column("spent", "spent (£)"),
        money_column("forecast", "forecast for the year (£)"),
        number_column("output", "output"),
        OF_PLAN,
    )
    list_select_related = ("plan__cycle", "line")
    list_filter = (
        *OF_PLANS,
        period_filter("quarter"),
        value_filter("quarter", words=lambda quarter: quarter.label),
        scheme_filter("line__scheme"),
    )
    sums = (
        Sum("Spent", "spent", spend_parts("line__")),
        Sum("Forecast for the year", "forecast", spend_parts("line__"), "quarter", FORECASTS),
    )
    search_fields = ("line__description", "line__theme", "note", "plan__title")
    fieldsets = fieldsets(("line", "quarter", "spent", "forecast", "output", "note"), PUBLISHED)
