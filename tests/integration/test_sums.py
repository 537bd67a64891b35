"""The database adds up as the rows themselves do, and never what counts with what does not."""

from collections.abc import Callable
from decimal import Decimal

import pytest
from django.db.models import F

from bcf.base.sums import Part, Sum, add_up, counted
from bcf.money import total
from plans.models import Plan, Requirement
from schemes.models import Benefit, SpendLine
from schemes.queries import SAVINGS, SPEND, with_sub_schemes, worked_out_saving
from tests.factories import (
    BenefitFactory,
    PlanFactory,
    RequirementFactory,
    SchemeFactory,
    SpendLineFactory,
)

pytestmark = pytest.mark.django_db


def amounts_of(sums: list[Sum]) -> Callable[[], list[tuple[int, int, Decimal | None]]]:
    return lambda: [
        (part.rows, part.unstated, part.amount)
        for part in add_up(SpendLine.objects.all(), sums).sums[0].parts
    ]


def test_a_component_is_never_added_to_its_whole_nor_a_line_outside_the_pool() -> None:
    plan = PlanFactory()
    whole = SpendLineFactory(plan=plan, amount=100)
    SpendLineFactory(plan=plan, amount="0.01")
    SpendLineFactory(plan=plan, amount=None)
    SpendLineFactory(plan=plan, amount=60, breaks_down=whole)
    SpendLineFactory(plan=plan, amount=7, breaks_down=whole, in_pool=False)
    SpendLineFactory(plan=plan, amount=5, in_pool=False)

    assert amounts_of([SPEND])() == [
        (3, 1, Decimal("100.01")),
        (2, 0, Decimal("67.00")),
        (1, 0, Decimal("5.00")),
    ]
    assert counted(SpendLine.objects.all(), SPEND) == Decimal("100.01")


def test_rows_are_counted_and_added_up_in_one_query(
    django_assert_num_queries: Callable[..., object],
) -> None:
    SpendLineFactory(amount=3)
    with django_assert_num_queries(1):  # type: ignore[attr-defined]
        totals = add_up(SpendLine.objects.select_related("plan"), [SPEND, Sum("All", "amount")])

    assert (totals.rows, totals.sums[1].parts[0].amount) == (1, Decimal("3.00"))


def test_nothing_stated_adds_to_nothing_and_not_to_nought() -> None:
    SpendLineFactory(amount=None)

    assert counted(SpendLine.objects.all(), SPEND) is None
    assert counted(SpendLine.objects.none(), SPEND) is None


def test_rows_that_overlap_are_added_up_within_one_kind_alone() -> None:
    plan = PlanFactory()
    RequirementFactory(plan=plan, rule="nhs-out-of-hospital", minimum=5)
    overlapping = Sum("Minimum", "minimum", within="rule", why="They overlap.")

    [one] = add_up(Requirement.objects.all(), [overlapping]).sums
    RequirementFactory(plan=plan, rule="social-care-maintenance", minimum=3)
    [two] = add_up(Requirement.objects.all(), [overlapping]).sums

    assert (one.parts[0].amount, one.refusal) == (Decimal("5.00"), "")
    assert (two.parts, two.refusal) == ((), "They overlap.")


def test_parts_may_reach_through_what_a_row_points_at() -> None:
    plan = PlanFactory(title="Care")
    SpendLineFactory(plan=plan, amount=2)
    SpendLineFactory(amount=9)
    mine = Sum("Spend", "amount", (Part("mine", rows=SPEND.parts[0].rows),))

    rows = SpendLine.objects.filter(plan__title="Care")

    assert counted(rows, mine) == Decimal("2.00")


@pytest.mark.parametrize(
    ("change", "price"),
    [
        ("-23", "2004.00"),
        ("-0.0001", "50.00"),  # half a penny
        ("-0.0003", "50.00"),  # one and a half
        ("0.0001", "50.00"),
        ("0.0001", "49.99"),
        ("12.5", "3.33"),
        ("0", "10.00"),
        ("-1000000.1234", "999999.99"),
    ],
)
def test_a_saving_is_worked_out_as_the_row_does(change: str, price: str) -> None:
    benefit = BenefitFactory(change=Decimal(change), unit_price=Decimal(price))

    found = Benefit.objects.annotate(worked_out=worked_out_saving()).get(pk=benefit.pk)

    assert found.worked_out == found.expected_saving


def test_a_stated_saving_stands_in_place_of_one_worked_out() -> None:
    BenefitFactory(change=-10, unit_price=5, saving=49)
    BenefitFactory(change=-10, unit_price=5, saving=None)
    BenefitFactory(change=None, change_unit="", unit_price=None, price_basis="", saving=None)

    stated, worked_out = add_up(Benefit.objects.all(), [SAVINGS]).sums[0].parts

    assert (stated.rows, stated.unstated, stated.amount) == (1, 0, Decimal("49.00"))
    assert (worked_out.rows, worked_out.unstated, worked_out.amount) == (2, 1, Decimal("50.00"))


@pytest.mark.usefixtures("real_plans")
def test_the_real_plans_add_up_as_their_rows_do() -> None:
    for plan in Plan.objects.all():
        lines, benefits = plan.spendlines.all(), plan.benefits.all()
        spend = [line.amount for line in lines if line.counts and line.amount is not None]
        savings = [each.expected_saving for each in benefits]
        savings = [saving for saving in savings if saving is not None]
        assert counted(lines, SPEND) == (total(spend) if spend else None)
        assert counted(benefits, SAVINGS) == (total(savings) if savings else None)
    assert SpendLine.objects.filter(breaks_down__isnull=False).exists()
    assert Benefit.objects.filter(saving__isnull=True, change=F("change")).exists()


def test_a_scheme_holds_the_schemes_below_it_however_deep() -> None:
    plan = PlanFactory()
    top = SchemeFactory(plan=plan)
    middle = SchemeFactory(plan=plan, parent=top)
    below = SchemeFactory(plan=plan, parent=middle)
    SchemeFactory(plan=plan)

    assert with_sub_schemes(top.pk) == {top.pk, middle.pk, below.pk}
    assert with_sub_schemes(below.pk) == {below.pk}
