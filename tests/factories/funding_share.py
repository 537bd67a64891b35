from decimal import Decimal

import factory

from plans.choices import OrganisationKind
from plans.models import FundingShare
from tests.factories.board import BoardFactory
from tests.factories.organisation import OrganisationFactory


class FundingShareFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = FundingShare

    board = factory.SubFactory(BoardFactory)
    commissioner = factory.SubFactory(OrganisationFactory, kind=OrganisationKind.NHS_COMMISSIONER)
    percent = Decimal(100)
