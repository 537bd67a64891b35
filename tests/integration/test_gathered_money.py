"""A plan's money as plain values: what its rows say, in how many queries."""

from decimal import Decimal
from typing import Any

import pytest

from bcf.assurance.gather import gather
from bcf.money import PENNY
from plans.models import Contribution, Plan, Requirement
from schemes.models import SpendLine
from tests.factories import PlanFactory, SpendLineFactory

pytestmark = pytest.mark.django_db

QUERIES = 5


def _stored(model: Any) -> dict[tuple[str, str], Any]:
    return {(row.plan.slug, row.ref): row for row in model.objects.all()}


def _gathered(rows: str) -> dict[tuple[str, str], Any]:
    wholes = [gather(plan, plan.parts.all()) for plan in Plan.objects.filter(part_of=None)]
    return {(row.plan, row.ref): row for whole in wholes for row in getattr(whole, rows)}


def _of_a_row(row: Any, amount: Decimal | None) -> tuple[Any, ...]:
    is_exact = row.rounded_to is None or row.differs_from_print(amount)
    return row.financial_year, PENNY if is_exact else row.rounded_to, row.citation


def _key(row: Any) -> str:
    return row.key if row else ""


@pytest.mark.usefixtures("real_plans")
def test_spend_lines_are_gathered_as_they_are_stored() -> None:
    stored, gathered = _stored(SpendLine), _gathered("all_spend_lines")
    assert stored.keys() == gathered.keys() != set()
    for key, line in stored.items():
        row = gathered[key]
        assert (row.year, row.rounded_to, row.citation) == _of_a_row(line, line.amount)
        assert (row.amount, row.counts) == (line.amount, line.counts)
        assert row.is_changed == line.differs_from_print(line.amount)
        assert row.scheme.label == (str(line.scheme) if line.scheme else "Not stated")
        assert row.scheme_type.key == (line.scheme.scheme_type if line.scheme else "")
        assert row.breaks_down == (line.breaks_down.ref if line.breaks_down else "")
        assert (row.theme.key, row.source.key) == (line.theme, line.funding_source)
        assert (row.area.key, row.commissioner.key) == (line.area_of_spend, line.commissioner)
        assert row.source.label == (line.source_label or "Not stated")
        assert (row.provider.key, row.provider_type.key) == (
            _key(line.provider),
            line.provider_type,
        )
        assert (row.nhs_percent, row.la_percent) == (line.nhs_percent, line.la_percent)


@pytest.mark.usefixtures("real_plans")
def test_contributions_are_gathered_as_they_are_stored() -> None:
    stored, gathered = _stored(Contribution), _gathered("all_contributions")
    assert stored.keys() == gathered.keys() != set()
    for key, paid in stored.items():
        row = gathered[key]
        assert (row.year, row.rounded_to, row.citation) == _of_a_row(paid, paid.amount)
        assert (row.amount, row.contributor.key) == (paid.amount, _key(paid.contributor))
        assert (row.source.key, row.sub_source.key) == (paid.funding_source, paid.sub_source)


@pytest.mark.usefixtures("real_plans")
def test_minimums_are_gathered_as_they_are_stored() -> None:
    stored, gathered = _stored(Requirement), _gathered("all_requirements")
    assert stored.keys() == gathered.keys() != set()
    for key, held in stored.items():
        row = gathered[key]
        assert (row.year, row.rounded_to, row.citation) == _of_a_row(held, held.minimum)
        assert (row.minimum, row.actual) == (held.minimum, held.actual)
        assert (row.rule.key, row.rule.label) == (held.rule, held.rule_label)


@pytest.mark.usefixtures("real_plans")
def test_a_plan_takes_as_many_queries_as_one_with_parts(
    django_assert_num_queries: Any,
) -> None:
    for plan in Plan.objects.select_related("cycle"):
        with django_assert_num_queries(QUERIES):
            assert gather(plan, plan.parts.all()).title == plan.title


def test_a_figure_that_was_changed_is_exact_and_told() -> None:
    printed = {"printed": "12", "printed_unit": "GBP_thousand", "rounded_to": Decimal(1000)}
    plan = PlanFactory()
    SpendLineFactory(plan=plan, amount=Decimal(12_000), **printed)
    SpendLineFactory(plan=plan, amount=Decimal(12_500), **printed)
    as_printed, changed = gather(plan, plan.parts.all()).spend_lines
    assert (as_printed.is_changed, as_printed.rounded_to) == (False, 1000)
    assert (changed.is_changed, changed.rounded_to) == (True, PENNY)
    assert changed.figure
    assert changed.figure.span.low == changed.figure.span.high == 12_500


def test_a_plan_without_rows_states_nothing() -> None:
    plan = PlanFactory()
    found = gather(plan, plan.parts.all())
    assert (found.contributions, found.spend_lines, found.requirements) == ((), (), ())
    assert found.years == tuple(plan.cycle.years)


def test_a_key_that_the_cycle_does_not_know_is_its_own_name() -> None:
    plan = PlanFactory()
    line = SpendLineFactory(plan=plan)
    SpendLine.objects.filter(pk=line.pk).update(funding_source="of-old", area_of_spend="")
    (found,) = gather(plan, plan.parts.all()).spend_lines
    assert (found.source.key, found.source.label) == ("of-old", "of-old")
    assert found.area.label == "Not stated"
