"""Whose plan, for which cycle, with what money."""

from plans.models.events import ChangeSet, PlanEvent
from plans.models.headings import OwnHeading
from plans.models.imports import RowImport
from plans.models.membership import Membership
from plans.models.money import Contribution, PlanRow, Requirement
from plans.models.narrative import Answer, PopulationShare, RelatedDocument
from plans.models.organisations import Board, BoardCode, FundingShare, Organisation
from plans.models.plan import Cycle, Plan

__all__ = [
    "Answer",
    "Board",
    "BoardCode",
    "ChangeSet",
    "Contribution",
    "Cycle",
    "FundingShare",
    "Membership",
    "Organisation",
    "OwnHeading",
    "Plan",
    "PlanEvent",
    "PlanRow",
    "PopulationShare",
    "RelatedDocument",
    "Requirement",
    "RowImport",
]
