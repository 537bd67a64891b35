import factory

from governance.models import AgreementValue
from tests.factories.agreement import AgreementFactory


class AgreementValueFactory(factory.django.DjangoModelFactory):
    """A pooled fund of £1,000 of all parties together, each in another year."""

    class Meta:
        model = AgreementValue

    agreement = factory.SubFactory(AgreementFactory)
    financial_year = factory.Sequence(lambda n: f"{2000 + n % 99}-{(2001 + n % 99) % 100:02d}")
    measure = "pooled-fund"
    amount = "1000.00"
