"""CSV files of all rows: plain digits, true and false, nothing of a null.

No text becomes a formula; there is no mark at the start, which R takes for a name's first letter.
PostgreSQL writes the lines where it can make every cell, which is faster than to hand rows over;
else they are written here. Both ways give the same bytes.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from tempfile import TemporaryFile
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connections
from django.db.models import QuerySet

from bcf.base.api.columns import Column
from bcf.base.api.formats import SEPARATOR, WORDS
from bcf.base.api.reading import Reading
from bcf.files.formula_marks import MARK, STARTS, mark

# What a text starts with that is looked at more closely.
MARKED = frozenset(STARTS + MARK)
SIZE = 2**16


class CsvFile:
    """The lines of a CSV file, many at a time; `rows` is how many rows they were at the end."""

    def __init__(self, reading: Reading, rows: QuerySet[Any]) -> None:
        self._reading, self._asked, self.rows = reading, rows, 0

    def __iter__(self) -> Iterator[bytes]:
        yield _lines([[column.name for column in self._reading.columns]])
        is_postgres = connections[self._asked.db].vendor == "postgresql"
        cells = self._reading.cells() if is_postgres else None
        yield from self._written() if cells is None else self._copied(cells)

    def _written(self) -> Iterator[bytes]:
        makers = [_cells_of(column) for column in self._reading.columns]
        for block in self._reading.stream(self._asked):
            self.rows += len(block[0])
            cells = [make(values) for make, values in zip(makers, block, strict=True)]
            yield _lines(zip(*cells, strict=True))

    def _copied(self, cells: Sequence[Any]) -> Iterator[bytes]:
        """As PostgreSQL writes them, into a file first: a slow reader keeps nobody waiting."""
        try:
            asked = self._asked.values_list(*cells).query.sql_with_params()
        except EmptyResultSet:
            return
        with TemporaryFile() as file:
            with connections[self._asked.db].cursor() as cursor:
                query = cursor.mogrify(*asked).decode()
                cursor.copy_expert(f"COPY ({query}) TO STDOUT WITH CSV", _Rows(file.write))
                self.rows = cursor.rowcount
            file.seek(0)
            while chunk := file.read(SIZE):
                yield chunk


class _Rows:
    """Takes a COPY, which hands over a row at a time and ends it with a mere line feed."""

    def __init__(self, write: Callable[[bytes], int]) -> None:
        self._write = write

    def write(self, row: bytes) -> None:
        self._write(row[:-1] + b"\r\n")


def _lines(rows: Iterable[Iterable[str]]) -> bytes:
    return "".join([f"{','.join(row)}\r\n" for row in rows]).encode()


def _cells_of(column: Column) -> Callable[[list[Any]], list[str]]:
    """What makes the cells of a column of its values."""
    if column.link:
        return _of_keys
    if column.kind.is_free:
        return _of_free_texts
    return {"string": _of_texts, "boolean": _of_booleans, "integer": _of_numbers}[
        column.kind.schema["type"]
    ]


def _of_keys(values: list[Any]) -> list[str]:
    return quoted([SEPARATOR.join(value or ()) for value in values])


def _of_free_texts(values: list[Any]) -> list[str]:
    return quoted(
        [mark(value) if value and value[0] in MARKED else value or "" for value in values]
    )


def _of_texts(values: list[Any]) -> list[str]:
    return quoted([value or "" for value in values])


def _of_booleans(values: list[Any]) -> list[str]:
    return [WORDS.get(value, "") for value in values]


def _of_numbers(values: list[Any]) -> list[str]:
    return ["" if value is None else str(value) for value in values]


def quoted(texts: list[str]) -> list[str]:
    """The texts as cells; those of most columns need no quotes, which all of them say at once."""
    if not _needs_quotes("".join(texts)):
        return texts
    return [_quote(text) if _needs_quotes(text) else text for text in texts]


def _needs_quotes(text: str) -> bool:
    return "," in text or '"' in text or "\n" in text or "\r" in text


def _quote(text: str) -> str:
    escaped = text.replace('"', '""')
    return f'"{escaped}"'
