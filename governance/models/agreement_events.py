"""What happened to the terms of an agreement, as rows that are only ever added."""

from typing import ClassVar

from django.db import models

from governance.choices import AgreementAction
from governance.models.agreements import Agreement
from governance.rules import Terms
from plans.models.events import Event, EventQuerySet


class AgreementEvent(Event):
    """Terms of an agreement that changed from a day on: what they were, and what they became.

    An event that was entered wrongly is taken back by another, which `withdraws` it.
    """

    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="events")
    action = models.CharField(max_length=10, choices=AgreementAction.choices)
    effective = models.DateField("takes effect on")
    deed_date = models.DateField("date of the deed", null=True, blank=True)
    reason = models.TextField()
    successor = models.ForeignKey(
        Agreement,
        verbose_name="superseded by",
        on_delete=models.PROTECT,
        related_name="supersedes",
        null=True,
        blank=True,
    )
    before = models.JSONField("terms before")
    after = models.JSONField("terms after")
    withdraws = models.OneToOneField(
        "self",
        verbose_name="takes back",
        on_delete=models.PROTECT,
        related_name="withdrawn_by",
        null=True,
        blank=True,
    )

    objects: ClassVar[models.Manager["AgreementEvent"]] = EventQuerySet.as_manager()

    def __str__(self) -> str:
        return f"{self.get_action_display()}: {self.agreement}"

    @property
    def terms_before(self) -> Terms:
        """The terms until the day before it takes effect."""
        return Terms.from_stored(self.before)

    @property
    def terms_after(self) -> Terms:
        """The terms from that day on."""
        return Terms.from_stored(self.after)
