import factory

from governance.models import MaturityAssessment
from tests.factories.plan import PlanFactory


class MaturityAssessmentFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = MaturityAssessment

    plan = factory.SubFactory(PlanFactory)
    change = factory.Sequence(lambda n: f"Change {n}")
