"""Bodies over time: who existed when, who came after whom, and the words for it.

Pure rules over plain values. A body is a council, an NHS body or a board; a figure stays with the
body of its day, and these rules say what that body became and who was there at another time.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from bcf.base.sentences import one_of
from bcf.base.words import date_in_words
from bcf.periods import FinancialYear


@dataclass(frozen=True)
class Lifetime:
    """From the first day to the last, both included; None where a day is not known, or to come."""

    first: date | None = None
    last: date | None = None

    @classmethod
    def of_day(cls, day: date) -> "Lifetime":
        return cls(day, day)

    @classmethod
    def of_years(cls, years: Iterable[FinancialYear]) -> "Lifetime":
        """From the first day of the earliest year to the last of the latest; open where none."""
        ordered = sorted(years)
        return cls(ordered[0].starts_on, ordered[-1].ends_on) if ordered else cls()

    @property
    def told(self) -> str:
        """`1 April 2013 to 31 March 2020`, `from 1 July 2022`; blank where no day is known."""
        first, last = (day and date_in_words(day) for day in (self.first, self.last))
        if first and last:
            return f"{first} to {last}"
        return f"from {first}" if first else f"until {last}" if last else ""

    def ends_before(self, other: "Lifetime") -> bool:
        return None not in (self.last, other.first) and self.last < other.first  # type: ignore[operator]

    def meets(self, other: "Lifetime") -> bool:
        """Whether the two have a day in common; what is not known stands in nobody's way."""
        return not (self.ends_before(other) or other.ends_before(self))


ALWAYS = Lifetime()


@dataclass(frozen=True)
class DatedBody:
    """A body by its key, what it is called, and when it exists."""

    key: str
    name: str
    lifetime: Lifetime = field(default=ALWAYS)

    @property
    def told(self) -> str:
        """`NHS Barnet CCG, until 31 March 2020`; the name alone while it exists."""
        last = self.lifetime.last
        return f"{self.name}, until {date_in_words(last)}" if last else self.name


Step = tuple[DatedBody, ...]


@dataclass(frozen=True)
class Successions:
    """Who came after whom: bodies by their keys, and the keys of those that came next."""

    bodies: Mapping[str, DatedBody] = field(default_factory=dict)
    after: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @classmethod
    def of_links(cls, links: Iterable[tuple[DatedBody, str | None]]) -> "Successions":
        """From each body with the key of one that came after it; None where none did."""
        bodies: dict[str, DatedBody] = {}
        after: dict[str, dict[str, None]] = {}
        for body, later in links:
            bodies[body.key] = body
            if later is not None:
                after.setdefault(body.key, {})[later] = None
        return cls(bodies, {key: tuple(later) for key, later in after.items()})

    @cached_property
    def before(self) -> Mapping[str, tuple[str, ...]]:
        """The keys of those that each body came after."""
        found: dict[str, tuple[str, ...]] = {}
        for key, later in self.after.items():
            for each in later:
                found[each] = (*found.get(each, ()), key)
        return found

    def successors(self, key: str) -> tuple[Step, ...]:
        """What came after a body, step by step; each body once, at the last step that leads to it.

        A CCG, the CCG into which it was merged, and the ICB after that are two steps.
        """
        return self._steps(key, self.after)

    def predecessors(self, key: str) -> tuple[Step, ...]:
        """What was before a body, the nearest step first."""
        return self._steps(key, self.before)

    def leads_to(self, key: str, other: str) -> bool:
        """Whether the other body came after this one, if in several steps."""
        return any(each.key == other for step in self.successors(key) for each in step)

    def of_the_time(self, body: DatedBody, when: Lifetime) -> Step:
        """The body itself where it existed then; else those after or before it that did.

        The nearest step of which any existed; none where nobody is known.
        """
        if body.lifetime.meets(when):
            return (body,)
        is_over = body.lifetime.ends_before(when)
        for step in (self.successors if is_over else self.predecessors)(body.key):
            if found := tuple(each for each in step if each.lifetime.meets(when)):
                return found
        return ()

    def of_the_day(self, body: DatedBody, day: date) -> Step:
        """Who was there on a day in a body's place."""
        return self.of_the_time(body, Lifetime.of_day(day))

    def told(self, body: DatedBody) -> str:
        """`NHS Barnet CCG, until 31 March 2020; then NHS North Central London ICB`."""
        return "; then ".join((body.told, *map(_told, self.successors(body.key))))

    def became(self, key: str, by: date) -> str:
        """`until 30 June 2022; then NHS North Central London ICB`; blank while a body exists."""
        body = self.bodies.get(key)
        if body is None or not body.lifetime.ends_before(Lifetime.of_day(by)):
            return ""
        return self.told(body).removeprefix(f"{body.name}, ")

    def followed_by(self, key: str) -> str:
        """`NHS North Central London CCG, until 30 June 2022; then …`; blank where nothing came."""
        return "; then ".join(map(_told, self.successors(key)))

    def refusal(self, body: DatedBody, when: Lifetime, words: str) -> str:
        """Why a body is not of a time, which `words` name, and whom to choose in its place."""
        found = [each.name for each in self.of_the_time(body, when)]
        if body.lifetime.ends_before(when):
            assert body.lifetime.last is not None
            why = f"{body.name} existed until {date_in_words(body.lifetime.last)}, before {words}."
            kin = "which came after it"
        else:
            assert body.lifetime.first is not None
            why = f"{body.name} exists from {date_in_words(body.lifetime.first)}, after {words}."
            kin = "which was there before it"
        if not found:
            return f"{why} Choose a body that existed then."
        return f"{why} {f'Choose {found[0]}, {kin}.' if len(found) == 1 else one_of(found)}"

    def _steps(self, key: str, ways: Mapping[str, tuple[str, ...]]) -> tuple[Step, ...]:
        """What is reached from a body, step by step; a circle is gone round once."""
        depth: dict[str, int] = {}
        reached = set(ways.get(key, ()))
        for step in range(len(ways)):
            depth |= dict.fromkeys(reached - {key}, step)
            if not reached:
                break
            reached = {later for each in reached for later in ways.get(each, ())}
        return tuple(
            tuple(sorted((self.bodies[each] for each in depth if depth[each] == step), key=_name))
            for step in sorted(set(depth.values()))
        )


def _told(step: Step) -> str:
    """The bodies of one step; an end that they share is told once."""
    names = " and ".join(each.name for each in step)
    ends = {each.lifetime.last for each in step}
    if len(ends) > 1:
        return " and ".join(each.told for each in step)
    last = ends.pop()
    return f"{names}, until {date_in_words(last)}" if last else names


def _name(body: DatedBody) -> str:
    return body.name
