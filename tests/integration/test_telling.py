"""Changes of every kind of row are told by name, in a number of queries that rows do not raise."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from bcf.accounts.models import User
from bcf.assurance.kinds import SCOPES
from bcf.base.differences import Difference
from bcf.base.versions import folded, history_of, read_changes
from plans.telling import HIDDEN, Told, tell
from schemes.models import Benefit, SpendLine
from tests.factories import (
    AgreementFactory,
    AgreementValueFactory,
    BenefitFactory,
    BoardFactory,
    ContributionFactory,
    OrganisationFactory,
    PlanFactory,
    SchemeFactory,
    SpendLineFactory,
)
from tests.integration.test_versions import KINDS, change

pytestmark = pytest.mark.django_db

ROWS = {kind: made for kind, made in KINDS.items() if made[0]._meta.model in SCOPES}


def told(model: Any, to: User) -> list[Told]:
    """Every change of a kind of row, the newest first."""
    return tell(folded(read_changes(model, history_of(model))), to=to)


def fields(row: Told) -> dict[str, tuple[str, str]]:
    return {each.label: (each.old, each.new) for each in row.differences}


def test_every_kind_that_people_change_is_tried() -> None:
    assert {made[0]._meta.model for made in ROWS.values()} == set(SCOPES)


@pytest.mark.parametrize("kind", ROWS)
def test_a_row_is_called_what_it_calls_itself(kind: str, administrator: User) -> None:
    row = ROWS[kind][0]()
    before = str(row)
    change(row)
    after = str(type(row)._base_manager.get(pk=row.pk))

    changed, *_, added = told(type(row), administrator)

    assert (changed.what, added.what) == ("Changed", "Added")
    assert (changed.name, added.name) == (after, before)
    assert changed.is_there
    assert len(changed.differences) == 1
    assert changed.kind in changed.heading


@pytest.mark.parametrize("kind", ROWS)
def test_no_row_asks_for_itself(kind: str, administrator: User) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert told(model, administrator)
        return len(captured)

    row = ROWS[kind][0]()
    model = type(row)
    change(row)
    one = queries()
    for _ in range(3):
        change(ROWS[kind][0]())
    assert queries() == one


def last(model: Any, to: User) -> Told:
    return told(model, to)[0]


def test_choices_read_as_the_cycle_of_the_plan_has_them(administrator: User) -> None:
    line = SpendLineFactory(funding_source="dfg")
    line.funding_source = "nhs-minimum"
    line.save()

    assert fields(last(SpendLine, administrator)) == {
        "Funding source": ("Disabled Facilities Grant", "CCG minimum contribution")
    }


def test_a_removed_target_is_called_what_it_was(administrator: User) -> None:
    scheme = SchemeFactory(reference="2b", name="Telecare")
    line = SpendLineFactory(plan=scheme.plan, scheme=scheme)
    line.scheme = None
    line.save()
    scheme.name = "Telecare for all"
    scheme.save()
    scheme.delete()

    assert fields(last(SpendLine, administrator)) == {
        "Scheme": ("2b Telecare for all", "not stated")
    }


def test_a_removed_row_is_told_with_what_it_said(administrator: User) -> None:
    payer = OrganisationFactory(name="Barnet Council")
    row = ContributionFactory(contributor=payer, amount=5)
    row.delete()

    removed = last(type(row), administrator)

    assert (removed.what, removed.is_there) == ("Removed", False)
    assert fields(removed)["Contributor"] == ("Barnet Council", "")
    assert fields(removed)["Amount"] == ("£5", "")


def test_links_that_came_with_a_row_are_told_with_it(administrator: User) -> None:
    scheme = SchemeFactory(reference="2b", name="Telecare")
    benefit = BenefitFactory(plan=scheme.plan)
    benefit.schemes.add(scheme)

    (added,) = told(Benefit, administrator)

    assert added.what == "Added"
    assert fields(added)["Schemes"] == ("", "2b Telecare")


def test_a_row_whose_links_went_with_it_is_told_with_them(administrator: User) -> None:
    scheme = SchemeFactory(reference="2b", name="Telecare")
    benefit = BenefitFactory(plan=scheme.plan)
    benefit.schemes.add(scheme)
    benefit.delete()

    assert fields(last(Benefit, administrator))["Schemes"] == ("2b Telecare", "")


def test_links_are_told_as_what_came_and_what_went(administrator: User) -> None:
    one, other = (SchemeFactory(reference=each, name="Care") for each in ("1", "2"))
    benefit = BenefitFactory(plan=one.plan)
    benefit.schemes.add(one)
    benefit.note = "Changed"
    benefit.save()
    benefit.schemes.set([other])

    found: dict[str, Difference] = {
        each.label: each for each in last(Benefit, administrator).differences
    }

    assert (found["Schemes"].added, found["Schemes"].removed) == (("2 Care",), ("1 Care",))
    assert set(found) == {"Schemes", "Note"}


def test_a_row_that_was_there_before_its_history_is_said_to_be_so(administrator: User) -> None:
    line = SpendLineFactory()
    SpendLine.history.all().delete()
    line.amount = 7
    line.save()

    found = last(SpendLine, administrator)

    assert (found.what, found.is_known, found.differences) == ("Changed", False, ())


def test_the_plan_of_a_row_of_an_agreement_is_the_plan_that_carries_it(
    administrator: User,
) -> None:
    plan = PlanFactory()
    AgreementValueFactory(agreement=AgreementFactory(plan=plan))
    value = AgreementValueFactory()

    of_board, of_plan = told(type(value), administrator)

    assert (of_plan.plan_id, of_board.plan_id) == (plan.pk, None)


def test_a_plan_that_the_reader_may_not_know_of_is_not_named(member: Callable[..., User]) -> None:
    own = BoardFactory()
    joint = PlanFactory(title="Secret joint plan", boards=[BoardFactory()])
    part = PlanFactory(boards=[own])
    part.part_of = joint
    part.save()

    assert fields(last(type(part), member("viewer", own))) == {
        "Part of the joint plan": ("not stated", HIDDEN)
    }
