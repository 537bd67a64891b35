from decimal import Decimal

import factory

from schemes.models import SpendLine
from tests.factories.plan import PlanFactory


class SpendLineFactory(factory.django.DjangoModelFactory):
    """A line of £1,000 in the pool, in the first year of its plan's cycle."""

    class Meta:
        model = SpendLine

    plan = factory.SubFactory(PlanFactory)
    financial_year = factory.LazyAttribute(lambda each: str(each.plan.cycle.years[0]))
    description = factory.Sequence(lambda n: f"Service {n}")
    amount = Decimal("1000.00")
