"""Events on a line of time, the earliest first: where each starts and ends, and how it stands.

How an event stands is told by a shape and in words, so that nothing depends on colour.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cached_property, partial

from bcf.charts.calendar_axis import CalendarAxis, calendar_axis_for
from bcf.charts.drawing import (
    BOLD,
    BOLD_LETTER,
    EDGE,
    INK,
    LETTER,
    LINE,
    PALE,
    WIDTH,
    box,
    frame,
    lines_down,
    lines_of,
    marker,
    path,
    rule,
    text,
)
from bcf.charts.key import Entry, key_of

OPEN_ENDED, END_NOT_STATED = "open-ended", "end not stated"
# Where there is less than this to the side of the names, they stand over the bars.
_LEAST_ROOM = 240
_NAMES, _WHEN, _BESIDE = 224, 164, 12
_TICK_WIDE, _EDGE_ROOM = 42, 22
_BAR, _BETWEEN, _AXIS, _TODAY = 7, 10, 34, 18
_ARROW, _STUB = 7, 21
_NAME_LINES, _WHEN_LINES = 3, 3
_MANY_ROWS = 12
_GREY = "#5a5a5a"


class Stage(StrEnum):
    """How an event stands; its value is what the picture says of it unless told otherwise."""

    DONE = "done"
    LATE = "late"
    COMING = "coming"
    UNKNOWN = "not known whether done"


# The mark, its edge and fill, and the fill and dash of the bar before it.
_LOOKS = {
    Stage.DONE: ("circle", EDGE, EDGE, "#8fb3bc"),
    Stage.LATE: ("diamond", "#a8071a", "#a8071a", "#f3c9c5"),
    Stage.COMING: ("square", EDGE, "#ffffff", "#ffffff"),
    Stage.UNKNOWN: ("wedge", _GREY, "#ffffff", "#f1f3f4"),
}


@dataclass(frozen=True)
class Event:
    """Something with a last day and perhaps a first one.

    Without a last day it is open-ended, or where `is_open_ended` is false its end is not stated.
    `when` says the days in words, as they are known: a day that is known by its month alone is
    drawn somewhere in it.
    """

    label: str
    starts: date | None
    ends: date | None
    when: str
    stage: Stage
    is_open_ended: bool = True

    @property
    def end_in_words(self) -> str:
        """What is said of an end that is no day; nothing of an event that has no day at all."""
        if self.ends is None and self.is_open_ended:
            return OPEN_ENDED
        return END_NOT_STATED if self.starts and self.ends is None else ""

    @property
    def days(self) -> list[date]:
        """The days that are stated, in their order."""
        return sorted(day for day in (self.starts, self.ends) if day)


@dataclass(frozen=True)
class TimelineChart:
    """Events in rows. `key` is a slug, unique on its page.

    `today` is drawn if it is among the days of the events, or always where `shows_today`.

    `names` says what stages are called where their own words would not do, and `today_called` what
    stands before its date, where one looks at events as they stood on another day.
    """

    key: str
    title: str
    description: str
    events: tuple[Event, ...]
    today: date | None = None
    names: tuple[tuple[Stage, str], ...] = ()
    today_called: str = "Today,"
    shows_today: bool = False

    def name_of(self, stage: Stage) -> str:
        """What a stage is called."""
        return dict(self.names).get(stage, stage.value)

    def said_of(self, event: Event) -> str:
        """When an event is, and how it stands: `31 March 2015, late`."""
        name = self.name_of(event.stage)
        end = "" if event.end_in_words in event.when.lower() else event.end_in_words
        return ", ".join(filter(None, (event.when, end, name)))

    @property
    def in_order(self) -> list[Event]:
        """The events, the earliest first, and what has no day at all last."""
        return sorted(self.events, key=lambda event: event.days or [date.max])


def timeline_chart_svg(chart: TimelineChart, width: int = WIDTH) -> str:
    """The chart as an `svg` element with a title and a description."""
    sheet = _Sheet(chart, width)
    drawn, top = [], sheet.head + _BETWEEN
    for event in chart.in_order:
        drawn.append(_row(sheet, event, top))
        top += sheet.height(event)
    is_long = len(chart.events) > _MANY_ROWS
    grid = _grid(sheet, top, is_long) if sheet.axis else ""
    entries = [_entry(chart, stage) for stage in Stage if _occurs(chart, stage)]
    key, bottom = key_of(entries, top + (_AXIS if is_long else 4), width)
    return frame(chart, _in_words(chart), (width, bottom + 4), "".join([grid, *drawn, key]))


def _in_words(chart: TimelineChart) -> str:
    """The events as sentences, the earliest first."""
    said = [f"{event.label}: {chart.said_of(event)}" for event in chart.in_order]
    return f"{'. '.join(said)}." if said else "There are no events."


def _occurs(chart: TimelineChart, stage: Stage) -> bool:
    return any(event.stage is stage and event.ends for event in chart.events)


@dataclass(frozen=True)
class _Sheet:
    """How the width is shared between names, bars and words, and where a day stands."""

    chart: TimelineChart
    width: int

    @property
    def is_beside(self) -> bool:
        """Whether names stand beside the bars, not over them."""
        return self.width - _NAMES - _WHEN >= _LEAST_ROOM

    @property
    def left(self) -> float:
        return (_NAMES if self.is_beside else 0) + _EDGE_ROOM

    @property
    def right(self) -> float:
        return self.width - (_WHEN if self.is_beside else 0) - _EDGE_ROOM

    @cached_property
    def axis(self) -> CalendarAxis | None:
        """The axis around the days of the events; None where none has a day."""
        days = [day for event in self.chart.events for day in event.days]
        if days and self.chart.shows_today and self.chart.today:
            days.append(self.chart.today)
        return calendar_axis_for(days, (self.right - self.left) / _TICK_WIDE) if days else None

    @property
    def today(self) -> date | None:
        """Today, if it is in sight."""
        today = self.chart.today
        return today if today and self.axis and self.axis.holds(today) else None

    @property
    def head(self) -> float:
        """Where the lines down from the dates begin."""
        return _AXIS + (_TODAY if self.today else 0)

    def x(self, day: date) -> float:
        share = self.axis.share(day) if self.axis else 0
        return self.left + share * (self.right - self.left)

    def names(self, event: Event) -> list[str]:
        """The name of an event on its lines, with its days under it where there is no side."""
        room = _NAMES - _BESIDE if self.is_beside else self.width
        name = lines_of(event.label, int(room / LETTER), _NAME_LINES)
        return name if self.is_beside else [*name, *self.said(event)]

    def said(self, event: Event) -> list[str]:
        """When an event is and how it stands, on its lines."""
        room = _WHEN if self.is_beside else self.width
        return lines_of(self.chart.said_of(event), int(room / LETTER), _WHEN_LINES)

    def height(self, event: Event) -> float:
        names = len(self.names(event))
        lines = max(names, len(self.said(event))) if self.is_beside else names + 1
        return LINE * lines + _BETWEEN

    def lines_down(self, top: float, bottom: float) -> str:
        """A line down from each date of the axis, and from today."""
        days = self.axis.ticks if self.axis else ()
        drawn = [rule((self.x(day), top), (self.x(day), bottom), PALE) for day in days]
        if self.today:
            x = self.x(self.today)
            drawn.append(
                rule((x, top), (x, bottom), INK, 'stroke-width="1.5" stroke-dasharray="5 3"')
            )
        return "".join(drawn)


def _grid(sheet: _Sheet, bottom: float, is_long: bool) -> str:
    """The dates, again at the foot where rows are many, and today; lines that cross no words."""
    drawn = [_dates(sheet, sheet.head - LINE - 6)]
    if is_long:
        drawn.append(_dates(sheet, bottom + 12))
    if sheet.is_beside:
        drawn.append(sheet.lines_down(sheet.head, bottom))
    if sheet.today:
        drawn.append(_today(sheet, sheet.today))
    return "".join(drawn)


def _dates(sheet: _Sheet, y: float) -> str:
    return "".join(
        lines_down(sheet.x(day), y, [f"{day:%b}", f"{day:%Y}"], 'text-anchor="middle"')
        for day in (sheet.axis.ticks if sheet.axis else ())
    )


def _today(sheet: _Sheet, day: date) -> str:
    words = f"{sheet.chart.today_called} {day.day} {day:%B %Y}"
    half = len(words) * BOLD_LETTER / 2
    middle = min(max(sheet.x(day), half), sheet.width - half)
    return text(middle, 12, words, f'{BOLD} text-anchor="middle"')


def _row(sheet: _Sheet, event: Event, top: float) -> str:
    names = sheet.names(event)
    drawn = [lines_down(0, top + 11, names)]
    if sheet.is_beside:
        middle = top + 7
        drawn.append(lines_down(sheet.width - _WHEN, top + 11, sheet.said(event)))
    else:
        middle = top + LINE * len(names) + 9
        drawn.append(sheet.lines_down(middle - _BAR, middle + _BAR))
    return "".join([*drawn, _bar(sheet, event, middle) if sheet.axis else ""])


def _bar(sheet: _Sheet, event: Event, middle: float) -> str:
    shape, stroke, fill, ground = _LOOKS[event.stage]
    places = [sheet.x(day) for day in event.days]
    if event.ends is None and event.is_open_ended:
        return _arrow(places, sheet.right, middle, ground)
    if event.ends is None:
        return "".join(_dashes(start, start + _STUB, middle) for start in places)
    start, end = places[0], places[-1]
    return _ground(start, end, middle, ground) + marker(shape, end, middle, stroke, fill)


def _ground(start: float, end: float, middle: float, fill: str) -> str:
    return box(start, middle - _BAR / 2, (end - start, _BAR), fill) if end > start else ""


def _dashes(start: float, end: float, middle: float) -> str:
    """What goes on from or to a day that is not stated."""
    return path([(start, middle), (end, middle)], EDGE, 2, "4 3")


def _arrow(starts: Sequence[float], right: float, middle: float, fill: str) -> str:
    """A bar that goes on past the right edge; dashed and short where its start is not stated."""
    bar = (
        _ground(starts[0], right, middle, fill) if starts else _dashes(right - _STUB, right, middle)
    )
    head = [(right, middle - _ARROW), (right + _ARROW, middle), (right, middle + _ARROW)]
    return bar + path(head, EDGE, 2, "")


def _entry(chart: TimelineChart, stage: Stage) -> Entry:
    return Entry(chart.name_of(stage).capitalize(), partial(_sample, stage), 17)


def _sample(stage: Stage, x: float, middle: float) -> str:
    shape, stroke, fill, _ = _LOOKS[stage]
    return marker(shape, x + 7, middle, stroke, fill)
