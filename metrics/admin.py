"""The admin of metrics, their values, populations and context figures."""

from typing import Any, ClassVar

from django.contrib import admin
from django.db import models, transaction
from django.http import HttpRequest

from bcf.accounts.access import Ability
from metrics.models.stated import StatedRow
from metrics.queries import (
    boards_to_state_for,
    stated_rows_editable_by,
    stated_rows_visible_to,
)
from plans import actions
from plans.admin import OF_PLAN, AdministratorAdmin, PlanRowAdmin, SafeAdmin, person
from plans.queries import may_anywhere, may_on_board, plans_editable_by
from plans.row_forms import SafeForm

OF_BOARD = ("board", admin.RelatedOnlyFieldListFilter)
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


class StatedRowAdmin(SafeAdmin):
    """Rows of own drafts, and of own boards where no plan states them."""

    form = SafeForm
    list_per_page = 50
    list_select_related: ClassVar[Any] = ("plan", "board")
    search_help_text = "Search by words of the row, its plan or its board"

    @admin.display(description="period", ordering="period")
    def when(self, row: StatedRow) -> str:
        return row.period_label

    @admin.display(description="source")
    def source(self, row: Any) -> str:
        return str(row.citation or "")

    def get_queryset(self, request: HttpRequest) -> models.QuerySet[Any]:
        return stated_rows_visible_to(request.user, super().get_queryset(request))

    def has_module_permission(self, request: HttpRequest) -> bool:
        return self.has_view_permission(request)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return may_anywhere(request.user, Ability.ENTER_ADMIN)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return may_anywhere(request.user, Ability.EDIT_DRAFT)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        if obj is None:
            return may_anywhere(request.user, Ability.EDIT_DRAFT)
        return self._may_change(request, obj)

    has_delete_permission = has_change_permission

    def _may_change(self, request: HttpRequest, row: Any) -> bool:
        """Asked once a request and row."""
        known: dict[tuple[type, int], bool] = request.__dict__.setdefault("_editable_rows", {})
        key = (type(row), row.pk)
        if key not in known:
            rows = stated_rows_editable_by(request.user, self.model._default_manager.all())
            known[key] = rows.filter(pk=row.pk).exists()
        return known[key]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        fixed = ("plan", "board", "ref") if obj else ()
        return (*super().get_readonly_fields(request, obj), *fixed)

    def formfield_for_foreignkey(self, db_field: Any, request: Any, **kwargs: Any) -> Any:
        if db_field.name == "plan":
            kwargs["queryset"] = plans_editable_by(request.user)
        if db_field.name == "board":
            kwargs["queryset"] = boards_to_state_for(request.user)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        _hold(obj, request)
        super().save_model(request, obj, form, change)

    def delete_model(self, request: HttpRequest, obj: Any) -> None:
        with transaction.atomic():
            _hold(obj, request)
            super().delete_model(request, obj)

    def delete_queryset(self, request: HttpRequest, queryset: models.QuerySet[Any]) -> None:
        """Remove the rows one by one, so that each leaves a history; all or none."""
        with transaction.atomic():
            for row in queryset.select_related("plan", "board"):
                _hold(row, request)
                row.delete()

    def get_deleted_objects(self, objs: Any, request: HttpRequest) -> Any:
        to_delete, counts, needed, protected = super().get_deleted_objects(objs, request)
        ours = stated_rows_editable_by(request.user, self.model._default_manager.all())
        editable = set(ours.filter(pk__in=[row.pk for row in objs]).values_list("pk", flat=True))
        closed = {
            f"{row} (its plan or board is not yours to change, or the plan is no draft)"
            for row in objs
            if row.pk not in editable
        }
        return to_delete, counts, needed | closed, protected


def _hold(row: Any, request: HttpRequest) -> None:
    """Hold the row's plan as a draft; where it has none, the board must be the person's own."""
    if row.plan:
        actions.hold_draft(row.plan, by=person(request))
    elif not (row.board and may_on_board(request.user, Ability.LOAD_ACTUALS, row.board)):
        raise actions.NotAllowed(f"You may not change figures of {row.board or 'no board'}.")


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
