"""Values of metrics: where they were, are meant to be, and came to be."""

from collections.abc import Iterable
from decimal import Decimal

from django.db import models
from django.db.models import Q
from django.db.models.functions import Coalesce

from bcf.base.fields import NumberField
from bcf.base.models import Published
from metrics.choices import Attribution, Measure, ValueKind
from metrics.models.metric import Metric
from metrics.models.stated import StatedRow, stated_constraints
from metrics.rules import in_words, places_of, rate
from plans.choices import OrganisationKind
from plans.models import Organisation


class MetricValue(Published, StatedRow):
    """One figure of a metric for a period, in the unit that `unit` says.

    A document's figure stands in `value`, or in `words` where it is a text such as “top tenth
    of comparable boroughs”. Where `numerator`, `denominator` and `per` are known, `computed`
    gives what they come to, beside what was printed. The `provider`, `commissioner` and
    `breakdown` say of which part of the activity the figure is; `series` tells apart two
    versions of the same figures, such as Havering's flat and seasonal delayed days.
    """

    MENDED_BY = {
        "metric_value_says_something": "value",
        "metric_value_percent_0_to_100": "value",
        "metric_value_not_negative": "value",
    }

    metric = models.ForeignKey(Metric, on_delete=models.PROTECT, related_name="values")
    kind = models.CharField(max_length=10, choices=ValueKind.choices)
    measure = models.CharField(
        max_length=10,
        choices=Measure.choices,
        blank=True,
        help_text="Leave empty where the document prints no unit.",
    )
    unit = models.CharField(max_length=80, blank=True)
    per = models.PositiveIntegerField(
        null=True, blank=True, help_text="Per how many: 100,000 for a rate, 100 for a percentage."
    )
    attribution = models.CharField(max_length=12, choices=Attribution.choices, blank=True)
    breakdown = models.CharField(
        max_length=120, blank=True, help_text="Such as an age, a site, a reason or a level of risk."
    )
    provider = models.ForeignKey(
        Organisation,
        on_delete=models.PROTECT,
        related_name="provider_values",
        null=True,
        blank=True,
    )
    commissioner = models.ForeignKey(
        Organisation,
        verbose_name="NHS commissioner",
        on_delete=models.PROTECT,
        related_name="commissioner_values",
        limit_choices_to={"kind": OrganisationKind.NHS_COMMISSIONER},
        null=True,
        blank=True,
    )
    series = models.CharField(max_length=40, blank=True)
    numerator = NumberField(null=True, blank=True)
    denominator = NumberField(null=True, blank=True)
    value = NumberField(null=True, blank=True)
    words = models.CharField("value, in words", max_length=200, blank=True)
    comment = models.TextField(blank=True)

    class Meta:
        ordering = ("metric", "period", "kind", "id")
        constraints = (
            *stated_constraints("metric_value", "metric value"),
            models.UniqueConstraint(
                "metric",
                Coalesce("plan", 0),
                Coalesce("board", 0),
                "period",
                "period_in_words",
                "kind",
                "measure",
                "unit",
                "attribution",
                "breakdown",
                Coalesce("provider", 0),
                Coalesce("commissioner", 0),
                "series",
                name="metric_value_once",
                violation_error_message=(
                    "This figure is there already. Change that one, or say in the breakdown or "
                    "the series how this one differs."
                ),
            ),
            models.CheckConstraint(
                condition=Q(value__isnull=False) | Q(numerator__isnull=False) | ~Q(words=""),
                name="metric_value_says_something",
                violation_error_message="Give a value, a numerator, or the value in words.",
            ),
            models.CheckConstraint(
                condition=~Q(measure=Measure.PERCENT)
                | Q(value__isnull=True)
                | Q(value__gte=0, value__lte=100),
                name="metric_value_percent_0_to_100",
                violation_error_message=(
                    "A percentage lies from 0 to 100. Choose “change” for a rise or a fall."
                ),
            ),
            models.CheckConstraint(
                condition=Q(measure=Measure.CHANGE) | Q(value__isnull=True) | Q(value__gte=0),
                name="metric_value_not_negative",
                violation_error_message=(
                    "Only a change is ever less than 0. Choose “change” as the measure, or "
                    "type the value without a minus sign."
                ),
            ),
            models.CheckConstraint(
                condition=Q(denominator__isnull=True) | Q(denominator__gt=0),
                name="metric_value_denominator_above_0",
                violation_error_message=(
                    "A denominator is above 0. Type one that is, or leave it empty."
                ),
            ),
        )
        indexes = (
            models.Index(fields=("board", "metric", "period")),
            # Pages of all boards' values, which may be hundreds of thousands, in their order.
            models.Index(fields=("metric", "period", "kind", "id"), name="metric_value_in_order"),
            # Orders of the API in which most rows are alike: these stand by their numbers.
            models.Index(fields=("plan", "id"), name="metric_value_by_plan"),
            models.Index(fields=("metric", "id"), name="metric_value_by_metric"),
            models.Index(fields=("provider", "id"), name="metric_value_by_provider"),
            models.Index(fields=("commissioner", "id"), name="metric_value_by_nhs"),
        )

    def __str__(self) -> str:
        kind = self.get_kind_display().lower()
        return f"{self.metric.name}, {kind}, {self.period_label}"

    @property
    def figure(self) -> str:
        """The value as a reader writes it, with its unit; in words where it has no number."""
        if self.value is None and self.words:
            return self.words
        value = self.numerator if self.value is None else self.value
        return in_words(value, None, self.unit, self.qualifier)

    @property
    def places(self) -> int:
        """With how many decimals the value is printed; one where there is no value."""
        return places_of(self.value, self.rounded_to)

    @property
    def computed(self) -> Decimal | None:
        """What numerator and denominator come to, with the decimal places that are printed."""
        return rate(self.numerator, self.denominator, self.per, self.places)

    @property
    def part(self) -> str:
        """Of which part of the activity the figure is; empty where it is of the whole."""
        attribution = self.get_attribution_display()
        bodies = [str(each) for each in (self.commissioner, self.provider) if each]
        return ", ".join(filter(None, (attribution, *bodies, self.breakdown, self.series)))

    def natural_key_parts(self) -> Iterable[object]:
        bodies = [each.key for each in (self.provider, self.commissioner) if each]
        return [
            self.metric.key,
            self.period,
            self.kind,
            self.measure,
            self.attribution,
            self.series,
            self.breakdown,
            *bodies,
            *self.subject_parts(),
        ]
