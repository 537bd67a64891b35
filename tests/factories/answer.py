import factory

from plans.models import Answer
from tests.factories.cycle import CycleFactory
from tests.factories.plan import PlanFactory


class AnswerFactory(factory.django.DjangoModelFactory):
    """The first answer to a question of the form of July 2014."""

    class Meta:
        model = Answer

    plan = factory.SubFactory(PlanFactory, cycle=factory.SubFactory(CycleFactory, key="2014-16"))
    question = "7a-i"
    text = "An answer in our own words."
