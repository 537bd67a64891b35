"""Answers on metrics, populations and the facts around them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from bcf.assurance.measured import (
    Measured,
    MetricFigure,
    Which,
    count_of,
    counts_by_period,
    equal_part,
    fact_of,
    facts_of,
    implied_people,
    is_below,
    mean,
    of_quarter,
    of_year,
    over_attributions,
    over_boards,
    over_providers,
    people_behind,
    people_of,
    rate_of,
    reduction_by_ratio,
    rest_of_all,
    share_of_share,
    threshold_for,
    value_of,
    values_of,
    weighted_average,
)
from bcf.base.worked import Figure, added, divided, growth, less, negative, percent_of, stated
from bcf.periods import FinancialYear, Month, Quarter, parse_period
from metrics.choices import Attribution, Measure, ValueKind
from metrics.rules import whole_sum
from tests.integration.oracle.asking import Result, answers

BHR, BARNET, SECTION_75 = "bhr-2017-19", "barnet-2014-16", "barnet-section-75-2017-18"
PRINTS = r"(?: \(prints .+\))?"
PLANS = {
    "hwb-barking-dagenham": "barking-and-dagenham-2017-19",
    "hwb-havering": "havering-2017-19",
    "hwb-redbridge": "redbridge-2017-19",
    "B&D": "barking-and-dagenham-2017-19",
    "Havering": "havering-2017-19",
    "Redbridge": "redbridge-2017-19",
}
PARTS = tuple(dict.fromkeys(PLANS.values()))
TRUSTS = {"bhrut": "barking-havering-and-redbridge-hospitals", "barts": "barts-health"}
METRICS = {
    "NEA": ("nea", Measure.COUNT),
    "residential admissions": ("residential-admissions", Measure.COUNT),
    "reablement": ("reablement", Measure.PERCENT),
}
ABOUT = {"NEA": "nea", "DTOC": "dtoc"}
BODIES = {
    "nhs": Attribution.NHS,
    "social_care": Attribution.SOCIAL_CARE,
    "joint": Attribution.BOTH,
    "both": Attribution.BOTH,
    "total": Attribution.TOTAL,
}
NAMED = {
    "bhr-o-413": "What the delays fell by, and from, stands in words in the remark on the month.",
    "BAR-O103": "Of the prevalence only the per cent is a figure: the cases and the list are not.",
    "BAR-O104": "How many reviews there were stands in words in the remark on the per cent.",
    "BAR-O105": "How many reviews there were stands in words in the remark on the per cent.",
    "BAR-O106": "How many reviews there were stands in words in the remark on the per cent.",
}


def known(figure: Figure | None) -> Figure:
    """The figure; a missing one fails the answer where it is asked for."""
    assert figure is not None, "not stated"
    return figure


# Barking and Dagenham, Havering and Redbridge: admissions at two trusts


@dataclass(frozen=True)
class Trusts:
    """The emergency admissions of a year at each of the local trusts."""

    measured: Measured
    plan: str

    def rows(self, year: str, provider: str | None = None) -> Sequence[MetricFigure]:
        found = values_of(
            self.measured,
            Which(
                "nea",
                FinancialYear.parse(year),
                ValueKind.ACTUAL,
                Measure.COUNT,
                plan=self.plan,
                provider=provider,
                breakdown=None,
                commissioner=None,
            ),
        )
        return [each for each in found if each.provider]

    def together(self, year: str) -> Figure:
        return known(over_providers(self.rows(year)))


def trusts_of(gathered: Any, place: str) -> Trusts:
    plan = PLANS.get(place, place)
    return Trusts(gathered.measured[plan], plan)


@answers(BHR, rf"(?P<place>\S+) (?P<year>\d{{4}}-\d\d) NEA: BHRUT \+ Barts{PRINTS}")
def at_both_trusts(gathered: Any, place: str, year: str) -> Result:
    return trusts_of(gathered, place).together(year)


@answers(
    BHR, rf"(?P<place>\S+) NEA change (?P<before>\d{{4}}-\d\d) to (?P<now>\d{{4}}-\d\d){PRINTS}"
)
def change_at_trusts(gathered: Any, place: str, before: str, now: str) -> Result:
    trusts = trusts_of(gathered, place)
    return less(trusts.together(now), trusts.together(before))


@answers(BHR, r"(?P<place>\S+) NEA change (?P<before>\d{4}-\d\d) to (?P<now>\d{4}-\d\d), percent")
def growth_at_trusts(gathered: Any, place: str, before: str, now: str) -> Result:
    trusts = trusts_of(gathered, place)
    return growth(trusts.together(now), trusts.together(before))


@answers(BHR, rf"(?P<year>\d{{4}}-\d\d) NEA (?P<trust>bhrut|barts): three CCGs added{PRINTS}")
def of_three_commissioners(gathered: Any, year: str, trust: str) -> Result:
    rows = [each for part in PARTS for each in trusts_of(gathered, part).rows(year, TRUSTS[trust])]
    return over_boards(rows)


@answers(BHR, rf"(?P<year>\d{{4}}-\d\d) NEA both trusts: three CCGs added{PRINTS}")
def of_three_commissioners_at_both(gathered: Any, year: str) -> Result:
    return added(trusts_of(gathered, part).together(year) for part in PARTS)


# Actual, target and the year before


def yearly(gathered: Any, place: str, metric: str, year: str, kind: ValueKind) -> Figure:
    key, measure = METRICS[metric]
    plan = PLANS[place]
    which = Which(key, FinancialYear.parse(year), kind, measure, plan=plan)
    return known(value_of(gathered.measured[plan], which))


MEASURED = r"(?P<place>hwb-\S+)"
METRIC = r"(?P<metric>NEA|residential admissions|reablement)"


@answers(
    BHR,
    rf"{MEASURED} (?P<year>\d{{4}}-\d\d) {METRIC} actual minus target{PRINTS}",
)
def actual_less_target(gathered: Any, place: str, year: str, metric: str) -> Result:
    actual = yearly(gathered, place, metric, year, ValueKind.ACTUAL)
    return less(actual, yearly(gathered, place, metric, year, ValueKind.TARGET))


@answers(
    BHR,
    rf"{MEASURED} {METRIC} target change (?P<before>\d{{4}}-\d\d) to (?P<now>\d{{4}}-\d\d){PRINTS}",
)
def growth_of_target(gathered: Any, place: str, metric: str, before: str, now: str) -> Result:
    target = yearly(gathered, place, metric, now, ValueKind.TARGET)
    return growth(target, yearly(gathered, place, metric, before, ValueKind.TARGET))


@answers(
    BHR,
    rf"{MEASURED} {METRIC} (?P<now>\d{{4}}-\d\d) target against (?P<before>\d{{4}}-\d\d) actual"
    rf"{PRINTS}",
)
def target_on_actual(gathered: Any, place: str, metric: str, now: str, before: str) -> Result:
    target = yearly(gathered, place, metric, now, ValueKind.TARGET)
    return growth(target, yearly(gathered, place, metric, before, ValueKind.ACTUAL))


# The people of whom a printed rate must be


@answers(
    BHR,
    r"(?P<place>B&D|Havering|Redbridge) (?:(?P<age>\S+) )?population implied by "
    r"(?P<count>[\d,]+) admissions at (?P<rate>[\d,.]+) per 100,000",
)
def people_implied(gathered: Any, place: str, age: str | None, count: str, rate: str) -> Result:
    """The row is found by what it prints; the people come of the rows' own figures."""
    measured = gathered.measured[PLANS[place]]
    printed = [Decimal(text.replace(",", "")) for text in (count, rate)]
    for row in values_of_age(measured, PLANS[place], age or "all"):
        if row.measure == Measure.RATE and row.value and row.per:
            of = row.numerator or counted_beside(measured, row)
            if of and [of.value, row.value.value] == printed:
                return implied_people(of, row.value, row.per)
    return None


def values_of_age(measured: Measured, plan: str, age_band: str) -> list[MetricFigure]:
    return [
        each for each in measured.values if each.plan == plan and each.about.age_band == age_band
    ]


def counted_beside(measured: Measured, rate: MetricFigure) -> Figure | None:
    which = Which(rate.metric, rate.period, rate.kind, Measure.COUNT, plan=rate.plan)
    return value_of(measured, which)


# Delayed days


@answers(BHR, rf"(?P<place>B&D) social care delays fall on previous year{PRINTS}")
def fall_of_delays(gathered: Any, place: str) -> Result:
    rows = values_of(
        gathered.measured[PLANS[place]],
        Which(
            "dtoc",
            kind=ValueKind.ACTUAL,
            measure=Measure.AVERAGE,
            plan=PLANS[place],
            attribution=Attribution.SOCIAL_CARE,
        ),
    )
    before, now = (known(each.value) for each in sorted(rows, key=lambda each: each.period))
    return negative(known(growth(now, before)))


def delays(gathered: Any, series: str, **given: Any) -> tuple[MetricFigure, ...]:
    """The planned delayed days of a series."""
    plan = PLANS["Havering"]
    which = Which("dtoc", kind=ValueKind.PLAN, plan=plan, series=series.lower(), **given)
    return values_of(gathered.measured[plan], which)


def delays_by_period(gathered: Any, series: str, body: str) -> Mapping[Any, Figure | None]:
    return counts_by_period(delays(gathered, series, attribution=BODIES[body]))


SERIES = r"(?P<series>Flat|Seasonal)"


@answers(BHR, rf"{SERIES} (?P<period>[\d-]+) total days = NHS \+ social care \+ joint{PRINTS}")
def total_of_delays(gathered: Any, series: str, period: str) -> Result:
    return over_attributions(delays(gathered, series, period=parse_period(period)))


@answers(BHR, rf"{SERIES} (?P<period>[\d-]+) days per 100,000 = days / population x 100000{PRINTS}")
def rate_of_delays(gathered: Any, series: str, period: str) -> Result:
    (row,) = delays(
        gathered, series, period=parse_period(period), measure=Measure.RATE, attribution="total"
    )
    people = people_behind(gathered.measured[row.plan], row)
    assert row.per
    return rate_of(known(row.count), known(people), row.per)


@answers(BHR, rf"{SERIES} year (?P<body>\w+) = twelve months{PRINTS}")
def months_of_delays(gathered: Any, series: str, body: str) -> Result:
    return of_year(delays_by_period(gathered, series, body), year_of_delays(gathered, series))


@answers(BHR, rf"{SERIES} Q(?P<quarter>[1-4]) = three monthly totals{PRINTS}")
def quarter_of_delays(gathered: Any, series: str, quarter: str) -> Result:
    year = year_of_delays(gathered, series)
    return of_quarter(delays_by_period(gathered, series, "total"), Quarter(year, int(quarter)))


@answers(BHR, rf"{SERIES} four quarters = year total{PRINTS}")
def quarters_of_delays(gathered: Any, series: str) -> Result:
    counts = delays_by_period(gathered, series, "total")
    quarters = {each: count for each, count in counts.items() if isinstance(each, Quarter)}
    return of_year(quarters, year_of_delays(gathered, series))


@answers(BHR, rf"{SERIES} twelve monthly rates added \(not the method used for the year\){PRINTS}")
def rates_added(gathered: Any, series: str) -> Result:
    rows = delays(gathered, series, measure=Measure.RATE, attribution=Attribution.TOTAL)
    return whole_sum(each.value for each in rows if isinstance(each.period, Month))


def year_of_delays(gathered: Any, series: str) -> FinancialYear:
    (year,) = {
        each.period for each in delays(gathered, series) if isinstance(each.period, FinancialYear)
    }
    return year


@answers(BHR, rf"(?P<place>Havering) (?P<age>\S+) population: mean of twelve months{PRINTS}")
def mean_population(gathered: Any, place: str, age: str) -> Result:
    return mean(
        [
            known(each.count)
            for each in gathered.measured[PLANS[place]].populations
            if (each.plan, each.age_band) == (PLANS[place], age) and isinstance(each.period, Month)
        ]
    )


# Thresholds, referrals and other facts


@answers(
    BHR,
    r"(?P<place>hwb-\S+) mental_health_dtoc_(?P<who>\w+) (?P<month>\d{4}-\d\d): "
    r"below [\d.]+ threshold = 1, else 0",
)
def is_below_threshold(gathered: Any, place: str, who: str, month: str) -> Result:
    plan = PLANS[place]
    measured = gathered.measured[plan]
    (row,) = values_of(
        measured,
        Which(
            "mental-health-dtoc",
            parse_period(month),
            ValueKind.ACTUAL,
            plan=plan,
            breakdown=who.replace("_", " "),
        ),
    )
    return int(is_below(known(row.value), known(threshold_for(measured, row))))


TEAMS = {
    "CTT": "New referrals to the community treatment team",
    "IRS": "New referrals to the intensive rehabilitation service",
}
TEAM = r"(?P<team>CTT|IRS)"


def referrals(gathered: Any, team: str) -> Mapping[Any, Figure | None]:
    facts = facts_of(gathered.measured[BHR], TEAMS[team], "three boroughs together")
    return {each.period: each.value for each in facts}


@answers(BHR, rf"{TEAM} new referrals (?P<year>\d{{4}}-\d\d) \(four quarters\){PRINTS}")
def referrals_of_year(gathered: Any, team: str, year: str) -> Result:
    return of_year(referrals(gathered, team), FinancialYear.parse(year))


@answers(BHR, rf"{TEAM} (?P<now>Q\d \S+) against (?P<before>Q\d \S+){PRINTS}")
def referrals_of_quarter(gathered: Any, team: str, now: str, before: str) -> Result:
    counts = referrals(gathered, team)
    last, first = (known(counts[quarter_named(each)]) for each in (now, before))
    return growth(last, first)


def quarter_named(text: str) -> Quarter:
    """`Q1 2020-21`."""
    quarter, year = text.split()
    return Quarter(FinancialYear.parse(year), int(quarter[1:]))


@answers(BHR, rf"Consultation shares by borough \+ unidentified{PRINTS}")
def consultation_shares(gathered: Any) -> Result:
    label = "Share of consultation responses"
    shares = [fact_of(gathered.measured[part], label) for part in PARTS]
    return whole_sum([*shares, fact_of(gathered.measured[BHR], label, "without a borough")])


@answers(BHR, rf"Consultation .*questionnaires.*letters.*{PRINTS}")
def consultation_responses(gathered: Any) -> Result:
    label = "Intermediate care consultation"
    ways = ("questionnaires", "letters or emails")
    return whole_sum(fact_of(gathered.measured[BHR], f"{label}: {way}") for way in ways)


@answers(BHR, r"GP practices in three boroughs")
def practices(gathered: Any) -> Result:
    return whole_sum(fact_of(gathered.measured[part], "GP practices") for part in PARTS)


# Barnet 2014-16: admissions


def barnet(gathered: Any) -> Measured:
    measured: Measured = gathered.measured[BARNET]
    return measured


def admissions(gathered: Any, **given: Any) -> Figure:
    return known(value_of(barnet(gathered), Which("nea", plan=BARNET, **given)))


def baseline(gathered: Any) -> Figure:
    return admissions(gathered, kind=ValueKind.BASELINE, measure=Measure.COUNT)


@answers(BARNET, r"Reduction against current level, 1 decimal")
def planned_reduction_in_percent(gathered: Any) -> Result:
    change = admissions(gathered, kind=ValueKind.PLAN, measure=Measure.CHANGE, unit="admissions")
    return percent_of(negative(change), baseline(gathered))


@answers(BARNET, r"Population implied by rate \(not printed\)")
def people_of_baseline(gathered: Any) -> Result:
    which = Which("nea", kind=ValueKind.BASELINE, measure=Measure.RATE, plan=BARNET)
    (row,) = values_of(barnet(gathered), which)
    assert row.per
    return implied_people(baseline(gathered), known(row.value), row.per)


@answers(BARNET, r"Annex 2: (?P<year>\d{4}-\d\d) plan")
def planned_episodes(gathered: Any, year: str) -> Result:
    """The level of the year before, as it was or is planned, with the planned change."""
    period = FinancialYear.parse(year)
    at = {"provider": "royal-free", "unit": "first finished consultant episodes"}
    before = admissions(
        gathered, period=FinancialYear(period.first - 1), measure=Measure.COUNT, **at
    )
    change = admissions(gathered, period=period, kind=ValueKind.PLAN, measure=Measure.CHANGE, **at)
    return added([before, change])


# Barnet 2014-16: people by risk, by condition and by age

RATIO = "Average risk ratio"
LEVELS = ("risk level 3", "risk level 2", "risk level 1", "risk level 0")


def at_risk(gathered: Any, level: str) -> Figure:
    return known(people_of(barnet(gathered), "all", level))


@answers(BARNET, r"Risk stratified population")
def stratified(gathered: Any) -> Result:
    return added(at_risk(gathered, level) for level in LEVELS)


@answers(BARNET, r"Top two levels together \(not printed\)")
def top_levels(gathered: Any) -> Result:
    return added(at_risk(gathered, level) for level in LEVELS[:2])


@answers(BARNET, r"Patient-weighted average risk ratio, 3 decimals")
def average_ratio(gathered: Any) -> Result:
    ratios = [known(fact_of(barnet(gathered), RATIO, level)) for level in LEVELS]
    people = [at_risk(gathered, level) for level in LEVELS]
    return weighted_average(list(zip(ratios, people, strict=True)))


@answers(BARNET, r"Level (?P<level>\d) triangle share of population")
def share_in_triangle(gathered: Any, level: str) -> Result:
    conditions = "Share of people with long-term conditions, by the long-term conditions triangle"
    everybody = "Share of the population, by the long-term conditions triangle"
    part = fact_of(barnet(gathered), conditions, f"risk level {level}")
    outside = fact_of(barnet(gathered), everybody, "risk level 0, outside triangle")
    return share_of_share(known(part), rest_of_all(known(outside)))


@answers(BARNET, r"Dementia growth (?P<before>\d{4}) to (?P<now>\d{4}), whole percent")
def dementia_growth(gathered: Any, before: str, now: str) -> Result:
    first, last = (
        people_of(barnet(gathered), "65+", "people with dementia", parse_period(year))
        for year in (before, now)
    )
    return growth(known(last), known(first))


@answers(BARNET, r"Reduction implied by relative risk, whole percent")
def reduction_of_risk(gathered: Any) -> Result:
    label = "Relative risk of going into hospital, integrated against usual care"
    return reduction_by_ratio(known(fact_of(barnet(gathered), label)))


SEGMENTS = {
    "one long-term condition": "1 LTC",
    "two or more long-term conditions": "2+ LTCs",
    "dementia": "dementia",
}
BANDS = {"adults": "16-69", "16-69": "16-69", "70+": "70+"}


def segments(with_dementia: str | None) -> list[str]:
    return [each for each in SEGMENTS if each != "dementia" or with_dementia]


@answers(BARNET, r"People (?P<age>16-69|70\+) with LTCs?(?P<dementia> or dementia)?")
def people_with_conditions(gathered: Any, age: str, dementia: str | None) -> Result:
    return whole_sum(people_of(barnet(gathered), age, each) for each in segments(dementia))


@answers(
    BARNET,
    r"Spend on (?:people )?(?:aged )?(?P<age>adults|70\+) with LTCs?(?P<dementia> or dementia)?",
)
def spend_on_conditions(gathered: Any, age: str, dementia: str | None) -> Result:
    subjects = [f"aged {BANDS[age]}, {SEGMENTS[each]}" for each in segments(dementia)]
    label = "Annual spend of a segment"
    return in_millions(whole_sum(fact_of(barnet(gathered), label, each) for each in subjects))


@answers(BARNET, r"Business case funding gap (?P<year>\d{4}-\d\d)")
def gap(gathered: Any, year: str) -> Result:
    spending, budget = (
        known(fact_of(barnet(gathered), f"Business case: {what}", "", parse_period(year)))
        for what in ("forecast spending", "budget")
    )
    return in_millions(less(spending, budget))


def in_millions(pounds: Figure | None) -> Figure | None:
    return divided(known(pounds), stated(1_000_000))


# Barnet 2014-16: falls, a table by age and diagnosis that is added either way

AGES = ("aged 65-69", "aged 70-74", "aged 75 and over")
CODES = ("fractured neck of femur", "other codes")
FALLS = r"Falls (?P<what>patients|cost), "


def falls(gathered: Any, what: str, code: str, age: str) -> Figure | None:
    return fact_of(barnet(gathered), f"Falls by diagnosis, {what}: {code}", age)


@answers(BARNET, rf"{FALLS}(?P<code>neck of femur|other codes)")
def falls_of_code(gathered: Any, what: str, code: str) -> Result:
    (full,) = (each for each in CODES if each.endswith(code))
    return whole_sum(falls(gathered, what, full, age) for age in AGES)


@answers(BARNET, rf"{FALLS}(?P<start>\d\d)-\d+")
def falls_of_age(gathered: Any, what: str, start: str) -> Result:
    (age,) = (each for each in AGES if each.startswith(f"aged {start}"))
    return whole_sum(falls(gathered, what, code, age) for code in CODES)


@answers(BARNET, rf"{FALLS}all ages")
def falls_of_all(gathered: Any, what: str) -> Result:
    return whole_sum(falls(gathered, what, code, age) for code in CODES for age in AGES)


# Barnet 2014-16: other metrics, and reports around the plan


@answers(BARNET, r"Self-directed support people added \(not printed\)")
def people_added(gathered: Any) -> Result:
    target, before = (
        count_of(barnet(gathered), Which("self-directed-support", kind=kind, plan=BARNET))
        for kind in (ValueKind.TARGET, ValueKind.BASELINE)
    )
    return less(known(target), known(before))


@answers(BARNET, r"DTOC total (?P<year>\d{4}-\d\d)")
def delayed_transfers(gathered: Any, year: str) -> Result:
    which = Which("dtoc", FinancialYear.parse(year), ValueKind.ACTUAL, Measure.COUNT)
    return over_attributions(values_of(gathered.boards["barnet"], which))


@answers(BARNET, r"Each half of performance money \(not printed\)")
def half_of_performance_money(gathered: Any) -> Result:
    label = "Integration Transformation Fund: part that depends on performance"
    return equal_part(fact_of(gathered.boards["barnet"], label, "England"), 2)


# Barnet, annual report on section 75 agreements 2017-18

MONTHS = {"January": "2018-01", "February": "2018-02"}


def delays_of_years(gathered: Any) -> tuple[Figure, Figure]:
    """Delayed transfers of the year of the report and of the one before."""
    which = Which("dtoc", kind=ValueKind.ACTUAL, attribution=Attribution.TOTAL)
    rows = values_of(gathered.boards["barnet"], which)
    *_, before, now = sorted(rows, key=lambda each: each.period)
    return known(before.count), known(now.count)


def residential(gathered: Any, month: str) -> MetricFigure:
    which = Which("residential-admissions", parse_period(MONTHS[month]), ValueKind.ACTUAL)
    (row,) = values_of(gathered.boards["barnet"], which)
    return row


@answers(SECTION_75, r"DTOC change between years", unit="count")
def change_of_delays(gathered: Any) -> Result:
    before, now = delays_of_years(gathered)
    return less(now, before)


@answers(SECTION_75, r"DTOC change between years", unit="pct")
def growth_of_delays(gathered: Any) -> Result:
    before, now = delays_of_years(gathered)
    return growth(now, before)


@answers(SECTION_75, r"Residential admissions change, (?P<before>\w+) to (?P<now>\w+) \d{4}")
def change_of_residential(gathered: Any, before: str, now: str) -> Result:
    first, last = (known(residential(gathered, month).count) for month in (before, now))
    return growth(last, first)


@answers(SECTION_75, r"Population aged 65\+ implied by the (?P<month>\w+) rate")
def people_of_residential(gathered: Any, month: str) -> Result:
    row = residential(gathered, month)
    assert row.per
    return implied_people(known(row.count), known(row.value), row.per)


@answers(SECTION_75, r"NEL shortfall narrowed between Q(?P<before>\d) and Q(?P<now>\d)")
def shortfall_narrowed(gathered: Any, before: str, now: str) -> Result:
    label = "Non-elective admissions: target missed by"
    first, last = (
        known(fact_of(gathered.boards["barnet"], label, "", parse_period(f"2017-18Q{quarter}")))
        for quarter in (before, now)
    )
    return less(first, last)
