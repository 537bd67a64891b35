import factory

from governance.models import ProgrammeNetwork
from tests.factories.programme import ProgrammeFactory


class ProgrammeNetworkFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = ProgrammeNetwork

    programme = factory.SubFactory(ProgrammeFactory)
    name = factory.Sequence(lambda n: f"Network {n}")
