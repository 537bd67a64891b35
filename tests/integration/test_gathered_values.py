"""Benefits, agreements, risks and names as plain values: in how many queries, and which totals."""

from collections.abc import Callable
from typing import Any

import pytest

from bcf.assurance.agreements.gathering import gather_agreements
from bcf.assurance.benefits import gather_benefits, total_saving
from bcf.assurance.named import gather_named
from bcf.assurance.risks import gather_risks
from bcf.base.sums import counted
from governance.models import Agreement, Programme
from plans.models import Plan
from schemes.models import Benefit
from schemes.queries import SAVINGS
from tests.factories import BenefitFactory, PlanFactory
from tests.factories.benefit_profile import BenefitProfileFactory

pytestmark = pytest.mark.django_db

Gather = Callable[[list[Plan]], Any]
QUERIES: dict[str, tuple[Gather, int]] = {
    "benefits": (gather_benefits, 4),
    "named": (gather_named, 7),
    "risks": (gather_risks, 1),
    "agreements": (
        lambda plans: gather_agreements(
            Agreement.objects.filter(boards__plans__in=plans).distinct(),
            Programme.objects.filter(board__plans__in=plans).distinct(),
        ),
        15,
    ),
}


@pytest.mark.usefixtures("real_plans")
@pytest.mark.parametrize("kind", QUERIES)
def test_one_plan_takes_as_many_queries_as_all(
    kind: str, django_assert_max_num_queries: Any
) -> None:
    gather, most = QUERIES[kind]
    plans = list(Plan.objects.order_by("pk"))
    for some in (plans[:1], plans):
        with django_assert_max_num_queries(most):
            assert gather(some)


@pytest.mark.usefixtures("real_plans")
def test_the_total_of_a_list_is_that_of_the_document() -> None:
    for plan in Plan.objects.all():
        whole = total_saving(gather_benefits([plan]))
        in_list = counted(Benefit.objects.filter(plan=plan), SAVINGS)
        assert (whole and whole.rounded(2)) == in_list, plan


def test_a_benefit_is_read_with_its_months() -> None:
    plan = PlanFactory()
    benefit = BenefitFactory(plan=plan)
    BenefitProfileFactory(benefit=benefit, planned=-3)
    (found,) = gather_benefits([plan]).rows
    assert (found.row.owner, found.row.ref) == (plan.slug, benefit.ref)
    assert [month.planned for month in found.months] == [-3]
