"""Every figure that the reference plans print or imply, worked out by the product's functions."""

from typing import Any

import pytest
from django.db import transaction

from bcf.loading.plans import load_plans
from bcf.loading.reference import load_reference
from tests.integration.oracle import barnet_money, money
from tests.integration.oracle.asking import Asked, all_asked, answer_to, is_answered, to_places
from tests.integration.oracle.gathered import Gathered, gather_everything

ASKED = all_asked()
ANSWERED = [asked for asked in ASKED if is_answered(asked)]
ANSWERS = (barnet_money, money)


@pytest.fixture(scope="session")
def gathered(django_db_setup: None, django_db_blocker: Any) -> Gathered:
    """What is gathered from the loaded fixtures, once a session, and then taken back."""
    with django_db_blocker.unblock(), transaction.atomic():
        load_reference()
        load_plans()
        found = gather_everything()
        transaction.set_rollback(True)
    return found


@pytest.mark.django_db
@pytest.mark.parametrize("asked", ANSWERED, ids=lambda asked: asked.number)
def test_the_product_works_out_the_figure(asked: Asked, gathered: Gathered) -> None:
    result = answer_to(asked, gathered)
    assert result is not None, asked.statement
    assert to_places(result, asked.places) == asked.expected, asked.statement
