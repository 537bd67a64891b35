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
from metrics.rules import SUPPRESSED, MadeOf, computed, in_words, places_of
from plans.choices import OrganisationKind
from plans.models import Organisation

WORKED_OUT = "worked out"
# How a value measures whose numerator is in its own unit.
COUNTS = ("", Measure.COUNT)
SUPPRESSED_HELP = (
    "Withheld because the number is small: not nought, and not missing. A source that prints 0 in "
    "its place, as the adult social care dashboard does, cannot be told from a real 0: tick this "
    "where you know."
)


class MetricValue(Published, StatedRow):
    """One figure of a metric for a period, in the unit that `unit` says.

    A document's figure stands in `value`, or in `words` where it is a text such as “top tenth
    of comparable boroughs”. Where `numerator`, `denominator` and `per` are known, `computed`
    gives what they come to by the metric's method, beside what was printed. The `provider`,
    `commissioner` and `breakdown` say of which part of the activity the figure is; `series` tells
    apart two versions of the same figures, such as Havering's flat and seasonal delayed days.

    A standardised rate has what it is held against: indirectly, the numerator observed, the
    denominator expected, and the `standard_rate` of the reference population; directly, a row
    for each age band (its breakdown) with the `standard_population` of that band.

    A figure that is suppressed was withheld because it is small: there is one, it is not known,
    and it is not nought. It has no value, no numerator and no words.
    """

    MENDED_BY = {
        "metric_value_says_something": "value",
        "metric_value_percent_0_to_100": "value",
        "metric_value_not_negative": "value",
        "metric_value_suppressed_alone": "is_suppressed",
        "metric_value_standard_rate_not_negative": "standard_rate",
        "metric_value_standard_population_above_0": "standard_population",
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
    standard_rate = NumberField(
        "rate of the reference population",
        null=True,
        blank=True,
        help_text="Of an indirectly standardised rate, such as that of England, in its unit.",
    )
    standard_population = NumberField(
        "standard population of the age band",
        null=True,
        blank=True,
        help_text="Of an age band of a directly standardised rate: how many it weighs.",
    )
    value = NumberField(null=True, blank=True)
    is_suppressed = models.BooleanField("suppressed", default=False, help_text=SUPPRESSED_HELP)
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
                condition=Q(value__isnull=False)
                | Q(numerator__isnull=False)
                | ~Q(words="")
                | Q(is_suppressed=True),
                name="metric_value_says_something",
                violation_error_message=(
                    "Give a value, a numerator, or the value in words; or say that it is "
                    "suppressed."
                ),
            ),
            models.CheckConstraint(
                condition=Q(is_suppressed=False)
                | Q(value__isnull=True, numerator__isnull=True, words=""),
                name="metric_value_suppressed_alone",
                violation_error_message=(
                    "A suppressed figure has no value, no numerator and no words. Empty them, or "
                    "say that it is not suppressed."
                ),
            ),
            models.CheckConstraint(
                condition=Q(standard_rate__isnull=True) | Q(standard_rate__gte=0),
                name="metric_value_standard_rate_not_negative",
                violation_error_message=(
                    "The rate of the reference population is 0 or more. Type one that is, or "
                    "leave it empty."
                ),
            ),
            models.CheckConstraint(
                condition=Q(standard_population__isnull=True) | Q(standard_population__gt=0),
                name="metric_value_standard_population_above_0",
                violation_error_message=(
                    "A standard population is above 0. Type one that is, or leave it empty."
                ),
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
        if self.is_suppressed:
            return SUPPRESSED
        if self.value is None and self.words:
            return self.words
        made = self.computed if self.value is None else None
        figure = in_words(self.shown, None, self.shown_unit, self.qualifier)
        return figure if made is None else f"{figure} ({WORKED_OUT})"

    @property
    def shown(self) -> Decimal | None:
        """The number that a reader sees: the value, else what it comes to, else the numerator."""
        if self.value is not None:
            return self.value
        made = self.computed
        return self.numerator if made is None else made

    @property
    def shown_unit(self) -> str:
        """The unit of that number; a numerator is not in that of its rate."""
        is_numerator = self.value is None and self.computed is None
        return "" if is_numerator and self.measure not in COUNTS else self.unit

    @property
    def places(self) -> int:
        """With how many decimals the value is printed; one where there is no value."""
        return places_of(self.value, self.rounded_to)

    @property
    def computed(self) -> Decimal | None:
        """What the row's own numbers come to, with the decimal places that are printed.

        None also where the figure is made of other rows (`bcf.assurance.measured`).
        """
        made_of = MadeOf(
            self.metric.method,
            self.measure,
            self.numerator,
            self.denominator,
            self.per,
            self.standard_rate,
            self.standard_population,
        )
        return computed(made_of, self.places)

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
