"""The admin of schemes and spend lines."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import admin

from bcf.base.formfields import RowChoiceField
from bcf.ui.widgets import PartSelect
from plans.admin.columns import OF_PLAN, money_column, shortened
from plans.admin.fieldsets import CITED, PUBLISHED, closed, fieldsets, group
from plans.admin.filters import OF_PLANS, year_filter
from plans.admin.grid import GridAdmin
from plans.admin.owners import PlanRowAdmin
from plans.admin.rows import SOURCE
from plans.admin.value_filters import cycle_filter, related_filter, value_filter
from plans.cycle_choices import funding_sources, sub_types
from plans.models import Plan
from plans.row_forms import POUNDS, RowForm, organisation_groups
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


def _with_units(plan: Plan | None, used: list[str]) -> list[str]:
    """Words used as units, and the units of the plan's cycle: of sub types, else of their types."""
    types = plan.asked.scheme_types if plan else ()
    units = (each.unit_of(sub) for each in types for sub in ("", *(s.key for s in each.sub_types)))
    return list(dict.fromkeys((*filter(None, units), *used)))


class SpendLineForm(RowForm):
    """A spend line, with the choices of its plan's cycle."""

    SUGGESTED = ("theme", "output_unit")

    scheme = RowChoiceField(
        required=False, help_text="Leave empty where the plan does not say which scheme."
    )
    breaks_down = RowChoiceField(
        required=False,
        label="Component of the line",
        help_text="A component is shown under its line and not added to the total again.",
    )
    funding_source = forms.ChoiceField(required=False)
    area_of_spend = forms.ChoiceField(required=False)
    commissioner = forms.ChoiceField(required=False)
    provider_type = forms.ChoiceField(required=False)
    provider = RowChoiceField(required=False)
    primary_objective = forms.ChoiceField(required=False)

    CHOICES = {
        "funding_source": funding_sources,
        "area_of_spend": lambda cycle: cycle.areas_of_spend,
        "commissioner": lambda cycle: cycle.commissioners,
        "provider_type": lambda cycle: cycle.provider_types,
        "primary_objective": lambda cycle: cycle.primary_objectives,
    }

    class Meta:
        model = SpendLine
        fields = "__all__"
        labels = {"in_pool": "In the pool: it counts towards the pool’s spend"}
        help_texts = {
            "amount": POUNDS,
            "theme": "The heading under which the plan puts the line.",
            "nhs_percent": "In per cent, for a joint commissioner; both shares add to 100.",
            "la_percent": "In per cent, for a joint commissioner; both shares add to 100.",
            "planned_output": "How much of what is bought, such as 1,200.",
            "output_unit": "What the output is counted in, such as hours of care.",
            "comment": "What a reader of the line should know, if anything.",
        }

    def _words_used(self, name: str) -> Callable[[], list[str]]:
        """Units of output that the cycle names for its scheme types are suggested too."""
        read = super()._words_used(name)
        return (lambda: _with_units(self.bound_plan, read())) if name == "output_unit" else read

    def rows_offered(self) -> dict[str, Any]:
        plan = self.bound_plan
        return {
            "scheme": schemes_of(plan),
            "breaks_down": wholes_of(plan),
            "provider": organisation_groups(plan),
        }


class SpendLineTableForm(SpendLineForm):
    """A spend line in its plan's table, which has no column for the provider."""

    def rows_offered(self) -> dict[str, Any]:
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
        cycle_filter(
            "primary_objective", "primary objective", lambda cycle: cycle.primary_objectives
        ),
        related_filter("provider"),
        CountsFilter,
    )
    search_fields = ("description", "theme", "scheme__name", "scheme__reference", "plan__title")
    fieldsets = fieldsets(
        ("financial_year", "scheme", "description", "amount", "funding_source", "in_pool"),
        group(
            "What it is spent on, and who commissions and provides it",
            "area_of_spend",
            "area_specified",
            "commissioner",
            "nhs_percent",
            "la_percent",
            "provider_type",
            "provider",
            "primary_objective",
            "new_or_existing",
            "theme",
            "comment",
        ),
        closed("Planned output", "planned_output", "output_unit"),
        closed("Component of another line", "breaks_down"),
        PUBLISHED,
    )
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


class SchemeForm(RowForm):
    """A scheme; where the cycle has no scheme types, none is asked for."""

    financial_year = None  # type: ignore[assignment]
    parent = RowChoiceField(
        required=False,
        label="Part of scheme",
        help_text="A scheme or theme of this plan, or of the joint plan above it.",
    )
    scheme_type = forms.ChoiceField(required=False)
    sub_type = forms.ChoiceField(
        required=False,
        widget=PartSelect,
        label="Sub type",
        help_text="One of the scheme type’s own.",
    )
    lead_commissioner = RowChoiceField(required=False)

    CHOICES = {"scheme_type": lambda cycle: cycle.scheme_types, "sub_type": sub_types}
    PARTS = {"sub_type": "scheme_type"}
    SUGGESTED = ("theme", "tier")
    BESIDE = {"type_specified": "scheme_type"}

    class Meta:
        model = Scheme
        fields = "__all__"
        help_texts = {
            "theme": "The heading under which the plan puts the scheme.",
            "tier": "Where the plan sorts schemes by tiers of care, such as Tier 2.",
            "type_specified": "For the scheme type “Other”: which.",
            "other_names": "Other names and references under which the plan prints the scheme.",
        }

    def rows_offered(self) -> dict[str, Any]:
        plan = self.bound_plan
        own = self.instance.pk
        return {
            "parent": [each for each in schemes_of(plan) if each.pk != own],
            "lead_commissioner": organisation_groups(plan),
        }


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
    fieldsets = fieldsets(
        (
            "reference",
            "name",
            "theme",
            "scheme_type",
            "sub_type",
            "type_specified",
            "lead_commissioner",
            "summary",
        ),
        group(
            "Detailed scheme description",
            "objective",
            "overview",
            "delivery_chain",
            "evidence",
            "investment",
            "impact",
            "feedback_loop",
            "success_factors",
        ),
        closed("Assumptions behind cost and saving", "costing_assumption", "savings_assumption"),
        closed(
            "Place among other schemes",
            "parent",
            "tier",
            "other_names",
            "printed_with",
            "links_in_words",
        ),
        CITED,
    )
