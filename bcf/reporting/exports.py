"""A plan as a file."""

from django.db.models import QuerySet

from bcf.assurance.changes import last_changed
from bcf.assurance.gather import gather
from bcf.assurance.summary import summarise
from bcf.reporting.documents import planning_template
from bcf.reporting.pdf import write_pdf
from plans.models import Plan


def plan_pdf(plan: Plan, parts: QuerySet[Plan]) -> bytes:
    """The planning template as PDF bytes, with those parts that the reader may see."""
    figures = gather(plan, parts)
    return write_pdf(
        planning_template(plan, figures, summarise(figures), changed_at=last_changed(plan, parts))
    )
