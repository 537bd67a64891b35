"""The admin of metrics, their values, populations and context figures."""

from typing import Any, ClassVar

from django.contrib import admin
from django.http import HttpRequest

from metrics.models.stated import StatedRow
from metrics.queries import boards_to_state_for
from metrics.scopes import STATED_ROWS
from plans.admin.rows import PlanRowAdmin
from plans.admin.scoped import OF_BOARD, OF_PLAN, AdministratorAdmin, ScopedAdmin
from plans.queries import plans_editable_by
from plans.row_forms import SafeForm

PUBLISHED = (
    "printed",
    "printed_unit",
    "rounded_to",
    "qualifier",
    "unit_meant",
    "unit_ground",
    "citation_title",
    "citation_date",
    "citation_place",
)
SOURCE: Any = ("Source of this figure", {"classes": ("collapse",), "fields": PUBLISHED})


class MetricAdmin(AdministratorAdmin):
    """Metrics are reference data: only administrators change them."""

    list_display = ("name", "key", "unit", "better", "is_national", "ascof_code_now")
    list_filter = ("is_national", "better")
    search_fields = ("name", "key", "definition", "ascof_code_then", "ascof_code_now")

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return ("key",) if obj else ()


class MetricOptionAdmin(PlanRowAdmin):
    """Local metrics that plans considered."""

    form = SafeForm
    list_display = ("indicator", "plan", "relevance", "accuracy", "feasibility")
    list_filter = (OF_PLAN,)
    search_fields = ("indicator", "plan__title", "relevance_reason", "feasibility_reason")


class StatedRowAdmin(ScopedAdmin):
    """Rows of own drafts, and of own boards where no plan states them."""

    scope = STATED_ROWS
    list_select_related: ClassVar[Any] = ("plan", "board")

    @admin.display(description="period", ordering="period")
    def when(self, row: StatedRow) -> str:
        return row.period_label

    @admin.display(description="source")
    def source(self, row: Any) -> str:
        return str(row.citation or "")

    def formfield_for_foreignkey(self, db_field: Any, request: Any, **kwargs: Any) -> Any:
        if db_field.name == "plan":
            kwargs["queryset"] = plans_editable_by(request.user)
        if db_field.name == "board":
            kwargs["queryset"] = boards_to_state_for(request.user)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)


class MetricValueAdmin(StatedRowAdmin):
    """Values of metrics, of plans that the person may read and of boards."""

    list_display = ("metric", "board", "plan", "when", "kind", "figure", "part")
    list_select_related: ClassVar[Any] = ("metric", "board", "plan", "provider", "commissioner")
    list_filter = ("kind", "measure", "attribution", "metric", OF_BOARD, OF_PLAN)
    search_fields = (
        "ref",
        "metric__name",
        "metric__key",
        "period",
        "breakdown",
        "series",
        "comment",
        "board__name",
        "plan__title",
        "provider__name",
    )
    autocomplete_fields = ("metric", "provider", "commissioner")
    fieldsets = (
        (None, {"fields": ("plan", "board", "metric", "period", "period_in_words", "kind")}),
        (
            "What the figure is of",
            {"fields": ("attribution", "commissioner", "provider", "breakdown", "series")},
        ),
        (
            "Figure",
            {
                "fields": (
                    "measure",
                    "unit",
                    "per",
                    "numerator",
                    "denominator",
                    "value",
                    "words",
                    "comment",
                )
            },
        ),
        SOURCE,
    )


class PopulationAdmin(StatedRowAdmin):
    """How many people areas have, by age, segment or level of risk."""

    list_display = ("who", "plan", "when", "figure", "basis")
    list_filter = ("age_band", OF_BOARD, OF_PLAN)
    search_fields = ("ref", "area", "age_band", "segment", "basis", "board__name", "plan__title")
    fieldsets = (
        (None, {"fields": ("plan", "board", "area", "age_band", "segment")}),
        (
            "How many, when",
            {"fields": ("period", "period_in_words", "count", "upper_count", "basis")},
        ),
        SOURCE,
    )


class ContextFigureAdmin(StatedRowAdmin):
    """Facts about plans, boards and areas that are no value of a metric."""

    list_display = ("label", "subject", "plan", "board", "when", "figure")
    list_filter = (OF_BOARD, OF_PLAN)
    search_fields = ("ref", "label", "subject", "words", "comment", "board__name", "plan__title")
    fieldsets = (
        (None, {"fields": ("plan", "board", "label", "subject", "period", "period_in_words")}),
        ("Figure", {"fields": ("value", "upper_value", "unit", "words", "comment")}),
        SOURCE,
    )
