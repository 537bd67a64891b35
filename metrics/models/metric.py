"""What is measured, and what a plan considered measuring."""

from collections.abc import Iterable

from django.db import models

from bcf.base.models import Cited, Row, Versioned
from metrics.choices import Better, Method
from plans.models import Plan


class Metric(Versioned):
    """An indicator, national or local. Its key is ours, for ASCOF has used its codes twice.

    Permanent admissions at 65 and over were 2A part 2 before the framework was numbered anew,
    and are 2C since, which was delayed transfers before: so a metric has both codes.
    """

    FIXED = ("key",)

    key = models.SlugField(
        max_length=60, unique=True, help_text="Names the metric in addresses and files."
    )
    name = models.CharField(max_length=200)
    definition = models.TextField(blank=True)
    unit = models.CharField(max_length=80, blank=True)
    better = models.CharField(max_length=10, choices=Better.choices)
    method = models.CharField(
        "how it is worked out",
        max_length=24,
        choices=Method.choices,
        blank=True,
        help_text="Leave empty where areas measure it in ways of their own.",
    )
    numerator = models.CharField("numerator, in words", max_length=300, blank=True)
    denominator = models.CharField("denominator, in words", max_length=300, blank=True)
    age_band = models.CharField(max_length=40, blank=True)
    frequency = models.CharField(max_length=60, blank=True)
    is_national = models.BooleanField("national metric", default=False)
    ascof_code_then = models.CharField("ASCOF code, old numbering", max_length=20, blank=True)
    ascof_code_now = models.CharField("ASCOF code, new numbering", max_length=20, blank=True)
    verified = models.BooleanField("checked against its source", default=False)
    source = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ("-is_national", "name")
        constraints = (
            models.CheckConstraint(
                condition=models.Q(better__in=Better.values),
                name="metric_better_known",
                violation_error_message="Say whether higher, lower or neither is better.",
            ),
            models.CheckConstraint(
                condition=models.Q(method="") | models.Q(method__in=Method.values),
                name="metric_method_known",
                violation_error_message=(
                    "Choose one of the ways in which a metric is worked out, or leave it empty."
                ),
            ),
        )

    def __str__(self) -> str:
        return self.name


class MetricOption(Cited, Row):
    """A local metric that a plan considered: its ratings where given, and the reasons."""

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="metric_options")
    indicator = models.CharField(max_length=300)
    relevance = models.CharField("rating of relevance", max_length=20, blank=True)
    relevance_reason = models.TextField("relevance", blank=True)
    accuracy = models.CharField("rating of accuracy", max_length=20, blank=True)
    accuracy_reason = models.TextField("accuracy", blank=True)
    feasibility = models.CharField("rating of feasibility", max_length=20, blank=True)
    feasibility_reason = models.TextField("feasibility", blank=True)

    class Meta:
        ordering = ("plan", "id")
        constraints = (
            models.UniqueConstraint(
                fields=("plan", "ref"),
                name="metric_option_ref_once",
                violation_error_message="This plan has an option of this reference already.",
            ),
            models.UniqueConstraint(
                fields=("plan", "indicator"),
                name="metric_option_once",
                violation_error_message=(
                    "This plan considers this indicator already. Change that one, or name "
                    "another indicator."
                ),
            ),
        )

    def __str__(self) -> str:
        return self.indicator

    def natural_key_parts(self) -> Iterable[object]:
        return [self.indicator]
