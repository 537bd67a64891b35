"""Choices by their words: what a cell shows of a choice, and which choice typed words name."""

import difflib
import re
from collections.abc import Iterable
from dataclasses import dataclass

# More choices than this are not all listed in a sentence.
MOST_LISTED = 12
_DASHES = re.compile("[\N{HYPHEN}\N{NON-BREAKING HYPHEN}\N{EN DASH}\N{EM DASH}\N{MINUS SIGN}]")
_QUOTES = re.compile("[\N{LEFT SINGLE QUOTATION MARK}\N{RIGHT SINGLE QUOTATION MARK}]")


class UnknownWords(ValueError):
    """Words that name no choice, or several; the sentence lists what may be written."""


@dataclass(frozen=True)
class Entry:
    """A choice: what a form takes, how a cell shows it, and what else names it."""

    value: str
    label: str
    aliases: tuple[str, ...] = ()


def plain(text: str) -> str:
    """Words without what people do not mean: case, kinds of dash and quote, spaces."""
    text = _QUOTES.sub("'", _DASHES.sub("-", text))
    return " ".join(text.split()).casefold()


class Words:
    """The choices of one column. A label that several share is shown with its first alias."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        entries = list(entries)
        shared = _repeated(entry.label for entry in entries)
        self._shown = {
            entry.value: _told_apart(entry) if entry.label in shared else entry.label
            for entry in entries
        }
        self._values: dict[str, set[str]] = {}
        for entry in entries:
            for name in (entry.label, *entry.aliases):
                self._values.setdefault(plain(name), set()).add(entry.value)
        # A choice's own words name it alone, whatever else they are an alias of.
        self._values.update({plain(shown): {value} for value, shown in self._shown.items()})
        self._values.pop("", None)
        self._looked_for: dict[str, list[str]] = {}

    @property
    def shown(self) -> list[str]:
        """Every choice as a cell shows it, in order."""
        return list(self._shown.values())

    @property
    def values(self) -> list[str]:
        """What a form takes for each choice, in the same order."""
        return list(self._shown)

    def of(self, value: str) -> str:
        """How a cell shows this choice; one that is not offered shows as it is."""
        return self._shown.get(value, value)

    def value(self, text: str, what: str) -> str:
        """What a form takes for these words of a cell; `what` names the column in errors."""
        if not text.strip():
            return ""
        found = self._values.get(plain(text), set())
        if len(found) == 1:
            return next(iter(found))
        if found:
            several = "; ".join(
                self._shown[value] for value in sorted(found, key=self.values.index)
            )
            raise UnknownWords(f"“{text}” may mean several: {several}. Write one of these.")
        raise UnknownWords(f"“{text}” is no {what} that this plan can have. {self._offer(text)}")

    def _close(self, text: str, among: Iterable[str]) -> list[str]:
        """Words like these, looked for a few times only: a whole column may be wrong."""
        if text not in self._looked_for and len(self._looked_for) < MOST_LISTED:
            close = difflib.get_close_matches(text, list(among), n=5, cutoff=0.4)
            self._looked_for[text] = close
        return self._looked_for.get(text, [])

    def _offer(self, text: str) -> str:
        shown = self.shown
        if not shown:
            return "There is none to choose yet: leave the cell empty."
        if len(shown) <= MOST_LISTED:
            return f"Write one of: {'; '.join(shown)}."
        by_words = {plain(each): each for each in shown}
        like = [by_words[each] for each in self._close(plain(text), by_words)] or shown[:5]
        return (
            f"Write one of the {len(shown)} that the cell’s list offers, such as {'; '.join(like)}."
        )


def _repeated(labels: Iterable[str]) -> set[str]:
    seen: set[str] = set()
    return {label for label in labels if label in seen or seen.add(label)}  # type: ignore[func-returns-value]


def _told_apart(entry: Entry) -> str:
    return f"{entry.label} ({entry.aliases[0] if entry.aliases else entry.value})"
