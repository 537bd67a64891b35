"""The admin of plans and their rows; the site of `bcf.admin` registers what it names here."""

from plans.admin.events import ChangeSetAdmin, PlanEventAdmin
from plans.admin.narrative import (
    AnswerAdmin,
    OwnHeadingAdmin,
    PopulationShareAdmin,
    RelatedDocumentAdmin,
)
from plans.admin.reference import BoardAdmin, CycleAdmin, MembershipAdmin, OrganisationAdmin
from plans.admin.rows import ContributionAdmin, RequirementAdmin

__all__ = [
    "AnswerAdmin",
    "BoardAdmin",
    "ChangeSetAdmin",
    "ContributionAdmin",
    "CycleAdmin",
    "MembershipAdmin",
    "OrganisationAdmin",
    "OwnHeadingAdmin",
    "PlanEventAdmin",
    "PopulationShareAdmin",
    "RelatedDocumentAdmin",
    "RequirementAdmin",
]
