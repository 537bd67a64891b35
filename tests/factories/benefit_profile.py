from decimal import Decimal

import factory

from schemes.models import BenefitProfile
from tests.factories.benefit import BenefitFactory


class BenefitProfileFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = BenefitProfile

    benefit = factory.SubFactory(BenefitFactory)
    plan = factory.SelfAttribute("benefit.plan")
    month = "2017-04"
    planned = Decimal(-1)
