"""Two lists that must stay one: the database's kinds of organisation and the definitions'."""

from plans.choices import OrganisationKind
from plans.cycle_definitions import ORGANISATION_KINDS


def test_kinds_of_organisation_are_those_of_the_cycle_definitions() -> None:
    assert tuple(OrganisationKind.values) == ORGANISATION_KINDS
