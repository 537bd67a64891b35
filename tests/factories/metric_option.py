import factory

from metrics.models import MetricOption
from tests.factories.plan import PlanFactory


class MetricOptionFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = MetricOption

    plan = factory.SubFactory(PlanFactory)
    indicator = factory.Sequence(lambda n: f"Avoidable admissions, version {n}")
