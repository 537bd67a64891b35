"""References: readable names of rows, made once from what tells a row from its neighbours."""

import re
import unicodedata
from collections.abc import Callable, Iterable
from itertools import count

LONGEST = 80


def slug(part: object) -> str:
    """`2a.01` becomes `2a-01`, and `NHS minimum` becomes `nhs-minimum`."""
    plain = unicodedata.normalize("NFKD", str(part)).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain.lower().replace("'", "")).strip("-")


def free_ref(parts: Iterable[object], taken: Callable[[str], Iterable[str]]) -> str:
    """A ref of the parts that is not taken: `2017-18-dfg`, and `2017-18-dfg-2` after it.

    `taken(stem)` gives the refs in use that start with the stem.
    """
    stem = "-".join(filter(None, map(slug, parts)))[:LONGEST].strip("-") or "row"
    used = set(taken(stem))
    if stem not in used:
        return stem
    return next(ref for n in count(2) if (ref := f"{stem}-{n}") not in used)
