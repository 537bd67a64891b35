"""A change set is undone by one act: all or none, and nothing that others did is lost."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest

from bcf.accounts.access import Role
from bcf.accounts.models import User
from bcf.assurance.undo import undo
from bcf.assurance.undoing import changes_of, undoing_of
from plans import actions
from plans.changes import Act, change_set
from plans.choices import ChangeKind, PlanStatus
from plans.models import ChangeSet, Plan
from plans.restoring import CannotRestore, ChangedMeanwhile
from plans.scopes import PLAN_ROWS
from schemes.models import Benefit, Milestone, Scheme, SpendActual, SpendLine
from tests.factories import (
    BenefitFactory,
    MembershipFactory,
    MilestoneFactory,
    PlanFactory,
    SchemeFactory,
    SpendActualFactory,
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


@pytest.fixture
def acting(ann: User) -> Callable[..., ChangeSet]:
    """Do something as one change set: `acting(SpendLine, lambda act: act.remove(lines))`."""

    def act_on(model: Any, work: Callable[[Act], Any]) -> ChangeSet:
        with change_set(
            kind=ChangeKind.BULK, words="Done", scope=PLAN_ROWS, model=model, by=ann
        ) as act:
            work(act)
        return act.row

    return act_on


def undone(act: ChangeSet, by: User, *, leave: bool = False) -> ChangeSet:
    return undo(act, by=by, seen=undoing_of(changes_of(act)).seen, leave_moved=leave)


def amounts(lines: list[SpendLine]) -> list[Any]:
    return [line.amount for line in SpendLine.objects.filter(pk__in=[each.pk for each in lines])]


def set_amounts(lines: list[SpendLine], amount: int = 5) -> Callable[[Act], Any]:
    def work(act: Act) -> None:
        for line in lines:
            line.amount = Decimal(amount)
        act.save(lines)

    return work


def test_changed_rows_are_what_they_were(plan: Plan, ann: User, acting: Any) -> None:
    lines = SpendLineFactory.create_batch(3, plan=plan, amount=1000)
    act = acting(SpendLine, set_amounts(lines))
    assert amounts(lines) == [5, 5, 5]

    row = undone(act, ann)

    assert amounts(lines) == [1000, 1000, 1000]
    assert (row.kind, row.undoes, row.changed, row.words) == ("undo", act, 3, "Undone: Done")
    assert list(row.plans.all()) == [plan]
    last = SpendLine.history.filter(history_change_reason=row.ref)
    assert {record.history_user for record in last} == {ann}


def test_only_what_the_act_changed_is_put_back(plan: Plan, ann: User, acting: Any) -> None:
    """The act that is undone is undone twice: the undo is a change set like another."""
    (line,) = SpendLineFactory.create_batch(1, plan=plan, amount=1000)
    act = acting(SpendLine, set_amounts([line]))
    first = undone(act, ann)
    second = undone(first, ann)

    assert amounts([line]) == [5]
    assert second.undoes == first
    with pytest.raises(CannotRestore, match="nothing left to undo"):
        undone(first, ann)


def test_a_row_changed_since_is_left_alone_and_only_if_the_person_says_so(
    plan: Plan, ann: User, acting: Any
) -> None:
    lines = SpendLineFactory.create_batch(3, plan=plan, amount=1000)
    act = acting(SpendLine, set_amounts(lines))
    touched = SpendLine.objects.get(pk=lines[1].pk)
    touched.amount = Decimal(7)
    touched.save()

    undoing = undoing_of(changes_of(act))
    assert [each.change.new.row_id for each in undoing.moved] == [touched.pk]
    assert (undoing.moved[0].why, undoing.count) == ("It was changed since.", 2)
    with pytest.raises(CannotRestore, match="Some rows were changed since"):
        undone(act, ann)
    assert amounts(lines) == [5, 7, 5]

    undone(act, ann, leave=True)
    assert amounts(lines) == [1000, 7, 1000]


def test_a_row_that_is_again_what_the_act_made_of_it_can_be_undone(
    plan: Plan, ann: User, acting: Any
) -> None:
    (line,) = SpendLineFactory.create_batch(1, plan=plan, amount=1000)
    act = acting(SpendLine, set_amounts([line]))
    for amount in (7, 5):
        line.amount = Decimal(amount)
        line.save()

    undone(act, ann)

    assert amounts([line]) == [1000]


def test_added_rows_are_removed(plan: Plan, ann: User, acting: Any) -> None:
    lines = [SpendLineFactory.build(plan=plan, financial_year=plan.cycle.years[0])] * 1
    act = acting(SpendLine, lambda each: each.save(lines))

    row = undone(act, ann)

    assert not SpendLine.objects.exists()
    assert (row.removed, row.added, row.changed) == (1, 0, 0)


def test_an_added_row_to_which_others_belong_now_is_left(
    plan: Plan, ann: User, acting: Any
) -> None:
    lines = [
        SpendLineFactory.build(plan=plan, financial_year=plan.cycle.years[0]) for _ in range(2)
    ]
    act = acting(SpendLine, lambda each: each.save(lines))
    actual = SpendActualFactory(line=SpendLine.objects.get(pk=lines[0].pk))

    (moved,) = undoing_of(changes_of(act)).moved
    assert moved.why == f"“{actual}” belongs to it now."
    undone(act, ann, leave=True)

    assert list(SpendLine.objects.values_list("pk", flat=True)) == [lines[0].pk]
    assert SpendActual.objects.filter(pk=actual.pk).exists()


def test_an_added_scheme_that_others_are_linked_to_now_is_left(
    plan: Plan, ann: User, acting: Any
) -> None:
    scheme = SchemeFactory.build(plan=plan)
    act = acting(Scheme, lambda each: each.save([scheme]))
    BenefitFactory(plan=plan).schemes.add(scheme)

    assert [each.why[-18:] for each in undoing_of(changes_of(act)).moved] == ["belongs to it now."]


def test_removed_rows_come_back_with_number_and_ref_and_all_that_went_with_them(
    plan: Plan, ann: User, acting: Any
) -> None:
    line = SpendLineFactory(plan=plan, description="Carers")
    component = SpendLineFactory(plan=plan, breaks_down=line, description="Of which: breaks")
    actual = SpendActualFactory(line=line)
    before = {row.pk: (row.ref, row.version) for row in (line, component)}
    act = acting(SpendLine, lambda each: each.remove([line]))
    assert not SpendLine.objects.exists()
    assert not SpendActual.objects.exists()

    row = undone(act, ann)

    found = {each.pk: each for each in SpendLine.objects.all()}
    assert {number: each.ref for number, each in found.items()} == {
        number: ref for number, (ref, _) in before.items()
    }
    assert found[component.pk].breaks_down_id == line.pk
    assert found[line.pk].version == before[line.pk][1] + 1
    assert SpendActual.objects.get().pk == actual.pk
    assert (row.added, row.removed) == (3, 0)
    undone(row, ann)
    assert not SpendLine.objects.exists()


def test_links_of_a_removed_row_come_back_on_both_sides(plan: Plan, ann: User, acting: Any) -> None:
    one, other = SchemeFactory.create_batch(2, plan=plan)
    milestone = MilestoneFactory(plan=plan)
    milestone.schemes.set([one, other])
    benefit = BenefitFactory(plan=plan)
    benefit.schemes.set([one, other])
    gone = acting(Milestone, lambda each: each.remove([milestone]))
    scheme_gone = acting(Scheme, lambda each: each.remove([one]))
    assert list(benefit.schemes.all()) == [other]

    undone(scheme_gone, ann)
    undone(gone, ann)

    assert set(benefit.schemes.all()) == {one, other}
    assert set(Milestone.objects.get().schemes.all()) == {one, other}


def test_a_link_that_was_taken_away_before_the_removal_does_not_come_back(
    plan: Plan, ann: User, acting: Any
) -> None:
    scheme = SchemeFactory(plan=plan)
    benefit = BenefitFactory(plan=plan)
    benefit.schemes.set([scheme])
    benefit.schemes.clear()
    act = acting(Scheme, lambda each: each.remove([scheme]))

    undone(act, ann)

    assert not benefit.schemes.exists()


def test_links_that_the_act_changed_are_what_they_were(plan: Plan, ann: User, acting: Any) -> None:
    one, other = SchemeFactory.create_batch(2, plan=plan)
    benefit = BenefitFactory(plan=plan, note="Before")
    benefit.schemes.set([one])

    def work(act: Act) -> None:
        benefit.note = "After"
        act.save([benefit])
        act.link(benefit, {"schemes": [other.pk]})

    act = acting(Benefit, work)
    (change,) = changes_of(act)
    assert change.old is not None
    assert (change.old.state.links["schemes"], change.new.state.links["schemes"]) == (
        {one.pk},
        {other.pk},
    )

    undone(act, ann)

    found = Benefit.objects.get()
    assert (found.note, list(found.schemes.all())) == ("Before", [one])


def test_saving_many_rows_keeps_their_links_in_the_history(
    plan: Plan, ann: User, acting: Any
) -> None:
    scheme = SchemeFactory(plan=plan)
    benefit = BenefitFactory(plan=plan, note="Before")
    benefit.schemes.set([scheme])
    benefit.note = "After"
    act = acting(Benefit, lambda each: each.save([benefit]))

    (change,) = changes_of(act)

    assert change.new.state.links["schemes"] == {scheme.pk}
    assert undoing_of(changes_of(act)).moved == ()


def test_a_removed_row_whose_place_is_taken_is_refused_and_nothing_comes_back(
    plan: Plan, ann: User, acting: Any
) -> None:
    schemes = [SchemeFactory(plan=plan, reference=each) for each in ("1a", "1b")]
    act = acting(Scheme, lambda each: each.remove(schemes))
    SchemeFactory(plan=plan, reference="1b", ref="another")

    with pytest.raises(CannotRestore, match=r"1b.*cannot be put back: Reference: This plan"):
        undone(act, ann)

    assert [each.ref for each in Scheme.objects.all()] == ["another"]


def test_a_target_that_is_gone_is_named(plan: Plan, ann: User, acting: Any) -> None:
    scheme = SchemeFactory(plan=plan, reference="1a", name="Carers")
    line = SpendLineFactory(plan=plan, scheme=scheme)
    line.scheme = None
    act = acting(SpendLine, lambda each: each.save([line]))
    scheme.delete()

    with pytest.raises(CannotRestore, match="Scheme was “1a Carers”, which was removed"):
        undone(act, ann)


def test_who_may_not_change_the_rows_may_not_undo(plan: Plan, ann: User, acting: Any) -> None:
    lines = SpendLineFactory.create_batch(2, plan=plan, amount=1000)
    act = acting(SpendLine, set_amounts(lines))
    viewer = MembershipFactory(board=plan.boards.get(), role=Role.VIEWER).user
    elsewhere = MembershipFactory(role=Role.EDITOR).user

    for person in (viewer, elsewhere):
        with pytest.raises(actions.NotAllowed):
            undone(act, person)
    Plan.objects.filter(pk=plan.pk).update(status=PlanStatus.SUBMITTED)
    with pytest.raises(actions.PlanClosed):
        undone(act, ann)
    assert amounts(lines) == [5, 5]


def test_removed_rows_of_a_closed_plan_stay_removed(plan: Plan, ann: User, acting: Any) -> None:
    line = SpendLineFactory(plan=plan)
    act = acting(SpendLine, lambda each: each.remove([line]))
    Plan.objects.filter(pk=plan.pk).update(status=PlanStatus.SUBMITTED)

    with pytest.raises(actions.PlanClosed):
        undone(act, ann)
    assert not SpendLine.objects.exists()


def test_a_page_that_is_no_longer_true_undoes_nothing(plan: Plan, ann: User, acting: Any) -> None:
    lines = SpendLineFactory.create_batch(2, plan=plan, amount=1000)
    act = acting(SpendLine, set_amounts(lines))
    seen = undoing_of(changes_of(act)).seen
    undone(act, ann)

    with pytest.raises(ChangedMeanwhile, match="Somebody changed these rows"):
        undo(act, by=ann, seen=seen, leave_moved=True)
    assert amounts(lines) == [1000, 1000]
