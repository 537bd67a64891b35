"""A cycle's definition as plain values for its page: each list with its entries."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from bcf.reporting.cycles.facts import Fact, facts_of, forms_of, title_of, years_in_words
from bcf.reporting.cycles.lists import GROUPS, QUESTIONS, TEMPLATES, ListGroup, ListKind
from plans.cycle_definitions import (
    BLOCKS,
    Block,
    Choice,
    CycleDefinition,
    FundingSource,
    Listed,
    NotKnown,
    PlanField,
    Question,
    Section,
    Verified,
    listed_by_list,
    parts_of,
)

T = TypeVar("T")

# A longer list stays folded until it is asked for.
FEW_ENTRIES = 12
PLAN_ASKED, NO_PLAN_ASKED = "A plan is asked for.", "No plan is asked for."


@dataclass(frozen=True)
class EntryTold:
    """An entry: what it says, whether that was verified, what it follows, and its parts.

    `under` is the heading of its group, where its list has groups.
    """

    anchor: str
    title: str
    key: str
    is_verified: bool
    source: str
    facts: tuple[Fact, ...] = ()
    under: str = ""
    follows: str = ""
    change: str = ""
    parts: tuple["EntryTold", ...] = ()
    sections: tuple["SectionTold", ...] = ()

    def narrowed(self) -> "EntryTold | None":
        """The entry with what of it is not verified; None where all of it is."""
        parts = tuple(each for each in self.parts if not each.is_verified)
        sections = _narrowed(self.sections, SectionTold.narrowed)
        if self.is_verified and not parts and not sections:
            return None
        return replace(self, parts=parts, sections=sections)


@dataclass(frozen=True)
class SectionTold:
    """A section of a form and what stands in it: words, with an address on the page or none."""

    title: str
    part: str
    is_verified: bool
    source: str
    holds: tuple[tuple[str, str], ...]
    sections: tuple["SectionTold", ...] = ()

    def narrowed(self) -> "SectionTold | None":
        """The section with what of it is not verified; None where all of it is."""
        inner = _narrowed(self.sections, SectionTold.narrowed)
        return replace(self, sections=inner) if inner or not self.is_verified else None


@dataclass(frozen=True)
class ListTold:
    """A list of the definition: its entries, how many are verified, and what is not known of it."""

    kind: ListKind
    verified: Verified
    entries: tuple[EntryTold, ...]
    not_known: NotKnown | None = None

    @property
    def is_empty(self) -> bool:
        """Whether the definition has none of these; a narrowed list may just show none."""
        return not self.verified.of

    @property
    def is_long(self) -> bool:
        """Whether its entries wait until they are asked for."""
        return len(self.entries) > FEW_ENTRIES


@dataclass(frozen=True)
class CycleTold:
    """A cycle as a whole."""

    cycle: CycleDefinition
    verified: Verified
    groups: tuple[tuple[ListGroup, tuple[ListTold, ...]], ...] = ()

    @property
    def years(self) -> str:
        return years_in_words(self.cycle.years)

    @property
    def asks(self) -> str:
        return PLAN_ASKED if self.cycle.plan_required else NO_PLAN_ASKED

    @property
    def notes(self) -> list[str]:
        """Its notes by paragraph."""
        return [" ".join(each.split()) for each in self.cycle.notes.split("\n\n") if each.strip()]

    @property
    def forms(self) -> list[tuple[str, str]]:
        """The label of each form, and what it is."""
        return [
            (form.label, dict(facts_of(self.cycle, TEMPLATES, form))["What it is"])
            for form in self.cycle.template_versions
        ]

    @property
    def due(self) -> list[str]:
        """When plans are due; of which form, where a date is of some alone."""
        return [
            f"{each.on.label} ({_of_forms(self.cycle, each)})"
            for each in self.cycle.deadlines
            if each.submits
        ]

    @property
    def not_verified(self) -> int:
        return self.verified.of - self.verified.count


def _of_forms(cycle: CycleDefinition, entry: Choice) -> str:
    forms = forms_of(cycle, entry)
    return f"{entry.label}: {forms}" if forms else entry.label


def in_short(cycle: CycleDefinition) -> CycleTold:
    """A cycle without its lists."""
    return CycleTold(cycle, _verified(listed_by_list(cycle).values()))


def in_full(
    cycle: CycleDefinition, earlier: Sequence[CycleDefinition], *, only_not_verified: bool = False
) -> CycleTold:
    """A cycle with its lists; `earlier` cycles, oldest first, name what entries follow."""
    every = listed_by_list(cycle)
    told = _Telling(cycle, earlier, every, only_not_verified)
    groups = tuple((group, tuple(map(told.list, group.kinds))) for group in GROUPS)
    return CycleTold(cycle, _verified(every.values()), groups)


def _verified(lists: Iterable[Sequence[Listed]]) -> Verified:
    return Verified.among(each for entries in lists for each in entries)


@dataclass(frozen=True)
class _Telling:
    """What tells the lists of one cycle."""

    cycle: CycleDefinition
    earlier: Sequence[CycleDefinition]
    every: Mapping[str, tuple[Listed, ...]]
    is_narrowed: bool

    def list(self, kind: ListKind) -> ListTold:
        entries = tuple(self.entry(kind.name, each) for each in self._in_order(kind.name))
        if self.is_narrowed:
            entries = _narrowed(entries, EntryTold.narrowed)
        known = (each for each in self.cycle.not_known if each.key == kind.name)
        of_list = [self.every.get(kind.name, ())]
        if kind.name == TEMPLATES:
            of_list.append(self.every.get("templates", ()))
        return ListTold(kind, _verified(of_list), entries, next(known, None))

    def entry(self, name: str, entry: Choice) -> EntryTold:
        return EntryTold(
            anchor=f"{name}-{entry.key}",
            title=title_of(entry),
            key=entry.key,
            is_verified=entry.verified,
            source=entry.source,
            facts=facts_of(self.cycle, name, entry),
            under=self._under(entry),
            follows=self._follows(name, entry),
            change=entry.change,
            parts=tuple(self.entry(f"{name}.{inner}", part) for inner, part in parts_of(entry)),
            sections=self._sections(entry) if name == TEMPLATES else (),
        )

    def _in_order(self, name: str) -> Iterable[Choice]:
        """Funding sources by their groups, anything else as the file lists it."""
        if name != "funding_sources":
            return self.cycle.lists()[name]
        groups = [each.key for each in self.cycle.funding_groups]
        return sorted(self.cycle.funding_sources, key=lambda each: groups.index(each.group))

    def _under(self, entry: Choice) -> str:
        if not isinstance(entry, FundingSource):
            return ""
        return self.cycle.funding_group(entry.group).label

    def _follows(self, name: str, entry: Choice) -> str:
        """What it takes the place of, by the labels of the newest earlier cycle that had it."""
        return "; ".join(self._label_before(name, key) for key in entry.follows)

    def _label_before(self, name: str, key: str) -> str:
        for cycle in reversed(self.earlier):
            for each in cycle.lists().get(name, ()):
                if each.key == key:
                    return f"{title_of(each)} ({years_in_words(cycle.years)})"
        return key

    def _sections(self, form: Choice) -> tuple[SectionTold, ...]:
        return tuple(map(_section, self.cycle.template(form.key).sections))


def _section(section: Section) -> SectionTold:
    return SectionTold(
        title=f"{section.number} {section.heading}".strip(),
        part=section.part,
        is_verified=section.verified,
        source=section.source,
        holds=tuple(map(_held, section.entries)),
        sections=tuple(map(_section, section.subsections)),
    )


def _held(entry: Question | PlanField | Block) -> tuple[str, str]:
    """What stands in a section, in words, and where on the page it is told."""
    if isinstance(entry, Question):
        return title_of(entry), f"#{QUESTIONS}-{entry.key}"
    if isinstance(entry, Block):
        return f"Filled in by the product: {entry.label or BLOCKS[entry.key].label}", ""
    return entry.label, ""


def _narrowed(every: Iterable[T], narrow: Callable[[T], T | None]) -> tuple[T, ...]:
    return tuple(found for found in map(narrow, every) if found is not None)
