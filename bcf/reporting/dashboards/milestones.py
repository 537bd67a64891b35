"""Milestones on a line of time: late ones first, then those to come, then those done."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from bcf.assurance.checks.naming import counted
from bcf.assurance.checks.record import MilestoneRow
from bcf.assurance.checks.risks import due_words, late_after
from bcf.base.words import date_in_words
from bcf.charts import Event, Stage, TimelineChart
from bcf.reporting.dashboards.panels import Link, Panel, Question
from bcf.reporting.workings import list_address
from bcf.ui.tables import Cell, Column, Row, Table, build_row, build_table

# More rows than these are no picture: the table has all of them.
MOST_EVENTS = 15
# So many that come next are on paper, where the picture has no room for them.
NEXT_ON_PAPER = 3
ORDER = (Stage.LATE, Stage.COMING, Stage.DONE, Stage.UNKNOWN)
TAGS = {
    Stage.LATE: ("Late", "red"),
    Stage.COMING: ("To come", "blue"),
    Stage.DONE: ("Done", "green"),
    Stage.UNKNOWN: ("No date", "grey"),
}


@dataclass(frozen=True)
class Placed:
    """A milestone with how it stands, and the last day on which it is not late, where known."""

    row: MilestoneRow
    stage: Stage
    until: date | None


def placed(rows: Iterable[MilestoneRow], today: date) -> tuple[Placed, ...]:
    """Milestones by how they stand on a day: late ones first, and each kind the earliest first."""
    found = [Placed(row, _stage(row, today), late_after(row)) for row in rows]
    return tuple(sorted(found, key=lambda each: (ORDER.index(each.stage), each.until or date.max)))


def _stage(row: MilestoneRow, today: date) -> Stage:
    if row.done_on:
        return Stage.DONE
    until = late_after(row)
    if until is None:
        return Stage.UNKNOWN
    return Stage.LATE if until < today else Stage.COMING


def number_late(milestones: Iterable[Placed]) -> int:
    """How many were due before the day and are not entered as done."""
    return sum(1 for each in milestones if each.stage is Stage.LATE)


def milestones_question(milestones: Sequence[Placed], plan: str, today: date) -> Question:
    """What is late, and what is still to come, in the plan of this slug."""
    every = Link("All milestones of the plan", reverse("plan-milestones", args=[plan]))
    panel = Panel(
        "milestones",
        sentences=_left_out(milestones),
        chart=_chart(milestones, today),
        table=_table(milestones, today),
        pressing=tuple(_row(each, today) for each in _next(milestones)),
    )
    return Question(
        "late",
        "What is late?",
        _sentences(milestones, today),
        (panel,) if milestones else (),
        (every,),
    )


def _next(milestones: Sequence[Placed]) -> list[Placed]:
    """Those that come next and are not in the picture, which has the late ones first."""
    left = [
        each for each in milestones if each.stage is Stage.COMING and each not in _drawn(milestones)
    ]
    return left[:NEXT_ON_PAPER]


def _sentences(milestones: Sequence[Placed], today: date) -> tuple[str, ...]:
    if not milestones:
        return ("No milestone is entered for this plan.",)
    day, late = date_in_words(today), number_late(milestones)
    number = counted(len(milestones), "milestone")
    if late:
        was, are = ("was", "is") if late == 1 else ("were", "are")
        said = f"Of {number}, {late} {was} due before {day} and {are} not entered as done."
    else:
        said = f"Of {number}, none is known to be late on {day}."
    unknown = sum(1 for each in milestones if each.stage is Stage.UNKNOWN)
    return (said, *([_unknown(unknown)] if unknown else []))


def _unknown(number: int) -> str:
    has, it = ("has", "it is") if number == 1 else ("have", "they are")
    return f"{number} {has} neither a date nor a year: whether {it} late cannot be told."


# -- the line of time ----------------------------------------------------------------------


def _dated(milestones: Iterable[Placed]) -> list[Placed]:
    return [each for each in milestones if each.stage is not Stage.UNKNOWN]


def _left_out(milestones: Iterable[Placed]) -> tuple[str, ...]:
    """That the picture has no room for all of them; nothing where it has."""
    dated = len(_dated(milestones))
    if dated <= MOST_EVENTS:
        return ()
    return (f"The picture has the first {MOST_EVENTS} of {dated}, late ones before others.",)


def _chart(milestones: Iterable[Placed], today: date) -> TimelineChart | None:
    """The milestones that have a day, as far as a picture holds them; None without any."""
    shown = _drawn(milestones)
    if not shown:
        return None
    left_out = _left_out(milestones)
    return TimelineChart(
        "milestones",
        "Milestones on a line of time",
        " ".join(("When each is due, and which of them are done.", *left_out)),
        tuple(map(_event, shown)),
        today,
        ((Stage.LATE, "due, and not entered as done"),),
    )


def _drawn(milestones: Iterable[Placed]) -> list[Placed]:
    return _dated(milestones)[:MOST_EVENTS]


def _event(each: Placed) -> Event:
    row = each.row
    starts = row.starts.first_day if row.starts else None
    ends = row.done_on or each.until
    # What a plan prints in the wrong order is drawn at its end alone; a check tells of it.
    is_in_order = starts is not None and ends is not None and starts <= ends
    return Event(row.name, starts if is_in_order else None, ends, _when(each), each.stage)


def _when(each: Placed) -> str:
    done = each.row.done_on
    return f"done on {date_in_words(done)}" if done else due_words(each.row)


# -- the table -----------------------------------------------------------------------------


def _table(milestones: Iterable[Placed], today: date) -> Table:
    return build_table(
        "milestones",
        "Milestones, late ones first",
        [
            Column("Milestone", is_row_header=True),
            Column("Standing"),
            Column("Due"),
            Column("Late by"),
        ],
        [_row(each, today) for each in milestones],
    )


def _row(each: Placed, today: date) -> Row:
    words, colour = TAGS[each.stage]
    done = each.row.done_on
    late = time_between(each.until, today) if each.stage is Stage.LATE and each.until else ""
    return build_row(
        [
            Cell(each.row.name, url=list_address(each.row.row)),
            Cell(words, tag_colour=colour, note=date_in_words(done) if done else ""),
            _due(each.row),
            late,
        ]
    )


def _due(row: MilestoneRow) -> Cell:
    """The day as far as it is known, with the plan's own words where these say more."""
    if late_after(row) is None:
        return Cell(row.when_in_words or None)
    return Cell(due_words(row))


def time_between(day: date, today: date) -> str:
    """How long ago a day was, in whole years, months or days: `8 years 2 months`."""
    months = (today.year - day.year) * 12 + today.month - day.month - (today.day < day.day)
    years, rest = divmod(months, 12)
    if months < 1:
        return counted((today - day).days, "day")
    parts = ((years, "year"), (rest, "month"))
    return " ".join(counted(number, word) for number, word in parts if number)
