from decimal import Decimal

import factory

from schemes.choices import PriceBasis
from schemes.models import Benefit
from tests.factories.plan import PlanFactory


class BenefitFactory(factory.django.DjangoModelFactory):
    """Ten admissions fewer at £2,004 each, in the first year of the plan's cycle."""

    class Meta:
        model = Benefit

    plan = factory.SubFactory(PlanFactory)
    financial_year = factory.LazyAttribute(lambda each: str(each.plan.cycle.years[0]))
    change = Decimal(-10)
    change_unit = "admissions"
    unit_price = Decimal("2004.00")
    price_basis = PriceBasis.PRINTED
