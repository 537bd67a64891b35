"""Ways to break each named constraint of metrics."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from metrics.choices import Measure
from tests.factories.context_figure import ContextFigureFactory
from tests.factories.metric import MetricFactory
from tests.factories.metric_option import MetricOptionFactory
from tests.factories.metric_value import MetricValueFactory
from tests.factories.plan import PlanFactory
from tests.factories.population import PopulationFactory
from tests.integration.cases import Case

STATED = {
    "metric_value": (MetricValueFactory, "metric value"),
    "population": (PopulationFactory, "population"),
    "context_figure": (ContextFigureFactory, "context figure"),
}
# What makes a second row of the same plan or board another one.
ANOTHER: dict[str, dict[str, Any]] = {
    "metric_value": {"period": "2015-16"},
    "population": {"age_band": "65+"},
    "context_figure": {"subject": "London"},
}
RANGE = "The upper end of the range is below its lower end. Change one of the two."


def of_plan_or_board(name: str) -> Case:
    make, noun = STATED[name]
    sentence = f"Say which plan or which board this {noun} belongs to."
    return Case(make(), {"board_id": None}, sentence)


def ref_once_on_board(name: str) -> Case:
    make, noun = STATED[name]
    first = make()
    second = make(board=first.board, **ANOTHER[name])
    return Case(second, {"ref": first.ref}, f"This board has a {noun} of this reference already.")


def ref_once_in_plan(name: str) -> Case:
    make, noun = STATED[name]
    plan = PlanFactory()
    first = make(plan=plan, board=None)
    second = make(plan=plan, board=None, **ANOTHER[name])
    return Case(second, {"ref": first.ref}, f"This plan has a {noun} of this reference already.")


def metric_value_once() -> Case:
    first = MetricValueFactory()
    second = MetricValueFactory(board=first.board, metric=first.metric, kind="target")
    sentence = (
        "This figure is there already. Change that one, or say in the breakdown or the series "
        "how this one differs."
    )
    return Case(second, {"kind": first.kind}, sentence)


def metric_value_says_something() -> Case:
    sentence = "Give a value, a numerator, or the value in words; or say that it is suppressed."
    return Case(MetricValueFactory(), {"value": None}, sentence)


def metric_value_percent_0_to_100() -> Case:
    return Case(
        MetricValueFactory(measure=Measure.PERCENT, value=100),
        {"value": Decimal("100.0001")},
        "A percentage lies from 0 to 100. Choose “change” for a rise or a fall.",
    )


def metric_value_not_negative() -> Case:
    return Case(
        MetricValueFactory(),
        {"value": -1},
        "Only a change is ever less than 0. Choose “change” as the measure, or "
        "type the value without a minus sign.",
    )


def metric_value_denominator_above_0() -> Case:
    return Case(
        MetricValueFactory(),
        {"denominator": 0},
        "A denominator is above 0. Type one that is, or leave it empty.",
    )


def metric_value_suppressed_alone() -> Case:
    sentence = (
        "A suppressed figure has no value, no numerator and no words. Empty them, or say that it "
        "is not suppressed."
    )
    return Case(MetricValueFactory(), {"is_suppressed": True}, sentence)


def metric_value_standard_rate_not_negative() -> Case:
    sentence = (
        "The rate of the reference population is 0 or more. Type one that is, or leave it empty."
    )
    return Case(MetricValueFactory(), {"standard_rate": -1}, sentence)


def metric_value_standard_population_above_0() -> Case:
    sentence = "A standard population is above 0. Type one that is, or leave it empty."
    return Case(MetricValueFactory(), {"standard_population": 0}, sentence)


def metric_method_known() -> Case:
    sentence = "Choose one of the ways in which a metric is worked out, or leave it empty."
    return Case(MetricFactory(), {"method": "by-heart"}, sentence)


def metric_better_known() -> Case:
    sentence = "Say whether higher, lower or neither is better."
    return Case(MetricFactory(), {"better": "sideways"}, sentence)


def metric_option_ref_once() -> Case:
    first = MetricOptionFactory()
    second = MetricOptionFactory(plan=first.plan)
    return Case(second, {"ref": first.ref}, "This plan has an option of this reference already.")


def metric_option_once() -> Case:
    first = MetricOptionFactory()
    second = MetricOptionFactory(plan=first.plan)
    sentence = (
        "This plan considers this indicator already. Change that one, or name another indicator."
    )
    return Case(second, {"indicator": first.indicator}, sentence)


def population_once() -> Case:
    first = PopulationFactory()
    second = PopulationFactory(board=first.board, age_band="65+")
    sentence = (
        "This population is there already. Change that one, or say in the segment or the basis "
        "how this one differs."
    )
    return Case(second, {"age_band": first.age_band}, sentence)


def population_range_in_order() -> Case:
    return Case(PopulationFactory(count=70_000), {"upper_count": 50_000}, RANGE)


def population_range_has_lower_end() -> Case:
    return Case(
        PopulationFactory(count=50_000, upper_count=70_000),
        {"count": None},
        "Give the lower end of the range too.",
    )


def context_figure_once() -> Case:
    first = ContextFigureFactory()
    second = ContextFigureFactory(board=first.board)
    sentence = (
        "This fact is there already for this subject and period. Change that one, or give this "
        "one another label."
    )
    return Case(second, {"label": first.label}, sentence)


def context_figure_says_something() -> Case:
    return Case(ContextFigureFactory(), {"value": None}, "Give a value, or the value in words.")


def context_figure_range_in_order() -> Case:
    return Case(ContextFigureFactory(value=19), {"upper_value": 10}, RANGE)


CASES: dict[str, Callable[[], Case]] = {
    case.__name__: case
    for case in (
        metric_value_once,
        metric_value_says_something,
        metric_value_percent_0_to_100,
        metric_value_not_negative,
        metric_value_denominator_above_0,
        metric_value_suppressed_alone,
        metric_value_standard_rate_not_negative,
        metric_value_standard_population_above_0,
        metric_method_known,
        metric_better_known,
        metric_option_ref_once,
        metric_option_once,
        population_once,
        population_range_in_order,
        population_range_has_lower_end,
        context_figure_once,
        context_figure_says_something,
        context_figure_range_in_order,
    )
} | {
    f"{name}_{make.__name__}": lambda make=make, name=name: make(name)
    for name in STATED
    for make in (of_plan_or_board, ref_once_on_board, ref_once_in_plan)
}
