import factory

from bcf.periods import FinancialYear, Quarter
from governance.models import AgreementActual
from tests.factories.agreement import AgreementFactory


class AgreementActualFactory(factory.django.DjangoModelFactory):
    """£250 spent by all parties together, each in another quarter."""

    class Meta:
        model = AgreementActual

    agreement = factory.SubFactory(AgreementFactory)
    quarter = factory.Sequence(lambda n: Quarter(FinancialYear(2000 + n // 4 % 99), n % 4 + 1))
    measure = "spend"
    outturn = "250.00"
