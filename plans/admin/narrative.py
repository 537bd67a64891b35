"""The admin of a plan's answers and related documents, and of shares of population."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from django import forms
from django.contrib import admin
from django.http import HttpRequest

from plans.admin.columns import OF_PLAN, date_column, number_column, text_column
from plans.admin.fieldsets import CITED, fieldsets
from plans.admin.filters import OF_PLANS, BoardFilter
from plans.admin.owners import PlanRowAdmin
from plans.admin.scoped import AdministratorAdmin
from plans.admin.value_filters import cycle_filter, related_filter
from plans.cycle_choices import questions
from plans.cycle_definitions import Choice, CycleDefinition
from plans.models import Answer, PopulationShare, RelatedDocument
from plans.row_forms import RowForm, SafeForm


def _headings(cycle: CycleDefinition) -> Sequence[Choice]:
    return [replace(each, label=each.heading) for each in cycle.questions]


class AnswerForm(RowForm):
    """An answer to one of the questions of the plan's cycle."""

    financial_year = None  # type: ignore[assignment]
    question = forms.ChoiceField()

    CHOICES = {"question": questions}

    class Meta:
        model = Answer
        fields = "__all__"
        labels = {"order": "Place among the answers to this question", "text": "Answer"}
        help_texts = {
            "order": "1 for the first or only answer, 2 for the next.",
            "due": "Where the answer promises something: 1 April 2015, April 2015 or 2015.",
        }


class AnswerAdmin(PlanRowAdmin):
    """Answers of all plans that the person may read."""

    form = AnswerForm
    list_display = (
        "heading",
        text_column("text", "answer"),
        "status_in_words",
        date_column("due", "due"),
        OF_PLAN,
    )
    list_filter = (*OF_PLANS, cycle_filter("question", "question", _headings))
    search_fields = ("question", "text", "plan__title")
    fieldsets = fieldsets(("question", "text", "status_in_words", "due", "order"), CITED)

    @admin.display(description="question", ordering="question")
    def heading(self, answer: Answer) -> str:
        return answer.question_heading


class RelatedDocumentForm(RowForm):
    """A related document; it belongs to no year."""

    financial_year = None  # type: ignore[assignment]
    address = forms.URLField(
        label="Web address",
        max_length=500,
        required=False,
        assume_scheme="https",
        help_text="Such as https://www.example.org.uk/paper.pdf.",
    )

    class Meta:
        model = RelatedDocument
        fields = "__all__"
        help_texts = {"printed_ref": "As the plan numbers its papers, such as D4; it may repeat."}


class RelatedDocumentAdmin(PlanRowAdmin):
    """Related documents of all plans that the person may read."""

    form = RelatedDocumentForm
    list_display = (
        "title",
        "printed_ref",
        text_column("synopsis", "what it says"),
        "address",
        OF_PLAN,
    )
    list_filter = OF_PLANS
    search_fields = ("printed_ref", "title", "synopsis", "plan__title")
    fieldsets = fieldsets(("title", "printed_ref", "synopsis", "address"), CITED)


class PopulationShareForm(SafeForm):
    class Meta:
        model = PopulationShare
        fields = "__all__"
        help_texts = {"percent": "In per cent, such as 62.5."}


class PopulationShareAdmin(AdministratorAdmin):
    """Which part of a commissioner's people lives in a board's area."""

    list_display = (
        "board",
        "commissioner",
        number_column("percent", "share of its people (%)"),
        "vintage",
    )
    list_display_links = ("board", "commissioner")
    list_select_related = ("board", "commissioner")
    list_filter = (BoardFilter, related_filter("commissioner", "NHS commissioner"))
    board_path = "board"
    search_fields = ("board__name", "commissioner__name", "vintage")
    form = PopulationShareForm
    fieldsets = fieldsets(("board", "commissioner", "percent", "vintage"), CITED)

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return ("board", "commissioner", "vintage") if obj else ()
