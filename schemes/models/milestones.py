"""What a plan says will be done by when."""

from collections.abc import Iterable

from django.db import models
from django.db.models import F, Q

from bcf.base.fields import FinancialYearField, PartialDateField
from bcf.base.models import Cited, Row
from bcf.periods import NOT_STATED_TOKEN
from plans.models import Plan
from schemes.models.scheme import Scheme


class Milestone(Cited, Row):
    """A step of the plan or of some of its schemes.

    `group` is what the plan puts it under, such as a tier of care; `printed_ref` may repeat.
    The financial year may lie before or after the cycle: a step may have been taken already.
    """

    MENDED_BY = {
        "milestone_due_after_start": "due",
    }

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="milestones")
    group = models.CharField(max_length=100, blank=True)
    printed_ref = models.CharField("reference as printed", max_length=20, blank=True)
    schemes: models.ManyToManyField = models.ManyToManyField(
        Scheme, related_name="milestones", blank=True
    )
    title = models.CharField(max_length=200)
    starts = PartialDateField("starts")
    due = PartialDateField("due")
    when_in_words = models.CharField("when, in words", max_length=200, blank=True)
    financial_year = FinancialYearField(default=NOT_STATED_TOKEN)
    done_on = models.DateField("done on", null=True, blank=True)
    _history_m2m_fields = (schemes,)

    class Meta:
        ordering = ("group", "id")
        constraints = (
            models.UniqueConstraint(
                fields=("plan", "ref"),
                name="milestone_ref_once",
                violation_error_message="This plan has a milestone of this reference already.",
            ),
            # A due date of less precision than the start holds it: from April 2014, due in 2014.
            models.CheckConstraint(
                condition=Q(starts="")
                | Q(due="")
                | Q(due__gte=F("starts"))
                | Q(starts__startswith=F("due")),
                name="milestone_due_after_start",
                violation_error_message=(
                    "A milestone is due after it starts. Change “starts” or “due”."
                ),
            ),
        )
        indexes = (models.Index(fields=("plan", "due")),)

    def __str__(self) -> str:
        return self.title

    def natural_key_parts(self) -> Iterable[object]:
        return [self.group, self.printed_ref, self.title]

    @property
    def when(self) -> str:
        """When it is due, in the document's words or else from its dates; empty if not stated."""
        dates = [each.label for each in (self.starts, self.due) if each]
        return self.when_in_words or " to ".join(dates)
