from decimal import Decimal

import factory

from metrics.models import ContextFigure
from tests.factories.board import BoardFactory


class ContextFigureFactory(factory.django.DjangoModelFactory):
    """A fact about a board, which no plan states."""

    class Meta:
        model = ContextFigure

    board = factory.SubFactory(BoardFactory)
    label = factory.Sequence(lambda n: f"GP practices {n}")
    value = Decimal(67)
    unit = "practices"
