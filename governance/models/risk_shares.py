"""Who bears what where a pooled fund is over- or underspent."""

from collections.abc import Iterable

from django.db import models
from django.db.models import Q

from bcf.base.fields import MoneyField, PercentField
from bcf.base.models import Cited, Row
from governance.choices import RiskShareMethod
from governance.models.agreements import Agreement
from governance.models.placed import names_one_of, ref_once
from plans.models import Board, Organisation, Plan


class RiskShare(Cited, Row):
    """How an over- or underspend is divided between the partners; may stand without an agreement.

    `rule` says it in words; `amount`, in pounds, is what a partner underwrites where it is stated.
    Which partner bears which percentage or amount are its terms.
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


class RiskShareTerm(Cited, Row):
    """What one partner bears under a risk share: a percentage, an amount in pounds, or both.

    The amount is what it bears where amounts are fixed, and the most that it bears where the rule
    is capped.
    """

    REF_SCOPE = ("risk_share_id",)
    FIXED = ("ref", *REF_SCOPE)

    risk_share = models.ForeignKey(RiskShare, on_delete=models.CASCADE, related_name="terms")
    organisation = models.ForeignKey(
        Organisation,
        verbose_name="partner",
        on_delete=models.PROTECT,
        related_name="risk_share_terms",
    )
    percent = PercentField("share (%)", null=True, blank=True)
    amount = MoneyField("amount or cap (£)", null=True, blank=True)

    class Meta:
        verbose_name = "partner’s share of a risk"
        verbose_name_plural = "partners’ shares of risks"
        ordering = ("risk_share", "id")
        constraints = (
            ref_once("risk_share_term", "a partner’s share", "risk_share"),
            models.UniqueConstraint(
                fields=("risk_share", "organisation"),
                name="risk_share_term_once",
                violation_error_message=(
                    "This partner has a share under this rule already. Change that one."
                ),
            ),
            models.CheckConstraint(
                condition=Q(percent__isnull=True) | Q(percent__gte=0) & Q(percent__lte=100),
                name="risk_share_term_percent_0_to_100",
                violation_error_message="The share is from 0 to 100 per cent.",
            ),
            models.CheckConstraint(
                condition=Q(amount__isnull=True) | Q(amount__gte=0),
                name="risk_share_term_amount_not_negative",
                violation_error_message=(
                    "The amount is never less than £0. Type it without a minus sign."
                ),
            ),
        )

    def __str__(self) -> str:
        return f"{self.organisation}: {self.risk_share}"

    def natural_key_parts(self) -> Iterable[object]:
        return [self.organisation.key]
