"""The admin of benefits, their months, and milestones."""

from collections.abc import Iterable
from typing import Any, ClassVar

from django import forms
from django.contrib import admin
from django.db import models

from bcf.base.formfields import RowChoiceField
from bcf.money import format_pounds
from metrics.rules import number
from plans.admin.columns import (
    OF_PLAN,
    date_column,
    money_column,
    number_column,
    period_column,
    shortened,
)
from plans.admin.filters import (
    OF_PLANS,
    period_filter,
    related_filter,
    stated_filter,
    value_filter,
    year_filter,
)
from plans.admin.grid import GridAdmin
from plans.admin.rows import PlanRowAdmin
from plans.models import Plan
from plans.row_forms import RowForm
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

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        schemes = self.fields.get("schemes")
        if isinstance(schemes, forms.ModelMultipleChoiceField):
            schemes.queryset = schemes_above(self.bound_plan)


class BenefitForm(SeveralSchemesForm):
    class Meta:
        model = Benefit
        fields = "__all__"


class BenefitProfileForm(RowForm):
    """One month of one of the plan's benefits."""

    financial_year = None  # type: ignore[assignment]
    benefit = RowChoiceField()

    class Meta:
        model = BenefitProfile
        fields = "__all__"

    def rows_offered(self) -> dict[str, Iterable[Any]]:
        return {"benefit": Benefit.objects.filter(plan=self.bound_plan)}


class MilestoneForm(SeveralSchemesForm):
    """A milestone; its year may lie outside the cycle, so it is typed and not chosen."""

    financial_year = None  # type: ignore[assignment]

    class Meta:
        model = Milestone
        fields = "__all__"


class SeveralSchemesAdmin(PlanRowAdmin):
    """Rows of several schemes, listed together with them."""

    filter_horizontal: ClassVar[tuple[str, ...]] = ("schemes",)
    together: ClassVar[tuple[str, ...]] = ("schemes",)

    @admin.display(description="schemes")
    def scheme_names(self, row: Any) -> str:
        return "; ".join(shortened(str(scheme), 40) for scheme in row.schemes.all())


class BenefitAdmin(GridAdmin, SeveralSchemesAdmin):
    """What schemes are expected to change and save."""

    grid = BENEFITS
    form = BenefitForm
    filter_horizontal = ("schemes", "metrics")
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

    @admin.display(description="when", ordering="due")
    def when(self, milestone: Milestone) -> str:
        return milestone.when
