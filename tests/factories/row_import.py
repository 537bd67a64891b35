import factory

from plans.models import RowImport
from tests.factories.user import UserFactory


class RowImportFactory(factory.django.DjangoModelFactory):
    """A file that was uploaded and not yet imported; what it holds is made by the pages."""

    class Meta:
        model = RowImport

    ref = factory.Sequence(lambda n: f"file-{n}")
    person = factory.SubFactory(UserFactory)
    model = "schemes.spendline"
    file_name = "lines.csv"
    size = 1
    sha256 = "0" * 64
    packed_table = b"table"
    packed_outcome = b"outcome"
