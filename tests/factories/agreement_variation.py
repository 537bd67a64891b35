import factory

from governance.models import AgreementVariation
from tests.factories.agreement import AgreementFactory


class AgreementVariationFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = AgreementVariation

    agreement = factory.SubFactory(AgreementFactory)
    varied = "2016"
    change = factory.Sequence(lambda n: f"Change {n}")
