"""Fixed vocabularies of metrics and their values."""

from django.db import models


class Better(models.TextChoices):
    """In which direction a metric improves."""

    HIGHER = "higher", "Higher is better"
    LOWER = "lower", "Lower is better"
    NEITHER = "neither", "Neither"


class Method(models.TextChoices):
    """How a figure of a metric is worked out; blank where no one way is laid down."""

    CRUDE_RATE = "crude-rate", "Crude rate"
    PERCENTAGE = "percentage", "Percentage"
    AVERAGE = "average", "Average"
    AVERAGE_DELAY = "average-delay", "Average delay"
    INDIRECTLY_STANDARDISED = "indirectly-standardised", "Indirectly standardised rate"
    DIRECTLY_STANDARDISED = "directly-standardised", "Directly age-standardised rate"


class DelayPart(models.TextChoices):
    """The breakdowns of an average delay from which that of all discharges is worked out.

    A percentage of those discharged on the day they were ready, and the average of the others.
    """

    ON_THE_DAY = "discharged on the day they were ready"
    DELAYED = "discharged a day or more later"


class ValueKind(models.TextChoices):
    """What a value of a metric stands for. Checks treat a plan and a target alike."""

    BASELINE = "baseline", "Baseline"
    PLAN = "plan", "Plan"
    TARGET = "target", "Target"
    ACTUAL = "actual", "Actual"
    BENCHMARK = "benchmark", "Benchmark"
    THRESHOLD = "threshold", "Threshold"


class Measure(models.TextChoices):
    """How a value measures; blank where the document prints no unit."""

    COUNT = "count", "Count"
    RATE = "rate", "Rate"
    PERCENT = "percent", "Percentage"
    AVERAGE = "average", "Average"
    CHANGE = "change", "Change"


class Attribution(models.TextChoices):
    """To whom a delay is attributed; blank where the document does not say."""

    NHS = "nhs", "NHS"
    SOCIAL_CARE = "social-care", "Social care"
    BOTH = "both", "Both"
    TOTAL = "total", "Total"
