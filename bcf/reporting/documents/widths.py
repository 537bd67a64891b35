"""How wide the columns of a table on paper are: as wide as their words ask for, never too narrow.

The writer of the PDF would work this out by laying out every cell twice; words counted once give
the same in a hundredth of the time, and a word is broken only where it fits no column.
"""

from collections.abc import Sequence
from itertools import chain

from bcf.ui.tables import Cell, Column, Table, formatted

PORTRAIT, LANDSCAPE = 174.0, 265.0
# From so many columns on, a table is cramped whose words would like more room than that.
CRAMPED = ((5, 260.0), (7, 200.0))
# Millimetres: a letter, a bold one, both sides of a cell, the longest word that is kept whole.
_LETTER, _BOLD, _PADDING, _WIDEST_WORD = 1.72, 1.86, 4.2, 46.0
_INDENT = 4.2
_NOTE = 0.9  # the type of a note under a cell, against the cell's own


def column_widths(table: Table, *, is_wide: bool) -> tuple[float, ...]:
    """The width of each column in per cent, together 100."""
    least, wished = _measured(table)
    room = LANDSCAPE if is_wide else PORTRAIT
    return _percent(least if sum(least) >= room else _shared(least, wished, room))


def needs_landscape(table: Table) -> bool:
    """Whether a table is cut or cramped on the short side of the paper."""
    least, wished = _measured(table)
    return sum(least) > PORTRAIT or any(
        len(table.columns) >= columns and sum(wished) > room for columns, room in CRAMPED
    )


def _measured(table: Table) -> tuple[list[float], list[float]]:
    """What each column needs at least, and what it would like, in millimetres."""
    least, wished = [], []
    for place, column in enumerate(table.columns):
        cells = [row.cells[place] for row in (*table.rows, *([table.total] if table.total else []))]
        deepest = max((row.indent for row in table.rows), default=0) if place == 0 else 0
        least.append(_least(column, cells) + deepest * _INDENT)
        wished.append(max(_wished(column, cells), least[-1]))
    return least, wished


def _shared(least: Sequence[float], wished: Sequence[float], room: float) -> list[float]:
    """What each column needs, and of what is left a share by what more it wishes."""
    left = room - sum(least)
    wants = [wish - need for wish, need in zip(wished, least, strict=True)]
    whole = sum(wants)
    if not whole:
        return list(least)
    part = min(left / whole, 1.0)
    return [need + want * part for need, want in zip(least, wants, strict=True)]


def _percent(widths: Sequence[float]) -> tuple[float, ...]:
    whole = sum(widths)
    return tuple(round(width * 100 / whole, 2) for width in widths)


def _least(column: Column, cells: Sequence[Cell]) -> float:
    """As wide as the longest word; a figure is never broken."""
    heads = max((len(word) for word in column.label.split()), default=0) * _BOLD
    if column.is_figure:
        words = max((len(formatted(cell, column)) for cell in cells), default=0) * _LETTER * 1.05
        return max(min(heads, _WIDEST_WORD), words) + _PADDING
    texts = chain.from_iterable(formatted(cell, column).split() for cell in cells)
    letter = _BOLD if column.is_row_header else _LETTER
    words = max((len(word) for word in texts), default=0) * letter
    return min(max(heads, words), _WIDEST_WORD) + _PADDING


def _wished(column: Column, cells: Sequence[Cell]) -> float:
    """As wide as the text would like to be: a root of its length, so that long ones share."""
    if column.is_figure:
        return len(column.label) * _BOLD / 2 + _PADDING
    lengths = [len(formatted(cell, column)) + len(cell.note) * _NOTE for cell in cells]
    longest = max(lengths, default=0.0)
    usual = sum(lengths) / len(lengths) if lengths else 0.0
    return ((longest + usual) / 2) ** 0.85 * _LETTER + _PADDING
