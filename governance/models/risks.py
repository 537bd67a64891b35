"""What may go wrong with a plan, and who bears it."""

from collections.abc import Iterable

from django.db import models
from django.db.models import Q

from bcf.base.fields import MoneyField
from bcf.base.models import Cited, Row
from governance.choices import RiskShareMethod
from governance.models.agreements import Agreement
from governance.models.placed import PlacedRow, names_one_of, placed, ref_once
from governance.rules import risk_rating
from plans.models import Board, Plan


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


class RiskShare(Cited, Row):
    """How an over- or underspend is divided between the partners; may stand without an agreement.

    `rule` says it in words; `amount`, in pounds, is what a partner underwrites where it is stated.
    """

    REF_SCOPE = ("plan_id", "agreement_id", "board_id")
    FIXED = ("ref", *REF_SCOPE)

    plan = models.ForeignKey(
        Plan, on_delete=models.CASCADE, related_name="risk_shares", null=True, blank=True
    )
    agreement = models.ForeignKey(
        Agreement, on_delete=models.CASCADE, related_name="risk_shares", null=True, blank=True
    )
    board = models.ForeignKey(
        Board, on_delete=models.PROTECT, related_name="risk_shares", null=True, blank=True
    )
    rule = models.TextField("rule, in words")
    method = models.CharField(max_length=12, choices=RiskShareMethod.choices, blank=True)
    amount = MoneyField("amount underwritten (£)", null=True, blank=True)

    class Meta:
        ordering = ("plan", "id")
        constraints = (
            ref_once("risk_share", "a risk share", "plan", "agreement", "board"),
            names_one_of(
                "risk_share_has_plan_agreement_or_board",
                "Choose the plan, the agreement or the board whose risk is shared.",
                "plan",
                "agreement",
                "board",
            ),
            models.CheckConstraint(
                condition=Q(amount__isnull=True) | Q(amount__gte=0),
                name="risk_share_amount_not_negative",
                violation_error_message=(
                    "The amount underwritten is never less than £0. Type it without a minus sign."
                ),
            ),
        )

    def __str__(self) -> str:
        return self.rule

    def natural_key_parts(self) -> Iterable[object]:
        return self.rule.split()[:8]
