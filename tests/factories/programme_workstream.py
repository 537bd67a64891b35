import factory

from governance.models import ProgrammeWorkstream
from tests.factories.programme import ProgrammeFactory


class ProgrammeWorkstreamFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = ProgrammeWorkstream

    programme = factory.SubFactory(ProgrammeFactory)
    name = factory.Sequence(lambda n: f"Workstream {n}")
