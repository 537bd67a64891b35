"""What happened to a plan, as rows that are only ever added."""

from typing import Any, ClassVar, NoReturn

from django.conf import settings
from django.db import models

from plans.choices import PlanAction, PlanStatus
from plans.models.plan import Plan


class AppendOnly(Exception):
    """An event would have been changed or removed."""


class EventQuerySet(models.QuerySet["PlanEvent"]):
    def update(self, **kwargs: Any) -> NoReturn:
        raise AppendOnly("Events are only ever added.")

    def delete(self) -> NoReturn:
        raise AppendOnly("Events are only ever added.")


class PlanEvent(models.Model):
    """One event: who moved the plan from which status to which, when, with what remark.

    The actor's name is kept as text as well, so that it outlives the account.
    """

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="events")
    action = models.CharField(max_length=10, choices=PlanAction.choices)
    from_status = models.CharField(max_length=10, choices=PlanStatus.choices)
    to_status = models.CharField(max_length=10, choices=PlanStatus.choices)
    outcome = models.CharField("assurer’s outcome", max_length=40, blank=True)
    note = models.TextField(blank=True)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    actor_name = models.CharField("by", max_length=150)
    at = models.DateTimeField(auto_now_add=True)

    objects: ClassVar[models.Manager["PlanEvent"]] = EventQuerySet.as_manager()

    class Meta:
        ordering = ("-at", "-id")

    def __str__(self) -> str:
        return f"{self.get_action_display()}: {self.plan}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise AppendOnly("Events are only ever added.")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise AppendOnly("Events are only ever added.")

    @property
    def words(self) -> str:
        """What happened, as a sentence's beginning: `Submitted`, `Outcome: Approved`."""
        if self.action == PlanAction.APPROVE:
            return f"Assurer’s outcome: {self.outcome_label}"
        return {PlanAction.SUBMIT: "Submitted", PlanAction.REOPEN: "Reopened"}[
            PlanAction(self.action)
        ]

    @property
    def outcome_label(self) -> str:
        ratings = {rating.key: rating.label for rating in self.plan.cycle.definition.ratings}
        return ratings.get(self.outcome, self.outcome)
