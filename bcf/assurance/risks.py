"""Risks of plans as plain values, with their ratings worked out beside those printed."""

from collections.abc import Sequence
from dataclasses import dataclass

from bcf.base.worked import Figure, RowRef
from governance.models import Risk
from governance.rules import rated
from plans.models import Plan


@dataclass(frozen=True)
class RiskValue:
    """A risk: likelihood and impact from 1 to 5 where scored, and the rating as printed."""

    plan: str
    ref: str
    printed_ref: str
    title: str
    likelihood: int | None
    impact: int | None
    printed_rating: str
    after_mitigation: str
    row: RowRef

    @property
    def rating(self) -> Figure | None:
        """Likelihood times impact; None where it is not scored."""
        return rated(self.likelihood, self.impact, self.row)


def gather_risks(plans: Sequence[Plan]) -> tuple[RiskValue, ...]:
    """The risks of these plans, in one query."""
    found = Risk.objects.filter(plan__in=plans).order_by("plan", "pk")
    slugs = {plan.pk: plan.slug for plan in plans}
    return tuple(risk_value(row, slugs[row.plan_id]) for row in found if row.plan_id)


def risk_value(row: Risk, plan: str) -> RiskValue:
    """A risk as plain values."""
    return RiskValue(
        plan=plan,
        ref=row.ref,
        printed_ref=row.printed_ref,
        title=row.title,
        likelihood=row.likelihood,
        impact=row.impact,
        printed_rating=row.printed_rating,
        after_mitigation=row.rating_after_mitigation,
        row=RowRef("governance.risk", plan, row.ref, str(row)),
    )
