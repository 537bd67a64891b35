import factory

from bcf.accounts.models import SavedFilter
from tests.factories.user import UserFactory


class SavedFilterFactory(factory.django.DjangoModelFactory):
    """A filter of the list of spend lines by one financial year."""

    class Meta:
        model = SavedFilter

    user = factory.SubFactory(UserFactory)
    list = "schemes.spendline"
    name = factory.Sequence(lambda n: f"Filter {n}")
    query = "year=2017-18"
