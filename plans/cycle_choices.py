"""What forms offer of a cycle's definition, some of it in groups under headings."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from plans.cycle_definitions import Choice, CycleDefinition, NationalCondition, definitions
from plans.models import Plan


@dataclass(frozen=True)
class Group:
    """Entries under a heading, such as the sub-sources of one funding source."""

    label: str
    entries: Sequence[Choice]


Entries = Sequence[Choice | Group]


def definitions_for(plan: Plan | None) -> list[CycleDefinition]:
    """What the plan's cycle asks on the plan's form; of every cycle where there is no plan."""
    if plan is None:
        return list(definitions().values())
    return [plan.asked]


def choices_of(offered: Iterable[Entries]) -> list[Any]:
    """Keys and labels, grouped where the entries are; what several cycles offer stands once."""
    plain: dict[str, str] = {}
    groups: dict[str, dict[str, str]] = {}
    for entries in offered:
        for entry in entries:
            if isinstance(entry, Group):
                own = groups.setdefault(entry.label, {})
                own.update({each.key: each.label for each in entry.entries})
            else:
                plain.setdefault(entry.key, entry.label)
    return [*plain.items(), *((label, list(own.items())) for label, own in groups.items())]


def known_in_words(offered: Iterable[Entries]) -> str:
    """How many of the choices are not verified, in a sentence; nothing where all of them are.

    What is offered beside a definition's entries has no source, and is not counted.
    """
    every = [each for entries in offered for entry in entries for each in _within(entry)]
    known = [each.verified for each in every if each.source]
    if all(known):
        return ""
    if not any(known):
        return "Not verified: all of these."
    return f"Not verified: {known.count(False)} of these {len(known)}."


def _within(entry: Choice | Group) -> Sequence[Choice]:
    return entry.entries if isinstance(entry, Group) else [entry]


def funding_sources(cycle: CycleDefinition) -> Entries:
    return cycle.funding_sources


def sources_and_groups(cycle: CycleDefinition) -> Entries:
    """Funding sources, and the groups in which documents print them together."""
    return [
        Group("Funding sources", cycle.funding_sources),
        Group("Groups of funding sources", cycle.funding_groups),
    ]


def sub_sources(cycle: CycleDefinition) -> Entries:
    """Each funding source that has parts, with its parts."""
    sources = cycle.funding_sources
    return [Group(each.label, each.sub_sources) for each in sources if each.sub_sources]


def sub_types(cycle: CycleDefinition) -> Entries:
    """Each scheme type that has sub types, with its sub types."""
    types = cycle.scheme_types
    return [Group(each.label, each.sub_types) for each in types if each.sub_types]


def confirmed(cycle: CycleDefinition) -> Entries:
    """What a plan confirms one by one: national conditions, and planning requirements."""
    if not cycle.planning_requirements:
        return cycle.conditions
    return [
        Group("National conditions", cycle.conditions),
        Group("Planning requirements", [_numbered(each) for each in cycle.planning_requirements]),
    ]


def _numbered(each: NationalCondition) -> Choice:
    return replace(each, label=f"{each.number} {each.label}".strip())


def questions(cycle: CycleDefinition) -> Entries:
    """The cycle's questions, each labelled with its number and what it asks."""
    return [replace(each, label=f"{each.section}: {each.text}") for each in cycle.questions]
