import factory

from plans.models import BoardCode
from tests.factories.board import BoardFactory


class BoardCodeFactory(factory.django.DjangoModelFactory):
    """A code of a board of its own, of any time."""

    class Meta:
        model = BoardCode

    board = factory.SubFactory(BoardFactory)
    ons_code = factory.Sequence(lambda n: f"E{n:08d}")
