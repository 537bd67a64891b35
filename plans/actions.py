"""Events of plans and boards: each one transaction, with the actor as `by`.

An event that may not happen raises an error with a sentence for the person who asked.
"""

from django.contrib.auth.tokens import default_token_generator
from django.core.exceptions import ValidationError
from django.core.mail import send_mail
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode

from bcf.accounts.access import Ability, Role
from bcf.accounts.models import User
from bcf.base.reasons import because
from plans.choices import PlanAction, PlanStatus
from plans.models import Board, Membership, Plan, PlanEvent
from plans.queries import may_on_board, may_on_plan
from plans.rules import next_status

NEEDS = {
    PlanAction.SUBMIT: Ability.SUBMIT,
    PlanAction.APPROVE: Ability.RECORD_OUTCOME,
    PlanAction.REOPEN: Ability.REOPEN,
}


# Why a plan has a record in its history beside the event that moved it.
STATUS_MOVED = "status"


class Refused(Exception):
    """Something that may not happen, with a sentence that says why and what to do."""


class NotAllowed(Refused):
    """The person has not the standing for it."""


class WrongStatus(Refused):
    """The plan is not in a status in which this may happen."""


class PlanClosed(Refused):
    """The plan is no draft, so its rows are read-only."""


class AlreadyMember(Refused):
    """The person belongs to the board already."""


class LastApprover(Refused):
    """The board would be left without an approver."""


def _lock(plan: Plan) -> Plan:
    held = (
        Plan.objects.select_for_update()
        .select_related("cycle")
        .order_by()
        .filter(pk=plan.pk)
        .first()
    )
    if held is None:
        raise PlanClosed(f"{plan} was removed, so nothing of it can be changed.")
    return held


def hold_draft(plan: Plan, *, by: User) -> Plan:
    """Lock the plan for a change of its rows, within a transaction of the caller.

    Raises `NotAllowed` or `PlanClosed`, so that no row changes after the plan was submitted.
    """
    held = _lock(plan)
    if not may_on_plan(by, Ability.EDIT_DRAFT, held):
        raise NotAllowed(f"You may not change {held}.")
    if not held.is_open:
        raise PlanClosed(
            f"{held} is {held.get_status_display().lower()}, so it is read-only. "
            "An approver can reopen it."
        )
    return held


def hold_to_submit(plan: Plan, *, by: User) -> None:
    """Lock the plan for submitting it, within a transaction of the caller.

    Raises `NotAllowed` or `WrongStatus`, so that only a draft's checks are asked for, and no row
    changes between them and the event.
    """
    _hold_for(plan, PlanAction.SUBMIT, by=by)


def _hold_for(plan: Plan, action: PlanAction, *, by: User) -> tuple[Plan, PlanStatus]:
    """The plan, locked, and the status in which the event leaves it."""
    held = _lock(plan)
    if not may_on_plan(by, NEEDS[action], held):
        raise NotAllowed(f"You may not {NEEDS[action]} on {held}.")
    status = next_status(held.status, action)
    if status is None:
        raise WrongStatus(
            f"{held} is {held.get_status_display().lower()}, so you cannot "
            f"{NEEDS[action]} now. Look at the plan’s page for what can be done."
        )
    return held, status


@transaction.atomic
def _plan_move(plan: Plan, action: PlanAction, *, by: User, outcome: str, note: str) -> PlanEvent:
    held, status = _hold_for(plan, action, by=by)
    before = held.status
    if action is PlanAction.APPROVE and not _approves(held, outcome):
        status = PlanStatus(before)
    if status != before:
        held.status = status
        with because(STATUS_MOVED, by=by):
            held.save()
    plan.refresh_from_db()
    return PlanEvent.objects.create(
        plan=held,
        action=action,
        from_status=before,
        to_status=status,
        outcome=outcome,
        note=note,
        actor=by,
        actor_name=str(by),
    )


def _approves(plan: Plan, outcome: str) -> bool:
    ratings = {rating.key: rating for rating in plan.asked.ratings}
    if outcome not in ratings:
        offered = ", ".join(rating.label for rating in ratings.values())
        raise Refused(f"Choose the assurer’s outcome. This cycle has: {offered}.")
    return ratings[outcome].approves


def plan_submit(*, plan: Plan, by: User, note: str = "") -> PlanEvent:
    """Submit a draft: from now on it is read-only, and everybody signed in may read it.

    Whether its checks allow that, `bcf.assurance.submitting` decides, which pages call.
    """
    return _plan_move(plan, PlanAction.SUBMIT, by=by, outcome="", note=note)


def plan_approve(*, plan: Plan, outcome: str, by: User, note: str = "") -> PlanEvent:
    """Record the assurer's outcome of a submitted plan, one of its cycle's ratings.

    The plan becomes approved where the rating approves it, and stays submitted otherwise.
    """
    return _plan_move(plan, PlanAction.APPROVE, by=by, outcome=outcome, note=note)


def plan_reopen(*, plan: Plan, by: User, note: str = "") -> PlanEvent:
    """Make a submitted or approved plan a draft again."""
    return _plan_move(plan, PlanAction.REOPEN, by=by, outcome="", note=note)


@transaction.atomic
def member_invite(
    *, board: Board, email: str, name: str, role: str, by: User, site: str
) -> Membership:
    """Make a person a member of a board and send them a message.

    A person who is new here gets an address at `site` (such as `https://bcf.example.org`) at
    which to choose a password. When the message cannot be sent, nothing is saved.
    """
    _may_manage(board, by)
    user = User.objects.filter(email__iexact=email).first()
    if user is None:
        user = _new_user(email.lower(), name)
    elif Membership.objects.filter(board=board, user=user).exists():
        raise AlreadyMember(
            f"{user} is a member of this board already. To give another role, "
            "remove the person first and invite again."
        )
    membership = Membership(board=board, user=user, role=Role(role))
    membership.save()
    _send_invitation(membership, by=by, site=site)
    return membership


def _new_user(email: str, name: str) -> User:
    try:
        return User.objects.create_user(email, email, name=name)
    except ValidationError as error:
        raise Refused(f"{email} cannot be invited. {' '.join(error.messages)}") from error


def _send_invitation(membership: Membership, *, by: User, site: str) -> None:
    user = membership.user
    is_new = not user.has_usable_password()
    address = reverse("login")
    if is_new:
        uid = urlsafe_base64_encode(force_bytes(user.pk))
        address = reverse(
            "password_reset_confirm", args=[uid, default_token_generator.make_token(user)]
        )
    context = {"membership": membership, "by": by, "is_new": is_new, "address": site + address}
    send_mail(
        subject=f"You are invited to the {membership.board}’s Better Care Fund plans",
        message=render_to_string("plans/invitation.txt", context),
        from_email=None,
        recipient_list=[user.email],
    )


@transaction.atomic
def member_remove(*, membership: Membership, by: User) -> None:
    """End a person's membership of a board. The board keeps at least one approver."""
    board = Board.objects.select_for_update().get(pk=membership.board_id)
    _may_manage(board, by)
    approvers = Membership.objects.filter(board=board, role=Role.APPROVER)
    if membership.role == Role.APPROVER and not approvers.exclude(pk=membership.pk).exists():
        raise LastApprover(
            f"{membership.user} is the only approver of this board. "
            "Invite another approver before you remove this one."
        )
    membership.delete()


def _may_manage(board: Board, by: User) -> None:
    if not may_on_board(by, Ability.MANAGE_MEMBERS, board):
        raise NotAllowed(f"You may not invite or remove members of the {board}.")
