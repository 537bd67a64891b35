import factory

from governance.models import ConditionResponse
from tests.factories.plan import PlanFactory


class ConditionResponseFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = ConditionResponse

    plan = factory.SubFactory(PlanFactory)
    condition = "jointly-agreed-plan"
