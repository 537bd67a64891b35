"""Who pays what into the pool, and what the pool must hold at least."""

from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models.functions import Coalesce

from bcf.base.fields import FinancialYearField, MoneyField
from bcf.base.models import Published, Row
from plans.models.offered import (
    require_choice,
    require_existing,
    require_part,
    require_year,
    year_of,
)
from plans.models.organisations import Organisation
from plans.models.plan import Plan


class PlanRow(Row):
    """A row of a plan for a financial year. It never moves to another plan."""

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="%(class)ss")
    financial_year = FinancialYearField()

    class Meta:
        abstract = True

    def clean(self) -> None:
        if self.plan_id is None:
            return
        errors = {
            **require_year(self),
            **self.choice_errors(),
            **self.row_errors(),
        }
        if errors:
            raise ValidationError(errors)

    def choice_errors(self) -> dict[str, str]:
        """Errors of choices that the plan's cycle does not offer."""
        return {}

    def row_errors(self) -> dict[str, str]:
        """Errors that span this row and others."""
        return {}


class Contribution(Published, PlanRow):
    """What one organisation pays into the pool in a year, from one funding source, in pounds."""

    CHECKED_WITH = ("contributor",)

    funding_source = models.CharField(max_length=40)
    sub_source = models.CharField(max_length=40, blank=True)
    contributor = models.ForeignKey(
        Organisation,
        on_delete=models.PROTECT,
        related_name="contributions",
        null=True,
        blank=True,
        help_text="Who pays. Leave empty where it is not stated.",
    )
    amount = MoneyField("amount (£)", null=True, blank=True)
    note = models.TextField(blank=True)

    class Meta:
        ordering = ("financial_year", "id")
        constraints = (
            models.UniqueConstraint(
                fields=("plan", "ref"),
                name="contribution_ref_once",
                violation_error_message="This plan has a contribution of this reference already.",
            ),
            models.UniqueConstraint(
                "plan",
                "financial_year",
                "funding_source",
                "sub_source",
                Coalesce("contributor", 0),
                name="contribution_once",
                violation_error_message=(
                    "There is already a contribution from this source and contributor for this "
                    "year. Change that one, or give this one another sub-source."
                ),
            ),
            models.CheckConstraint(
                condition=models.Q(amount__isnull=True) | models.Q(amount__gte=0),
                name="contribution_not_negative",
                violation_error_message=(
                    "The amount of a contribution is never less than £0. Type it without a "
                    "minus sign or brackets."
                ),
            ),
        )
        indexes = (models.Index(fields=("plan", "financial_year")),)

    def __str__(self) -> str:
        return f"{self.source_label}, {self.financial_year.label}"

    def natural_key_parts(self) -> Iterable[object]:
        contributor = self.contributor.key if self.contributor else ""
        return [self.financial_year, self.funding_source, self.sub_source, contributor]

    def choice_errors(self) -> dict[str, str]:
        sources = self.plan.asked.funding_sources
        return require_choice(self, "funding_source", sources) or require_part(
            self, "sub_source", "funding_source", sources, parts="sub_sources", what="sub-source"
        )

    def row_errors(self) -> dict[str, str]:
        return require_existing(self, "contributor", *year_of(self), "financial_year")

    @property
    def source_label(self) -> str:
        """The funding source in the cycle's words, with the part of it where one is given."""
        sources = {each.key: each for each in self.plan.cycle.definition.funding_sources}
        source = sources.get(self.funding_source)
        if source is None:
            return self.funding_source
        subs = {sub.key: sub.label for sub in source.sub_sources}
        part = subs.get(self.sub_source)
        return f"{source.label}: {part}" if part else source.label


class Requirement(Published, PlanRow):
    """A published minimum for a year, and the actual that the plan itself states, in pounds."""

    rule = models.CharField(max_length=40)
    minimum = MoneyField("minimum (£)", null=True, blank=True)
    actual = MoneyField("as the plan states it (£)", null=True, blank=True)
    printed_actual = models.CharField("plan’s figure as printed", max_length=60, blank=True)
    note = models.TextField(blank=True)

    class Meta:
        ordering = ("financial_year", "rule")
        constraints = (
            models.UniqueConstraint(
                fields=("plan", "ref"),
                name="requirement_ref_once",
                violation_error_message="This plan has a requirement of this reference already.",
            ),
            models.UniqueConstraint(
                fields=("plan", "financial_year", "rule"),
                name="requirement_once",
                violation_error_message=(
                    "This requirement is already there for this year. Change that one, or "
                    "choose another financial year."
                ),
            ),
        )

    def __str__(self) -> str:
        return f"{self.rule_label}, {self.financial_year.label}"

    def natural_key_parts(self) -> Iterable[object]:
        return [self.financial_year, self.rule]

    def choice_errors(self) -> dict[str, str]:
        rules = self.plan.asked.requirement_rules
        return require_choice(self, "rule", rules, "requirement")

    @property
    def rule_label(self) -> str:
        rules = {rule.key: rule.label for rule in self.plan.cycle.definition.requirement_rules}
        return rules.get(self.rule, self.rule)
