"""Pages on which a plan is submitted, given its outcome, or reopened."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from bcf.accounts.access import Ability
from bcf.accounts.models import User
from bcf.assurance.checks.asking import check_whole
from bcf.assurance.gather import gather
from bcf.assurance.money_tables import balance_table
from bcf.assurance.refreshing import refresh_start, refreshes_to_start
from bcf.assurance.submitting import submit
from bcf.assurance.summary import summarise
from bcf.reporting.check_views import counts_of
from bcf.ui.tables import Table
from plans import actions
from plans.choices import PlanAction
from plans.forms import EventForm, RefreshForm
from plans.models import Plan
from plans.queries import may_on_plan, parts_visible_to, plan_for
from plans.views import posted

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
    findings = check_whole(plan) if action is PlanAction.SUBMIT and plan.is_open else None
    may_explain = plan.cycle.definition.errors_may_be_explained
    asks_reason = bool(findings and findings.errors and may_explain)
    form = EventForm(posted(request), plan=plan, action=action, asks_reason=asks_reason)
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
    context["balance_table"] = _balance(request, plan)
    context["findings"] = findings
    context["counts"] = counts_of(findings) if findings else []
    context["is_barred"] = bool(findings and findings.errors and not may_explain)
    return render(request, "reporting/event.html", context, status=status)


def _perform(plan: Plan, action: PlanAction, form: EventForm, by: object) -> None:
    assert isinstance(by, User)
    note = form.cleaned_data["note"]
    if action is PlanAction.SUBMIT:
        submit(plan=plan, by=by, note=note, reason=form.cleaned_data.get("reason", ""))
    elif action is PlanAction.APPROVE:
        outcome = form.cleaned_data["outcome"]
        actions.plan_approve(plan=plan, outcome=outcome, by=by, note=note)
    else:
        actions.plan_reopen(plan=plan, by=by, note=note)


def _balance(request: HttpRequest, plan: Plan) -> Table:
    """Income against spend, which whoever decides looks at first."""
    return balance_table(summarise(gather(plan, parts_visible_to(request.user, plan))))


@require_http_methods(["GET", "HEAD", "POST"])
def plan_refresh(request: HttpRequest, slug: str) -> HttpResponse:
    """Ask on which form to start a refresh of a plan, and start it."""
    plan = plan_for(request.user, slug)
    if not may_on_plan(request.user, Ability.EDIT_DRAFT, plan):
        raise PermissionDenied
    assert isinstance(request.user, User)
    forms = refreshes_to_start(plan, request.user)
    form = RefreshForm(posted(request), forms=forms)
    if request.method == "POST" and form.is_valid():
        try:
            refresh = refresh_start(plan=plan, form=form.cleaned_data["form"], by=request.user)
        except actions.Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, f"{refresh} is started as a draft.")
            return redirect("plan", refresh.slug)
    context = {"plan": plan, "form": form, "forms": forms}
    status = 400 if form.is_bound else 200
    return render(request, "reporting/refresh.html", context, status=status)
