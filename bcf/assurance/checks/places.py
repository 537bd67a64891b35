"""How a sentence names the places in documents where figures stand."""

from collections import Counter
from collections.abc import Iterable, Sequence

from bcf.assurance.checks.listing import all_of

# So many places are named of one figure, and so many of what it is held against.
MOST = 3


def document_of(places: Iterable[str]) -> str:
    """The document that most places name before the place in it; nothing where they do not."""
    found = list(filter(None, places))
    steps = Counter(first for first, comma, _ in (each.partition(", ") for each in found) if comma)
    name, times = next(iter(steps.most_common(1)), ("", 0))
    return name if 2 * times > len(found) else ""


def short(place: str, document: str) -> str:
    """A place without the document that need not be said."""
    return place.removeprefix(f"{document}, ") if document else place


def in_brackets(places: Sequence[str]) -> str:
    """The first places, after a space: ` (8.1, 8.2 and 8.3)`; nothing where there is none."""
    left = len(places) - MOST
    if left < 2:
        return f" ({all_of(places)})" if places else ""
    return f" ({all_of([*places[:MOST], f'{left} more places'])})"


def not_yet(named: Sequence[str], places: Iterable[str]) -> list[str]:
    """The places that were not named before, without the table that was."""
    table = named[0].split(", ")[0] if named else ""
    every = dict.fromkeys(part for place in places for part in place.split("; "))
    return [place.removeprefix(f"{table}, ") for place in every if place and place not in named]
