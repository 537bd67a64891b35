from decimal import Decimal

import factory

from plans.models import Contribution
from tests.factories.plan import PlanFactory


class ContributionFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Contribution

    plan = factory.SubFactory(PlanFactory)
    financial_year = factory.LazyAttribute(lambda each: str(each.plan.cycle.years[0]))
    funding_source = "nhs-minimum"
    amount = Decimal("1000.00")
