"""The annual report on a board's section 75 agreements as a document, in the order of its form."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace

from bcf.reporting.agreements.annual.agreements import agreement_sections
from bcf.reporting.agreements.annual.coming import achievements, coming, overview, risks
from bcf.reporting.agreements.annual.money import pooled_table
from bcf.reporting.agreements.annual.reading import AnnualReading
from bcf.reporting.agreements.paper import report_of
from bcf.reporting.documents.model import (
    Block,
    Document,
    Passage,
    Passages,
    Section,
    Words,
    numbered,
)
from bcf.reporting.documents.tables import tabled
from governance.report_forms import Section as FormSection

NOTHING = (
    "Nothing is stated of {year}. Enter the agreements that ran in it and their pooled funds, "
    "contributions or spend of the year; the report is then made of them."
)
UNDATED = (
    "Outcomes, highlights, risks and intentions are kept without a year: those that are entered "
    "now are shown."
)
# Where a reader may write a section, by its key.
Writing = Mapping[str, str]


def annual_report(reading: AnnualReading, day: str, writing: Writing | None = None) -> Document:
    """The report of a board and a year; its version is the same whoever may write in it."""
    sections = report_sections(reading, {})
    title = f"{reading.form.title} {reading.year.label}"
    slug = f"{reading.board.key}-section-75-{reading.year}"
    board, year = reading.board.label, reading.year.label
    made = report_of(slug, title, sections, board=board, period=year, day=day)
    return replace(made, sections=report_sections(reading, writing)) if writing else made


def report_sections(reading: AnnualReading, writing: Writing) -> tuple[Section, ...]:
    """The sections of the form in their order, each within the one whose number it begins with."""
    if reading.is_empty:
        words = Words(NOTHING.format(year=reading.year.label))
        return numbered((Section("nothing", "Nothing to report yet", blocks=(words,)),))
    parts = reading.form.sections
    header = tuple(_passage(reading, each, writing) for each in parts if each.part == "header")
    rest = [each for each in parts if each.part != "header"]
    made = [
        Section("about", "About this report", blocks=(Passages(header),)),
        *_nested(reading, rest, writing),
    ]
    return numbered(tuple(made))


def _nested(
    reading: AnnualReading, parts: Sequence[FormSection], writing: Writing
) -> Iterable[Section]:
    """Sections of one depth, with those that follow and are deeper within them."""
    at = 0
    while at < len(parts):
        part = parts[at]
        end = at + 1
        while part.depth and end < len(parts) and parts[end].depth > part.depth:
            end += 1
        yield from _made(
            reading, part, tuple(_nested(reading, parts[at + 1 : end], writing)), writing
        )
        at = end


def _made(
    reading: AnnualReading, part: FormSection, inner: tuple[Section, ...], writing: Writing
) -> Iterable[Section]:
    if part.filled_by == "agreements":
        yield from agreement_sections(reading, part.number)
        return
    yield Section(
        key=part.key,
        heading=part.heading,
        number=part.number,
        blocks=tuple(_blocks(reading, part, writing)),
        sections=inner,
    )


def _blocks(reading: AnnualReading, part: FormSection, writing: Writing) -> Iterable[Block]:
    if part.is_written:
        return [_passage(reading, part, writing)]
    return FILLERS[part.filled_by](reading)


def _passage(reading: AnnualReading, part: FormSection, writing: Writing) -> Passage:
    found = reading.written.get(part.key)
    return Passage(
        label=part.heading,
        text=found.text if found else part.usually.strip(),
        holds=part.holds,
        address=writing.get(part.key, ""),
        is_usual=found is None,
    )


def _pooled(reading: AnnualReading) -> list[Block]:
    """The pooled funds of the board, and apart from them those that it has with other boards."""
    year = reading.year
    own = pooled_table(
        "pooled-funds",
        f"Pooled funds of {year.label}, in pounds",
        reading.own,
        year,
        "All pooled funds",
        addresses=reading.addresses,
    )
    joint = pooled_table(
        "joint-pooled-funds",
        f"Pooled funds of {year.label} together with other boards, in pounds",
        reading.joint,
        year,
        "All joint pooled funds",
        addresses=reading.addresses,
    )
    return [tabled(own), *([tabled(joint)] if joint.rows else [])]


def _overview(reading: AnnualReading) -> list[Block]:
    is_newest = reading.year == reading.years[-1]
    return [*overview(reading), *([] if is_newest else [Words(UNDATED)])]


def _nothing(reading: AnnualReading) -> list[Block]:
    return []


# What fills each section that rows fill. A test holds that every one of the form is here.
FILLERS: dict[str, Callable[[AnnualReading], list[Block]]] = {
    "heading": _nothing,
    "overview": _overview,
    "achievements": achievements,
    "pooled": _pooled,
    "risks": risks,
    "coming": coming,
}
