"""Files of schemes, spend lines, benefits and what belongs to them."""

from typing import Any, ClassVar

from bcf.base.references import LinksCell, ReferenceCell
from bcf.base.resources import Choices
from metrics.targets import METRICS
from plans.resources import PlanRowResource, of_cycle
from plans.targets import ORGANISATIONS
from schemes.models import (
    Benefit,
    BenefitProfile,
    DeliveryLink,
    Milestone,
    Scheme,
    SchemeCondition,
    SchemeMetric,
    SpendActual,
    SpendLine,
)
from schemes.models.links import ALL_CONDITIONS
from schemes.targets import BENEFITS, LINES, SCHEMES, own_plan, plan_and_joint_plan

PLAN = PlanRowResource.REFERENCES
IN_PLAN = PlanRowResource.ALONG


class SchemeResource(PlanRowResource):
    REFERENCES = {
        **PLAN,
        "parent": ReferenceCell(SCHEMES, plan_and_joint_plan),
        "lead_commissioner": ReferenceCell(ORGANISATIONS),
    }
    CHOICES = {
        "scheme_type": of_cycle(lambda cycle: cycle.scheme_types),
        "sub_type": of_cycle(
            lambda cycle: (sub for each in cycle.scheme_types for sub in each.sub_types)
        ),
    }
    ALONG = (*IN_PLAN, "parent__plan")

    class Meta:
        model = Scheme


class SpendLineResource(PlanRowResource):
    REFERENCES = {
        **PLAN,
        "scheme": ReferenceCell(SCHEMES, plan_and_joint_plan),
        "provider": ReferenceCell(ORGANISATIONS),
        "breaks_down": ReferenceCell(LINES, own_plan),
    }
    CHOICES = {
        "funding_source": of_cycle(lambda cycle: cycle.funding_sources),
        "area_of_spend": of_cycle(lambda cycle: cycle.areas_of_spend),
        "commissioner": of_cycle(lambda cycle: cycle.commissioners),
        "provider_type": of_cycle(lambda cycle: cycle.provider_types),
        "primary_objective": of_cycle(lambda cycle: cycle.primary_objectives),
    }
    ALONG = (*IN_PLAN, "scheme__plan")

    class Meta:
        model = SpendLine


class SpendActualResource(PlanRowResource):
    REFERENCES = {**PLAN, "line": ReferenceCell(LINES, own_plan)}

    class Meta:
        model = SpendActual


class SchemeRowResource(PlanRowResource):
    """Rows about one scheme of their plan."""

    REFERENCES = {**PLAN, "scheme": ReferenceCell(SCHEMES, own_plan)}


class SchemeMetricResource(SchemeRowResource):
    REFERENCES = {**SchemeRowResource.REFERENCES, "metric": ReferenceCell(METRICS)}

    class Meta:
        model = SchemeMetric


_conditions = of_cycle(lambda cycle: cycle.conditions)


def _conditions_or_all(row: Any) -> list[tuple[str, str]]:
    return [*_conditions(row), (ALL_CONDITIONS, "All conditions")]


class SchemeConditionResource(SchemeRowResource):
    CHOICES: ClassVar[dict[str, Choices]] = {"condition": _conditions_or_all}

    class Meta:
        model = SchemeCondition


class DeliveryLinkResource(SchemeRowResource):
    REFERENCES = {
        **SchemeRowResource.REFERENCES,
        "lead": ReferenceCell(ORGANISATIONS),
        "providers": LinksCell(ORGANISATIONS),
    }

    class Meta:
        model = DeliveryLink


class BenefitResource(PlanRowResource):
    REFERENCES = {
        **PLAN,
        "schemes": LinksCell(SCHEMES, plan_and_joint_plan),
        "metrics": LinksCell(METRICS),
    }
    ALONG = (*IN_PLAN, "schemes__plan")

    class Meta:
        model = Benefit


class BenefitProfileResource(PlanRowResource):
    REFERENCES = {**PLAN, "benefit": ReferenceCell(BENEFITS, own_plan)}

    class Meta:
        model = BenefitProfile


class MilestoneResource(PlanRowResource):
    REFERENCES = {**PLAN, "schemes": LinksCell(SCHEMES, plan_and_joint_plan)}
    ALONG = (*IN_PLAN, "schemes__plan")

    class Meta:
        model = Milestone
