import factory

from plans.cycle_definitions import definition
from plans.models import Cycle


class CycleFactory(factory.django.DjangoModelFactory):
    """A cycle that has a definition file: 2017-19 unless another key is asked for."""

    class Meta:
        model = Cycle
        django_get_or_create = ("key",)

    key = "2017-19"
    name = factory.LazyAttribute(lambda each: definition(each.key).name)
    first_year = factory.LazyAttribute(lambda each: definition(each.key).years[0])
    last_year = factory.LazyAttribute(lambda each: definition(each.key).years[-1])
