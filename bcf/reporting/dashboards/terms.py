"""Which agreements end, need notice or review within twelve months of today; which have ended."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from bcf.accounts.access import TokenScope
from bcf.assurance.checks.naming import counted
from bcf.assurance.checks.record import AgreementRow
from bcf.assurance.checks.terms import Term, term_of
from bcf.periods import PartialDate
from bcf.reporting.dashboards.panels import Link, Panel, Question
from bcf.ui.tables import Cell, Column, Row, Table, build_row, build_table
from bcf.ui.templatetags.ui import british_date
from plans.models import Board


@dataclass(frozen=True)
class Terms:
    """The sentence, and a table of the agreements to look at; None where there is none."""

    sentence: str
    table: Table | None


@dataclass(frozen=True)
class Placed:
    """An agreement with its term, and what there is to say of it, in words with a colour.

    `day` is the one by which something has to be done, or on which it happened.
    """

    row: AgreementRow
    term: Term
    state: str
    colour: str
    day: date

    @property
    def notice_by(self) -> date | None:
        """The last day for notice; None where it was given, or cannot be told."""
        return _notice_by(self.row, self.term)

    def reminder(self, today: date) -> str:
        """`Give notice by 30 September 2020`; nothing where there is no such day, or it ended."""
        if self.notice_by is None or self.state == ENDED[0]:
            return ""
        if self.notice_by < today:
            return f"Notice was to be given by {british_date(self.notice_by)}"
        return f"Give notice by {british_date(self.notice_by)}"


ENDED, ENDS, REVIEW, OVERDUE, NOTICE, NOTICE_DUE = (
    ("Ended", "grey"),
    ("Ends soon", "red"),
    ("Review due", "orange"),
    ("Review overdue", "red"),
    ("Notice given", "orange"),
    ("Notice due", "orange"),
)


def terms_question(found: Terms, boards: Sequence[Board] = ()) -> Question:
    """Which agreements end or need review; of one board, where all of them and their dates are."""
    panels = (Panel("agreements", table=found.table),) if found.table else ()
    heading = "Which agreements end or need review?"
    links = _links(boards[0]) if len(boards) == 1 else ()
    return Question("agreements", heading, (found.sentence,), panels, links)


def _links(board: Board) -> tuple[Link, ...]:
    return (
        Link("All agreements of this board", f"{reverse('agreements')}?board={board.slug}"),
        Link(
            "These dates as a calendar file",
            reverse("board-agreements-calendar", args=[board.slug]),
        ),
        Link("Subscribe to these dates", f"{reverse('tokens')}?scope={TokenScope.CALENDAR}"),
    )


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
    return Terms(
        _sentence(every, terms, coming, len(ended)), _table(shown, today) if shown else None
    )


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
    notice_by = _notice_by(each, term)
    if notice_by is not None and notice_by < today:
        notice_by = None
    if term.ends and term.ends.first_day <= until:
        return Placed(each, term, *ENDS, notice_by or term.ends.last_day)
    if notice_by and notice_by <= until:
        return Placed(each, term, *NOTICE_DUE, notice_by)
    if each.notice and each.notice.first_day <= until:
        return Placed(each, term, *NOTICE, each.notice.last_day)
    if each.review and each.review.first_day <= until:
        state = OVERDUE if each.review.last_day < today else REVIEW
        return Placed(each, term, *state, each.review.last_day)
    return None


def _notice_by(each: AgreementRow, term: Term) -> date | None:
    return None if each.notice else term.notice_by


def _sentence(
    every: Sequence[AgreementRow], terms: Mapping[str, Term], coming: Sequence[Placed], ended: int
) -> str:
    ends, late, reviews, given, due = (
        sum(1 for each in coming if each.state == state)
        for state, _ in (ENDS, OVERDUE, REVIEW, NOTICE, NOTICE_DUE)
    )
    unknown = sum(1 for each in every if not terms[each.ref].is_end_known)
    parts = [
        f"Of {counted(len(every), 'agreement')}, {_number(ends, 'ends', 'end')} within twelve "
        f"months, {_number(reviews, 'needs', 'need')} review by then, and "
        f"{_number(ended, 'has', 'have', 'have')} ended.",
    ]
    if late:
        parts.append(f"{counted(late, 'review')} {'is' if late == 1 else 'are'} overdue.")
    if due:
        later = "that ends later" if due == 1 else "that end later"
        parts.append(f"Notice is due within twelve months for {due} {later}.")
    if given:
        parts.append(f"Notice is given for {given}.")
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


def _table(shown: Sequence[Placed], today: date) -> Table:
    return build_table(
        "agreement-terms",
        "Agreements to look at",
        [
            Column("Agreement", is_row_header=True),
            Column("What"),
            Column("End"),
            Column("Notice by"),
            Column("Review due"),
        ],
        [_row(each, today) for each in shown],
    )


def _row(each: Placed, today: date) -> Row:
    row = each.row
    return build_row(
        [
            Cell(row.name, url=reverse("agreement", args=[row.ref])),
            Cell(each.state, tag_colour=each.colour, note=each.reminder(today)),
            "no end" if each.term.is_open_ended else _label(each.term.ends),
            _notice_words(each),
            _label(each.row.review),
        ]
    )


def _notice_words(each: Placed) -> str | None:
    if each.row.notice:
        return f"given {each.row.notice.label}"
    if each.notice_by:
        return british_date(each.notice_by)
    months = each.term.notice_months
    return f"{counted(months, 'month')} before it ends" if months else None


def _label(day: PartialDate | None) -> str | None:
    return day.label if day else None
