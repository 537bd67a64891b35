"""The admin of what a plan's governance consists of: conditions, risks, bodies, signatures."""

from collections.abc import Iterable
from typing import Any, ClassVar

from django.contrib import admin
from django.db import models
from django.db.models import F
from django.http import HttpRequest

from bcf.base.sums import Sum
from bcf.money import format_pounds
from governance.admin.agreements import OF_AGREEMENT
from governance.admin.offered import AGREEMENT, RISK_SHARE
from governance.forms.plan_rows import (
    BodyForm,
    ConditionResponseForm,
    MaturityAssessmentForm,
    PrintedFigureForm,
    ProviderCommentaryForm,
    RiskForm,
    RiskShareForm,
    RiskShareTermForm,
    SignOffForm,
)
from governance.grids import RISKS
from governance.models import Body, ConditionResponse, PrintedFigure, RiskShareTerm, SignOff
from governance.scopes import PLACED, RISK_SHARE_TERMS, RISK_SHARES
from plans.admin.columns import (
    OF_PLAN,
    date_column,
    flag_column,
    money_column,
    number_column,
    period_column,
    plan_column,
    shortened,
    text_column,
)
from plans.admin.fieldsets import CITED, PUBLISHED, closed, fieldsets, group
from plans.admin.filters import OF_PLANS, year_filter
from plans.admin.grid import GridAdmin
from plans.admin.inlines import OwnedInline
from plans.admin.owners import BOARD, PLAN, OwnedAdmin, PlanRowAdmin
from plans.admin.value_filters import cycle_filter, related_filter, stated_filter, value_filter
from plans.cycle_definitions import Choice, CycleDefinition


class ConditionResponseAdmin(PlanRowAdmin):
    """How plans answer the national conditions and the planning requirements."""

    form = ConditionResponseForm
    list_display = (
        "condition_in_words",
        "status",
        "status_in_words",
        text_column("text", "response"),
        date_column("due", "due"),
        OF_PLAN,
    )
    list_filter = (
        *OF_PLANS,
        value_filter("status", "met or not"),
        cycle_filter("condition", "condition or requirement", lambda cycle: cycle.confirmed),
    )
    search_fields = ("ref", "condition", "text", "action", "plan__title")
    fieldsets = fieldsets(
        ("condition", "status", "status_in_words", "text"),
        group("Where it is not met", "action", "due", "due_in_words"),
        CITED,
    )

    @admin.display(description="condition or requirement", ordering="condition")
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
    form = MaturityAssessmentForm
    fieldsets = fieldsets(
        ("change", "change_number", "current_level", "planned_level"),
        group("How and when", "milestone", "due", "due_in_words", "success_measure"),
        CITED,
    )


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
    form = SignOffForm
    fieldsets = fieldsets(
        ("role", "organisation", "board", "name", "position", "signed_on"),
        group("Delegation", "is_delegated", "to_be_ratified_on", "note"),
        CITED,
    )

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
    form = ProviderCommentaryForm
    fieldsets = fieldsets(
        ("provider", "agrees", "text", "figures"),
        group("Who signed it", "signatory", "position"),
        CITED,
    )


class PlacedAdmin(OwnedAdmin):
    """Rows with a plan, or with a board alone."""

    scope = PLACED
    board_path = "board"
    owners = (PLAN, BOARD)
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
    form = RiskForm
    fieldsets = fieldsets(
        ("title", "likelihood", "impact", "mitigation", "owner", "board"),
        closed("As the plan prints it", "printed_ref", "printed_rating", "rating_after_mitigation"),
        CITED,
    )

    @admin.display(description="rating (of 25)", ordering=F("likelihood") * F("impact"))
    def computed(self, row: Any) -> str:
        return "not scored" if row.rating is None else str(row.rating)


class RiskShareTermInline(OwnedInline):
    """What partners bear under the rule of the page."""

    model = RiskShareTerm
    form = RiskShareTermForm
    fields = ("organisation", "percent", "amount")

    def get_formset(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> Any:
        formset: Any = super().get_formset(request, obj, **kwargs)
        formset.form.bound = {"risk_share": obj} if obj else {}
        return formset

    def get_queryset(self, request: HttpRequest) -> models.QuerySet[Any]:
        return super().get_queryset(request).select_related("organisation")


class RiskShareAdmin(OwnedAdmin):
    """How over- and underspends are divided."""

    scope = RISK_SHARES
    owners = (PLAN, AGREEMENT, BOARD)
    form = RiskShareForm
    fieldsets = fieldsets(("rule", "method", "amount", "agreement", "board"), CITED)
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
    inlines = (RiskShareTermInline,)

    def get_inlines(self, request: HttpRequest, obj: Any) -> Any:
        return super().get_inlines(request, obj) if obj else ()


class RiskShareTermAdmin(OwnedAdmin):
    """What each partner bears, read and changed as the rule is."""

    scope = RISK_SHARE_TERMS
    owners = (RISK_SHARE,)
    form = RiskShareTermForm
    fieldsets = fieldsets(("organisation", "percent", "amount"), CITED)
    plan_path = "risk_share__plan"
    board_path = "risk_share__board"
    list_display = (
        "organisation",
        "risk_share",
        number_column("percent", "share (%)"),
        money_column("amount", "amount or cap (£)"),
        plan_column("risk_share__plan"),
    )
    list_display_links = ("organisation", "risk_share")
    list_select_related: ClassVar[Any] = ("risk_share__plan__cycle", "organisation")
    list_filter = (
        *OF_PLANS,
        related_filter("risk_share", "risk share"),
        related_filter("organisation", "partner"),
    )
    search_fields = ("ref", "organisation__name", "risk_share__rule", "risk_share__plan__title")


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
    fieldsets = fieldsets(("name", "kind", "level", "remit", "reports_to", "board"), CITED)

    @admin.display(description="reports to")
    def above(self, body: Body) -> str:
        return "; ".join(each.name for each in body.reports_to.all())


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
    form = PrintedFigureForm
    fieldsets = fieldsets(
        ("measure", "financial_year", "value", "unit"),
        group(
            "What it is a figure of",
            "funding_source",
            "sub_source",
            "scheme",
            "theme",
            "metric",
            "organisation",
            "site",
            "board",
        ),
        group("Where it stands", "table", "line"),
        closed("In words", "value_in_words", "period_in_words", "note"),
        PUBLISHED,
    )

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
