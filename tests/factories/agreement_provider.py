import factory

from governance.models import AgreementProvider
from tests.factories.agreement import AgreementFactory
from tests.factories.organisation import OrganisationFactory


class AgreementProviderFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = AgreementProvider

    agreement = factory.SubFactory(AgreementFactory)
    provider = factory.SubFactory(OrganisationFactory)
