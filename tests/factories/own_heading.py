import factory

from plans.models import OwnHeading
from tests.factories.plan import PlanFactory


class OwnHeadingFactory(factory.django.DjangoModelFactory):
    """A chapter of the plan's own."""

    class Meta:
        model = OwnHeading

    plan = factory.SubFactory(PlanFactory)
    order = factory.Sequence(lambda n: n + 1)
    heading = factory.Sequence(lambda n: f"Our chapter {n}")
