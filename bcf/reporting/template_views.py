"""The planning template as a page and as a PDF, and how far a long PDF has come."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from bcf.accounts.middleware import public_read
from bcf.papers.jobs import ask_for, progress_of, takes_long
from bcf.papers.keeping import kept, key_of, make
from bcf.reporting.documents import Document
from bcf.reporting.exports import plan_document
from bcf.reporting.pdf_answers import is_known, pdf_response, unchanged
from bcf.reporting.plan_context import plan_context
from bcf.reporting.rendering import document_html, document_style
from governance.queries import agreements_visible_to
from plans.models import Plan
from plans.queries import base_visible_to, joint_visible_to, parts_visible_to, plan_for

# How often the page of a PDF in the making looks again, in seconds.
LOOK_AGAIN = 4


def _document(request: HttpRequest, plan: Plan) -> Document:
    """The plan's document with what this person may see of its family."""
    parts = parts_visible_to(request.user, plan)
    joint = joint_visible_to(request.user, plan)
    base = base_visible_to(request.user, plan)
    return plan_document(plan, parts, joint, agreements_visible_to(request.user), base)


def _paper(request: HttpRequest, plan: Plan) -> tuple[str, str]:
    """What the PDF is made of: HTML and style. Links in it lead to this site."""
    site = request.build_absolute_uri("/").rstrip("/")
    return document_html(_document(request, plan), site), document_style()


@public_read
@require_safe
def page(request: HttpRequest, slug: str) -> HttpResponse:
    """The planning template as a page."""
    plan = plan_for(request.user, slug)
    context = plan_context(request, plan, plan.words.paper)
    context["document"] = _document(request, plan)
    context["hidden_parts"] = plan.parts.count() - parts_visible_to(request.user, plan).count()
    return render(request, "reporting/document/page.html", context)


@public_read
@require_safe
def pdf(request: HttpRequest, slug: str) -> HttpResponse:
    """The planning template as a PDF: kept, made now, or asked for where it takes long."""
    plan = plan_for(request.user, slug)
    html, style = _paper(request, plan)
    key = key_of(html, style)
    if is_known(request, key):
        return unchanged(key)
    content = kept(key)
    if content is None:
        if takes_long(html):
            ask_for(html, style)
            return redirect("plan-template-progress", slug)
        content = make(html, style)
    return pdf_response(content, key, plan.slug)


@public_read
@require_safe
def progress(request: HttpRequest, slug: str) -> HttpResponse:
    """How far a long PDF has come. The page looks again by itself, without JavaScript.

    Where nobody asked for the plan as it is now, its PDF's own address decides what to do.
    """
    plan = plan_for(request.user, slug)
    found = progress_of(*_paper(request, plan))
    if found is None:
        return redirect("plan-template-pdf", slug)
    context = plan_context(request, plan, plan.words.paper)
    context["progress"] = found
    context["look_again"] = LOOK_AGAIN
    return render(request, "reporting/document/progress.html", context)
