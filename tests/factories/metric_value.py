from decimal import Decimal

import factory

from metrics.choices import Measure, ValueKind
from metrics.models import MetricValue
from tests.factories.board import BoardFactory
from tests.factories.metric import MetricFactory


class MetricValueFactory(factory.django.DjangoModelFactory):
    """An actual count of a board, which no plan states."""

    class Meta:
        model = MetricValue

    board = factory.SubFactory(BoardFactory)
    metric = factory.SubFactory(MetricFactory)
    period = "2016-17"
    kind = ValueKind.ACTUAL
    measure = Measure.COUNT
    unit = "admissions"
    value = Decimal(145)
