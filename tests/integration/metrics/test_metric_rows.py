"""What metrics' rows refuse and allow beyond their named constraints."""

from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from metrics.models import MetricValue
from tests.factories import MetricValueFactory, OrganisationFactory, PlanFactory

pytestmark = pytest.mark.django_db


def test_figures_of_two_providers_stand_side_by_side() -> None:
    first = MetricValueFactory(provider=OrganisationFactory())
    facts = {"board": first.board, "metric": first.metric}
    MetricValueFactory(**facts, provider=OrganisationFactory())
    MetricValueFactory(**facts)
    assert MetricValue.objects.count() == 3


def test_a_board_that_has_no_part_in_the_plan_is_refused() -> None:
    with pytest.raises(ValidationError, match="has no part in"):
        MetricValueFactory(plan=PlanFactory())


def test_without_a_value_a_rate_is_what_it_comes_to_and_never_its_numerator() -> None:
    of = {"measure": "rate", "unit": "per 100,000", "numerator": Decimal(10), "value": None}
    rate = MetricValueFactory(**of, denominator=Decimal(1_000), per=100_000)
    assert rate.figure == "1,000 per 100,000 (worked out)"
    assert MetricValueFactory(**of).figure == "10"
    assert MetricValueFactory(value=None, numerator=Decimal(10)).figure == "10 admissions"
