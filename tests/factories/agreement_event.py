import datetime

import factory

from governance.choices import AgreementAction
from governance.models import AgreementEvent
from tests.factories.agreement import AgreementFactory

TERMS = {"ends": "2017", "is_open_ended": False, "arrangement": "", "parties": [], "pooled": {}}


class AgreementEventFactory(factory.django.DjangoModelFactory):
    """An agreement that ended in 2017 and was extended to the end of March 2021."""

    class Meta:
        model = AgreementEvent

    agreement = factory.SubFactory(AgreementFactory)
    action = AgreementAction.EXTEND
    effective = datetime.date(2017, 4, 1)
    reason = "More time is needed."
    before = factory.LazyFunction(lambda: dict(TERMS))
    after = factory.LazyFunction(lambda: {**TERMS, "ends": "2021-03-31"})
    actor_name = "Ann"
