"""Answers about the money of the joint plan of three boroughs, 2017 to 2019."""

from bcf.assurance.figures import PlanFigures, Printed
from bcf.assurance.printed import CONTRIBUTIONS, SPEND, printed_tables
from bcf.assurance.sums import (
    Held,
    contributions_added,
    held,
    held_as_printed,
    sources_of,
    spend_added,
)
from bcf.base.worked import Figure, added, divided, growth, percent_of, stated
from bcf.periods import FinancialYear
from plans.cycle_definitions import definition
from tests.integration.oracle.asking import answers
from tests.integration.oracle.gathered import Gathered

BHR, JOINT = "bhr-2017-19", "bhr-2017-19"
CYCLE = definition("2017-19")
PARTS = {
    "B&D": "barking-and-dagenham-2017-19",
    "Havering": "havering-2017-19",
    "Redbridge": "redbridge-2017-19",
    "joint total": JOINT,
    "Joint": JOINT,
    "Total row": JOINT,
    "bhr-bd-2017-19": "barking-and-dagenham-2017-19",
    "bhr-hav-2017-19": "havering-2017-19",
    "bhr-red-2017-19": "redbridge-2017-19",
    "bhr-2017-19": JOINT,
}
SOURCES = {
    "dfg": ("dfg", ""),
    "minimum_nhs_rnf": ("nhs-minimum", "rnf"),
    "minimum_nhs_non_rnf": ("nhs-minimum", "non-rnf"),
    "additional_la": ("la-additional", ""),
    "additional_nhs": ("nhs-additional", ""),
    "ibcf": ("ibcf", ""),
    "ibcf_additional": ("ibcf-additional", ""),
    "minimum_nhs": ("nhs-minimum", ""),
    "ibcf_all": ("ibcf-all", ""),
    "local_authority": ("local-authority", ""),
    "joint total": ("", ""),
}
THEMES = "|".join(
    (
        "High Impact Change Model",
        "Market Development & Sustainability",
        "Prevention & Managing Demand",
        "Protecting Social Care & Maintaining Independence",
    )
)
PART = r"(?P<part>B&D|Havering|Redbridge)"
ANY = r"(?P<part>B&D|Havering|Redbridge|joint total|Joint|Total row)"
PLAN = r"(?P<part>bhr(?:-bd|-hav|-red)?-2017-19)"
YEAR = r"(?P<year>\d{4}-\d{2})"
THEME = f"(?P<theme>{THEMES})"
SOURCE = r"(?P<source>minimum_nhs|ibcf_all|local_authority|joint total)"
RULE = r"(?P<rule>nhs_out_of_hospital|social_care_maintenance)"
PRINTS = r"(?: \(prints -?\d+\))?"


def joint(gathered: Gathered) -> PlanFigures:
    return gathered.plans[JOINT]


def year_of(code: str) -> FinancialYear:
    return FinancialYear.parse(code)


def thousands(figure: Figure | None) -> Figure | None:
    """Pounds as the document prints them."""
    return figure and divided(figure, stated(1_000))


def printed(gathered: Gathered, measure: str, year: str, table: str = "", **about: str) -> Printed:
    found = printed_tables(joint(gathered)).find(measure, year_of(year), table, **about)
    assert found is not None, (measure, year, table, about)
    return found


def along(gathered: Gathered, whole: Printed, *dimensions: str) -> Figure | None:
    return thousands(printed_tables(joint(gathered)).added_along(whole, *dimensions))


def grand_total(gathered: Gathered, part: str, year: str) -> Printed:
    return printed(gathered, SPEND, year, "8.4", plan=PARTS[part])


def source_total(gathered: Gathered, part: str, source: str, year: str) -> Figure | None:
    """What a plan is funded by from one source: as it prints it, else as its rows add up."""
    tables = printed_tables(joint(gathered))
    own = [
        each.figure
        for each in tables.figures
        if (each.plan, each.measure, each.year, each.source)
        == (PARTS[part], CONTRIBUTIONS, year_of(year), source)
    ]
    if own:
        return added(own)
    return contributions_added(joint(gathered), year_of(year), sources=[source], of=PARTS[part])


def funding_total(gathered: Gathered, part: str, key: str, year: str) -> Figure | None:
    """A total of the cycle over the sources and totals that it adds."""
    total = next(each for each in CYCLE.funding_totals if each.key == key)
    terms = []
    for each in total.adds:
        if each in {other.key for other in CYCLE.funding_totals}:
            terms.append(printed(gathered, each, year, plan=PARTS[part]).figure)
        else:
            sources = sources_of(CYCLE, each)
            terms += [
                figure
                for source in sources
                if (figure := source_total(gathered, part, source, year))
            ]
    return added(terms)


@answers(BHR, f"{ANY} {YEAR} BCF total = six sources added{PRINTS}")
def bcf_total(gathered: Gathered, part: str, year: str) -> Figure | None:
    return thousands(funding_total(gathered, part, "bcf-total", year))


@answers(BHR, f"{ANY} {YEAR} grand total = BCF total \\+ additional allocation{PRINTS}")
def pool_total(gathered: Gathered, part: str, year: str) -> Figure | None:
    return thousands(funding_total(gathered, part, "agreed-pool", year))


@answers(
    BHR, f"{YEAR} column (?P<source>(?!bcf_total|agreed_pool)\\w+): three boroughs added{PRINTS}"
)
def column_of_source(gathered: Gathered, year: str, source: str) -> Figure | None:
    key, sub_source = SOURCES[source]
    rows = contributions_added(joint(gathered), year_of(year), sources=[key], sub_source=sub_source)
    return thousands(rows)


@answers(BHR, f"{YEAR} column (?P<measure>bcf_total|agreed_pool): three boroughs added{PRINTS}")
def column_of_totals(gathered: Gathered, year: str, measure: str) -> Figure | None:
    return along(gathered, printed(gathered, measure.replace("_", "-"), year), "plan")


@answers(BHR, f"{YEAR} 8.3 grand total {SOURCE} = 8.1 .*")
def spend_by_group_as_funded(gathered: Gathered, year: str, source: str) -> Figure | None:
    key = {"minimum_nhs": "nhs"}.get(source, SOURCES[source][0])
    sources = sources_of(CYCLE, key)
    terms = [source_total(gathered, "Joint", each, year) for each in sources]
    return thousands(added(each for each in terms if each))


@answers(BHR, f"{PART} {YEAR} spend \\(8.4\\) = funding \\(8.1\\){PRINTS}")
@answers(BHR, f"(?P<part>Joint) {YEAR} spend = joint funding{PRINTS}")
def funding_to_be_spent(gathered: Gathered, part: str, year: str) -> Figure | None:
    return thousands(printed(gathered, "agreed-pool", year, plan=PARTS[part]).figure)


# Spend by funding source (8.3), which is printed and not held in rows.


@answers(BHR, f"{YEAR} {SOURCE}: {THEME} lines added{PRINTS}", place="8.3")
def lines_of_source(gathered: Gathered, year: str, source: str, theme: str) -> Figure | None:
    whole = printed(gathered, SPEND, year, "8.3", source=SOURCES[source][0], theme=theme)
    return along(gathered, whole, "line")


@answers(BHR, f"{YEAR} {THEME}: theme total across columns{PRINTS}", place="8.3")
def theme_across_sources(gathered: Gathered, year: str, theme: str) -> Figure | None:
    return along(gathered, printed(gathered, SPEND, year, "8.3", theme=theme), "source")


@answers(BHR, f"{YEAR} {THEME} / (?P<line>.+): line across columns{PRINTS}", place="8.3")
def line_across_sources(gathered: Gathered, year: str, theme: str, line: str) -> Figure | None:
    whole = printed(gathered, SPEND, year, "8.3", theme=theme, line=line)
    return along(gathered, whole, "source")


@answers(BHR, f"{YEAR} {SOURCE} grand total = (?P<of>four themes|all lines){PRINTS}", place="8.3")
def grand_total_of_source(gathered: Gathered, year: str, source: str, of: str) -> Figure | None:
    whole = printed(gathered, SPEND, year, "8.3", source=SOURCES[source][0])
    return along(gathered, whole, *(["theme"] if of == "four themes" else ["theme", "line"]))


@answers(BHR, f"{YEAR} grand total across columns{PRINTS}", place="8.3")
def grand_total_across_sources(gathered: Gathered, year: str) -> Figure | None:
    return along(gathered, printed(gathered, SPEND, year, "8.3"), "source")


# Spend by borough (8.4), whose lines are rows.


@answers(BHR, f"{YEAR} {PART}: {THEME} lines added{PRINTS}", place="8.4")
def lines_of_part(gathered: Gathered, year: str, part: str, theme: str) -> Figure | None:
    return thousands(spend_added(joint(gathered), year_of(year), of=PARTS[part], theme=theme))


@answers(BHR, f"{YEAR} joint total: {THEME} lines added{PRINTS}", place="8.4")
def joint_lines(gathered: Gathered, year: str, theme: str) -> Figure | None:
    return along(gathered, printed(gathered, SPEND, year, "8.4", theme=theme), "line")


@answers(BHR, f"{YEAR} {THEME}: theme total across columns{PRINTS}", place="8.4")
def theme_across_parts(gathered: Gathered, year: str, theme: str) -> Figure | None:
    return along(gathered, printed(gathered, SPEND, year, "8.4", theme=theme), "plan")


@answers(BHR, f"{YEAR} {THEME} / (?P<line>.+): line across columns{PRINTS}", place="8.4")
def line_across_parts(gathered: Gathered, year: str, theme: str, line: str) -> Figure | None:
    return thousands(spend_added(joint(gathered), year_of(year), theme=theme, line=line))


@answers(BHR, f"{YEAR} {ANY} grand total = four themes{PRINTS}", place="8.4")
def four_themes(gathered: Gathered, year: str, part: str) -> Figure | None:
    return along(gathered, grand_total(gathered, part, year), "theme")


@answers(BHR, f"{YEAR} {PART} grand total = all lines{PRINTS}", place="8.4")
def all_lines(gathered: Gathered, year: str, part: str) -> Figure | None:
    return thousands(spend_added(joint(gathered), year_of(year), of=PARTS[part]))


@answers(BHR, f"{YEAR} joint total grand total = all lines{PRINTS}", place="8.4")
def all_joint_lines(gathered: Gathered, year: str) -> Figure | None:
    return along(gathered, grand_total(gathered, "Joint", year), "theme", "line")


@answers(BHR, f"{YEAR} grand total across columns{PRINTS}", place="8.4")
def grand_total_across_parts(gathered: Gathered, year: str) -> Figure | None:
    return along(gathered, grand_total(gathered, "Joint", year), "plan")


# Shares and growth.


@answers(BHR, f"{ANY} {YEAR}: {THEME} share of planned spend")
def theme_share(gathered: Gathered, part: str, year: str, theme: str) -> Figure | None:
    own = printed(gathered, SPEND, year, "8.4", plan=PARTS[part], theme=theme)
    return percent_of(own.figure, grand_total(gathered, part, year).figure)


@answers(BHR, f"{PART} {YEAR} share of joint spend")
def part_share(gathered: Gathered, part: str, year: str) -> Figure | None:
    whole = grand_total(gathered, "Joint", year)
    return percent_of(grand_total(gathered, part, year).figure, whole.figure)


@answers(BHR, f"{SOURCE} {YEAR} share of joint spend")
def source_share(gathered: Gathered, source: str, year: str) -> Figure | None:
    own = printed(gathered, SPEND, year, "8.3", source=SOURCES[source][0])
    return percent_of(own.figure, printed(gathered, SPEND, year, "8.3").figure)


@answers(BHR, f"{ANY} {YEAR} RNF share of CCG minimum contribution")
def formula_share(gathered: Gathered, part: str, year: str) -> Figure | None:
    whole = minimum_contribution(gathered, part, year)
    formula = contributions_added(
        joint(gathered),
        year_of(year),
        sources=["nhs-minimum"],
        sub_source="rnf",
        of=PARTS[part],
    )
    return formula and whole and percent_of(formula, whole)


def minimum_contribution(gathered: Gathered, part: str, year: str) -> Figure | None:
    return source_total(gathered, part, "nhs-minimum", year)


@answers(BHR, f"{ANY} pool growth (?P<before>[\\d-]+) to (?P<now>[\\d-]+)")
def pool_growth(gathered: Gathered, part: str, before: str, now: str) -> Figure | None:
    pools = [printed(gathered, "agreed-pool", year, plan=PARTS[part]) for year in (now, before)]
    return growth(pools[0].figure, pools[1].figure)


@answers(BHR, f"{ANY} (?P<source>CCG minimum|DFG) growth (?P<before>[\\d-]+) to (?P<now>[\\d-]+)")
def source_growth(
    gathered: Gathered, part: str, source: str, before: str, now: str
) -> Figure | None:
    key = {"CCG minimum": "nhs-minimum", "DFG": "dfg"}[source]
    earlier, later = (source_total(gathered, part, key, year) for year in (before, now))
    return later and earlier and growth(later, earlier)


# Published minimums.


def rule_key(rule: str) -> str:
    return rule.replace("_", "-")


def stated_minimum(gathered: Gathered, part: str, rule: str, year: str) -> Held:
    """What a plan states of a minimum: the joint plan in its own table, a part in its rows."""
    tables, key = printed_tables(joint(gathered)), rule_key(rule)
    if PARTS[part] == JOINT:
        return held_as_printed(tables, key, year_of(year))
    return held(joint(gathered), key, year_of(year), of=PARTS[part])


@answers(BHR, f"{PLAN} {YEAR} {RULE}: actual minus minimum \\(pass when not negative\\)")
def margin(gathered: Gathered, part: str, year: str, rule: str) -> Figure | None:
    return stated_minimum(gathered, part, rule, year).margin


@answers(BHR, f"{PLAN} {YEAR} {RULE}: pass = 1, fail = 0")
def is_met(gathered: Gathered, part: str, year: str, rule: str) -> int | None:
    return stated_minimum(gathered, part, rule, year).is_met


@answers(BHR, f"{YEAR} {RULE} (?P<which>actual|minimum): three boroughs added{PRINTS}")
def requirement_added(gathered: Gathered, year: str, rule: str, which: str) -> Figure | None:
    figures = held(joint(gathered), rule_key(rule), year_of(year))
    return figures.actual if which == "actual" else figures.minimum


@answers(BHR, f"{ANY} {YEAR} out-of-hospital minimum as share of CCG minimum contribution")
def minimum_share(gathered: Gathered, part: str, year: str) -> Figure | None:
    figures = held(joint(gathered), "nhs-out-of-hospital", year_of(year), of=PARTS[part])
    whole = minimum_contribution(gathered, part, year)
    return figures.minimum and whole and percent_of(figures.minimum, whole)


@answers(BHR, f"{ANY} {RULE} minimum: uplift between years")
def uplift(gathered: Gathered, part: str, rule: str) -> Figure | None:
    before, now = (
        held(joint(gathered), rule_key(rule), year, of=PARTS[part]).minimum
        for year in joint(gathered).years
    )
    return now and before and growth(now, before)
