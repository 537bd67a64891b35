"""Collections of the API: agreements and their values, conditions, risks, sign-offs, bodies,
and what documents print."""

from bcf.base.api import kinds
from bcf.base.api.collection import PlacedKey, RowKey
from bcf.base.api.columns import Column, Pointer, Pointers
from governance.models import (
    Agreement,
    AgreementActual,
    AgreementValue,
    Body,
    ConditionResponse,
    PrintedFigure,
    Risk,
    SignOff,
)
from governance.rules import risk_rating
from governance.scopes import AGREEMENT_ROWS, AGREEMENTS, PLACED
from plans.api.building import IN_PLAN, PLACED_FILTERS, PLAN_FILTERS, by_slug, collection_of
from plans.scopes import PLAN_ROWS
from schemes.api import POINTERS as SCHEME_POINTERS

POINTERS: Pointers = {
    **SCHEME_POINTERS,
    Agreement: Pointer(
        "agreements",
        "slug",
        plan="plan",
        also=(
            ("title", "title", "The agreement’s title."),
            ("boards", "boards__slug", "The boards that it is about, by their slugs."),
        ),
    ),
    Body: Pointer("bodies", "ref", plan="plan"),
}
PLACED_KEY = PlacedKey(
    told="the plan’s slug and the ref, as `plan:ref`; of a row that names a board, with the "
    "board’s slug between them, as `plan:board:ref`, or `:board:ref` where it names no plan",
)
_PLACED = {
    "plan": "The plan that it is about, by its slug; null where it is about a board alone.",
    "board": "The board that it is about, by its slug; null where it is about a plan alone.",
}

AGREEMENT_LIST = collection_of(
    "agreements",
    Agreement,
    scope=AGREEMENTS,
    one="An agreement between a council and NHS bodies, or a schedule of one.",
    told="Agreements, mostly under section 75 of the National Health Service Act 2006, as a tree "
    "of agreements and schedules.",
    about={
        "slug": "The agreement’s name in addresses and files.",
        "title": "The agreement’s title.",
        "other_titles": "Other names under which it is printed, one a line.",
        "kind": "Where it stands in the tree of agreements.",
        "is_section_75": "Whether it is made under section 75 of that Act.",
        "parent": "The agreement that it is a schedule of, by its slug.",
        "plan": "The plan that carries it, by its slug.",
        "boards": "The boards that it is about, by their slugs.",
        "parties": "The organisations that are party to it, by their keys.",
        "host": "The organisation that hosts the fund, by its key.",
        "pooled_fund_manager": "Who manages the pooled fund.",
        "client_group": "Whom it is for.",
        "arrangement": "Which arrangement of section 75 it is.",
        "purpose": "Its aims and purpose.",
        "contributions_varied": "How the partners’ contributions may be varied.",
        "functions": "The NHS and health-related functions that it covers.",
        "services": "The people and kinds of services that it covers.",
        "resources": "The staff, goods, services and accommodation that the partners provide.",
        "management": "How the fund is managed and monitored.",
        "ending": "How the agreement is reviewed, varied and ended.",
        "schemes": "The schemes of plans that it carries, by their refs.",
        "starts": "When it starts: a date, or as much of it as is known.",
        "ends": "When it ends: a date, or as much of it as is known.",
        "is_open_ended": "Whether it has no end.",
        "term_in_words": "Its term in the document’s words.",
        "review": "When it is reviewed: a date, or as much of it as is known.",
        "notice": "When notice was given: a date, or as much of it as is known.",
        "notice_months": "How many months’ notice a party has to give.",
    },
    row_key=by_slug("agreement"),
    order=("slug",),
    pointers=POINTERS,
    filters=PLAN_FILTERS[:1],
)
AGREEMENT_VALUES = collection_of(
    "agreement-values",
    AgreementValue,
    scope=AGREEMENT_ROWS,
    one="An amount of an agreement in a year.",
    told="What is paid in, spent and left over under agreements, by year and party.",
    about={
        "agreement": "The agreement, by its slug.",
        "measure": "What the amount measures.",
        "organisation": "The party whose amount it is, by its key; null for all together.",
        "amount": "The amount for the year, in pounds; a deficit is negative.",
    },
    row_key=RowKey(
        ("agreement__slug", "ref"), told="the agreement’s slug and the ref, as `agreement:ref`"
    ),
    order=("agreement_id", "financial_year", "measure", "pk"),
    pointers=POINTERS,
)
AGREEMENT_ACTUALS = collection_of(
    "agreement-actuals",
    AgreementActual,
    scope=AGREEMENT_ROWS,
    one="What was paid in or spent under an agreement in a quarter.",
    told="Outturn by quarter and the year’s forecast of contributions and spend under agreements.",
    about={
        "agreement": "The agreement, by its slug.",
        "quarter": "The quarter, such as 2017-18Q3.",
        "measure": "Whether it was paid in or spent.",
        "organisation": "The party whose amounts they are, by its key; null for all together.",
        "outturn": "What was paid in or spent in the quarter, in pounds.",
        "forecast": "What is now expected for the whole year, in pounds.",
        "note": "What there is to say of it.",
    },
    row_key=RowKey(
        ("agreement__slug", "ref"), told="the agreement’s slug and the ref, as `agreement:ref`"
    ),
    order=("agreement_id", "quarter", "measure", "pk"),
    pointers=POINTERS,
)
PRINTED_FIGURES = collection_of(
    "printed-figures",
    PrintedFigure,
    scope=PLACED,
    one="A figure that a document prints, which rows should give.",
    told="Printed totals, shares and other cuts of the same money. They are held against rows, "
    "and never added to them.",
    about={
        **_PLACED,
        "measure": "What the figure measures, such as agreed-pool.",
        "table": "The table in which it is printed.",
        "line": "The line of that table.",
        "theme": "The theme that it is of.",
        "scheme": "The scheme that it is of, by its ref.",
        "funding_source": "The funding source, or the group of them, by its key in the cycle.",
        "sub_source": "The part of the funding source, by its key.",
        "organisation": "The organisation that it is of, by its key.",
        "metric": "The metric that it is of, by its key.",
        "site": "The site that it is of.",
        "value": "The figure in `unit`: amounts of money in pounds.",
        "value_in_words": "The figure in the document’s words, where it is no number.",
        "unit": "The unit of `value`: GBP is pounds.",
    },
    row_key=PLACED_KEY,
    order=("plan_id", "measure", "financial_year", "pk"),
    pointers=POINTERS,
    filters=PLACED_FILTERS,
)
CONDITION_RESPONSES = collection_of(
    "condition-responses",
    ConditionResponse,
    scope=PLAN_ROWS,
    one="A plan’s response to one national condition or planning requirement.",
    told="Whether and how plans meet the national conditions and the planning requirements of "
    "their cycles.",
    about={
        "condition": "The national condition or planning requirement, by its key in the plan’s "
        "cycle.",
        "status": "Whether it is met.",
        "status_in_words": "The same in the plan’s words.",
        "text": "The response, in light Markdown.",
        "action": "What is done where it is not met.",
        "due": "When it will be met: a date, or as much of it as is known.",
        "due_in_words": "The same in the plan’s words.",
    },
    row_key=IN_PLAN,
    order=("plan_id", "pk"),
    pointers=POINTERS,
    filters=PLAN_FILTERS,
)
RISKS = collection_of(
    "risks",
    Risk,
    scope=PLACED,
    one="A risk to a plan, or to a board’s work before it had one.",
    told="What may go wrong, how grave that is, and what is done about it.",
    about={
        **_PLACED,
        "printed_ref": "The reference that the document prints.",
        "title": "The risk, in a sentence.",
        "likelihood": "How likely it is, from 1 to 5; null where it is not scored.",
        "impact": "How grave it would be, from 1 to 5; null where it is not scored.",
        "printed_rating": "The rating that the document prints: a number or a word.",
        "mitigation": "What is done about it.",
        "owner": "Who answers for it.",
        "rating_after_mitigation": "The rating after that, as the document prints it.",
    },
    worked=(
        Column(
            "rating",
            kinds.WHOLE,
            "Likelihood times impact, from 1 to 25; null where one of them is not scored.",
            is_optional=True,
            needs=("likelihood", "impact"),
            worked=risk_rating,
        ),
    ),
    row_key=PLACED_KEY,
    order=("plan_id", "pk"),
    pointers=POINTERS,
    filters=PLACED_FILTERS,
)
SIGN_OFFS = collection_of(
    "sign-offs",
    SignOff,
    scope=PLAN_ROWS,
    one="A signature under a plan, or the place for one.",
    told="Who has signed plans, for whom and when; and who has not.",
    about={
        "role": "In which role somebody signs.",
        "organisation": "The organisation signed for, by its key; null for a board.",
        "board": "The board signed for, by its slug; null for an organisation.",
        "name": "Who signs.",
        "position": "The position of who signs.",
        "signed_on": "The day of the signature; null while there is none.",
        "is_delegated": "Whether it was signed under delegation.",
        "to_be_ratified_on": "The day on which it is to be ratified.",
    },
    row_key=IN_PLAN,
    order=("plan_id", "pk"),
    pointers=POINTERS,
    filters=PLACED_FILTERS,
)
BODIES = collection_of(
    "bodies",
    Body,
    scope=PLACED,
    one="A group that decides about a plan or a board’s agreements.",
    told="The structure of governance: who decides, and to whom it reports.",
    about={
        **_PLACED,
        "name": "The group’s name.",
        "kind": "What sort of group it is.",
        "level": "At which level it works.",
        "remit": "What it decides.",
        "reports_to": "The groups of the same plan or board that it reports to, by their refs.",
    },
    row_key=PLACED_KEY,
    order=("plan_id", "pk"),
    pointers=POINTERS,
    filters=PLACED_FILTERS,
)
COLLECTIONS = (
    AGREEMENT_LIST,
    AGREEMENT_VALUES,
    AGREEMENT_ACTUALS,
    PRINTED_FIGURES,
    CONDITION_RESPONSES,
    RISKS,
    SIGN_OFFS,
    BODIES,
)
