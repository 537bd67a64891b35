"""A plan's history as rows of a table: one line for each field that changed."""

from collections.abc import Iterator, Mapping

from django.utils import timezone

from bcf.assurance.entries import FROM_A_FILE, events_of, names_of, read_changes_of
from bcf.assurance.stream import EVENTS, Found, Stream, by_model
from bcf.base.versions import Change
from bcf.files.writing import Cell, Column, Kind
from governance.models import AgreementEvent
from plans.models import ChangeSet, Plan, PlanEvent
from plans.telling import Told, tell

COLUMNS = (
    Column("at"),
    Column("by"),
    Column("plan"),
    Column("kind of row"),
    Column("ref"),
    Column("row"),
    Column("version", Kind.NUMBER),
    Column("what"),
    Column("field"),
    Column("from", Kind.LONG_TEXT),
    Column("to", Kind.LONG_TEXT),
    Column("as part of"),
)
CHUNK = 500

Line = tuple[Cell, ...]


def history_lines(stream: Stream, family: Mapping[int, Plan]) -> Iterator[Line]:
    """Every event and change that the stream finds, newest first, read a chunk at a time."""
    rows = stream.every()
    start = 0
    while found := stream.read(rows[start : start + CHUNK]):
        yield from _lines(found, stream, family)
        start += CHUNK


def _lines(found: list[Found], stream: Stream, family: Mapping[int, Plan]) -> Iterator[Line]:
    events = events_of(found)
    changes: list[Change] = []
    for model, wanted in by_model(found).items():
        if model not in EVENTS:
            changes += read_changes_of(model, wanted)
    told = {(each.model, each.record): each for each in tell(changes, to=stream.user)}
    people = names_of({each.by_id for each in found})
    acts = dict(
        ChangeSet.objects.filter(ref__in={each.reason for each in found}).values_list(
            "ref", "words"
        )
    )
    for each in found:
        if each.model in EVENTS:
            yield _event_line(events[each.model, each.number])
        else:
            row = told[each.model, each.number]
            plan = family.get(row.plan_id or 0)
            yield from _row_lines(
                row, people.get(row.by_id, FROM_A_FILE), plan, acts.get(row.reason, "")
            )


def _moment(each: Told | PlanEvent | AgreementEvent) -> str:
    """Date and time by British clocks, as a spreadsheet sorts them."""
    return f"{timezone.localtime(each.at):%Y-%m-%d %H:%M:%S}"


def _event_line(event: PlanEvent | AgreementEvent) -> Line:
    if isinstance(event, AgreementEvent):
        agreement = event.agreement
        plan = agreement.plan.slug if agreement.plan else ""
        about = (plan, "agreement", agreement.slug, agreement.title, None)
        words = event.get_action_display()
        return (_moment(event), event.actor_name, *about, words, "", "", event.reason, "")
    before = (event.plan.slug, "plan", event.plan.slug, event.plan.title, None)
    return (_moment(event), event.actor_name, *before, event.words, "", "", event.note, "")


def _row_lines(row: Told, who: str, plan: Plan | None, act: str) -> Iterator[Line]:
    about = (plan.slug if plan else "", row.kind, row.ref, row.name, row.version, row.what)
    start = (_moment(row), who, *about)
    for each in row.differences:
        yield (*start, each.label, each.old, each.new, act)
    if not row.differences:
        yield (*start, "", "", "", act)
