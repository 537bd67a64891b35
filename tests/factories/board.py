import factory

from plans.models import Board
from tests.factories.organisation import OrganisationFactory


class BoardFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Board

    slug = factory.Sequence(lambda n: f"area-{n}")
    name = factory.LazyAttribute(
        lambda each: f"{each.slug.replace('-', ' ').title()} Health and Wellbeing Board"
    )
    authority = factory.SubFactory(OrganisationFactory)
