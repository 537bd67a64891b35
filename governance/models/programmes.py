"""Work of a board beside its plan, such as bringing care nearer to people's homes."""

from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q

from bcf.base.fields import FinancialYearField, MoneyField, PartialDateField, PeriodField
from bcf.base.models import Cited, Published, Row, Versioned
from bcf.periods import NotStated
from governance.choices import Recurrence, YesOrNo
from governance.models.placed import ref_once
from plans.models import Board, Organisation


class Programme(Cited, Versioned):
    """A programme of a board beside the plan; read by everyone signed in."""

    FIXED = ("slug", "board_id")

    board = models.ForeignKey(Board, on_delete=models.PROTECT, related_name="programmes")
    slug = models.SlugField(
        max_length=80, unique=True, help_text="Names the programme in addresses and files."
    )
    title = models.CharField(max_length=200)
    period = PeriodField(default=NotStated)
    summary = models.TextField(blank=True)

    class Meta:
        ordering = ("board", "title")

    def __str__(self) -> str:
        return self.title


class ProgrammeRow(Row):
    """A row of one programme. It never moves to another."""

    REF_SCOPE = ("programme_id",)
    FIXED = ("ref", "programme_id")

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="%(class)ss")

    class Meta:
        abstract = True


class ProgrammeBudgetLine(Published, ProgrammeRow):
    """Money for one purpose of a programme in a year, in pounds, and who gives it."""

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="budget_lines")
    financial_year = FinancialYearField(default=NotStated)
    label = models.CharField(max_length=200)
    source = models.ForeignKey(
        Organisation,
        on_delete=models.PROTECT,
        related_name="programme_budget_lines",
        null=True,
        blank=True,
    )
    amount = MoneyField("amount (£)", null=True, blank=True)
    recurrence = models.CharField(max_length=14, choices=Recurrence.choices, blank=True)
    duration = models.CharField("duration, in words", max_length=60, blank=True)
    expected_to_increase = models.CharField(max_length=3, choices=YesOrNo.choices, blank=True)

    class Meta:
        ordering = ("programme", "financial_year", "id")
        constraints = (
            ref_once("programme_budget_line", "a budget line", "programme"),
            models.CheckConstraint(
                condition=Q(amount__isnull=True) | Q(amount__gte=0),
                name="programme_budget_line_not_negative",
                violation_error_message=(
                    "The amount of a budget is never less than £0. Type it without a minus sign."
                ),
            ),
        )

    def __str__(self) -> str:
        return f"{self.label}, {self.financial_year.label}"

    def natural_key_parts(self) -> Iterable[object]:
        return [self.financial_year, self.label]


class ProgrammeNetwork(Cited, ProgrammeRow):
    """A network of practices: its focus and the people it covers, as two pages print them."""

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="networks")
    name = models.CharField(max_length=120)
    status_in_words = models.CharField("status, in words", max_length=120, blank=True)
    focus = models.CharField("focus, in the overview", max_length=200, blank=True)
    focus_on_own_page = models.CharField(max_length=200, blank=True)
    practices = models.PositiveIntegerField(null=True, blank=True)
    population = models.PositiveIntegerField("people, in the overview", null=True, blank=True)
    population_on_own_page = models.PositiveIntegerField(
        "people, on its own page", null=True, blank=True
    )
    all_partners_by = PartialDateField("all partners in place by")

    class Meta:
        ordering = ("programme", "name")
        constraints = (
            ref_once("programme_network", "a network", "programme"),
            models.UniqueConstraint(
                fields=("programme", "name"),
                name="programme_network_once",
                violation_error_message=(
                    "This programme has a network of this name already. Type another name."
                ),
            ),
        )

    def __str__(self) -> str:
        return self.name

    def natural_key_parts(self) -> Iterable[object]:
        return [self.name]


class ProgrammeWorkstream(Cited, ProgrammeRow):
    """A strand of a programme's work: partners, money in words, what it sets out to do."""

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="workstreams")
    name = models.CharField(max_length=120)
    funding_in_words = models.CharField("funding, in words", max_length=200, blank=True)
    partners = models.CharField("partners, in words", max_length=300, blank=True)
    overview = models.TextField(blank=True)
    objectives = models.TextField(blank=True)

    class Meta:
        ordering = ("programme", "id")
        constraints = (ref_once("programme_workstream", "a workstream", "programme"),)

    def __str__(self) -> str:
        return self.name

    def natural_key_parts(self) -> Iterable[object]:
        return [self.name]


class NetworkOfProgramme(ProgrammeRow):
    """A row of a programme that may be about one of its networks."""

    class Meta:
        abstract = True

    def clean(self) -> None:
        network = getattr(self, "network", None)
        if network is not None and network.programme_id != self.programme_id:
            raise ValidationError({"network": "Choose a network of this programme."})


class ProgrammeMilestone(Cited, NetworkOfProgramme):
    """Something that a programme means to have done by a date."""

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="milestones")
    network = models.ForeignKey(
        ProgrammeNetwork,
        on_delete=models.PROTECT,
        related_name="milestones",
        null=True,
        blank=True,
    )
    title = models.CharField(max_length=300)
    starts = PartialDateField("starts")
    due = PartialDateField("due")
    when_in_words = models.CharField("when, in words", max_length=120, blank=True)
    financial_year = FinancialYearField(default=NotStated)

    class Meta:
        ordering = ("programme", "id")
        constraints = (ref_once("programme_milestone", "a milestone", "programme"),)

    def __str__(self) -> str:
        return self.title

    def natural_key_parts(self) -> Iterable[object]:
        return [self.network.name if self.network else "", self.title]


class ProgrammeMark(Cited, NetworkOfProgramme):
    """A mark in a network's timetable: one activity in one month, named without its year."""

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="marks")
    network = models.ForeignKey(ProgrammeNetwork, on_delete=models.CASCADE, related_name="marks")
    activity = models.CharField(max_length=120)
    month_in_words = models.CharField("month, in words", max_length=20)
    position = models.PositiveSmallIntegerField("column of the timetable")
    marked = models.BooleanField(default=True)

    class Meta:
        ordering = ("network", "id")
        constraints = (
            ref_once("programme_mark", "a mark", "programme"),
            models.UniqueConstraint(
                fields=("network", "activity", "position"),
                name="programme_mark_once",
                violation_error_message=(
                    "This activity has a mark in this month already. Change that one."
                ),
            ),
        )

    def __str__(self) -> str:
        return f"{self.network}: {self.activity}, {self.month_in_words}"

    def natural_key_parts(self) -> Iterable[object]:
        return [self.network.name, self.activity, self.position, self.month_in_words]
