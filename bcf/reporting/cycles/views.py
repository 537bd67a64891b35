"""Pages of what each planning cycle asks, and of what is the same over all of them."""

from collections.abc import Sequence

from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import require_safe

from bcf.accounts.middleware import public_read
from bcf.files.writing import Column, csv_lines
from bcf.reporting.cycles.account import in_full, in_short
from bcf.reporting.cycles.lists import heading_of
from bcf.reporting.cycles.vocabulary import LISTS, vocabulary_table
from plans.cycle_definitions import (
    CycleDefinition,
    UnknownChoice,
    definition,
    definitions,
    listed,
    listed_as_not_known,
)

HEADING, VOCABULARY = "Planning cycles", "One vocabulary over the cycles"
# What narrows the page of a cycle.
SHOW, NOT_VERIFIED = "show", "not-verified"
CSV_COLUMNS = ("list", "key", "label", "verified", "source", "follows", "change", "part_of")


@public_read
@require_safe
def cycles(request: HttpRequest) -> HttpResponse:
    """Every cycle, newest first: what it is, and how far its definition was verified."""
    told = [in_short(each) for each in reversed(definitions().values())]
    context = {"heading": HEADING, "cycles": told, "trail": _trail((HEADING, ""))}
    return render(request, "reporting/cycles/cycles.html", context)


@gzip_page
@public_read
@require_safe
def cycle(request: HttpRequest, cycle: str) -> HttpResponse:
    """All that a cycle asks, list by list; `?show=not-verified` what of it is not verified."""
    found = _definition(cycle)
    is_narrowed = request.GET.get(SHOW) == NOT_VERIFIED
    told = in_full(found, _earlier(found), only_not_verified=is_narrowed)
    context = {
        "told": told,
        "is_narrowed": is_narrowed,
        "narrow": f"?{SHOW}={NOT_VERIFIED}",
        "trail": _trail((HEADING, reverse("cycles")), (found.name, "")),
    }
    return render(request, "reporting/cycles/cycle.html", context)


@public_read
@require_safe
def cycle_csv(request: HttpRequest, cycle: str) -> StreamingHttpResponse:
    """Every entry of a cycle's definition as a file."""
    found = _definition(cycle)
    lines = csv_lines(
        [Column(name) for name in CSV_COLUMNS],
        (
            [
                *(each.name, each.key, each.label, each.verified, each.source),
                *("; ".join(each.follows), each.change, each.part_of),
            ]
            for each in (*listed(found), *listed_as_not_known(found))
        ),
    )
    response = StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="cycle-{found.key}.csv"'
    return response


@public_read
@require_safe
def vocabulary(request: HttpRequest) -> HttpResponse:
    """One list over all cycles, `?list=` by its name: what is the same thing, and where it breaks.

    An address with a list that there is not is that of no page.
    """
    name = request.GET.get("list") or LISTS[0]
    if name not in LISTS:
        raise Http404(f"There is no vocabulary of “{name}”.")
    context = {
        "heading": VOCABULARY,
        "name": name,
        "choices": [(each, heading_of(each)) for each in LISTS],
        "table": vocabulary_table(tuple(definitions().values()), name),
        "trail": _trail((HEADING, reverse("cycles")), (VOCABULARY, "")),
    }
    return render(request, "reporting/cycles/vocabulary.html", context)


def _definition(key: str) -> CycleDefinition:
    try:
        return definition(key)
    except UnknownChoice as error:
        raise Http404(str(error)) from error


def _earlier(found: CycleDefinition) -> Sequence[CycleDefinition]:
    every = list(definitions().values())
    return every[: every.index(found)]


def _trail(*here: tuple[str, str]) -> list[tuple[str, str]]:
    return [("Plans and boards", reverse("home")), *here]
