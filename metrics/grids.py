"""The grid of the values of metrics that a plan states."""

from collections.abc import Mapping
from typing import Any

from metrics.forms import TYPED_MARKS, FigureField, SuppressibleForm
from metrics.models import MetricValue
from plans.grids.spec import Grid
from plans.models import Plan


class MetricValueTableForm(SuppressibleForm):
    """A value of a plan, which is about one of the plan's boards or about all of its area."""

    bound_plan: Plan

    class Meta:
        model = MetricValue
        fields = "__all__"
        field_classes = {"value": FigureField}
        help_texts = {"value": TYPED_MARKS}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        boards: Any = self.fields["board"]
        boards.queryset = self.bound_plan.boards.all()


def of_its_board(plan: Plan) -> Mapping[str, Any]:
    """A new value of a plan of one board is about that board."""
    boards = list(plan.boards.all())
    return {"board": boards[0]} if len(boards) == 1 else {}


METRIC_VALUES = Grid(
    form=MetricValueTableForm,
    columns=(
        "metric",
        "board",
        "period",
        "kind",
        "measure",
        "unit",
        "value",
        "words",
        "numerator",
        "denominator",
        "per",
        "standard_rate",
        "standard_population",
        "attribution",
        "breakdown",
        "series",
        "provider",
        "commissioner",
        "comment",
    ),
    widths={"kind": "narrow", "measure": "narrow", "attribution": "narrow"},
    related=("metric", "board", "provider", "commissioner"),
    new=of_its_board,
)
