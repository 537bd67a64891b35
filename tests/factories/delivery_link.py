import factory

from schemes.models import DeliveryLink
from tests.factories.scheme import SchemeFactory


class DeliveryLinkFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = DeliveryLink

    scheme = factory.SubFactory(SchemeFactory)
    plan = factory.SelfAttribute("scheme.plan")
    service_area = factory.Sequence(lambda n: f"Phase {n}")
