import factory

from governance.models import Programme
from tests.factories.board import BoardFactory


class ProgrammeFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Programme

    board = factory.SubFactory(BoardFactory)
    slug = factory.Sequence(lambda n: f"programme-{n}")
    title = factory.LazyAttribute(lambda each: each.slug.replace("-", " ").title())
