from decimal import Decimal

import factory

from plans.choices import OrganisationKind
from plans.models import PopulationShare
from tests.factories.board import BoardFactory
from tests.factories.organisation import OrganisationFactory


class PopulationShareFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = PopulationShare

    board = factory.SubFactory(BoardFactory)
    commissioner = factory.SubFactory(OrganisationFactory, kind=OrganisationKind.NHS_COMMISSIONER)
    percent = Decimal("97.50")
