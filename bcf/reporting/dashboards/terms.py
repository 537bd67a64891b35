"""Which agreements end or need review within twelve months of today, and which have ended."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from bcf.assurance.checks.naming import counted
from bcf.assurance.checks.record import AgreementRow
from bcf.assurance.checks.terms import Term, term_of
from bcf.periods import PartialDate
from bcf.reporting.dashboards.panels import Panel, Question
from bcf.ui.tables import Cell, Column, Row, Table, build_row, build_table


@dataclass(frozen=True)
class Terms:
    """The sentence, and a table of the agreements to look at; None where there is none."""

    sentence: str
    table: Table | None


@dataclass(frozen=True)
class Placed:
    """An agreement with its term, and what there is to say of it, in words with a colour."""

    row: AgreementRow
    term: Term
    state: str
    colour: str
    day: date


ENDED, ENDS, REVIEW, OVERDUE, NOTICE = (
    ("Ended", "grey"),
    ("Ends soon", "red"),
    ("Review due", "orange"),
    ("Review overdue", "red"),
    ("Notice given", "orange"),
)


def terms_question(found: Terms) -> Question:
    """Which agreements end or need review."""
    panels = (Panel("agreements", table=found.table),) if found.table else ()
    return Question("agreements", "Which agreements end or need review?", (found.sentence,), panels)


def terms_of(agreements: Iterable[AgreementRow], today: date) -> Terms:
    """The agreements of a board by what has to be done about them, the most pressing first."""
    every = list(agreements)
    if not every:
        return Terms("No agreement is entered.", None)
    others = {each.ref: each for each in every}
    terms = {each.ref: term_of(each, others) for each in every}
    found = [placed for each in every if (placed := _placed(each, terms[each.ref], today))]
    ended = [each for each in found if each.state == ENDED[0]]
    coming = [each for each in found if each.state != ENDED[0]]
    shown = [*sorted(coming, key=_day), *sorted(ended, key=_day, reverse=True)]
    return Terms(_sentence(every, terms, coming, len(ended)), _table(shown) if shown else None)


def year_later(today: date) -> date:
    """The same day a year later; 28 February for the leap day."""
    is_leap_day = (today.month, today.day) == (2, 29)
    return date(today.year + 1, today.month, 28 if is_leap_day else today.day)


def _day(each: Placed) -> date:
    return each.day


def _placed(each: AgreementRow, term: Term, today: date) -> Placed | None:
    until = year_later(today)
    if term.ends and term.ends.last_day < today:
        return Placed(each, term, *ENDED, term.ends.last_day)
    if term.ends and term.ends.first_day <= until:
        return Placed(each, term, *ENDS, term.ends.last_day)
    if each.notice and each.notice.first_day <= until:
        return Placed(each, term, *NOTICE, each.notice.last_day)
    if each.review and each.review.first_day <= until:
        state = OVERDUE if each.review.last_day < today else REVIEW
        return Placed(each, term, *state, each.review.last_day)
    return None


def _sentence(
    every: Sequence[AgreementRow], terms: Mapping[str, Term], coming: Sequence[Placed], ended: int
) -> str:
    ends, late = (sum(1 for each in coming if each.state == state[0]) for state in (ENDS, OVERDUE))
    reviews = len(coming) - ends - late
    unknown = sum(1 for each in every if not terms[each.ref].is_end_known)
    parts = [
        f"Of {counted(len(every), 'agreement')}, {_number(ends, 'ends', 'end')} within twelve "
        f"months, {_number(reviews, 'needs', 'need')} review by then, and "
        f"{_number(ended, 'has', 'have', 'have')} ended.",
    ]
    if late:
        parts.append(f"{counted(late, 'review')} {'is' if late == 1 else 'are'} overdue.")
    if unknown:
        parts.append(
            f"For {unknown} no end is entered, so it cannot be told whether "
            f"{'it still runs' if unknown == 1 else 'they still run'}."
        )
    return " ".join(parts)


def _number(number: int, one: str, several: str, none: str = "") -> str:
    """`1 ends`, `2 end`, `none ends`."""
    verb = one if number == 1 else several if number else none or one
    return f"{number or 'none'} {verb}"


def _table(shown: Sequence[Placed]) -> Table:
    return build_table(
        "agreement-terms",
        "Agreements to look at",
        [
            Column("Agreement", is_row_header=True),
            Column("What"),
            Column("End"),
            Column("Review due"),
        ],
        [_row(each) for each in shown],
    )


def _row(each: Placed) -> Row:
    row = each.row
    return build_row(
        [
            Cell(row.name, url=reverse("agreement", args=[row.ref])),
            Cell(each.state, tag_colour=each.colour),
            "no end" if each.term.is_open_ended else _label(each.term.ends),
            _label(each.row.review),
        ]
    )


def _label(day: PartialDate | None) -> str | None:
    return day.label if day else None
