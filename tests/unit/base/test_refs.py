"""References are readable, made once, and never taken twice."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bcf.base.refs import LONGEST, free_ref, slug


@pytest.mark.parametrize(
    ("part", "expected"),
    [
        ("2a.01", "2a-01"),
        ("NHS minimum", "nhs-minimum"),
        ("Café – Élan", "cafe-elan"),
        ("Alzheimer's Society", "alzheimers-society"),
        ("", ""),
        (None, "none"),
        ("—", ""),
    ],
)
def test_a_part_becomes_small_letters_figures_and_hyphens(part: object, expected: str) -> None:
    assert slug(part) == expected


def test_parts_are_joined_and_empty_ones_left_out() -> None:
    assert free_ref(["2017-18", "", "dfg", "—"], lambda stem: []) == "2017-18-dfg"


def test_a_taken_ref_is_counted_up_from_2() -> None:
    taken = ["a", "a-2", "a-4"]
    assert free_ref(["a"], lambda stem: taken) == "a-3"
    assert free_ref(["b"], lambda stem: taken) == "b"


def test_a_row_without_words_still_has_a_ref() -> None:
    assert free_ref(["", "—"], lambda stem: []) == "row"
    assert free_ref([""], lambda stem: ["row"]) == "row-2"


@given(st.lists(st.text(), max_size=4), st.sets(st.text(), max_size=20))
def test_a_ref_is_free_never_empty_and_short_enough(parts: list[str], taken: set[str]) -> None:
    ref = free_ref(parts, lambda stem: [each for each in taken if each.startswith(stem)])
    assert ref
    assert ref not in taken
    assert len(ref) <= LONGEST + len("-20")
    assert ref == slug(ref)


def test_asked_again_and_again_every_ref_is_another() -> None:
    used: list[str] = []
    for _ in range(12):
        used.append(free_ref(["a" * 200], lambda stem: used))
    assert len(set(used)) == 12
    assert all(len(ref) <= LONGEST + 3 for ref in used)
