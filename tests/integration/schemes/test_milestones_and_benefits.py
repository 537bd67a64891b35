"""What milestones and benefits refuse and allow beyond their named constraints."""

import pytest
from django.core.exceptions import ValidationError

from tests.factories import BenefitFactory, MilestoneFactory

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("starts", "due"), [("2017-04", "2017"), ("2017-04", "2017-04-30"), ("", "2017"), ("2017", "")]
)
def test_a_milestone_may_be_due_within_the_month_or_year_in_which_it_starts(
    starts: str, due: str
) -> None:
    milestone = MilestoneFactory(starts=starts, due=due)
    assert (str(milestone.starts), str(milestone.due)) == (starts, due)


def test_a_benefit_of_a_year_outside_the_cycle_is_refused() -> None:
    with pytest.raises(ValidationError, match="lies outside this plan’s cycle"):
        BenefitFactory(financial_year="2016-17")
