"""Reads all that a board's dashboard shows, in a fixed number of queries whatever there is."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import F, Q, QuerySet
from django.http import Http404

from bcf.accounts.access import Ability
from bcf.assurance.checks.reading import agreement_row, agreements_wanted
from bcf.assurance.checks.record import AgreementRow
from bcf.assurance.checks.together import Wanted, read_together
from bcf.money import from_pence
from bcf.reporting.dashboards.reading import PlanRead, family_where, list_counts, read_of
from bcf.reporting.lists import every_board_list
from governance.models import Agreement
from governance.queries import agreements_visible_to
from plans.models import Board, FundingShare, Organisation, Plan
from plans.queries import Somebody, boards_where

CITATION = ("citation_title", "citation_date", "citation_place")


@dataclass(frozen=True)
class BoardRead:
    """What one person may read of a board.

    `plans` are the board's, newest first, and `chosen` is one of them; None where there is none.
    `counts` are the numbers of rows of the board's lists by the list's key.
    """

    board: Board
    plans: tuple[Plan, ...]
    chosen: PlanRead | None
    agreements: tuple[AgreementRow, ...]
    shares: tuple[FundingShare, ...]
    counts: Mapping[str, int]
    may_manage_members: bool

    @property
    def own_part(self) -> Plan | None:
        """The board's own part of the chosen plan, where that one has parts."""
        chosen = self.chosen
        return next(
            (each for each in self.plans if chosen and each.part_of_id == chosen.plan.pk), None
        )


def read_board(user: Somebody, board: Board, asked: str, today: date) -> BoardRead:
    """The board with its newest plan that the reader may see, or the one asked for by its slug.

    Thirteen queries at most, one less where the reader's standing need not be asked. Raises
    `Http404` where the plan asked for is none of the board's that the reader may know of.
    """
    family = _family(user, board)
    own = newest_first([plan for plan in family if board in plan.boards.all()])
    plan = _chosen(own, asked)
    agreements = agreements_visible_to(user)
    more = _wanted(user, board, agreements)
    if plan is None:
        chosen, found = None, read_together(more)
    else:
        chosen, found = read_of(plan, family, agreements, today, more)
    return BoardRead(
        board=board,
        plans=tuple(own),
        chosen=chosen,
        agreements=tuple(map(agreement_row, found["board_agreements"])),
        shares=_shares(found["board_shares"]),
        counts=found["board_lists"][0],
        may_manage_members=bool(found["managed"]),
    )


def newest_first(plans: Iterable[Plan]) -> list[Plan]:
    """Plans by the years of their cycle, the latest first; in a cycle the board's own before one
    that it shares with others.
    """
    return sorted(plans, key=lambda plan: (-plan.years[0].first, len(plan.boards.all()), plan.slug))


def _family(user: Somebody, board: Board) -> list[Plan]:
    """The board's plans, the joint plans of which these are parts, and the parts of these."""
    own = Plan.objects.filter(boards=board)
    which = Q(pk__in=own.values("pk")) | Q(pk__in=own.values("part_of"))
    return family_where(user, which | Q(part_of__in=own.values("pk")))


def _chosen(plans: Sequence[Plan], asked: str) -> Plan | None:
    if not asked:
        return plans[0] if plans else None
    for plan in plans:
        if plan.slug == asked:
            return plan
    raise Http404(f"This board has no plan named {asked}.")


def _wanted(user: Somebody, board: Board, agreements: QuerySet[Agreement]) -> dict[str, Wanted]:
    itself, owners = Board.objects.filter(pk=board.pk), {board.pk: board.area}
    own = agreements.filter(pk__in=Agreement.objects.filter(boards=board).values("pk"))
    lists = list_counts(user, every_board_list(), {False: owners, True: owners})
    return {
        "board_agreements": agreements_wanted(own),
        "board_shares": Wanted(
            FundingShare.objects.filter(board=board),
            {
                "commissioner": F("commissioner__name"),
                "percent": F("percent"),
                **{name: F(name) for name in CITATION},
            },
        ),
        "board_lists": Wanted(itself, lists),
        "managed": Wanted(
            boards_where(user, Ability.MANAGE_MEMBERS).filter(pk=board.pk), {"slug": F("slug")}
        ),
    }


def _shares(found: Iterable[dict[str, Any]]) -> tuple[FundingShare, ...]:
    return tuple(
        FundingShare(
            commissioner=Organisation(name=values.pop("commissioner")),
            percent=from_pence(values.pop("percent")),
            citation_date=date.fromisoformat(day) if (day := values.pop("citation_date")) else None,
            **values,
        )
        for values in found
    )
