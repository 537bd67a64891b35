"""Answers about the money of the plan of one borough, 2014 to 2016."""

from bcf.assurance.figures import PlanFigures, Printed, SpendLine
from bcf.assurance.printed import SPEND, printed_tables
from bcf.assurance.sums import components_added, spend_added
from bcf.base.worked import Figure, added, divided, less, percent_of, stated
from bcf.periods import FinancialYear
from tests.integration.oracle.asking import answers
from tests.integration.oracle.gathered import Gathered

BARNET = "barnet-2014-16"
SCHEME = r"(?P<scheme>\d[a-z])"
YEAR = r"(?P<year>\d{4}-\d{2})"


def barnet(gathered: Gathered) -> PlanFigures:
    return gathered.plans[BARNET]


def year_of(code: str) -> FinancialYear:
    return FinancialYear.parse(code)


def whole_lines(plan: PlanFigures, scheme: str) -> list[SpendLine]:
    """The lines of a scheme that other lines may break down."""
    return [
        line
        for line in plan.spend_lines
        if line.scheme.label.split()[0] == scheme and not line.breaks_down
    ]


def printed(gathered: Gathered, place: str, measure: str = "") -> list[Printed]:
    """The figures printed in a place."""
    return [
        each
        for each in printed_tables(barnet(gathered)).figures
        if each.place.endswith(place) and measure in ("", each.measure)
    ]


@answers(BARNET, f"Scheme {SCHEME} share of {YEAR} pool, 2 decimals")
def share_of_pool(gathered: Gathered, scheme: str, year: str) -> Figure | None:
    plan = barnet(gathered)
    (line,) = [each for each in whole_lines(plan, scheme) if each.year == year_of(year)]
    own = spend_added(plan, year_of(year), scheme=line.scheme.key)
    whole = spend_added(plan, year_of(year))
    return own and whole and percent_of(own, whole)


@answers(BARNET, f"Scheme costs {YEAR} in the pool .* sum to the pool")
def whole_pool(gathered: Gathered, year: str) -> Figure | None:
    return spend_added(barnet(gathered), year_of(year))


@answers(BARNET, f"{SCHEME} component lines sum to the scheme cost {YEAR}")
def components_of_year(gathered: Gathered, scheme: str, year: str) -> Figure | None:
    (line,) = [each for each in whole_lines(barnet(gathered), scheme) if each.year == year_of(year)]
    return components_added(barnet(gathered), line)


@answers(BARNET, f"{SCHEME} lines, (?P<column>first|second) amount column")
def components_of_column(gathered: Gathered, scheme: str, column: str) -> Figure | None:
    plan = barnet(gathered)
    year = plan.years[("first", "second").index(column)]
    (line,) = [each for each in whole_lines(plan, scheme) if each.year == year]
    return components_added(plan, line)


@answers(BARNET, "Carer-specific total")
def carers(gathered: Gathered) -> Figure | None:
    return added(each.figure for each in printed(gathered, "7(a)(v)", SPEND))


@answers(BARNET, r"Item 11 service lines sum \(total not printed\)")
def item_lines(gathered: Gathered) -> Figure | None:
    whole = added(each.figure for each in printed(gathered, "item 11, 1.9.1", SPEND))
    return whole and divided(whole, stated(1_000))


@answers(BARNET, r"Remainder of \S+ pool after former Section 256 \(not printed\)")
def remainder(gathered: Gathered) -> Figure | None:
    (pool,) = printed(gathered, "item 11, 5.2.3", "allocation")
    (former,) = printed(gathered, "item 11, 5.2.3", "former-section-256-funding")
    return less(pool.figure, former.figure)


@answers(BARNET, f"Rounded allocation {YEAR} in million")
def allocation(gathered: Gathered, year: str) -> Figure | None:
    pool = spend_added(barnet(gathered), year_of(year))
    return pool and divided(pool, stated(1_000_000))


@answers(BARNET, f"Care Act share is included in {YEAR} enabler line")
def care_act(gathered: Gathered, year: str) -> Figure | None:
    return spend_line(gathered, "Care Act", year)


def spend_line(gathered: Gathered, words: str, year: str) -> Figure | None:
    """The line of a year whose description begins so."""
    (line,) = [
        each
        for each in barnet(gathered).spend_lines
        if each.description.startswith(words) and each.year == year_of(year)
    ]
    return line.figure
