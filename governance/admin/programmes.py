"""The admin of programmes of boards."""

from typing import Any, ClassVar

from bcf.base.sums import Sum
from governance.admin.offered import PROGRAMME
from governance.forms.programmes import (
    ProgrammeBudgetLineForm,
    ProgrammeForm,
    ProgrammeMarkForm,
    ProgrammeMilestoneForm,
    ProgrammeNetworkForm,
    ProgrammeWorkstreamForm,
)
from governance.scopes import PROGRAMME_ROWS, PROGRAMMES
from plans.admin.columns import (
    date_column,
    flag_column,
    money_column,
    number_column,
    period_column,
    text_column,
)
from plans.admin.fieldsets import CITED, PUBLISHED, closed, fieldsets, group
from plans.admin.filters import BoardFilter, year_filter
from plans.admin.owners import BOARD, OwnedAdmin
from plans.admin.value_filters import related_filter, value_filter

OF_PROGRAMME = related_filter("programme")


class ProgrammeAdmin(OwnedAdmin):
    """Programmes of boards, beside their plans."""

    scope = PROGRAMMES
    owners = (BOARD,)
    form = ProgrammeForm
    fieldsets = fieldsets(("title", "slug", "period", "summary"), CITED)
    plan_path = ""
    board_path = "board"
    list_display = (
        "title",
        "board",
        period_column("period", "period"),
        text_column("summary", "summary"),
    )
    list_select_related: ClassVar[Any] = ("board",)
    list_filter = (BoardFilter,)
    search_fields = ("title", "slug", "summary", "board__name")


class ProgrammeRowAdmin(OwnedAdmin):
    """Rows of programmes, changed by the editors of the programme's board."""

    scope = PROGRAMME_ROWS
    plan_path = ""
    board_path = "programme__board"
    owners = (PROGRAMME,)
    list_select_related: ClassVar[Any] = ("programme__board",)


class ProgrammeBudgetLineAdmin(ProgrammeRowAdmin):
    """What programmes cost by year, and who gives it."""

    list_display = (
        "label",
        "programme",
        period_column("financial_year", "financial year"),
        "source",
        "recurrence",
        "duration",
        money_column("amount", "amount (£)"),
    )
    sums = (Sum("Budget", "amount"),)
    list_select_related: ClassVar[Any] = ("programme__board", "source")
    list_filter = (
        BoardFilter,
        OF_PROGRAMME,
        year_filter(),
        value_filter("recurrence"),
        related_filter("source", "source"),
    )
    search_fields = ("ref", "label", "source__name", "programme__title")
    form = ProgrammeBudgetLineForm
    fieldsets = fieldsets(
        ("label", "financial_year", "source", "amount"),
        group("How long", "recurrence", "duration", "expected_to_increase"),
        PUBLISHED,
    )


class ProgrammeNetworkAdmin(ProgrammeRowAdmin):
    """Networks of practices of programmes."""

    list_display = (
        "name",
        "programme",
        "status_in_words",
        text_column("focus", "focus", 80),
        number_column("practices", "practices"),
        number_column("population", "people"),
    )
    list_filter = (BoardFilter, OF_PROGRAMME)
    search_fields = ("ref", "name", "focus", "focus_on_own_page", "programme__title")
    form = ProgrammeNetworkForm
    fieldsets = fieldsets(
        ("name", "status_in_words", "focus", "practices", "population", "all_partners_by"),
        closed("As its own page prints it", "focus_on_own_page", "population_on_own_page"),
        CITED,
    )


class ProgrammeWorkstreamAdmin(ProgrammeRowAdmin):
    """The strands of the work of programmes."""

    list_display = (
        "name",
        "programme",
        "funding_in_words",
        text_column("partners", "partners", 80),
        text_column("overview", "what it does"),
    )
    list_filter = (BoardFilter, OF_PROGRAMME)
    search_fields = ("ref", "name", "overview", "objectives", "programme__title")
    form = ProgrammeWorkstreamForm
    fieldsets = fieldsets(("name", "funding_in_words", "partners", "overview", "objectives"), CITED)


class ProgrammeMilestoneAdmin(ProgrammeRowAdmin):
    """What programmes mean to have done by when."""

    list_display = (
        "title",
        "programme",
        "network",
        "when_in_words",
        date_column("due", "due"),
        period_column("financial_year", "financial year"),
    )
    list_filter = (BoardFilter, OF_PROGRAMME, related_filter("network"), year_filter())
    list_select_related: ClassVar[Any] = ("programme__board", "network")
    search_fields = ("ref", "title", "when_in_words", "programme__title")
    form = ProgrammeMilestoneForm
    fieldsets = fieldsets(
        ("title", "network"),
        group("When", "starts", "due", "when_in_words", "financial_year"),
        CITED,
    )


class ProgrammeMarkAdmin(ProgrammeRowAdmin):
    """The marks in the timetables of networks."""

    list_display = (
        "activity",
        "network",
        "programme",
        "month_in_words",
        number_column("position", "column of the timetable"),
        flag_column("marked", "marked"),
    )
    list_select_related: ClassVar[Any] = ("programme__board", "network")
    list_filter = (
        BoardFilter,
        OF_PROGRAMME,
        related_filter("network"),
        value_filter("activity"),
        value_filter("month_in_words", "month"),
    )
    search_fields = ("ref", "activity", "month_in_words", "network__name")
    form = ProgrammeMarkForm
    fieldsets = fieldsets(("network", "activity", "month_in_words", "position", "marked"), CITED)
