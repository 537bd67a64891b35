"""Collections of the API: metrics, their values, populations and context figures."""

from decimal import Decimal
from typing import Any

from bcf.base.api import kinds
from bcf.base.api.columns import Column, Pointer, Pointers
from bcf.base.api.kinds import number_of
from metrics.models import ContextFigure, Metric, MetricValue, Population
from metrics.rules import MadeOf, places_of
from metrics.rules import computed as worked_out
from metrics.scopes import STATED_ROWS
from plans.api.building import (
    PLACED_FILTERS,
    STATED,
    by_slug,
    collection_of,
)
from plans.api.building import POINTERS as PLAN_POINTERS
from plans.scopes import REFERENCE

POINTERS: Pointers = {
    **PLAN_POINTERS,
    Metric: Pointer(
        "metrics",
        "key",
        also=(
            ("name", "name", "The metric’s name."),
            ("better", "better", "Whether higher, lower or neither is better."),
        ),
    ),
}
_OF_BOARD = {
    "plan": "The plan that states the figure, by its slug; null for a figure that none states.",
    "board": "The board that it is about, by its slug; null for a joint plan’s whole area.",
}


# Of what `computed` is made, in the order in which it takes them.
MADE_OF = (
    *("numerator", "denominator", "per", "value", "rounded_to", "measure"),
    *("standard_rate", "standard_population", "metric__method"),
)


def computed(numerator: int | None, denominator: int | None, *others: Any) -> str | None:
    """What a row’s own numbers, in ten-thousandths, come to by the method of its metric."""
    if numerator is None or not denominator:
        return None
    per, value, rounded_to, measure, standard_rate, standard_population, method = others
    made_of = MadeOf(
        method,
        measure,
        _number(numerator),
        _number(denominator),
        per,
        _number(standard_rate),
        _number(standard_population),
    )
    found = worked_out(made_of, places_of(_number(value), rounded_to))
    return None if found is None else format(found, "f")


def _number(ten_thousandths: int | None) -> Decimal | None:
    return None if ten_thousandths is None else Decimal(number_of(ten_thousandths))


METRICS = collection_of(
    "metrics",
    Metric,
    scope=REFERENCE,
    one="An indicator, national or local.",
    told="What the money is meant to change.",
    about={
        "key": "The metric’s key, such as dtoc; ours, since ASCOF has used its codes twice.",
        "name": "The metric’s name.",
        "definition": "What it measures.",
        "unit": "The unit of its values, in words.",
        "better": "In which direction it improves.",
        "method": "How its rates and averages are worked out; null where areas measure it in ways "
        "of their own.",
        "numerator": "What is counted, in words.",
        "denominator": "Out of what, in words.",
        "age_band": "The ages that it is about.",
        "frequency": "How often it is published.",
        "is_national": "Whether the Better Care Fund asks every area for it.",
        "ascof_code_then": "Its code in the old numbering of the Adult Social Care Outcomes "
        "Framework.",
        "ascof_code_now": "Its code in the new numbering of that framework.",
        "verified": "Whether its definition was checked against its source.",
        "source": "The source of its definition.",
    },
    row_key=by_slug("metric", "key"),
    order=("key",),
)
METRIC_VALUES = collection_of(
    "metric-values",
    MetricValue,
    scope=STATED_ROWS,
    one="One figure of a metric for a period.",
    told="Baselines, plans, targets and actuals of metrics, with numerators and denominators "
    "where they are printed.",
    about={
        **_OF_BOARD,
        "metric": "The metric, by its key.",
        "kind": "What the figure stands for.",
        "measure": "How it measures; null where the document prints no unit.",
        "unit": "The unit of `value`, in words.",
        "per": "Per how many: 100000 for a rate, 100 for a percentage.",
        "attribution": "To whom a delay is attributed.",
        "breakdown": "Of which part the figure is, such as an age, a site or a level of risk.",
        "provider": "The provider whose activity it is, by its key.",
        "commissioner": "The NHS commissioner whose activity it is, by its key.",
        "series": "Which of two versions of the same figures it is of, such as seasonal.",
        "numerator": "The numerator, in what the metric counts.",
        "denominator": "The denominator, in what the metric counts out of.",
        "standard_rate": "Of an indirectly standardised rate, the crude rate of the reference "
        "population, in `unit`: the figure is the numerator observed over the denominator "
        "expected, times this.",
        "standard_population": "Of an age band of a directly standardised rate, how many people "
        "the standard population has of it.",
        "value": "The figure in `unit`; null where the document has words for it, and where it "
        "is suppressed.",
        "is_suppressed": "Whether the figure is withheld because it is small: it is then not "
        "nought, and `value`, `numerator` and `words` are null.",
        "words": "The figure in the document’s words, where it is no number.",
    },
    worked=(
        Column(
            "computed",
            kinds.WORKED_NUMBER,
            "What the row’s own numbers come to by the method of its metric, in `unit`, with as "
            "many decimals as `value`; null where the figure is made of other rows.",
            is_optional=True,
            needs=MADE_OF,
            worked=computed,
        ),
    ),
    row_key=STATED,
    order=("metric_id", "period", "kind", "pk"),
    pointers=POINTERS,
    filters=PLACED_FILTERS,
)
POPULATIONS = collection_of(
    "populations",
    Population,
    scope=STATED_ROWS,
    one="A number of people, or a range of it.",
    told="How many people areas have, whole or by age, segment or level of risk.",
    about={
        **_OF_BOARD,
        "area": "What part of the board or plan is meant, in words.",
        "age_band": "The ages that are counted, such as 65+; all for everybody.",
        "segment": "Who is counted, such as those with a condition or at a level of risk.",
        "count": "How many people; the lower end where `upper_count` gives a range.",
        "upper_count": "How many people at most, where a range is given.",
        "basis": "How they were counted.",
    },
    row_key=STATED,
    order=("period", "pk"),
    pointers=POINTERS,
    filters=PLACED_FILTERS,
)
CONTEXT_FIGURES = collection_of(
    "context-figures",
    ContextFigure,
    scope=STATED_ROWS,
    one="A fact about a plan, a board or an area that is no value of a metric.",
    told="Facts that documents state beside metrics: costing parameters, local figures.",
    about={
        **_OF_BOARD,
        "label": "What the fact is.",
        "subject": "Whom or what it is about, where that is not the plan or the board.",
        "value": "The value in `unit`; the lower end where `upper_value` gives a range.",
        "upper_value": "The upper end of a range, in `unit`.",
        "unit": "The unit; £ is pounds, whatever unit the document prints.",
        "words": "The value in the document’s words, where it is no number.",
    },
    row_key=STATED,
    order=("pk",),
    pointers=POINTERS,
    filters=PLACED_FILTERS,
)
COLLECTIONS = (METRICS, METRIC_VALUES, POPULATIONS, CONTEXT_FIGURES)
