"""A calendar is what RFC 5545 asks: its lines, its texts, its days and its reminders."""

from dataclasses import replace
from datetime import date, datetime, timedelta, timezone

from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar

from bcf.files.ical import MarkedDay, write_calendar

DAY = MarkedDay(
    name="s75-end@better-care-fund-agreements",
    day=date(2021, 3, 31),
    title="Ends: Community equipment, beds; and more \\ less",
    words="As entered: March 2021.\nBarnet",
    address="https://bcf.example.org/agreements/s75/",
    changed=datetime(2020, 7, 1, 10, 30, tzinfo=timezone(timedelta(hours=1))),
    version=3,
    reminders=(90, 30),
)
texts = st.text(max_size=200)


def lines(*days: MarkedDay, title: str = "Agreements") -> list[str]:
    written = write_calendar(title, days).decode()
    assert written.endswith("\r\n")
    assert "\n" not in written.replace("\r\n", "")
    return written.removesuffix("\r\n").split("\r\n")


def test_a_day_as_it_is_written() -> None:
    written = lines(DAY, title="Agreements: A, B")
    assert written[:4] == [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Better Care Fund plans//Agreements//EN",
        "METHOD:PUBLISH",
    ]
    assert {
        "X-WR-CALNAME:Agreements: A\\, B",
        "REFRESH-INTERVAL;VALUE=DURATION:PT12H",
        "X-PUBLISHED-TTL:PT12H",
        "UID:s75-end@better-care-fund-agreements",
        "DTSTAMP:20200701T093000Z",
        "SEQUENCE:3",
        "DTSTART;VALUE=DATE:20210331",
        "SUMMARY:Ends: Community equipment\\, beds\\; and more \\\\ less",
        "DESCRIPTION:As entered: March 2021.\\nBarnet",
        "URL:https://bcf.example.org/agreements/s75/",
        "TRANSP:TRANSPARENT",
    } < set(written)
    assert [line for line in written if line.startswith("TRIGGER")] == [
        "TRIGGER:-P90D",
        "TRIGGER:-P30D",
    ]
    assert written.count("BEGIN:VALARM") == written.count("ACTION:DISPLAY") == 2


def test_no_line_is_longer_than_75_octets_and_no_letter_is_cut() -> None:
    title = "Équipement – " * 40
    written = lines(replace(DAY, title=title))
    assert max(len(line.encode()) for line in written) <= 75
    [event] = Calendar.from_ical(write_calendar("x", [replace(DAY, title=title)])).walk("VEVENT")
    assert event["summary"] == title


def test_a_calendar_without_days_is_one() -> None:
    assert lines()[0] == "BEGIN:VCALENDAR"
    assert lines()[-1] == "END:VCALENDAR"


def test_the_same_days_make_the_same_bytes() -> None:
    assert write_calendar("x", [DAY]) == write_calendar("x", [DAY])
    assert write_calendar("x", [DAY]) != write_calendar("x", [replace(DAY, version=4)])


def test_the_last_day_of_all_is_a_day() -> None:
    assert "DTSTART;VALUE=DATE:99991231" in lines(replace(DAY, day=date.max))


@given(texts, texts)
def test_no_text_becomes_a_line_of_its_own(title: str, words: str) -> None:
    written = write_calendar("x", [replace(DAY, title=title, words=words, reminders=())])
    names = [each.partition(":")[0].partition(";")[0] for each in _unfolded(written)]
    plain = write_calendar("x", [replace(DAY, title="", words="", reminders=())])
    assert names == [each.partition(":")[0].partition(";")[0] for each in _unfolded(plain)]


def _unfolded(written: bytes) -> list[str]:
    return written.decode().replace("\r\n ", "").removesuffix("\r\n").split("\r\n")
