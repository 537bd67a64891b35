"""Every figure that the reference plans print or imply, worked out by the product's functions."""

from typing import Any

import pytest
from django.db import transaction

from tests.conftest import Rows
from tests.integration.oracle import (
    agreements,
    barnet_money,
    benefits,
    metrics,
    money,
    tri_borough,
)
from tests.integration.oracle.asking import Asked, all_asked, answer_to, is_answered, to_places
from tests.integration.oracle.gathered import Gathered, gather_everything

ASKED = all_asked()
# What the model does not express, and why.
WHO_ANSWER = (agreements, barnet_money, benefits, metrics, money, tri_borough)
NAMED = {
    number: reason for each in WHO_ANSWER for number, reason in getattr(each, "NAMED", {}).items()
}
ANSWERED = [asked for asked in ASKED if asked.number not in NAMED]


@pytest.fixture(scope="session")
def gathered(real_rows: Rows, django_db_blocker: Any) -> Gathered:
    """What is gathered from the loaded fixtures, once a session, and then taken back."""
    with django_db_blocker.unblock(), transaction.atomic():
        real_rows.save()
        found = gather_everything()
        transaction.set_rollback(True)
    return found


@pytest.mark.django_db
@pytest.mark.parametrize("asked", ANSWERED, ids=lambda asked: asked.number)
def test_the_product_works_out_the_figure(asked: Asked, gathered: Gathered) -> None:
    result = answer_to(asked, gathered)
    assert result is not None, asked.statement
    assert to_places(result, asked.places) == asked.expected, asked.statement


def test_fewer_than_one_in_ten_of_a_data_set_are_named() -> None:
    for data_set in {asked.data_set for asked in ASKED}:
        own = [asked.number for asked in ASKED if asked.data_set == data_set]
        assert len(NAMED.keys() & set(own)) * 10 < len(own), data_set


def test_what_is_named_is_asked_and_said_in_a_sentence() -> None:
    assert NAMED.keys() <= {asked.number for asked in ASKED}
    assert all(reason.endswith(".") for reason in NAMED.values())


@pytest.mark.parametrize("asked", ASKED, ids=lambda asked: asked.number)
def test_a_figure_is_answered_or_named(asked: Asked) -> None:
    assert is_answered(asked) != (asked.number in NAMED), asked.statement
