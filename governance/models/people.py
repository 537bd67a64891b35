"""Who decides, who signed, and what a provider says."""

from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.db.models.functions import Coalesce

from bcf.base.models import Cited, Row
from governance.choices import Agrees, SignOffRole
from governance.models.placed import PlacedRow, placed
from plans.models import Board, Organisation, Plan
from plans.models.offered import require_choice, require_existing, years_of


class Body(Cited, PlacedRow):
    """A group that decides about a plan or a board's agreements; it may report to several."""

    plan = models.ForeignKey(
        Plan, on_delete=models.CASCADE, related_name="bodies", null=True, blank=True
    )
    board = models.ForeignKey(
        Board, on_delete=models.PROTECT, related_name="bodies", null=True, blank=True
    )
    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=60, blank=True)
    level = models.CharField(max_length=60, blank=True)
    remit = models.TextField(blank=True)
    reports_to: models.ManyToManyField = models.ManyToManyField(
        "self", symmetrical=False, related_name="reported_to_by", blank=True
    )
    _history_m2m_fields = (reports_to,)

    class Meta:
        verbose_name_plural = "bodies"
        ordering = ("plan", "board", "id")
        constraints = (*placed("body", "a body"),)

    def __str__(self) -> str:
        return self.name

    def natural_key_parts(self) -> Iterable[object]:
        return [self.name]


class SignOff(Cited, Row):
    """A signature under a plan, or the place for one that was left empty."""

    MENDED_BY = {
        "sign_off_organisation_or_board": "board",
    }
    CHECKED_WITH = ("organisation",)

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="sign_offs")
    role = models.CharField(max_length=20, choices=SignOffRole.choices)
    organisation = models.ForeignKey(
        Organisation,
        on_delete=models.PROTECT,
        related_name="sign_offs",
        null=True,
        blank=True,
        help_text="The organisation signed for; leave empty for a board.",
    )
    board = models.ForeignKey(
        Board, on_delete=models.PROTECT, related_name="sign_offs", null=True, blank=True
    )
    name = models.CharField(max_length=200, blank=True)
    position = models.CharField(max_length=200, blank=True)
    signed_on = models.DateField(null=True, blank=True)
    is_delegated = models.BooleanField("signed under delegation", default=False)
    to_be_ratified_on = models.DateField(null=True, blank=True)
    note = models.TextField(blank=True)

    class Meta:
        ordering = ("plan", "id")
        constraints = (
            models.UniqueConstraint(
                fields=("plan", "ref"),
                name="sign_off_ref_once",
                violation_error_message="This plan has a sign-off of this reference already.",
            ),
            models.UniqueConstraint(
                "plan",
                "role",
                Coalesce("organisation", 0),
                Coalesce("board", 0),
                "position",
                name="sign_off_once",
                violation_error_message=(
                    "This plan has a sign-off in this role, for this organisation or board "
                    "and position already. Change that one."
                ),
            ),
            models.CheckConstraint(
                condition=Q(organisation__isnull=True) | Q(board__isnull=True),
                name="sign_off_organisation_or_board",
                violation_error_message=(
                    "Somebody signs for an organisation or for a board. Leave one of the two empty."
                ),
            ),
        )

    def __str__(self) -> str:
        return f"{self.get_role_display()}: {self.name or 'not named'}"

    def natural_key_parts(self) -> Iterable[object]:
        body = self.organisation.key if self.organisation else ""
        return [self.role, body or (self.board.slug if self.board else ""), self.name]

    def clean(self) -> None:
        if self.plan_id is None:
            return
        roles = self.plan.asked.sign_off_roles
        errors = require_choice(self, "role", roles, "sign-off role") if roles else {}
        if self.board_id and not self.plan.boards.filter(pk=self.board_id).exists():
            errors["board"] = f"{self.board} has no part in this plan. Choose a board of it."
        errors |= require_existing(self, "organisation", *years_of(self.plan))
        if errors:
            raise ValidationError(errors)

    @property
    def signs_for(self) -> str:
        """The organisation or board signed for; `not stated` where the plan does not say."""
        return str(self.organisation or self.board or "not stated")


class ProviderCommentary(Cited, Row):
    """What an acute provider says of a plan's figures for its admissions."""

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="provider_commentaries")
    provider = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="commentaries"
    )
    signatory = models.CharField(max_length=200, blank=True)
    position = models.CharField(max_length=200, blank=True)
    agrees = models.CharField(
        "agrees with the figures", max_length=6, choices=Agrees.choices, blank=True
    )
    text = models.TextField("commentary", blank=True)
    figures = models.TextField("figures, in words", blank=True)

    class Meta:
        verbose_name_plural = "provider commentaries"
        ordering = ("plan", "id")
        constraints = (
            models.UniqueConstraint(
                fields=("plan", "ref"),
                name="provider_commentary_ref_once",
                violation_error_message="This plan has a commentary of this reference already.",
            ),
            models.UniqueConstraint(
                fields=("plan", "provider"),
                name="provider_commentary_once",
                violation_error_message=(
                    "This plan has a commentary of this provider already. Change that one."
                ),
            ),
        )

    def __str__(self) -> str:
        return str(self.provider)

    def natural_key_parts(self) -> Iterable[object]:
        return [self.provider.key]
