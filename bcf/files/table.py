"""A file of rows as plain text: what it may hold at most, and what makes it a table."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

MIB = 1024 * 1024


class FileRefused(Exception):
    """A file that cannot be used, with a sentence that says why and what to do."""


@dataclass(frozen=True)
class Limits:
    """The most that a file may hold; checked before it is read as far as that can be."""

    upload_bytes: int = 10 * MIB
    unzipped_bytes: int = 64 * MIB
    rows: int = 20_000
    columns: int = 100
    cells: int = 800_000
    characters: int = 20_000_000
    cell_length: int = 100_000


class TableRow(NamedTuple):
    """One row under the header: its number in the file, and a text for each column."""

    number: int
    cells: tuple[str, ...]


@dataclass(frozen=True)
class Table:
    """Named columns and the rows under them. Blank rows are left out."""

    columns: tuple[str, ...]
    rows: tuple[TableRow, ...]


def column_letter(index: int) -> str:
    """What a spreadsheet calls the column at `index` from 0: `A`, `Z`, `AA`."""
    letters = ""
    number = index + 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def make_table(rows: Iterable[tuple[int, list[str]]], limits: Limits) -> Table:
    """A table of numbered rows, the first of which is the header.

    Raises `FileRefused` where there is no header or nothing under it, where a name stands
    twice, where a cell has no column, and beyond the limits.
    """
    within = _within(rows, limits)
    header = next(within, None)
    if header is None:
        raise FileRefused("The file is empty. Choose a file with column names in its first row.")
    names = _names(header[1], limits)
    places = [place for place, name in enumerate(names) if name]
    found = tuple(
        TableRow(number, _under(names, places, number, cells)) for number, cells in within
    )
    if not found:
        raise FileRefused("The file has column names and no rows under them. Add the rows.")
    return Table(tuple(names[place] for place in places), found)


def _within(
    rows: Iterable[tuple[int, list[str]]], limits: Limits
) -> Iterator[tuple[int, list[str]]]:
    """The rows that are not blank, until they are too many or too long."""
    cells = characters = 0
    for count, (number, row) in enumerate(_filled(rows)):
        cells += len(row)
        characters += sum(map(len, row))
        if count > limits.rows:
            raise FileRefused(
                f"The file has more than {limits.rows:,} rows. Divide it into smaller files."
            )
        if cells > limits.cells or characters > limits.characters:
            raise FileRefused(
                f"The file holds too much up to row {number:,}. Divide it into smaller files."
            )
        if len(max(row, key=len)) > limits.cell_length:
            place = max(range(len(row)), key=lambda each: len(row[each]))
            raise FileRefused(
                f"Cell {column_letter(place)}{number} has more than {limits.cell_length:,} "
                "characters. Shorten it."
            )
        yield number, row


def _filled(rows: Iterable[tuple[int, list[str]]]) -> Iterator[tuple[int, list[str]]]:
    """The header, whether blank or not, and every row under it in which something stands."""
    for place, (number, row) in enumerate(rows):
        filled = any(map(str.strip, row))
        if place == 0 and not filled:
            raise FileRefused("The first row is empty. Put the column names there.")
        if filled:
            yield number, row


def _names(header: list[str], limits: Limits) -> list[str]:
    names = [" ".join(name.split()) for name in header]
    while not names[-1]:
        names.pop()
    if len(names) > limits.columns:
        raise FileRefused(
            f"The file has {len(names):,} columns; the most is {limits.columns}. Leave out "
            "those that are not needed."
        )
    seen: dict[str, int] = {}
    for place, name in enumerate(names):
        before = seen.setdefault(name.casefold(), place)
        if name and before != place:
            raise FileRefused(
                f"Columns {column_letter(before)} and {column_letter(place)} are both named "
                f"“{name}”. Rename or remove one of them."
            )
    return names


def _under(names: list[str], places: list[int], number: int, cells: list[str]) -> tuple[str, ...]:
    """The cells of a row under the named columns; a cell under no name is refused."""
    for place, cell in enumerate(cells):
        if cell.strip() and (place >= len(names) or not names[place]):
            letter = column_letter(place)
            raise FileRefused(
                f"Cell {letter}{number} holds “{_short(cell)}”, and column {letter} has no name "
                "in the first row. Name the column, or clear the cell."
            )
    padded = cells + [""] * (len(names) - len(cells))
    return tuple(padded[place] for place in places)


def _short(text: str) -> str:
    return text if len(text) <= 40 else f"{text[:40]}…"
