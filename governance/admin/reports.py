"""The admin of what people write in the reports of boards."""

from typing import Any, ClassVar

from django.contrib import admin

from governance.forms.reports import ReportPassageForm
from governance.models import ReportPassage
from governance.scopes import PASSAGES
from plans.admin.columns import period_column, text_column
from plans.admin.fieldsets import CITED, fieldsets
from plans.admin.filters import BoardFilter, year_filter
from plans.admin.owners import BOARD, OwnedAdmin
from plans.admin.value_filters import value_filter


def _label(section: str) -> str:
    return ReportPassage(section=section).section_label


class ReportPassageAdmin(OwnedAdmin):
    """Written sections of annual reports, changed by the editors of the board."""

    scope = PASSAGES
    owners = (BOARD,)
    form = ReportPassageForm
    fieldsets = fieldsets(("financial_year", "section", "text"), CITED)
    plan_path = ""
    board_path = "board"
    list_display = (
        "heading",
        "board",
        period_column("financial_year", "financial year"),
        text_column("text", "text"),
    )
    list_select_related: ClassVar[Any] = ("board",)
    list_filter = (BoardFilter, year_filter(), value_filter("section", words=_label))
    search_fields = ("ref", "text", "board__name")

    @admin.display(description="section", ordering="section")
    def heading(self, passage: ReportPassage) -> str:
        return passage.section_label
