"""Reads all that a board's dashboard shows, in a fixed number of queries whatever there is."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet
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
from metrics.models import MetricValue
from plans.models import Board, BoardCode, Contribution, FundingShare, Organisation, Plan
from plans.models.dated import day_of, linked_bodies, successions_from, ways_of
from plans.queries import Somebody, boards_where
from plans.successions import DatedBody, Successions
from schemes.models import SpendLine

# Rows of which a plan has one at least before it says anything to a board.
FIGURES = (Contribution, SpendLine, MetricValue)
CITATION = ("citation_title", "citation_date", "citation_place")


@dataclass(frozen=True)
class BoardRead:
    """What one person may read of a board.

    `plans` are the board's, newest first, and `chosen` is one of them; None where there is none.
    `passed_over` is a newer draft that has no figures yet, where it would else be chosen.
    `bodies` are its council and NHS commissioners, of the board's day and of the chosen plan's;
    `organisations` and `boards` say what came after which. `counts` are the numbers of rows of the
    board's lists by the list's key.
    """

    board: Board
    plans: tuple[Plan, ...]
    chosen: PlanRead | None
    agreements: tuple[AgreementRow, ...]
    shares: tuple[FundingShare, ...]
    codes: tuple[BoardCode, ...]
    bodies: tuple[DatedBody, ...]
    organisations: Successions
    boards: Successions
    counts: Mapping[str, int]
    may_manage_members: bool
    passed_over: Plan | None = None

    @property
    def own_part(self) -> Plan | None:
        """The board's own part of the chosen plan, where that one has parts."""
        chosen = self.chosen
        return next(
            (each for each in self.plans if chosen and each.part_of_id == chosen.plan.pk), None
        )


def read_board(user: Somebody, board: Board, asked: str, today: date) -> BoardRead:
    """The board with its newest plan that the reader may see, or the one asked for by its slug.

    A draft without figures is not the newest where an earlier plan has some.

    Thirteen queries at most, one less where the reader's standing need not be asked. Raises
    `Http404` where the plan asked for is none of the board's that the reader may know of.
    """
    family = _family(user, board)
    own = newest_first([plan for plan in family if board in plan.boards.all()])
    plan = _chosen(own, asked) if asked else _newest(own, family)
    agreements = agreements_visible_to(user)
    more = _wanted(user, board, agreements) | _over_time(board, plan)
    if plan is None:
        chosen, found = None, read_together(more)
    else:
        chosen, found = read_of(plan, family, agreements, today, more)
    organisations = successions_from(found["board_organisations"])
    return BoardRead(
        board=board,
        plans=tuple(own),
        chosen=chosen,
        agreements=tuple(map(agreement_row, found["board_agreements"])),
        shares=_shares(found["board_shares"]),
        codes=_codes(found["board_codes"]),
        bodies=tuple(
            organisations.bodies[key] for key in _own_bodies(found["board_bodies"], organisations)
        ),
        organisations=organisations,
        boards=successions_from(found["board_boards"]),
        counts=found["board_lists"][0],
        may_manage_members=bool(found["managed"]),
        passed_over=_passed_over(own, plan) if plan and not asked else None,
    )


def newest_first(plans: Iterable[Plan]) -> list[Plan]:
    """Plans by the years of their cycle, the latest first; in a cycle a plan before what is
    attached to plans, and the board's own before one that it shares with others.
    """
    return sorted(plans, key=_by_age)


def _by_age(plan: Plan) -> tuple[int, bool, int, str]:
    return (-plan.cycle.years[0].first, plan.attaches, len(plan.boards.all()), plan.slug)


def _family(user: Somebody, board: Board) -> list[Plan]:
    """The board's plans, the joint plans of which these are parts, and the parts of these."""
    own = Plan.objects.filter(boards=board)
    which = Q(pk__in=own.values("pk")) | Q(pk__in=own.values("part_of"))
    stated = [Exists(model.objects.filter(plan=OuterRef("pk"))) for model in FIGURES]
    return family_where(
        user, which | Q(part_of__in=own.values("pk")), has_figures=reduce(or_, map(Q, stated))
    )


def _newest(plans: Sequence[Plan], family: Iterable[Plan]) -> Plan | None:
    """The first of these that is no empty draft, nor a draft of which all the family is empty."""
    family = list(family)
    for plan in plans:
        kin = [each for each in family if _is_kin(plan, each)]
        if not plan.attaches and (not plan.is_open or any(each.has_figures for each in kin)):  # type: ignore[attr-defined]
            return plan
    return plans[0] if plans else None


def _passed_over(plans: Sequence[Plan], chosen: Plan) -> Plan | None:
    """The newer draft that would stand in place of the one chosen."""
    newest = plans[0]
    return newest if newest != chosen and not newest.attaches else None


def _is_kin(plan: Plan, other: Plan) -> bool:
    """Whether the other is this plan, its joint plan or a part of it."""
    return other.pk in (plan.pk, plan.part_of_id) or other.part_of_id == plan.pk


def _chosen(plans: Sequence[Plan], asked: str) -> Plan:
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


def _over_time(board: Board, plan: Plan | None) -> dict[str, Wanted]:
    """The board's codes, its council and commissioners, and what came after which."""
    bodies = Organisation.objects.filter(
        Q(pk=board.authority_id)
        | Q(pk__in=FundingShare.objects.filter(board=board).values("commissioner"))
        | Q(pk__in=Plan.commissioners.through.objects.filter(plan=plan).values("organisation"))
    )
    own = Q(pk__in=bodies.values("pk"))
    dated = ("ons_code", "valid_from", "valid_to", *CITATION)
    return {
        "board_codes": Wanted(board.codes.all(), {name: F(name) for name in dated}),
        "board_bodies": Wanted(bodies, {"key": F("key")}),
        "board_organisations": _linked(Organisation, own),
        "board_boards": _linked(Board, Q(pk=board.pk)),
    }


def _linked(model: Any, also: Q) -> Wanted:
    ways = {name: F(way) for name, way in ways_of(model).items()}
    return Wanted(linked_bodies(model, also), ways)


def _own_bodies(found: Iterable[dict[str, Any]], known: Successions) -> list[str]:
    """The keys of these bodies by their names."""
    return sorted((each["key"] for each in found), key=lambda key: known.bodies[key].name)


def _codes(found: Iterable[dict[str, Any]]) -> tuple[BoardCode, ...]:
    """The codes with their days as days, the earliest first."""
    days = ("valid_from", "valid_to", "citation_date")
    codes = [
        BoardCode(**{**values, **{name: day_of(values[name]) for name in days}}) for values in found
    ]
    return tuple(sorted(codes, key=lambda each: (each.valid_from or date.min, each.ons_code)))


def _shares(found: Iterable[dict[str, Any]]) -> tuple[FundingShare, ...]:
    return tuple(
        FundingShare(
            commissioner=Organisation(name=values.pop("commissioner")),
            percent=from_pence(values.pop("percent")),
            citation_date=day_of(values.pop("citation_date")),
            **values,
        )
        for values in found
    )
