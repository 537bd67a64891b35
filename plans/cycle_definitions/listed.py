"""Every entry of a definition alike, whatever its list: how it is called, and how it is known."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, fields

from plans.cycle_definitions.cycle import CycleDefinition
from plans.cycle_definitions.entries import Choice

# What is not known is told of the lists, and is no entry that could be verified.
NOT_KNOWN = "not_known"
SECTIONS = "templates.sections"


@dataclass(frozen=True)
class Listed:
    """An entry of the list `name`; one within another names its whole by key as `part_of`.

    The sections of a form are listed as `templates.sections`, within the form's key.
    """

    name: str
    key: str
    label: str
    verified: bool
    source: str
    follows: tuple[str, ...] = ()
    change: str = ""
    part_of: str = ""


@dataclass(frozen=True)
class Verified:
    """How many of some entries were verified against their sources."""

    count: int
    of: int

    @classmethod
    def among(cls, entries: Iterable[Listed]) -> "Verified":
        found = [each.verified for each in entries]
        return cls(sum(found), len(found))

    @property
    def is_whole(self) -> bool:
        return self.count == self.of


def listed(cycle: CycleDefinition) -> tuple[Listed, ...]:
    """Every entry of a cycle in the order of its lists, parts after their whole, then sections."""
    return tuple(_listed(cycle))


def listed_as_not_known(cycle: CycleDefinition) -> tuple[Listed, ...]:
    """What is said not to be known of its lists, by the name of the list as key."""
    return tuple(_of_choice(NOT_KNOWN, each) for each in cycle.not_known)


def listed_by_list(cycle: CycleDefinition) -> Mapping[str, tuple[Listed, ...]]:
    """The same by list; parts are with the list of their whole, sections with `templates`."""
    found: dict[str, list[Listed]] = {}
    for each in listed(cycle):
        found.setdefault(each.name.partition(".")[0], []).append(each)
    return {name: tuple(entries) for name, entries in found.items()}


def parts_of(entry: Choice) -> Iterator[tuple[str, Choice]]:
    """What an entry lists of its own, such as sub types, with the name of that list."""
    for field in fields(entry):
        value = getattr(entry, field.name)
        if isinstance(value, tuple):
            yield from ((field.name, each) for each in value if isinstance(each, Choice))


def _listed(cycle: CycleDefinition) -> Iterator[Listed]:
    for name, entries in cycle.lists().items():
        for entry in entries if name != NOT_KNOWN else ():
            yield _of_choice(name, entry)
            for inner, part in parts_of(entry):
                yield _of_choice(f"{name}.{inner}", part, entry.key)
    for form in cycle.templates:
        for _, section in form.all_sections():
            label = f"{section.number} {section.heading}".strip()
            yield Listed(
                *(SECTIONS, section.key, label, section.verified, section.source),
                part_of=form.key,
            )


def _of_choice(name: str, entry: Choice, part_of: str = "") -> Listed:
    return Listed(
        *(name, entry.key, entry.label, entry.verified, entry.source),
        follows=entry.follows,
        change=entry.change,
        part_of=part_of,
    )
