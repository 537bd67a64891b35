"""What happened to a plan, as rows that are only ever added."""

from typing import Any, ClassVar, NoReturn, TypeVar

from django.conf import settings
from django.db import models

from plans.choices import ChangeKind, PlanAction, PlanStatus
from plans.models.plan import Plan


class AppendOnly(Exception):
    """An event would have been changed or removed."""


E = TypeVar("E", bound=models.Model)


class EventQuerySet(models.QuerySet[E]):
    """Events that can be read and added, and nothing else."""

    def update(self, **kwargs: Any) -> NoReturn:
        raise AppendOnly("Events are only ever added.")

    def delete(self) -> NoReturn:
        raise AppendOnly("Events are only ever added.")


class Event(models.Model):
    """Something that somebody did at a moment; never changed, never removed.

    The actor's name is kept as text as well, so that it outlives the account.
    """

    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    actor_name = models.CharField("by", max_length=150)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        abstract = True
        ordering = ("-at", "-id")

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise AppendOnly("Events are only ever added.")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise AppendOnly("Events are only ever added.")


class PlanEvent(Event):
    """One event: who moved the plan from which status to which, when, with what remark."""

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="events")
    action = models.CharField(max_length=10, choices=PlanAction.choices)
    from_status = models.CharField(max_length=10, choices=PlanStatus.choices)
    to_status = models.CharField(max_length=10, choices=PlanStatus.choices)
    outcome = models.CharField("assurer’s outcome", max_length=40, blank=True)
    note = models.TextField(blank=True)

    objects: ClassVar[models.Manager["PlanEvent"]] = EventQuerySet.as_manager()

    def __str__(self) -> str:
        return f"{self.get_action_display()}: {self.plan}"

    @property
    def words(self) -> str:
        """What happened, as a sentence's beginning: `Submitted`, `Outcome: Approved`."""
        if self.action == PlanAction.APPROVE:
            meanwhile = "; the area may spend meanwhile" if self.permits_spend else ""
            return f"Assurer’s outcome: {self.outcome_label}{meanwhile}"
        return {PlanAction.SUBMIT: "Submitted", PlanAction.REOPEN: "Reopened"}[
            PlanAction(self.action)
        ]

    @property
    def outcome_label(self) -> str:
        ratings = {rating.key: rating.label for rating in self.plan.cycle.definition.ratings}
        return ratings.get(self.outcome, self.outcome)

    @property
    def permits_spend(self) -> bool:
        """Whether the outcome does not approve the plan and the area may spend meanwhile."""
        ratings = self.plan.cycle.definition.ratings
        return any(each.permits_spend for each in ratings if each.key == self.outcome)


class ChangeSet(Event):
    """Many rows changed by one act, such as an import, so that they can be undone by one.

    History records made by it have its ref as their reason. `model` is the kind of the rows, as
    `schemes.spendline`; `plans` are those to which the rows belong, none for rows of a board.
    """

    ref = models.SlugField(max_length=20, unique=True)
    kind = models.CharField(max_length=10, choices=ChangeKind.choices)
    words = models.CharField("what was done", max_length=300)
    model = models.CharField("kind of row", max_length=60)
    plans: models.ManyToManyField = models.ManyToManyField(
        Plan, related_name="change_sets", blank=True
    )
    added = models.PositiveIntegerField("rows added", default=0)
    changed = models.PositiveIntegerField("rows changed", default=0)
    removed = models.PositiveIntegerField("rows removed", default=0)
    undoes = models.ForeignKey(
        "self", on_delete=models.PROTECT, related_name="undone_by", null=True, blank=True
    )

    objects: ClassVar[models.Manager["ChangeSet"]] = EventQuerySet.as_manager()

    def __str__(self) -> str:
        return self.words

    @property
    def count(self) -> int:
        """How many rows were added, changed or removed."""
        return self.added + self.changed + self.removed
