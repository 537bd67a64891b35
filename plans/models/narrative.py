"""What a plan says in words, and the shares of people that a board has of a commissioner."""

from collections.abc import Iterable
from dataclasses import replace

from django.core.exceptions import ValidationError
from django.db import models

from bcf.base.fields import PartialDateField, PercentField
from bcf.base.models import Cited, Row, Versioned
from plans.choices import OrganisationKind
from plans.models.offered import require_choice
from plans.models.organisations import Board, Organisation
from plans.models.plan import Plan


class Answer(Cited, Row):
    """A plan's answer to a question of its template; one question may have several, in order."""

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="answers")
    question = models.CharField(max_length=40, help_text="The key of the cycle’s question.")
    order = models.PositiveSmallIntegerField(default=1)
    text = models.TextField()
    status_in_words = models.CharField("status, in words", max_length=100, blank=True)
    due = PartialDateField("due", help_text="2015-04-01, 2015-04 or 2015.")

    class Meta:
        ordering = ("plan", "question", "order")
        constraints = (
            models.UniqueConstraint(
                fields=("plan", "ref"),
                name="answer_ref_once",
                violation_error_message="This plan has an answer of this reference already.",
            ),
            models.UniqueConstraint(
                fields=("plan", "question", "order"),
                name="answer_order_once",
                violation_error_message=(
                    "This question has an answer at this place already. Give another order."
                ),
            ),
        )

    def __str__(self) -> str:
        return f"{self.question_heading}, {self.order}"

    @property
    def question_heading(self) -> str:
        """The question's section and heading in the template: `7(a)(i) Protecting …`."""
        for each in self.plan.cycle.definition.questions:
            if each.key == self.question:
                return each.heading
        return self.question

    def natural_key_parts(self) -> Iterable[object]:
        return [self.question, self.order]

    def clean(self) -> None:
        if self.plan_id is None:
            return
        questions = self.plan.cycle.definition.questions_of(self.plan.template_version)
        headed = [replace(each, label=each.heading) for each in questions]
        if errors := require_choice(self, "question", headed):
            raise ValidationError(errors)


class RelatedDocument(Cited, Row):
    """A paper that a plan refers to, under the reference that it prints, which may repeat."""

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="related_documents")
    printed_ref = models.CharField("reference as printed", max_length=20, blank=True)
    title = models.CharField(max_length=200)
    synopsis = models.TextField(blank=True)
    address = models.URLField("web address", max_length=500, blank=True)

    class Meta:
        ordering = ("plan", "printed_ref", "id")
        constraints = (
            models.UniqueConstraint(
                fields=("plan", "ref"),
                name="related_document_ref_once",
                violation_error_message="This plan has a document of this reference already.",
            ),
        )

    def __str__(self) -> str:
        return f"{self.printed_ref} {self.title}".strip()

    def natural_key_parts(self) -> Iterable[object]:
        return [self.printed_ref, self.title]


class PopulationShare(Cited, Versioned):
    """The share of a commissioner's population that lives in a board's area, in per cent.

    Apart from `FundingShare`, which is the share of a board's money that a commissioner gives.
    """

    FIXED = ("board_id", "commissioner_id", "vintage")

    board = models.ForeignKey(Board, on_delete=models.PROTECT, related_name="population_shares")
    commissioner = models.ForeignKey(
        Organisation,
        verbose_name="NHS commissioner",
        on_delete=models.PROTECT,
        related_name="population_shares",
        limit_choices_to={"kind": OrganisationKind.NHS_COMMISSIONER},
    )
    percent = PercentField("share of the commissioner’s population (%)")
    vintage = models.CharField(
        max_length=40, blank=True, help_text="Which count of people it comes from, such as 2014."
    )

    class Meta:
        ordering = ("board__name", "commissioner__name", "vintage")
        constraints = (
            models.UniqueConstraint(
                fields=("board", "commissioner", "vintage"),
                name="population_share_once",
                violation_error_message=(
                    "This board has a share of this commissioner of this vintage already. "
                    "Change that one."
                ),
            ),
            models.CheckConstraint(
                condition=models.Q(percent__gt=0) & models.Q(percent__lte=100),
                name="population_share_above_0_up_to_100",
                violation_error_message=(
                    "The share lies above 0%% and up to 100%%. Type one in that range."
                ),
            ),
        )

    def __str__(self) -> str:
        return f"{self.percent}% of {self.commissioner} in {self.board}"
