"""References: readable names of rows, made once from what tells a row from its neighbours."""

import re
import unicodedata
from collections.abc import Callable, Iterable

LONGEST = 80


def slug(part: object) -> str:
    """`2a.01` becomes `2a-01`, and `NHS minimum` becomes `nhs-minimum`."""
    plain = unicodedata.normalize("NFKD", str(part)).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain.lower().replace("'", "")).strip("-")


def stem_of(parts: Iterable[object]) -> str:
    """The ref that the parts would have if none were taken."""
    return "-".join(filter(None, map(slug, parts)))[:LONGEST].strip("-") or "row"


def free_ref(parts: Iterable[object], taken: Callable[[str], Iterable[str]]) -> str:
    """A ref of the parts that is not taken: `2017-18-dfg`, and `2017-18-dfg-2` after it.

    `taken(stem)` gives the refs in use that start with the stem.
    """
    stem = stem_of(parts)
    return Refs(taken(stem)).make([stem])


class Refs:
    """The refs in use among rows that share a scope; makes new ones, each once."""

    def __init__(self, taken: Iterable[str]) -> None:
        self._taken = set(taken)
        self._next: dict[str, int] = {}

    def make(self, parts: Iterable[object]) -> str:
        """A ref of the parts that is not taken, and is taken from now on."""
        stem = stem_of(parts)
        ref, number = stem, self._next.get(stem, 2)
        while ref in self._taken:
            ref, number = f"{stem}-{number}", number + 1
        self._next[stem] = number
        self._taken.add(ref)
        return ref
