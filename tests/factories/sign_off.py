import factory

from governance.models import SignOff
from tests.factories.organisation import OrganisationFactory
from tests.factories.plan import PlanFactory


class SignOffFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = SignOff

    plan = factory.SubFactory(PlanFactory)
    role = "council"
    organisation = factory.SubFactory(OrganisationFactory)
    name = factory.Sequence(lambda n: f"Signatory {n}")
