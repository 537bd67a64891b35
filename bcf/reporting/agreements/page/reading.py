"""Reads all that an agreement's page shows, in a fixed number of queries whatever its size."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from django.db.models import Q
from django.http import Http404

from bcf.assurance.agreements.carried import SchemeName
from bcf.assurance.agreements.gathering import gather_agreements
from bcf.assurance.agreements.positions import Position, once_parties, positions_on
from bcf.assurance.agreements.values import Agreement
from bcf.assurance.figures import Choice, PlanFigures
from bcf.assurance.gather import gather
from bcf.base.published import Citation
from governance import models
from governance.queries import (
    agreement_rows_visible_to,
    agreements_editable_by,
    agreements_visible_to,
    events_that_stand,
    notes_visible_to,
)
from plans.models import Board, Organisation, Plan
from plans.models.dated import successions_of
from plans.queries import Somebody, parts_visible_to, plans_visible_to
from plans.successions import Successions


@dataclass(frozen=True)
class Carried:
    """The plan that an agreement is carried by, its money, and which of its schemes it carries."""

    plan: Plan
    money: PlanFigures
    schemes: Mapping[SchemeName, str]
    hidden_parts: int


@dataclass(frozen=True)
class AgreementRead:
    """What one person may read of an agreement.

    `family` are by slug the agreement as it is now, those above it, its schedules and what
    superseded it; `names` are by key the organisations that were once parties, and others, and
    `organisations` says what each became. `events` are all of
    its events, also those taken back, the latest first.
    """

    row: models.Agreement
    boards: tuple[Board, ...]
    family: Mapping[str, Agreement]
    names: Mapping[str, Choice]
    organisations: Successions
    events: tuple[models.AgreementEvent, ...]
    took_over: tuple[models.AgreementEvent, ...]
    board_notes: tuple[models.AgreementNote, ...]
    citations: tuple[Citation, ...]
    carried: Carried | None
    may_edit: bool

    def positions(self, day: date) -> tuple[Position, tuple[Position, ...]]:
        """How it stood on a day, and how those above it did, the nearest first."""
        every = positions_on(day, self.family.values(), self.names)
        found = {each.agreement.slug: each for each in every}
        above: list[Position] = []
        each = found.get(found[self.row.slug].agreement.parent)
        while each is not None and each not in above:
            above.append(each)
            each = found.get(each.agreement.parent)
        return found[self.row.slug], tuple(above)

    @property
    def schedules(self) -> tuple[Agreement, ...]:
        """Its schedules by title."""
        own = (each for each in self.family.values() if each.parent == self.row.slug)
        return tuple(sorted(own, key=lambda each: each.title))


def read_agreement(user: Somebody, slug: str) -> AgreementRead:
    """The agreement of this name; `Http404` where there is none or the user may not know of it."""
    visible = agreements_visible_to(user)
    row = visible.select_related("parent__parent").filter(slug=slug).first()
    if row is None:
        raise Http404(f"No agreement {slug} was found.")
    boards = tuple(row.boards.order_by("name"))
    events = _events(user, row)
    every = gather_agreements(visible.filter(_family(row, events))).rows
    found = {each.slug: each for each in _with_own_rules(user, every)}
    organisations = _organisations(list(found.values()))
    notes = notes_visible_to(user).filter(agreement__isnull=True, board__in=boards)
    return AgreementRead(
        row=row,
        boards=boards,
        family=found,
        names={key: Choice(key, each.name) for key, each in organisations.bodies.items()},
        organisations=organisations,
        events=events,
        took_over=_took_over(user, row),
        board_notes=tuple(notes.order_by("kind", "pk")),
        citations=_citations(found[slug]),
        carried=_carried(user, row),
        may_edit=agreements_editable_by(user).filter(pk=row.pk).exists(),
    )


def _family(row: models.Agreement, events: Sequence[models.AgreementEvent]) -> Q:
    """An agreement, the two above it, its schedules, and what superseded it."""
    above = [row.parent_id, row.parent.parent_id if row.parent else None]
    numbers = [row.pk, *above, *(event.successor_id for event in events)]
    return Q(pk__in=[number for number in numbers if number]) | Q(parent=row.pk)


def _with_own_rules(user: Somebody, every: Sequence[Agreement]) -> Iterable[Agreement]:
    """The agreements with those rules alone that are of no plan which the user may not read."""
    plans = {each.plan for agreement in every for each in agreement.risk_shares if each.plan}
    read = {None, *plans_visible_to(user).filter(pk__in=plans).values_list("pk", flat=True)}
    for agreement in every:
        shown = tuple(each for each in agreement.risk_shares if each.plan in read)
        yield replace(agreement, risk_shares=shown)


def _events(user: Somebody, row: models.Agreement) -> tuple[models.AgreementEvent, ...]:
    """Its events, and by whom and why those that were taken back were."""
    events = agreement_rows_visible_to(user, models.AgreementEvent.objects.filter(agreement=row))
    told = events.filter(withdraws__isnull=True).select_related("successor", "withdrawn_by")
    return tuple(told.order_by("-effective", "-pk"))


def _took_over(user: Somebody, row: models.Agreement) -> tuple[models.AgreementEvent, ...]:
    """Events by which this agreement took the place of others that the user may read."""
    events = events_that_stand(models.AgreementEvent.objects.filter(successor=row))
    return tuple(agreement_rows_visible_to(user, events).select_related("agreement"))


def _organisations(agreements: Iterable[Agreement]) -> Successions:
    """The organisations that are parties or were once, and what each of them became."""
    now = {party.key for agreement in agreements for party in agreement.parties}
    return successions_of(Organisation, Q(key__in=now | set(once_parties(agreements))))


def _citations(agreement: Agreement) -> tuple[Citation, ...]:
    """Every place in a document from which a row of the agreement was taken."""
    found = [
        agreement.citation,
        *(row.citation for row in agreement.values),
        *(row.citation for row in agreement.providers),
        *(row.citation for row in agreement.notes),
        *(row.citation for row in agreement.variations),
        *(row.citation for row in agreement.actuals),
        *(row.citation for row in agreement.risk_shares),
    ]
    return tuple(dict.fromkeys(citation for citation in found if citation))


def _carried(user: Somebody, row: models.Agreement) -> Carried | None:
    """What of a plan it carries; an agreement with a plan is read as the plan is."""
    if row.plan is None:
        return None
    parts = parts_visible_to(user, row.plan)
    money = gather(row.plan, parts)
    schemes = row.schemes.select_related("plan")
    return Carried(
        plan=row.plan,
        money=money,
        schemes={(each.plan.slug, each.ref): str(each) for each in schemes},
        hidden_parts=row.plan.parts.count() - len(money.parts),
    )
