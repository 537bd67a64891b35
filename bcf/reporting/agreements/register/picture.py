"""What ends when, on a line of time."""

from collections.abc import Sequence
from datetime import date

from bcf.assurance.agreements.positions import State
from bcf.assurance.agreements.register import Line
from bcf.base.words import date_in_words
from bcf.charts import Event, Stage, TimelineChart
from bcf.reporting.agreements.register.words import term_of
from bcf.ui.tables import NOT_STATED

STAGES = {
    State.IN_FORCE: Stage.COMING,
    State.ENDING: Stage.LATE,
    State.ENDED: Stage.DONE,
    State.NOT_KNOWN: Stage.UNKNOWN,
}
NAMES = (
    (Stage.COMING, "in force"),
    (Stage.LATE, "ends within 12 months"),
    (Stage.DONE, "ended"),
    (Stage.UNKNOWN, "not known whether in force"),
)


def timeline(lines: Sequence[Line], day: date, today: date) -> TimelineChart:
    """The term of each agreement, and a line at the day on which one looks."""
    return TimelineChart(
        key="agreements-timeline",
        title="When agreements start and end",
        description=f"Terms of agreements as they stood on {date_in_words(day)}.",
        events=tuple(map(_event, lines)),
        today=day,
        names=NAMES,
        today_called="Today," if day == today else "As at",
        shows_today=True,
    )


def _event(line: Line) -> Event:
    term = line.position.term
    starts = term.starts.label if term.starts else "start not stated"
    return Event(
        label=line.agreement.title,
        starts=term.starts.first_day if term.starts else None,
        ends=term.ends.last_day if term.ends else None,
        when=starts if term.is_open_ended else term_of(line.position) or NOT_STATED,
        stage=STAGES[line.position.state],
        is_open_ended=term.is_open_ended,
    )
