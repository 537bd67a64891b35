import factory

from metrics.choices import Better
from metrics.models import Metric


class MetricFactory(factory.django.DjangoModelFactory):
    """A local metric of which less is better."""

    class Meta:
        model = Metric

    key = factory.Sequence(lambda n: f"metric-{n}")
    name = factory.LazyAttribute(lambda each: each.key.replace("-", " ").title())
    better = Better.LOWER
