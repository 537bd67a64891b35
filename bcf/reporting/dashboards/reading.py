"""Reads all that a board's dashboard shows, in a fixed number of queries whatever there is."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, F, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce
from django.http import Http404

from bcf.accounts.access import Ability
from bcf.assurance.checks.asking import as_read
from bcf.assurance.checks.finding import Findings
from bcf.assurance.checks.reading import agreement_row, record_and_more
from bcf.assurance.checks.record import AgreementRow, Record
from bcf.assurance.checks.running import check
from bcf.assurance.checks.together import Wanted, read_together
from bcf.money import from_pence
from bcf.periods import PartialDate
from bcf.reporting.list_views import rows_of
from bcf.reporting.lists import every_board_list
from governance.models import Agreement
from governance.queries import agreements_visible_to
from plans.models import Board, FundingShare, Organisation, Plan
from plans.queries import Somebody, boards_where, plans_visible_to

CITATION = ("citation_title", "citation_date", "citation_place")


@dataclass(frozen=True)
class Agreed:
    """An agreement of the board, with the day on which it is to be looked at again."""

    row: AgreementRow
    review: PartialDate | None
    notice: PartialDate | None


@dataclass(frozen=True)
class BoardRead:
    """What one person may read of a board.

    `plans` are the board's, newest first, and `plan` the chosen one; `record` and `findings` are
    that plan's, None where there is none. `counts` are the numbers of rows of the board's lists
    by the list's key, and `hidden_parts` how many parts of the plan the reader may not see.
    """

    board: Board
    plans: tuple[Plan, ...]
    plan: Plan | None
    joint: Plan | None
    record: Record | None
    findings: Findings | None
    agreements: tuple[Agreed, ...]
    shares: tuple[FundingShare, ...]
    counts: Mapping[str, int]
    hidden_parts: int
    may_manage_members: bool

    @property
    def own_part(self) -> Plan | None:
        """The board's own part of the chosen plan, where that one has parts."""
        return next(
            (each for each in self.plans if self.plan and each.part_of_id == self.plan.pk), None
        )

    @property
    def is_joint(self) -> bool:
        """Whether the chosen plan is of several boards together."""
        return self.plan is not None and len(self.plan.boards.all()) > 1


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
    parts = [each for each in family if plan and each.part_of_id == plan.pk]
    if plan is None:
        record, joint, found = None, None, read_together(more)
    else:
        more["parts"] = Wanted(plan.parts.all(), {"pk": F("pk")})
        joint = next((each for each in family if each.pk == plan.part_of_id), None)
        record, found = record_and_more(plan, parts, joint, agreements, today, more=more)
    hidden_parts = len(found.get("parts", [])) - len(parts)
    findings = None
    if plan and record:
        findings = as_read(check(record), plan, joint, hides_parts=hidden_parts > 0)
    return BoardRead(
        board=board,
        plans=tuple(own),
        plan=plan,
        joint=joint,
        record=record,
        findings=findings,
        agreements=tuple(map(_agreed, found["board_agreements"])),
        shares=_shares(found["board_shares"]),
        counts=found["board_lists"][0],
        hidden_parts=hidden_parts,
        may_manage_members=bool(found["managed"]),
    )


def newest_first(plans: Iterable[Plan]) -> list[Plan]:
    """Plans by the years of their cycle, the latest first; in a cycle the board's own before one
    that it shares with others.
    """
    return sorted(
        plans, key=lambda plan: (-plan.cycle.years[0].first, len(plan.boards.all()), plan.slug)
    )


def _family(user: Somebody, board: Board) -> list[Plan]:
    """The board's plans, the joint plans of which these are parts, and the parts of these."""
    visible = plans_visible_to(user)
    own = visible.filter(boards=board)
    found = visible.filter(
        Q(pk__in=own.values("pk")) | Q(pk__in=own.values("part_of")) | Q(part_of__in=own)
    )
    return list(found.order_by("title").prefetch_related("boards"))


def _chosen(plans: Sequence[Plan], asked: str) -> Plan | None:
    if not asked:
        return plans[0] if plans else None
    for plan in plans:
        if plan.slug == asked:
            return plan
    raise Http404(f"This board has no plan named {asked}.")


def _wanted(user: Somebody, board: Board, agreements: QuerySet[Agreement]) -> dict[str, Wanted]:
    itself = Board.objects.filter(pk=board.pk)
    own = agreements.filter(pk__in=Agreement.objects.filter(boards=board).values("pk"))
    return {
        "board_agreements": Wanted(
            own,
            {
                **{name: F(name) for name in ("kind", "arrangement", "starts", "ends")},
                **{name: F(name) for name in ("is_open_ended", "is_section_75")},
                **{name: F(name) for name in ("review", "notice")},
                "ref": F("slug"),
                "name": F("title"),
                "owner": Coalesce("plan__slug", Value("")),
                "plan": Coalesce("plan__slug", Value("")),
                "parent": Coalesce("parent__slug", Value("")),
            },
        ),
        "board_shares": Wanted(
            FundingShare.objects.filter(board=board),
            {
                "commissioner": F("commissioner__name"),
                "percent": F("percent"),
                **{
                    f"citation_{name}": F(f"citation_{name}") for name in ("title", "date", "place")
                },
            },
        ),
        "board_lists": Wanted(itself, _list_counts(user, board)),
        "managed": Wanted(
            boards_where(user, Ability.MANAGE_MEMBERS).filter(pk=board.pk), {"slug": F("slug")}
        ),
    }


def _list_counts(user: Somebody, board: Board) -> dict[str, Any]:
    """How many rows each list of the board has, as expressions, so that none is read by itself."""
    return {
        spec.key: _count(rows_of(user, spec, {board.pk: board.area})) for spec in every_board_list()
    }


def _count(rows: QuerySet[Any]) -> Coalesce:
    found = rows.model._default_manager.filter(pk__in=rows.order_by().values("pk")).order_by()
    counted = found.annotate(one=Value(1)).values("one").annotate(n=Count("pk")).values("n")
    return Coalesce(Subquery(counted), 0)


def _agreed(values: dict[str, Any]) -> Agreed:
    review, notice = _partial(values.pop("review")), _partial(values.pop("notice"))
    return Agreed(agreement_row(values), review, notice)


def _partial(text: str) -> PartialDate | None:
    return PartialDate.parse(text) if text else None


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
