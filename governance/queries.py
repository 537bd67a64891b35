"""Reads of governance, scoped to what a user may see or change.

What names a plan is seen and changed as the plan is. What names a board and no plan (agreements,
bodies, programmes) is read by everybody signed in, and by everybody at all where submitted plans
are public; the editors of one of its boards change it.
"""

from typing import TypeVar

from django.conf import settings
from django.db.models import Case, IntegerField, Model, Q, QuerySet, When

from bcf.accounts.access import Ability, allows
from governance.models import (
    Agreement,
    AgreementEvent,
    AgreementNote,
    Body,
    ConditionResponse,
    Programme,
    ReportPassage,
    RiskShare,
    RiskShareTerm,
)
from plans.cycle_definitions import definitions
from plans.queries import (
    Somebody,
    boards_where,
    plans_editable_by,
    plans_visible_to,
    standing_on,
)

M = TypeVar("M", bound=Model)
NOTHING = Q(pk__in=[])


def reads_boards(user: Somebody) -> bool:
    """Whether the user may read what names a board and no plan."""
    return allows(standing_on(user), Ability.READ_SUBMITTED, public_read=settings.PUBLIC_READ)


def placed_visible_to(user: Somebody, rows: QuerySet[M]) -> QuerySet[M]:
    """Rows with a `plan` that the user may read, and those that name a board alone."""
    of_plans = Q(plan__in=plans_visible_to(user).values("pk"))
    return rows.filter(of_plans | Q(plan__isnull=True) if reads_boards(user) else of_plans)


def placed_editable_by(user: Somebody, rows: QuerySet[M]) -> QuerySet[M]:
    """Rows of own drafts, and those of own boards that name no plan."""
    own = Q(plan__isnull=True, board__in=boards_where(user, Ability.EDIT_DRAFT).values("pk"))
    return rows.filter(Q(plan__in=plans_editable_by(user).values("pk")) | own)


def requirements_last(rows: QuerySet[ConditionResponse]) -> QuerySet[ConditionResponse]:
    """Responses plan by plan: those to national conditions, then to planning requirements."""
    about = NOTHING
    for cycle in definitions().values():
        if keys := [each.key for each in cycle.planning_requirements]:
            about |= Q(plan__cycle__key=cycle.key, condition__in=keys)
    place = Case(When(about, then=1), default=0, output_field=IntegerField())
    return rows.order_by("plan", place, "pk")


def agreements_visible_to(user: Somebody) -> QuerySet[Agreement]:
    """Agreements that the user may read, each with its plan and what it is a schedule of."""
    rows = Agreement.objects.select_related("plan__cycle", "parent", "host")
    return placed_visible_to(user, rows)


def agreements_editable_by(user: Somebody) -> QuerySet[Agreement]:
    """Agreements of own boards; one that a plan carries, while that plan is a draft."""
    boards = boards_where(user, Ability.EDIT_DRAFT).values("pk")
    own = Agreement.objects.filter(boards__in=boards).values("pk")
    drafts = plans_editable_by(user).values("pk")
    return Agreement.objects.filter(Q(plan__in=drafts) | Q(plan__isnull=True, pk__in=own))


def events_that_stand(events: QuerySet[AgreementEvent]) -> QuerySet[AgreementEvent]:
    """Those events of agreements that were not taken back, without those that take others back."""
    return events.filter(withdrawn_by__isnull=True, withdraws__isnull=True)


def agreement_rows_visible_to(user: Somebody, rows: QuerySet[M]) -> QuerySet[M]:
    """Those rows whose agreement the user may read."""
    return rows.filter(agreement__in=agreements_visible_to(user).values("pk"))


def agreement_rows_editable_by(user: Somebody, rows: QuerySet[M]) -> QuerySet[M]:
    """Those rows whose agreement the user may change."""
    return rows.filter(agreement__in=agreements_editable_by(user).values("pk"))


def notes_visible_to(user: Somebody) -> QuerySet[AgreementNote]:
    """Notes about agreements that the user may read, and about all agreements of a board."""
    rows = AgreementNote.objects.select_related("agreement", "board")
    of_agreements = Q(agreement__in=agreements_visible_to(user).values("pk"))
    of_boards = Q(agreement__isnull=True)
    return rows.filter(of_agreements | of_boards if reads_boards(user) else of_agreements)


def notes_editable_by(user: Somebody) -> QuerySet[AgreementNote]:
    """Notes about agreements or boards that are the user's to change."""
    boards = boards_where(user, Ability.EDIT_DRAFT).values("pk")
    own = Q(agreement__isnull=True, board__in=boards)
    agreements = agreements_editable_by(user).values("pk")
    return AgreementNote.objects.filter(Q(agreement__in=agreements) | own)


def risk_shares_visible_to(user: Somebody) -> QuerySet[RiskShare]:
    """Rules whose plan and agreement, where they name one, the user may read."""
    rows = RiskShare.objects.select_related("plan", "agreement", "board")
    agreements = agreements_visible_to(user).values("pk")
    read = Q(agreement__isnull=True) | Q(agreement__in=agreements)
    return placed_visible_to(user, rows).filter(read)


def risk_shares_editable_by(user: Somebody) -> QuerySet[RiskShare]:
    """Rules of own drafts; without a plan, of own agreements; without either, of own boards."""
    boards = boards_where(user, Ability.EDIT_DRAFT).values("pk")
    agreements = Q(plan__isnull=True, agreement__in=agreements_editable_by(user).values("pk"))
    of_boards = Q(plan__isnull=True, agreement__isnull=True, board__in=boards)
    drafts = Q(plan__in=plans_editable_by(user).values("pk"))
    return RiskShare.objects.filter(drafts | agreements | of_boards)


def risk_share_terms_visible_to(user: Somebody) -> QuerySet[RiskShareTerm]:
    """What partners bear under rules that the user may read."""
    rows = RiskShareTerm.objects.select_related("risk_share", "organisation")
    return rows.filter(risk_share__in=risk_shares_visible_to(user).values("pk"))


def risk_share_terms_editable_by(user: Somebody) -> QuerySet[RiskShareTerm]:
    """What partners bear under rules that the user may change."""
    return RiskShareTerm.objects.filter(risk_share__in=risk_shares_editable_by(user).values("pk"))


def passages_visible_to(user: Somebody) -> QuerySet[ReportPassage]:
    """All passages, for everybody who may read what names a board and no plan."""
    rows = ReportPassage.objects.select_related("board")
    return rows if reads_boards(user) else rows.none()


def passages_editable_by(user: Somebody) -> QuerySet[ReportPassage]:
    boards = boards_where(user, Ability.EDIT_DRAFT).values("pk")
    return ReportPassage.objects.filter(board__in=boards)


def bodies_visible_to(user: Somebody) -> QuerySet[Body]:
    rows = Body.objects.select_related("plan", "board").prefetch_related("reports_to")
    return placed_visible_to(user, rows)


def programmes_visible_to(user: Somebody) -> QuerySet[Programme]:
    """All programmes, for everybody who may read what names a board and no plan."""
    rows = Programme.objects.select_related("board")
    return rows if reads_boards(user) else rows.none()


def programmes_editable_by(user: Somebody) -> QuerySet[Programme]:
    boards = boards_where(user, Ability.EDIT_DRAFT).values("pk")
    return Programme.objects.filter(board__in=boards)


def programme_rows_visible_to(user: Somebody, rows: QuerySet[M]) -> QuerySet[M]:
    """Those rows whose programme the user may read."""
    return rows.filter(programme__in=programmes_visible_to(user).values("pk"))


def programme_rows_editable_by(user: Somebody, rows: QuerySet[M]) -> QuerySet[M]:
    """Those rows whose programme the user may change."""
    return rows.filter(programme__in=programmes_editable_by(user).values("pk"))
