"""A plan as a document: built once from the plan and its cycle's form, written in any format."""

from bcf.reporting.documents.building import planning_template
from bcf.reporting.documents.data import as_data, as_json
from bcf.reporting.documents.fields import plan_facts
from bcf.reporting.documents.model import Document, Section
from bcf.reporting.documents.reading import Reading, read_plan

__all__ = [
    "Document",
    "Reading",
    "Section",
    "as_data",
    "as_json",
    "plan_facts",
    "planning_template",
    "read_plan",
]
