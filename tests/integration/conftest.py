"""What tests of the checks share: what all checks find in the loaded plans, once a session."""

from typing import Any

import pytest
from django.db import transaction

from bcf.loading.plans import load_plans
from bcf.loading.reference import load_reference
from tests.integration.oddities.found import FoundInPlans, check_everything


@pytest.fixture(scope="session")
def found_in_plans(django_db_setup: None, django_db_blocker: Any) -> FoundInPlans:
    """What the checks find in each reference plan; the plans are then taken back."""
    with django_db_blocker.unblock(), transaction.atomic():
        load_reference()
        load_plans()
        found = check_everything()
        transaction.set_rollback(True)
    return found
