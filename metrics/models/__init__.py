"""What the money is meant to change, and whether it did."""

from metrics.models.context import ContextFigure
from metrics.models.metric import Metric, MetricOption
from metrics.models.population import Population
from metrics.models.value import MetricValue

__all__ = ["ContextFigure", "Metric", "MetricOption", "MetricValue", "Population"]
