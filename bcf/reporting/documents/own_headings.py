"""The headings that a plan adds to its form, in the order of its own contents list."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from bcf.reporting.documents.model import NOT_ANSWERED, Answer, Block, Section
from bcf.reporting.documents.reading import Reading, Writer
from bcf.reporting.documents.tables import tabled
from bcf.ui.tables import Cell, Column, Row, build_row, build_table
from plans.cycle_definitions import BLOCKS, Question, Template
from plans.cycle_definitions import Block as FormBlock
from plans.models import OwnHeading

PART = "Headings of the plan’s own"


@dataclass(frozen=True)
class Places:
    """Where a form shows its questions and blocks: the key and the title of the section."""

    questions: Mapping[str, tuple[str, str]]
    blocks: Mapping[str, tuple[str, str]]


def places_of(form: Template) -> Places:
    """The places of everything that a form has a place for."""
    questions, blocks = {}, {}
    for section in form.walk():
        here = (section.key, f"{section.number} {section.heading}".strip())
        for entry in section.entries:
            if isinstance(entry, Question):
                questions[entry.key] = here
            elif isinstance(entry, FormBlock):
                blocks[entry.key] = here
    return Places(questions, blocks)


def own_blocks(reading: Reading, places: Places) -> set[str]:
    """The blocks that stand under headings of the plan's own and nowhere in the form."""
    headings = reading.rows.of(reading.plan, "own_headings")
    return {each.block for each in headings if each.block and each.block not in places.blocks}


def own_sections(
    reading: Reading, places: Places, writers: Mapping[str, Writer]
) -> Iterator[Section]:
    """The plan's own contents list, and a section for each heading that holds anything itself."""
    headings: Sequence[OwnHeading] = reading.rows.of(reading.plan, "own_headings")
    made = [
        section
        for each in headings
        if (section := _section(reading, each, places, writers)) is not None
    ]
    if len(made) < len(headings):
        made.insert(0, _contents(headings, places))
    for number, section in enumerate(made):
        yield replace(section, part=PART if number == 0 else "")


def _section(
    reading: Reading, each: OwnHeading, places: Places, writers: Mapping[str, Writer]
) -> Section | None:
    """A heading with its text and its block; nothing where it only points into the form."""
    own_block = each.block if each.block not in places.blocks else ""
    if not each.text and not own_block:
        return None
    pieces = list(writers[own_block](reading, FormBlock(own_block))) if own_block else []
    text: Iterable[Block] = [Answer(label="", question="", text=each.text)] if each.text else ()
    return Section(
        key=_key(each),
        heading=each.heading,
        number=each.number,
        guidance=each.covers,
        blocks=(*text, *(piece for piece in pieces if not isinstance(piece, Section))),
        sections=tuple(piece for piece in pieces if isinstance(piece, Section)),
    )


def _key(each: OwnHeading) -> str:
    return f"own-{each.ref}"


def _contents(headings: Sequence[OwnHeading], places: Places) -> Section:
    table = build_table(
        "own-headings",
        "The plan’s own contents list",
        [
            Column("Heading", is_row_header=True),
            Column("What it covers"),
            Column("Where it stands"),
        ],
        [_row(each, places) for each in headings],
    )
    return Section("own-contents", "The plan’s own contents", blocks=(tabled(table),))


def _row(each: OwnHeading, places: Places) -> Row:
    cells = [Cell(str(each)), Cell(each.covers), _where(each, places)]
    return build_row(cells, indent=each.level - 1, emphasis=each.level == 1)


def _where(each: OwnHeading, places: Places) -> Cell:
    """A link to what a heading holds or points to; without either it is not answered."""
    if each.text or (each.block and each.block not in places.blocks):
        return Cell(str(each), url=f"#{_key(each)}")
    found = places.blocks.get(each.block) or places.questions.get(each.question)
    if found is None:
        return Cell(NOT_ANSWERED)
    key, title = found
    what = f": {BLOCKS[each.block].label}" if each.block else ""
    return Cell(f"{title}{what}", url=f"#{key}")
