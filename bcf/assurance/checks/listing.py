"""Names in a sentence, and words that follow a number."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from bcf.assurance.checks.finding import Finding, Severity

FEW = 4
MOST = 10


def all_of(names: Iterable[str]) -> str:
    """Every name: `A`, `A and B`, `A, B and C`."""
    each = list(names)
    return " and ".join(filter(None, (", ".join(each[:-1]), *each[-1:])))


def few_of(names: Iterable[str], most: int = FEW) -> str:
    """The first names, and how many more there are: `A, B, C, D and 5 more`."""
    each = list(names)
    left = len(each) - most
    return all_of(each) if left < 2 else all_of([*each[:most], f"{left} more"])


def how_many(number: int, one: str, many: str = "") -> str:
    """`1 line`, `2 lines`; `many` where the word does not only take an s."""
    return f"{number} {one if number == 1 else many or one + 's'}"


def apart(names: Iterable[str]) -> str:
    """Names that may hold commas or an “and” of their own: `A; B; C`."""
    return "; ".join(names)


def at_most_ten(found: Sequence[tuple[str, Finding]], what: str) -> Iterator[Finding]:
    """Findings of one check, each with what it is about; more than ten alike become one.

    `what` says in the plural what is the matter: `rates differ from their numbers`.
    """
    for severity in Severity:
        alike = [(name, each) for name, each in found if each.severity is severity]
        if len(alike) <= MOST:
            yield from (each for _, each in alike)
            continue
        first = alike[0][1]
        names = few_of((f"“{name}”" for name, _ in alike), 3)
        areas = {each.area for _, each in alike}
        yield replace(
            first,
            sentence=f"{len(alike)} {what}: {names}. The first: {first.sentence}",
            found="",
            required="",
            area=first.area if len(areas) == 1 else "",
            rows=tuple(row for _, each in alike for row in each.rows[:1]),
        )
