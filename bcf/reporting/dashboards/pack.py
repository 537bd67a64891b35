"""The pack for a meeting: a dashboard on a few pages of paper.

Every sentence and every picture of the dashboard is in it, pictures two side by side. A table
under a picture is left out unless it is short; of a long one without a picture are its first rows.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from math import ceil

from bcf.assurance.checks.naming import counted
from bcf.charts import BarChart, Chart, TimelineChart
from bcf.reporting.dashboards.panels import MOST_ROWS, Card, Dashboard, Panel, Question
from bcf.reporting.documents.widths import column_widths
from bcf.ui.tables import Cell, Row, Table

# The most rows of a table under its picture, and of one without; a longer one has its first rows.
MOST_UNDER, MOST_ALONE, FIRST = 2, 8, 4
# About how high things are, in the units of a picture of half the width: a heading, a line of so
# many letters, a group of bars and a bar, any other picture; and a strip that is high enough.
HEADING, LINE, LETTERS, GROUP, BAR, PICTURE = 35, 19, 55, 29, 18, 300
STRIP = 200
# How far one column may reach beyond the other, in per cent of it.
OVER = 120


@dataclass(frozen=True)
class Sheet:
    """A table on paper; `rest` says how many of its rows are shown where that is not all of them.

    `panel` names the place on the page that has them all.
    """

    panel: str
    table: Table
    rest: str = ""

    @property
    def widths(self) -> tuple[float, ...]:
        """How wide each column is, in per cent."""
        return column_widths(self.table, is_wide=False)

    @property
    def is_short(self) -> bool:
        """Whether it stands on one page."""
        return len(self.table.rows) <= FIRST


@dataclass(frozen=True)
class Strip:
    """What no end of a page parts: panels in two columns, or in one of the whole width."""

    columns: tuple[tuple[Panel, ...], ...]

    @property
    def is_halved(self) -> bool:
        """Whether each column has half of the width."""
        return len(self.columns) > 1


@dataclass(frozen=True)
class Run:
    """Panels that follow each other, and the tables that stand after them."""

    strips: tuple[Strip, ...]
    sheets: tuple[Sheet, ...]


@dataclass(frozen=True)
class PackQuestion:
    """A question with its panels on paper."""

    question: Question
    runs: tuple[Run, ...]


@dataclass(frozen=True)
class Pack:
    """The figures that are looked for first, and the questions in the order of the page."""

    cards: tuple[Card, ...]
    questions: tuple[PackQuestion, ...]


def packed(dashboard: Dashboard) -> Pack:
    """What of a dashboard goes on paper."""
    return Pack(
        dashboard.cards,
        tuple(PackQuestion(each, _runs(each.panels)) for each in dashboard.questions),
    )


def _runs(panels: Iterable[Panel]) -> tuple[Run, ...]:
    """Panels in their order, but for tables without words, which wait for the pictures beside."""
    found: list[list[Panel]] = []
    for panel in panels:
        if found and (_is_table(panel) or (_is_half(panel) and not _is_whole(found[-1]))):
            found[-1].append(panel)
        else:
            found.append([panel])
    return tuple(map(_run, found))


def _run(panels: Sequence[Panel]) -> Run:
    shown = [each for each in panels if not _is_table(each)]
    is_whole = _is_whole(panels)
    strips = (Strip((tuple(shown),)),) if is_whole else tuple(_halved(shown))
    return Run(strips, _sheets(panels))


def _is_whole(panels: Iterable[Panel]) -> bool:
    """Whether one of these needs the whole width, a table aside."""
    return not all(_is_half(each) or _is_table(each) for each in panels)


def _is_half(panel: Panel) -> bool:
    """Whether half of the width is enough; a line of time needs all of it."""
    has_picture = panel.chart is not None and not isinstance(panel.chart, TimelineChart)
    return has_picture or panel.is_beside


def _is_table(panel: Panel) -> bool:
    """Whether it says nothing but its table, whose caption says what its heading does."""
    says = panel.chart or panel.sentences or panel.points or panel.verdict
    return panel.table is not None and not says


def _halved(panels: Iterable[Panel]) -> Iterable[Strip]:
    """Panels in strips of two columns, each panel in the one with more room."""
    columns: tuple[list[Panel], list[Panel]] = ([], [])
    for panel in panels:
        shorter = min(columns, key=_height)
        highest = max(STRIP, *(OVER * _height(each) // 100 for each in columns))
        if shorter and _height([*shorter, panel]) > highest:
            yield Strip(tuple(map(tuple, columns)))
            columns = ([], [])
            shorter = columns[0]
        shorter.append(panel)
    if columns[0]:
        yield Strip(tuple(map(tuple, columns)))


def _height(panels: Iterable[Panel]) -> int:
    """About how high panels of half the width are, in the units of a picture."""
    return sum(
        HEADING
        + sum(LINE * ceil(len(words) / LETTERS) for words in (*each.sentences, *each.points))
        + _picture_height(each.chart)
        for each in panels
    )


def _picture_height(chart: Chart | None) -> int:
    if isinstance(chart, BarChart):
        return GROUP * len(chart.groups) + BAR * len(chart.bars)
    return PICTURE if chart else 0


# -- tables --------------------------------------------------------------------------------


def _sheets(panels: Sequence[Panel]) -> tuple[Sheet, ...]:
    """The tables of panels, but for one that says of several panels what their pictures do."""
    beside = [each for each in panels if each.is_beside]
    if beside and all(each.chart for each in beside):
        panels = beside
    found = (_sheet(panel, panel.table) for panel in panels if panel.table is not None)
    return tuple(each for each in found if each is not None)


def _sheet(panel: Panel, table: Table) -> Sheet | None:
    """The table with those of its rows that matter most; None where its picture says them all."""
    rows, every = _rows(panel, table), len(table.rows)
    if every and not rows and panel.pressing is None:
        return None
    of = f"{len(rows)} of " if rows else ""
    rest = f"{of}{counted(every, 'row')}" if len(rows) < every else ""
    total = _plain(table.total) if table.total else None
    return Sheet(
        panel.key,
        replace(table, rows=tuple(map(_plain, rows)), total=total, workings=()),
        rest,
    )


def _rows(panel: Panel, table: Table) -> tuple[Row, ...]:
    if panel.pressing is not None:
        return panel.pressing
    if panel.chart is None:
        return table.rows if len(table.rows) <= MOST_ALONE else table.rows[:FIRST]
    if panel.is_open:
        return table.rows[:MOST_ROWS]
    is_short = len(table.rows) <= MOST_UNDER and not panel.is_beside
    return table.rows if is_short else ()


def _plain(row: Row) -> Row:
    return replace(row, cells=tuple(map(_plain_cell, row.cells)))


def _plain_cell(cell: Cell) -> Cell:
    return replace(cell, url="") if cell.url else cell
