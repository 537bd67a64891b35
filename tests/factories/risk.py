import factory

from governance.models import Risk
from tests.factories.plan import PlanFactory


class RiskFactory(factory.django.DjangoModelFactory):
    """A risk to a plan of its own, not scored."""

    class Meta:
        model = Risk

    plan = factory.SubFactory(PlanFactory)
    title = factory.Sequence(lambda n: f"Risk {n}")
