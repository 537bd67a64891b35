"""The values of fields as a reader writes them."""

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from bcf.base.words import date_in_words, field_label, sentences, value_in_words
from bcf.periods import Month, PartialDate
from governance.models import Agreement
from plans.models import Contribution, Plan
from schemes.models import Benefit, BenefitProfile, Milestone, SpendLine

LABELS = {"dfg": "Disabled Facilities Grant"}


def words(model: Any, name: str, value: Any) -> str:
    field = model._meta.get_field(name)
    labels = LABELS if name == "funding_source" else {}
    return value_in_words(field, value, labels, lambda model, number: f"{model.__name__} {number}")


@pytest.mark.parametrize(
    ("model", "name", "value", "expected"),
    [
        (SpendLine, "amount", Decimal("23412000.00"), "£23,412,000"),
        (SpendLine, "amount", Decimal("0.00"), "£0"),
        (SpendLine, "amount", None, "not stated"),
        (SpendLine, "nhs_percent", Decimal("62.50"), "62.5%"),
        (SpendLine, "in_pool", False, "No"),
        (SpendLine, "in_pool", True, "Yes"),
        (SpendLine, "funding_source", "dfg", "Disabled Facilities Grant"),
        (SpendLine, "funding_source", "of-another-cycle", "of-another-cycle"),
        (SpendLine, "funding_source", "", "not stated"),
        (SpendLine, "theme", "", "empty"),
        (SpendLine, "theme", "Enablers", "Enablers"),
        (SpendLine, "printed_unit", "GBP_thousand", "£000"),
        (SpendLine, "printed_unit", "", "not stated"),
        (SpendLine, "scheme", 7, "Scheme 7"),
        (SpendLine, "scheme", None, "not stated"),
        (Contribution, "contributor", 3, "Organisation 3"),
        (Plan, "agreed_on", date(2014, 9, 18), "18 September 2014"),
        (Benefit, "change", Decimal("-1234.5"), "−1,234.5"),
        (BenefitProfile, "month", Month(2015, 4), "April 2015"),
        (Milestone, "due", PartialDate(2014, 9), "September 2014"),
        (Milestone, "due", "", "not stated"),
        (Agreement, "client_group", "", "not stated"),
    ],
)
def test_a_value_reads_as_a_reader_writes_it(
    model: Any, name: str, value: Any, expected: str
) -> None:
    assert words(model, name, value) == expected


def test_a_label_leaves_the_unit_to_the_values() -> None:
    assert field_label(SpendLine._meta.get_field("amount")) == "Amount"
    assert field_label(SpendLine._meta.get_field("nhs_percent")) == "NHS share"
    assert field_label(SpendLine._meta.get_field("in_pool")) == "In the pool"


def test_a_moment_is_told_by_british_clocks() -> None:
    assert date_in_words(datetime(2026, 7, 1, 9, 5, tzinfo=UTC)) == "1 July 2026, 10:05"


def test_errors_name_their_fields() -> None:
    error = ValidationError({"amount": ["Too large."], "__all__": ["They do not add up."]})

    assert sentences(error, SpendLine) == ["Amount: Too large.", "They do not add up."]
    assert sentences(ValidationError("Somebody was first."), SpendLine) == ["Somebody was first."]
