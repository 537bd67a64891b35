"""A plan as a document, and what is made of it: a PDF, or structured data."""

from collections.abc import Sequence

from django.db.models import QuerySet

from bcf.assurance.checks.asking import check_plan
from bcf.papers.keeping import make
from bcf.reporting.documents import Document, as_json, planning_template, read_plan
from bcf.reporting.rendering import document_html, document_style
from governance.models import Agreement
from plans.models import Plan


def plan_document(
    plan: Plan,
    parts: QuerySet[Plan],
    joint: Plan | None = None,
    agreements: QuerySet[Agreement] | None = None,
    base: Sequence[Plan] = (),
) -> Document:
    """The planning template of a plan, with those parts and that joint plan a reader may see.

    `base` is the plan that it is attached to and then that one's parts, as far as those too.

    A draft's has what its checks find, held against those agreements; all of them by default.
    """
    if not plan.is_open:
        return planning_template(read_plan(plan, parts, joint, base=base))
    known = Agreement.objects.all() if agreements is None else agreements
    findings = check_plan(plan, parts, joint, known)
    return planning_template(read_plan(plan, parts, joint, findings, base))


def plan_pdf(
    plan: Plan, parts: QuerySet[Plan], joint: Plan | None = None, base: Sequence[Plan] = ()
) -> bytes:
    """The planning template as PDF bytes, kept by the content that they show."""
    document = plan_document(plan, parts, joint, base=base)
    return make(document_html(document), document_style())


def plan_json(
    plan: Plan, parts: QuerySet[Plan], joint: Plan | None = None, base: Sequence[Plan] = ()
) -> bytes:
    """The planning template as structured data: the bytes of a JSON file."""
    return as_json(plan_document(plan, parts, joint, base=base)).encode()
