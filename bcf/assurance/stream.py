"""What happened to a plan and its parts, newest first: events, acts, and changes of rows.

Everything is found by one query over all kinds, from which a page takes its share; what the
page shows is then read kind by kind.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Exists, F, IntegerField, Model, OuterRef, Q, QuerySet, Value

from bcf.assurance.kinds import SCOPES
from bcf.base.names import foreign_keys
from bcf.base.versions import history_of
from governance.models import Agreement, AgreementEvent, RiskShare
from governance.queries import agreements_visible_to
from plans import actions
from plans.models import ChangeSet, Plan, PlanEvent
from plans.queries import Somebody

NOBODY = 0
COLUMNS = ("place", "record", "moment", "person", "why")
# What happened to plans and to the agreements that they carry: what each kind of event happens
# to, and the way from it to the plan.
EVENTS: dict[type[Model], tuple[type[Model], str]] = {
    PlanEvent: (Plan, "plan"),
    AgreementEvent: (Agreement, "agreement__plan"),
}
# What is told by itself, and not as the change of a row.
NOT_ROWS: tuple[type[Model], ...] = (*EVENTS, ChangeSet)


@dataclass(frozen=True)
class Asked:
    """What a reader wants to see: changes since a moment, by a person, of one kind of row.

    `by` is the number of a person, or `NOBODY` for what was loaded from files; None is all.
    """

    since: datetime | None = None
    by: int | None = None
    kind: type[Model] | None = None


@dataclass(frozen=True)
class Found:
    """One thing that happened: in which table, under which number, when and by whom."""

    model: type[Model]
    number: int
    at: datetime
    by_id: int | None
    reason: str


def kinds_of_plans() -> list[type[Model]]:
    """Every kind of row that belongs to a plan, the plan itself first."""
    return [model for model in SCOPES if model is Plan or _owner(model)]


def _owner(model: type[Model]) -> str:
    """The field by which a row belongs to its plan: `plan`, or what has one."""
    names = [field.name for field in foreign_keys(model)]
    return next((name for name in ("plan", "agreement", "risk_share") if name in names), "")


def records_of(model: type[Model], plans: Sequence[int], user: Somebody) -> QuerySet[Any]:
    """The history of one kind of row of these plans, as far as the person may read it."""
    records = history_of(model).order_by()
    if model is Plan:
        # What an event did to the plan's status is told by the event.
        told = Q(history_change_reason=actions.STATUS_MOVED)
        return records.filter(id__in=plans).exclude(told)
    if _owner(model) == "agreement":
        carried: Any = Agreement.history.filter(plan_id__in=plans)  # removed ones too
        return records.filter(agreement_id__in=carried.values("id"))
    if _owner(model) == "risk_share":
        rules = records_of(RiskShare, plans, user)  # removed ones too
        return records.filter(risk_share_id__in=rules.values("id"))
    if model is RiskShare:
        read = agreements_visible_to(user).values("pk")
        records = records.filter(Q(agreement_id__isnull=True) | Q(agreement_id__in=read))
    return records.filter(plan_id__in=plans)


class Stream:
    """The history of some plans, as a person may read it and asks for it."""

    def __init__(self, plans: Sequence[int], user: Somebody, asked: Asked) -> None:
        self.plans = list(plans)
        self.user = user
        self.asked = asked
        self._tables: list[type[Model]] = [*NOT_ROWS, *kinds_of_plans()]

    def records(self, model: type[Model]) -> QuerySet[Any]:
        """All records of one kind, whatever is asked for."""
        return records_of(model, self.plans, self.user)

    def folded(self) -> QuerySet[Any]:
        """Events, acts, and those changes of rows that belong to no act; newest first."""
        acts = ChangeSet.objects.filter(ref=OuterRef("why"))
        return self._union(lambda records: records.filter(~Exists(acts)), with_acts=True)

    def every(self) -> QuerySet[Any]:
        """Events and changes of rows one by one, those of acts too; newest first."""
        return self._union(lambda records: records, with_acts=False)

    def _union(self, narrowed: Callable[[Any], QuerySet[Any]], *, with_acts: bool) -> QuerySet[Any]:
        parts = [narrowed(self._asked_for(self._history(model))) for model in self._kinds()]
        if with_acts:
            parts.append(self._asked_for(self._acts()))
        parts += [
            self._asked_for(self._events(event))
            for event, (owner, _) in EVENTS.items()
            if self.asked.kind in (None, owner)
        ]
        shown = [part.values_list(*COLUMNS) for part in parts]
        return shown[0].union(*shown[1:], all=True).order_by("-moment", "-place", "-record")

    def _kinds(self) -> list[type[Model]]:
        return [self.asked.kind] if self.asked.kind else self._rows()

    def _rows(self) -> list[type[Model]]:
        """The kinds of row, after what is told by itself."""
        return self._tables[len(NOT_ROWS) :]

    def _asked_for(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        if self.asked.since:
            rows = rows.filter(moment__gte=self.asked.since)
        if self.asked.by == NOBODY:
            return rows.filter(person__isnull=True)
        return rows.filter(person=self.asked.by) if self.asked.by else rows

    def _history(self, model: type[Model]) -> QuerySet[Any]:
        return self.records(model).annotate(
            place=self._place(model),
            record=F("history_id"),
            moment=F("history_date"),
            person=F("history_user_id"),
            why=F("history_change_reason"),
        )

    def _acts(self) -> QuerySet[Any]:
        acts = ChangeSet.objects.filter(plans__in=self.plans).values("pk")
        rows = ChangeSet.objects.filter(pk__in=acts)
        if self.asked.kind:
            reasons = self.records(self.asked.kind).values("history_change_reason")
            rows = rows.filter(ref__in=reasons)
        return self._as_found(rows.annotate(why=F("ref")))

    def _events(self, model: type[Model]) -> QuerySet[Any]:
        of_plans = {f"{EVENTS[model][1]}__in": self.plans}
        rows = model._default_manager.filter(**of_plans)
        return self._as_found(rows.annotate(why=F("actor_name")))

    def _as_found(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        return rows.order_by().annotate(
            place=self._place(rows.model), record=F("id"), moment=F("at"), person=F("actor_id")
        )

    def _place(self, model: type[Model]) -> Value:
        return Value(self._tables.index(model), IntegerField())

    def read(self, rows: Iterable[Sequence[Any]]) -> list[Found]:
        """The rows of one of the queries above by name."""
        return [
            Found(self._tables[place], number, at, person, why or "")
            for place, number, at, person, why in rows
        ]

    def who_and_what(self) -> tuple[set[int | None], set[type[Model]]]:
        """Everybody who changed anything, and every kind of row that changed; one query."""
        parts = [self._history(model) for model in self._rows()]
        parts += [self._events(model) for model in EVENTS]
        pairs = [part.values_list("place", "person").distinct() for part in parts]
        found = list(pairs[0].union(*pairs[1:]))
        kinds = {self._tables[place] for place, _ in found}.difference(EVENTS)
        return {person for _, person in found}, kinds


def by_model(found: Iterable[Found]) -> dict[type[Model], list[int]]:
    """The numbers of what was found, by table."""
    numbers: dict[type[Model], list[int]] = defaultdict(list)
    for each in found:
        numbers[each.model].append(each.number)
    return numbers
