import factory

from governance.models import ProgrammeMark
from tests.factories.programme_network import ProgrammeNetworkFactory


class ProgrammeMarkFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = ProgrammeMark

    network = factory.SubFactory(ProgrammeNetworkFactory)
    programme = factory.LazyAttribute(lambda each: each.network.programme)
    activity = factory.Sequence(lambda n: f"Activity {n}")
    month_in_words = "Oct"
    position = 1
