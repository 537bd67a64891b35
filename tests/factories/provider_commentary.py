import factory

from governance.models import ProviderCommentary
from tests.factories.organisation import OrganisationFactory
from tests.factories.plan import PlanFactory


class ProviderCommentaryFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = ProviderCommentary

    plan = factory.SubFactory(PlanFactory)
    provider = factory.SubFactory(OrganisationFactory)
