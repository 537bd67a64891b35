"""Records of one small plan, or of a joint plan with two parts, for tests of governance checks."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from bcf.assurance.checks.agreements import EVERY as AGREEMENTS
from bcf.assurance.checks.conditions import EVERY as CONDITIONS
from bcf.assurance.checks.finding import Finding, Severity
from bcf.assurance.checks.record import (
    AgreementRow,
    AgreementValueRow,
    AnswerRow,
    BoardRow,
    BodyRow,
    ConditionRow,
    MilestoneRow,
    Record,
    RiskRow,
    ShareRow,
    SignOffRow,
)
from bcf.assurance.checks.risks import EVERY as RISKS
from bcf.periods import FinancialYear, PartialDate
from plans.cycle_definitions import CheckRule, definition
from plans.cycle_definitions.entries import (
    NationalCondition,
    PlanningRequirement,
    Question,
    SignOffRule,
)
from tests.unit.assurance.values import figures, pool

TODAY = date(2016, 6, 15)
SOURCE = "made up"
EVERY = {**CONDITIONS, **RISKS, **AGREEMENTS}
DATA = NationalCondition("data", "Data sharing", True, SOURCE, "Share data.", "7(c)")
AGREED = NationalCondition("agreed", "Jointly agreed", True, SOURCE, "Agree.")
SHARED = PlanningRequirement("pr1", "Records shared", True, SOURCE, "Share.", "PR1", "data")
FUNDED = PlanningRequirement("pr2", "All funded", False, SOURCE, "Fund it.", "PR2")
VISION = Question("vision", "Vision", True, SOURCE, "2(a)", "What is the vision?")
SHARING = Question("sharing", "Data sharing", True, SOURCE, "7(c)", "How?", "data")
COUNCIL = SignOffRule("council", "Council", True, SOURCE, "council", True, True)
NHS = SignOffRule("nhs", "Commissioner", True, SOURCE, "nhs-commissioner", True, True)
CHAIR = SignOffRule("board", "Chair of the board", True, SOURCE, "board", True, True)
OFFICER = SignOffRule("officer", "Finance officer", True, SOURCE, "council", True, False)
PROVIDER = SignOffRule("provider", "Provider", True, SOURCE, "provider", True, True)
BOARD = BoardRow("a", "A Health and Wellbeing Board", ("a",))
CYCLE = replace(
    definition("2014-16"),
    conditions=(DATA,),
    questions=(VISION, SHARING),
    sign_offs=(COUNCIL, NHS, CHAIR),
)


def record(*rows: Any, asks: dict[str, Any] | None = None, **given: Any) -> Record:
    """A plan `a` of one board with these rows; `asks` changes what its cycle asks."""
    found: dict[str, Any] = {
        name: tuple(row for row in rows if isinstance(row, kind))
        for name, kind in {
            "conditions": ConditionRow,
            "answers": AnswerRow,
            "risks": RiskRow,
            "milestones": MilestoneRow,
            "sign_offs": SignOffRow,
            "agreements": AgreementRow,
            "agreement_values": AgreementValueRow,
            "shares": ShareRow,
        }.items()
    }
    defaults: dict[str, Any] = {
        "cycle": replace(CYCLE, **(asks or {})),
        "today": TODAY,
        "money": figures(),
        "form": "july-2014",
        "commissioners": (BodyRow("a-ccg", "A CCG"),),
        "councils": (BodyRow("a-council", "A Council", "a"),),
        "boards": (BOARD,),
    }
    return Record(**{**defaults, **found, **given})


def joint_record(*rows: Any, **given: Any) -> Record:
    """A joint plan `j` with the parts `north` and `south`."""
    parts = (figures(slug="north"), figures(slug="south"))
    return record(*rows, **{"money": figures(slug="j", parts=parts), **given})


def check(code: str, of: Record, **thresholds: int) -> list[Finding]:
    rule = CheckRule(
        code,
        "A check",
        True,
        SOURCE,
        {name.replace("_", "-"): Decimal(value) for name, value in thresholds.items()},
    )
    return list(EVERY[code](of, rule))


def said(found: list[Finding]) -> list[tuple[Severity, str]]:
    """What findings say, and how gravely."""
    return [(each.severity, each.sentence) for each in found]


def condition(key: str = "data", **given: Any) -> ConditionRow:
    defaults: dict[str, Any] = {"owner": "a", "status": "met", "text": "We do.", "action": ""}
    return ConditionRow(ref=key, condition=key, **{**defaults, **given})


def answer(question: str, owner: str = "a") -> AnswerRow:
    return AnswerRow(owner, question, question)


def risk(name: str, **given: Any) -> RiskRow:
    defaults: dict[str, Any] = {
        "owner": "a",
        "ref": name.lower(),
        "printed_ref": "",
        "likelihood": 3,
        "impact": 4,
        "printed_rating": "12",
        "mitigation": "Watch it.",
        "rating_after_mitigation": "",
    }
    return RiskRow(name=name, **{**defaults, **given})


def milestone(name: str, due: str = "", **given: Any) -> MilestoneRow:
    defaults: dict[str, Any] = {
        "owner": "a",
        "ref": name.lower(),
        "when_in_words": "",
        "done_on": None,
    }
    day = PartialDate.parse(due) if due else None
    return MilestoneRow(name=name, due=day, **{**defaults, **given})


def signature(role: str, body: str, **given: Any) -> SignOffRow:
    """Somebody's for a body, whose key is its name in small letters with hyphens."""
    key = body.lower().replace(" ", "-")
    is_board = role == "board"
    defaults: dict[str, Any] = {
        "owner": "a",
        "ref": f"{role}-{key}",
        "organisation": "" if is_board else key,
        "board": "a" if is_board else "",
        "name": "Ann Lee",
        "signed_on": date(2015, 1, 9),
        "is_delegated": False,
        "to_be_ratified_on": None,
    }
    return SignOffRow(role=role, body=body, **{**defaults, **given})


SIGNED = (
    signature("council", "A Council"),
    signature("nhs-commissioner", "A CCG"),
    signature("board", "A Health and Wellbeing Board"),
)


def agreement(name: str, starts: str = "", ends: str = "", **given: Any) -> AgreementRow:
    defaults: dict[str, Any] = {
        "owner": "a",
        "ref": name.lower(),
        "kind": "overarching",
        "arrangement": "pooled-fund",
        "parent": "",
        "is_open_ended": False,
        "is_section_75": True,
    }
    merged = {**defaults, **given}
    return AgreementRow(
        name=name,
        plan=merged["owner"],
        starts=PartialDate.parse(starts) if starts else None,
        ends=PartialDate.parse(ends) if ends else None,
        **merged,
    )


def amount(of: str, printed: int, **given: Any) -> AgreementValueRow:
    """A pooled fund of 2015-16 of an agreement, printed in pounds to the pound."""
    defaults: dict[str, Any] = {
        "agreement_name": of,
        "plan": "a",
        "year": FinancialYear(2015),
        "measure": "pooled-fund",
        "party": "",
        "amount": Decimal(printed),
        "rounded_to": Decimal(1),
        "printed": str(printed),
        "printed_unit": "GBP",
        "unit_meant": "",
    }
    slug = of.lower()
    kept = {"ref": f"{slug}-{printed}", **defaults, **given}
    return AgreementValueRow(owner=slug, agreement=slug, **kept)


def money(*amounts: int) -> Any:
    """A plan `a` whose stated pools of 2015-16 and 2016-17 are these."""
    years = (FinancialYear(2015), FinancialYear(2016))
    return figures(*(pool(each, year=year) for each, year in zip(amounts, years, strict=False)))
