"""Checks of section 75 agreements: that there is one, its term, and its money."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from bcf.assurance.agreements.carried import income_of
from bcf.assurance.checks.finding import Finding, Mend, Severity
from bcf.assurance.checks.naming import counted, first_of, joined, led, quoted
from bcf.assurance.checks.pooled import pool_as_spent
from bcf.assurance.checks.record import AgreementRow, AgreementValueRow, Record
from bcf.assurance.checks.terms import Term, term_of, when
from bcf.assurance.checks.units import unit_suspect
from bcf.base.published import printed_pounds
from bcf.base.worked import POUNDS, Figure, added, less, stated
from bcf.money import format_pounds
from bcf.periods import FinancialYear, Period
from governance.choices import Arrangement, ValueMeasure
from plans.cycle_definitions import CheckRule

AGREEMENTS = "governance.agreement"
VALUES = "governance.agreementvalue"


def without_agreement(record: Record, rule: CheckRule) -> Iterable[Finding]:
    """In each year in which money is pooled, a section 75 agreement runs."""
    for slug in record.family:
        income = {year: _income(record, slug, year) for year in record.money.years}
        pooled = {year: each for year, each in income.items() if each and each.value}
        if pooled:
            yield from _without_agreement(record, rule.key, slug, pooled)
    empty = [year for year in record.money.years if _income(record, "", year) is None]
    if empty:
        yield Finding(
            rule.key,
            Severity.NOT_CHECKED,
            f"Whether a section 75 agreement is needed in {_years(empty)} was not checked: no "
            "pooled money is stated.",
            mend=Mend("plans.contribution", record.slug),
        )


def _without_agreement(
    record: Record, code: str, slug: str, pooled: Mapping[FinancialYear, Figure]
) -> Iterable[Finding]:
    mine = {slug, record.slug, record.joint, ""}
    serving = [each for each in record.agreements if each.is_section_75 and each.owner in mine]
    terms = _terms(record)
    runs = {year: [terms[each.ref].runs_in(year) for each in serving] for year in pooled}
    unserved = [year for year in pooled if not any(runs[year])]
    unknown = [year for year in unserved if None in runs[year]]
    lacking = [year for year in unserved if None not in runs[year]]
    area = record.area(slug)
    if lacking:
        amounts = joined(pooled[year].words for year in lacking)
        yield Finding(
            code,
            Severity.WARNING,
            led(
                area,
                f"{amounts} {'are' if len(lacking) > 1 else 'is'} pooled in {_years(lacking)}, but "
                "no section 75 agreement is entered that runs in "
                f"{'those years' if len(lacking) > 1 else 'that year'}. Enter the agreement, or "
                "correct its dates.",
            ),
            "no agreement",
            "a section 75 agreement in every year with pooled money",
            Mend(AGREEMENTS, slug),
            area,
        )
    if unknown:
        vague = [
            each
            for each in serving
            if any(terms[each.ref].runs_in(year) is None for year in unknown)
        ]
        yield Finding(
            code,
            Severity.NOT_CHECKED,
            led(
                area,
                f"Whether a section 75 agreement runs in {_years(unknown)} was not checked: it is "
                f"not entered when {_named(vague)} started. Enter the date.",
            ),
            mend=Mend.row(vague[0].row, "starts"),
            area=area,
            rows=tuple(each.row for each in vague),
        )


def ended(record: Record, rule: CheckRule) -> Iterable[Finding]:
    """No agreement ends before the plan does, or has ended since; schedules keep to their term."""
    mine = [each for each in record.agreements if each.owner in (*record.family, "")]
    terms = _terms(record)
    if not mine:
        yield _no_agreement(record, rule.key, "The end of agreements was")
    past: dict[str, list[AgreementRow]] = {}
    for each in mine:
        if each.ends and _ends_within(record, each):
            yield _ends_too_soon(record, rule.key, each)
        elif each.ends and each.ends.last_day < record.today:
            past.setdefault(_when_ended(record, each), []).append(each)
        yield from _outside_its_term(record, rule.key, each)
        yield from _overlapping(record, rule.key, each)
    for since, found in past.items():
        yield _past(rule.key, since, found)
    unknown = {each.ref: each for each in mine if not terms[each.ref].is_end_known}
    if vague := [each for each in unknown.values() if each.parent not in unknown]:
        yield Finding(
            rule.key,
            Severity.NOT_CHECKED,
            f"Whether {_named(vague)} {'has' if len(vague) == 1 else 'have'} ended was not "
            "checked: no end is entered. Enter it, or tick “has no end”.",
            mend=Mend.row(vague[0].row, "ends"),
            rows=tuple(each.row for each in vague),
        )


def _when_ended(record: Record, each: AgreementRow) -> str:
    years = record.money.years
    is_before = bool(years and each.ends and each.ends.last_day < years[0].starts_on)
    return "before the plan’s first year" if is_before else "with the plan’s last year or since"


def _past(code: str, since: str, found: Sequence[AgreementRow]) -> Finding:
    have = "has" if len(found) == 1 else "have"
    named = first_of(f"{quoted(each.name)} ({each.ends.label})" for each in found if each.ends)
    return Finding(
        code,
        Severity.NOTE,
        f"{counted(len(found), 'agreement')} {have} ended {since}: {named}. Where one was "
        "renewed, enter its new end.",
        mend=Mend.row(found[0].row, "ends"),
        rows=tuple(each.row for each in found),
    )


def _overlapping(record: Record, code: str, each: AgreementRow) -> Iterable[Finding]:
    """A part's pooled fund does not run on beside one of the joint plan that starts later."""
    top = record.joint or record.slug
    for joint in record.agreements:
        if (
            each.owner not in ("", top)
            and joint.owner == top
            and each.arrangement == joint.arrangement == Arrangement.POOLED_FUND
            and each.ends
            and joint.starts
            and joint.starts.first_day <= each.ends.first_day
            and not (each.starts and joint.starts.first_day <= each.starts.last_day)
        ):
            yield Finding(
                code,
                Severity.NOTE,
                f"{quoted(each.name)} ends {when(each.ends)}, though {quoted(joint.name)}, which "
                f"pools funds too, starts {when(joint.starts)}. Check that both are meant to run "
                "at once.",
                mend=Mend.row(each.row, "ends"),
                area=record.area(each.owner),
                rows=(each.row, joint.row),
            )


def _ends_within(record: Record, each: AgreementRow) -> bool:
    """Whether it ends between the plan's first day and its last."""
    years = record.money.years
    if not years or each.ends is None:
        return False
    return years[0].starts_on <= each.ends.last_day < years[-1].ends_on


def _ends_too_soon(record: Record, code: str, each: AgreementRow) -> Finding:
    if each.ends is None:
        raise ValueError("An agreement without an end does not end too soon.")
    last = record.money.years[-1]
    verb = "ended" if each.ends.last_day < record.today else "ends"
    return Finding(
        code,
        Severity.WARNING,
        f"{quoted(each.name)} {verb} {when(each.ends)}, before {last.label} is over. Enter its "
        "new end if it is renewed, or the agreement that follows it.",
        each.ends.label,
        f"{last.ends_on.day} {last.ends_on:%B %Y}",
        Mend.row(each.row, "ends"),
        record.area(each.owner),
        (each.row,),
    )


def _outside_its_term(record: Record, code: str, each: AgreementRow) -> Iterable[Finding]:
    """A schedule does not start before, or end after, the agreement that it is a schedule of."""
    above = next((other for other in record.agreements if other.ref == each.parent), None)
    if above is None:
        return
    severity = Severity.WARNING if each.owner else Severity.NOTE
    starts, ends = (each.starts, above.starts), (each.ends, above.ends)
    if starts[0] and starts[1] and starts[0].last_day < starts[1].first_day:
        words, field = f"starts {when(starts[0])}, before", "starts"
        other = f"starts {when(starts[1])}"
    elif ends[0] and ends[1] and ends[0].first_day > ends[1].last_day:
        words, field = f"ends {when(ends[0])}, after", "ends"
        other = f"ends {when(ends[1])}"
    else:
        return
    yield Finding(
        code,
        severity,
        f"{quoted(each.name)} {words} the agreement of which it is a schedule: "
        f"{quoted(above.name)} {other}. Correct one of the two dates.",
        mend=Mend.row(each.row, field),
        area=record.area(each.owner),
        rows=(each.row, above.row),
    )


def pool_differs(record: Record, rule: CheckRule) -> Iterable[Finding]:
    """The pooled fund of the plan's own agreement is the plan's income of the year."""
    own = [each for each in record.own(record.agreements) if each.is_section_75]
    wanting: dict[Period, list[AgreementRow]] = {}
    for slug in record.family:
        of_plan = [each for each in own if each.owner == slug]
        for year in record.money.years if of_plan else ():
            held = _with_pool(record, of_plan, year)
            income = _income(record, "" if slug == record.slug else slug, year)
            if not held:
                wanting.setdefault(year, []).extend(_pooling(of_plan))
            elif income is None:
                yield _no_income(record, rule.key, slug, year)
            else:
                about = Finding(rule.key, Severity.WARNING, year.label, area=record.area(slug))
                yield from _held(about, held, income)
    if wanting:
        unstated = [each for each in own if any(each in found for found in wanting.values())]
        yield Finding(
            rule.key,
            Severity.NOT_CHECKED,
            f"Income of {_years(sorted(wanting))} was not held against section 75 agreements: no "
            f"pooled fund of {'that year' if len(wanting) == 1 else 'those years'} is entered for "
            f"{_named(unstated)}.",
            mend=Mend(VALUES, unstated[0].ref),
            rows=tuple(each.row for each in unstated),
        )
    if not own:
        yield _no_agreement(record, rule.key, "Pooled funds of section 75 agreements were")
    yield from pool_as_spent(record, rule.key)


def _pooling(agreements: list[AgreementRow]) -> list[AgreementRow]:
    """Those that are said to pool funds; all of them where none is."""
    said = [each for each in agreements if each.arrangement == Arrangement.POOLED_FUND]
    return said or agreements


def _with_pool(
    record: Record, agreements: Sequence[AgreementRow], year: Period
) -> list[tuple[AgreementRow, Figure]]:
    """Agreements with their pooled funds of a year; of a schedule only where none is above it."""
    found = [
        (each, figure) for each in agreements if (figure := _pool(record, each, year)) is not None
    ]
    stating = {each.ref for each, _ in found}
    return [(each, figure) for each, figure in found if each.parent not in stating]


def _pool(record: Record, agreement: AgreementRow, year: Period) -> Figure | None:
    """The pooled fund stated for all parties together, or else theirs added."""
    rows = [
        row
        for row in record.agreement_values
        if row.agreement == agreement.ref
        and row.year == year
        and row.measure == ValueMeasure.POOLED_FUND
        and row.amount is not None
    ]
    together = [row for row in rows if not row.party] or rows
    return added(
        stated(row.amount, _step(row.amount, row), POUNDS, row.row)
        for row in together
        if row.amount is not None
    )


def _step(amount: Decimal, row: AgreementValueRow) -> Decimal | None:
    """What an amount is rounded to; nothing where it is no longer what is printed."""
    printed = printed_pounds(row.printed, row.unit_meant or row.printed_unit)
    return row.rounded_to if printed is None or printed == amount else None


def _held(
    about: Finding, held: Sequence[tuple[AgreementRow, Figure]], income: Figure
) -> Iterable[Finding]:
    """`about` is the finding to be made, with the year as its sentence."""
    pool = added(figure for _, figure in held)
    if pool is None or pool.value == income.value:
        return
    difference = less(pool, income)
    by = format_pounds(abs(difference.rounded(2)))
    funds, are = ("fund", "is") if len(held) == 1 else ("funds", "are")
    way = "more" if difference.value > 0 else "less"
    is_explained = pool.agrees(income)
    remedy = ", which rounding explains." if is_explained else ". Change one of the two figures."
    sentence = (
        f"The pooled {funds} of {_named(each for each, _ in held)} for {about.sentence}, "
        f"{pool.words}, {are} {by} {way} than the plan’s income of {income.words}{remedy}"
    )
    yield replace(
        about,
        severity=Severity.NOTE if is_explained else Severity.WARNING,
        sentence=led(about.area, sentence),
        found=pool.words,
        required=income.words,
        mend=Mend.row(pool.rows[0], "amount"),
        rows=pool.rows,
    )


def _no_income(record: Record, code: str, slug: str, year: Period) -> Finding:
    area = record.area(slug)
    return Finding(
        code,
        Severity.NOT_CHECKED,
        led(
            area,
            f"The pooled fund of {year.label} was not held against income: no income is stated "
            "for the year.",
        ),
        mend=Mend("plans.contribution", slug),
        area=area,
    )


def _income(record: Record, slug: str, year: Period) -> Figure | None:
    return income_of(record.money, year, slug)


def _terms(record: Record) -> dict[str, Term]:
    others = {each.ref: each for each in record.agreements}
    return {each.ref: term_of(each, others) for each in record.agreements}


def _named(agreements: Iterable[AgreementRow]) -> str:
    return first_of(quoted(each.name) for each in agreements)


def _years(years: Iterable[Period]) -> str:
    return joined(year.label for year in years)


def _no_agreement(record: Record, code: str, what: str) -> Finding:
    return Finding(
        code,
        Severity.NOT_CHECKED,
        f"{what} not checked: no agreement is entered for the plan.",
        mend=Mend(AGREEMENTS, record.slug),
    )


EVERY: Mapping[str, Callable[[Record, CheckRule], Iterable[Finding]]] = {
    "agreement.missing": without_agreement,
    "agreement.expired": ended,
    "agreement.pool-differs": pool_differs,
    "agreement.unit-suspect": unit_suspect,
}
