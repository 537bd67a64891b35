"""How far the words of a form were verified: a mark under a heading, and none where all were.

A section prints its own heading, its questions, and the words of the lists that its blocks show.
"""

from collections.abc import Iterable

from plans.cycle_definitions import Block, CycleDefinition, Question, Section

NOT_VERIFIED, PARTLY = "not verified", "partly not verified"
# The lists of the definition whose words a block prints.
LISTS: dict[str, tuple[str, ...]] = {
    "authorisation": ("sign_offs",),
    "maturity": ("high_impact_changes", "maturity_levels"),
    "metrics": ("metrics",),
    "national-conditions": ("conditions",),
    "planning-requirements": ("planning_requirements",),
    "requirements": ("requirement_rules",),
}


def mark_of_block(cycle: CycleDefinition, block: str) -> str:
    """The mark of a heading that is ours, over the words of a block."""
    return _mark(_of_lists(cycle, block))


def mark_of(cycle: CycleDefinition, section: Section) -> str:
    """The mark of a section; of one with sections within, that of what they leave to it."""
    if is_all_unverified(cycle, section):
        return NOT_VERIFIED
    mark = _mark(_of_section(cycle, section))
    return PARTLY if mark and section.subsections else mark


def is_all_unverified(cycle: CycleDefinition, section: Section) -> bool:
    """Whether nothing of a section and of those within it was verified: one mark says it."""
    return not any(known for each in section.walk() for known in _of_section(cycle, each))


def _of_section(cycle: CycleDefinition, section: Section) -> list[bool]:
    """Whether each of what a section prints was verified, without the sections within it."""
    found = [section.verified]
    for entry in section.entries:
        if isinstance(entry, Question):
            found.append(entry.verified)
        elif isinstance(entry, Block):
            found += _of_lists(cycle, entry.key)
    return found


def _of_lists(cycle: CycleDefinition, block: str) -> list[bool]:
    lists = cycle.lists()
    return [each.verified for name in LISTS.get(block, ()) for each in lists[name]]


def _mark(known: Iterable[bool]) -> str:
    found = set(known)
    if False not in found:
        return ""
    return PARTLY if True in found else NOT_VERIFIED
