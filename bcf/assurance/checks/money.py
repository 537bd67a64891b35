"""Checks of what comes in, of what it is spent on, and of the published minimums."""

from collections.abc import Callable, Iterable, Mapping, Sequence, Set
from dataclasses import replace
from decimal import Decimal

from bcf.assurance.checks.finding import Finding, Mend, Severity
from bcf.assurance.checks.listing import all_of
from bcf.assurance.checks.outputs import output_missing, type_named, unit_of
from bcf.assurance.checks.record import Record
from bcf.assurance.figures import NOT_STATED, Choice, SpendLine
from bcf.assurance.sums import Held, contributions_added, held, spend_added
from bcf.assurance.totals import (
    NOT_BY_SOURCE,
    REST_OF_POOL,
    Balance,
    Verdict,
    balance,
    counting,
    income_rows,
)
from bcf.base.worked import Figure, less
from bcf.money import format_pounds, total
from bcf.periods import Period
from plans.cycle_definitions import CheckRule
from schemes.models.scheme import OTHER

CONTRIBUTIONS = "plans.contribution"
LINES = "schemes.spendline"
REQUIREMENTS = "plans.requirement"
OUT_OF_HOSPITAL, SOCIAL_CARE = "nhs-out-of-hospital", "social-care-maintenance"
# Minimums that have a check of their own.
CHECKED_APART = (OUT_OF_HOSPITAL, SOCIAL_CARE)
NO_SOURCE = "some of the money names no funding source"


def below_minimum(record: Record, rule: CheckRule) -> Iterable[Finding]:
    """The pool of each year is at least the minimum that is published for the area.

    So is what is held against every other minimum that the plan enters and that has no check of
    its own.
    """
    entered = {(row.rule.key, row.year, row.plan): row for row in record.money.all_requirements}
    for (key, year, plan), row in entered.items():
        if not row.is_total_pool and key not in CHECKED_APART:
            found = held(record.money, key, year, of=plan)
            yield from _held(record, rule.key, row.rule.label, found, plan)
    for each in record.cycle.requirement_rules:
        if not each.is_total_pool:
            continue
        for year in record.money.years:
            minimum = held(record.money, each.key, year).minimum
            income = balance(record.money, year).income
            if minimum is None or income is None:
                is_minimum = minimum is None
                yield Finding(
                    rule.key,
                    Severity.NOT_CHECKED,
                    f"The pool of {year.label} was not held against its published minimum: no "
                    f"{'minimum' if is_minimum else 'income'} is entered for the year.",
                    mend=Mend(REQUIREMENTS if is_minimum else CONTRIBUTIONS, record.slug),
                )
            elif income < minimum.value:
                missing = format_pounds(minimum.rounded(2) - income)
                yield Finding(
                    rule.key,
                    Severity.ERROR,
                    f"The pool of {year.label} is {missing} below its published minimum. Add "
                    "contributions, or correct the minimum.",
                    format_pounds(income),
                    f"at least {minimum.words}",
                    Mend(CONTRIBUTIONS, record.slug),
                    rows=minimum.rows,
                )


def spend_differs(record: Record, rule: CheckRule) -> Iterable[Finding]:
    """What comes in is spent: in each year, and from each source where both sides say it."""
    allowed = rule.thresholds["tolerance-pounds"]
    unstated: dict[str, list[Period]] = {}
    silent: dict[str, list[Period]] = {}
    for year in record.money.years:
        whole = balance(record.money, year)
        if whole.verdict is Verdict.NOT_STATED:
            unstated.setdefault("income" if whole.income is None else "spend", []).append(year)
            continue
        yield from _of_year(record, rule.key, whole, allowed)
        if why := _without_source(_sources(record, year)):
            silent.setdefault(why, []).append(year)
        else:
            yield from _by_source(record, rule.key, year, allowed)
    for wanting, years in unstated.items():
        which = "the year" if len(years) == 1 else "these years"
        why = f": no {wanting} is stated for {which}"
        kind = CONTRIBUTIONS if wanting == "income" else LINES
        yield _not_held(record, rule.key, years, why, kind)
    for why, years in silent.items():
        kind = LINES if why == NO_SOURCE else CONTRIBUTIONS
        yield _not_held(record, rule.key, years, f" by source: {why}", kind)


def _not_held(record: Record, code: str, years: Sequence[Period], why: str, kind: str) -> Finding:
    return Finding(
        code,
        Severity.NOT_CHECKED,
        f"Income and spend of {all_of(year.label for year in years)} were not held against each "
        f"other{why}.",
        mend=Mend(kind, record.slug),
    )


def _of_year(record: Record, code: str, whole: Balance, allowed: Decimal) -> Iterable[Finding]:
    difference = whole.difference
    if not difference or abs(difference) <= allowed:
        return
    figures = (format_pounds(whole.spend), format_pounds(whole.income))
    if abs(difference) <= whole.tolerance + allowed:
        yield Finding(
            code,
            Severity.NOTE,
            f"Income and spend of {whole.year.label} differ by {format_pounds(abs(difference))}, "
            "which the rounding of the figures explains.",
            *figures,
            Mend(LINES, record.slug),
        )
        return
    more, less_of = ("Income", "spend") if difference > 0 else ("Spend", "income")
    remedy = "Change the spend lines or what comes in so that they agree."
    if whole.unstated:
        rows = "1 row states" if whole.unstated == 1 else f"{whole.unstated} rows state"
        remedy = f"{rows} no amount for the year: enter it first."
    yield Finding(
        code,
        Severity.ERROR,
        f"{more} of {whole.year.label} is {format_pounds(abs(difference))} more than {less_of}. "
        f"{remedy}",
        *figures,
        Mend(LINES, record.slug),
    )


def _by_source(record: Record, code: str, year: Period, allowed: Decimal) -> Iterable[Finding]:
    """Each source of which contributions and spend lines are both stated, of every amount."""
    for source in sorted(_sources(record, year), key=lambda each: each.label):
        paid = contributions_added(record.money, year, sources=[source.key])
        spent = spend_added(record.money, year, sources=[source.key])
        about = f"{source.label}, {year.label}"
        yield from _of_source(
            Finding(code, Severity.ERROR, about), record.slug, paid, spent, allowed
        )


def _sources(record: Record, year: Period) -> set[Choice]:
    """The sources of what comes in and of what is spent in a year."""
    income = {row.source for row in income_rows(record.money) if row.year == year}
    lines = counting(record.money.all_spend_lines)
    return income | {row.source for row in lines if row.year == year}


def _without_source(sources: Set[Choice]) -> str:
    """Why money cannot be told by source; nothing where all of it can."""
    if NOT_STATED in sources:
        return NO_SOURCE
    return "income is stated as a total pool" if {NOT_BY_SOURCE, REST_OF_POOL} & sources else ""


def _of_source(
    about: Finding, slug: str, paid: Figure | None, spent: Figure | None, allowed: Decimal
) -> Iterable[Finding]:
    """`about` is the finding to be made, with the source and the year as its sentence."""
    found, required = _side(spent, "no line"), _side(paid, "no contribution")
    about = replace(about, found=found, required=required)
    if paid is None or spent is None:
        if any(each and each.value for each in (paid, spent)):
            wanting, kind = ("contribution", CONTRIBUTIONS) if paid is None else ("line", LINES)
            yield replace(
                about,
                sentence=f"{about.sentence}: no {wanting} is entered, though the other side is "
                "stated. Enter it, or choose another source.",
                mend=Mend(kind, slug),
            )
        return
    difference = less(spent, paid)
    if abs(difference.value) <= allowed:
        return
    is_explained = abs(spent.beyond(paid)) <= allowed
    way = "more" if difference.value > 0 else "less"
    by = format_pounds(abs(difference.rounded(2)))
    remedy = ", which rounding explains." if is_explained else ". Change one of the two."
    yield replace(
        about,
        severity=Severity.NOTE if is_explained else Severity.ERROR,
        sentence=f"{about.sentence}: {by} {way} is spent than comes in{remedy}",
        mend=Mend(LINES, slug),
        rows=difference.rows,
    )


def _side(figure: Figure | None, nothing: str) -> str:
    return figure.words if figure else nothing


def minimum_of(key: str) -> Callable[[Record, CheckRule], Iterable[Finding]]:
    """The check that what a plan states is at least one published minimum, by plan and year."""

    def made(record: Record, rule: CheckRule) -> Iterable[Finding]:
        asked = next((each for each in record.cycle.requirement_rules if each.key == key), None)
        if asked is None:
            return
        for of in [each.slug for each in record.money.parts] or [record.slug]:
            for year in record.money.years:
                found = held(record.money, key, year, of=of)
                yield from _held(record, rule.key, asked.label, found, of)

    return made


def _held(record: Record, code: str, label: str, found: Held, of: str) -> Iterable[Finding]:
    area = record.area(of)
    about = ", ".join(filter(None, (label, area, found.year.label)))
    mend = Mend(REQUIREMENTS, of)
    if found.margin is None:
        wanting = "the minimum" if found.minimum is None else "what the plan spends"
        yield Finding(
            code,
            Severity.NOT_CHECKED,
            f"{about}: not checked, because {wanting} is not entered.",
            mend=mend,
            area=area,
        )
        return
    if found.actual and found.counted and not found.actual.agrees(found.counted):
        yield Finding(
            code,
            Severity.WARNING,
            f"{about}: the plan states {found.actual.words}, but the spend lines that count come "
            f"to {found.counted.words}. Change one of the two.",
            found.actual.words,
            found.counted.words,
            Mend.row(found.actual.rows[0], "actual"),
            area,
            found.counted.rows,
        )
    if not found.is_met and found.minimum and found.spend:
        short = format_pounds(-found.margin.rounded(2))
        yield Finding(
            code,
            Severity.ERROR,
            f"{about}: {short} below the published minimum. Plan more of it, or correct the "
            "figure.",
            found.spend.words,
            f"at least {found.minimum.words}",
            Mend.row(found.actual.rows[0], "actual") if found.actual else Mend(LINES, of),
            area,
            found.margin.rows,
        )


def source_not_stated(record: Record, rule: CheckRule) -> Iterable[Finding]:
    """Every line that counts names its funding source."""
    for each in record.money.everything():
        lines = [line for line in counting(each.spend_lines) if line.source == NOT_STATED]
        if not lines:
            continue
        area = record.area(each.slug)
        amount = format_pounds(total(line.amount for line in lines))
        lead = f"{area}: " if area else ""
        what = "1 spend line names" if len(lines) == 1 else f"{len(lines)} spend lines name"
        yield Finding(
            rule.key,
            Severity.WARNING,
            f"{lead}{what} no funding source, {amount} together. Choose the source of each.",
            amount,
            "a funding source for every line",
            _first(lines, "funding_source"),
            area,
            tuple(line.figure.rows[0] for line in lines if line.figure),
        )


def other_unspecified(record: Record, rule: CheckRule) -> Iterable[Finding]:
    """Where “other” is chosen, it is said what."""
    for line in record.money.all_spend_lines:
        if line.area.key == OTHER and not line.area_specified.strip():
            yield Finding(
                rule.key,
                Severity.WARNING,
                f"“{line.description}”, {line.year.label}: the area of spend is “other” and it is "
                "not said what. Fill in the area in words.",
                mend=_first([line], "area_specified"),
                area=record.area(line.plan),
            )
    for scheme in record.schemes:
        if scheme.scheme_type == OTHER and not scheme.type_specified.strip():
            yield Finding(
                rule.key,
                Severity.WARNING,
                f"Scheme {scheme.title}: the type is “other” and it is not said what. Fill in the "
                "scheme’s type in words.",
                mend=Mend.row(scheme.row, "type_specified"),
                area=record.area(scheme.owner),
            )


def type_mismatch(record: Record, rule: CheckRule) -> Iterable[Finding]:
    """A line's planned output is counted in the unit of its scheme's type or sub type."""
    types = {each.key: each for each in record.cycle.scheme_types}
    for line in counting(record.money.all_spend_lines):
        expected = unit_of(line, types)
        if not expected or not line.output_unit:
            continue
        said, what = line.output_unit, f"“{line.description}”, {line.year.label}"
        if said.strip().casefold() != expected.casefold():
            yield Finding(
                rule.key,
                Severity.WARNING,
                f"{what}: its output is in {said}, but what “{type_named(line, types)}” delivers "
                f"is counted in {expected}. Change one of the two.",
                said,
                expected,
                _first([line], "output_unit"),
                record.area(line.plan),
            )


def theme_differs(record: Record, rule: CheckRule) -> Iterable[Finding]:
    """Lines of one name stand under one theme, whichever area they are of."""
    named: dict[str, dict[Choice, list[SpendLine]]] = {}
    for line in counting(record.money.all_spend_lines):
        if line.theme != NOT_STATED:
            named.setdefault(line.description, {}).setdefault(line.theme, []).append(line)
    for name, themes in named.items():
        if len(themes) > 1:
            said = all_of(_under(record, theme, lines) for theme, lines in themes.items())
            yield Finding(
                rule.key,
                Severity.NOTE,
                f"“{name}” stands under several themes: {said}. Check that each is meant.",
                mend=_first(next(iter(themes.values())), "theme"),
                rows=tuple(
                    line.figure.rows[0]
                    for lines in themes.values()
                    for line in lines
                    if line.figure
                ),
            )


def _under(record: Record, theme: Choice, lines: list[SpendLine]) -> str:
    areas = all_of(dict.fromkeys(filter(None, (record.area(line.plan) for line in lines))))
    return f"“{theme.label}”{f' in {areas}' if areas else ''}"


def _first(lines: list[SpendLine], field: str) -> Mend:
    """The first of these lines, to begin with."""
    line = lines[0]
    return Mend(LINES, line.plan, line.ref, field, line.description)


EVERY: Mapping[str, Callable[[Record, CheckRule], Iterable[Finding]]] = {
    "funding.below-minimum": below_minimum,
    "funding.spend-differs": spend_differs,
    "spend.out-of-hospital-below-minimum": minimum_of(OUT_OF_HOSPITAL),
    "spend.social-care-below-minimum": minimum_of(SOCIAL_CARE),
    "spend.source-not-stated": source_not_stated,
    "spend.other-unspecified": other_unspecified,
    "spend.type-mismatch": type_mismatch,
    "spend.output-missing": output_missing,
    "spend.theme-differs": theme_differs,
}
