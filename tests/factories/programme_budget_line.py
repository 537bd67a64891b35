import factory

from governance.models import ProgrammeBudgetLine
from tests.factories.programme import ProgrammeFactory


class ProgrammeBudgetLineFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = ProgrammeBudgetLine

    programme = factory.SubFactory(ProgrammeFactory)
    label = factory.Sequence(lambda n: f"Line {n}")
    amount = "1000.00"
