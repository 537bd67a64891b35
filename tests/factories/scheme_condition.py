import factory

from schemes.models import SchemeCondition
from tests.factories.scheme import SchemeFactory


class SchemeConditionFactory(factory.django.DjangoModelFactory):
    """A link to the first national condition of the plan's cycle."""

    class Meta:
        model = SchemeCondition

    scheme = factory.SubFactory(SchemeFactory)
    plan = factory.SelfAttribute("scheme.plan")
    condition = factory.LazyAttribute(lambda each: each.plan.cycle.definition.conditions[0].key)
