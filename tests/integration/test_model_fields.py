"""Kinds of columns that are not used: floats lose pence, and a text has one way to be empty."""

import pytest
from django.apps import apps
from django.db import models

from tests.conftest import OUR_APPS

# The username of a retired account and the like would be listed here with a reason; none is.
TEXTS = (models.CharField, models.TextField)


def fields() -> list[models.Field]:
    return [
        field
        for label in (*OUR_APPS, "papers")
        for model in apps.get_app_config(label).get_models(include_auto_created=True)
        for field in model._meta.concrete_fields
    ]


def test_no_number_is_a_float() -> None:
    assert fields()
    assert [str(each) for each in fields() if isinstance(each, models.FloatField)] == []


def test_no_text_is_null() -> None:
    found = [
        str(each)
        for each in fields()
        if isinstance(each, TEXTS) and each.null and each.name != "history_change_reason"
    ]
    assert found == []


@pytest.mark.parametrize("label", ["plans.Contribution.amount", "schemes.SpendLine.amount"])
def test_money_is_an_integer_column_of_64_bits(label: str) -> None:
    model, _, name = label.rpartition(".")
    field = apps.get_model(model)._meta.get_field(name)
    assert field.get_internal_type() == "BigIntegerField"
