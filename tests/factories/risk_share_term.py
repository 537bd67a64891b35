import factory

from governance.models import RiskShareTerm
from tests.factories.organisation import OrganisationFactory
from tests.factories.risk_share import RiskShareFactory


class RiskShareTermFactory(factory.django.DjangoModelFactory):
    """A partner that bears a half."""

    class Meta:
        model = RiskShareTerm

    risk_share = factory.SubFactory(RiskShareFactory)
    organisation = factory.SubFactory(OrganisationFactory)
    percent = "50.00"
