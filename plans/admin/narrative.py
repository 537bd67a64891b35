"""The admin of a plan's answers, own headings and related documents, and of population shares."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from django import forms
from django.contrib import admin
from django.http import HttpRequest

from plans.admin.columns import OF_PLAN, date_column, number_column, text_column
from plans.admin.fieldsets import CITED, fieldsets, group
from plans.admin.filters import OF_PLANS, BoardFilter
from plans.admin.owners import PlanRowAdmin
from plans.admin.scoped import AdministratorAdmin
from plans.admin.value_filters import cycle_filter, related_filter, value_filter
from plans.cycle_choices import questions
from plans.cycle_definitions import BLOCKS, Choice, CycleDefinition
from plans.models import Answer, OwnHeading, PopulationShare, RelatedDocument
from plans.row_forms import BLANK, RowForm, SafeForm


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


def _block(key: str) -> str:
    return BLOCKS[key].label if key in BLOCKS else key


class OwnHeadingForm(RowForm):
    """A heading of the plan's own; it belongs to no year."""

    financial_year = None  # type: ignore[assignment]
    question = forms.ChoiceField(
        label="Question of the template answered here",
        required=False,
        help_text="The answer stands under this heading.",
    )
    block = forms.ChoiceField(
        label="Table or list shown here",
        required=False,
        choices=[BLANK, *((key, kind.label) for key, kind in BLOCKS.items())],
        help_text="It is filled from the plan’s rows.",
    )

    CHOICES = {"question": questions}

    class Meta:
        model = OwnHeading
        fields = "__all__"
        labels = {"order": "Place among the plan’s own headings", "covers": "What it covers"}
        help_texts = {
            "number": "As the plan prints it, such as 7.4.",
            "level": "1 for a chapter, 2 for a section of it, down to 4.",
            "order": "1 for the first heading, 2 for the next.",
            "covers": "In a few words, such as: how discharges are made safer.",
        }


class OwnHeadingAdmin(PlanRowAdmin):
    """Own headings of all plans that the person may read, in their plans' order."""

    form = OwnHeadingForm
    list_display = (
        "heading",
        "number",
        number_column("order", "place"),
        text_column("covers", "what it covers"),
        "shown",
        OF_PLAN,
    )
    list_filter = (
        *OF_PLANS,
        value_filter("level"),
        cycle_filter("question", "question answered", _headings),
        value_filter("block", "table or list shown", _block),
    )
    ordering = ("plan", "order")
    search_fields = ("number", "heading", "covers", "text", "plan__title")
    fieldsets = fieldsets(
        ("number", "heading", "level", "order"),
        group("What stands under it", "covers", "text", "question", "block"),
        CITED,
    )

    @admin.display(description="table or list shown", ordering="block")
    def shown(self, heading: OwnHeading) -> str:
        return heading.block_label


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
