"""The admin of what a plan's governance consists of: conditions, risks, bodies, signatures."""

from collections.abc import Iterable
from typing import Any, ClassVar

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db.models import F
from django.http import HttpRequest

from bcf.base.sums import Sum
from bcf.money import format_pounds
from governance.admin.agreements import OF_AGREEMENT
from governance.admin.offered import OfferedAdmin
from governance.grids import RISKS
from governance.models import Body, ConditionResponse, PrintedFigure, SignOff
from governance.queries import bodies_visible_to
from governance.scopes import PLACED, RISK_SHARES
from plans.admin.columns import (
    OF_PLAN,
    date_column,
    flag_column,
    money_column,
    number_column,
    period_column,
    shortened,
    text_column,
)
from plans.admin.filters import (
    OF_PLANS,
    cycle_filter,
    related_filter,
    stated_filter,
    value_filter,
    year_filter,
)
from plans.admin.grid import GridAdmin
from plans.admin.rows import PlanRowAdmin
from plans.cycle_definitions import Choice, CycleDefinition
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
    list_display = (
        "condition_in_words",
        "status",
        "status_in_words",
        text_column("text", "response"),
        OF_PLAN,
    )
    list_filter = (
        *OF_PLANS,
        value_filter("status", "met or not"),
        cycle_filter("condition", "national condition", lambda cycle: cycle.conditions),
    )
    search_fields = ("ref", "condition", "text", "action", "plan__title")

    @admin.display(description="national condition", ordering="condition")
    def condition_in_words(self, response: ConditionResponse) -> str:
        return response.condition_label


class MaturityAssessmentAdmin(PlanRowAdmin):
    """How far each change of the High Impact Change Model has come."""

    list_display = (
        number_column("change_number", "change no."),
        "change",
        "current_level",
        "planned_level",
        "due_in_words",
        OF_PLAN,
    )
    list_display_links = ("change",)
    list_filter = (*OF_PLANS, value_filter("current_level", "maturity now"))
    search_fields = ("ref", "change", "milestone", "success_measure", "plan__title")


class SignOffAdmin(PlanRowAdmin):
    """Who signed which plan, in which role."""

    list_display = (
        "signatory",
        "position",
        "role",
        "signed_for",
        date_column("signed_on", "signed on"),
        flag_column("is_delegated", "delegated"),
        OF_PLAN,
    )
    list_select_related: ClassVar[Any] = ("plan__cycle", "organisation", "board")
    list_filter = (
        *OF_PLANS,
        value_filter("role"),
        stated_filter("signed_on", "signed", "Signed", "Not signed"),
        value_filter("is_delegated", "signed under delegation"),
    )
    search_fields = (
        "ref",
        "name",
        "position",
        "organisation__name",
        "board__name",
        "plan__title",
    )
    autocomplete_fields = ("organisation",)

    @admin.display(description="who signs", ordering="name")
    def signatory(self, row: SignOff) -> str:
        return row.name or "Not named"

    @admin.display(description="signs for", ordering="organisation__name")
    def signed_for(self, row: SignOff) -> str:
        return row.signs_for


class ProviderCommentaryAdmin(PlanRowAdmin):
    """What providers say of the figures of plans."""

    list_display = ("provider", "agrees", "signatory", text_column("text", "commentary"), OF_PLAN)
    list_select_related: ClassVar[Any] = ("plan__cycle", "provider")
    list_filter = (*OF_PLANS, related_filter("provider"), value_filter("agrees"))
    search_fields = ("ref", "provider__name", "signatory", "text", "figures", "plan__title")
    autocomplete_fields = ("provider",)


class PlacedAdmin(OfferedAdmin):
    """Rows with a plan, or with a board alone."""

    scope = PLACED
    board_path = "board"
    list_select_related: ClassVar[Any] = ("plan__cycle", "board")

    @admin.display(description="board", ordering="board__name")
    def area(self, row: Any) -> str:
        return row.board.area if row.board else ""


class RiskAdmin(GridAdmin, PlacedAdmin):
    """Risks of plans, and of boards' work before a plan."""

    grid = RISKS
    list_display = (
        text_column("title", "risk"),
        "printed_ref",
        number_column("likelihood", "likelihood (1–5)"),
        number_column("impact", "impact (1–5)"),
        "computed",
        "printed_rating",
        "rating_after_mitigation",
        "owner",
        "area",
        OF_PLAN,
    )
    list_filter = (
        *OF_PLANS,
        value_filter("likelihood"),
        value_filter("impact"),
        value_filter("rating_after_mitigation"),
        value_filter("owner"),
    )
    search_fields = ("ref", "printed_ref", "title", "mitigation", "owner", "plan__title")

    @admin.display(description="rating (of 25)", ordering=F("likelihood") * F("impact"))
    def computed(self, row: Any) -> str:
        return "not scored" if row.rating is None else str(row.rating)


class RiskShareAdmin(OfferedAdmin):
    """How over- and underspends are divided."""

    scope = RISK_SHARES
    board_path = "board"
    list_display = (
        text_column("rule", "rule"),
        "method",
        money_column("amount", "underwritten (£)"),
        "agreement",
        OF_PLAN,
    )
    list_select_related: ClassVar[Any] = ("plan__cycle", "agreement__plan", "board")
    list_filter = (*OF_PLANS, value_filter("method"), OF_AGREEMENT)
    sums = (Sum("Underwritten", "amount"),)
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
    list_display = (
        "name",
        "kind",
        "level",
        "above",
        text_column("remit", "remit", 80),
        "area",
        OF_PLAN,
    )
    together = ("reports_to",)
    list_filter = (*OF_PLANS, value_filter("kind"), value_filter("level"))
    search_fields = ("ref", "name", "kind", "remit", "plan__title", "board__name")

    @admin.display(description="reports to")
    def above(self, body: Body) -> str:
        return "; ".join(each.name for each in body.reports_to.all())

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


def _sources(cycle: CycleDefinition) -> Iterable[Choice]:
    return [*cycle.funding_groups, *cycle.funding_sources]


class PrintedFigureAdmin(PlacedAdmin):
    """What documents print that rows should give."""

    list_display = (
        "what",
        "table",
        period_column("financial_year", "financial year"),
        "source_of_money",
        "value_number",
        "area",
        OF_PLAN,
    )
    list_select_related: ClassVar[Any] = ("plan__cycle", "board")
    list_filter = (
        *OF_PLANS,
        year_filter(),
        cycle_filter("funding_source", "funding source or group", _sources, "source"),
        value_filter("measure", words=lambda measure: PrintedFigure(measure=measure).measure_label),
        value_filter("table"),
        related_filter("metric"),
    )
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

    @admin.display(description="figure", ordering="measure")
    def what(self, row: PrintedFigure) -> str:
        return shortened(row.label)

    @admin.display(description="value as printed", ordering="value")
    def value_number(self, row: PrintedFigure) -> str:
        if row.value is None:
            return shortened(row.value_in_words, 80) or "not stated"
        return format_pounds(row.value) if row.is_money else f"{row.value:,f} {row.unit}".strip()
