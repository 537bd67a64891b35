"""Files of metrics, their values, populations, context figures and options."""

from typing import Any

from bcf.base.cells import CellWidget
from bcf.base.columns import Column
from bcf.base.outcomes import Outcome
from bcf.base.references import ReferenceCell
from bcf.base.resources import Save
from bcf.files.table import Table
from metrics.models import ContextFigure, Metric, MetricOption, MetricValue, Population
from metrics.scopes import STATED_ROWS
from metrics.suppressed_cells import FLAG, VALUE, FigureCell, SuppressedCell, with_flags
from metrics.targets import METRICS
from plans.resources import PlanRowResource, ReferenceResource, ScopedResource
from plans.targets import BOARDS, COMMISSIONERS, ORGANISATIONS, PLANS

_CELLS: dict[str, type[CellWidget]] = {VALUE: FigureCell, FLAG: SuppressedCell}


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

    @classmethod
    def field_from_django_field(cls, name: str, field: Any, readonly: bool) -> Column:
        column = super().field_from_django_field(name, field, readonly)
        column.widget = _CELLS[name]() if name in _CELLS else column.widget
        return column

    def run(self, table: Table, save: Save, *, again: bool = False) -> Outcome:
        """As any table is run, once its marks of suppressed figures are read."""
        return super().run(with_flags(table, self._column_of), save, again=again)


class PopulationResource(StatedResource):
    class Meta:
        model = Population


class ContextFigureResource(StatedResource):
    class Meta:
        model = ContextFigure
