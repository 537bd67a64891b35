"""What spans tables is checked whenever a row is saved; money survives to the penny."""

import random
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.db.models import Sum

from bcf.money import from_pence
from plans.models import Contribution
from schemes.models import SpendLine
from tests.factories import (
    ContributionFactory,
    CycleFactory,
    PlanFactory,
    RequirementFactory,
    SchemeFactory,
    SpendLineFactory,
)

pytestmark = pytest.mark.django_db


def refused(field: str, words: str, factory: Any, **given: Any) -> None:
    with pytest.raises(ValidationError) as error:
        factory(**given)
    found = " ".join(error.value.message_dict[field])
    assert words in found


# -- years and choices of the cycle --------------------------------------------------------


@pytest.mark.parametrize("factory", [ContributionFactory, RequirementFactory, SpendLineFactory])
def test_a_year_outside_the_cycle_is_refused(factory: Any) -> None:
    refused("financial_year", "2016-17 lies outside", factory, financial_year="2016-17")
    refused("financial_year", "(2017-18, 2018-19)", factory, financial_year="2019-20")


@pytest.mark.parametrize("factory", [ContributionFactory, RequirementFactory, SpendLineFactory])
def test_a_year_that_is_not_stated_is_taken(factory: Any) -> None:
    assert str(factory(financial_year="not-stated").financial_year) == "not-stated"


@pytest.mark.parametrize("year", ["2017", "2017-04", "2017-18Q1", "seventeen", ""])
def test_what_is_no_financial_year_is_refused(year: str) -> None:
    with pytest.raises(ValidationError):
        SpendLineFactory(financial_year=year)


@pytest.mark.parametrize(
    ("factory", "field", "value"),
    [
        (ContributionFactory, "funding_source", "lottery"),
        (RequirementFactory, "rule", "total-pool"),
        (SpendLineFactory, "funding_source", "lottery"),
        (SpendLineFactory, "area_of_spend", "moon"),
        (SpendLineFactory, "commissioner", "nobody"),
        (SpendLineFactory, "provider_type", "robots"),
        (SchemeFactory, "scheme_type", "unheard-of"),
    ],
)
def test_a_choice_that_the_cycle_does_not_offer_is_refused(
    factory: Any, field: str, value: str
) -> None:
    what = {"rule": "requirement"}.get(field, field.replace("_", " "))
    words = f"“{value}” is no {what} of 2017-19. Choose one of: "
    refused(field, words, factory, **{field: value})


def test_what_one_cycle_offers_another_does_not() -> None:
    earlier = PlanFactory(cycle=CycleFactory(key="2014-16"))
    assert ContributionFactory(funding_source="ibcf").pk
    refused("funding_source", "“ibcf”", ContributionFactory, plan=earlier, funding_source="ibcf")


def test_a_sub_source_belongs_to_its_source() -> None:
    assert ContributionFactory(sub_source="rnf").pk
    words = (
        "“Relative needs formula (RNF)” is no sub-source of Disabled Facilities Grant, which has "
        "none. It belongs to CCG minimum contribution. Leave it empty."
    )
    refused("sub_source", words, ContributionFactory, funding_source="dfg", sub_source="rnf")
    words = "“elsewhere” is no sub-source of CCG minimum contribution. Choose one of: Relative"
    refused("sub_source", words, ContributionFactory, sub_source="elsewhere")


def test_a_row_keeps_what_its_cycle_no_longer_offers() -> None:
    """Written before its cycle's definition changed, it may still be changed otherwise."""
    line = SpendLineFactory(description="Before")
    older = {"funding_source": "levy", "provider_type": "guild", "financial_year": "2011-12"}
    SpendLine.objects.filter(pk=line.pk).update(**older)
    line = SpendLine.objects.get(pk=line.pk)
    line.description = "After"
    line.save()
    assert SpendLine.objects.filter(pk=line.pk, description="After", **older).exists()
    assert line.source_label == "levy"
    line.funding_source = "tithe"
    with pytest.raises(ValidationError, match="“tithe” is no funding source of 2017-19"):
        line.save()


def test_a_sub_type_belongs_to_its_scheme_type() -> None:
    refused("sub_type", "“any”", SchemeFactory, scheme_type="carers-services", sub_type="any")
    refused("sub_type", "“any”", SchemeFactory, sub_type="any")


def test_a_template_version_is_one_of_the_cycles() -> None:
    refused("template_version", "July 2017", PlanFactory, template_version="first-form")
    assert PlanFactory(template_version="july-2017").pk


# -- joint plans ---------------------------------------------------------------------------


def test_a_part_has_the_cycle_of_its_joint_plan() -> None:
    joint = PlanFactory(cycle=CycleFactory(key="2014-16"))
    refused("part_of", "same cycle", PlanFactory, part_of=joint)


def test_a_part_has_no_parts() -> None:
    part = PlanFactory(part_of=PlanFactory())
    refused("part_of", "is itself a part", PlanFactory, part_of=part)


def test_a_joint_plan_does_not_become_a_part() -> None:
    joint = PlanFactory()
    PlanFactory(part_of=joint)
    joint.part_of = PlanFactory()
    with pytest.raises(ValidationError, match="has parts of its own"):
        joint.save()


# -- schemes -------------------------------------------------------------------------------


def test_a_line_has_a_scheme_of_its_plan_or_of_its_joint_plan() -> None:
    joint = PlanFactory()
    part = PlanFactory(part_of=joint)
    assert SpendLineFactory(plan=part, scheme=SchemeFactory(plan=part)).pk
    assert SpendLineFactory(plan=part, scheme=SchemeFactory(plan=joint)).pk
    refused("scheme", "Choose a scheme of this plan", SpendLineFactory, scheme=SchemeFactory())
    sibling = SchemeFactory(plan=PlanFactory(part_of=joint))
    refused("scheme", "Choose a scheme of this plan", SpendLineFactory, plan=part, scheme=sibling)


def test_a_plan_without_a_joint_plan_takes_no_scheme_without_a_plan() -> None:
    refused(
        "scheme", "Choose a scheme", SpendLineFactory, plan=PlanFactory(), scheme=SchemeFactory()
    )


def test_a_schemes_parent_is_of_its_plan_or_of_its_joint_plan() -> None:
    joint = PlanFactory()
    part = PlanFactory(part_of=joint)
    assert SchemeFactory(plan=part, parent=SchemeFactory(plan=joint)).pk
    refused("parent", "Choose a scheme of this plan", SchemeFactory, parent=SchemeFactory())


def test_schemes_do_not_run_in_a_circle() -> None:
    top = SchemeFactory()
    middle = SchemeFactory(plan=top.plan, parent=top)
    bottom = SchemeFactory(plan=top.plan, parent=middle)
    top.parent = bottom
    with pytest.raises(ValidationError, match="is itself a part of this scheme"):
        top.save()


# -- breakdowns ----------------------------------------------------------------------------


@pytest.fixture
def whole(db: None) -> SpendLine:
    return SpendLineFactory(description="Whole", amount=Decimal(100))


def component(whole: SpendLine, **given: Any) -> SpendLine:
    return SpendLineFactory(**{"plan": whole.plan, "breaks_down": whole, **given})


def test_a_component_is_of_the_plan_and_year_of_its_whole(whole: SpendLine) -> None:
    assert component(whole).counts is False
    assert whole.counts is True
    refused("breaks_down", "line of this plan", component, whole=whole, plan=PlanFactory())
    refused("breaks_down", "same year", component, whole=whole, financial_year="2018-19")


def test_a_component_has_no_components(whole: SpendLine) -> None:
    part = component(whole)
    refused("breaks_down", "is a component itself", component, whole=part)


def test_a_line_with_components_does_not_become_one(whole: SpendLine) -> None:
    component(whole)
    whole.breaks_down = SpendLineFactory(plan=whole.plan)
    with pytest.raises(ValidationError, match="has components of its own"):
        whole.save()


def test_a_line_with_components_keeps_its_year(whole: SpendLine) -> None:
    component(whole)
    whole.financial_year = "2018-19"
    with pytest.raises(ValidationError, match="components of another year"):
        whole.save()


def test_a_component_is_removed_with_its_whole(whole: SpendLine) -> None:
    component(whole)
    plan = whole.plan
    whole.delete()
    assert plan.spendlines.count() == 0


# -- joint commissioners -------------------------------------------------------------------


@pytest.mark.parametrize(
    ("nhs", "council"),
    [("62.5", "37.5"), ("33.33", "66.67"), ("100", "0"), ("0", "100"), ("0.01", "99.99")],
)
def test_joint_shares_that_add_to_100_are_taken(nhs: str, council: str) -> None:
    line = SpendLineFactory(
        commissioner="joint", nhs_percent=Decimal(nhs), la_percent=Decimal(council)
    )
    stored = SpendLine.objects.get(pk=line.pk)
    assert (stored.nhs_percent, stored.la_percent) == (Decimal(nhs), Decimal(council))


@pytest.mark.parametrize(("nhs", "council"), [("60", "30"), ("33.33", "66.66"), ("60", "40.01")])
def test_joint_shares_that_do_not_add_to_100_are_refused(nhs: str, council: str) -> None:
    with pytest.raises(ValidationError, match="must add to 100%"):
        SpendLineFactory(
            commissioner="joint", nhs_percent=Decimal(nhs), la_percent=Decimal(council)
        )


@pytest.mark.parametrize(("nhs", "council"), [(None, None), (Decimal(100), None)])
def test_a_joint_commissioner_needs_both_shares(
    nhs: Decimal | None, council: Decimal | None
) -> None:
    refused(
        "commissioner",
        "give both shares",
        SpendLineFactory,
        commissioner="joint",
        nhs_percent=nhs,
        la_percent=council,
    )


def test_another_commissioner_needs_no_shares() -> None:
    assert SpendLineFactory(commissioner="ccg").nhs_percent is None


# -- money to the penny --------------------------------------------------------------------


def test_ten_pence_and_twenty_are_thirty() -> None:
    plan = PlanFactory()
    SpendLineFactory(plan=plan, amount=Decimal("0.10"))
    SpendLineFactory(plan=plan, amount=Decimal("0.20"))
    assert plan.spendlines.aggregate(all=Sum("amount"))["all"] == Decimal("0.30")


@pytest.mark.parametrize("amount", ["0.01", "1234.56", "23412000.00", "999999999999.99"])
def test_an_amount_survives_the_database(amount: str) -> None:
    row = ContributionFactory(amount=amount)
    stored = Contribution.objects.get(pk=row.pk).amount
    assert isinstance(stored, Decimal)
    assert str(stored) == amount
    with connection.cursor() as cursor:
        cursor.execute("SELECT amount FROM plans_contribution WHERE id = %s", [row.pk])
        assert cursor.fetchone()[0] == int(Decimal(amount) * 100)


def test_ten_thousand_random_pennies_add_exactly_in_the_database() -> None:
    plan = PlanFactory()
    pence = random.Random(8).sample(range(10**11), 10_000)  # noqa: S311
    SpendLine.objects.bulk_create(
        SpendLine(
            plan=plan,
            ref=f"line-{number}",
            financial_year="2017-18",
            description="Service",
            amount=from_pence(each),
        )
        for number, each in enumerate(pence)
    )
    rows = SpendLine.objects.filter(plan=plan)
    assert rows.aggregate(all=Sum("amount"))["all"] == from_pence(sum(pence))
    assert sorted(rows.values_list("amount", flat=True)) == sorted(map(from_pence, pence))


def test_an_amount_can_be_looked_up_as_pounds() -> None:
    row = SpendLineFactory(amount=Decimal("10.10"))
    SpendLineFactory(amount=Decimal("10.11"))
    assert SpendLine.objects.get(amount=Decimal("10.10")) == row
    assert SpendLine.objects.get(amount__lt=Decimal("10.11")) == row


def test_a_part_of_a_penny_is_refused_by_the_model() -> None:
    refused("amount", "part of a penny", SpendLineFactory, amount=Decimal("0.001"))


def test_an_amount_left_out_is_not_nought() -> None:
    row = SpendLineFactory(amount=None)
    assert SpendLine.objects.get(pk=row.pk).amount is None
    assert SpendLine.objects.filter(pk=row.pk).aggregate(all=Sum("amount"))["all"] is None
