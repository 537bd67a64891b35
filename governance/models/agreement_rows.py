"""What hangs on an agreement: providers, variations, amounts and notes."""

from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.db.models.functions import Coalesce

from bcf.base.fields import FinancialYearField, MoneyField, PartialDateField, PeriodField
from bcf.base.models import Cited, Published, Row
from bcf.periods import NotStated, Quarter
from governance.choices import ActualMeasure, NoteKind, ProviderStatus, ValueMeasure
from governance.models.agreements import Agreement
from governance.models.placed import ends_after_start, names_one_of, ref_once
from plans.models import Board, Organisation

NEVER_NEGATIVE = Q(amount__gte=0) | Q(
    measure__in=(ValueMeasure.SURPLUS_OR_DEFICIT, ValueMeasure.CARRIED_FORWARD)
)


class AgreementRow(Row):
    """A row of one agreement. It never moves to another."""

    REF_SCOPE = ("agreement_id",)
    FIXED = ("ref", "agreement_id")

    agreement = models.ForeignKey(Agreement, on_delete=models.CASCADE, related_name="%(class)ss")

    class Meta:
        abstract = True


class PartyRow(AgreementRow):
    """A row of an agreement about one party, or about all of them together."""

    class Meta:
        abstract = True

    @property
    def party(self) -> Organisation | None:
        """The party whose amounts they are; None for all together."""
        found: Organisation | None = getattr(self, "organisation", None)
        return found

    @property
    def party_key(self) -> str:
        """The party in a ref; `all` for all together."""
        return self.party.key if self.party else "all"

    @property
    def party_label(self) -> str:
        """The party whose amounts they are, or all of them."""
        return str(self.party) if self.party else "All parties"


class AgreementProvider(Cited, AgreementRow):
    """Who provides what under an agreement."""

    MENDED_BY = {
        "agreement_provider_ends_after_it_starts": "ends",
    }

    agreement = models.ForeignKey(Agreement, on_delete=models.CASCADE, related_name="providers")
    provider = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="agreements_served"
    )
    service = models.TextField(blank=True)
    status = models.CharField(max_length=10, choices=ProviderStatus.choices, blank=True)
    status_in_words = models.CharField("status, in words", max_length=120, blank=True)
    starts = PartialDateField("starts")
    ends = PartialDateField("ends")

    class Meta:
        ordering = ("agreement", "id")
        constraints = (
            ref_once("agreement_provider", "a provider", "agreement"),
            models.UniqueConstraint(
                fields=("agreement", "provider"),
                name="agreement_provider_once",
                violation_error_message=(
                    "This provider is under this agreement already. Change that row."
                ),
            ),
            ends_after_start("agreement_provider"),
        )

    def __str__(self) -> str:
        return str(self.provider)

    def natural_key_parts(self) -> Iterable[object]:
        return [self.provider.key]


class AgreementVariation(Cited, AgreementRow):
    """A change of an agreement's terms: when, why, and what it changed."""

    agreement = models.ForeignKey(Agreement, on_delete=models.CASCADE, related_name="variations")
    varied = PartialDateField("varied on")
    varied_in_words = models.CharField("when, in words", max_length=120, blank=True)
    reason = models.TextField(blank=True)
    change = models.TextField("what changed")

    class Meta:
        ordering = ("agreement", "varied", "id")
        constraints = (ref_once("agreement_variation", "a variation", "agreement"),)

    def __str__(self) -> str:
        return self.change

    def natural_key_parts(self) -> Iterable[object]:
        return [self.varied or "not-stated", *self.change.split()[:8]]


class AgreementValue(Published, PartyRow):
    """An amount of an agreement in a year, in pounds, of one party or of all together.

    The amount follows the unit meant: “£1,500” of a table that means thousands is £1,500,000,
    and `unit_ground` says on what ground.
    """

    MENDED_BY = {
        "agreement_value_not_negative": "amount",
    }

    agreement = models.ForeignKey(Agreement, on_delete=models.CASCADE, related_name="values")
    financial_year = FinancialYearField(default=NotStated)
    measure = models.CharField(max_length=20, choices=ValueMeasure.choices)
    organisation = models.ForeignKey(
        Organisation,
        on_delete=models.PROTECT,
        related_name="agreement_values",
        null=True,
        blank=True,
        help_text="Leave empty for all parties together.",
    )
    amount = MoneyField("amount (£)", null=True, blank=True)

    class Meta:
        ordering = ("agreement", "financial_year", "measure", "id")
        constraints = (
            ref_once("agreement_value", "an amount", "agreement"),
            models.UniqueConstraint(
                "agreement",
                "financial_year",
                "measure",
                Coalesce("organisation", 0),
                name="agreement_value_once",
                violation_error_message=(
                    "This agreement has an amount of this measure for this financial year "
                    "and organisation already. Change that one."
                ),
            ),
            models.CheckConstraint(
                condition=Q(amount__isnull=True) | NEVER_NEGATIVE,
                name="agreement_value_not_negative",
                violation_error_message=(
                    "Only a surplus or deficit, or what is carried forward, may be less than £0. "
                    "Choose one of these measures, or type the amount without a minus sign."
                ),
            ),
        )
        indexes = (models.Index(fields=("agreement", "financial_year")),)

    def __str__(self) -> str:
        return f"{self.get_measure_display()}, {self.financial_year.label}"

    def natural_key_parts(self) -> Iterable[object]:
        return [self.financial_year, self.measure, self.party_key]


class AgreementActual(Cited, PartyRow):
    """What one party, or all together, paid in or spent under an agreement in a quarter.

    In pounds. `forecast` is what is now expected for the whole year.
    """

    agreement = models.ForeignKey(Agreement, on_delete=models.CASCADE, related_name="actuals")
    quarter = PeriodField(help_text="Such as 2017-18Q3.")
    measure = models.CharField(max_length=20, choices=ActualMeasure.choices)
    organisation = models.ForeignKey(
        Organisation,
        on_delete=models.PROTECT,
        related_name="agreement_actuals",
        null=True,
        blank=True,
        help_text="Leave empty for all parties together.",
    )
    outturn = MoneyField("outturn of the quarter (£)", null=True, blank=True)
    forecast = MoneyField("forecast for the year (£)", null=True, blank=True)
    note = models.TextField(blank=True)

    class Meta:
        verbose_name = "quarter of an agreement"
        verbose_name_plural = "quarters of agreements"
        ordering = ("agreement", "quarter", "measure", "id")
        constraints = (
            ref_once("agreement_actual", "a quarter", "agreement"),
            models.UniqueConstraint(
                "agreement",
                "quarter",
                "measure",
                Coalesce("organisation", 0),
                name="agreement_actual_once",
                violation_error_message=(
                    "This agreement has this measure for this quarter and organisation already. "
                    "Change that row."
                ),
            ),
        )
        indexes = (models.Index(fields=("agreement", "quarter")),)

    def __str__(self) -> str:
        return f"{self.get_measure_display()}, {self.quarter.label}"

    def natural_key_parts(self) -> Iterable[object]:
        return [self.quarter, self.measure, self.party_key]

    def clean(self) -> None:
        if not isinstance(self.quarter, Quarter):
            raise ValidationError({"quarter": "Give a quarter, such as 2017-18Q3."})


class AgreementNote(Cited, Row):
    """A sentence about one agreement, or about all agreements of a board."""

    REF_SCOPE = ("agreement_id", "board_id")
    FIXED = ("ref", *REF_SCOPE)

    agreement = models.ForeignKey(
        Agreement, on_delete=models.CASCADE, related_name="notes", null=True, blank=True
    )
    board = models.ForeignKey(
        Board,
        on_delete=models.PROTECT,
        related_name="agreement_notes",
        null=True,
        blank=True,
        help_text="For a note about all of a board’s agreements.",
    )
    kind = models.CharField(max_length=12, choices=NoteKind.choices)
    text = models.TextField()

    class Meta:
        ordering = ("agreement", "id")
        constraints = (
            ref_once("agreement_note", "a note", "agreement", "board"),
            names_one_of(
                "agreement_note_has_agreement_or_board",
                "Choose the agreement, or the board whose agreements it is about.",
                "agreement",
                "board",
            ),
        )

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.text}"

    def natural_key_parts(self) -> Iterable[object]:
        return [self.kind, *self.text.split()[:8]]

    def clean(self) -> None:
        if self.agreement is not None and self.board is not None:
            raise ValidationError(
                {"board": "Leave the board empty: the agreement says which boards it is about."}
            )
