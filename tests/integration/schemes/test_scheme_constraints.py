"""Every named constraint of schemes' rows: a sentence for who types, a refusal for who does not."""

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from plans.models import Answer, PopulationShare, RelatedDocument
from tests.factories.benefit import BenefitFactory
from tests.factories.milestone import MilestoneFactory
from tests.integration.schemes.constraint_cases import CASES

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("name", CASES)
def test_who_types_it_is_told_in_a_sentence(name: str) -> None:
    row, wrong, sentence = CASES[name]()
    for attribute, value in wrong.items():
        setattr(row, attribute, value)
    with pytest.raises(ValidationError) as error:
        row.full_clean()
    assert sentence in error.value.messages


@pytest.mark.parametrize("name", CASES)
def test_an_update_that_goes_past_the_forms_is_refused(name: str) -> None:
    row, wrong, _ = CASES[name]()
    with pytest.raises(IntegrityError), transaction.atomic():
        type(row)._base_manager.filter(pk=row.pk).update(**wrong)


@pytest.mark.parametrize("name", CASES)
def test_a_bulk_write_is_refused(name: str) -> None:
    row, wrong, _ = CASES[name]()
    copy = type(row)._base_manager.get(pk=row.pk)
    type(row)._base_manager.filter(pk=row.pk).delete()
    copy.pk = None
    for attribute, value in wrong.items():
        setattr(copy, attribute, value)
    with pytest.raises(IntegrityError), transaction.atomic():
        type(copy)._base_manager.bulk_create([copy])


def test_every_new_constraint_has_a_case() -> None:
    older = {"Scheme", "SpendLine"}
    found = [
        model
        for model in apps.get_app_config("schemes").get_models()
        if not model.__name__.startswith("Historical") and model.__name__ not in older
    ]
    assert len(found) == 7
    names = {
        each.name
        for model in [*found, Answer, RelatedDocument, PopulationShare]
        for each in model._meta.constraints
    }
    assert names == set(CASES)


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
