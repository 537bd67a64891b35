"""The checks find the contradictions of the reference documents that rows can express."""

import pytest

from tests.integration.oddities import barnet, bhr, section_75, tri_borough
from tests.integration.oddities.found import FoundInPlans, On, listed

DATA_SETS = (barnet, section_75, bhr, tri_borough)
FOUND: dict[str, On] = {key: each for of in DATA_SETS for key, each in of.FOUND.items()}
MISSED = {key: reason for each in DATA_SETS for key, reason in each.MISSED.items()}
NOT_IN_ROWS = {key: reason for each in DATA_SETS for key, reason in each.NOT_IN_ROWS.items()}
LISTED = listed()


@pytest.mark.django_db
@pytest.mark.parametrize("key", FOUND)
def test_a_contradiction_is_found(key: str, found_in_plans: FoundInPlans) -> None:
    assert FOUND[key].found_in(found_in_plans), LISTED[key]


def test_every_contradiction_is_found_missed_or_not_in_rows() -> None:
    told = [*FOUND, *MISSED, *NOT_IN_ROWS]
    assert sorted(told) == sorted(LISTED)


def test_nine_in_ten_of_those_in_rows_are_found() -> None:
    assert len(FOUND) >= 9 * len(MISSED)


def test_each_that_is_not_found_says_why_in_a_sentence() -> None:
    assert all(each.endswith(".") for each in (*MISSED.values(), *NOT_IN_ROWS.values()))
