"""The facts of a plan that a form asks for, by the form's key of each."""

from collections.abc import Callable, Iterable, Sequence
from decimal import Decimal

from bcf.assurance.money_tables import cited
from bcf.money import format_pounds
from bcf.reporting.documents.model import Fact, Facts
from bcf.reporting.documents.reading import Reading
from bcf.ui.templatetags.ui import british_date
from plans.cycle_definitions import PlanField
from plans.models import Plan

NOT_STATED = "Not stated"


def facts_of(reading: Reading, fields: Iterable[PlanField]) -> Facts:
    """The facts that a form asks for under each other, as its section lists them."""
    return Facts(tuple(Fact(each.label, FIELDS[each.key](reading, each)) for each in fields))


def agreed(plan: Plan) -> str:
    """When the board agreed the plan, in words."""
    return british_date(plan.agreed_on) if plan.agreed_on else plan.agreed_in_words


def _boards(plan: Plan) -> str:
    return ", ".join(str(board) for board in plan.boards.all())


def _authorities(plan: Plan) -> str:
    return ", ".join(board.authority.name for board in plan.boards.all())


def _commissioners(plan: Plan) -> str:
    return ", ".join(each.name for each in plan.commissioners.all())


def _of_plan(words: Callable[[Plan], str]) -> Callable[[Reading, PlanField], str]:
    return lambda reading, field: words(reading.plan)


def _of_family(words: Callable[[Plan], str]) -> Callable[[Reading, PlanField], str]:
    """What the plan says; of a joint plan, what each of its parts says too."""

    def answer(reading: Reading, field: PlanField) -> str:
        said = {plan: words(plan) for plan in reading.family}
        if not reading.parts:
            return said[reading.plan]
        return "\n".join(f"{reading.area(plan)}: {text}" for plan, text in said.items() if text)

    return answer


def _pool(actual: bool) -> Callable[[Reading, PlanField], str]:
    """The minimum of the pool, or its agreed value, in the field's year."""

    def answer(reading: Reading, field: PlanField) -> str:
        found: list[Decimal | None] = [
            row.actual if actual else row.minimum
            for row in reading.figures.all_requirements
            if row.is_total_pool and str(row.year) == field.year
        ]
        stated = [amount for amount in found if amount is not None]
        if stated or not actual:
            return "; ".join(format_pounds(amount) for amount in stated)
        return _income_of(reading, field.year)

    return answer


def _income_of(reading: Reading, year: str) -> str:
    """The income of a year, which is the pool where the plan states it by source alone."""
    for balance in reading.summary.balances:
        if str(balance.year) == year and balance.income is not None:
            return format_pounds(balance.income)
    return ""


FIELDS: dict[str, Callable[[Reading, PlanField], str]] = {
    "boards": _of_plan(_boards),
    "local-authorities": _of_plan(_authorities),
    "commissioners": _of_plan(_commissioners),
    "boundary-differences": _of_family(lambda plan: plan.boundary_note),
    "agreed": _of_family(agreed),
    "submitted": _of_family(lambda plan: plan.submitted_in_words),
    "minimum-pool": _pool(actual=False),
    "total-pool": _pool(actual=True),
}


def _named(noun: str, things: Sequence[object]) -> str:
    return noun if len(things) < 2 else f"{noun}s"


def plan_facts(plan: Plan) -> list[tuple[str, str]]:
    """The plan's details as its page shows them; an empty answer is said to be so."""
    boards = list(plan.boards.all())
    councils = [board.authority.name for board in boards]
    commissioners = [each.name for each in plan.commissioners.all()]
    facts = [
        (_named("Health and Wellbeing Board", boards), ", ".join(str(board) for board in boards)),
        ("Local authority" if len(boards) < 2 else "Local authorities", ", ".join(councils)),
        (_named("NHS commissioner", commissioners), ", ".join(commissioners)),
        ("Cycle", plan.cycle.name),
        ("Boundary differences", plan.boundary_note),
        ("Date agreed at the Health and Wellbeing Board", agreed(plan)),
        ("Date submitted", plan.submitted_in_words),
        ("Source of this plan", cited(plan.citation)),
    ]
    return [(question, answer or NOT_STATED) for question, answer in facts]
