"""What tests share: what all checks find in the loaded plans, and a cycle that asks more."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from django.db import transaction

from plans.cycle_definitions import (
    CycleDefinition,
    PlanningRequirement,
    PrimaryObjective,
    Rating,
    SchemeType,
    SubType,
    definition,
    definitions,
)
from plans.cycle_words import cycle_words
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


@pytest.fixture
def later_cycle(monkeypatch: pytest.MonkeyPatch) -> Iterator[CycleDefinition]:
    """The cycle 2017-19 as if its form asked what forms of later cycles ask.

    Planning requirements, primary objectives, units by sub type, and an outcome that lets an area
    spend although it does not approve the plan.
    """
    made_up: dict[str, Any] = {"verified": False, "source": "a test"}
    beds = SubType("beds", "In a bed", unit="placements", **made_up)
    home = SubType("home", "At home", **made_up)
    changed = replace(
        definition("2017-19"),
        planning_requirements=(
            PlanningRequirement("pr1", "All agree", summary="Agree.", number="PR1", **made_up),
            PlanningRequirement("pr2", "All funded", summary="Fund.", number="PR2", **made_up),
        ),
        primary_objectives=(
            PrimaryObjective("discharge", "Timely discharge", **made_up),
            PrimaryObjective("carers", "Supporting carers", **made_up),
        ),
        scheme_types=(
            SchemeType("care", "Care", sub_types=(beds, home), unit="packages", **made_up),
        ),
        ratings=(Rating("come-back", "Come back", approves=False, permits_spend=True, **made_up),),
    )
    monkeypatch.setitem(definitions(), "2017-19", changed)
    cycle_words.cache_clear()
    yield changed
    cycle_words.cache_clear()
