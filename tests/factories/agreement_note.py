import factory

from governance.models import AgreementNote
from tests.factories.agreement import AgreementFactory


class AgreementNoteFactory(factory.django.DjangoModelFactory):
    """A note about an agreement of its own."""

    class Meta:
        model = AgreementNote

    agreement = factory.SubFactory(AgreementFactory)
    kind = "outcome"
    text = factory.Sequence(lambda n: f"Outcome {n} is met.")
