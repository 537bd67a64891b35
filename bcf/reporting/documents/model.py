"""A document as plain values: sections of facts, answers, tables, charts and signatures.

A page, a PDF and a JSON file are all made of these values.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from typing import ClassVar

from django.utils import timezone

from bcf.charts import BarChart
from bcf.reporting.documents.widths import column_widths
from bcf.ui.tables import Table

NOT_ANSWERED = "Not answered"
# A table of more rows than these may start on one page and end on another.
SHORT = 8
SHORT_TABLE, SHORT_TEXT = 1400, 700


@dataclass(frozen=True)
class Origin:
    """The joint plan from which a part inherits what it shows."""

    slug: str
    title: str


@dataclass(frozen=True)
class Fact:
    """One labelled answer of a line; an empty answer is said to be missing."""

    label: str
    answer: str
    note: str = ""

    @property
    def shown(self) -> str:
        return self.answer or NOT_ANSWERED


@dataclass(frozen=True)
class Facts:
    """Labelled answers under each other."""

    facts: tuple[Fact, ...]
    kind: ClassVar[str] = "facts"
    template: ClassVar[str] = "reporting/document/facts.html"

    @property
    def is_short(self) -> bool:
        """Whether it is short enough to be kept on one page."""
        return len(self.facts) <= SHORT


@dataclass(frozen=True)
class Answer:
    """A question with its answer in light Markdown; without one it is said to be unanswered.

    `whose` names the area whose answer it is where several stand side by side.
    """

    label: str
    question: str
    text: str
    number: str = ""
    note: str = ""
    whose: str = ""
    origin: Origin | None = None
    kind: ClassVar[str] = "answer"
    template: ClassVar[str] = "reporting/document/answer.html"

    @property
    def title(self) -> str:
        """The question's number and heading, and whose answer it is."""
        title = f"{self.number} {self.label}".strip()
        return f"{title}: {self.whose}" if self.whose else title

    @property
    def is_short(self) -> bool:
        """Whether it is short enough to be kept on one page."""
        return len(self.text) <= SHORT_TEXT


@dataclass(frozen=True)
class Words:
    """A sentence of our own, such as what stands in place of rows that there are none of."""

    text: str
    kind: ClassVar[str] = "words"
    template: ClassVar[str] = "reporting/document/words.html"


@dataclass(frozen=True)
class Points:
    """Short sentences under each other, below a line that says what they are."""

    label: str
    points: tuple[str, ...]
    kind: ClassVar[str] = "points"
    template: ClassVar[str] = "reporting/document/points.html"

    @property
    def is_short(self) -> bool:
        """Whether they are few enough to be kept on one page."""
        return len(self.points) <= SHORT


@dataclass(frozen=True)
class Passage:
    """What people wrote in a section of a report, in light Markdown; empty where nobody did.

    `holds` says what belongs there, and `address` is where the reader may write it; without one
    the reader may not.
    """

    label: str
    text: str
    holds: str = ""
    address: str = ""
    is_usual: bool = False
    kind: ClassVar[str] = "passage"
    template: ClassVar[str] = "reporting/document/passage.html"

    @property
    def is_short(self) -> bool:
        """Whether it is short enough to be kept on one page."""
        return len(self.text) <= SHORT_TEXT


@dataclass(frozen=True)
class Passages:
    """Passages of a line or two beside what they are called."""

    passages: tuple[Passage, ...]
    kind: ClassVar[str] = "passages"
    template: ClassVar[str] = "reporting/document/passages.html"


@dataclass(frozen=True)
class Tabled:
    """A table under its number; a wide one stands on a landscape page."""

    table: Table
    is_wide: bool = False
    number: int = 0
    origin: Origin | None = None
    kind: ClassVar[str] = "table"
    template: ClassVar[str] = "reporting/document/table.html"

    @property
    def anchor(self) -> str:
        return f"table-{self.table.key}"

    @property
    def caption(self) -> str:
        """The caption with the number."""
        return f"Table {self.number}: {self.table.caption}"

    @property
    def numbered(self) -> Table:
        """The table under its numbered caption; one without rows has no number."""
        return replace(self.table, caption=self.caption) if self.number else self.table

    @property
    def widths(self) -> tuple[float, ...]:
        """How wide each column is on paper, in per cent."""
        return column_widths(self.table, is_wide=self.is_wide)

    @property
    def is_short(self) -> bool:
        """Whether it is short enough to be kept on one page."""
        words = sum(
            len(str(cell.value or "")) + len(cell.note)
            for row in self.table.rows
            for cell in row.cells
        )
        return len(self.table.rows) <= SHORT and words <= SHORT_TABLE


@dataclass(frozen=True)
class Figure:
    """A chart under its number."""

    chart: BarChart
    number: int = 0
    kind: ClassVar[str] = "figure"
    template: ClassVar[str] = "reporting/document/figure.html"

    @property
    def anchor(self) -> str:
        return f"figure-{self.chart.key}"

    @property
    def caption(self) -> str:
        """The title with the number."""
        return f"Figure {self.number}: {self.chart.title}"


@dataclass(frozen=True)
class Signature:
    """Where somebody signs, or has signed: for whom, and what is known of it."""

    heading: str
    facts: tuple[Fact, ...]
    origin: Origin | None = None


@dataclass(frozen=True)
class Signatures:
    """The signature blocks of a plan."""

    signatures: tuple[Signature, ...]
    kind: ClassVar[str] = "signatures"
    template: ClassVar[str] = "reporting/document/signatures.html"


Block = Facts | Answer | Words | Points | Passage | Passages | Tabled | Figure | Signatures


@dataclass(frozen=True)
class Section:
    """A numbered heading with what stands under it and the sections within it.

    `part` is the part or annex of the form that the section opens; `level` that of its heading.
    `mark` says under it how far its words were not verified.
    """

    key: str
    heading: str
    number: str = ""
    part: str = ""
    guidance: str = ""
    blocks: tuple[Block, ...] = ()
    sections: tuple["Section", ...] = ()
    level: int = 2
    is_listed: bool = True
    mark: str = ""

    @property
    def title(self) -> str:
        return f"{self.number} {self.heading}".strip()

    @property
    def starts_wide(self) -> bool:
        """Whether the heading stands on a landscape page, for what follows it does."""
        if self.blocks:
            return self.wide_lead > 0
        return bool(self.sections) and not self.sections[0].part and self.sections[0].starts_wide

    @property
    def wide_lead(self) -> int:
        """How many of the first blocks stand on a landscape page with the wide table among them.

        A short answer before a wide table goes with it rather than stand alone on a page.
        """
        words = 0
        for place, block in enumerate(self.blocks, start=1):
            if isinstance(block, Answer):
                words += len(block.text)
            elif isinstance(block, Tabled) and block.table.rows:
                return place if block.is_wide and words <= SHORT_TEXT else 0
            else:
                return 0
        return 0

    def listed(self) -> list["Section"]:
        """This section and those within it that the contents name."""
        return [each for each in self.walk() if each.is_listed]

    def walk(self) -> Iterator["Section"]:
        """This section and everything within it, in order."""
        yield self
        for inner in self.sections:
            yield from inner.walk()


@dataclass(frozen=True)
class Document:
    """A plan as a document: what its cover says, and its sections in order.

    `noun` is what it is called, `paper` its form when filled in; `attached_to` is the title of the
    plan of which it is a supplement or a refresh, and `attached_by` the words before it.
    """

    slug: str
    title: str
    cycle: str
    form: str
    boards: tuple[str, ...]
    status: str
    is_draft: bool
    version: str
    changed_at: datetime | None
    sections: tuple[Section, ...]
    noun: str = "plan"
    paper: str = "Planning template"
    attached_by: str = ""
    attached_to: str = ""
    cycle_key: str = ""

    @property
    def is_marked(self) -> bool:
        """Whether a heading says that its words were not verified, which is explained once."""
        return any(section.mark for section in self.walk())

    @property
    def stamp(self) -> str:
        """Which state of the plan this is: its status, its version, and when it last changed."""
        changed = f", last changed {_moment(self.changed_at)}" if self.changed_at else ""
        return f"{self.status}, version {self.version}{changed}"

    @property
    def kind_of_cycle(self) -> str:
        """The cycle, and what this is in it where it is not its plan."""
        return self.cycle if self.noun == "plan" else f"{self.cycle}: {self.noun}"

    @property
    def cover(self) -> tuple[Fact, ...]:
        """What the cover says under the title."""
        boards = (
            "Health and Wellbeing Board" if len(self.boards) < 2 else "Health and Wellbeing Boards"
        )
        attached = (Fact(self.attached_by, self.attached_to),) if self.attached_to else ()
        return (
            Fact(boards, "; ".join(self.boards)),
            *attached,
            Fact("Cycle", self.cycle),
            Fact("Form", self.form),
            Fact("Status", "Draft, not submitted" if self.is_draft else self.status),
            Fact("Version", self.version),
            Fact("Last changed", _moment(self.changed_at) if self.changed_at else "not recorded"),
        )

    def walk(self) -> Iterator[Section]:
        """Every section in order."""
        for section in self.sections:
            yield from section.walk()

    def tables(self) -> list[Tabled]:
        """Every table in order."""
        found = [block for section in self.walk() for block in section.blocks]
        return [block for block in found if isinstance(block, Tabled)]

    def numbered_tables(self) -> list[Tabled]:
        """Every table that has rows, and so a number."""
        return [table for table in self.tables() if table.number]

    def figures(self) -> list[Figure]:
        """Every chart in order."""
        found = [block for section in self.walk() for block in section.blocks]
        return [block for block in found if isinstance(block, Figure)]


class _Numbers:
    """The numbers that tables and charts are given, in the order in which they stand."""

    def __init__(self) -> None:
        self.tables = self.figures = 0

    def section(self, section: Section, level: int) -> Section:
        blocks = tuple(self.block(block) for block in section.blocks)
        inner = tuple(self.section(each, level + 1) for each in section.sections)
        return replace(section, level=level, blocks=blocks, sections=inner)

    def block(self, block: Block) -> Block:
        if isinstance(block, Tabled) and block.table.rows:
            self.tables += 1
            return replace(block, number=self.tables)
        if isinstance(block, Figure):
            self.figures += 1
            return replace(block, number=self.figures)
        return block


def numbered(sections: tuple[Section, ...]) -> tuple[Section, ...]:
    """The sections with their tables and charts numbered through, and the levels of headings."""
    numbers = _Numbers()
    return tuple(numbers.section(section, 2) for section in sections)


def _moment(at: datetime) -> str:
    """A moment by British clocks: `14 March 2026, 10:32`."""
    local = timezone.localtime(at)
    return f"{local.day} {local:%B %Y, %H:%M}"
