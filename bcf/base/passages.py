"""Where two texts differ: the passages that changed, with the words around them."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

# Texts up to this length are seen at a glance and shown whole.
GLANCE = 80
# Words shown before and after a passage that changed.
AROUND = 8
# Beyond so many words the comparison takes too long: all between the ends counts as changed.
MOST_COMPARED = 600
ELLIPSIS = "…"

# Words, and whether they differ.
Stretch = tuple[Sequence[str], bool]


@dataclass(frozen=True)
class Passage:
    """A stretch of a text, and whether it is in this text alone."""

    text: str
    is_changed: bool = False


def passages(old: str, new: str) -> tuple[tuple[Passage, ...], tuple[Passage, ...]]:
    """Both texts as passages. What is the same at length is cut down to the words around."""
    if max(len(old), len(new)) <= GLANCE:
        return (Passage(old),), (Passage(new),)
    before, after = _words(old), _words(new)
    return tuple(_marked(before, after)), tuple(_marked(after, before))


def _words(text: str) -> list[str]:
    """Words, each with the space after it."""
    return re.findall(r"\S+\s*|\s+", text)


def _marked(own: Sequence[str], other: Sequence[str]) -> Iterator[Passage]:
    stretches = list(_stretches(own, other))
    last = len(stretches) - 1
    for place, (words, is_changed) in enumerate(stretches):
        shown = words if is_changed else _cut(words, first=place == 0, last=place == last)
        if shown:
            yield Passage("".join(shown), is_changed)


def _cut(words: Sequence[str], *, first: bool, last: bool) -> Sequence[str]:
    """The words next to a change; those far from any are left out."""
    before = 0 if first else AROUND
    after = 0 if last else AROUND
    if len(words) <= before + after + 2:
        return words
    return [
        *words[:before],
        f"{ELLIPSIS} ",
        *words[len(words) - after :],
    ]


def _stretches(own: Sequence[str], other: Sequence[str]) -> Iterator[Stretch]:
    """Runs of words that are the same in both texts, and runs that are not."""
    start = _same_length(own, other)
    end = _same_length(own[start:][::-1], other[start:][::-1])
    if start:
        yield own[:start], False
    middle, against = own[start : len(own) - end], other[start : len(other) - end]
    yield from _compared(middle, against)
    if end:
        yield own[len(own) - end :], False


def _compared(
    middle: Sequence[str], against: Sequence[str]
) -> Iterator[tuple[Sequence[str], bool]]:
    if not middle:
        return
    if not against or len(middle) + len(against) > MOST_COMPARED:
        yield middle, True
        return
    place = 0
    for block in SequenceMatcher(None, middle, against, autojunk=False).get_matching_blocks():
        if block.a > place:
            yield middle[place : block.a], True
        if block.size:
            yield middle[block.a : block.a + block.size], False
        place = block.a + block.size


def _same_length(one: Sequence[str], other: Sequence[str]) -> int:
    """How many words two lists share from their start."""
    for place, (mine, theirs) in enumerate(zip(one, other, strict=False)):
        if mine.rstrip() != theirs.rstrip():
            return place
    return min(len(one), len(other))
