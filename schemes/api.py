"""Collections of the API: schemes, spend lines, benefits and milestones."""

from decimal import Decimal

from django.db.models import Case, F, Q, Value, When

from bcf.base.api import kinds
from bcf.base.api.collection import Filter, Switch
from bcf.base.api.columns import Column, Pointer, Pointers
from bcf.base.api.kinds import number_of
from bcf.money import from_pence
from metrics.api import POINTERS as METRIC_POINTERS
from plans.api.building import IN_PLAN, PLAN_FILTERS, collection_of
from plans.scopes import PLAN_ROWS
from schemes.models import Benefit, Milestone, Scheme, SpendLine
from schemes.queries import spend_parts
from schemes.rules import line_counts, saving_of

COUNTING = next(part.rows for part in spend_parts() if part.counts)

POINTERS: Pointers = {
    **METRIC_POINTERS,
    Scheme: Pointer(
        "schemes",
        "ref",
        plan="plan",
        is_in_plan=True,
        also=(
            ("reference", "reference", "The scheme’s number or letter in its plan, such as 2b."),
            ("name", "name", "The scheme’s name."),
            ("theme", "theme", "The theme under which the plan puts the scheme."),
        ),
    ),
    SpendLine: Pointer("spend-lines", "ref", plan="plan", is_in_plan=True),
}


def expected_saving(change: int | None, unit_price: int | None, saving: int | None) -> str | None:
    """The saving in pounds, of a change in ten-thousandths and amounts in pence."""
    found = saving_of(
        change=None if change is None else Decimal(number_of(change)),
        unit_price=None if unit_price is None else from_pence(unit_price),
        stated=None if saving is None else from_pence(saving),
    )
    return None if found is None else str(found)


def plan_of_whole(plan: str, whole: str | None) -> str | None:
    """The plan of the line that a line of this plan breaks down, where it breaks down one."""
    return plan if whole else None


COUNTS = Filter(
    "counts",
    kinds.BOOLEAN,
    "Rows whose amount counts towards the plan’s spend (true), or does not (false).",
    kinds.BOOLEAN.read,
    lambda asked, person: COUNTING if asked[0] else ~COUNTING,
    is_many=False,
)

SCHEMES = collection_of(
    "schemes",
    Scheme,
    scope=PLAN_ROWS,
    one="A service or piece of work that the pool buys.",
    told="What the pools buy, with the template’s description of each scheme.",
    about={
        "reference": "The scheme’s number or letter in the plan, such as 2b.",
        "name": "The scheme’s name.",
        "theme": "The theme under which the plan puts it.",
        "tier": "The tier of care, in the plan’s words.",
        "parent": "The scheme that it is a part of, by its ref; it may be of the joint plan.",
        "scheme_type": "The type, by its key in the plan’s cycle.",
        "sub_type": "The sub type, by its key in the cycle.",
        "type_specified": "The type in words, where it is another one.",
        "lead_commissioner": "The organisation that leads, by its key.",
        "summary": "What it is, in a few sentences.",
        "other_names": "Other names and references under which it is printed.",
        "printed_with": "References of schemes that are described or priced with it.",
        "links_in_words": "The conditions and metrics that it serves, in the plan’s words.",
        "objective": "Its strategic objective.",
        "overview": "The model of care, and whom it is for.",
        "delivery_chain": "Who commissions and who provides it.",
        "evidence": "The evidence for it.",
        "investment": "What it needs, in the plan’s words; amounts are in `spend-lines`.",
        "costing_assumption": "The assumption behind its cost.",
        "savings_assumption": "The assumption behind what it saves.",
        "impact": "What it is to achieve.",
        "feedback_loop": "How it is seen whether it works.",
        "success_factors": "What its success depends on.",
    },
    row_key=IN_PLAN,
    order=("plan_id", "reference", "pk"),
    pointers=POINTERS,
    filters=PLAN_FILTERS,
)
SPEND_LINES = collection_of(
    "spend-lines",
    SpendLine,
    scope=PLAN_ROWS,
    one="Money spent in one year on one thing.",
    told="What the pools are spent on. Lines that `counts` add up to a plan’s spend; a list leaves "
    "out lines that break down another, unless `breakdowns=1` is asked for.",
    about={
        "scheme": "The scheme, by its ref; null where the plan does not say which.",
        "description": "What the money is spent on.",
        "theme": "The theme under which the plan puts it.",
        "funding_source": "The funding source, by its key in the plan’s cycle.",
        "area_of_spend": "The area of spend, by its key in the cycle.",
        "area_specified": "The area of spend in words, where it is another one.",
        "commissioner": "Who commissions, by its key in the cycle: the NHS, the council or both.",
        "nhs_percent": "The share that the NHS commissions, in per cent.",
        "la_percent": "The share that the local authority commissions, in per cent.",
        "provider_type": "The type of provider, by its key in the cycle.",
        "provider": "The provider, by its key.",
        "primary_objective": "The objective that it serves first, by its key in the cycle.",
        "new_or_existing": "Whether the plan spends on it for the first time.",
        "amount": "The amount for the year, in pounds.",
        "in_pool": "Whether the money is in the pool.",
        "breaks_down": "The line of the same plan that this one is a component of, by its ref. "
        "Its amount is part of that one’s.",
        "planned_output": "How much is to be delivered, in `output_unit`.",
        "output_unit": "What the output is counted in.",
        "comment": "The plan’s remark on the line.",
    },
    worked=(
        Column(
            "counts",
            kinds.BOOLEAN,
            "Whether the amount counts towards the plan’s spend: in the pool, and breaking down "
            "no other line.",
            needs=("in_pool", "breaks_down_id"),
            worked=line_counts,
            cell=Case(When(COUNTING, then=Value("true")), default=Value("false")),
        ),
        Column(
            "breaks_down_plan",
            kinds.SLUG,
            "The plan of the line that this one is a component of, by its slug: the row’s own. "
            "It is null where `breaks_down` is.",
            is_optional=True,
            needs=("plan__slug", "breaks_down__ref"),
            worked=plan_of_whole,
            cell=Case(When(breaks_down__isnull=False, then=F("plan__slug"))),
            unfiltered="It is the plan of the row.",
            points_at="plans",
        ),
    ),
    row_key=IN_PLAN,
    order=("financial_year", "pk"),
    pointers=POINTERS,
    filters=(*PLAN_FILTERS, COUNTS),
    switches=(
        Switch(
            "breakdowns",
            "With 1 or true, lines that break down another are among the rows.",
            Q(breaks_down__isnull=False),
        ),
    ),
)
BENEFITS = collection_of(
    "benefits",
    Benefit,
    scope=PLAN_ROWS,
    one="A change that schemes should bring about, and what it saves.",
    told="What schemes should change in metrics, and what that saves, by year.",
    about={
        "schemes": "The schemes that bring it about, by their refs.",
        "metrics": "The metrics that change, by their keys.",
        "change": "By how much, in `change_unit`; a reduction is negative.",
        "change_unit": "What the change is counted in, such as admissions.",
        "unit_price": "What one of them costs, in pounds.",
        "price_basis": "Whether the unit price is printed, or derived from a printed total.",
        "saving": "The saving as the plan states it, in pounds.",
        "beneficiary": "Who benefits.",
        "costing_assumption": "The assumption behind the cost.",
        "savings_assumption": "The assumption behind the saving.",
    },
    worked=(
        Column(
            "expected_saving",
            kinds.WORKED_MONEY,
            "The saving as stated, or worked out of change and unit price, in pounds.",
            is_optional=True,
            needs=("change", "unit_price", "saving"),
            worked=expected_saving,
        ),
    ),
    row_key=IN_PLAN,
    order=("financial_year", "pk"),
    pointers=POINTERS,
    filters=PLAN_FILTERS,
)
MILESTONES = collection_of(
    "milestones",
    Milestone,
    scope=PLAN_ROWS,
    one="A step of a plan.",
    told="The steps by which plans come about, with when they are due and whether they are done.",
    about={
        "group": "What the plan puts it under, such as a tier of care.",
        "printed_ref": "The reference that the plan prints; it may repeat.",
        "title": "What the step is.",
        "starts": "When it starts: a date, or as much of it as is known.",
        "due": "When it is due: a date, or as much of it as is known.",
        "when_in_words": "When, in the plan’s words.",
        "done_on": "The day on which it was done; null while it is not, or where none is stated.",
        "schemes": "The schemes that it is a step of, by their refs.",
    },
    row_key=IN_PLAN,
    order=("plan_id", "pk"),
    pointers=POINTERS,
    filters=PLAN_FILTERS,
)
COLLECTIONS = (SCHEMES, SPEND_LINES, BENEFITS, MILESTONES)
