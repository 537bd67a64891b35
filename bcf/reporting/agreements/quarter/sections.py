"""The quarterly report to a partnership board on its pooled funds, as sections of a document.

Regulation 7(4) of SI 2000/617 has the pool manager tell the partners every quarter what came in,
what was spent, and what else they need to watch over the fund.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from bcf.assurance.agreements.in_year import InYear, SoFar, expected, in_year
from bcf.assurance.agreements.sums import ending_within
from bcf.assurance.agreements.values import Agreement, Agreements
from bcf.assurance.checks.naming import counted
from bcf.base.words import date_in_words
from bcf.money import format_pounds, total
from bcf.periods import FinancialYear, Quarter
from bcf.reporting.documents.model import Section, Tabled, Words, numbered
from bcf.ui.tables import Cell, Column, Row, Table, build_row, build_table
from governance.choices import AgreementAction, NoteKind, ValueMeasure

FIGURES = (
    Column("Budget (£)", "money"),
    Column("This quarter (£)", "money"),
    Column("Year to date (£)", "money"),
    Column("Forecast for the year (£)", "money"),
    Column("Forecast less budget (£)", "money"),
)
TO_ENTER = (
    "Enter each quarter’s outturn and the year’s forecast under “Quarters of agreements” in the "
    "admin."
)


@dataclass(frozen=True)
class Told:
    """An agreement with what is told of it in the year up to the quarter."""

    agreement: Agreement
    measures: tuple[InYear, ...]

    def whole(self, measure: str) -> SoFar | None:
        """What is told of a measure for all parties together."""
        return next((each.whole for each in self.measures if each.measure == measure), None)


def quarters_offered(agreements: Iterable[Agreement], today: date) -> tuple[Quarter, ...]:
    """The quarters that are told of, and the last one that has ended; the latest first."""
    told = {each.quarter for agreement in agreements for each in agreement.actuals}
    return tuple(sorted({*told, last_ended(today)}, reverse=True))


def quarter_to_show(agreements: Iterable[Agreement], today: date) -> Quarter:
    """The latest quarter that is told of; without one, the last that has ended."""
    told = [each.quarter for agreement in agreements for each in agreement.actuals]
    return max(told) if told else last_ended(today)


def last_ended(today: date) -> Quarter:
    """The last quarter that was over on a day."""
    year = FinancialYear.containing(today)
    over = [each for each in year.quarters if each.ends_on < today]
    return over[-1] if over else FinancialYear(year.first - 1).quarters[-1]


def quarter_sections(
    agreements: Sequence[Agreement], quarter: Quarter, addresses: Mapping[str, str]
) -> tuple[Section, ...]:
    """The report's sections; `addresses` lead to the agreements, by their slugs."""
    told = [Told(each, tuple(in_year(each, quarter))) for each in agreements]
    with_figures = [each for each in told if each.measures]
    sections = (
        _overview(told, with_figures, quarter, addresses),
        *(_fund(each, quarter) for each in with_figures),
        _without(told, quarter, addresses),
        _changed(agreements, quarter),
        _watched(agreements),
        _coming(agreements, quarter, addresses),
    )
    return numbered(tuple(each for each in sections if each))


def _overview(
    told: Sequence[Told],
    with_figures: Sequence[Told],
    quarter: Quarter,
    addresses: Mapping[str, str],
) -> Section:
    above = {each.agreement.parent for each in told}
    asked = [each for each in told if each.measures or each.agreement.slug not in above]
    if not with_figures:
        words = (
            f"No figures of {quarter.label} are entered for any of "
            f"{counted(len(asked), 'agreement')}. {TO_ENTER}"
        )
        return Section("all-funds", "All pooled funds", blocks=(Words(words),))
    words = (
        f"Of {counted(len(asked), 'agreement')} that may have any, {len(with_figures)} "
        f"{'has' if len(with_figures) == 1 else 'have'} figures of {quarter.label}."
    )
    table = build_table(
        "all-funds",
        f"Spend of all pooled funds up to {quarter.label}",
        [Column("Agreement", is_row_header=True), *FIGURES, Column("Expected result (£)", "money")],
        [_fund_row(each, addresses) for each in with_figures],
        total=_fund_total(with_figures),
        notes=(
            "The expected result is the forecast of contributions less that of spend; below £0 is "
            "a deficit. A total is given where each figure above it is known.",
        ),
    )
    return Section("all-funds", "All pooled funds", blocks=(Words(words), Tabled(table)))


def _fund_row(each: Told, addresses: Mapping[str, str]) -> Row:
    name = Cell(each.agreement.title, url=addresses.get(each.agreement.slug, ""))
    spend = each.whole(ValueMeasure.SPEND)
    return build_row([name, *_cells(spend), expected(each.measures)])


def _fund_total(every: Sequence[Told]) -> Row:
    spends = [each.whole(ValueMeasure.SPEND) for each in every]
    columns = zip(*(_cells(each) for each in spends), strict=True)
    results = [expected(each.measures) for each in every]
    return build_row(["Total", *(_sum(column) for column in columns), _sum(results)])


def _sum(amounts: Iterable[Decimal | None]) -> Decimal | None:
    """The amounts added; None where one of them is not known."""
    every = list(amounts)
    return None if None in every else total(every)


def _cells(row: SoFar | None) -> tuple[Decimal | None, ...]:
    if row is None:
        return (None,) * len(FIGURES)
    return (row.budget, row.in_quarter, row.to_date, row.forecast, row.variance)


def _fund(each: Told, quarter: Quarter) -> Section:
    agreement = each.agreement
    tables = tuple(Tabled(_measure_table(agreement, one, quarter)) for one in each.measures)
    left = expected(each.measures)
    words = [_result_words(left)]
    words += [
        f"{note.party.label or 'All parties'}: {note.note}"
        for one in each.measures
        for note in (*one.rows, one.whole)
        if note.note
    ]
    return Section(
        f"fund-{agreement.slug}",
        agreement.title,
        blocks=(*tables, *(Words(each) for each in words)),
    )


def _result_words(left: Decimal | None) -> str:
    if left is None:
        return (
            "What is expected to be left at the end of the year is not known: it needs the "
            "forecasts of contributions and of spend."
        )
    if not left:
        return "Contributions and spend are expected to balance at the end of the year."
    kind = "surplus" if left > 0 else "deficit"
    return f"A {kind} of {format_pounds(abs(left))} is expected at the end of the year."


def _measure_table(agreement: Agreement, told: InYear, quarter: Quarter) -> Table:
    label = "Contributions" if told.measure == ValueMeasure.CONTRIBUTION else "Spend"
    return build_table(
        f"{told.measure}-{agreement.slug}",
        f"{label} up to {quarter.label}",
        [Column("Party", is_row_header=True), *FIGURES],
        [build_row([row.party.label, *_cells(row)]) for row in told.rows],
        total=build_row(["All parties", *_cells(told.whole)]),
    )


def _without(
    told: Sequence[Told], quarter: Quarter, addresses: Mapping[str, str]
) -> Section | None:
    above = {each.agreement.parent for each in told}
    missing = [
        each.agreement for each in told if not each.measures and each.agreement.slug not in above
    ]
    if not missing or not any(each.measures for each in told):
        return None
    table = build_table(
        "without-figures",
        f"Agreements without figures of {quarter.label}",
        [Column("Agreement", is_row_header=True), Column("Host")],
        [
            build_row([Cell(each.title, url=addresses.get(each.slug, "")), each.host.label])
            for each in missing
        ],
    )
    return Section("without-figures", "Not yet told", blocks=(Tabled(table), Words(TO_ENTER)))


def _changed(agreements: Iterable[Agreement], quarter: Quarter) -> Section:
    first, last = quarter.starts_on, quarter.ends_on
    rows = [
        build_row(
            [
                agreement.title,
                str(AgreementAction(event.action).label),
                date_in_words(event.effective),
                f"{event.terms_before.end_label} → {event.terms_after.end_label}",
                event.reason,
            ]
        )
        for agreement in agreements
        for event in agreement.events
        if first <= event.effective <= last
    ]
    table = build_table(
        "changed",
        f"Terms that changed in {quarter.label}",
        [Column("Agreement", is_row_header=True), "What", "From", "End", "Reason"],
        rows,
        empty=f"No terms changed in {quarter.label}.",
    )
    return Section("changed", "Changes of terms", blocks=(Tabled(table),))


def _notes(agreement: Agreement, kind: str) -> str | None:
    """Its notes of a kind, one after the other; None where there is none."""
    return " ".join(note.text for note in agreement.notes if note.kind == kind) or None


def _watched(agreements: Iterable[Agreement]) -> Section:
    risk, done = NoteKind.RISK, NoteKind.MITIGATION
    rows = [
        build_row([agreement.title, _notes(agreement, risk), _notes(agreement, done)])
        for agreement in agreements
        if _notes(agreement, risk) or _notes(agreement, done)
    ]
    table = build_table(
        "risks",
        "Risks, and what is done about them",
        [Column("Agreement", is_row_header=True), "Risks", "What is done"],
        rows,
        empty="No risk of an agreement is recorded.",
    )
    return Section("risks", "Risks", blocks=(Tabled(table),))


def _coming(
    agreements: Sequence[Agreement], quarter: Quarter, addresses: Mapping[str, str]
) -> Section:
    found = ending_within(Agreements(tuple(agreements)), quarter.ends_on)
    table = build_table(
        "ending",
        f"Agreements that end within twelve months of {date_in_words(quarter.ends_on)}",
        [Column("Agreement", is_row_header=True), "End", "Review due"],
        [
            build_row(
                [
                    Cell(each.title, url=addresses.get(each.slug, "")),
                    each.ends.label if each.ends else None,
                    each.review.label if each.review else None,
                ]
            )
            for each in sorted(found, key=lambda each: str(each.ends))
        ],
        empty="No agreement ends within twelve months.",
    )
    return Section("ending", "What ends next", blocks=(Tabled(table),))
