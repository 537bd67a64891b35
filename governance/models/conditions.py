"""How a plan answers the national conditions and requirements, and how far each change has come."""

from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.db import models

from bcf.base.fields import PartialDateField
from bcf.base.models import Cited, Row
from governance.choices import ConditionStatus
from plans.models import Plan
from plans.models.offered import require_choice


class ConditionResponse(Cited, Row):
    """A plan's response to one national condition or planning requirement of its cycle.

    Answers to the questions about a condition stand apart.
    """

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="condition_responses")
    condition = models.CharField("national condition", max_length=60)
    status = models.CharField(
        max_length=12, choices=ConditionStatus.choices, default=ConditionStatus.NOT_STATED
    )
    status_in_words = models.CharField("status, in the plan’s words", max_length=200, blank=True)
    text = models.TextField("response", blank=True)
    action = models.TextField("action where it is not met", blank=True)
    due = PartialDateField("due")
    due_in_words = models.CharField("due, in words", max_length=200, blank=True)

    class Meta:
        ordering = ("plan", "id")
        constraints = (
            models.UniqueConstraint(
                fields=("plan", "ref"),
                name="condition_response_ref_once",
                violation_error_message="This plan has a response of this reference already.",
            ),
            models.UniqueConstraint(
                fields=("plan", "condition"),
                name="condition_response_once",
                violation_error_message=(
                    "This plan has a response to this condition already. Change that one."
                ),
            ),
        )

    def __str__(self) -> str:
        return self.condition_label

    def natural_key_parts(self) -> Iterable[object]:
        return [self.condition]

    def clean(self) -> None:
        if self.plan_id is None:
            return
        asked = self.plan.asked
        what = "national condition"
        if asked.planning_requirements:
            what = "national condition or planning requirement"
        errors = require_choice(self, "condition", asked.confirmed, what)
        if errors:
            raise ValidationError(errors)

    @property
    def condition_label(self) -> str:
        """The condition or requirement in the cycle's words."""
        conditions = self.plan.cycle.definition.confirmed
        labels = {condition.key: condition.label for condition in conditions}
        return labels.get(self.condition, self.condition)

    @property
    def is_about_requirement(self) -> bool:
        """Whether it responds to a planning requirement, not to a national condition."""
        requirements = self.plan.cycle.definition.planning_requirements
        return self.condition in {each.key for each in requirements}

    @property
    def kind_label(self) -> str:
        return "Planning requirement" if self.is_about_requirement else "National condition"

    @property
    def due_words(self) -> str:
        """When it will be met, in the plan's words or else by its date."""
        return self.due_in_words or (self.due.label if self.due else "")


class MaturityAssessment(Cited, Row):
    """How mature one change of the High Impact Change Model is, and what is planned for it.

    Levels are kept as printed, since a plan may give two (“Establish/ mature”).
    """

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="maturity_assessments")
    change_number = models.PositiveSmallIntegerField(null=True, blank=True)
    change = models.CharField("change", max_length=200)
    current_level = models.CharField("current maturity", max_length=120, blank=True)
    planned_level = models.CharField("planned maturity", max_length=120, blank=True)
    milestone = models.TextField(blank=True)
    due = PartialDateField("due")
    due_in_words = models.CharField("when, in words", max_length=200, blank=True)
    success_measure = models.TextField(blank=True)

    class Meta:
        ordering = ("plan", "change_number", "id")
        constraints = (
            models.UniqueConstraint(
                fields=("plan", "ref"),
                name="maturity_assessment_ref_once",
                violation_error_message="This plan has an assessment of this reference already.",
            ),
            models.UniqueConstraint(
                fields=("plan", "change"),
                name="maturity_assessment_once",
                violation_error_message=(
                    "This plan has assessed this change already. Change that row."
                ),
            ),
        )

    def __str__(self) -> str:
        number = "" if self.change_number is None else f"{self.change_number} "
        return f"{number}{self.change}"

    def natural_key_parts(self) -> Iterable[object]:
        return [self.change_number or "", self.change]
