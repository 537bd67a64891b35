"""What metrics' rows refuse and allow beyond their named constraints."""

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
