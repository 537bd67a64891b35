"""What the API says of the values that it tells of a plan."""

from bcf.assurance.checks.finding import SECTIONS, Severity
from bcf.assurance.totals import Verdict
from bcf.base.api.described import (
    Described,
    many,
    number,
    or_nothing,
    part,
    pounds,
    text,
    thing,
    truth,
    year,
)

SEVERITIES = [each.name.lower().replace("_", "-") for each in Severity]
_OF_ROW = {
    "kind": text("The kind of row, such as schemes.spendline."),
    "owner": text("The slug of the plan, board or agreement whose row it is.", is_optional=True),
    "ref": text("The row’s ref; null where the row is wanting.", is_optional=True),
}

MONEY_LINE = thing(
    "One line of a table of money.",
    key=text("The key of what the line is of, in the plan’s cycle.", is_optional=True),
    label=text("The same in the cycle’s words."),
    amounts=many(
        "An amount for each year.",
        thing(
            "The amount of a year.",
            financial_year=year(),
            amount=pounds("What the rows of the year add up to; null where none states an amount"),
            rows=number("Of how many rows the amount is made."),
        ),
    ),
    total=pounds("The amounts of all years together"),
    unstated=number("How many rows state no amount; they are in no total."),
)
_LINE = part("MoneyLine")

SUMMARY = thing(
    "The totals of a plan’s money, of the functions that the plan’s page and PDF use. A joint "
    "plan adds its parts.",
    plan=text("The plan, by its slug."),
    title=text("The plan’s title."),
    financial_years=many("The years that the plan covers.", year()),
    balances=many(
        "Income against spend, by year.",
        thing(
            "A year’s balance.",
            financial_year=year(),
            income=pounds("What is paid in"),
            spend=pounds("What is spent"),
            difference=pounds("Income less spend"),
            tolerance=pounds("The most that rounding can account for", is_optional=False),
            verdict=text("How the two stand.", enum=[each.value for each in Verdict]),
            unstated=number("How many rows of the year state no amount."),
        ),
    ),
    income=_LINE,
    spend=_LINE,
    outside_pool=_LINE,
    income_by_source=many("Income by funding source.", _LINE),
    spend_by_source=many("Spend by funding source.", _LINE),
    spend_by_theme=many("Spend by theme.", _LINE),
    spend_by_scheme=many("Spend by scheme.", _LINE),
    spend_by_area_of_spend=many("Spend by area of spend.", _LINE),
    spend_by_primary_objective=many("Spend by primary objective.", _LINE),
    outside_pool_by_scheme=many("Money outside the pool, by scheme.", _LINE),
    parts=many(
        "The parts of a joint plan.",
        thing(
            "A part.",
            plan=text("The part, by its slug."),
            income=_LINE,
            spend=_LINE,
        ),
    ),
    minimums=many(
        "Published minimums against what the plan states or spends.",
        thing(
            "A minimum of a year.",
            rule=text("The requirement, by its key in the plan’s cycle."),
            financial_year=year(),
            minimum=pounds("The published minimum"),
            actual=pounds("What the plan states"),
            counted=pounds("What its spend lines come to"),
            margin=pounds("What is held against the minimum, less the minimum"),
            is_met=truth("Whether it is met; null where it cannot be told.", is_optional=True),
        ),
    ),
    hidden_parts=number(
        "How many parts of a joint plan are not in this, as you may not read them."
    ),
)
CHECKS = thing(
    "What the checks of its cycle find in a plan.",
    plan=text("The plan, by its slug."),
    counts=thing(
        "How many findings there are of each gravity.",
        **{each: number(f"How many are {each}.") for each in SEVERITIES},
    ),
    findings=many(
        "The findings by section, worst first.",
        thing(
            "A finding.",
            code=text("Which check found it."),
            severity=text("How grave it is.", enum=SEVERITIES),
            section=text("The section of the plan.", enum=list(SECTIONS.values())),
            message=text("What was found, in a sentence."),
            found=text("The figure found, with its unit.", is_optional=True),
            required=text("The figure required, with its unit.", is_optional=True),
            area=text("The part of a joint plan that it is about.", is_optional=True),
            mend=or_nothing(
                thing(
                    "The row and the field that mend it.",
                    **_OF_ROW,
                    field=text("The field of the row.", is_optional=True),
                )
            ),
            rows=many(
                "The rows that the figures are made of.",
                thing("A row.", **_OF_ROW, name=text("The row in words.")),
            ),
        ),
    ),
)
HISTORY_ENTRY: Described = thing(
    "One thing that happened to a plan or a part of it.",
    at=text("When, as a moment with its offset from UTC.", format="date-time"),
    by=text("Who did it."),
    act=text("The act that changed many rows at once, by its ref.", is_optional=True),
    words=text("What was done, in words.", is_optional=True),
    note=text("What was said of it.", is_optional=True),
    row_count=number("How many rows it changed in these plans; `rows` has the first of them."),
    rows=many(
        "The rows that changed.",
        thing(
            "A change of a row.",
            kind=_OF_ROW["kind"],
            plan=text("The plan of the row, by its slug.", is_optional=True),
            ref=_OF_ROW["ref"],
            name=text("The row in words."),
            version=number("The row’s version after the change."),
            what=text("Added, Changed, Removed, and the like."),
            is_there=truth("Whether the row is there still."),
            differences=many(
                "The fields that differ.",
                thing(
                    "A field.",
                    field=text("The field’s name."),
                    label=text("The field as pages call it."),
                    old=text("The value before, in words.", is_optional=True),
                    new=text("The value after, in words.", is_optional=True),
                ),
            ),
        ),
    ),
)
SCHEMAS = {
    "MoneyLine": MONEY_LINE,
    "Summary": SUMMARY,
    "Checks": CHECKS,
    "HistoryEntry": HISTORY_ENTRY,
}
