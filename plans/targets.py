"""What rows of files point at by natural keys: organisations, boards, cycles and plans."""

from typing import Any

from bcf.base.references import Target
from plans.choices import OrganisationKind
from plans.models import Board, Cycle, Organisation
from plans.queries import plans_visible_to


def _names(organisation: Organisation) -> list[str]:
    return [organisation.key, organisation.name, organisation.ods_code]


def _names_of_board(board: Board) -> list[str]:
    """A board is found by a code that its area has, or had once."""
    codes = [each.ons_code for each in board.codes.all()]
    return [board.slug, board.name, board.area, *dict.fromkeys((board.ons_code, *codes))]


def _of_kind(kind: OrganisationKind, noun: str) -> Target:
    return Target(
        noun,
        rows=lambda person: Organisation.objects.filter(kind=kind),
        names=_names,
        is_open=True,
    )


def plan_key(plan: Any) -> str:
    """What a plan is called in files."""
    return str(plan.slug)


ORGANISATIONS = Target(
    "organisation", rows=lambda person: Organisation.objects.all(), names=_names, is_open=True
)
COMMISSIONERS = _of_kind(OrganisationKind.NHS_COMMISSIONER, "NHS commissioner")
AUTHORITIES = _of_kind(OrganisationKind.LOCAL_AUTHORITY, "local authority")
BOARDS = Target(
    "board",
    rows=lambda person: Board.objects.prefetch_related("codes"),
    names=_names_of_board,
    is_open=True,
)
CYCLES = Target(
    "cycle",
    rows=lambda person: Cycle.objects.all(),
    names=lambda cycle: [cycle.key, cycle.name],
    is_open=True,
)
PLANS = Target(
    "plan",
    rows=lambda person: plans_visible_to(person).prefetch_related("boards"),
    names=lambda plan: [plan.slug, plan.title],
)
