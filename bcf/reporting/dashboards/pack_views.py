"""The pack for a meeting: a board's page as a PDF of a few pages, for the Board's papers."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.urls import reverse
from django.views.decorators.http import require_safe

from bcf.accounts.middleware import public_read
from bcf.papers.keeping import key_of, make
from bcf.reporting.dashboards.pack import packed
from bcf.reporting.dashboards.views import Page, board_page
from bcf.reporting.pdf_answers import is_known, pdf_response, unchanged
from bcf.reporting.rendering import pack_style


@public_read
@require_safe
def board_pack(request: HttpRequest, slug: str) -> HttpResponse:
    """A board's pack; `?plan=` and `?year=` choose as on its page."""
    html, style = pack_html(request, board_page(request, slug)), pack_style()
    key = key_of(html, style)
    if is_known(request, key):
        return unchanged(key)
    return pdf_response(make(html, style), key, f"{slug}-pack")


def pack_html(request: HttpRequest, page: Page) -> str:
    """The pack as one HTML page. Links in it lead to this site."""
    read = page.context["read"]
    here = reverse("board", args=[read.board.slug]) + page.choice.query
    context: dict[str, Any] = {
        **page.context,
        "plan": read.chosen.plan if read.chosen else None,
        "choice": page.choice,
        "pack": packed(page.dashboard),
        "site": request.build_absolute_uri("/").rstrip("/"),
        "page_address": request.build_absolute_uri(here),
    }
    return render_to_string("reporting/dashboards/pack.html", context)
