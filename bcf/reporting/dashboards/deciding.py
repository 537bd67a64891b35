"""What must be decided or signed: the next step of the plan, and signatures that are wanting."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from bcf.assurance.checks.finding import Finding, Severity
from bcf.assurance.checks.naming import counted
from bcf.assurance.checks.record import SignOffRow
from bcf.base.words import date_in_words
from bcf.reporting.dashboards.panels import Panel, Question
from bcf.ui.tables import Cell, Column, Row, Table, build_row, build_table
from governance.choices import SignOffRole
from plans.choices import PlanStatus

STEPS = {
    PlanStatus.DRAFT: "The plan is a draft: it has still to be submitted for assurance.",
    PlanStatus.SUBMITTED: "The plan is submitted and waits for the outcome of national assurance.",
    PlanStatus.APPROVED: "The plan is approved: nothing is to be decided about it as a whole.",
}
SIGNED, UNDATED, UNNAMED, UNRATIFIED, TO_RATIFY = (
    ("Signed", "green"),
    ("No date entered", "red"),
    ("No name entered", "red"),
    ("Not ratified", "red"),
    ("To be ratified", "orange"),
)


@dataclass(frozen=True)
class Deciding:
    """The sentences, what no row is entered for, and the signatures in a table.

    `wanting` signatures have no name, no date, or are not known to be ratified.
    """

    every: int
    wanting: int
    sentences: tuple[str, ...]
    absent: tuple[str, ...]
    table: Table


def deciding_question(found: Deciding) -> Question:
    """What must be decided or signed."""
    return Question(
        "sign",
        "What must be decided or signed?",
        found.sentences,
        (
            *([Panel("absent", points=found.absent)] if found.absent else []),
            Panel("sign-offs", table=found.table, is_open=True),
        ),
    )


def deciding_of(
    status: str, rows: Iterable[SignOffRow], findings: Iterable[Finding], today: date
) -> Deciding:
    """The signatures of a plan, what wants one first; `findings` are those of its checks."""
    every = list(rows)
    states = {row.ref: state_of(row, today) for row in every}
    absent = tuple(
        each.sentence
        for each in findings
        if each.code == "signoff.missing" and each.severity is Severity.ERROR and not each.rows
    )
    ordered = sorted(every, key=lambda row: states[row.ref] == SIGNED)
    return Deciding(
        every=len(every),
        wanting=sum(1 for state in states.values() if state != SIGNED),
        sentences=(*_step(status), *_sentences(every, states, len(absent))),
        absent=absent,
        table=_table(ordered, states),
    )


def state_of(row: SignOffRow, today: date) -> tuple[str, str]:
    """Whether it is signed, and ratified where it was given under delegation, with a colour."""
    if row.is_delegated:
        is_past = row.to_be_ratified_on is None or row.to_be_ratified_on < today
        return UNRATIFIED if is_past else TO_RATIFY
    if not row.name.strip():
        return UNNAMED
    return SIGNED if row.signed_on else UNDATED


def _step(status: str) -> Iterable[str]:
    if status in STEPS:
        yield STEPS[PlanStatus(status)]


def _sentences(
    every: Sequence[SignOffRow], states: Mapping[str, tuple[str, str]], absent: int
) -> Iterable[str]:
    if not every:
        yield "No signature is entered for this plan."
        return
    unsigned = sum(1 for state in states.values() if state in (UNDATED, UNNAMED))
    delegated = sum(1 for state in states.values() if state in (UNRATIFIED, TO_RATIFY))
    if not (unsigned or delegated or absent):
        named = "All" if len(every) > 1 else "The"
        are = "are" if len(every) > 1 else "is"
        yield f"{named} {counted(len(every), 'signature')} {are} entered with a name and a date."
    if unsigned:
        have = "has" if unsigned == 1 else "have"
        yield f"Of {counted(len(every), 'signature')}, {unsigned} {have} no name or no date."
    if delegated:
        was, it = ("was", "it has") if delegated == 1 else ("were", "they have")
        yield (
            f"{counted(delegated, 'signature')} {was} given under delegation: whether {it} been "
            "ratified since is not entered."
        )


def _table(rows: Sequence[SignOffRow], states: Mapping[str, tuple[str, str]]) -> Table:
    return build_table(
        "sign-offs",
        "Signatures, those that are wanting first",
        [
            Column("Who signs", is_row_header=True),
            Column("State"),
            Column("For"),
            Column("Role"),
            Column("Signed on"),
        ],
        [_row(row, states[row.ref]) for row in rows],
        empty="No signature is entered for this plan.",
    )


def _row(row: SignOffRow, state: tuple[str, str]) -> Row:
    day = row.to_be_ratified_on
    words, colour = state
    to_be = "was to be on" if state == UNRATIFIED else "on"
    ratify = f"{to_be} {date_in_words(day)}" if row.is_delegated and day else ""
    return build_row(
        [
            Cell(row.name or None, note=row.position),
            Cell(words, note=ratify, tag_colour=colour),
            row.body or None,
            SignOffRole(row.role).label,
            date_in_words(row.signed_on) if row.signed_on else None,
        ]
    )
