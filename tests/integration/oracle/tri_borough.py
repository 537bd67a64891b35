"""Answers about the Tri-borough plan: its pool, its priced savings, and whom and what it names."""

from typing import Any

from bcf.assurance.benefits import total_saving
from bcf.assurance.measured import fact_of, share_of_share
from bcf.assurance.named import Named, boards_counted, partners, schemes_at, signatories
from bcf.assurance.sums import Held, held
from bcf.base.worked import POUNDS, Figure, divided, growth, less, percent_of, stated, times
from bcf.periods import FinancialYear
from tests.integration.oracle.asking import answers

DATA = PLAN = "tri-borough-2014-16"
YEAR = r"(?P<year>\d{4}-\d{2})"
PARTY = r"(?P<party>[Cc]ouncil|LA|CCG)s?"
BENEFICIARIES = {"council": "Local authorities", "la": "Local authorities", "ccg": "CCGs"}
NORTH_WEST = "NHS North West London"
REVIEW, INDEPENDENCE = "bcf07a", "bcf08"
SAVINGS = {
    "Section 75 review saving": REVIEW,
    "Community Independence saving": INDEPENDENCE,
    "Spot placement saving": "bcf03",
    "All priced savings": "",
}
POOLS = {"proposed": "actual", "minimum": "minimum"}
SAVING = rf"(?P<what>{'|'.join(SAVINGS)})"
THOUSAND, MILLION = stated(1_000), stated(1_000_000)
NAMED: dict[str, str] = {}


def _pool(gathered: Any, year: FinancialYear) -> Held:
    return held(gathered.plans[PLAN], "total-pool", year)


@answers(DATA, rf"Proposed pool above minimum, {YEAR}")
def above_minimum(gathered: Any, year: str) -> Figure | None:
    return _pool(gathered, FinancialYear.parse(year)).margin


@answers(DATA, rf"Proposed pool as multiple of minimum, {YEAR}")
def multiple_of_minimum(gathered: Any, year: str) -> Figure | None:
    pool = _pool(gathered, FinancialYear.parse(year))
    return divided(pool.actual, pool.minimum) if pool.actual and pool.minimum else None


def _from_first_to_last(gathered: Any, which: str) -> tuple[Figure, Figure]:
    """The pool of the plan's last year, and of its first."""
    years = gathered.plans[PLAN].years
    now, before = (getattr(_pool(gathered, year), POOLS[which]) for year in (years[-1], years[0]))
    return now, before


@answers(DATA, r"Growth of (?P<which>proposed|minimum) pool", unit="GBP")
def pool_growth(gathered: Any, which: str) -> Figure:
    return less(*_from_first_to_last(gathered, which))


@answers(DATA, r"Growth of (?P<which>proposed|minimum) pool", unit="pct")
def pool_growth_percent(gathered: Any, which: str) -> Figure | None:
    return growth(*_from_first_to_last(gathered, which))


def _saving(gathered: Any, scheme: str = "", party: str | None = None) -> Figure | None:
    whose = BENEFICIARIES[party.lower()] if party else ""
    return total_saving(gathered.benefits[PLAN].chosen(scheme=scheme, beneficiary=whose))


def _in(unit: Figure, figure: Figure | None) -> Figure | None:
    return divided(figure, unit) if figure else None


@answers(DATA, rf"{SAVING}(?:, (?:{PARTY}|total))?", unit="GBP_thousand")
def saving_in_thousands(gathered: Any, what: str, party: str | None) -> Figure | None:
    return _in(THOUSAND, _saving(gathered, SAVINGS[what], party))


@answers(DATA, rf"{SAVING}(?:, (?:{PARTY}|total))?", unit="GBP_million")
def saving_in_millions(gathered: Any, what: str, party: str | None) -> Figure | None:
    return _in(MILLION, _saving(gathered, SAVINGS[what], party))


@answers(DATA, rf"{SAVING}, {PARTY} share")
def share_of_saving(gathered: Any, what: str, party: str) -> Figure | None:
    part = _saving(gathered, SAVINGS[what], party)
    whole = _saving(gathered, SAVINGS[what])
    return percent_of(part, whole) if part and whole else None


@answers(DATA, rf"(?:{PARTY}|Total) Section 75 value implied")
def reviewed_value(gathered: Any, party: str | None) -> Figure | None:
    """What agreements must be worth, of which a share is reviewed and a part of that is saved."""
    measured, subject = gathered.measured[PLAN], "scheme BCF07a"
    reviewed = fact_of(measured, "Costing: share of Section 75 agreements reviewed", subject)
    saved = fact_of(measured, "Costing: saving on those reviewed", subject)
    saving = _saving(gathered, REVIEW, party)
    if not (reviewed and saved and saving):
        return None
    return _in(THOUSAND, divided(saving, share_of_share(reviewed, saved), POUNDS, 100))


@answers(DATA, r"Community Independence saving less new investment")
def independence_net(gathered: Any) -> Figure | None:
    saving = _saving(gathered, INDEPENDENCE)
    invested = fact_of(gathered.measured[PLAN], "Costing: new investment", "scheme BCF08")
    return _in(MILLION, less(saving, invested)) if saving and invested else None


@answers(DATA, r"GP weekend opening, practice-hours a week over three localities")
def weekend_hours(gathered: Any) -> Figure | None:
    measured, subject = gathered.measured[PLAN], "scheme BCF15"
    labels = ("practices per locality", "hours a weekend day", "weekend days")
    hours = boards_counted(_named(gathered))
    for label in labels:
        each = fact_of(measured, f"Costing: {label}", subject)
        if each is None:
            return None
        hours = times(hours, each, "practice-hours a week")
    return hours


@answers(DATA, r"QIPP net of reinvestment")
def net_qipp(gathered: Any) -> Figure | None:
    measured = gathered.measured[PLAN]
    gross = fact_of(measured, "Gross QIPP in commissioner forecasts", NORTH_WEST)
    again = fact_of(measured, "Reinvestment outside hospital", NORTH_WEST)
    return _in(MILLION, less(gross, again)) if gross and again else None


def _named(gathered: Any) -> Named:
    named: Named = gathered.named[PLAN]
    return named


def _references(gathered: Any, place: str) -> set[str]:
    return {each.reference for each in schemes_at(_named(gathered), place)}


@answers(DATA, r"Scheme references listed in section (?P<place>\w+)")
def references_listed(gathered: Any, place: str) -> int:
    return len(_references(gathered, place))


@answers(
    DATA, r"References between BCF(?P<first>\d+) and BCF(?P<last>\d+) absent from (?P<place>\w+)"
)
def references_absent(gathered: Any, first: str, last: str, place: str) -> int:
    wanted = {f"BCF{number:02d}" for number in range(int(first), int(last) + 1)}
    return len(wanted - _references(gathered, place))


@answers(DATA, r"Partner organisations")
def partner_organisations(gathered: Any) -> Figure:
    return partners(_named(gathered))


@answers(DATA, r"Signature blocks")
def signature_blocks(gathered: Any) -> int:
    return len(signatories(_named(gathered)))


@answers(DATA, r"Related documents against distinct refs")
def related_documents(gathered: Any) -> int:
    return len(_named(gathered).documents)
