"""The mark that keeps a spreadsheet from taking a text for a formula.

A spreadsheet runs a cell of a CSV file that starts with one of `STARTS` (the full-width ones
too). An apostrophe before it makes it a text again. A text that looks marked already gets one
more, so that taking one away always gives back what was written.
"""

import re

STARTS = "=+-@\t\r\n\uff1d\uff0b\uff0d\uff20"
MARK = "'"
_RUNS = re.compile(f"{MARK}*[{re.escape(STARTS)}]")
_MARKED = re.compile(f"{MARK}+[{re.escape(STARTS)}]")


def mark(text: str) -> str:
    """The text as a CSV file may hold it: `=1+1` becomes `'=1+1`."""
    return MARK + text if _RUNS.match(text) else text


def mark_again(text: str) -> str:
    """A text for a workbook, where nothing runs: only what looks marked gets a mark more."""
    return MARK + text if _MARKED.match(text) else text


def unmark(text: str) -> str:
    """What `mark` or `mark_again` was given; any other text stays as it is."""
    return text[1:] if text[:1] == MARK and _MARKED.match(text) else text
