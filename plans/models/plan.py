"""Cycles, and an area's plan for one of them."""

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.urls import reverse

from bcf.base.fields import FinancialYearField
from bcf.base.models import Cited, Versioned
from bcf.base.sentences import not_offered
from bcf.periods import FinancialYear
from plans.choices import PlanStatus
from plans.cycle_definitions import (
    PLAN,
    REFRESH,
    SUPPLEMENT,
    WORDS,
    CycleDefinition,
    FormWords,
    definition,
    form_kind,
)
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
    plan, whose money is its own rows and its parts' together. A supplement or a refresh is
    `attached_to` the plan that it adds to or takes the place of; its money is its own alone.
    """

    FIXED = ("slug", "cycle_id")
    MENDED_BY = {
        "plan_not_part_of_itself": "part_of",
        "plan_not_attached_to_itself": "attached_to",
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
    attached_to = models.ForeignKey(
        "self",
        verbose_name="supplement or refresh of",
        on_delete=models.PROTECT,
        related_name="attachments",
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
            models.CheckConstraint(
                condition=models.Q(attached_to__isnull=True)
                | ~models.Q(attached_to=models.F("id")),
                name="plan_not_attached_to_itself",
                violation_error_message=(
                    "A plan cannot be attached to itself. Choose the plan that it adds to or "
                    "refreshes."
                ),
            ),
        )

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("plan", args=[self.slug])

    def clean(self) -> None:
        errors = {}
        if refused := self._refused_version():
            errors["template_version"] = refused
        if refused := self._refused_whole():
            errors["part_of"] = refused
        if not errors and self.cycle_id and (refused := self._refused_attachment()):
            errors["attached_to"] = refused
        if errors:
            raise ValidationError(errors)

    def _refused_version(self) -> Any:
        if not (self.template_version and self.cycle_id):
            return ""
        versions = self.cycle.definition.template_versions
        if self.template_version in {version.key for version in versions}:
            return self._refused_change_of_kind()
        labels = [version.label for version in versions]
        return not_offered(self.template_version, "template version", self.cycle.key, labels)

    def _refused_change_of_kind(self) -> str:
        """Why a plan that has rows cannot become a supplement, nor a supplement a plan."""
        stored = Plan.objects.filter(pk=self.pk).select_related("cycle").first()
        if stored is None or stored.kind == self.kind:
            return ""
        if not any(rows.exists() for rows in (self.contributions, self.requirements, self.answers)):
            return ""
        return (
            f"This {stored.words.noun} has contributions, minimums or answers already, which a "
            f"{self.words.noun} does not ask for alike. Leave its template version, and add a "
            f"{self.words.noun} of its own."
        )

    def _refused_whole(self) -> str:
        whole = self.part_of
        if whole is None:
            return ""
        if whole.cycle_id != self.cycle_id:
            return (
                "A part has the same cycle as its joint plan. Choose a joint plan of "
                f"{self.cycle.key}."
            )
        if whole.part_of_id:
            return f"{whole} is itself a part of a joint plan. Choose that joint plan."
        if self.pk and self.parts.exists():
            return (
                "This plan has parts of its own, so it cannot be one. Leave the joint plan empty."
            )
        if whole.kind != self.kind:
            return (
                f"{whole} is a {whole.words.noun} and this is a {self.words.noun}, whose money is "
                "not added to it. Choose a joint plan on the same form, or none."
            )
        return ""

    def _refused_attachment(self) -> str:
        base = self.attached_to
        if base is not None and base.pk == self.pk:
            return ""  # the constraint says so
        if not self.attaches:
            if base is not None:
                return (
                    f"A {self.words.noun} is attached to no other plan. Leave this empty, or "
                    "choose the form of a supplement or a refresh as its template version."
                )
            return self._refused_base() if self.pk and self.kind != PLAN else ""
        if base is None:
            return (
                f"A {self.words.noun} is attached to a plan. Choose the plan of {self.cycle.key} "
                "that it belongs to."
            )
        if base.cycle_id != self.cycle_id:
            return (
                f"A {self.words.noun} has the same cycle as its plan. Choose a plan of "
                f"{self.cycle.key}."
            )
        if base.kind != PLAN:
            return f"{base} is itself a {base.words.noun}. Choose the plan on the cycle’s own form."
        alike = base.attachments.filter(template_version=self.template_version)
        if self.kind == REFRESH and alike.exclude(pk=self.pk).exists():
            return (
                f"{base} has a refresh on this form already. Change that one, or choose another "
                "form."
            )
        return self._refused_base() if self.pk else ""

    def _refused_base(self) -> str:
        """Why a plan that others are attached to cannot be on a form of another kind."""
        if not self.attachments.exclude(pk=self.pk).exists():
            return ""
        return (
            f"Supplements or refreshes are attached to this plan, so it cannot be a "
            f"{self.words.noun}. Choose the template version of a plan."
        )

    def refused_boards(self, boards: Iterable[Board]) -> str:
        """Why the plan cannot be of these boards together; empty where it can.

        What is attached has the boards of its plan. Boards are saved after the plan itself, so
        that forms and files ask for this beside `clean()`.
        """
        own = {board.pk for board in boards}
        if self.attached_to is not None:
            named = list(self.attached_to.boards.all())
            if own == {board.pk for board in named}:
                return ""
            return (
                f"A {self.words.noun} has the boards of its plan. Choose those of "
                f"{self.attached_to}: {'; '.join(str(board) for board in named)}."
            )
        others = self.attachments.prefetch_related("boards") if self.pk else ()
        for each in others:
            if own != {board.pk for board in each.boards.all()}:
                return (
                    f"{each} is attached to this plan and has the same boards. Leave the boards "
                    "as they are, or remove what is attached first."
                )
        return ""

    @property
    def kind(self) -> str:
        """The kind of its form: of a plan where it names none."""
        return form_kind(self.cycle.definition, self.template_version)

    @property
    def words(self) -> FormWords:
        """What it is called in titles and sentences, by the kind of its form."""
        return WORDS[self.kind]

    @property
    def attaches(self) -> bool:
        """Whether it is a supplement or a refresh, and so attached to another plan."""
        return self.kind in (SUPPLEMENT, REFRESH)

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
