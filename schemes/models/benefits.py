"""What schemes are expected to change, what that saves, and how it comes about by month."""

from collections.abc import Iterable
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q

from bcf.base.fields import FinancialYearField, MoneyField, NumberField, PeriodField
from bcf.base.models import Published, Row
from bcf.money import format_pounds
from bcf.periods import NOT_STATED_TOKEN, Month
from metrics.models import Metric
from plans.models import Plan
from plans.models.offered import require_year
from schemes.choices import PriceBasis
from schemes.models.scheme import Scheme
from schemes.rules import saving_of


class Benefit(Published, Row):
    """A change that schemes should bring about in metrics, and what it saves, in pounds.

    A reduction is a negative `change`. `saving` is what the plan prints; where it prints none,
    `expected_saving` works it out of the change and the unit price. The unit price is
    `derived` where it is not printed but reproduces a printed total.
    """

    MENDED_BY = {
        "benefit_change_has_unit": "change_unit",
        "benefit_price_has_basis": "price_basis",
    }

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="benefits")
    schemes: models.ManyToManyField = models.ManyToManyField(
        Scheme, related_name="benefits", blank=True
    )
    metrics: models.ManyToManyField = models.ManyToManyField(
        Metric, related_name="benefits", blank=True
    )
    financial_year = FinancialYearField(default=NOT_STATED_TOKEN)
    change = NumberField(
        null=True, blank=True, help_text="A reduction is a negative number, such as -23."
    )
    change_unit = models.CharField(
        "unit of the change", max_length=100, blank=True, help_text="Such as admissions."
    )
    unit_price = MoneyField("unit price (£)", null=True, blank=True)
    price_basis = models.CharField(
        "basis of the unit price", max_length=10, blank=True, choices=PriceBasis.choices
    )
    saving = MoneyField("saving as stated (£)", null=True, blank=True)
    beneficiary = models.CharField("who benefits", max_length=100, blank=True)
    costing_assumption = models.TextField("assumption behind the cost", blank=True)
    savings_assumption = models.TextField("assumption behind the saving", blank=True)
    note = models.TextField(blank=True)
    _history_m2m_fields = (schemes, metrics)

    class Meta:
        ordering = ("financial_year", "id")
        constraints = (
            models.UniqueConstraint(
                fields=("plan", "ref"),
                name="benefit_ref_once",
                violation_error_message="This plan has a benefit of this reference already.",
            ),
            models.CheckConstraint(
                condition=Q(change__isnull=True) | ~Q(change_unit=""),
                name="benefit_change_has_unit",
                violation_error_message=(
                    "Say what the change is counted in, such as admissions or bed days."
                ),
            ),
            models.CheckConstraint(
                condition=Q(unit_price__isnull=True, price_basis="")
                | (Q(unit_price__isnull=False) & ~Q(price_basis="")),
                name="benefit_price_has_basis",
                violation_error_message=(
                    "Give a unit price together with its basis: printed in the plan, or derived."
                ),
            ),
            models.CheckConstraint(
                condition=Q(unit_price__isnull=True) | Q(unit_price__gte=0),
                name="benefit_price_not_negative",
                violation_error_message=(
                    "A unit price is never less than £0. Type it without a minus sign."
                ),
            ),
        )
        indexes = (models.Index(fields=("plan", "financial_year")),)

    def __str__(self) -> str:
        what = f"{self.change:,f} {self.change_unit}" if self.change is not None else ""
        parts = [what or format_pounds(self.saving), self.beneficiary, self.financial_year.label]
        return ", ".join(part for part in parts if part)

    @property
    def expected_saving(self) -> Decimal | None:
        """The saving as stated, or worked out of change and unit price; None without either."""
        return saving_of(change=self.change, unit_price=self.unit_price, stated=self.saving)

    @property
    def is_worked_out(self) -> bool:
        """Whether `expected_saving` is not stated but worked out."""
        return self.saving is None and self.expected_saving is not None

    def natural_key_parts(self) -> Iterable[object]:
        return [self.financial_year, self.change_unit or "saving", self.beneficiary]

    def clean(self) -> None:
        if self.plan_id is None:
            return
        errors = require_year(self)
        if errors:
            raise ValidationError(errors)


class BenefitProfile(Published, Row):
    """A benefit in one month, in the benefit's unit: planned, actual, or now forecast."""

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="benefit_profiles")
    benefit = models.ForeignKey(Benefit, on_delete=models.CASCADE, related_name="profile")
    month = PeriodField(help_text="Such as 2015-04.")
    planned = NumberField(null=True, blank=True)
    actual = NumberField(null=True, blank=True)
    forecast = NumberField(null=True, blank=True)

    class Meta:
        verbose_name = "month of a benefit"
        verbose_name_plural = "benefits by month"
        ordering = ("benefit", "month")
        constraints = (
            models.UniqueConstraint(
                fields=("plan", "ref"),
                name="benefit_profile_ref_once",
                violation_error_message="This plan has a month of this reference already.",
            ),
            models.UniqueConstraint(
                fields=("benefit", "month"),
                name="benefit_profile_once",
                violation_error_message="This benefit has this month already. Change that one.",
            ),
        )

    def __str__(self) -> str:
        return f"{self.benefit}: {self.month.label}"

    def natural_key_parts(self) -> Iterable[object]:
        return [self.benefit.ref, self.month]

    def clean(self) -> None:
        if self.plan_id is None or self.benefit_id is None:
            return
        errors = {}
        if self.benefit.plan_id != self.plan_id:
            errors["benefit"] = "Choose a benefit of this plan."
        if not isinstance(self.month, Month):
            errors["month"] = "Give a month, such as 2015-04."
        if errors:
            raise ValidationError(errors)
