"""Answers about Barnet's section 75 agreements and the programme beside them."""

from datetime import date
from typing import Any

from bcf.assurance.agreements.sums import (
    by_parties,
    current_services,
    ending_within,
    implied_funding,
    months_long,
    of_all_parties,
    of_party,
    pooled_as_printed,
    pooled_funds,
    rise,
    rise_percent,
    years_of,
)
from bcf.assurance.agreements.values import Agreement, Agreements
from bcf.assurance.programmes import Programme, budget, marked_months, people
from bcf.base.worked import Figure, added, divided, negative, percent_of, stated
from bcf.periods import NOT_STATED, FinancialYear
from governance.choices import AgreementKind, ClientGroup, Recurrence, ValueMeasure
from tests.integration.oracle.asking import answers

DATA, BOARD = "barnet-section-75-2017-18", "barnet"
YEAR = r"(?P<year>\d{4}-\d{2})"
PAGE = r"(?P<page>overview table|own pages)"
PARTY = r"(?P<party>CCG|council) "
SCHEDULES = {
    "Equipment": ("s75-ces",),
    "Voluntary sector": ("s75-vcs",),
    "Learning disability": ("s75-ilds",),
    "Campus": ("s75-campus",),
    "Health and social care integration": ("s75-hsci",),
    "Speech therapy": ("s75-salt",),
    "Occupational therapy": ("s75-ot",),
    "Looked after children": ("s75-lac",),
    "Children's": ("s75-salt", "s75-ot", "s75-lac"),
}
RISE = rf"Rise in (?:{PARTY})?equipment (?P<what>spending|deficit)(?: between years)?"
MEASURES = {"spending": ValueMeasure.SPEND, "deficit": ValueMeasure.SURPLUS_OR_DEFICIT}
PARTIES = {"ccg": "barnet-ccg", "council": "barnet-council"}
FUNDERS = {"NHS England": "nhs-england", "CCG": "barnet-ccg"}
GROUPS = {"Adult": ClientGroup.ADULTS, "Children's": ClientGroup.CHILDREN}
REPORTED = FinancialYear(2017)
NAMED: dict[str, str] = {}


def _agreed(gathered: Any, words: str) -> Agreements:
    agreements: Agreements = gathered.agreements[BOARD]
    return agreements.named(*SCHEDULES[words])


def _equipment(gathered: Any) -> Agreement:
    return _agreed(gathered, "Equipment").rows[0]


def _thousands(figure: Figure | None) -> Figure | None:
    return divided(figure, stated(1_000)) if figure else None


@answers(DATA, rf"Equipment spending {YEAR}, both parties")
def spending(gathered: Any, year: str) -> Figure | None:
    found = by_parties(_equipment(gathered), ValueMeasure.SPEND, FinancialYear.parse(year))
    return _thousands(found)


@answers(DATA, rf"Equipment funding implied {YEAR} .*")
def funding(gathered: Any, year: str) -> Figure | None:
    return _thousands(implied_funding(_equipment(gathered), FinancialYear.parse(year)))


@answers(DATA, rf"{PARTY}share of equipment spending,? {YEAR}")
def share_of_spending(gathered: Any, party: str, year: str) -> Figure | None:
    agreement, asked = _equipment(gathered), FinancialYear.parse(year)
    part = of_party(agreement, ValueMeasure.SPEND, asked, PARTIES[party.lower()])
    whole = by_parties(agreement, ValueMeasure.SPEND, asked)
    return percent_of(part, whole) if part and whole else None


def _both_years(gathered: Any, party: str | None, what: str) -> list[Figure | None]:
    """What was spent, or wanting, in the later of two years, and in the earlier."""
    agreement, measure = _equipment(gathered), MEASURES[what]
    key = PARTIES[party.lower()] if party else ""
    found = [
        of_party(agreement, measure, year, key) if key else of_all_parties(agreement, measure, year)
        for year in reversed(years_of(agreement, measure)[-2:])
    ]
    return [negative(each) if each and what == "deficit" else each for each in found]


@answers(DATA, RISE, unit="GBP_thousand")
def rise_between_years(gathered: Any, **which: str) -> Figure | None:
    return _thousands(rise(*_both_years(gathered, **which)))


@answers(DATA, RISE, unit="pct")
def rise_in_percent(gathered: Any, **which: str) -> Figure | None:
    return rise_percent(*_both_years(gathered, **which))


@answers(DATA, r"(?P<group>Adult|Children's|All) pooled funds, units put right")
def pooled(gathered: Any, group: str) -> Figure | None:
    return pooled_funds(_of_group(gathered, group), REPORTED)


@answers(DATA, r"(?P<group>Adult|Children's|All) pooled funds if the printed figures are summed .*")
def pooled_blindly(gathered: Any, group: str) -> Figure | None:
    return pooled_as_printed(_of_group(gathered, group), REPORTED)


@answers(DATA, r"(?P<group>Adult|Children's|All) pooled funds from section 1 figures")
def pooled_in_the_text(gathered: Any, group: str) -> Figure | None:
    return pooled_funds(_of_group(gathered, group), NOT_STATED)


@answers(DATA, r"(?P<words>.+) pooled fund: section 1 less table")
def text_less_table(gathered: Any, words: str) -> Figure | None:
    agreed = _agreed(gathered, words)
    return rise(pooled_funds(agreed, NOT_STATED), pooled_funds(agreed, REPORTED))


def _of_group(gathered: Any, group: str) -> Agreements:
    """The schedules of the report for a client group, or for all."""
    agreements: Agreements = gathered.agreements[BOARD]
    reported = agreements.named(*(slug for slugs in SCHEDULES.values() for slug in slugs))
    return reported.of_client_group(GROUPS[group]) if group in GROUPS else reported


@answers(DATA, r"Voluntary sector bullets listed")
def services(gathered: Any) -> int:
    return len(current_services(_agreed(gathered, "Voluntary sector").rows[0]))


@answers(DATA, r"People supported across (?:\w+) (?P<subject>.+) services")
def people_supported(gathered: Any, subject: str) -> Figure | None:
    return added(
        fact.value
        for fact in gathered.boards[BOARD].context
        if fact.subject == subject and fact.value and fact.value.unit == "people"
    )


@answers(DATA, r"(?P<words>.+) schedule length(?: \(each of three\))?")
def length(gathered: Any, words: str) -> Figure | None:
    first, *others = [months_long(each) for each in _agreed(gathered, words).rows]
    return first if all(first and each and each.value == first.value for each in others) else None


@answers(DATA, r"Schedules that expire within 12 months of the meeting \((?P<day>[\d-]+)\)")
def expiring(gathered: Any, day: str) -> int:
    found = ending_within(gathered.agreements[BOARD], date.fromisoformat(day))
    return sum(each.kind == AgreementKind.SCHEDULE for each in found)


def _programme(gathered: Any) -> Programme:
    (found,) = gathered.agreements[BOARD].programmes
    return found


@answers(DATA, r"Care Closer to Home, (?:(?P<funder>NHS England|CCG) money|total|all lines)")
def money_of_a_funder(gathered: Any, funder: str | None) -> Figure | None:
    return budget(_programme(gathered), source=FUNDERS[funder] if funder else "")


@answers(DATA, r"Care Closer to Home, (?P<recurrence>(?:non-)?recurrent) lines")
def money_that_recurs(gathered: Any, recurrence: str) -> Figure | None:
    return budget(_programme(gathered), recurrence=Recurrence(recurrence))


@answers(DATA, r"Population of all six, (?P<page>overview table|own pages)")
@answers(
    DATA,
    r"Population of CHINs (?P<first>\d) to (?P<last>\d)(?:, (?P<page>overview table|own pages))?",
)
def population(gathered: Any, page: str | None, first: str = "1", last: str = "6") -> Figure | None:
    names = [f"CHIN {number}" for number in range(int(first), int(last) + 1)]
    return people(_programme(gathered), names, on_own_pages=page == "own pages")


@answers(DATA, r"Marked months in each CHIN timetable")
def marks(gathered: Any) -> int | None:
    counts = set(marked_months(_programme(gathered)).values())
    return counts.pop() if len(counts) == 1 else None
