"""Small numbers that a source withholds, so that nobody is known by them."""

import re

# How a suppressed figure is said, and how it is written in a file of figures.
SUPPRESSED = "suppressed"
MARK = "[c]"
_MARKS = re.compile(
    r"\*+|c|\[c\]|\(c\)|suppressed"  # confidential
    r"|(?:<|≤|less than|fewer than|under)\s*\d{1,2}"
    r"|1\s*(?:-|\N{EN DASH}|to)\s*\d{1,2}",
    re.IGNORECASE,
)


def is_suppression_mark(text: str) -> bool:
    """Whether a text stands for a small number withheld: `*`, `c`, `[c]`, `<6`, `1-5`, …

    A 0 never does, though some sources print one in place of a mark: it cannot be told from a
    real 0. Nor does a dash, which stands for what is missing.
    """
    return bool(_MARKS.fullmatch(text.strip()))
