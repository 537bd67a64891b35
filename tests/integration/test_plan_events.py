"""Submit, approve and reopen: every status with every standing and every event."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from bcf.accounts.access import Ability, Standing
from bcf.accounts.models import User
from plans.actions import (
    NotAllowed,
    PlanClosed,
    Refused,
    WrongStatus,
    hold_draft,
    plan_approve,
    plan_reopen,
    plan_submit,
)
from plans.models import Plan, PlanEvent
from plans.queries import may_on_plan
from tests.factories import BoardFactory, ContributionFactory, PlanFactory, UserFactory

pytestmark = pytest.mark.django_db

STATUSES = ("draft", "submitted", "approved")
STANDINGS = ("outsider", "viewer", "analyst", "editor", "approver", "elsewhere", "administrator")
# Who may, and from which status to which.
EVENTS: dict[str, tuple[set[str], dict[str, str]]] = {
    "submit": ({"approver", "administrator"}, {"draft": "submitted"}),
    "approve": ({"administrator"}, {"submitted": "approved"}),
    "reopen": ({"approver", "administrator"}, {"submitted": "draft", "approved": "draft"}),
}
CASES = [(e, status, who) for e in EVENTS for status in STATUSES for who in STANDINGS]


def perform(event: str, plan: Plan, by: User) -> PlanEvent:
    if event == "approve":
        return plan_approve(plan=plan, outcome="approved", by=by, note="noted")
    act = {"submit": plan_submit, "reopen": plan_reopen}[event]
    return act(plan=plan, by=by, note="noted")


@pytest.fixture
def person(member: Callable[..., User]) -> Callable[[str, Plan], User]:
    """Somebody who stands in this way towards the plan; `elsewhere` approves another board."""

    def make(who: str, plan: Plan) -> User:
        if who == "administrator":
            return UserFactory(is_superuser=True)
        if who == "outsider":
            return UserFactory()
        if who == "elsewhere":
            return member("approver", BoardFactory())
        return member(who, *plan.boards.all())

    return make


@pytest.mark.parametrize(("event", "status", "who"), CASES)
def test_who_may_do_what_in_which_status(
    event: str, status: str, who: str, person: Callable[[str, Plan], User]
) -> None:
    plan = PlanFactory(status=status)
    by = person(who, plan)
    allowed, moves = EVENTS[event]
    if who in allowed and status in moves:
        made = perform(event, plan, by)
        assert plan.status == Plan.objects.get(pk=plan.pk).status == moves[status]
        assert (made.action, made.from_status, made.to_status) == (event, status, moves[status])
        assert (made.actor, made.actor_name, made.note) == (by, str(by), "noted")
        assert list(plan.events.all()) == [made]
        return
    refusal = WrongStatus if who in allowed else NotAllowed
    with pytest.raises(refusal):
        perform(event, plan, by)
    assert Plan.objects.get(pk=plan.pk).status == status
    assert not plan.events.exists()
    assert Plan.objects.get(pk=plan.pk).version == plan.version


def test_somebody_who_may_no_longer_sign_in_does_nothing() -> None:
    by = UserFactory(is_superuser=True, is_active=False)
    with pytest.raises(NotAllowed):
        plan_submit(plan=PlanFactory(), by=by)


def test_an_outcome_that_does_not_approve_leaves_the_plan_submitted(administrator: User) -> None:
    plan = PlanFactory(status="submitted")
    event = plan_approve(plan=plan, outcome="not-approved", by=administrator, note="Come back")
    assert Plan.objects.get(pk=plan.pk).status == "submitted"
    assert (event.from_status, event.to_status) == ("submitted", "submitted")
    assert event.outcome == "not-approved"
    assert event.words == "Assurer’s outcome: Not approved"


@pytest.mark.parametrize("outcome", ["", "splendid", "approved-with-support"])
def test_an_outcome_is_one_of_the_cycles_ratings(outcome: str, administrator: User) -> None:
    plan = PlanFactory(status="submitted")
    with pytest.raises(Refused, match=r"This cycle has: .*Not approved"):
        plan_approve(plan=plan, outcome=outcome, by=administrator)
    assert not plan.events.exists()


def test_a_refusal_is_a_sentence_with_the_plan_and_its_status(administrator: User) -> None:
    plan = PlanFactory(title="Barnet plan", status="approved")
    with pytest.raises(WrongStatus, match=r"Barnet plan is approved, so you cannot submit now\."):
        plan_submit(plan=plan, by=administrator)


def test_an_approver_of_one_board_of_a_joint_plan_submits_it(member: Callable[..., User]) -> None:
    boards = [BoardFactory(), BoardFactory()]
    joint = PlanFactory(boards=boards)
    assert plan_submit(plan=joint, by=member("approver", boards[1])).to_status == "submitted"


def test_approving_a_board_says_nothing_of_the_other_parts(member: Callable[..., User]) -> None:
    boards = [BoardFactory(), BoardFactory()]
    joint = PlanFactory(boards=boards)
    part = PlanFactory(boards=boards[:1], part_of=joint)
    with pytest.raises(NotAllowed):
        plan_submit(plan=part, by=member("approver", boards[1]))


@pytest.mark.parametrize("status", ["submitted", "approved"])
def test_a_plan_that_is_no_draft_is_read_only_for_everybody(
    status: str, person: Callable[[str, Plan], User]
) -> None:
    plan = PlanFactory(status=status)
    for who in ("editor", "approver", "administrator"):
        with pytest.raises(PlanClosed, match=f"is {status}, so it is read-only"):
            hold_draft(plan, by=person(who, plan))


def test_a_draft_is_held_for_those_who_may_edit_it(person: Callable[[str, Plan], User]) -> None:
    plan = PlanFactory()
    for who in STANDINGS:
        by = person(who, plan)
        if may_on_plan(by, Ability.EDIT_DRAFT, plan):
            assert hold_draft(plan, by=by) == plan
        else:
            with pytest.raises(NotAllowed):
                hold_draft(plan, by=by)


def test_the_status_that_counts_is_the_stored_one(administrator: User) -> None:
    plan = PlanFactory()
    read_before = Plan.objects.get(pk=plan.pk)
    plan_submit(plan=plan, by=administrator)
    assert read_before.is_open
    with pytest.raises(PlanClosed):
        hold_draft(read_before, by=administrator)
    with pytest.raises(WrongStatus):
        plan_submit(plan=read_before, by=administrator)


# -- pages ---------------------------------------------------------------------------------

SignIn = Callable[[User | None], Client]


def test_submit_and_reopen_through_the_pages(sign_in: SignIn, member: Callable[..., User]) -> None:
    plan = PlanFactory()
    client = sign_in(member("approver", *plan.boards.all()))
    page = client.post(
        f"/plans/{plan.slug}/submit/",
        {"note": "For the March meeting", "reason": "Agreed."},
        follow=True,
    )
    assert "The plan is submitted." in page.content.decode()
    assert "For the March meeting" in page.content.decode()
    page = client.post(f"/plans/{plan.slug}/reopen/", {"note": ""}, follow=True)
    assert "The plan is a draft again" in page.content.decode()
    assert [each.to_status for each in plan.events.all()] == ["draft", "submitted"]


def test_the_outcome_is_chosen_among_the_cycles_ratings(
    sign_in: SignIn, administrator: User
) -> None:
    plan = PlanFactory(status="submitted")
    client = sign_in(administrator)
    address = f"/plans/{plan.slug}/approve/"
    for wrong in ({}, {"outcome": "splendid"}):
        assert client.post(address, wrong).status_code == 400
    assert not plan.events.exists()
    assert client.post(address, {"outcome": "approved"}).status_code == 302
    plan.refresh_from_db()
    assert plan.status == "approved"


def test_an_event_in_the_wrong_status_says_why_and_keeps_the_remark(
    sign_in: SignIn, administrator: User
) -> None:
    plan = PlanFactory(status="approved")
    response = sign_in(administrator).post(
        f"/plans/{plan.slug}/submit/", {"note": "My remark", "reason": "Agreed."}
    )
    assert response.status_code == 400
    assert "so you cannot submit now" in response.content.decode()
    assert "My remark" in response.content.decode()


def test_asking_for_an_event_performs_nothing(sign_in: SignIn, administrator: User) -> None:
    plan = PlanFactory()
    assert sign_in(administrator).get(f"/plans/{plan.slug}/submit/").status_code == 200
    plan.refresh_from_db()
    assert plan.status == "draft"


@pytest.mark.parametrize("status", ["submitted", "approved"])
def test_rows_of_a_closed_plan_are_not_saved_through_the_admin(
    status: str, sign_in: SignIn, administrator: User
) -> None:
    plan = PlanFactory(status=status)
    row = ContributionFactory(plan=plan)
    client = sign_in(administrator)
    data: dict[str, Any] = {
        "financial_year": "2017-18",
        "funding_source": "nhs-minimum",
        "amount": "5",
    }
    response = client.post(f"/admin/plans/contribution/{row.pk}/change/", data)
    assert response.status_code == 403
    assert (
        client.post(f"/admin/plans/contribution/{row.pk}/delete/", {"post": "yes"}).status_code
        == 403
    )
    row.refresh_from_db()
    assert row.amount == 1000


def test_standings_here_are_those_of_the_table() -> None:
    assert len(Standing) == len({*STANDINGS, "anonymous"} - {"elsewhere"})
