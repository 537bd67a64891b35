"""Two states of a row, told field by field, without a database."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from bcf.base.differences import Difference, State, differences
from bcf.periods import FinancialYear
from schemes.models import Benefit, SpendLine

LINE: dict[str, Any] = {
    **{field.attname: field.get_default() for field in SpendLine._meta.concrete_fields},
    "id": 1,
    "version": 1,
    "ref": "2017-18-carers",
    "plan_id": 4,
    "financial_year": FinancialYear(2017),
    "description": "Carers",
    "amount": Decimal("1000.00"),
}


class Spoken:
    """Words without a database."""

    def labels(self, name: str) -> Mapping[str, str]:
        return {"dfg": "Disabled Facilities Grant"} if name == "funding_source" else {}

    def row(self, model: Any, number: Any) -> str:
        return f"{model.__name__} {number}"


def told(old: State | None, new: State | None, model: Any = SpendLine) -> dict[str, Difference]:
    return {each.label: each for each in differences(model, old, new, Spoken())}


def line(**values: Any) -> State:
    return State({**LINE, **values})


def test_each_field_that_differs_is_told_with_both_values() -> None:
    found = told(line(), line(version=2, amount=Decimal("5"), funding_source="dfg", scheme_id=3))

    assert {label: (each.old, each.new) for label, each in found.items()} == {
        "Scheme": ("not stated", "Scheme 3"),
        "Funding source": ("not stated", "Disabled Facilities Grant"),
        "Amount": ("£1,000", "£5"),
    }
    assert [each.name for each in found.values()] == ["scheme", "funding_source", "amount"]


def test_a_row_that_is_saved_as_it_was_does_not_differ() -> None:
    assert told(line(), line(version=2)) == {}
    assert told(line(theme=""), line(theme=None)) == {}


def test_an_added_row_tells_what_it_says_and_no_more() -> None:
    found = told(None, line())

    assert {label: (each.old, each.new) for label, each in found.items()} == {
        "Financial year": ("", "2017–18"),
        "Description": ("", "Carers"),
        "Amount": ("", "£1,000"),
        "In the pool": ("", "Yes"),
    }


def test_a_removed_row_tells_what_it_said() -> None:
    found = told(line(), None)

    assert (found["Amount"].old, found["Amount"].new) == ("£1,000", "")


def test_what_names_a_row_is_not_told() -> None:
    assert not {"Ref", "Plan", "Version"} & told(None, line()).keys()


def benefit(**links: frozenset[int]) -> State:
    values = {field.attname: None for field in Benefit._meta.concrete_fields}
    return State(values, {"schemes": frozenset(), "metrics": frozenset(), **links})


def test_links_tell_what_was_added_and_what_was_removed() -> None:
    found = told(
        benefit(schemes=frozenset({1, 2})), benefit(schemes=frozenset({2, 3})), model=Benefit
    )

    assert found["Schemes"] == Difference(
        name="schemes",
        label="Schemes",
        old="Scheme 1; Scheme 2",
        new="Scheme 2; Scheme 3",
        added=("Scheme 3",),
        removed=("Scheme 1",),
    )
    assert list(found) == ["Schemes"]


def test_links_of_an_added_row_are_told_once() -> None:
    found = told(None, benefit(schemes=frozenset({1})), model=Benefit)

    assert (found["Schemes"].old, found["Schemes"].new) == ("", "Scheme 1")
    assert (found["Schemes"].added, found["Schemes"].removed) == ((), ())
