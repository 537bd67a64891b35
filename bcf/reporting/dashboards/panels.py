"""What a dashboard says: questions, each answered in sentences, pictures and tables.

The page, the addresses of pictures and figures, and the pack for a meeting all read these values.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from decimal import Decimal

from bcf.charts import Chart
from bcf.ui.tables import Kind, Row, Table

# A longer table stays folded until it is asked for: under a picture, and without one.
FEW_UNDER_PICTURE, FEW_ROWS = 2, 12
# More rows than these are in the file of the figures alone.
MOST_ROWS = 25


@dataclass(frozen=True)
class Link:
    """Words that lead on, and where to."""

    words: str
    address: str


@dataclass(frozen=True)
class Card:
    """One big figure with its words; `kind` as of a column, `address` where it is explained."""

    label: str
    value: Decimal | int | str | None
    note: str
    address: str
    kind: Kind = "number"


@dataclass(frozen=True)
class Panel:
    """A part of an answer: words, then a picture, then the table that says the same.

    `key` is its name in addresses, unique on its dashboard. `verdict` is a word or two with the
    colour of their ground, `points` are items of a list. What is `is_beside` has its words to the
    left of its picture; a table that `is_open` never waits to be asked for. `pressing` are those
    rows of the table that paper has, where these are not simply the first.
    """

    key: str
    heading: str = ""
    verdict: tuple[str, str] | None = None
    sentences: tuple[str, ...] = ()
    points: tuple[str, ...] = ()
    chart: Chart | None = None
    table: Table | None = None
    link: Link | None = None
    is_beside: bool = False
    is_open: bool = False
    pressing: tuple[Row, ...] | None = None

    @property
    def on_page(self) -> Table | None:
        """The table as a page shows it: its first rows, and how many more its file has."""
        if self.table is None or len(self.table.rows) <= MOST_ROWS:
            return self.table
        left = len(self.table.rows) - MOST_ROWS
        note = f"The first {MOST_ROWS} rows; {left} more are in the file of these figures."
        notes = (note, *self.table.notes)
        return replace(self.table, rows=self.table.rows[:MOST_ROWS], notes=notes)

    @property
    def is_folded(self) -> bool:
        """Whether the table waits until it is asked for."""
        few = FEW_UNDER_PICTURE if self.chart else FEW_ROWS
        return not self.is_open and self.table is not None and len(self.table.rows) > few


@dataclass(frozen=True)
class Question:
    """A question that is asked before a meeting, with its answer. `key` is its anchor."""

    key: str
    heading: str
    sentences: tuple[str, ...] = ()
    panels: tuple[Panel, ...] = ()
    links: tuple[Link, ...] = ()


@dataclass(frozen=True)
class Dashboard:
    """The few figures that are looked for first, and the questions in the order of the page."""

    cards: tuple[Card, ...] = ()
    questions: tuple[Question, ...] = field(default=())

    def panels(self) -> Iterator[Panel]:
        """Every panel of every question."""
        for question in self.questions:
            yield from question.panels

    def panel(self, key: str) -> Panel | None:
        """The panel of this name that has an address; None where there is none."""
        return next((each for each in self.panels() if each.key == key), None)


def kept(questions: Iterable[Question | None]) -> tuple[Question, ...]:
    """The questions that are asked of this plan."""
    return tuple(each for each in questions if each is not None)
