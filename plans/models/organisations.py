"""The bodies that agree a plan: councils, NHS bodies, and the boards on which they meet."""

from django.db import models

from bcf.base.fields import PercentField
from bcf.base.models import Cited, Versioned
from plans.choices import OrganisationKind


class Organisation(Versioned, Cited):
    """A council, an NHS body or another body; codes and names hold between two dates."""

    FIXED = ("key",)
    MENDED_BY = {
        "organisation_ends_after_it_starts": "valid_to",
    }

    key = models.SlugField(
        max_length=80, unique=True, help_text="Names the organisation in addresses and files."
    )
    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=20, choices=OrganisationKind.choices)
    ods_code = models.CharField("ODS code", max_length=10, blank=True)
    ons_code = models.CharField("ONS code", max_length=9, blank=True)
    valid_from = models.DateField("exists from", null=True, blank=True)
    valid_to = models.DateField("exists until", null=True, blank=True)

    class Meta:
        ordering = ("name",)
        constraints = (
            models.CheckConstraint(
                condition=models.Q(valid_from__isnull=True)
                | models.Q(valid_to__isnull=True)
                | models.Q(valid_to__gte=models.F("valid_from")),
                name="organisation_ends_after_it_starts",
                violation_error_message=(
                    "“Exists until” is before “exists from”. Change one of the two dates."
                ),
            ),
        )

    def __str__(self) -> str:
        return self.name


class Board(Versioned):
    """A Health and Wellbeing Board, one to an upper-tier local authority area."""

    FIXED = ("slug",)

    slug = models.SlugField(
        max_length=60, unique=True, help_text="Names the board in addresses and files."
    )
    name = models.CharField(max_length=200)
    ons_code = models.CharField("ONS code", max_length=9, blank=True)
    authority = models.ForeignKey(
        Organisation,
        verbose_name="local authority",
        on_delete=models.PROTECT,
        related_name="boards",
        limit_choices_to={"kind": OrganisationKind.LOCAL_AUTHORITY},
    )

    class Meta:
        ordering = ("name",)

    def __str__(self) -> str:
        return self.name

    @property
    def area(self) -> str:
        """The area's name: `Barnet` of the Barnet Health and Wellbeing Board."""
        return self.name.removesuffix(" Health and Wellbeing Board")


class FundingShare(Versioned, Cited):
    """The share of a board's NHS money that one commissioner provides, in per cent."""

    FIXED = ("board_id", "commissioner_id")

    board = models.ForeignKey(Board, on_delete=models.PROTECT, related_name="funding_shares")
    commissioner = models.ForeignKey(
        Organisation,
        verbose_name="NHS commissioner",
        on_delete=models.PROTECT,
        related_name="funding_shares",
        limit_choices_to={"kind": OrganisationKind.NHS_COMMISSIONER},
    )
    percent = PercentField("share (%)")

    class Meta:
        ordering = ("board__name", "-percent")
        constraints = (
            models.UniqueConstraint(
                fields=("board", "commissioner"),
                name="funding_share_once",
                violation_error_message=(
                    "This NHS commissioner has a share of this board already. Change that one."
                ),
            ),
            models.CheckConstraint(
                condition=models.Q(percent__gt=0) & models.Q(percent__lte=100),
                name="funding_share_above_0_up_to_100",
                violation_error_message=(
                    "The share lies above 0%% and up to 100%%. Type one in that range."
                ),
            ),
        )

    def __str__(self) -> str:
        return f"{self.commissioner}: {self.percent}% of {self.board}"
