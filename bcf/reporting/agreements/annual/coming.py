"""Across all agreements of an annual report: achievements, risks, and what comes within a year."""

from collections.abc import Iterator

from bcf.assurance.agreements.accounts import account_of
from bcf.assurance.agreements.sums import ending_within
from bcf.assurance.agreements.values import Agreement
from bcf.assurance.agreements.year_end import later_events
from bcf.assurance.checks.naming import counted, joined, quoted
from bcf.base.words import date_in_words
from bcf.money import format_pounds
from bcf.periods import PartialDate
from bcf.reporting.agreements.annual.agreements import in_order, told_event
from bcf.reporting.agreements.annual.money import GROUPS, pools, sources_of
from bcf.reporting.agreements.annual.reading import AnnualReading
from bcf.reporting.documents.model import Block, Points, Tabled, Words
from bcf.reporting.documents.tables import tabled
from bcf.ui.tables import Cell, build_table
from governance.choices import AgreementKind, NoteKind

ALL_AGREEMENTS = "All agreements"


def ordered(reading: AnnualReading) -> list[Agreement]:
    """Every agreement of the report in its order."""
    return [
        each for group in GROUPS for each in in_order(reading.agreements.of_client_group(group))
    ]


def overview(reading: AnnualReading) -> list[Block]:
    """How many agreements there are, what they pool, what was over- or underspent, what ends."""
    return [Words(words) for words in _overview(reading)]


def _overview(reading: AnnualReading) -> Iterator[str]:
    agreements, year = reading.agreements, reading.year
    kinds = [
        counted(number, one, many)
        for kind, one, many in (
            (AgreementKind.OVERARCHING, "overarching agreement", ""),
            (AgreementKind.SCHEDULE, "schedule", ""),
            (
                AgreementKind.STANDALONE,
                "agreement that stands alone",
                "agreements that stand alone",
            ),
            (AgreementKind.OTHER, "other agreement", ""),
        )
        if (number := sum(each.kind == kind for each in agreements.rows))
    ]
    yield (
        f"This is the report on the section 75 agreements of {reading.area} in {year.label}, on "
        f"their terms of {date_in_words(year.ends_on)}: {joined(kinds)}."
    )
    yield from _pooled(reading)
    for each in agreements.rows:
        result = account_of(each, year).result
        if result and result.value:
            left = "deficit" if result.value < 0 else "surplus"
            amount = format_pounds(abs(result.rounded(2)))
            yield f"{quoted(each.title)} ended {year.label} with a {left} of {amount}."
    ending = ending_within(agreements, year.next().starts_on)
    if ending:
        yield (
            f"Within a year after, {counted(len(ending), 'agreement')} "
            f"{'ends' if len(ending) == 1 else 'end'}: "
            f"{joined(quoted(each.title) for each in ending)}."
        )
    if reading.apart:
        yield (
            f"Left out, for they belong to plans of other years and state neither their end nor "
            f"anything of {year.label}: {joined(quoted(each.title) for each in reading.apart)}."
        )


def _pooled(reading: AnnualReading) -> Iterator[str]:
    year = reading.year
    whole = pools(reading.own, year)
    parts = [
        f"{figure.words} for {label}"
        for group, label in GROUPS.items()
        if (figure := pools(reading.own.of_client_group(group), year))
    ]
    if whole is None:
        yield f"No pooled fund of {year.label} is stated."
    else:
        split = f": {joined(parts)}" if len(parts) > 1 else ""
        yield f"The pooled funds of {year.label} come to {whole.words}{split}."
    joint = pools(reading.joint, year)
    if joint:
        yield (
            f"Apart from these, {joint.words} is pooled together with other boards, and is no one "
            "board’s."
        )


def achievements(reading: AnnualReading) -> list[Block]:
    """What the report is about, and the first highlight of each agreement."""
    year = reading.year
    found = [note.text for note in reading.notes if note.kind == NoteKind.HIGHLIGHT]
    for each in ordered(reading):
        of_it = [note.text for note in each.notes if note.kind == NoteKind.HIGHLIGHT]
        found += of_it[:1]
    scope = (
        f"This report goes through the agreements and schedules that ran in {year.label}, with "
        "what each is for, what came of it, and its money."
    )
    if not found:
        return [Words(scope), Words("No highlight is entered.")]
    return [Words(scope), Points("Main achievements across the agreements", tuple(found))]


def risks(reading: AnnualReading) -> list[Block]:
    """The risks of each agreement beside what is done about them."""
    rows = [
        (name, risk, action)
        for name, risk, action in [
            *((reading.named(each), *_sides(each)) for each in ordered(reading)),
            (Cell(ALL_AGREEMENTS), *_board_sides(reading)),
        ]
        if risk or action
    ]
    table = build_table(
        "agreement-risks",
        "Risks, and what is done about them",
        ["Agreement", "Risk", "What is done about it"],
        [(name, risk or None, action or None) for name, risk, action in rows],
        notes=sources_of(each for each in ordered(reading) if any(_sides(each))),
        empty="No risk of an agreement is entered.",
    )
    return [tabled(table)]


def _sides(agreement: Agreement) -> tuple[str, str]:
    return (
        " ".join(each.text for each in agreement.notes if each.kind == NoteKind.RISK),
        " ".join(each.text for each in agreement.notes if each.kind == NoteKind.MITIGATION),
    )


def _board_sides(reading: AnnualReading) -> tuple[str, str]:
    return (
        " ".join(each.text for each in reading.notes if each.kind == NoteKind.RISK),
        " ".join(each.text for each in reading.notes if each.kind == NoteKind.MITIGATION),
    )


def coming(reading: AnnualReading) -> list[Block]:
    """What ends, changes or needs review within a year after, and what is intended for all."""
    intended = tuple(note.text for note in reading.notes if note.kind == NoteKind.INTENTION)
    points: list[Block] = [Points("", intended)] if intended else []
    return [*points, _coming_table(reading)]


def _coming_table(reading: AnnualReading) -> Tabled:
    rows = sorted(_coming(reading), key=lambda row: row[0])
    label = reading.year.next().label
    return tabled(
        build_table(
            "coming",
            f"What comes within a year: {label}",
            ["Agreement", "When", "What"],
            [(name, when, what) for _, name, when, what in rows],
            empty=f"Nothing is entered that ends, changes or needs review in {label}.",
        )
    )


def _coming(reading: AnnualReading) -> Iterator[tuple[str, Cell, str, str]]:
    """The day to sort by, the agreement, when, and what."""
    ending = ending_within(reading.agreements, reading.year.next().starts_on)
    for each in ordered(reading):
        if each in ending and each.ends:
            yield (str(each.ends.last_day), reading.named(each), each.ends.label, "It ends.")
        for what, day in (("Review is due.", each.review), ("Notice is given.", each.notice)):
            if day and _is_next(reading, day):
                yield (str(day.last_day), reading.named(each), day.label, what)
        for event in later_events(each, reading.year):
            when = date_in_words(event.effective)
            yield (str(event.effective), reading.named(each), when, told_event(reading, event))


def _is_next(reading: AnnualReading, day: PartialDate) -> bool:
    year = reading.year.next()
    return year.starts_on <= day.last_day <= year.ends_on
