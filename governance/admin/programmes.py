"""The admin of programmes of boards."""

from typing import Any, ClassVar

from django.contrib import admin

from governance.admin.offered import OfferedAdmin
from governance.scopes import PROGRAMME_ROWS, PROGRAMMES
from plans.admin.scoped import OF_BOARD, money_column, period_column

OF_PROGRAMME = ("programme", admin.RelatedOnlyFieldListFilter)


class ProgrammeAdmin(OfferedAdmin):
    """Programmes of boards, beside their plans."""

    scope = PROGRAMMES
    list_display = ("title", "board", period_column("period", "period"))
    list_select_related: ClassVar[Any] = ("board",)
    list_filter = (OF_BOARD,)
    search_fields = ("title", "slug", "summary", "board__name")


class ProgrammeRowAdmin(OfferedAdmin):
    """Rows of programmes, changed by the editors of the programme's board."""

    scope = PROGRAMME_ROWS
    list_select_related: ClassVar[Any] = ("programme__board",)


class ProgrammeBudgetLineAdmin(ProgrammeRowAdmin):
    list_display = (
        "label",
        "programme",
        period_column("financial_year", "financial year"),
        "source",
        money_column("amount", "amount"),
        "recurrence",
    )
    list_select_related: ClassVar[Any] = ("programme__board", "source")
    list_filter = ("financial_year", "recurrence", OF_PROGRAMME)
    search_fields = ("ref", "label", "source__name", "programme__title")
    autocomplete_fields = ("source",)


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
