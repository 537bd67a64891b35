"""Reads of plans and their rows, scoped to what a user may see or change.

Every page, the admin and the API start from here. What a user may not know of is not found.
"""

from datetime import date
from typing import Any, TypeVar

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db.models import BigIntegerField, ExpressionWrapper, F, Model, Q, QuerySet
from django.db.models.lookups import In
from django.http import Http404

from bcf.accounts.access import Ability, Standing, allows, highest, roles_with
from bcf.accounts.models import User
from plans.choices import PlanStatus
from plans.models import Board, ChangeSet, Membership, Plan

Somebody = User | AnonymousUser
M = TypeVar("M", bound=Model)

# What `plans.middleware` lets a person's standing be remembered in, for one request.
REMEMBERED, ANYWHERE = "_remembered_standing", "anywhere"


def standing_on(user: Somebody, boards: "QuerySet[Board] | None" = None) -> Standing:
    """The user's highest standing on these boards, or on any board when none are given."""
    if not isinstance(user, User) or not user.is_active:
        return Standing.ANONYMOUS
    if user.is_administrator:
        return Standing.ADMINISTRATOR
    if boards is not None:
        return _highest_role(user, board__in=boards)
    remembered: dict[str, Standing] = getattr(user, REMEMBERED, {})
    if ANYWHERE not in remembered:
        remembered[ANYWHERE] = _highest_role(user)
    return remembered[ANYWHERE]


def _highest_role(user: User, **which: Any) -> Standing:
    return highest(Membership.objects.filter(user=user, **which).values_list("role", flat=True))


def may_on_board(user: Somebody, ability: Ability, board: Board) -> bool:
    return allows(standing_on(user, Board.objects.filter(pk=board.pk)), ability)


def may_anywhere(user: Somebody, ability: Ability) -> bool:
    """Whether the user has the ability on at least one board."""
    return allows(standing_on(user), ability)


def may_on_plan(user: Somebody, ability: Ability, plan: Plan) -> bool:
    """Whether the table allows it towards this plan's boards, whatever the plan's status."""
    return allows(standing_on(user, plan.boards.all()), ability)


def boards_where(user: Somebody, ability: Ability) -> QuerySet[Board]:
    """The boards on which the user has the ability."""
    if not isinstance(user, User) or not user.is_active:
        return Board.objects.none()
    if user.is_administrator:
        return Board.objects.all()
    return Board.objects.filter(pk__in=_boards_held(user, ability))


def _boards_held(user: User, ability: Ability) -> QuerySet[Any, Any]:
    """The numbers of the boards on which a role gives the user the ability."""
    held = Membership.objects.filter(user=user, role__in=roles_with(ability))
    return held.order_by().values("board")


def boards_joined_by(user: Somebody) -> QuerySet[Board]:
    """The boards of which the user is a member, by name."""
    held = Membership.objects.filter(user=user.pk)
    return Board.objects.filter(pk__in=held.values("board")).order_by("name")


def _plans_where(user: Somebody, ability: Ability) -> QuerySet[Any, Any]:
    """The numbers of the plans of such boards, read of what links them alone."""
    links = Plan.boards.through.objects.all()
    if not isinstance(user, User) or not user.is_active:
        links = links.none()
    elif not user.is_administrator:
        links = links.filter(board__in=_boards_held(user, ability))
    return links.values("plan")


def plans_visible_to(user: Somebody) -> QuerySet[Plan]:
    """Plans that the user may read: all from submitted on, and drafts of own boards.

    Members of any board of a joint plan read it and all its parts.
    """
    plans = Plan.objects.select_related("cycle")
    standing = standing_on(user)
    if standing is Standing.ADMINISTRATOR:
        return plans
    if not allows(standing, Ability.READ_SUBMITTED, public_read=settings.PUBLIC_READ):
        return plans.none()
    own = _plans_where(user, Ability.READ_DRAFT)
    return plans.filter(~Q(status=PlanStatus.DRAFT) | Q(pk__in=own) | Q(part_of__in=own))


def parts_visible_to(user: Somebody, plan: Plan) -> QuerySet[Plan]:
    """The parts of a joint plan that the user may read; another board's draft is not there."""
    return plans_visible_to(user).filter(part_of=plan)


def joint_visible_to(user: Somebody, plan: Plan) -> Plan | None:
    """The joint plan that this plan is a part of, where the user may read it."""
    if plan.part_of_id is None:
        return None
    return plans_visible_to(user).filter(pk=plan.part_of_id).first()


def base_visible_to(user: Somebody, plan: Plan) -> list[Plan]:
    """The plan that this one is attached to, and then those of its parts that the user may read.

    Nothing where it is attached to none, or to one that the user may not read.
    """
    return base_of(plan, plans_visible_to(user))


def base_of(plan: Plan, known: QuerySet[Plan]) -> list[Plan]:
    """The same of those plans that are known, with their boards. Two queries."""
    number = plan.attached_to_id
    if number is None:
        return []
    family = known.filter(Q(pk=number) | Q(part_of=number)).prefetch_related("boards")
    found = sorted(family, key=lambda each: (each.pk != number, each.title))
    return found if found and found[0].pk == number else []


def plans_editable_by(user: Somebody) -> QuerySet[Plan]:
    """Drafts whose rows the user may change: joint plans and parts of own boards."""
    own = _plans_where(user, Ability.EDIT_DRAFT)
    return Plan.objects.select_related("cycle").filter(pk__in=own, status=PlanStatus.DRAFT)


def plans_to_reopen(user: Somebody) -> list[tuple[Plan, list[str]]]:
    """Plans of own boards that are no drafts, each with the approvers who can reopen it."""
    boards = boards_where(user, Ability.EDIT_DRAFT).values("pk")
    own = _plans_where(user, Ability.EDIT_DRAFT)
    closed = plans_visible_to(user).filter(pk__in=own).exclude(status=PlanStatus.DRAFT)
    held = Membership.objects.filter(role__in=roles_with(Ability.REOPEN)).select_related("user")
    approvers: dict[int, list[str]] = {}
    for membership in held.filter(board__in=boards):
        approvers.setdefault(membership.board_id, []).append(str(membership.user))
    return [
        (
            plan,
            sorted({name for board in plan.boards.all() for name in approvers.get(board.pk, [])}),
        )
        for plan in closed.prefetch_related("boards")
    ]


def of_visible_plan(user: Somebody) -> Q:
    """The condition that a row is of a plan which the user may read.

    It adds nought to the plan's number, so that no index of plans serves it: a page of all plans'
    rows is read in its order as far as it goes, and not sorted out of the rows of each plan.
    """
    number = ExpressionWrapper(F("plan_id") + 0, output_field=BigIntegerField())
    return Q(In(number, plans_visible_to(user).order_by().values("pk")))


def rows_visible_to(user: Somebody, rows: QuerySet[M]) -> QuerySet[M]:
    """Those rows that belong to a plan which the user may read."""
    if standing_on(user) is Standing.ADMINISTRATOR:
        return rows.all()
    return rows.filter(of_visible_plan(user))


def rows_editable_by(user: Somebody, rows: QuerySet[M]) -> QuerySet[M]:
    """Those rows that belong to a draft which the user may change."""
    return rows.filter(plan__in=plans_editable_by(user).values("pk"))


def plan_for(user: Somebody, slug: str) -> Plan:
    """The plan of this name; `Http404` where there is none or the user may not know of it."""
    plan = plans_visible_to(user).filter(slug=slug).first()
    if plan is None:
        raise Http404(f"No plan named {slug} was found.")
    return plan


def board_for(slug: str) -> Board:
    """The board of this name; `Http404` where there is none."""
    board = Board.objects.select_related("authority").filter(slug=slug).first()
    if board is None:
        raise Http404(f"No board named {slug} was found.")
    return board


def board_of(ons_code: str, on: date | None = None) -> Board | None:
    """The board whose area has this ONS code, or had it once; on a day, the one that had it then.

    Of several the one that exists longest; None where the code is no board's.
    """
    coded = Q(ons_code=ons_code) | Q(codes__ons_code=ons_code)
    found = Board.objects.filter(coded).prefetch_related("codes").distinct()
    fitting = [each for each in found if on is None or each.had_code(ons_code, on)]
    return max(fitting, key=lambda each: (each.valid_to or date.max, each.slug), default=None)


def histories_visible_to(user: Somebody) -> QuerySet[Plan]:
    """Plans whose history the user may read: it shows drafts, so those who may read these."""
    if isinstance(user, User) and user.is_administrator:
        return Plan.objects.select_related("cycle")
    own = _plans_where(user, Ability.READ_DRAFT)
    return Plan.objects.select_related("cycle").filter(Q(pk__in=own) | Q(part_of__in=own))


def history_for(user: Somebody, slug: str) -> Plan:
    """The plan of this name, whose history the user may read; `Http404` otherwise."""
    plan = histories_visible_to(user).filter(slug=slug).first()
    if plan is None:
        raise Http404(f"No history of a plan named {slug} was found.")
    return plan


def family_with_history(user: Somebody, plan: Plan) -> dict[int, Plan]:
    """The plan and those of its parts whose history the user may read, by number."""
    parts = histories_visible_to(user).filter(part_of=plan)
    return {plan.pk: plan, **{part.pk: part for part in parts}}


def change_sets_visible_to(user: Somebody) -> QuerySet[ChangeSet]:
    """Acts on plans whose history the user may read; those on no plan, of members of own boards."""
    if isinstance(user, User) and user.is_administrator:
        return ChangeSet.objects.all()
    if not isinstance(user, User):
        return ChangeSet.objects.none()
    boards = boards_where(user, Ability.READ_DRAFT).values("pk")
    of_plans = Q(plans__in=histories_visible_to(user).values("pk"))
    of_members = Q(actor=user) | Q(actor__memberships__board__in=boards)
    found = ChangeSet.objects.filter(of_plans | (Q(plans__isnull=True) & of_members))
    return ChangeSet.objects.filter(pk__in=found.values("pk"))


def change_set_for(user: Somebody, ref: str) -> ChangeSet:
    """The act of this name; `Http404` where there is none or the user may not know of it."""
    found = change_sets_visible_to(user).filter(ref=ref).first()
    if found is None:
        raise Http404(f"No change named {ref} was found.")
    return found


def may_read_history(user: Somebody, plan: Plan | None) -> bool:
    """Whether the user may read the history of a row of this plan, or of a row of no plan."""
    return plan is None or histories_visible_to(user).filter(pk=plan.pk).exists()
