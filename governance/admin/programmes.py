"""The admin of programmes of boards."""

from typing import Any, ClassVar

from django.contrib import admin
from django.db import models
from django.http import HttpRequest

from governance.admin.scope import OF_BOARD, BoardScopedAdmin, ProgrammeRowAdmin
from governance.queries import programmes_editable_by, programmes_visible_to
from plans.admin import money_column
from plans.models import Plan
from plans.queries import Somebody

OF_PROGRAMME = ("programme", admin.RelatedOnlyFieldListFilter)


class ProgrammeAdmin(BoardScopedAdmin):
    """Programmes of boards, beside their plans."""

    SETTLED = ("slug", "board")
    list_display = ("title", "board", "when")
    list_select_related: ClassVar[Any] = ("board",)
    list_filter = (OF_BOARD,)
    search_fields = ("title", "slug", "summary", "board__name")

    @admin.display(description="period", ordering="period")
    def when(self, row: Any) -> str:
        return str(row.period.label)

    def readable(self, user: Somebody, rows: models.QuerySet[Any]) -> models.QuerySet[Any]:
        return rows.filter(pk__in=programmes_visible_to(user).values("pk"))

    def editable(self, user: Somebody, rows: models.QuerySet[Any]) -> models.QuerySet[Any]:
        return programmes_editable_by(user)

    def plan_of(self, row: Any) -> Plan | None:
        return None

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return self.SETTLED if obj else ()


class ProgrammeBudgetLineAdmin(ProgrammeRowAdmin):
    list_display = (
        "label",
        "programme",
        "year",
        "source",
        money_column("amount", "amount"),
        "recurrence",
    )
    list_select_related: ClassVar[Any] = ("programme__board", "source")
    list_filter = ("financial_year", "recurrence", OF_PROGRAMME)
    search_fields = ("ref", "label", "source__name", "programme__title")
    autocomplete_fields = ("source",)

    @admin.display(description="financial year", ordering="financial_year")
    def year(self, row: Any) -> str:
        return str(row.financial_year.label)


class ProgrammeNetworkAdmin(ProgrammeRowAdmin):
    list_display = ("name", "programme", "status_in_words", "focus", "practices", "population")
    search_fields = ("ref", "name", "focus", "focus_on_own_page", "programme__title")


class ProgrammeWorkstreamAdmin(ProgrammeRowAdmin):
    list_display = ("name", "programme", "funding_in_words", "partners")
    search_fields = ("ref", "name", "overview", "objectives", "programme__title")


class ProgrammeMilestoneAdmin(ProgrammeRowAdmin):
    list_display = ("title", "programme", "network", "when_in_words", "due")
    list_select_related: ClassVar[Any] = ("programme__board", "network")
    search_fields = ("ref", "title", "when_in_words", "programme__title")


class ProgrammeMarkAdmin(ProgrammeRowAdmin):
    list_display = ("activity", "network", "month_in_words", "position", "marked")
    list_select_related: ClassVar[Any] = ("programme__board", "network")
    list_filter = (OF_PROGRAMME, ("network", admin.RelatedOnlyFieldListFilter))
    search_fields = ("ref", "activity", "month_in_words", "network__name")
