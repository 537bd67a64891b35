"""Headings of a plan's own, beside those of its cycle's template."""

from collections.abc import Iterable
from dataclasses import replace

from django.core.exceptions import ValidationError
from django.db import models

from bcf.base.models import Cited, Row
from bcf.base.sentences import one_of, quoted
from plans.cycle_definitions import BLOCKS
from plans.models.offered import is_stored, require_choice
from plans.models.plan import Plan

DEEPEST = 4


class OwnHeading(Cited, Row):
    """A heading that a plan adds to its template, in the order of the plan's own contents list.

    Under it stand `text`, and what the product knows already: the answer to a `question` of the
    template, or a `block` filled from rows. `level` 1 is a chapter, 2 a section within it.
    """

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="own_headings")
    order = models.PositiveSmallIntegerField(help_text="Its place among the plan’s own headings.")
    level = models.PositiveSmallIntegerField(
        default=1,
        help_text="1 for a chapter, 2 for a section of it, down to 4.",
    )
    number = models.CharField(max_length=20, blank=True, help_text="As the plan prints it.")
    heading = models.CharField(max_length=200)
    covers = models.CharField("what it covers, in our words", max_length=300, blank=True)
    text = models.TextField(blank=True)
    question = models.CharField("question of the template answered here", max_length=40, blank=True)
    block = models.CharField("table or list shown here", max_length=40, blank=True)

    class Meta:
        ordering = ("plan", "order")
        verbose_name = "own heading"
        constraints = (
            models.UniqueConstraint(
                fields=("plan", "ref"),
                name="own_heading_ref_once",
                violation_error_message="This plan has a heading of this reference already.",
            ),
            models.UniqueConstraint(
                fields=("plan", "order"),
                name="own_heading_order_once",
                violation_error_message=(
                    "This plan has an own heading at this place already. Give another order."
                ),
            ),
            models.UniqueConstraint(
                fields=("plan", "block"),
                condition=~models.Q(block=""),
                name="own_heading_block_once",
                violation_error_message=(
                    "This is shown under another own heading already. Choose it under one of them."
                ),
            ),
            models.CheckConstraint(
                condition=models.Q(level__gte=1) & models.Q(level__lte=DEEPEST),
                name="own_heading_level_from_1_to_4",
                violation_error_message=(
                    f"A heading is of level 1 to {DEEPEST}. Type one of these."
                ),
            ),
        )

    def __str__(self) -> str:
        return f"{self.number} {self.heading}".strip()

    @property
    def block_label(self) -> str:
        """What the table or list shown under it is called; blank where there is none."""
        return BLOCKS[self.block].label if self.block in BLOCKS else self.block

    def natural_key_parts(self) -> Iterable[object]:
        return [self.number, self.heading]

    def clean(self) -> None:
        if self.plan_id is None:
            return
        questions = self.plan.cycle.definition.questions_of(self.plan.template_version)
        headed = [replace(each, label=each.heading) for each in questions]
        errors = require_choice(self, "question", headed)
        if self.block and self.block not in BLOCKS and not is_stored(self, "block"):
            labels = [kind.label for kind in BLOCKS.values()]
            errors["block"] = f"{quoted(self.block)} is no table or list. {one_of(labels)}"
        if errors:
            raise ValidationError(errors)
