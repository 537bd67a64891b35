import factory

from plans.choices import PlanAction, PlanStatus
from plans.models import PlanEvent
from tests.factories.plan import PlanFactory


class PlanEventFactory(factory.django.DjangoModelFactory):
    """The submission of a plan, as it stands in the plan's list of events."""

    class Meta:
        model = PlanEvent

    plan = factory.SubFactory(PlanFactory)
    action = PlanAction.SUBMIT
    from_status = PlanStatus.DRAFT
    to_status = PlanStatus.SUBMITTED
    actor_name = "Ann"
