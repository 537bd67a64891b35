"""Collections of rows of plans: contributions, published minimums, and answers."""

from plans.api.building import IN_PLAN, PLAN_FILTERS, collection_of
from plans.models import Answer, Contribution, Requirement
from plans.scopes import PLAN_ROWS

CONTRIBUTIONS = collection_of(
    "contributions",
    Contribution,
    scope=PLAN_ROWS,
    one="What one organisation pays into the pool in a year, from one funding source.",
    told="Who pays what into each plan’s pool, by year and funding source. A plan may state its "
    "pool as a whole and none by source: its income is in `plans/{plan}/summary/`.",
    about={
        "funding_source": "The funding source, by its key in the plan’s cycle, such as dfg.",
        "sub_source": "The part of the funding source, by its key in the cycle.",
        "contributor": "The organisation that pays, by its key.",
        "amount": "The amount for the year, in pounds.",
    },
    row_key=IN_PLAN,
    order=("plan_id", "financial_year", "pk"),
    filters=PLAN_FILTERS,
)
REQUIREMENTS = collection_of(
    "requirements",
    Requirement,
    scope=PLAN_ROWS,
    one="A published minimum for a year, and the plan’s own statement of it.",
    told="What pools must hold or spend at least, by year, and what each plan says that it does.",
    about={
        "rule": "The requirement, by its key in the plan’s cycle, such as nhs-out-of-hospital.",
        "minimum": "The published minimum for the year, in pounds.",
        "actual": "What the plan itself states for the year, in pounds.",
        "printed_actual": "What the plan states as it prints it, in `printed_unit`.",
    },
    row_key=IN_PLAN,
    order=("plan_id", "financial_year", "rule", "pk"),
    filters=PLAN_FILTERS,
)
ANSWERS = collection_of(
    "answers",
    Answer,
    scope=PLAN_ROWS,
    one="A plan’s answer to a question of its template.",
    told="What plans say in words, by the questions of their templates; in light Markdown.",
    about={
        "question": "The question, by its key in the plan’s cycle.",
        "order": "The answer’s place among those to its question, from 1.",
        "text": "The answer, in light Markdown.",
        "status_in_words": "How far the matter is, in the plan’s words.",
        "due": "When it is due: a date, or as much of it as is known.",
    },
    row_key=IN_PLAN,
    order=("plan_id", "pk"),
    filters=PLAN_FILTERS,
)
