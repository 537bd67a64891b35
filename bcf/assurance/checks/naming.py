"""How the sentences of findings name and count rows."""

from collections.abc import Iterable

from bcf.base.worked import RowRef

FEW = 3


def joined(names: Iterable[str]) -> str:
    """`A`, `A and B`, `A, B and C`."""
    *first, last = names
    return f"{', '.join(first)} and {last}" if first else last


def first_of(names: Iterable[str], most: int = FEW) -> str:
    """All names where there are no more than `most`, else the first of them and how many more."""
    every = list(names)
    shown = every[:most]
    rest = [f"{len(every) - most} more"] if len(every) > most else []
    return joined([*shown, *rest])


def quoted(name: str) -> str:
    """A row's own words, in quotation marks."""
    return f"“{name}”"


def said(row: RowRef) -> str:
    """A row's name without that of a period which is not stated."""
    return row.name.removesuffix(", not stated")


def counted(number: int, one: str, many: str = "") -> str:
    """`1 risk`, `3 risks`; `many` is for words that do not take an s."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def led(area: str, sentence: str) -> str:
    """A sentence with the area before it, where it is about one part of a joint plan."""
    return f"{area}: {sentence[:1].lower()}{sentence[1:]}" if area else sentence
