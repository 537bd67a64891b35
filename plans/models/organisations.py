"""The bodies that agree a plan: councils, NHS bodies, and the boards on which they meet."""

from datetime import date

from django.db import models

from bcf.base.fields import PercentField
from bcf.base.models import Cited, Versioned
from plans.choices import OrganisationKind
from plans.models.dated import Dated, DatedRow, ends_after_it_starts


class Organisation(Versioned, Cited, DatedRow):
    """A council, an NHS body or another body; codes and names hold between two dates."""

    FIXED = ("key",)
    KEY = "key"
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
    succeeded_by: models.ManyToManyField = models.ManyToManyField(
        "self",
        verbose_name="what came after it",
        symmetrical=False,
        related_name="succeeds",
        blank=True,
    )
    _history_m2m_fields = (succeeded_by,)

    class Meta:
        ordering = ("name",)
        constraints = (ends_after_it_starts("organisation"),)

    def __str__(self) -> str:
        return self.name


class Board(Versioned, DatedRow):
    """A Health and Wellbeing Board, one to an upper-tier local authority area.

    `ons_code` is the newest code of the area; those of other times are its `codes`.
    """

    FIXED = ("slug",)
    KEY = "slug"
    MENDED_BY = {
        "board_ends_after_it_starts": "valid_to",
    }

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
    succeeded_by: models.ManyToManyField = models.ManyToManyField(
        "self",
        verbose_name="what came after it",
        symmetrical=False,
        related_name="succeeds",
        blank=True,
    )
    _history_m2m_fields = (succeeded_by,)

    class Meta:
        ordering = ("name",)
        constraints = (ends_after_it_starts("board"),)

    def __str__(self) -> str:
        return self.name

    @property
    def area(self) -> str:
        """The area's name: `Barnet` of the Barnet Health and Wellbeing Board."""
        return self.name.removesuffix(" Health and Wellbeing Board")

    def had_code(self, ons_code: str, on: date) -> bool:
        """Whether the area had this ONS code on a day; the newest holds where no dates are given.

        Reads `codes`.
        """
        for each in self.codes.all():
            if each.ons_code == ons_code:
                return each.existed_on(on)
        return self.ons_code == ons_code and self.existed_on(on)


class BoardCode(Versioned, Cited, Dated):
    """A code of a board's area by the Office for National Statistics, and when it holds.

    An area whose boundary changes has a new code from that day.
    """

    FIXED = ("board_id",)
    MENDED_BY = {
        "board_code_once": "ons_code",
        "board_code_ends_after_it_starts": "valid_to",
    }

    board = models.ForeignKey(Board, on_delete=models.PROTECT, related_name="codes")
    ons_code = models.CharField("ONS code", max_length=9)

    class Meta:
        ordering = ("board__name", "valid_from", "ons_code")
        constraints = (
            models.UniqueConstraint(
                fields=("board", "ons_code"),
                name="board_code_once",
                violation_error_message="This board has this ONS code already. Change that one.",
            ),
            ends_after_it_starts("board_code"),
        )

    def __str__(self) -> str:
        return f"{self.ons_code} of {self.board}"


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
