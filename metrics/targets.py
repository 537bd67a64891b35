"""What rows of files point at by the key of a metric."""

from bcf.base.references import Target
from metrics.models import Metric

METRICS = Target(
    "metric",
    rows=lambda person: Metric.objects.all(),
    names=lambda metric: [metric.key, metric.name],
    is_open=True,
)
