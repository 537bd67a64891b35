import factory

from metrics.models import Population
from tests.factories.board import BoardFactory


class PopulationFactory(factory.django.DjangoModelFactory):
    """Adults of a board, which no plan states."""

    class Meta:
        model = Population

    board = factory.SubFactory(BoardFactory)
    age_band = "18+"
    period = "2017-18"
    count = 198_867
