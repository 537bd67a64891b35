import factory

from governance.models import ProgrammeMilestone
from tests.factories.programme import ProgrammeFactory


class ProgrammeMilestoneFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = ProgrammeMilestone

    programme = factory.SubFactory(ProgrammeFactory)
    title = factory.Sequence(lambda n: f"Milestone {n}")
