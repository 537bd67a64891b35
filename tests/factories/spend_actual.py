from decimal import Decimal

import factory

from schemes.models import SpendActual
from tests.factories.spend_line import SpendLineFactory


class SpendActualFactory(factory.django.DjangoModelFactory):
    """£250 in the first quarter of the line's year, unless another quarter is given."""

    class Meta:
        model = SpendActual

    line = factory.SubFactory(SpendLineFactory)
    plan = factory.SelfAttribute("line.plan")
    quarter = factory.LazyAttribute(lambda each: f"{each.line.financial_year}Q1")
    spent = Decimal("250.00")
