"""Who sees and who edits which plans: the sets, not single answers."""

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.http import Http404

from bcf.accounts.access import Ability, Standing
from bcf.accounts.models import User
from plans.models import Contribution, Plan
from plans.queries import (
    board_for,
    boards_where,
    may_anywhere,
    parts_visible_to,
    plan_for,
    plans_editable_by,
    plans_visible_to,
    rows_visible_to,
    standing_on,
)
from tests.factories import BoardFactory, ContributionFactory, PlanFactory, UserFactory

pytestmark = pytest.mark.django_db

DRAFTS = {"joint", "havering", "redbridge", "barnet"}
SUBMITTED = {"old-barnet", "old-redbridge"}


@pytest.fixture
def world() -> SimpleNamespace:
    """Three boards; a joint draft of two with a part each; Barnet's draft; two closed plans."""
    havering, redbridge, barnet = (
        BoardFactory(slug=s) for s in ("havering", "redbridge", "barnet")
    )
    joint = PlanFactory(slug="joint", boards=[havering, redbridge])
    PlanFactory(slug="havering", boards=[havering], part_of=joint)
    PlanFactory(slug="redbridge", boards=[redbridge], part_of=joint)
    PlanFactory(slug="barnet", boards=[barnet])
    PlanFactory(slug="old-barnet", boards=[barnet], status="submitted")
    PlanFactory(slug="old-redbridge", boards=[redbridge], status="approved")
    return SimpleNamespace(havering=havering, redbridge=redbridge, barnet=barnet, joint=joint)


def slugs(plans: Any) -> set[str]:
    found = list(plans.values_list("slug", flat=True))
    assert len(found) == len(set(found)), "a plan is there twice"
    return set(found)


@pytest.mark.parametrize("role", ["viewer", "analyst", "editor", "approver"])
def test_a_member_of_one_board_reads_the_joint_draft_and_all_its_parts(
    role: str, world: SimpleNamespace, member: Callable[..., User]
) -> None:
    user = member(role, world.havering)
    assert slugs(plans_visible_to(user)) == {"joint", "havering", "redbridge"} | SUBMITTED
    assert slugs(parts_visible_to(user, world.joint)) == {"havering", "redbridge"}


@pytest.mark.parametrize("role", ["editor", "approver"])
def test_an_editor_of_havering_edits_the_joint_draft_and_haverings_part_only(
    role: str, world: SimpleNamespace, member: Callable[..., User]
) -> None:
    assert slugs(plans_editable_by(member(role, world.havering))) == {"joint", "havering"}


@pytest.mark.parametrize("role", ["viewer", "analyst"])
def test_who_only_reads_edits_nothing(
    role: str, world: SimpleNamespace, member: Callable[..., User]
) -> None:
    assert slugs(plans_editable_by(member(role, world.havering))) == set()


def test_roles_of_several_boards_are_kept_apart(
    world: SimpleNamespace, member: Callable[..., User]
) -> None:
    user = member("editor", world.havering)
    user.memberships.create(board=world.barnet, role="viewer")
    assert slugs(plans_visible_to(user)) == DRAFTS | SUBMITTED
    assert slugs(plans_editable_by(user)) == {"joint", "havering"}
    assert standing_on(user) is Standing.EDITOR
    assert set(boards_where(user, Ability.EDIT_DRAFT)) == {world.havering}
    assert set(boards_where(user, Ability.READ_DRAFT)) == {world.havering, world.barnet}


def test_a_member_of_both_boards_sees_each_plan_once(
    world: SimpleNamespace, member: Callable[..., User]
) -> None:
    user = member("editor", world.havering, world.redbridge)
    assert slugs(plans_editable_by(user)) == {"joint", "havering", "redbridge"}
    assert slugs(plans_visible_to(user)) == {"joint", "havering", "redbridge"} | SUBMITTED


def test_an_outsider_reads_what_is_submitted_and_edits_nothing(
    world: SimpleNamespace, outsider: User
) -> None:
    assert slugs(plans_visible_to(outsider)) == SUBMITTED
    assert slugs(plans_editable_by(outsider)) == set()
    assert not may_anywhere(outsider, Ability.ENTER_ADMIN)


def test_an_administrator_reads_everything_and_edits_drafts(
    world: SimpleNamespace, administrator: User
) -> None:
    assert slugs(plans_visible_to(administrator)) == DRAFTS | SUBMITTED
    assert slugs(plans_editable_by(administrator)) == DRAFTS


@pytest.mark.parametrize(("public_read", "expected"), [(False, set()), (True, SUBMITTED)])
def test_nobody_signed_in_reads_only_with_public_read(
    public_read: bool, expected: set[str], world: SimpleNamespace, settings: Any
) -> None:
    settings.PUBLIC_READ = public_read
    assert slugs(plans_visible_to(AnonymousUser())) == expected
    assert slugs(plans_editable_by(AnonymousUser())) == set()


def test_a_retired_account_sees_nothing(world: SimpleNamespace) -> None:
    for retired in (
        UserFactory(is_active=False),
        UserFactory(is_active=False, is_superuser=True),
    ):
        retired.memberships.create(board=world.havering, role="approver")
        assert slugs(plans_visible_to(retired)) == set()
        assert slugs(plans_editable_by(retired)) == set()
        assert set(boards_where(retired, Ability.READ_DRAFT)) == set()


def test_rows_are_seen_where_their_plan_is(
    world: SimpleNamespace, member: Callable[..., User]
) -> None:
    rows = {plan.slug: ContributionFactory(plan=plan) for plan in Plan.objects.all()}
    seen = rows_visible_to(member("viewer", world.havering), Contribution.objects.all())
    assert {row.plan.slug for row in seen} == {"joint", "havering", "redbridge"} | SUBMITTED
    assert len(rows) == 6


def test_another_boards_draft_part_is_not_among_the_parts(
    world: SimpleNamespace, outsider: User
) -> None:
    Plan.objects.filter(slug__in=["joint", "redbridge"]).update(status="submitted")
    assert slugs(parts_visible_to(outsider, world.joint)) == {"redbridge"}


@pytest.mark.parametrize("slug", ["barnet", "no-such-plan"])
def test_what_one_may_not_know_of_is_not_found(
    slug: str, world: SimpleNamespace, member: Callable[..., User]
) -> None:
    user = member("approver", world.havering)
    with pytest.raises(Http404, match=f"No plan named {slug} was found"):
        plan_for(user, slug)
    assert plan_for(user, "joint") == world.joint


def test_a_board_that_is_not_there_is_not_found(world: SimpleNamespace) -> None:
    assert board_for("barnet") == world.barnet
    with pytest.raises(Http404):
        board_for("nowhere")
