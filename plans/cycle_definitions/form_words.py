"""What a plan is called on a form of each kind, in titles and in sentences."""

from dataclasses import dataclass

from plans.cycle_definitions.cycle import CycleDefinition, attaches
from plans.cycle_definitions.entries import PLAN, REFRESH, SUPPLEMENT, YEAR_END, TemplateVersion


@dataclass(frozen=True)
class FormWords:
    """`noun` is what it is called, `paper` its form when filled in.

    `attaches_by` stands before the plan that it is attached to; blank where it is to none.
    """

    noun: str
    attaches_by: str = ""
    paper: str = "Planning template"


WORDS = {
    PLAN: FormWords("plan"),
    SUPPLEMENT: FormWords("supplement", "Supplement to"),
    REFRESH: FormWords("refresh", "Refresh of"),
    YEAR_END: FormWords("year-end return", paper="Year-end return"),
}


def form_kind(cycle: CycleDefinition, template_version: str) -> str:
    """The kind of the form of this key: that of a plan where none is named, or none is known."""
    named = (each.kind for each in cycle.template_versions if each.key == template_version)
    return next(named, PLAN)


def attached_forms(cycle: CycleDefinition) -> tuple[TemplateVersion, ...]:
    """The forms of a cycle for supplements to its plans and refreshes of them."""
    return tuple(each for each in cycle.template_versions if attaches(each))
