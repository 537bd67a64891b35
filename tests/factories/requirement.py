from decimal import Decimal

import factory

from plans.models import Requirement
from tests.factories.plan import PlanFactory


class RequirementFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Requirement

    plan = factory.SubFactory(PlanFactory)
    financial_year = factory.LazyAttribute(lambda each: str(each.plan.cycle.years[0]))
    rule = factory.LazyAttribute(lambda each: each.plan.cycle.definition.requirement_rules[0].key)
    minimum = Decimal("1000.00")
