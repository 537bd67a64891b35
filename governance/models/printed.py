"""What a document prints that rows should give, kept apart from the rows themselves."""

from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.db import models

from bcf.base.fields import FinancialYearField, NumberField
from bcf.base.models import Published
from bcf.periods import NotStated
from governance.models.placed import PlacedRow, placed
from metrics.models import Metric
from plans.models import Organisation
from plans.models.offered import require_choice
from schemes.models import Scheme

POUNDS = "GBP"
ABBREVIATIONS = {"act": "Act", "bcf": "BCF", "dfg": "DFG", "ibcf": "iBCF", "nhs": "NHS", "la": "LA"}


class PrintedFigure(Published, PlacedRow):
    """A printed total, share or alternative cut; it is held against rows and never added.

    `value` is in `unit`; amounts of money are in pounds (`GBP`) and `printed` keeps the figure
    in the unit of the document. The plan is the one that the figure is about: a part of a
    joint plan where the joint document prints the part's figure.
    """

    measure = models.CharField(max_length=80)
    table = models.CharField(max_length=120, blank=True)
    line = models.CharField(max_length=200, blank=True)
    theme = models.CharField(max_length=120, blank=True)
    scheme = models.ForeignKey(
        Scheme, on_delete=models.PROTECT, related_name="printed_figures", null=True, blank=True
    )
    funding_source = models.CharField("funding source or group", max_length=40, blank=True)
    sub_source = models.CharField(max_length=40, blank=True)
    organisation = models.ForeignKey(
        Organisation,
        on_delete=models.PROTECT,
        related_name="printed_figures",
        null=True,
        blank=True,
    )
    metric = models.ForeignKey(
        Metric, on_delete=models.PROTECT, related_name="printed_figures", null=True, blank=True
    )
    site = models.CharField(max_length=120, blank=True)
    financial_year = FinancialYearField(default=NotStated)
    period_in_words = models.CharField("period, in words", max_length=120, blank=True)
    value = NumberField(null=True, blank=True)
    value_in_words = models.CharField(max_length=200, blank=True)
    unit = models.CharField(max_length=60, blank=True)
    note = models.TextField(blank=True)

    class Meta:
        ordering = ("plan", "board", "table", "id")
        constraints = (*placed("printed_figure", "a printed figure"),)
        indexes = (
            models.Index(fields=("plan", "measure", "financial_year"), name="printed_by_measure"),
        )

    def __str__(self) -> str:
        return f"{self.label}, {self.financial_year.label}"

    def natural_key_parts(self) -> Iterable[object]:
        source = (self.funding_source, self.sub_source)
        scheme = self.scheme.reference if self.scheme else ""
        about = (self.theme, scheme, self.line, *source, self.site)
        return [self.table, self.financial_year, self.measure, *about]

    @property
    def measure_label(self) -> str:
        """The measure as words: `agreed-pool` is “Agreed pool”."""
        words = [ABBREVIATIONS.get(word, word) for word in self.measure.split("-")]
        return " ".join([words[0][:1].upper() + words[0][1:], *words[1:]])

    @property
    def label(self) -> str:
        """The measure with the line or theme of which it is a figure."""
        about = self.line or self.theme
        return f"{self.measure_label}: {about}" if about else self.measure_label

    @property
    def source_label(self) -> str:
        """The funding source or group in the cycle's words; empty where it is not of one."""
        if self.plan is None or not self.funding_source:
            return self.funding_source
        cycle = self.plan.cycle.definition
        entries = {each.key: each for each in (*cycle.funding_groups, *cycle.funding_sources)}
        source = entries.get(self.funding_source)
        if source is None:
            return self.funding_source
        subs = {sub.key: sub.label for sub in getattr(source, "sub_sources", ())}
        part = subs.get(self.sub_source)
        return f"{source.label}: {part}" if part else source.label

    @property
    def is_money(self) -> bool:
        return self.unit == POUNDS

    def clean(self) -> None:
        if self.plan is None:
            return
        cycle = self.plan.cycle.definition
        choices = (*cycle.funding_sources, *cycle.funding_groups)
        errors = require_choice(self, "funding_source", choices)
        if self.scheme and self.scheme.plan_id not in (self.plan_id, self.plan.part_of_id):
            errors["scheme"] = "Choose a scheme of this plan, or of the joint plan it is part of."
        if errors:
            raise ValidationError(errors)
