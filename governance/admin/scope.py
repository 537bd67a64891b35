"""The admin of rows that name a board, an agreement or a programme, and perhaps a plan.

What a person may see and change comes from `governance.queries`. A row of a plan is changed
while the plan is a draft; one that names no plan, by the editors of one of its boards.
"""

from collections.abc import Callable
from typing import Any, ClassVar

from django.contrib import admin
from django.db import models, transaction
from django.http import HttpRequest

from bcf.accounts.access import Ability
from governance.models import ProgrammeNetwork
from governance.queries import (
    agreement_rows_editable_by,
    agreement_rows_visible_to,
    agreements_editable_by,
    placed_editable_by,
    placed_visible_to,
    programme_rows_editable_by,
    programme_rows_visible_to,
    programmes_editable_by,
)
from plans import actions
from plans.admin import SafeAdmin, person
from plans.models import Board, Plan
from plans.queries import (
    Somebody,
    boards_where,
    may_anywhere,
    plans_editable_by,
    plans_visible_to,
)
from plans.row_forms import SafeForm
from schemes.models import Scheme

OF_BOARD = ("board", admin.RelatedOnlyFieldListFilter)


def _networks(user: Somebody) -> models.QuerySet[ProgrammeNetwork]:
    rows = ProgrammeNetwork.objects.select_related("programme")
    return rows.filter(programme__in=programmes_editable_by(user).values("pk"))


def _schemes(user: Somebody) -> models.QuerySet[Scheme]:
    return Scheme.objects.filter(plan__in=plans_visible_to(user).values("pk"))


# What a foreign key of a form offers to a person; others are free to choose.
OFFERED: dict[str, Callable[[Somebody], models.QuerySet[Any]]] = {
    "plan": plans_editable_by,
    "board": lambda user: boards_where(user, Ability.EDIT_DRAFT),
    "agreement": agreements_editable_by,
    "programme": programmes_editable_by,
    "network": _networks,
    "scheme": _schemes,
}


class BoardScopedAdmin(SafeAdmin):
    """Rows that are seen through `readable` and changed through `editable`; 404 outside."""

    form = SafeForm
    list_per_page = 50
    search_help_text = "Search by words of the row, its plan or its board"
    # Chosen once; what decides who may read and change a row never changes.
    SETTLED: ClassVar[tuple[str, ...]] = ()

    def readable(self, user: Somebody, rows: models.QuerySet[Any]) -> models.QuerySet[Any]:
        return placed_visible_to(user, rows)

    def editable(self, user: Somebody, rows: models.QuerySet[Any]) -> models.QuerySet[Any]:
        return placed_editable_by(user, rows)

    def plan_of(self, row: Any) -> Plan | None:
        """The plan whose status decides whether the row may change."""
        found: Plan | None = row.plan
        return found

    def boards_of(self, row: Any, form: Any) -> list[Board]:
        """The boards whose editors may change a row that has no plan."""
        return [row.board] if row.board else []

    def get_queryset(self, request: HttpRequest) -> models.QuerySet[Any]:
        return self.readable(request.user, super().get_queryset(request))

    def has_module_permission(self, request: HttpRequest) -> bool:
        return self.has_view_permission(request)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return may_anywhere(request.user, Ability.ENTER_ADMIN)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return may_anywhere(request.user, Ability.EDIT_DRAFT)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        if obj is None:
            return may_anywhere(request.user, Ability.EDIT_DRAFT)
        known: dict[Any, bool] = request.__dict__.setdefault("_editable_governance", {})
        key = (self.model, obj.pk)
        if key not in known:
            known[key] = self._of_person(request).filter(pk=obj.pk).exists()
        return known[key]

    has_delete_permission = has_change_permission

    def _of_person(self, request: HttpRequest) -> models.QuerySet[Any]:
        return self.editable(request.user, self.model._default_manager.all())

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        fixed = (*self.SETTLED, "ref") if obj else ()
        return (*super().get_readonly_fields(request, obj), *fixed)

    def formfield_for_foreignkey(self, db_field: Any, request: Any, **kwargs: Any) -> Any:
        if db_field.name in OFFERED:
            kwargs["queryset"] = OFFERED[db_field.name](request.user)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def hold(self, row: Any, request: HttpRequest, form: Any = None) -> None:
        """Refuse a change of what is not the person's own, or of a plan that is no draft."""
        if plan := self.plan_of(row):
            actions.hold_draft(plan, by=person(request))
            return
        numbers = [board.pk for board in self.boards_of(row, form)]
        own = boards_where(request.user, Ability.EDIT_DRAFT)
        if not own.filter(pk__in=numbers).exists():
            raise actions.NotAllowed(f"You may not change {row}: it is of no board of yours.")

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        # A row that names neither plan nor board is refused by its constraint.
        self.hold(obj, request, form)
        super().save_model(request, obj, form, change)

    def delete_model(self, request: HttpRequest, obj: Any) -> None:
        with transaction.atomic():
            self.hold(obj, request)
            super().delete_model(request, obj)

    def delete_queryset(self, request: HttpRequest, queryset: models.QuerySet[Any]) -> None:
        """Remove the rows one by one, so that each leaves a history; all or none."""
        with transaction.atomic():
            for row in queryset:
                self.hold(row, request)
                row.delete()

    def get_deleted_objects(self, objs: Any, request: HttpRequest) -> Any:
        to_delete, counts, needed, protected = super().get_deleted_objects(objs, request)
        chosen = [row.pk for row in objs]
        editable = set(self._of_person(request).filter(pk__in=chosen).values_list("pk", flat=True))
        closed = {
            f"{row} (it is not yours to change, or its plan is no draft)"
            for row in objs
            if row.pk not in editable
        }
        return to_delete, counts, needed | closed, protected


class PlacedAdmin(BoardScopedAdmin):
    """Rows with a plan, or with a board alone."""

    SETTLED = ("plan", "board")
    list_select_related: ClassVar[Any] = ("plan__cycle", "board")


class AgreementRowAdmin(BoardScopedAdmin):
    """Rows of agreements, seen and changed as their agreement is."""

    SETTLED = ("agreement",)
    list_select_related: ClassVar[Any] = ("agreement__plan",)

    def readable(self, user: Somebody, rows: models.QuerySet[Any]) -> models.QuerySet[Any]:
        return agreement_rows_visible_to(user, rows)

    def editable(self, user: Somebody, rows: models.QuerySet[Any]) -> models.QuerySet[Any]:
        return agreement_rows_editable_by(user, rows)

    def plan_of(self, row: Any) -> Plan | None:
        found: Plan | None = row.agreement.plan
        return found

    def boards_of(self, row: Any, form: Any) -> list[Board]:
        return list(row.agreement.boards.all())


class ProgrammeRowAdmin(BoardScopedAdmin):
    """Rows of programmes, changed by the editors of the programme's board."""

    SETTLED = ("programme",)
    list_select_related: ClassVar[Any] = ("programme__board",)

    def readable(self, user: Somebody, rows: models.QuerySet[Any]) -> models.QuerySet[Any]:
        return programme_rows_visible_to(user, rows)

    def editable(self, user: Somebody, rows: models.QuerySet[Any]) -> models.QuerySet[Any]:
        return programme_rows_editable_by(user, rows)

    def plan_of(self, row: Any) -> Plan | None:
        return None

    def boards_of(self, row: Any, form: Any) -> list[Board]:
        return [row.programme.board]
