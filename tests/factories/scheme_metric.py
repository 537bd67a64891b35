import factory

from schemes.models import SchemeMetric
from tests.factories.metric import MetricFactory
from tests.factories.scheme import SchemeFactory


class SchemeMetricFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = SchemeMetric

    scheme = factory.SubFactory(SchemeFactory)
    plan = factory.SelfAttribute("scheme.plan")
    metric = factory.SubFactory(MetricFactory)
