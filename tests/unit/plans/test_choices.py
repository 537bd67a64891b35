"""Lists that must stay one: those of the database, of the fixtures and of the definitions."""

import csv

from governance.choices import SignOffRole
from plans.choices import OrganisationKind
from plans.cycle_definitions import ORGANISATION_KINDS, SIGN_OFF_ROLES, definitions
from tests.conftest import ROOT


def test_kinds_of_organisation_are_those_of_the_cycle_definitions() -> None:
    assert tuple(OrganisationKind.values) == ORGANISATION_KINDS


def test_roles_of_signing_are_those_of_the_cycle_definitions() -> None:
    assert tuple(SignOffRole.values) == SIGN_OFF_ROLES


def test_metrics_of_the_cycles_are_those_of_the_reference_data() -> None:
    with (ROOT / "fixtures" / "reference" / "metrics.csv").open(encoding="utf-8") as file:
        known = {row["key"] for row in csv.DictReader(file)}
    asked = {metric.key for cycle in definitions().values() for metric in cycle.metrics}
    assert {"nea", "dtoc"} <= asked <= known
