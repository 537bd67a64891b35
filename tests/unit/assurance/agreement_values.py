"""Agreements of plain values, for tests that need no database."""

from decimal import Decimal as D
from typing import Any

from bcf.assurance.agreements.values import Actual, AgreedValue, Agreement
from bcf.assurance.figures import NOT_STATED, Choice
from bcf.base.worked import RowRef
from bcf.periods import FinancialYear, Quarter

Y1, Y2 = FinancialYear(2030), FinancialYear(2031)
COUNCIL, NHS = Choice("council", "Council"), Choice("nhs", "NHS")
ROW = RowRef("governance.agreement", "one", "one", "One")


def value(amount: int | None, **given: Any) -> AgreedValue:
    """Spend of all parties together in the first year, unless told otherwise."""
    defaults: dict[str, Any] = {
        "year": Y1,
        "measure": "spend",
        "party": NOT_STATED,
        "step": None,
        "printed": None,
        "is_put_right": False,
        "row": RowRef("governance.agreementvalue", "one", str(given)),
    }
    return AgreedValue(amount=None if amount is None else D(amount), **{**defaults, **given})


def agreement(*values: AgreedValue, **given: Any) -> Agreement:
    """A schedule for adults between a council and the NHS."""
    defaults: dict[str, Any] = {
        "slug": "one",
        "title": "One",
        "kind": "schedule",
        "is_section_75": True,
        "parent": "",
        "client_group": "adults",
        "arrangement": "",
        "host": NOT_STATED,
        "parties": (COUNCIL, NHS),
        "starts": None,
        "ends": None,
        "is_open_ended": False,
        "providers": (),
        "notes": (),
        "variations": (),
        "row": ROW,
    }
    return Agreement(values=values, **{**defaults, **given})


def actual(number: int, outturn: int | None, forecast: int | None = None, **given: Any) -> Actual:
    """Spend of all parties together in a quarter of the first year, unless told otherwise."""
    defaults: dict[str, Any] = {
        "quarter": Quarter(Y1, number),
        "measure": "spend",
        "party": NOT_STATED,
        "note": "",
        "row": RowRef("governance.agreementactual", "one", f"{number}{given}"),
    }
    return Actual(
        outturn=None if outturn is None else D(outturn),
        forecast=None if forecast is None else D(forecast),
        **{**defaults, **given},
    )
