"""Rows that a plan states, or that are known of a board apart from any plan."""

from collections.abc import Iterable, Sequence
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q

from bcf.base.fields import PeriodField
from bcf.base.models import Row
from bcf.periods import NOT_STATED_TOKEN
from plans.models import Board, Plan


class StatedRow(Row):
    """A row of a plan, or of a board and no plan, for a period.

    With a plan it is seen where the plan is seen; without one by everybody signed in. Its ref
    is unique within the plan, or else within the board.
    """

    REF_SCOPE: ClassVar[tuple[str, ...]] = ("plan_id", "board_id")
    FIXED = ("ref", "plan_id", "board_id")

    plan = models.ForeignKey(
        Plan,
        verbose_name="plan that states it",
        on_delete=models.CASCADE,
        related_name="%(class)ss",
        null=True,
        blank=True,
        help_text="Leave empty for a figure of the board that no plan states.",
    )
    board = models.ForeignKey(
        Board,
        on_delete=models.PROTECT,
        related_name="%(class)ss",
        null=True,
        blank=True,
        help_text="Leave empty where it is about a joint plan’s whole area.",
    )
    period = PeriodField(
        default=NOT_STATED_TOKEN,
        help_text="Such as 2015-16, 2015-16Q3, 2017-04, 2013, 2017-04/2017-07 or not-stated.",
    )
    period_in_words = models.CharField(max_length=120, blank=True)

    class Meta:
        abstract = True

    def ref_scope(self) -> dict[str, Any]:
        """A plan's rows share one set of refs, whichever of its boards they are about."""
        return {"plan_id": self.plan_id} if self.plan_id else super().ref_scope()

    def clean(self) -> None:
        errors = self.row_errors()
        if self.plan and self.board and self.board not in self.plan.boards.all():
            errors["board"] = f"{self.board} has no part in {self.plan}."
        if errors:
            raise ValidationError(errors)

    def row_errors(self) -> dict[str, str]:
        """Errors that span this row and others."""
        return {}

    def subject_parts(self) -> Iterable[object]:
        """The board, where the row's plan is over several."""
        if self.plan and self.board and self.plan.boards.count() > 1:
            return [self.board.slug]
        return []

    @property
    def period_label(self) -> str:
        """The period in the document's words where it has its own, else as a reader reads it."""
        return self.period_in_words or str(self.period.label)


def stated_constraints(name: str, noun: str) -> Sequence[models.BaseConstraint]:
    """The constraints that every such row has: of a plan or a board, and each ref once there."""
    return (
        models.CheckConstraint(
            condition=Q(plan__isnull=False) | Q(board__isnull=False),
            name=f"{name}_of_plan_or_board",
            violation_error_message=f"Say which plan or which board this {noun} belongs to.",
        ),
        models.UniqueConstraint(
            fields=("plan", "ref"),
            condition=Q(plan__isnull=False),
            name=f"{name}_ref_once_in_plan",
            violation_error_message=f"This plan has a {noun} of this reference already.",
        ),
        models.UniqueConstraint(
            fields=("board", "ref"),
            condition=Q(plan__isnull=True),
            name=f"{name}_ref_once_on_board",
            violation_error_message=f"This board has a {noun} of this reference already.",
        ),
    )
