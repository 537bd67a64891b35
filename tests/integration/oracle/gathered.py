"""Everything that the answers are given: what the product gathers from the loaded fixtures."""

from dataclasses import dataclass

from bcf.assurance.figures import PlanFigures
from bcf.assurance.gather import gather
from plans.models import Plan


@dataclass(frozen=True)
class Gathered:
    """The reference plans' figures by slug, as plain values; the answers read no database."""

    plans: dict[str, PlanFigures]


def gather_everything() -> Gathered:
    plans = list(Plan.objects.select_related("cycle").prefetch_related("boards"))
    return Gathered(
        plans={plan.slug: gather(plan, plan.parts.all(), with_printed=True) for plan in plans}
    )
