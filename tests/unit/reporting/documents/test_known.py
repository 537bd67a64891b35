"""Which headings of a document say that their words were not verified."""

from dataclasses import replace
from typing import Any

import pytest

from bcf.reporting.documents.known import (
    LISTS,
    NOT_VERIFIED,
    PARTLY,
    is_all_unverified,
    mark_of,
    mark_of_block,
)
from plans.cycle_definitions import LISTS as EVERY_LIST
from plans.cycle_definitions import Block, CycleDefinition, Question, Section, definition


def question(*, verified: bool) -> Question:
    return Question("why", "Why", verified, "a test", "1", "Why?")


def section(
    *entries: Any, verified: bool = True, inner: tuple[Section, ...] = (), key: str = "1"
) -> Section:
    return Section(key, "1", "Heading", "", verified, "a test", "", entries, inner)


@pytest.fixture
def cycle() -> CycleDefinition:
    return definition("2014-16")


def test_what_is_verified_has_no_mark(cycle: CycleDefinition) -> None:
    assert mark_of(cycle, section(question(verified=True))) == ""


def test_a_section_is_marked_by_its_heading_and_its_questions(cycle: CycleDefinition) -> None:
    assert mark_of(cycle, section(verified=False)) == NOT_VERIFIED
    assert mark_of(cycle, section(question(verified=False))) == PARTLY
    assert mark_of(cycle, section(question(verified=False), verified=False)) == NOT_VERIFIED


def test_a_block_is_marked_by_the_list_that_it_prints(cycle: CycleDefinition) -> None:
    known, unknown = (
        tuple(replace(each, verified=verified) for each in cycle.conditions)
        for verified in (True, False)
    )
    block = Block("national-conditions")
    assert mark_of(replace(cycle, conditions=known), section(block)) == ""
    assert mark_of(replace(cycle, conditions=unknown), section(block)) == PARTLY
    assert mark_of_block(replace(cycle, conditions=unknown), block.key) == NOT_VERIFIED
    mixed = (*known[:1], *unknown[1:])
    assert mark_of_block(replace(cycle, conditions=mixed), block.key) == PARTLY
    assert mark_of_block(replace(cycle, conditions=()), block.key) == ""


def test_one_mark_is_enough_for_a_section_of_which_nothing_is_verified(
    cycle: CycleDefinition,
) -> None:
    inner = section(question(verified=False), verified=False, key="1a")
    nothing = section(verified=False, inner=(inner,))
    assert is_all_unverified(cycle, nothing)
    assert mark_of(cycle, nothing) == NOT_VERIFIED
    something = section(verified=False, inner=(inner, section(key="1b")))
    assert not is_all_unverified(cycle, something)
    assert mark_of(cycle, something) == PARTLY


def test_blocks_print_lists_that_there_are() -> None:
    assert {name for names in LISTS.values() for name in names} <= set(EVERY_LIST)
