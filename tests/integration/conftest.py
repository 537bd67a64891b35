"""What tests of the checks share: what all checks find in the loaded plans, once a session."""

from typing import Any

import pytest
from django.db import transaction

from tests.conftest import Rows
from tests.integration.oddities.found import FoundInPlans, check_everything


@pytest.fixture(scope="session")
def found_in_plans(real_rows: Rows, django_db_blocker: Any) -> FoundInPlans:
    """What the checks find in each reference plan; the plans are then taken back."""
    with django_db_blocker.unblock(), transaction.atomic():
        real_rows.save()
        found = check_everything()
        transaction.set_rollback(True)
    return found
