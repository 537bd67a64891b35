"""Who asks the API, and a plan that not everybody may know of."""

import pytest

from bcf.accounts.models import User
from governance.models import Agreement
from tests import factories
from tests.factories import BoardFactory, PlanFactory, SchemeFactory, SpendLineFactory


@pytest.fixture
def hidden(real_plans: None) -> None:
    """A draft that a submitted part of it names in every way that there is."""
    board = BoardFactory(slug="east")
    joint = PlanFactory(slug="unseen", title="Unseen", boards=[board])
    part = PlanFactory(slug="part", boards=[board], part_of=joint, status="submitted")
    above = SchemeFactory(plan=joint, name="Unseen")
    own = SchemeFactory(plan=part, parent=above)
    whole = SpendLineFactory(plan=part, scheme=above)
    SpendLineFactory(plan=part, scheme=own, breaks_down=whole, financial_year=whole.financial_year)
    SpendLineFactory(plan=joint, scheme=above, description="Unseen")
    benefit = factories.BenefitFactory(plan=part)
    benefit.schemes.set([above, own])
    factories.PrintedFigureFactory(plan=part, scheme=above)


@pytest.fixture(params=["outsider", "administrator"])
def person(request: pytest.FixtureRequest) -> User:
    user: User = request.getfixturevalue(request.param)
    return user


@pytest.fixture
def every_plan(real_plans: None) -> None:
    """The real plans, with quarters of an agreement, which no document of theirs states."""
    agreement = Agreement.objects.earliest("pk")
    for _ in range(4):
        factories.AgreementActualFactory(agreement=agreement)
