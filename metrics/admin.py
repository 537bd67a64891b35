"""The admin of metrics, their values, populations and context figures."""

from typing import Any, ClassVar

from django.contrib import admin
from django.http import HttpRequest

from bcf.accounts.access import Ability
from metrics.forms import (
    ContextFigureForm,
    MetricForm,
    MetricOptionForm,
    MetricValueForm,
    PopulationForm,
)
from metrics.grids import METRIC_VALUES
from metrics.models.stated import StatedRow
from metrics.queries import boards_to_state_for
from metrics.scopes import STATED_ROWS
from plans.admin.columns import OF_PLAN, flag_column, shortened, text_column
from plans.admin.fieldsets import CITED, PUBLISHED, closed, fieldsets, group
from plans.admin.filters import OF_PLANS, period_filter
from plans.admin.grid import GridAdmin
from plans.admin.owners import PLAN, OwnedAdmin, Owner, PlanRowAdmin
from plans.admin.scoped import AdministratorAdmin
from plans.admin.value_filters import related_filter, value_filter
from plans.queries import boards_where


class MetricAdmin(AdministratorAdmin):
    """Metrics are reference data: only administrators change them."""

    list_display = (
        "name",
        "unit",
        "better",
        "method",
        flag_column("is_national", "national or local", "National", "Local"),
        "frequency",
        "ascof_code_then",
        "ascof_code_now",
    )
    list_filter = (
        value_filter("is_national", "national metric"),
        value_filter("better"),
        value_filter("method", "how it is worked out"),
    )
    search_fields = ("name", "key", "definition", "ascof_code_then", "ascof_code_now")
    form = MetricForm
    fieldsets = fieldsets(
        ("name", "key", "definition", "unit", "better", "is_national"),
        group("How it is counted", "method", "numerator", "denominator", "age_band", "frequency"),
        group("Codes", "ascof_code_then", "ascof_code_now"),
        closed("Source of this definition", "source", "verified"),
    )

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return ("key",) if obj else ()


class MetricOptionAdmin(PlanRowAdmin):
    """Local metrics that plans considered."""

    form = MetricOptionForm
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
    fieldsets = fieldsets(
        ("indicator",),
        group("Relevance", "relevance", "relevance_reason"),
        group("Accuracy", "accuracy", "accuracy_reason"),
        group("Feasibility", "feasibility", "feasibility_reason"),
        CITED,
    )


BOARD = Owner(
    "board",
    lambda user: boards_where(user, Ability.LOAD_ACTUALS),
    boards_to_state_for,
    "Boards",
    "For a figure of a board that no plan states.",
)


class StatedRowAdmin(OwnedAdmin):
    """Rows of own drafts, and of own boards where no plan states them."""

    scope = STATED_ROWS
    board_path = "board"
    owners = (PLAN, BOARD)
    list_select_related: ClassVar[Any] = ("plan", "board")

    @admin.display(description="period", ordering="period")
    def when(self, row: StatedRow) -> str:
        return row.period_label

    @admin.display(description="board", ordering="board__name")
    def area(self, row: StatedRow) -> str:
        return row.board.area if row.board else ""


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
        value_filter("is_suppressed", "suppressed"),
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
    form = MetricValueForm
    fieldsets = fieldsets(
        ("metric", "board", "kind", "period", "measure", "value", "is_suppressed", "unit"),
        group("Numerator and denominator", "numerator", "denominator", "per"),
        closed("What it is standardised by", "standard_rate", "standard_population"),
        closed(
            "Of which part of the activity",
            "attribution",
            "commissioner",
            "provider",
            "breakdown",
            "series",
        ),
        closed("In words", "words", "period_in_words", "comment"),
        PUBLISHED,
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
    form = PopulationForm
    fieldsets = fieldsets(
        ("board", "age_band", "segment", "period", "count", "upper_count"),
        closed("Area, period and basis in words", "area", "period_in_words", "basis"),
        PUBLISHED,
    )


class ContextFigureAdmin(StatedRowAdmin):
    """Facts about plans, boards and areas that are no value of a metric."""

    value_number = _figure_column("figure", "value", "value_number")
    list_display = ("label", "subject", "when", "value_number", "area", OF_PLAN)
    list_filter = (*OF_PLANS, period_filter("period"), value_filter("subject", "about"))
    search_fields = ("ref", "label", "subject", "words", "comment", "board__name", "plan__title")
    form = ContextFigureForm
    fieldsets = fieldsets(
        ("label", "subject", "board", "period", "value", "upper_value", "unit"),
        closed("In words", "words", "period_in_words", "comment"),
        PUBLISHED,
    )
