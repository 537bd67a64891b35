"""Pages on which a board's members are invited and removed."""

from smtplib import SMTPException

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from bcf.accounts.access import Ability
from bcf.accounts.models import User
from plans import actions
from plans.forms import InvitationForm
from plans.models import Board, Membership
from plans.queries import board_for, may_on_board


def posted(request: HttpRequest) -> QueryDict | None:
    """What was posted, if only nothing at all; None where the form is merely asked for."""
    return request.POST if request.method == "POST" else None


@require_http_methods(["GET", "HEAD", "POST"])
def board_members(request: HttpRequest, slug: str) -> HttpResponse:
    """The members of a board; an approver invites another here."""
    board = _managed_board(request, slug)
    form = InvitationForm(posted(request))
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
