"""Many rows saved at once: the same rules, versions and history as one by one, all or none."""

from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from bcf.base.bulk import RowsRefused, Saved, save_rows
from bcf.base.reasons import because
from bcf.periods import FinancialYear
from plans.models import Contribution, Plan
from schemes.models import SpendLine
from tests.factories import (
    BoardFactory,
    ContributionFactory,
    MetricValueFactory,
    PlanFactory,
    SpendLineFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def plan() -> Plan:
    return PlanFactory()


def line(plan: Plan, **values: Any) -> SpendLine:
    year = FinancialYear.parse(str(plan.cycle.years[0]))
    return SpendLine(**{"plan": plan, "financial_year": year, "description": "Carers", **values})


def refused(rows: list[Any]) -> dict[int, ValidationError]:
    with pytest.raises(RowsRefused) as raised:
        save_rows(rows)
    return raised.value.errors


def test_new_rows_get_refs_versions_and_a_history(plan: Plan) -> None:
    ann = UserFactory()
    with because("abc"):
        saved = save_rows([line(plan, amount=Decimal(n)) for n in range(1, 301)], by=ann)

    assert saved == Saved(added=300, changed=0, same=0)
    rows = SpendLine.objects.filter(plan=plan)
    assert rows.values("ref").distinct().count() == 300
    first = rows.get(amount=Decimal(1))
    record = first.history.get()
    assert (first.version, record.history_type, record.amount) == (1, "+", Decimal(1))
    assert (record.history_user, record.history_change_reason) == (ann, "abc")


def test_a_ref_goes_on_where_saving_one_by_one_had_stopped(plan: Plan) -> None:
    one = line(plan)
    one.save()
    save_rows([line(plan), line(plan)])
    last = line(plan)
    last.save()

    refs = set(SpendLine.objects.values_list("ref", flat=True))
    assert refs == {one.ref, *(f"{one.ref}-{n}" for n in (2, 3, 4))}


def test_changed_rows_count_their_version_and_same_ones_are_left(plan: Plan) -> None:
    changing, same = SpendLineFactory(plan=plan), SpendLineFactory(plan=plan)
    changing.amount = Decimal("12.34")

    assert save_rows([changing, same]) == Saved(added=0, changed=1, same=1)

    changing.refresh_from_db()
    same.refresh_from_db()
    assert (changing.amount, changing.version, same.version) == (Decimal("12.34"), 2, 1)
    assert list(changing.history.values_list("history_type", flat=True)) == ["~", "+"]
    assert same.history.count() == 1


def test_a_row_that_somebody_changed_meanwhile_is_refused_and_nothing_is_saved(plan: Plan) -> None:
    mine, other = SpendLineFactory(plan=plan, amount=1), SpendLineFactory(plan=plan, amount=1)
    theirs = SpendLine.objects.get(pk=mine.pk)
    theirs.amount = Decimal(7)
    theirs.save()
    mine.amount = other.amount = Decimal(9)

    errors = refused([other, mine])

    assert list(errors) == [1]
    assert errors[1].code == "changed-meanwhile"
    assert sorted(SpendLine.objects.values_list("amount", flat=True)) == [Decimal(1), Decimal(7)]


def test_a_removed_row_is_refused_and_not_made_again(plan: Plan) -> None:
    row = SpendLineFactory(plan=plan)
    SpendLine.objects.get(pk=row.pk).delete()
    row.amount = Decimal(9)

    assert list(refused([row])) == [0]
    assert not SpendLine.objects.exists()


def test_a_row_never_moves_to_another_plan(plan: Plan) -> None:
    row = SpendLineFactory(plan=plan)
    row.plan = PlanFactory(cycle=plan.cycle)

    assert refused([row])[0].code == "fixed"


def test_each_bad_row_is_named_with_its_field_and_nothing_is_written(plan: Plan) -> None:
    rows = [line(plan, amount=Decimal(n)) for n in range(250)]
    rows[3].description = ""
    rows[205].financial_year = FinancialYear.parse("1999-00")

    errors = refused(rows)

    assert {place: list(error.message_dict) for place, error in errors.items()} == {
        3: ["description"],
        205: ["financial_year"],
    }
    assert not SpendLine.objects.exists()
    assert not SpendLine.history.exists()


def test_what_the_database_refuses_is_named_by_row_too(plan: Plan) -> None:
    taken = ContributionFactory(plan=plan)
    values = {"plan": plan, "financial_year": taken.financial_year}
    again = Contribution(
        **values, funding_source=taken.funding_source, contributor=taken.contributor
    )
    negative = Contribution(**values, funding_source="dfg", amount=Decimal(-1))
    fine = Contribution(**values, funding_source="nhs-additional", amount=Decimal(1))
    twice = Contribution(**values, funding_source="nhs-additional", amount=Decimal(2))

    errors = refused([again, negative, fine, twice])

    assert set(errors) == {0, 1, 3}
    assert "already a contribution" in str(errors[0])
    assert "never less than £0" in str(errors[1])
    assert Contribution.objects.count() == 1


def test_refs_of_a_plans_figures_are_unique_over_its_boards() -> None:
    boards = [BoardFactory(), BoardFactory()]
    plan = PlanFactory(boards=boards)
    first, second = (MetricValueFactory.build(plan=plan, board=board) for board in boards)
    metric = MetricValueFactory(plan=plan, board=boards[0]).metric
    first.metric = second.metric = metric
    first.series = second.series = "one"

    save_rows([first, second])

    refs = list(type(first).objects.values_list("ref", flat=True))
    assert len(refs) == len(set(refs)) == 3


def test_the_queries_do_not_grow_with_the_rows_of_a_chunk(
    plan: Plan, django_assert_num_queries: Any
) -> None:
    with django_assert_num_queries(7):
        save_rows([line(plan) for _ in range(5)])
    with django_assert_num_queries(7):
        save_rows([line(plan) for _ in range(25)])
