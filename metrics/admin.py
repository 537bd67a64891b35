"""The admin of metrics, their values, populations and context figures."""

from typing import Any, ClassVar

from django.contrib import admin
from django.http import HttpRequest

from metrics.grids import METRIC_VALUES
from metrics.models.stated import StatedRow
from metrics.queries import boards_to_state_for
from metrics.scopes import STATED_ROWS
from plans.admin.columns import OF_PLAN, flag_column, shortened, text_column
from plans.admin.filters import OF_PLANS, period_filter, related_filter, value_filter
from plans.admin.grid import GridAdmin
from plans.admin.rows import PlanRowAdmin
from plans.admin.scoped import AdministratorAdmin, ScopedAdmin
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

    list_display = (
        "name",
        "unit",
        "better",
        flag_column("is_national", "national or local", "National", "Local"),
        "frequency",
        "ascof_code_then",
        "ascof_code_now",
    )
    list_filter = (value_filter("is_national", "national metric"), value_filter("better"))
    search_fields = ("name", "key", "definition", "ascof_code_then", "ascof_code_now")

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return ("key",) if obj else ()


class MetricOptionAdmin(PlanRowAdmin):
    """Local metrics that plans considered."""

    form = SafeForm
    list_display = (
        "indicator",
        "relevance",
        text_column("relevance_reason", "why relevant or not", 80),
        "accuracy",
        "feasibility",
        OF_PLAN,
    )
    list_filter = OF_PLANS
    search_fields = ("indicator", "plan__title", "relevance_reason", "feasibility_reason")


class StatedRowAdmin(ScopedAdmin):
    """Rows of own drafts, and of own boards where no plan states them."""

    scope = STATED_ROWS
    board_path = "board"
    list_select_related: ClassVar[Any] = ("plan", "board")

    @admin.display(description="period", ordering="period")
    def when(self, row: StatedRow) -> str:
        return row.period_label

    @admin.display(description="board", ordering="board__name")
    def area(self, row: StatedRow) -> str:
        return row.board.area if row.board else ""

    def formfield_for_foreignkey(self, db_field: Any, request: Any, **kwargs: Any) -> Any:
        if db_field.name == "plan":
            kwargs["queryset"] = plans_editable_by(request.user)
        if db_field.name == "board":
            kwargs["queryset"] = boards_to_state_for(request.user)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)


def _figure_column(label: str, ordering: str, name: str) -> Any:
    """A column with the row's figure and its unit, as a reader writes them."""

    @admin.display(description=label, ordering=ordering)
    def column(admin: Any, row: Any) -> str:
        return shortened(row.figure, 80)

    column.__name__ = name
    return column


class MetricValueAdmin(GridAdmin, StatedRowAdmin):
    """Values of metrics, of plans that the person may read and of boards."""

    grid = METRIC_VALUES
    is_large = True
    # By the metric's number and not by its name, which would sort all values for each page.
    ordering = ("metric_id", "period", "kind", "id")
    value_number = _figure_column("figure", "value", "value_number")
    list_display = ("metric", "kind", "when", "value_number", "part", "area", OF_PLAN)
    list_select_related: ClassVar[Any] = ("metric", "board", "plan", "provider", "commissioner")
    list_filter = (
        *OF_PLANS,
        period_filter("period"),
        related_filter("metric"),
        value_filter("kind"),
        value_filter("measure"),
        value_filter("attribution"),
        related_filter("provider"),
    )
    search_fields = (
        "breakdown",
        "series",
        "comment",
        "metric__name",
        "metric__key",
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

    people_number = _figure_column("people", "count", "people_number")
    list_display = ("who", "when", "people_number", text_column("basis", "basis", 80), OF_PLAN)
    list_filter = (
        *OF_PLANS,
        period_filter("period"),
        value_filter("age_band"),
        value_filter("segment"),
    )
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

    value_number = _figure_column("figure", "value", "value_number")
    list_display = ("label", "subject", "when", "value_number", "area", OF_PLAN)
    list_filter = (*OF_PLANS, period_filter("period"), value_filter("subject", "about"))
    search_fields = ("ref", "label", "subject", "words", "comment", "board__name", "plan__title")
    fieldsets = (
        (None, {"fields": ("plan", "board", "label", "subject", "period", "period_in_words")}),
        ("Figure", {"fields": ("value", "upper_value", "unit", "words", "comment")}),
        SOURCE,
    )
