"""A planning template as an ordered tree: sections, their subsections, and what stands in them."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from plans.cycle_definitions.entries import Question


@dataclass(frozen=True)
class Column:
    """A column or labelled row of a block, under the heading that the form gives it."""

    key: str
    label: str
    guidance: str = ""


@dataclass(frozen=True)
class SectionEntry:
    """What a section holds, as a file writes it: one of a question, a field and a block, by key.

    `label` is the form's own heading; `year` is for fields that are a year's.
    """

    question: str = ""
    field: str = ""
    block: str = ""
    label: str = ""
    guidance: str = ""
    year: str = ""
    columns: tuple[Column, ...] = ()


@dataclass(frozen=True)
class SubsectionForm:
    """A part of a section, as a file writes it."""

    key: str
    heading: str
    verified: bool
    source: str
    number: str = ""
    guidance: str = ""
    entries: tuple[SectionEntry, ...] = ()


@dataclass(frozen=True)
class SectionForm(SubsectionForm):
    """A section, as a file writes it; `part` is the part or annex of the form that it opens."""

    part: str = ""
    subsections: tuple[SubsectionForm, ...] = ()


@dataclass(frozen=True)
class TemplateForm:
    """The sections of one template version, as a file writes them."""

    key: str
    sections: tuple[SectionForm, ...] = ()

    def all_sections(self) -> Iterator[tuple[str, SubsectionForm]]:
        """Every section and subsection in order, each with its key path within the template."""
        for section in self.sections:
            yield f"sections[{section.key}]", section
            for inner in section.subsections:
                yield f"sections[{section.key}].subsections[{inner.key}]", inner


@dataclass(frozen=True)
class PlanField:
    """One fact of the plan (`blocks.FIELDS`), under the form's label; of a year or of none."""

    key: str
    label: str
    guidance: str = ""
    year: str = ""


@dataclass(frozen=True)
class Block:
    """A table or text filled from the plan's rows (`blocks.BLOCKS`), under the form's label."""

    key: str
    label: str = ""
    guidance: str = ""
    columns: tuple[Column, ...] = ()

    def column_label(self, key: str, otherwise: str) -> str:
        """The form's heading of a column, or what to print where the form has none."""
        return next((column.label for column in self.columns if column.key == key), otherwise)


Entry = Question | PlanField | Block


@dataclass(frozen=True)
class Section:
    """A section to show: its number and heading as printed, what it holds, its subsections."""

    key: str
    number: str
    heading: str
    guidance: str
    verified: bool
    source: str
    part: str
    entries: tuple[Entry, ...]
    subsections: tuple["Section", ...] = ()

    def walk(self) -> Iterator["Section"]:
        """This section and everything under it, in order."""
        yield self
        for inner in self.subsections:
            yield from inner.walk()


@dataclass(frozen=True)
class Template:
    """One template version, ready to be shown; without sections where they are not known."""

    key: str
    label: str
    sections: tuple[Section, ...]

    def walk(self) -> Iterator[Section]:
        """Every section and subsection in order."""
        for section in self.sections:
            yield from section.walk()

    def blocks(self) -> tuple[Block, ...]:
        """The blocks of all sections, in order."""
        return tuple(
            entry
            for section in self.walk()
            for entry in section.entries
            if isinstance(entry, Block)
        )


def as_section(form: SubsectionForm, question: Callable[[str], Question]) -> Section:
    """A section as a file writes it, with its questions looked up by key."""
    return Section(
        key=form.key,
        number=form.number,
        heading=form.heading,
        guidance=form.guidance,
        verified=form.verified,
        source=form.source,
        part=form.part if isinstance(form, SectionForm) else "",
        entries=tuple(_as_entry(entry, question) for entry in form.entries),
        subsections=tuple(
            as_section(inner, question)
            for inner in (form.subsections if isinstance(form, SectionForm) else ())
        ),
    )


def _as_entry(entry: SectionEntry, question: Callable[[str], Question]) -> Entry:
    if entry.question:
        return question(entry.question)
    if entry.field:
        return PlanField(entry.field, entry.label, entry.guidance, entry.year)
    return Block(entry.block, entry.label, entry.guidance, entry.columns)
