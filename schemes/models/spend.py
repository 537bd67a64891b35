"""What was spent against a line, quarter by quarter."""

from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q

from bcf.base.fields import MoneyField, NumberField, PeriodField
from bcf.base.models import Published, Row
from bcf.periods import NOT_STATED, Quarter
from plans.models import Plan
from schemes.models.scheme import SpendLine


class SpendActual(Published, Row):
    """What a line has cost in one quarter, in pounds, and what it has delivered.

    `forecast` is the spend now expected for the whole year; `output` is in the line's unit.
    """

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="spend_actuals")
    line = models.ForeignKey(
        SpendLine, verbose_name="spend line", on_delete=models.CASCADE, related_name="actuals"
    )
    quarter = PeriodField(help_text="Such as 2015-16Q3.")
    spent = MoneyField("spent in the quarter (£)", null=True, blank=True)
    forecast = MoneyField("forecast for the year (£)", null=True, blank=True)
    output = NumberField("output delivered", null=True, blank=True)
    note = models.TextField(blank=True)

    class Meta:
        verbose_name = "actual spend"
        verbose_name_plural = "actual spend"
        ordering = ("line", "quarter")
        constraints = (
            models.UniqueConstraint(
                fields=("plan", "ref"),
                name="spend_actual_ref_once",
                violation_error_message="This plan has an actual of this reference already.",
            ),
            models.UniqueConstraint(
                fields=("line", "quarter"),
                name="spend_actual_once",
                violation_error_message=(
                    "There is already an actual of this line for this quarter. Change that one."
                ),
            ),
            models.CheckConstraint(
                condition=Q(output__isnull=True) | Q(output__gte=0),
                name="spend_actual_output_not_negative",
                violation_error_message=(
                    "The output delivered is never less than nought. Type it without a minus sign."
                ),
            ),
        )

    def __str__(self) -> str:
        return f"{self.line.description}, {self.quarter.label}"

    def natural_key_parts(self) -> Iterable[object]:
        return [self.line.ref, self.quarter]

    def clean(self) -> None:
        if self.plan_id is None or self.line_id is None:
            return
        errors = {}
        if self.line.plan_id != self.plan_id:
            errors["line"] = "Choose a line of this plan."
        if not isinstance(self.quarter, Quarter):
            errors["quarter"] = "Give a quarter, such as 2015-16Q3."
        elif self.line.financial_year not in (self.quarter.year, NOT_STATED):
            errors["quarter"] = f"The line is of {self.line.financial_year}; give a quarter of it."
        if errors:
            raise ValidationError(errors)
