"""Agreements, their amounts and events as plain values, for tests."""

from datetime import date
from typing import Any

from bcf.assurance.agreements.values import AgreedValue, Agreement, Happened
from bcf.assurance.figures import NOT_STATED, Choice
from bcf.base.worked import RowRef
from bcf.periods import FinancialYear, PartialDate
from governance.rules import Terms
from tests.unit.assurance.agreement_values import agreement as schedule
from tests.unit.assurance.agreement_values import value

TRUST = Choice("trust", "Trust")
NORTH, SOUTH = Choice("north", "North"), Choice("south", "South")
Y2017, Y2018 = FinancialYear(2017), FinancialYear(2018)


def pooled(amount: int, year: Any = Y2017, **given: Any) -> AgreedValue:
    """A pooled fund of all parties together."""
    row = RowRef("governance.agreementvalue", "one", f"{year}-{amount}")
    return value(amount, **{"year": year, "measure": "pooled-fund", "row": row, **given})


def agreement(slug: str, *values: AgreedValue, **given: Any) -> Agreement:
    """A schedule for adults of the north; dates may be given as texts."""
    for name in {"starts", "ends"} & given.keys():
        given[name] = PartialDate.parse(given[name])
    own = {
        "slug": slug,
        "title": slug.capitalize(),
        "boards": (NORTH,),
        "row": RowRef("governance.agreement", slug, slug, slug),
    }
    return schedule(*values, **{**own, **given})


def terms(**given: Any) -> Terms:
    """The terms of such an agreement."""
    defaults: dict[str, Any] = {
        "ends": None,
        "is_open_ended": False,
        "arrangement": "",
        "parties": ("council", "nhs"),
        "pooled": {},
    }
    return Terms(**{**defaults, **given})


def event(effective: date, before: Terms, after: Terms, **given: Any) -> Happened:
    """A variation of an agreement."""
    defaults: dict[str, Any] = {
        "number": 1,
        "action": "vary",
        "deed_date": None,
        "reason": "Agreed.",
        "by": "Ann",
        "successor": NOT_STATED,
    }
    return Happened(
        effective=effective, terms_before=before, terms_after=after, **{**defaults, **given}
    )
