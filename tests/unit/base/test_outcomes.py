"""What an import would do is kept as plain values and comes back the same."""

import json

import pytest

from bcf.base.outcomes import Difference, Outcome, RowDifference, RowError

FULL = Outcome(
    new=1,
    changed=2,
    same=3,
    refused=1,
    error_count=1,
    differences=[RowDifference(2, "Carers, 2015–16", False, [Difference("Amount", "£1", "£2")])],
    errors=[RowError(3, "amount", "lots", "“lots” is not an amount.")],
    objections=["No header."],
    versions={7: 2},
)


def test_an_outcome_comes_back_from_json() -> None:
    assert Outcome.from_json(json.loads(json.dumps(FULL.as_json()))) == FULL


@pytest.mark.parametrize(
    ("outcome", "may_be"),
    [
        (Outcome(new=1), True),
        (Outcome(changed=1, same=5), True),
        (Outcome(same=5), False),
        (Outcome(new=1, refused=1), False),
        (Outcome(new=1, objections=["Unknown column."]), False),
    ],
)
def test_a_file_is_imported_only_where_all_of_it_can_be(outcome: Outcome, may_be: bool) -> None:
    assert outcome.may_be_imported is may_be
