"""What may go wrong with a plan."""

from collections.abc import Iterable

from django.db import models
from django.db.models import Q

from bcf.base.models import Cited
from governance.models.placed import PlacedRow, placed
from governance.rules import risk_rating


def _one_to_five(field: str) -> models.CheckConstraint:
    return models.CheckConstraint(
        condition=Q(**{f"{field}__isnull": True})
        | Q(**{f"{field}__gte": 1}) & Q(**{f"{field}__lte": 5}),
        name=f"risk_{field}_1_to_5",
        violation_error_message=f"The {field} is a whole number from 1 to 5.",
    )


class Risk(Cited, PlacedRow):
    """A risk to a plan, or to a board's work before it had one, with what is done about it.

    Likelihood and impact are scored from 1 to 5, and their product is the rating; a plan may
    print a number or a word instead, which stands beside it.
    """

    printed_ref = models.CharField("reference as printed", max_length=20, blank=True)
    title = models.CharField("risk", max_length=300)
    likelihood = models.PositiveSmallIntegerField(null=True, blank=True)
    impact = models.PositiveSmallIntegerField(null=True, blank=True)
    printed_rating = models.CharField("rating as printed", max_length=40, blank=True)
    mitigation = models.TextField(blank=True)
    owner = models.CharField(max_length=200, blank=True)
    rating_after_mitigation = models.CharField(
        "rating after mitigation, as printed", max_length=40, blank=True
    )

    class Meta:
        ordering = ("plan", "board", "id")
        constraints = (
            *placed("risk", "a risk"),
            _one_to_five("likelihood"),
            _one_to_five("impact"),
        )

    def __str__(self) -> str:
        return f"{self.printed_ref} {self.title}".strip()

    def natural_key_parts(self) -> Iterable[object]:
        return [self.printed_ref or self.title]

    @property
    def rating(self) -> int | None:
        """Likelihood times impact, 1 to 25; None where one of them is not scored."""
        return risk_rating(self.likelihood, self.impact)
