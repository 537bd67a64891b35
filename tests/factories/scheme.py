import factory

from schemes.models import Scheme
from tests.factories.plan import PlanFactory


class SchemeFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Scheme

    plan = factory.SubFactory(PlanFactory)
    reference = factory.Sequence(lambda n: f"S{n}")
    name = factory.LazyAttribute(lambda each: f"Scheme {each.reference}")
