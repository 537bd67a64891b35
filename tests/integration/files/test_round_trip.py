"""Every kind of row comes back from its files as it was, and can be made anew from them."""

from typing import Any

import pytest
from django.db import models, transaction

from bcf.accounts.models import SavedFilter, User
from bcf.admin import REGISTER
from bcf.files.reading import read_table
from bcf.resources import RESOURCES
from governance.models import AgreementEvent
from plans.choices import PlanStatus
from plans.models import ChangeSet, Cycle, Membership, Plan, PlanEvent
from plans.row_imports import rows_check, rows_import
from tests import factories
from tests.integration.files.tables import as_csv, cells_of, exported

pytestmark = pytest.mark.django_db

# Who signs in and belongs to which board is no row of a plan, cycles are definition files, and
# what happened is only looked at.
WITHOUT_FILES = {User, SavedFilter, Membership, Cycle, PlanEvent, AgreementEvent, ChangeSet}
# The real plans have none of these.
INVENTED = {
    "PopulationShare": factories.PopulationShareFactory,
    "BenefitProfile": factories.BenefitProfileFactory,
    "SpendActual": factories.SpendActualFactory,
    "AgreementActual": factories.AgreementActualFactory,
    "ReportPassage": factories.ReportPassageFactory,
    "RiskShareTerm": factories.RiskShareTermFactory,
}
# Other rows cannot be without these.
STAYING = {
    "Agreement",
    "Board",
    "Metric",
    "Organisation",
    "Plan",
    "Programme",
    "ProgrammeNetwork",
    "Scheme",
}


@pytest.fixture
def every_row(real_plans: None) -> None:
    for make in INVENTED.values():
        make.create_batch(2)
    Plan.objects.update(status=PlanStatus.DRAFT)


def test_every_kind_of_row_that_the_admin_edits_has_files() -> None:
    assert set(REGISTER) - WITHOUT_FILES == set(RESOURCES)


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_what_is_exported_is_imported_without_a_difference(
    ending: str, every_row: None, administrator: User
) -> None:
    found = {}
    for model, kind in RESOURCES.items():
        content = exported(kind(administrator), model._default_manager.all(), ending)
        outcome = kind(administrator).check(read_table(f"rows.{ending}", content))
        assert outcome.same == model._default_manager.count() > 0, model
        found[model] = (outcome.to_write, outcome.refused, outcome.objections)

    assert all(each == (0, 0, []) for each in found.values()), found


def test_rows_are_made_anew_from_their_files(every_row: None, administrator: User) -> None:
    """Exported, removed, and imported without refs: what an export says is the same again."""
    made = [model for model in RESOURCES if model.__name__ not in STAYING]
    for model in made:
        with transaction.atomic():
            _make_anew(model, RESOURCES[model], administrator)
            transaction.set_rollback(True)

    assert len(made) > 30


def _make_anew(model: type[models.Model], kind: Any, person: User) -> None:
    # What points at rows of its own kind cannot point at those that are made with it.
    own = {field.name for field in model._meta.get_fields() if field.related_model is model}
    before = _without(exported(kind(person), model._default_manager.order_by("pk"), "csv"), own)
    model._default_manager.all().delete()
    columns = list(before[0])
    content = as_csv(columns, *(list(row.values()) for row in before))
    kept = rows_check(resource=kind, name="rows.csv", content=content, by=person)
    assert kept.outcome.new == len(before), (model, kept.outcome.errors[:3])
    rows_import(kept=kept, resource=kind, by=person)
    again = exported(kind(person), model._default_manager.order_by("pk"), "csv")
    assert _without(again, own) == before, model


def _without(content: bytes, columns: set[str]) -> list[dict[str, str]]:
    left_out = columns | {"ref"}
    return [
        {name: cell for name, cell in row.items() if name not in left_out}
        for row in cells_of(content)
    ]
