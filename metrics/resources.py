"""Files of metrics, their values, populations, context figures and options."""

from bcf.base.references import ReferenceCell
from metrics.models import ContextFigure, Metric, MetricOption, MetricValue, Population
from metrics.scopes import STATED_ROWS
from metrics.targets import METRICS
from plans.resources import PlanRowResource, ReferenceResource, ScopedResource
from plans.targets import BOARDS, COMMISSIONERS, ORGANISATIONS, PLANS


class MetricResource(ReferenceResource):
    class Meta:
        model = Metric


class MetricOptionResource(PlanRowResource):
    class Meta:
        model = MetricOption


class StatedResource(ScopedResource):
    """Rows of a plan, or of a board that no plan states."""

    scope = STATED_ROWS
    SCOPE = ("plan", "board")
    REFERENCES = {"plan": ReferenceCell(PLANS), "board": ReferenceCell(BOARDS)}
    ALONG = ("plan__cycle", "plan__boards")


class MetricValueResource(StatedResource):
    REFERENCES = {
        **StatedResource.REFERENCES,
        "metric": ReferenceCell(METRICS),
        "provider": ReferenceCell(ORGANISATIONS),
        "commissioner": ReferenceCell(COMMISSIONERS),
    }

    class Meta:
        model = MetricValue


class PopulationResource(StatedResource):
    class Meta:
        model = Population


class ContextFigureResource(StatedResource):
    class Meta:
        model = ContextFigure
