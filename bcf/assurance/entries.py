"""The entries of a plan's history as a reader sees them: who did what, when, from what to what."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, F, Model, Window
from django.db.models.functions import RowNumber

from bcf.accounts.models import User
from bcf.assurance.kinds import kind_of
from bcf.assurance.stream import EVENTS, NOT_ROWS, Found, Stream, by_model
from bcf.base.versions import Change, folded, read_changes
from governance.models import AgreementEvent
from plans.models import ChangeSet, PlanEvent
from plans.telling import Told, tell

FROM_A_FILE = "Loaded from a file"
# How many rows of an act stand in the list; its own page has all.
SHOWN_OF_ACT = 5
# What one save writes, it writes within so short a time.
ONE_SAVE = timedelta(seconds=5)


@dataclass(frozen=True)
class Entry:
    """One thing that happened: an event, an act with some of its rows, or what one save changed.

    `ref` is that of an act; `count` the number of its rows in the plans that are shown, and
    `elsewhere` says that it changed rows of other plans too.
    """

    at: datetime
    who: str
    words: str = ""
    note: str = ""
    told: tuple[Told, ...] = ()
    ref: str = ""
    count: int = 0
    elsewhere: bool = False

    @property
    def unshown(self) -> int:
        """How many rows of the act are not listed."""
        return max(0, self.count - len(self.told)) if self.ref else 0


Key = tuple[type[Model], int]


def names_of(people: Iterable[int | None]) -> dict[int | None, str]:
    """The names of people by number; one query."""
    found = User.objects.in_bulk([person for person in people if person])
    return {None: FROM_A_FILE, **{number: str(user) for number, user in found.items()}}


def entries_of(found: Sequence[Found], stream: Stream) -> list[Entry]:
    """What was found, told; the number of queries depends on the kinds of row alone."""
    events = events_of(found)
    acts = _Acts(by_model(found).get(ChangeSet, []), stream)
    singles = _singles(found)
    every = [*singles.values(), *acts.changes]
    told = dict(zip(map(_key, every), tell(every, to=stream.user), strict=True))
    people = names_of({each.by_id for each in found})
    entries = []
    for each in found:
        if each.model in EVENTS:
            entries.append(_of_event(events[each.model, each.number]))
        elif each.model is ChangeSet:
            entries.append(acts.entry(each.number, told))
        elif (each.model, each.number) in singles:
            row = told[each.model, each.number]
            entries.append(Entry(row.at, people.get(row.by_id, FROM_A_FILE), told=(row,)))
    return _joined(entries)


def events_of(found: Iterable[Found]) -> dict[Key, PlanEvent | AgreementEvent]:
    """The events among what was found, by kind and number; a query for each kind."""
    numbers = by_model(found)
    plans = PlanEvent.objects.select_related("plan__cycle").in_bulk(numbers.get(PlanEvent, []))
    agreements = AgreementEvent.objects.select_related("agreement__plan").in_bulk(
        numbers.get(AgreementEvent, [])
    )
    return {
        **{(PlanEvent, number): event for number, event in plans.items()},
        **{(AgreementEvent, number): event for number, event in agreements.items()},
    }


def _key(change: Change) -> Key:
    return change.new.model, change.new.number


def _singles(found: Iterable[Found]) -> dict[Key, Change]:
    """The changes of rows that belong to no act, records of one version told as one."""
    changes: list[Change] = []
    for model, numbers in by_model(found).items():
        if model not in NOT_ROWS:
            changes += folded_by_row(read_changes_of(model, numbers))
    return {_key(change): change for change in changes}


def read_changes_of(model: Any, numbers: Sequence[int]) -> list[Change]:
    """The changes that these records of one kind made, the newest first."""
    records = model.history.filter(history_id__in=numbers)
    return read_changes(model, records.order_by("-history_date", "-history_id"))


def folded_by_row(changes: Iterable[Change]) -> list[Change]:
    """Changes, with records of one version of a row told as one, whatever came between."""
    rows: dict[int, list[Change]] = {}
    for change in changes:
        rows.setdefault(change.new.row_id, []).append(change)
    return [change for row in rows.values() for change in folded(row)]


def _of_event(event: PlanEvent | AgreementEvent) -> Entry:
    if isinstance(event, AgreementEvent):
        return Entry(event.at, event.actor_name, words=str(event), note=event.reason)
    return Entry(event.at, event.actor_name, words=event.words, note=event.note)


class _Acts:
    """The change sets of a page, each with its first rows in the plans that are shown."""

    def __init__(self, numbers: Sequence[int], stream: Stream) -> None:
        self._rows = ChangeSet.objects.prefetch_related("plans").in_bulk(numbers)
        self._plans = set(stream.plans)
        self._counts: Counter[str] = Counter()
        self.changes: list[Change] = []
        refs: dict[str, list[str]] = {}
        for act in self._rows.values():
            refs.setdefault(act.model, []).append(act.ref)
        for label, wanted in sorted(refs.items()):
            self._read(kind_of(label), wanted, stream)

    def _read(self, model: Any, refs: Sequence[str], stream: Stream) -> None:
        records = stream.records(model).filter(history_change_reason__in=refs)
        counted = records.values("history_change_reason").annotate(n=Count("id", distinct=True))
        self._counts.update({each["history_change_reason"]: each["n"] for each in counted})
        order = Window(
            RowNumber(), partition_by=F("history_change_reason"), order_by=F("history_id").asc()
        )
        first = records.annotate(nth=order).filter(nth__lte=SHOWN_OF_ACT)
        numbers = list(first.values_list("history_id", flat=True))
        self.changes += folded_by_row(read_changes_of(model, numbers))

    def entry(self, number: int, told: Mapping[Key, Told]) -> Entry:
        act = self._rows[number]
        rows = [told[_key(each)] for each in self.changes if each.new.reason == act.ref]
        return Entry(
            act.at,
            act.actor_name,
            words=act.words,
            told=tuple(sorted(rows, key=lambda row: row.record)),
            ref=act.ref,
            count=self._counts[act.ref],
            elsewhere=any(plan.pk not in self._plans for plan in act.plans.all()),
        )


def _joined(entries: Iterable[Entry]) -> list[Entry]:
    """Rows that one person saved together stand in one entry."""
    joined: list[Entry] = []
    for entry in entries:
        last = joined[-1] if joined else None
        if last and _is_one_save(last, entry):
            joined[-1] = Entry(last.at, last.who, told=(*last.told, *entry.told))
        else:
            joined.append(entry)
    return joined


def _is_one_save(last: Entry, entry: Entry) -> bool:
    is_plain = not any((last.words, last.ref, entry.words, entry.ref))
    return is_plain and last.who == entry.who and last.told[-1].at - entry.at <= ONE_SAVE
