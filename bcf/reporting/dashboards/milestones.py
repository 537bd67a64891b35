"""Milestones that are late: due before today, and not entered as done."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from bcf.assurance.checks.naming import counted
from bcf.assurance.checks.record import MilestoneRow
from bcf.assurance.checks.risks import due_words, late_after
from bcf.base.words import date_in_words
from bcf.reporting.dashboards.panels import Link, Panel, Question
from bcf.reporting.workings import list_address
from bcf.ui.tables import Cell, Column, Table, build_table

MOST = 10


@dataclass(frozen=True)
class Late:
    """How many are late, the sentence, and a table of the earliest; None where none is."""

    number: int
    sentence: str
    table: Table | None


def milestones_question(found: Late, plan: str) -> Question:
    """What is late in the plan of this slug."""
    panels = (Panel("late-milestones", table=found.table),) if found.table else ()
    every = Link("All milestones of the plan", reverse("plan-milestones", args=[plan]))
    return Question("late", "What is late?", (found.sentence,), panels, (every,))


def late_milestones(rows: Iterable[MilestoneRow], today: date) -> Late:
    """What of these was due before `today`, the earliest first, at most ten."""
    every = list(rows)
    if not every:
        return Late(0, "No milestone is entered for this plan.", None)
    dated = [(day, row) for row in every if not row.done_on and (day := late_after(row))]
    late = sorted(((day, row) for day, row in dated if day < today), key=lambda pair: pair[0])
    unknown = sum(1 for row in every if not row.done_on and late_after(row) is None)
    return Late(
        len(late),
        " ".join([_sentence(len(every), len(late), today), *_unknown(unknown)]),
        _table(late, today) if late else None,
    )


def _sentence(every: int, late: int, today: date) -> str:
    day = date_in_words(today)
    if not late:
        return f"Of {counted(every, 'milestone')}, none is known to be late on {day}."
    was = "was" if late == 1 else "were"
    return (
        f"Of {counted(every, 'milestone')}, {late} {was} due before {day} and "
        f"{'is' if late == 1 else 'are'} not entered as done."
    )


def _unknown(number: int) -> Iterable[str]:
    if number:
        has, it = ("has", "it is") if number == 1 else ("have", "they are")
        yield f"{number} {has} neither a date nor a year: whether {it} late cannot be told."


def _table(late: Sequence[tuple[date, MilestoneRow]], today: date) -> Table:
    left = len(late) - MOST
    return build_table(
        "late-milestones",
        "Late milestones, the earliest first",
        [Column("Milestone", is_row_header=True), Column("Was due"), Column("Late by")],
        [
            [Cell(row.name, url=list_address(row.row)), due_words(row), time_between(day, today)]
            for day, row in late[:MOST]
        ],
        notes=[f"And {left} more that were due later than these."] if left > 0 else [],
    )


def time_between(day: date, today: date) -> str:
    """How long ago a day was, in whole years, months or days: `8 years 2 months`."""
    months = (today.year - day.year) * 12 + today.month - day.month - (today.day < day.day)
    years, rest = divmod(months, 12)
    if months < 1:
        return counted((today - day).days, "day")
    parts = ((years, "year"), (rest, "month"))
    return " ".join(counted(number, word) for number, word in parts if number)
