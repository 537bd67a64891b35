import factory

from plans.models import RelatedDocument
from tests.factories.plan import PlanFactory


class RelatedDocumentFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = RelatedDocument

    plan = factory.SubFactory(PlanFactory)
    title = factory.Sequence(lambda n: f"Strategy {n}")
