"""Cycles, and an area's plan for one of them."""

from django.core.exceptions import ValidationError
from django.db import models
from django.urls import reverse

from bcf.base.fields import FinancialYearField
from bcf.base.models import Cited, Versioned
from bcf.base.sentences import not_offered
from bcf.periods import FinancialYear
from plans.choices import PlanStatus
from plans.cycle_definitions import CycleDefinition, definition
from plans.models.organisations import Board, Organisation
from plans.rules import is_open


class Cycle(Versioned):
    """A planning round, such as 2014-16. What it asks for is its definition file."""

    FIXED = ("key",)

    key = models.SlugField(max_length=20, unique=True)
    name = models.CharField(max_length=200)
    first_year = FinancialYearField()
    last_year = FinancialYearField()

    class Meta:
        ordering = ("-key",)

    def __str__(self) -> str:
        return self.name

    @property
    def definition(self) -> CycleDefinition:
        return definition(self.key)

    @property
    def years(self) -> list[FinancialYear]:
        """The financial years that a plan of this cycle covers, in order."""
        return [FinancialYear.parse(code) for code in self.definition.years]


class Plan(Versioned, Cited):
    """One area's Better Care Fund plan for a cycle, over one board or several.

    A joint plan stores its boards; a part belongs to one of them and is `part_of` the joint
    plan, whose money is its own rows and its parts' together.
    """

    FIXED = ("slug", "cycle_id")
    MENDED_BY = {
        "plan_not_part_of_itself": "part_of",
    }

    slug = models.SlugField(
        max_length=80, unique=True, help_text="Names the plan in addresses and files."
    )
    title = models.CharField(max_length=200)
    cycle = models.ForeignKey(Cycle, on_delete=models.PROTECT, related_name="plans")
    template_version = models.CharField(max_length=40, blank=True)
    boards: models.ManyToManyField = models.ManyToManyField(Board, related_name="plans")
    commissioners: models.ManyToManyField = models.ManyToManyField(
        Organisation,
        verbose_name="NHS commissioners",
        related_name="commissioned_plans",
        blank=True,
    )
    part_of = models.ForeignKey(
        "self",
        verbose_name="part of the joint plan",
        on_delete=models.PROTECT,
        related_name="parts",
        null=True,
        blank=True,
    )
    status = models.CharField(
        max_length=10, choices=PlanStatus.choices, default=PlanStatus.DRAFT, editable=False
    )
    agreed_on = models.DateField("agreed by the board on", null=True, blank=True)
    agreed_in_words = models.CharField("agreement, in words", max_length=200, blank=True)
    submitted_in_words = models.CharField("submission dates, in words", max_length=200, blank=True)
    boundary_note = models.TextField("boundary differences", blank=True)
    _history_m2m_fields = (boards, commissioners)

    class Meta:
        ordering = ("-cycle__key", "title")
        constraints = (
            models.CheckConstraint(
                condition=models.Q(part_of__isnull=True) | ~models.Q(part_of=models.F("id")),
                name="plan_not_part_of_itself",
                violation_error_message=(
                    "A plan cannot be a part of itself. Choose another joint plan, or none."
                ),
            ),
        )

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("plan", args=[self.slug])

    def clean(self) -> None:
        errors = {}
        if self.part_of is not None:
            if self.part_of.cycle_id != self.cycle_id:
                errors["part_of"] = (
                    "A part has the same cycle as its joint plan. Choose a joint plan of "
                    f"{self.cycle.key}."
                )
            elif self.part_of.part_of_id:
                errors["part_of"] = (
                    f"{self.part_of} is itself a part of a joint plan. Choose that joint plan."
                )
            elif self.pk and self.parts.exists():
                errors["part_of"] = (
                    "This plan has parts of its own, so it cannot be one. Leave the joint plan "
                    "empty."
                )
        if self.template_version and self.cycle_id:
            versions = self.cycle.definition.template_versions
            if self.template_version not in {version.key for version in versions}:
                labels = [version.label for version in versions]
                errors["template_version"] = not_offered(
                    self.template_version, "template version", self.cycle.key, labels
                )
        if errors:
            raise ValidationError(errors)

    @property
    def asked(self) -> CycleDefinition:
        """What the plan's form asks of its cycle, and what it offers."""
        return self.cycle.definition.of_form(self.template_version)

    @property
    def years(self) -> list[FinancialYear]:
        """The financial years that its form asks about, in order."""
        return [FinancialYear.parse(code) for code in self.asked.years]

    @property
    def is_open(self) -> bool:
        """Whether its rows may be edited; only a draft's may."""
        return is_open(self.status)
