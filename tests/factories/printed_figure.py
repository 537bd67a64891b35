import factory

from governance.models import PrintedFigure
from tests.factories.plan import PlanFactory


class PrintedFigureFactory(factory.django.DjangoModelFactory):
    """£1,000 printed in a plan of its own."""

    class Meta:
        model = PrintedFigure

    plan = factory.SubFactory(PlanFactory)
    measure = factory.Sequence(lambda n: f"measure-{n}")
    value = "1000"
    unit = "GBP"
