"""Pages on which events of plans and boards are performed."""

from smtplib import SMTPException

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from bcf.accounts.access import Ability
from bcf.accounts.models import User
from plans import actions
from plans.choices import PlanAction
from plans.forms import EventForm, InvitationForm
from plans.models import Board, Membership, Plan
from plans.queries import board_for, may_on_board, may_on_plan, plan_for

EFFECTS = {
    PlanAction.SUBMIT: "Everybody who signs in can then read the plan. Nobody can change it "
    "until it is reopened.",
    PlanAction.APPROVE: "The outcome is shown with the plan. An outcome that approves the plan "
    "makes its status “Approved”; any other leaves it submitted.",
    PlanAction.REOPEN: "The plan becomes a draft again: the board’s editors can change it, and "
    "only the board’s members can read it until it is submitted.",
}
DONE = {
    PlanAction.SUBMIT: "The plan is submitted. It is read-only until it is reopened.",
    PlanAction.APPROVE: "The assurer’s outcome is recorded.",
    PlanAction.REOPEN: "The plan is a draft again and can be edited.",
}


@require_http_methods(["GET", "HEAD", "POST"])
def plan_event(request: HttpRequest, slug: str, action: PlanAction) -> HttpResponse:
    """Ask for a remark and perform the event, or say why it cannot be performed."""
    plan = plan_for(request.user, slug)
    if not may_on_plan(request.user, actions.NEEDS[action], plan):
        raise PermissionDenied
    form = EventForm(_posted(request), plan=plan, action=action)
    if request.method == "POST" and form.is_valid():
        try:
            _perform(plan, action, form, request.user)
        except actions.Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, DONE[action])
            return redirect("plan", slug)
    status = 400 if form.is_bound else 200
    context = {"plan": plan, "form": form, "action": action, "effect": EFFECTS[action]}
    return render(request, "plans/event.html", context, status=status)


def _posted(request: HttpRequest) -> QueryDict | None:
    """What was posted, if only nothing at all; None where the form is merely asked for."""
    return request.POST if request.method == "POST" else None


def _perform(plan: Plan, action: PlanAction, form: EventForm, by: object) -> None:
    assert isinstance(by, User)
    note = form.cleaned_data["note"]
    if action is PlanAction.SUBMIT:
        actions.plan_submit(plan=plan, by=by, note=note)
    elif action is PlanAction.APPROVE:
        outcome = form.cleaned_data["outcome"]
        actions.plan_approve(plan=plan, outcome=outcome, by=by, note=note)
    else:
        actions.plan_reopen(plan=plan, by=by, note=note)


@require_http_methods(["GET", "HEAD", "POST"])
def board_members(request: HttpRequest, slug: str) -> HttpResponse:
    """The members of a board; an approver invites another here."""
    board = _managed_board(request, slug)
    form = InvitationForm(_posted(request))
    if request.method == "POST" and form.is_valid():
        membership = _invite(request, board, form)
        if membership:
            messages.success(
                request, f"{membership.user} is invited. A message went to {membership.user.email}."
            )
            return redirect("board-members", slug)
    members = board.memberships.select_related("user").order_by("user__name", "user__username")
    status = 400 if form.is_bound else 200
    context = {"board": board, "members": members, "form": form}
    return render(request, "plans/members.html", context, status=status)


def _managed_board(request: HttpRequest, slug: str) -> Board:
    board = board_for(slug)
    if not may_on_board(request.user, Ability.MANAGE_MEMBERS, board):
        raise PermissionDenied
    return board


def _invite(request: HttpRequest, board: Board, form: InvitationForm) -> Membership | None:
    """The new membership; None where it was refused, which the form then says."""
    assert isinstance(request.user, User)
    site = f"{request.scheme}://{request.get_host()}"
    try:
        return actions.member_invite(board=board, by=request.user, site=site, **form.cleaned_data)
    except actions.AlreadyMember as refusal:
        form.add_error("email", str(refusal))
    except actions.Refused as refusal:
        form.add_error(None, str(refusal))
    except (OSError, SMTPException):
        form.add_error(
            None,
            "The invitation could not be e-mailed, so nobody was added. Try again later, or ask "
            "whoever runs this service to look at its e-mail settings.",
        )
    return None


@require_http_methods(["GET", "HEAD", "POST"])
def member_remove(request: HttpRequest, slug: str, username: str) -> HttpResponse:
    """Ask whether to remove a member of a board, and do it."""
    board = _managed_board(request, slug)
    membership = board.memberships.select_related("user").filter(user__username=username).first()
    if membership is None:
        raise Http404("This person is no member of the board.")
    refusal = ""
    if request.method == "POST":
        assert isinstance(request.user, User)
        try:
            actions.member_remove(membership=membership, by=request.user)
        except actions.Refused as refused:
            refusal = str(refused)
        else:
            messages.success(request, f"{membership.user} is no longer a member of this board.")
            return redirect("board-members", slug)
    context = {"board": board, "membership": membership, "refusal": refusal}
    return render(request, "plans/member_remove.html", context, status=400 if refusal else 200)
