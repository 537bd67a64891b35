"""The first sheet of an Excel workbook as rows of text."""

import datetime
import re
import warnings
from collections.abc import Iterator
from decimal import Decimal
from functools import lru_cache
from typing import Any

from openpyxl import load_workbook

from bcf.files.formula_marks import unmark
from bcf.files.table import FileRefused, Limits, Table, make_table
from bcf.files.workbook_parts import DAMAGED, PlainPackage, plain_package

# What Excel remembers of a number; digits after these are noise of binary fractions.
SIGNIFICANT = ".15g"
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_LITERAL = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]')


def read_xlsx(content: bytes, limits: Limits) -> Table:
    """The table on the first visible sheet; raises `FileRefused`.

    Dates come as `2015-04-01`, numbers as plain digits, a number that is shown as a percentage
    as `62.5%`, ticks as `yes` and `no`; of a formula, its result.
    """
    return make_table(_rows(plain_package(content, limits)), limits)


def _rows(package: PlainPackage) -> Iterator[tuple[int, list[str]]]:
    if not package.columns:
        return
    try:
        with warnings.catch_warnings():
            # Of what it leaves out: rules of validation, formatting and the like.
            warnings.simplefilter("ignore")
            workbook = load_workbook(package.file, read_only=True, data_only=True)
            sheet = workbook.worksheets[0]
            rows = sheet.iter_rows(max_row=package.rows, max_col=package.columns)
            for number, row in enumerate(rows, start=1):
                yield number, _texts(row)
    except FileRefused:
        raise
    except Exception as error:
        # It was looked over for size; what is wrong within may raise anything.
        raise FileRefused(DAMAGED) from error


def _texts(row: Any) -> list[str]:
    texts = [_text(cell) for cell in row]
    while texts and not texts[-1]:
        texts.pop()
    return texts


def _text(cell: Any) -> str:
    value = cell.value
    if value is None:
        return ""
    if isinstance(value, str):
        return unmark(_ESCAPED.sub(_unescape, value) if "_x" in value else value)
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, (int, float)):
        return _number(value, is_percentage(cell.number_format))
    return _moment(value)


def _unescape(match: re.Match[str]) -> str:
    return chr(int(match[1], 16))


def _number(value: float, percentage: bool) -> str:
    if isinstance(value, int) and not percentage:
        return str(value)
    number = Decimal(format(value, SIGNIFICANT))
    if percentage:
        number *= 100
    plain = format(number, "f")
    plain = plain.rstrip("0").rstrip(".") if "." in plain else plain
    return f"{plain}%" if percentage else plain


@lru_cache(maxsize=1000)
def is_percentage(number_format: str) -> bool:
    """Whether a cell of this format shows a hundredfold with a per cent sign."""
    return "%" in _LITERAL.sub("", number_format)


def _moment(value: Any) -> str:
    if isinstance(value, datetime.datetime) and value.time() == datetime.time():
        return value.date().isoformat()
    if isinstance(value, (datetime.date, datetime.time)):
        return value.isoformat()
    return str(value)
