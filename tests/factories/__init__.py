"""Rows for tests, one file a model; each is checked as it is saved, like any other row."""

from tests.factories.board import BoardFactory
from tests.factories.contribution import ContributionFactory
from tests.factories.cycle import CycleFactory
from tests.factories.funding_share import FundingShareFactory
from tests.factories.membership import MembershipFactory
from tests.factories.organisation import OrganisationFactory
from tests.factories.plan import PlanFactory
from tests.factories.requirement import RequirementFactory
from tests.factories.scheme import SchemeFactory
from tests.factories.spend_line import SpendLineFactory
from tests.factories.user import PASSWORD, UserFactory

__all__ = [
    "PASSWORD",
    "BoardFactory",
    "ContributionFactory",
    "CycleFactory",
    "FundingShareFactory",
    "MembershipFactory",
    "OrganisationFactory",
    "PlanFactory",
    "RequirementFactory",
    "SchemeFactory",
    "SpendLineFactory",
    "UserFactory",
]
