"""Plans of plain figures for tests of totals: no database."""

from decimal import Decimal
from typing import Any

from bcf.assurance.figures import (
    NOT_STATED,
    Choice,
    Contribution,
    PlanFigures,
    Requirement,
    SpendLine,
)
from bcf.money import PENNY
from bcf.periods import FinancialYear

Y1, Y2 = FinancialYear(2015), FinancialYear(2016)
NHS = Choice("nhs-minimum", "NHS minimum")
DFG = Choice("dfg", "Disabled Facilities Grant")


def pounds(amount: str | int | None) -> Decimal | None:
    return None if amount is None else Decimal(amount).quantize(PENNY)


def contribution(amount: str | int | None, **given: Any) -> Contribution:
    defaults: dict[str, Any] = {
        "plan": "a",
        "year": Y1,
        "source": NHS,
        "sub_source": NOT_STATED,
        "contributor": NOT_STATED,
        "rounded_to": PENNY,
        "citation": None,
    }
    return Contribution(amount=pounds(amount), **{**defaults, **given})


def spend_line(amount: str | int | None, **given: Any) -> SpendLine:
    defaults: dict[str, Any] = {
        "plan": "a",
        "ref": "line",
        "year": Y1,
        "description": "Reablement",
        "source": NOT_STATED,
        "theme": NOT_STATED,
        "scheme": NOT_STATED,
        "area": NOT_STATED,
        "provider": NOT_STATED,
        "in_pool": True,
        "breaks_down": "",
        "rounded_to": PENNY,
        "citation": None,
    }
    return SpendLine(amount=pounds(amount), **{**defaults, **given})


def pool(actual: str | int | None, **given: Any) -> Requirement:
    defaults: dict[str, Any] = {
        "plan": "a",
        "year": Y1,
        "rule": Choice("total-pool", "Total pool"),
        "is_total_pool": True,
        "minimum": None,
        "rounded_to": PENNY,
        "citation": None,
    }
    return Requirement(actual=pounds(actual), **{**defaults, **given})


def figures(*rows: Any, slug: str = "a", parts: tuple[PlanFigures, ...] = ()) -> PlanFigures:
    return PlanFigures(
        slug=slug,
        title=slug.upper(),
        area=slug.title(),
        years=(Y1, Y2),
        contributions=tuple(row for row in rows if isinstance(row, Contribution)),
        spend_lines=tuple(row for row in rows if isinstance(row, SpendLine)),
        requirements=tuple(row for row in rows if isinstance(row, Requirement)),
        parts=parts,
    )
