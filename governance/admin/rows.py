"""The admin of what a plan's governance consists of: conditions, risks, bodies, signatures."""

from typing import Any, ClassVar

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.http import HttpRequest

from bcf.money import format_pounds
from governance.admin.agreements import OF_AGREEMENT
from governance.admin.offered import OfferedAdmin
from governance.models import Body, ConditionResponse, PrintedFigure
from governance.queries import bodies_visible_to
from governance.scopes import PLACED, RISK_SHARES
from plans.admin.rows import PlanRowAdmin
from plans.admin.scoped import OF_BOARD, OF_PLAN, money_column, period_column
from plans.row_forms import RowForm, SafeForm


class ConditionResponseForm(RowForm):
    """A response to one of the conditions of the plan's cycle."""

    financial_year = None  # type: ignore[assignment]
    condition = forms.ChoiceField(label="national condition")

    CHOICES = {"condition": lambda cycle: cycle.conditions}

    class Meta:
        model = ConditionResponse
        fields = "__all__"


class ConditionResponseAdmin(PlanRowAdmin):
    """How plans answer the national conditions."""

    form = ConditionResponseForm
    list_display = ("condition_label", "plan", "status", "status_in_words")
    list_filter = ("status", "condition", OF_PLAN)
    search_fields = ("ref", "condition", "text", "action", "plan__title")


class MaturityAssessmentAdmin(PlanRowAdmin):
    """How far each change of the High Impact Change Model has come."""

    list_display = ("change", "plan", "change_number", "current_level", "planned_level")
    list_filter = (OF_PLAN,)
    search_fields = ("ref", "change", "milestone", "success_measure", "plan__title")


class SignOffAdmin(PlanRowAdmin):
    """Who signed which plan, in which role."""

    list_display = ("name", "position", "role", "signs_for", "plan", "signed_on")
    list_display_links = ("name", "position")
    list_select_related: ClassVar[Any] = ("plan__cycle", "organisation", "board")
    list_filter = ("role", "is_delegated", OF_PLAN)
    search_fields = (
        "ref",
        "name",
        "position",
        "organisation__name",
        "board__name",
        "plan__title",
    )
    autocomplete_fields = ("organisation",)


class ProviderCommentaryAdmin(PlanRowAdmin):
    """What providers say of the figures of plans."""

    list_display = ("provider", "plan", "signatory", "agrees")
    list_select_related: ClassVar[Any] = ("plan__cycle", "provider")
    list_filter = ("agrees", OF_PLAN)
    search_fields = ("ref", "provider__name", "signatory", "text", "figures", "plan__title")
    autocomplete_fields = ("provider",)


class PlacedAdmin(OfferedAdmin):
    """Rows with a plan, or with a board alone."""

    scope = PLACED
    list_select_related: ClassVar[Any] = ("plan__cycle", "board")


class RiskAdmin(PlacedAdmin):
    """Risks of plans, and of boards' work before a plan."""

    list_display = (
        "title",
        "plan",
        "board",
        "likelihood",
        "impact",
        "computed",
        "printed_rating",
        "rating_after_mitigation",
    )
    list_filter = ("rating_after_mitigation", OF_PLAN, OF_BOARD)
    search_fields = ("ref", "printed_ref", "title", "mitigation", "owner", "plan__title")

    @admin.display(description="rating")
    def computed(self, row: Any) -> str:
        return "not scored" if row.rating is None else str(row.rating)


class RiskShareAdmin(OfferedAdmin):
    """How over- and underspends are divided."""

    scope = RISK_SHARES
    list_display = ("rule", "method", money_column("amount", "underwritten"), "plan", "agreement")
    list_select_related: ClassVar[Any] = ("plan__cycle", "agreement__plan", "board")
    list_filter = ("method", OF_PLAN, OF_AGREEMENT, OF_BOARD)
    search_fields = ("ref", "rule", "plan__title", "agreement__title", "board__name")


class BodyForm(SafeForm):
    """A body; it does not report to itself, and reports to bodies of the same plan or board."""

    class Meta:
        model = Body
        fields = "__all__"

    def clean_reports_to(self) -> Any:
        above = self.cleaned_data["reports_to"]
        if self.instance.pk and any(body.pk == self.instance.pk for body in above):
            raise ValidationError("A body does not report to itself.")
        return above


class BodyAdmin(PlacedAdmin):
    """Who decides about plans and agreements, and to whom they report."""

    form = BodyForm
    list_display = ("name", "kind", "level", "plan", "board")
    list_filter = ("kind", "level", OF_PLAN, OF_BOARD)
    search_fields = ("ref", "name", "kind", "remit", "plan__title", "board__name")

    def get_form(
        self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any
    ) -> Any:
        form: Any = super().get_form(request, obj, change, **kwargs)
        field = form.base_fields.get("reports_to")
        if field is not None and obj is not None:
            field.queryset = field.queryset.filter(plan=obj.plan, board=obj.board)
        return form

    def formfield_for_manytomany(self, db_field: Any, request: Any, **kwargs: Any) -> Any:
        if db_field.name == "reports_to":
            kwargs["queryset"] = bodies_visible_to(request.user)
        return super().formfield_for_manytomany(db_field, request, **kwargs)


class PrintedFigureAdmin(PlacedAdmin):
    """What documents print that rows should give."""

    list_display = (
        "label",
        "plan",
        "board",
        period_column("financial_year", "financial year"),
        "source_of_money",
        "figure",
        "table",
    )
    list_select_related: ClassVar[Any] = ("plan__cycle", "board", "scheme", "metric")
    list_filter = ("financial_year", "measure", "funding_source", OF_PLAN, OF_BOARD)
    search_fields = (
        "ref",
        "measure",
        "table",
        "line",
        "theme",
        "scheme__name",
        "metric__name",
        "plan__title",
    )
    autocomplete_fields = ("scheme", "organisation", "metric")

    @admin.display(description="funding source", ordering="funding_source")
    def source_of_money(self, row: PrintedFigure) -> str:
        return row.source_label

    @admin.display(description="figure", ordering="value")
    def figure(self, row: PrintedFigure) -> str:
        if row.value is None:
            return row.value_in_words or "not stated"
        return format_pounds(row.value) if row.is_money else f"{row.value:,f} {row.unit}".strip()
