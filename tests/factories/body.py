import factory

from governance.models import Body
from tests.factories.plan import PlanFactory


class BodyFactory(factory.django.DjangoModelFactory):
    """A body of a plan of its own."""

    class Meta:
        model = Body

    plan = factory.SubFactory(PlanFactory)
    name = factory.Sequence(lambda n: f"Body {n}")
