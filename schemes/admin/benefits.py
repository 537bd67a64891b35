"""The admin of benefits, their months, and milestones."""

from typing import Any, ClassVar

from django.contrib import admin
from django.db import models

from bcf.base.formfields import PeriodChoiceField, RowChoiceField, RowsChoiceField
from bcf.money import format_pounds
from bcf.periods import FinancialYear, Month
from metrics.offered import metric_groups
from metrics.rules import number
from plans.admin.columns import (
    OF_PLAN,
    date_column,
    money_column,
    number_column,
    period_column,
    shortened,
)
from plans.admin.fieldsets import CITED, PUBLISHED, closed, fieldsets, group
from plans.admin.filters import OF_PLANS, period_filter, year_filter
from plans.admin.grid import GridAdmin
from plans.admin.owners import PlanRowAdmin
from plans.admin.value_filters import related_filter, stated_filter, value_filter
from plans.cycle_choices import Entries, Group
from plans.cycle_definitions import Choice, CycleDefinition
from plans.models import Plan
from plans.row_forms import POUNDS, RowForm
from schemes.admin.filters import scheme_filter
from schemes.admin.grids import BENEFIT_PROFILES, BENEFITS, MILESTONES
from schemes.models import Benefit, BenefitProfile, Milestone, Scheme
from schemes.queries import SAVINGS


def schemes_above(plan: Plan | None) -> models.QuerySet[Scheme]:
    """The schemes of a plan and of the joint plan that it is a part of."""
    if plan is None:
        return Scheme.objects.none()
    return Scheme.objects.filter(plan__in=[plan.pk, plan.part_of_id or plan.pk])


class SeveralSchemesForm(RowForm):
    """A row that may be about several schemes of its plan or of the joint plan above it."""

    schemes = RowsChoiceField(required=False, help_text="One or several, or none.")

    def rows_offered(self) -> dict[str, Any]:
        return {"schemes": schemes_above(self.bound_plan)}


class BenefitForm(SeveralSchemesForm):
    metrics = RowsChoiceField(required=False, help_text="What the benefit should change.")

    SUGGESTED = ("change_unit", "beneficiary")

    class Meta:
        model = Benefit
        fields = "__all__"
        help_texts = {
            "change": "In the unit below; a reduction is a negative number, such as -23.",
            "change_unit": "Such as admissions or bed days.",
            "unit_price": "In pounds for one of the unit, such as 1,490.",
            "saving": f"{POUNDS} It is then worked out of the change and the unit price.",
            "beneficiary": "Who saves, such as the council or the NHS.",
        }

    def rows_offered(self) -> dict[str, Any]:
        return {**super().rows_offered(), "metrics": metric_groups(self.bound_plan)}


def _months(cycle: CycleDefinition) -> Entries:
    """The months of the cycle's years, under their years."""
    years = [FinancialYear.parse(code) for code in cycle.years]
    return [Group(year.label, [_month(year, n) for n in range(12)]) for year in years]


def _month(year: FinancialYear, after_april: int) -> Choice:
    month = Month(year.first + (after_april > 8), (after_april + 3) % 12 + 1)
    return Choice(key=month.code, label=month.label, verified=True, source="")


class BenefitProfileForm(RowForm):
    """One month of one of the plan's benefits."""

    financial_year = None  # type: ignore[assignment]
    benefit = RowChoiceField()
    month = PeriodChoiceField()

    CHOICES = {"month": _months}

    class Meta:
        model = BenefitProfile
        fields = "__all__"
        help_texts = {
            "planned": "In the benefit’s unit, such as -12.",
            "actual": "In the benefit’s unit; empty while it is not known.",
            "forecast": "In the benefit’s unit, as expected now.",
        }

    def rows_offered(self) -> dict[str, Any]:
        return {"benefit": Benefit.objects.filter(plan=self.bound_plan)}


class MilestoneForm(SeveralSchemesForm):
    """A milestone; its year may lie outside the cycle, so it is typed and not chosen."""

    financial_year = None  # type: ignore[assignment]
    SUGGESTED = ("group",)

    class Meta:
        model = Milestone
        fields = "__all__"
        labels = {"when_in_words": "When, in the plan’s words"}
        help_texts = {
            "group": "What the plan puts it under, such as a tier of care.",
            "starts": "Such as 18 September 2014, September 2014 or 2014.",
            "due": "Such as 18 September 2014, September 2014 or 2014.",
            "financial_year": "Such as 2014-15, or “not stated”.",
            "done_on": "Such as 31 March 2015; empty while it is not done.",
        }


class SeveralSchemesAdmin(PlanRowAdmin):
    """Rows of several schemes, listed together with them."""

    together: ClassVar[tuple[str, ...]] = ("schemes",)

    @admin.display(description="schemes")
    def scheme_names(self, row: Any) -> str:
        return "; ".join(shortened(str(scheme), 40) for scheme in row.schemes.all())


class BenefitAdmin(GridAdmin, SeveralSchemesAdmin):
    """What schemes are expected to change and save."""

    grid = BENEFITS
    form = BenefitForm
    together = ("schemes", "metrics")
    list_display = (
        "benefit",
        "year",
        "scheme_names",
        "metric_names",
        money_column("unit_price", "unit price (£)"),
        "saving_money",
        "beneficiary",
        OF_PLAN,
    )
    list_filter = (
        *OF_PLANS,
        year_filter(),
        scheme_filter("schemes"),
        related_filter("metrics", "metric", "metric"),
        value_filter("price_basis", "basis of the unit price"),
    )
    search_fields = ("ref", "change_unit", "beneficiary", "note", "schemes__name", "plan__title")
    sums = (SAVINGS,)
    fieldsets = fieldsets(
        ("financial_year", "schemes", "metrics"),
        group(
            "What changes, and what it saves",
            "change",
            "change_unit",
            "unit_price",
            "price_basis",
            "saving",
            "beneficiary",
        ),
        closed("Assumptions and note", "costing_assumption", "savings_assumption", "note"),
        PUBLISHED,
    )

    @admin.display(description="benefit")
    def benefit(self, benefit: Benefit) -> str:
        """The change, or what is saved where the plan states no change."""
        if benefit.change is None:
            return benefit.change_unit or "Saving"
        return f"{number(benefit.change)} {benefit.change_unit}"

    @admin.display(description="metrics")
    def metric_names(self, benefit: Benefit) -> str:
        return "; ".join(str(metric) for metric in benefit.metrics.all())

    @admin.display(description="saving (£)", ordering="saving")
    def saving_money(self, benefit: Benefit) -> str:
        """The saving, marked where it is worked out and not stated."""
        worked_out = " (worked out)" if benefit.is_worked_out else ""
        return f"{format_pounds(benefit.expected_saving)}{worked_out}"


class BenefitProfileAdmin(GridAdmin, PlanRowAdmin):
    """Benefits by month."""

    grid = BENEFIT_PROFILES
    form = BenefitProfileForm
    list_display = (
        "benefit",
        period_column("month", "month"),
        number_column("planned", "planned"),
        number_column("actual", "actual"),
        number_column("forecast", "forecast"),
        OF_PLAN,
    )
    list_select_related = ("plan__cycle", "benefit")
    list_filter = (*OF_PLANS, period_filter("month"))
    search_fields = ("benefit__ref", "benefit__change_unit", "plan__title")
    fieldsets = fieldsets(("benefit", "month", "planned", "actual", "forecast"), PUBLISHED)


class MilestoneAdmin(GridAdmin, SeveralSchemesAdmin):
    """What is to be done by when."""

    grid = MILESTONES
    form = MilestoneForm
    list_display = (
        "title",
        "printed_ref",
        "group",
        "scheme_names",
        "when",
        date_column("done_on", "done on"),
        OF_PLAN,
    )
    list_filter = (
        *OF_PLANS,
        year_filter(),
        scheme_filter("schemes"),
        value_filter("group"),
        stated_filter("done_on", "done", "Done", "Not done yet"),
    )
    search_fields = (
        "title",
        "group",
        "printed_ref",
        "when_in_words",
        "schemes__name",
        "schemes__reference",
        "plan__title",
    )

    fieldsets = fieldsets(
        ("title", "group", "printed_ref", "schemes"),
        group("When", "starts", "due", "when_in_words", "financial_year", "done_on"),
        CITED,
    )

    @admin.display(description="when", ordering="due")
    def when(self, milestone: Milestone) -> str:
        return milestone.when
