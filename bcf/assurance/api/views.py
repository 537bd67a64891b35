"""Views of what the API tells of a plan: the functions are those of the plan's pages."""

from datetime import datetime, time
from typing import Any

from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.dateparse import parse_date, parse_datetime
from rest_framework.request import Request

from bcf.assurance.api import telling
from bcf.assurance.checks.asking import check_for
from bcf.assurance.entries import entries_of
from bcf.assurance.gather import gather
from bcf.assurance.stream import Asked, Stream, kinds_of_plans
from bcf.assurance.summary import summarise
from bcf.base.api.errors import Problem, Refused
from bcf.base.api.filters import PAGE, PAGE_SIZE
from bcf.base.api.paging import Page
from bcf.base.api.views import ReadView
from plans.queries import family_with_history, history_for, parts_visible_to, plan_for

SINCE, KIND = "since", "kind"


class SummaryView(ReadView):
    """The totals of a plan's money, as its page shows them."""

    def get(self, request: Request, slug: str) -> HttpResponseBase:
        self.format_of(request)
        self.refuse_unknown(request)
        plan = plan_for(request.user, slug)
        figures = gather(plan, parts_visible_to(request.user, plan))
        hidden = plan.parts.count() - len(figures.parts)
        return self.json(request, telling.summary(summarise(figures), plan, hidden))


class ChecksView(ReadView):
    """What the checks of its cycle find in a plan, as its page shows it."""

    def get(self, request: Request, slug: str) -> HttpResponseBase:
        self.format_of(request)
        self.refuse_unknown(request)
        plan = plan_for(request.user, slug)
        return self.json(request, telling.checks(check_for(request.user, plan), plan))


class HistoryView(ReadView):
    """What changed in a plan and its parts, newest first, for who may read its drafts."""

    is_public = False

    def get(self, request: Request, slug: str) -> HttpResponseBase:
        self.format_of(request)
        self.refuse_unknown(request, SINCE, KIND, PAGE, PAGE_SIZE)
        plan = history_for(request.user, slug)
        family = family_with_history(request.user, plan)
        asked = Asked(since=_since(request), kind=_kind(request))
        stream = Stream(list(family), request.user, asked)
        page = Page.of(request)
        found = stream.folded()
        body = page.answer(found.count(), request)
        entries = entries_of(stream.read(found[page.start : page.end]), stream)
        told = [telling.entry(each, family) for each in entries]
        return self.json(request, {**body, "results": told})


def _since(request: Request) -> datetime | None:
    """The moment since when changes are asked for; of a day, its start by British clocks."""
    text = request.query_params.get(SINCE)
    if text is None:
        return None
    try:
        moment, day = parse_datetime(text), parse_date(text)
    except ValueError:
        moment = day = None
    if day is not None:
        return timezone.make_aware(datetime.combine(day, time.min))
    if moment is None:
        message = f"“{text}” is no date or moment. Write 2026-03-14 or 2026-03-14T09:30:00Z."
        raise Refused([Problem("invalid-value", message, SINCE)])
    return timezone.make_aware(moment) if timezone.is_naive(moment) else moment


def _kind(request: Request) -> Any:
    """The kind of row that is asked for, by its label such as `schemes.spendline`."""
    text = request.query_params.get(KIND)
    kinds = {model._meta.label_lower: model for model in kinds_of_plans()}
    if text is None or text in kinds:
        return kinds.get(text or "")
    message = f"“{text}” is no kind of row of a plan. There are: {', '.join(sorted(kinds))}."
    raise Refused([Problem("invalid-value", message, KIND)])
