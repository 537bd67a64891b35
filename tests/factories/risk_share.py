import factory

from governance.models import RiskShare
from tests.factories.plan import PlanFactory


class RiskShareFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = RiskShare

    plan = factory.SubFactory(PlanFactory)
    rule = factory.Sequence(lambda n: f"Rule {n}")
