"""What an event of an agreement changed is told from what to what."""

from decimal import Decimal as D
from typing import Any

from bcf.assurance.agreements.changes import Changed, changes_of
from bcf.periods import PartialDate
from governance.rules import Terms
from tests.unit.assurance.agreement_values import COUNCIL, NHS, Y1, Y2

NAMES = {each.key: each for each in (COUNCIL, NHS)}


def terms(**given: Any) -> Terms:
    defaults: dict[str, Any] = {
        "ends": PartialDate(2031, 3),
        "is_open_ended": False,
        "arrangement": "pooled-fund",
        "parties": ("council", "nhs"),
        "pooled": {Y1: D(100)},
    }
    return Terms(**{**defaults, **given})


class TestChanges:
    def test_only_what_changed_is_told(self) -> None:
        after = terms(
            ends=None,
            is_open_ended=True,
            arrangement="",
            parties=("nhs", "unknown"),
            pooled={Y2: D("1.5")},
        )
        labels = {"pooled-fund": "Pooled fund"}
        assert changes_of(terms(), after, NAMES, labels) == (
            Changed("End", "March 2031", "no end"),
            Changed("Arrangement", "Pooled fund", "not stated"),
            Changed("Parties", "Council, NHS", "NHS, unknown"),
            Changed(f"Pooled fund {Y1.label}", "£100", "not stated"),
            Changed(f"Pooled fund {Y2.label}", "not stated", "£1.50"),
        )
        assert changes_of(terms(), terms(), NAMES, labels) == ()
