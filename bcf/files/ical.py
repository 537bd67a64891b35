"""Calendars that programs subscribe to, as RFC 5545 writes them: days, each with reminders."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from icalendar import Alarm, Calendar, Event, vText

MEDIA_TYPE = "text/calendar; charset=utf-8"
PRODUCT = "-//Better Care Fund plans//Agreements//EN"
# How often a program is asked to look for changes.
REFRESHED_EVERY = timedelta(hours=12)
# What no text of a calendar may hold; ends of lines are escaped.
_CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")


@dataclass(frozen=True)
class MarkedDay:
    """A whole day of a calendar, which takes nobody's time.

    `name` tells it from all others and never changes. `changed` is when it last changed and
    `version` how often. `reminders` are days before it.
    """

    name: str
    day: date
    title: str
    words: str
    address: str
    changed: datetime
    version: int
    reminders: tuple[int, ...] = ()


def write_calendar(title: str, days: Iterable[MarkedDay]) -> bytes:
    """The calendar as a file: the same days make the same bytes."""
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    for name in ("name", "x-wr-calname"):
        calendar.add(name, _text(title))
    every = f"PT{REFRESHED_EVERY // timedelta(hours=1)}H"
    calendar.add("refresh-interval", REFRESHED_EVERY, parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", every)
    for each in days:
        calendar.add_component(_event(each))
    return calendar.to_ical()


def _event(each: MarkedDay) -> Event:
    event = Event()
    event.add("uid", each.name)
    event.add("dtstamp", each.changed.astimezone(UTC))
    event.add("last-modified", each.changed.astimezone(UTC))
    event.add("sequence", each.version)
    event.add("dtstart", each.day)
    event.add("summary", _text(each.title))
    event.add("description", _text(each.words))
    event.add("url", each.address)
    event.add("transp", "TRANSPARENT")
    for before in each.reminders:
        event.add_component(_alarm(each, before))
    return event


def _alarm(each: MarkedDay, before: int) -> Alarm:
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("trigger", timedelta(days=-before))
    alarm.add("description", _text(f"In {before} days: {each.title}"))
    return alarm


def _text(words: str) -> vText:
    return vText(_CONTROLS.sub("", words.replace("\r\n", "\n").replace("\r", "\n")))
