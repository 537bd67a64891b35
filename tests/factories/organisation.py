import factory

from plans.choices import OrganisationKind
from plans.models import Organisation


class OrganisationFactory(factory.django.DjangoModelFactory):
    """A council, unless another kind is asked for."""

    class Meta:
        model = Organisation

    key = factory.Sequence(lambda n: f"body-{n}")
    name = factory.LazyAttribute(lambda each: each.key.replace("-", " ").title())
    kind = OrganisationKind.LOCAL_AUTHORITY
