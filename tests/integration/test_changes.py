"""An act that changes many rows: one event, all or none, under the rules of who may change."""

from decimal import Decimal

import pytest

from bcf.accounts.access import Role
from bcf.accounts.models import User
from bcf.base.bulk import RowsRefused
from plans import actions
from plans.changes import change_set
from plans.choices import ChangeKind, PlanStatus
from plans.models import ChangeSet, Plan
from plans.models.events import AppendOnly
from plans.scopes import PLAN_ROWS
from schemes.models import Scheme, SpendLine
from tests.factories import (
    BenefitFactory,
    MembershipFactory,
    PlanFactory,
    SchemeFactory,
    SpendLineFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def plan() -> Plan:
    return PlanFactory()


@pytest.fixture
def ann(plan: Plan) -> User:
    user: User = MembershipFactory(board=plan.boards.get(), role=Role.EDITOR).user
    return user


def set_amounts(lines: list[SpendLine], by: User, amount: int = 5) -> ChangeSet:
    with change_set(
        kind=ChangeKind.BULK,
        words="Amount of the lines set to £5",
        scope=PLAN_ROWS,
        model=SpendLine,
        by=by,
    ) as act:
        for each in lines:
            each.amount = Decimal(amount)
        act.save(lines)
    return act.row


def test_an_act_leaves_one_event_that_its_history_names(plan: Plan, ann: User) -> None:
    lines = SpendLineFactory.create_batch(3, plan=plan)

    row = set_amounts(lines, ann)

    assert (row.changed, row.added, row.removed, row.count) == (3, 0, 0, 3)
    assert (row.actor, row.model, list(row.plans.all())) == (ann, "schemes.spendline", [plan])
    records = SpendLine.history.filter(history_change_reason=row.ref)
    assert {record.history_user for record in records} == {ann}
    assert records.count() == 3


def test_an_act_that_changes_nothing_leaves_no_event(plan: Plan, ann: User) -> None:
    lines = SpendLineFactory.create_batch(2, plan=plan, amount=5)
    with change_set(
        kind=ChangeKind.BULK, words="Nothing", scope=PLAN_ROWS, model=SpendLine, by=ann
    ) as act:
        act.save(lines)

    assert not ChangeSet.objects.exists()


def test_what_a_removal_takes_along_carries_its_ref(plan: Plan, ann: User) -> None:
    scheme = SchemeFactory(plan=plan)
    benefit = BenefitFactory(plan=plan)
    benefit.schemes.add(scheme)
    with change_set(
        kind=ChangeKind.REMOVAL, words="Removed", scope=PLAN_ROWS, model=Scheme, by=ann
    ) as act:
        act.remove([scheme])

    assert (act.row.removed, act.row.changed) == (1, 0)
    assert Scheme.history.get(history_type="-").history_change_reason == act.row.ref


def test_rows_of_a_closed_plan_are_refused_and_no_event_is_left(plan: Plan, ann: User) -> None:
    lines = SpendLineFactory.create_batch(2, plan=plan, amount=1)
    Plan.objects.filter(pk=plan.pk).update(status=PlanStatus.SUBMITTED)

    with pytest.raises(actions.PlanClosed):
        set_amounts(lines, ann)

    assert set(SpendLine.objects.values_list("amount", flat=True)) == {Decimal(1)}
    assert not ChangeSet.objects.exists()


def test_an_outsider_is_refused(plan: Plan) -> None:
    outsider = MembershipFactory(role=Role.EDITOR).user

    with pytest.raises(actions.NotAllowed):
        set_amounts(SpendLineFactory.create_batch(1, plan=plan), outsider)


def test_one_bad_row_leaves_nothing(plan: Plan, ann: User) -> None:
    lines = SpendLineFactory.create_batch(2, plan=plan, amount=1)
    lines[1].description = ""

    with pytest.raises(RowsRefused):
        set_amounts(lines, ann)

    assert set(SpendLine.objects.values_list("amount", flat=True)) == {Decimal(1)}
    assert not ChangeSet.objects.exists()


def test_an_event_is_never_changed_or_removed(plan: Plan, ann: User) -> None:
    row = set_amounts(SpendLineFactory.create_batch(1, plan=plan), ann)

    for attempt in (row.save, row.delete, ChangeSet.objects.all().delete):
        with pytest.raises(AppendOnly):
            attempt()
