import factory

from schemes.models import Milestone
from tests.factories.plan import PlanFactory


class MilestoneFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Milestone

    plan = factory.SubFactory(PlanFactory)
    title = factory.Sequence(lambda n: f"Step {n}")
    due = "2017-10"
