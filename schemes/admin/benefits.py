"""The admin of benefits, their months, and milestones."""

from collections.abc import Iterable
from typing import Any, ClassVar

from django import forms
from django.contrib import admin
from django.contrib.admin.views.main import ChangeList
from django.db import models
from django.http import HttpRequest

from bcf.base.formfields import RowChoiceField
from bcf.money import format_pounds
from plans.admin.rows import PlanRowAdmin
from plans.admin.scoped import OF_PLAN, period_column
from plans.models import Plan
from plans.row_forms import RowForm
from schemes.models import Benefit, BenefitProfile, Milestone, Scheme


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


class ReadTogether(ChangeList):
    """A list whose rows are read together with what they point at."""

    model_admin: "SeveralSchemesAdmin"

    def get_queryset(self, *args: Any, **kwargs: Any) -> models.QuerySet[Any]:
        return super().get_queryset(*args, **kwargs).prefetch_related(*self.model_admin.together)


class SeveralSchemesAdmin(PlanRowAdmin):
    """Rows of several schemes, listed together with them."""

    filter_horizontal: ClassVar[tuple[str, ...]] = ("schemes",)
    together: ClassVar[tuple[str, ...]] = ("schemes",)

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[ChangeList]:
        return ReadTogether

    @admin.display(description="schemes")
    def scheme_names(self, row: Any) -> str:
        return "; ".join(str(scheme) for scheme in row.schemes.all())


class BenefitAdmin(SeveralSchemesAdmin):
    """What schemes are expected to change and save."""

    form = BenefitForm
    filter_horizontal = ("schemes", "metrics")
    together = ("schemes", "metrics")
    list_display = (
        "benefit",
        "scheme_names",
        "metric_names",
        "plan",
        "year",
        "expected",
        "beneficiary",
    )
    list_filter = ("financial_year", "metrics", "price_basis", OF_PLAN)
    search_fields = ("ref", "change_unit", "beneficiary", "note", "schemes__name", "plan__title")

    @admin.display(description="benefit")
    def benefit(self, benefit: Benefit) -> str:
        return str(benefit)

    @admin.display(description="metrics")
    def metric_names(self, benefit: Benefit) -> str:
        return "; ".join(str(metric) for metric in benefit.metrics.all())

    @admin.display(description="saving")
    def expected(self, benefit: Benefit) -> str:
        """The saving, marked where it is worked out and not stated."""
        worked_out = " (worked out)" if benefit.is_worked_out else ""
        return f"{format_pounds(benefit.expected_saving)}{worked_out}"


class BenefitProfileAdmin(PlanRowAdmin):
    """Benefits by month."""

    form = BenefitProfileForm
    list_display = (
        "benefit",
        period_column("month", "month"),
        "planned",
        "actual",
        "forecast",
        "plan",
    )
    list_select_related = ("plan__cycle", "benefit")
    list_filter = ("month", OF_PLAN)
    search_fields = ("benefit__ref", "benefit__change_unit", "plan__title")


class MilestoneAdmin(SeveralSchemesAdmin):
    """What is to be done by when."""

    form = MilestoneForm
    list_display = ("title", "group", "printed_ref", "scheme_names", "when", "plan", "done_on")
    list_filter = ("group", "financial_year", OF_PLAN)
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
