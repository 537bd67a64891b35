"""The named constraints of metrics: a sentence for who types, a refusal for who goes past it."""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction

from metrics.choices import Measure
from metrics.models import MetricValue
from tests.factories.context_figure import ContextFigureFactory
from tests.factories.metric import MetricFactory
from tests.factories.metric_option import MetricOptionFactory
from tests.factories.metric_value import MetricValueFactory
from tests.factories.organisation import OrganisationFactory
from tests.factories.plan import PlanFactory
from tests.factories.population import PopulationFactory

pytestmark = pytest.mark.django_db

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
RANGE = "The upper end of the range is below its lower end."


@dataclass
class Case:
    """`row` is a saved row, `wrong` the values that break the constraint in that row."""

    row: models.Model
    wrong: dict[str, Any]
    sentence: str


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
    sentence = "Give a value, a numerator, or the value in words."
    return Case(MetricValueFactory(), {"value": None}, sentence)


def metric_value_percent_0_to_100() -> Case:
    return Case(
        MetricValueFactory(measure=Measure.PERCENT, value=100),
        {"value": Decimal("100.0001")},
        "A percentage lies from 0 to 100. Choose “change” for a rise or a fall.",
    )


def metric_value_not_negative() -> Case:
    return Case(MetricValueFactory(), {"value": -1}, "Only a change is ever less than 0.")


def metric_value_denominator_above_0() -> Case:
    return Case(MetricValueFactory(), {"denominator": 0}, "A denominator is above 0.")


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
    sentence = "This plan considers this indicator already."
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


@pytest.mark.parametrize("name", CASES)
def test_who_types_it_is_told_in_a_sentence(name: str) -> None:
    case = CASES[name]()
    for attribute, value in case.wrong.items():
        setattr(case.row, attribute, value)
    with pytest.raises(ValidationError) as error:
        case.row.full_clean()
    if name != "metric_better_known":  # Django's own check of choices says it first
        assert case.sentence in error.value.messages


@pytest.mark.parametrize("name", CASES)
def test_an_update_that_goes_past_the_forms_is_refused_by_the_database(name: str) -> None:
    case = CASES[name]()
    rows = type(case.row)._base_manager.filter(pk=case.row.pk)
    with pytest.raises(IntegrityError), transaction.atomic():
        rows.update(**case.wrong)


@pytest.mark.parametrize("name", CASES)
def test_a_bulk_write_is_refused_by_the_database(name: str) -> None:
    case = CASES[name]()
    row = type(case.row)._base_manager.get(pk=case.row.pk)
    type(case.row)._base_manager.filter(pk=case.row.pk).delete()
    row.pk = None
    for attribute, value in case.wrong.items():
        setattr(row, attribute, value)
    with pytest.raises(IntegrityError), transaction.atomic():
        type(row)._base_manager.bulk_create([row])


def test_every_constraint_is_tested_here() -> None:
    app = apps.get_app_config("metrics")
    assert {each.name for model in app.get_models() for each in model._meta.constraints} == set(
        CASES
    )


def test_figures_of_two_providers_stand_side_by_side() -> None:
    first = MetricValueFactory(provider=OrganisationFactory())
    facts = {"board": first.board, "metric": first.metric}
    MetricValueFactory(**facts, provider=OrganisationFactory())
    MetricValueFactory(**facts)
    assert MetricValue.objects.count() == 3


def test_a_board_that_has_no_part_in_the_plan_is_refused() -> None:
    with pytest.raises(ValidationError, match="has no part in"):
        MetricValueFactory(plan=PlanFactory())
