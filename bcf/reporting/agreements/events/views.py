"""Pages on which an agreement is varied, extended, ended or superseded, and that is taken back."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from bcf.accounts.models import User
from bcf.reporting.agreements.events.telling import changes_of, names_of, told
from bcf.ui.templatetags.ui import british_date
from governance import actions
from governance.choices import AgreementAction
from governance.forms.agreement_events import (
    DeedForm,
    EndForm,
    ExtendForm,
    ReasonForm,
    SupersedeForm,
    VaryForm,
)
from governance.models import Agreement, AgreementEvent
from governance.queries import agreements_editable_by, agreements_visible_to, events_that_stand
from governance.rules import Terms
from plans.actions import Refused
from plans.views import posted


@dataclass(frozen=True)
class EventPage:
    """What a page of an event is called, what the event does, its form, and how it is performed."""

    heading: str
    effect: str
    form: type[DeedForm]
    perform: Callable[[Agreement, Any, User], AgreementEvent]


def _vary(agreement: Agreement, form: VaryForm, by: User) -> AgreementEvent:
    return actions.agreement_vary(agreement=agreement, terms=form.terms(), deed=form.deed(), by=by)


def _extend(agreement: Agreement, form: ExtendForm, by: User) -> AgreementEvent:
    return actions.agreement_extend(agreement=agreement, ends=form.ends_on, deed=form.deed(), by=by)


def _end(agreement: Agreement, form: EndForm, by: User) -> AgreementEvent:
    last_day = form.cleaned_data["last_day"]
    return actions.agreement_end(agreement=agreement, last_day=last_day, deed=form.deed(), by=by)


def _supersede(agreement: Agreement, form: SupersedeForm, by: User) -> AgreementEvent:
    successor = form.cleaned_data["successor"]
    return actions.agreement_supersede(
        agreement=agreement, successor=successor, deed=form.deed(), by=by
    )


EVENTS = {
    AgreementAction.VARY: EventPage(
        "Vary the agreement",
        "The new terms apply from the day on which they take effect. What was agreed until then "
        "stays readable.",
        VaryForm,
        _vary,
    ),
    AgreementAction.EXTEND: EventPage(
        "Extend the agreement",
        "The agreement runs until a later end, or without end. All else stays as it is.",
        ExtendForm,
        _extend,
    ),
    AgreementAction.END: EventPage(
        "End the agreement",
        "The agreement ends before its term. It stays in the register, as ended.",
        EndForm,
        _end,
    ),
    AgreementAction.SUPERSEDE: EventPage(
        "Supersede the agreement",
        "Another agreement takes the place of this one, which ends on the day before.",
        SupersedeForm,
        _supersede,
    ),
}


@require_http_methods(["GET", "HEAD", "POST"])
def agreement_event(request: HttpRequest, slug: str, action: AgreementAction) -> HttpResponse:
    """Ask for what an event needs and perform it, or say why it cannot be performed."""
    agreement, person = _editable(request, slug), request.user
    assert isinstance(person, User)
    page = EVENTS[action]
    form = page.form(posted(request), agreement=agreement, person=person)
    if request.method == "POST" and form.is_valid():
        try:
            event = page.perform(agreement, form, person)
        except actions.TermsChanged as refusal:
            form = _shown_again(form, person, refusal)
        except (Refused, ValidationError) as refusal:
            _refuse(form, refusal)
        else:
            return _done(request, event)
    context = {"heading": page.heading, "effect": page.effect}
    return _page(request, agreement, form, {**context, "button": page.heading})


@require_http_methods(["GET", "HEAD", "POST"])
def agreement_event_withdraw(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Ask why the latest event of an agreement is taken back, and do it."""
    agreement, person = _editable(request, slug), request.user
    assert isinstance(person, User)
    event = agreement.events.filter(pk=number).first()
    if event is None:
        raise Http404(f"The agreement has no event {number}.")
    form = ReasonForm(posted(request))
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        try:
            made = actions.agreement_event_withdraw(event=event, reason=reason, by=person)
        except (Refused, ValidationError) as refusal:
            _refuse(form, refusal)
        else:
            return _done(request, made)
    before, after = event.terms_after, event.terms_before
    context = {
        "heading": "Take back an event",
        "effect": f"{event.get_action_display()} from {british_date(event.effective)}, entered by "
        f"{event.actor_name}: {event.reason}",
        "changes": changes_of(before, after, names_of(before, after)),
        "button": "Take it back",
    }
    return _page(request, agreement, form, context)


def _editable(request: HttpRequest, slug: str) -> Agreement:
    """The agreement; 404 where the person may not know of it, 403 where it is not theirs."""
    found = agreements_visible_to(request.user).filter(slug=slug).first()
    if found is None:
        raise Http404(f"No agreement {slug} was found.")
    if not agreements_editable_by(request.user).filter(pk=found.pk).exists():
        raise PermissionDenied
    return found


def _refuse(form: ReasonForm, refusal: Refused | ValidationError) -> None:
    said = refusal.messages if isinstance(refusal, ValidationError) else str(refusal)
    form.add_error(None, said)


def _shown_again(form: DeedForm, person: User, refusal: Refused) -> DeedForm:
    """The form with all that was typed, what others changed, and the refusal that says so."""
    seen = form.cleaned_data["seen"]
    agreement = agreements_visible_to(person).get(pk=form.agreement.pk)
    anew = type(form)(form.data, agreement=agreement, person=person)
    shown = type(form)(anew.with_theirs(), agreement=agreement, person=person)
    changes = changes_of(seen, anew.agreed, names_of(seen, anew.agreed))
    told_changes = " ".join(each.sentence for each in changes)
    shown.add_error(None, f"{refusal} {told_changes} What you typed is still here: send it again.")
    return shown


def _done(request: HttpRequest, event: AgreementEvent) -> HttpResponse:
    """Back to the agreement, with what changed."""
    before, after = event.terms_before, event.terms_after
    changes = changes_of(before, after, names_of(before, after))
    words = [f"{event.get_action_display()} from {british_date(event.effective)}."]
    if event.successor:
        words.append(f"Superseded by {event.successor}.")
    messages.success(request, " ".join([*words, *(each.sentence for each in changes)]))
    return redirect("agreement", event.agreement.slug)


def _page(
    request: HttpRequest, agreement: Agreement, form: ReasonForm, more: dict[str, Any]
) -> HttpResponse:
    latest = events_that_stand(agreement.events.all()).order_by("-effective", "-pk").first()
    terms = actions.terms_now(agreement)
    board = agreement.boards.first()
    of_board = [(board.name, reverse("board", args=[board.slug]))] if board else []
    address = reverse("agreement", args=[agreement.slug])
    context = {
        "agreement": agreement,
        "address": address,
        "form": form,
        "trail": [
            ("Plans and boards", reverse("home")),
            *of_board,
            (agreement.title, address),
            (more["heading"], ""),
        ],
        "agreed": _agreed(agreement, terms, latest),
        **more,
    }
    status = 400 if form.is_bound else 200
    return render(request, "reporting/agreements/event.html", context, status=status)


def _agreed(
    agreement: Agreement, terms: Terms, latest: AgreementEvent | None
) -> list[tuple[str, str]]:
    """What is agreed now, to stand beside the form."""
    starts = agreement.starts.label if agreement.starts else "not stated"
    since = [("Last changed from", british_date(latest.effective))] if latest else []
    return [("Start", starts), *told(terms, names_of(terms)), *since]
