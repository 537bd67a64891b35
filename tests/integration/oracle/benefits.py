"""Answers about benefits and risks."""

from typing import Any

from bcf.assurance.benefits import (
    Benefits,
    reduction,
    share_of_reduction,
    total_saving,
    total_worth,
)
from bcf.assurance.derived_prices import derived_prices
from bcf.assurance.risks import RiskValue
from bcf.base.worked import Figure
from bcf.periods import FinancialYear
from tests.integration.oracle.asking import answers

BARNET, BHR = "barnet-2014-16", "bhr-2017-19"
YEAR = r"(?P<year>\d{4}-\d{2})"
SCHEME = r"Scheme (?P<scheme>\w+)"
METRIC = r"(?P<metric>NEL|DTOC|[Cc]are home|[Rr]esidential|[Rr]eablement|[Ee]xcess bed days?)"
COUNTED = r"(?: admissions?| packages?| cases?)?"
METRICS = {
    "nel": "nea",
    "care home": "residential-admissions",
    "residential": "residential-admissions",
    "dtoc": "dtoc",
    "reablement": "reablement",
    "excess bed days": "dtoc",
    "excess bed day": "dtoc",
}
NAMED: dict[str, str] = {}


def _metric(words: str) -> str:
    return METRICS[words.lower()]


def _chosen(gathered: Any, scheme: str | None = None, metric: str = "", year: str = "") -> Benefits:
    benefits: Benefits = gathered.benefits[BARNET]
    return benefits.chosen(
        scheme=scheme or "",
        metric=_metric(metric) if metric else "",
        year=FinancialYear.parse(year) if year else None,
    )


@answers(BARNET, rf"{SCHEME} {YEAR} {METRIC} saving = \w+ x unit price")
def worth_of_a_scheme(gathered: Any, **which: str) -> Figure | None:
    return total_worth(_chosen(gathered, **which))


@answers(BARNET, rf"{SCHEME} {YEAR} share of reduced {METRIC}{COUNTED}, 2 decimals")
def share_of_a_scheme(gathered: Any, scheme: str, metric: str, year: str) -> Figure | None:
    whole = _chosen(gathered, metric=metric, year=year)
    return share_of_reduction(whole, whole.chosen(scheme=scheme))


@answers(BARNET, rf"{METRIC} saving {YEAR}, total")
@answers(BARNET, rf"Total saving {YEAR}, all metrics")
def saving_of_a_year(gathered: Any, **which: str) -> Figure | None:
    return total_saving(_chosen(gathered, **which))


@answers(BARNET, rf"(?:{SCHEME} )?{METRIC}{COUNTED} avoided {YEAR}(?:, total)?")
@answers(BARNET, rf"{SCHEME} {METRIC}{COUNTED} over both years")
@answers(BARNET, rf"{METRIC}{COUNTED} both years\b.*")
def reduced(gathered: Any, **which: Any) -> Figure | None:
    return reduction(_chosen(gathered, **which))


@answers(BARNET, rf"Derived {METRIC}{COUNTED} unit price\b.*")
def derived_price(gathered: Any, metric: str) -> Figure | None:
    totals = {
        (each.scheme, each.year): each.figure
        for each in gathered.plans[BARNET].printed
        if each.measure == "total-saving" and each.scheme and not each.metric
    }
    return derived_prices(gathered.benefits[BARNET], totals).get(_metric(metric))


@answers(BARNET, rf"{SCHEME} total saving {YEAR} from derived unit prices")
def worth_at_derived_prices(gathered: Any, **which: str) -> Figure | None:
    return total_worth(_chosen(gathered, **which))


@answers(BARNET, r"Risk (?P<ref>\S+) rating = impact x probability")
def rating_by_ref(gathered: Any, ref: str) -> Figure | None:
    return _risk(gathered.risks[BARNET], ref).rating


@answers(BHR, r"(?P<ref>BHR \d+) score = likelihood x impact(?: \(.*\))?")
def rating_by_printed_ref(gathered: Any, ref: str) -> Figure | None:
    return _risk(gathered.risks[BHR], ref).rating


def _risk(risks: tuple[RiskValue, ...], ref: str) -> RiskValue:
    (found,) = [each for each in risks if ref in (each.ref, each.printed_ref)]
    return found
