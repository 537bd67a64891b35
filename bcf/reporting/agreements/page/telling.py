"""What is said of an agreement: outcomes, risks, who provides, and what happened to its terms."""

from collections.abc import Mapping, Sequence
from datetime import date

from django.urls import reverse

from bcf.assurance.agreements.changes import changes_of
from bcf.assurance.agreements.sums import current_services
from bcf.assurance.agreements.values import Agreement, Note, Provider, Variation
from bcf.assurance.figures import Choice
from bcf.assurance.money_tables import ENTERED_HERE
from bcf.base.published import Citation
from bcf.reporting.agreements.page.reading import AgreementRead
from bcf.reporting.dashboards.panels import Link, Panel, Question
from bcf.ui.tables import Cell, Column, Row, Table, build_row, build_table
from bcf.ui.templatetags.ui import british_date
from governance.choices import AgreementAction, Arrangement, NoteKind, ProviderStatus
from governance.models import AgreementEvent, AgreementNote

NOTES = {
    NoteKind.OUTCOME: ("outcomes", "Intended outcomes"),
    NoteKind.HIGHLIGHT: ("highlights", "Highlights"),
    NoteKind.RISK: ("risks", "Risks"),
    NoteKind.MITIGATION: ("mitigations", "What is done about the risks"),
    NoteKind.INTENTION: ("intentions", "What is intended next"),
}
ARRANGEMENTS = {key: str(label) for key, label in Arrangement.choices}
ALL_TOGETHER = "About all agreements of the board"


def notes_question(agreement: Agreement, of_board: Sequence[AgreementNote]) -> Question:
    """Notes by their kind; those about all agreements of the board stand apart."""
    said = {
        kind: tuple(_with_place(note) for note in agreement.notes if note.kind == kind)
        for kind in NOTES
    }
    panels = [Panel(*NOTES[kind], points=points) for kind, points in said.items() if points]
    if of_board:
        points = tuple(f"{NoteKind(note.kind).label}: {_with_place(note)}" for note in of_board)
        panels.append(Panel("board-notes", ALL_TOGETHER, points=points))
    empty = (
        "No outcome, highlight, risk or intention is recorded of this agreement. Enter them as "
        "its notes, and they show here by kind."
    )
    return Question(
        "notes",
        "What is it for, and how does it go?",
        () if agreement.notes else (empty,),
        tuple(panels),
    )


def _with_place(note: Note | AgreementNote) -> str:
    """A note with its place in the document, where it is from one."""
    place = note.citation.place if note.citation else ""
    return f"{note.text} ({place})" if place else note.text


def providers_question(agreement: Agreement) -> Question:
    """Who provides under it now, those together who run one service, and who did before."""
    heading = "Who provides under it?"
    if not agreement.providers:
        words = "No provider is recorded. Enter each with its service, and it shows here."
        return Question("providers", heading, (words,))
    groups = current_services(agreement)
    ended = [each for each in agreement.providers if each.status == ProviderStatus.ENDED]
    now = sum(len(group) for group in groups)
    services = f"{len(groups)} service{'' if len(groups) == 1 else 's'}"
    run = f"{now} provider{' runs' if now == 1 else 's run'} {services} now"
    gone = f"{len(ended)} {'has' if len(ended) == 1 else 'have'} ended"
    sentence = f"{run}; {gone}." if ended else f"{run}."
    panels = (
        *([_now_panel(groups)] if groups else []),
        *([_ended_panel(ended)] if ended else []),
    )
    return Question("providers", heading, (sentence,), panels)


def _now_panel(groups: Sequence[Sequence[Provider]]) -> Panel:
    """Those who provide now, each with those who run one service with it."""
    rows = [
        build_row([*_name_and_service(each), _partners(each, group), *_status_and_term(each)])
        for group in groups
        for each in group
    ]
    columns = [*PROVIDER, Column("Runs it together with"), *STANDING]
    table = build_table("providers-now", "Providers and their services", columns, rows)
    return Panel("providers-now", "Who provides now", table=table, is_open=True)


def _ended_panel(ended: Sequence[Provider]) -> Panel:
    rows = [build_row([*_name_and_service(each), *_status_and_term(each)]) for each in ended]
    columns = [*PROVIDER, *STANDING]
    table = build_table("providers-ended", "Providers that ended", columns, rows)
    return Panel("providers-ended", "Who provided until it ended", table=table, is_open=True)


PROVIDER = (Column("Provider", is_row_header=True), Column("Service"))
STANDING = (Column("Status"), Column("Starts"), Column("Ends"))


def _name_and_service(each: Provider) -> tuple[Cell | str | None, ...]:
    return (
        Cell(each.organisation.label, note=place_of(each.citation)),
        each.service or None,
    )


def _partners(each: Provider, group: Sequence[Provider]) -> str:
    others = [other.organisation.label for other in group if other != each]
    return ", ".join(others) or "by itself"


def _status_and_term(each: Provider) -> tuple[str | None, ...]:
    status = ProviderStatus(each.status).label if each.status else None
    return (
        each.status_in_words or status,
        each.starts.label if each.starts else None,
        each.ends.label if each.ends else None,
    )


# -- what happened -------------------------------------------------------------------------


def events_question(read: AgreementRead) -> Question:
    """Documented variations and events in one list by date, the latest first."""
    heading = "What changed since it was made?"
    rows = [
        *((each.effective, 1, _event_row(each, read)) for each in read.events),
        *((_day(each), 0, _variation_row(each)) for each in read.family[read.row.slug].variations),
        *((each.effective, 2, _took_over_row(each)) for each in read.took_over),
    ]
    if not rows:
        words = (
            "Nothing is recorded since it was made. What varies, extends, ends or supersedes it "
            "shows here, with what it was before."
        )
        return Question("events", heading, (words,))
    ordered = sorted(rows, key=lambda row: row[:2], reverse=True)
    panel = Panel("events", table=_events_table([row for *_, row in ordered]), is_open=True)
    return Question("events", heading, (), (panel,), _take_back(read))


def _events_table(rows: Sequence[Row]) -> Table:
    return build_table(
        "events",
        "Variations and events, the latest first",
        [
            Column("From", is_row_header=True),
            Column("What happened"),
            Column("What changed"),
            Column("Reason"),
            Column("Deed"),
            Column("Recorded by"),
        ],
        rows,
    )


def _event_row(event: AgreementEvent, read: AgreementRead) -> Row:
    taken_back = getattr(event, "withdrawn_by", None)
    what = str(event.get_action_display())
    if event.action == AgreementAction.SUPERSEDE:
        what = f"{what} by {_successor(event, read)}"
    note = ""
    if taken_back:
        what = f"{what} (taken back)"
        note = f"Taken back by {taken_back.actor_name}, {british_date(taken_back.at)}: "
        note += taken_back.reason
    after = event.successor
    address = reverse("agreement", args=[after.slug]) if after and after.slug in read.family else ""
    return build_row(
        [
            british_date(event.effective),
            Cell(what, url=address, note=note),
            _changes(event, read.names),
            event.reason or None,
            british_date(event.deed_date) if event.deed_date else None,
            Cell(event.actor_name, note=str(british_date(event.at))),
        ]
    )


def _successor(event: AgreementEvent, read: AgreementRead) -> str:
    """The agreement that took the place of this one, where the reader may know of it."""
    after = event.successor
    return str(after) if after and after.slug in read.family else "another agreement"


def _changes(event: AgreementEvent, names: Mapping[str, Choice]) -> str:
    found = changes_of(event.terms_before, event.terms_after, names, ARRANGEMENTS)
    return "; ".join(f"{each.what}: {each.before} → {each.after}" for each in found) or "nothing"


def _variation_row(variation: Variation) -> Row:
    return build_row(
        [
            variation.varied_in_words or (variation.varied.label if variation.varied else None),
            "Varied, as a document says",
            variation.change,
            variation.reason or None,
            None,
            place_of(variation.citation),
        ]
    )


def _took_over_row(event: AgreementEvent) -> Row:
    address = reverse("agreement", args=[event.agreement.slug])
    return build_row(
        [
            british_date(event.effective),
            Cell(f"Took the place of {event.agreement}", url=address),
            "nothing of this agreement",
            event.reason or None,
            british_date(event.deed_date) if event.deed_date else None,
            Cell(event.actor_name, note=str(british_date(event.at))),
        ]
    )


def _day(variation: Variation) -> date:
    """The last day that a variation can be of; the first of all where it is not stated."""
    return variation.varied.last_day if variation.varied else date.min


def _take_back(read: AgreementRead) -> tuple[Link, ...]:
    """The way to take back the latest event that stands, for who may change the agreement."""
    standing = [each for each in read.events if getattr(each, "withdrawn_by", None) is None]
    if not read.may_edit or not standing:
        return ()
    latest = standing[0]
    words = (
        f"Take back the latest event: {latest.get_action_display().lower()} from "
        f"{british_date(latest.effective)}"
    )
    return (Link(words, reverse("agreement-event-withdraw", args=[read.row.slug, latest.pk])),)


def event_links(read: AgreementRead) -> tuple[Link, ...]:
    """What who may change the agreement can do to its terms."""
    pages = {"vary": "Vary", "extend": "Extend", "end": "End", "supersede": "Supersede"}
    return tuple(
        Link(words, reverse(f"agreement-{page}", args=[read.row.slug]))
        for page, words in (pages if read.may_edit else {}).items()
    )


def place_of(citation: Citation | None) -> str:
    """Where a row stands in its document; that it was entered here, without one."""
    return citation.place if citation else ENTERED_HERE
