"""The money of an annual report: pooled funds with their totals, and the accounts of schedules."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from types import MappingProxyType

from bcf.assurance.agreements.accounts import Account, account_of, years_with_account
from bcf.assurance.agreements.sums import (
    of_all_parties,
    pooled_as_printed,
    put_right,
)
from bcf.assurance.agreements.values import AgreedValue, Agreement, Agreements, values_of
from bcf.assurance.checks.naming import counted, joined, quoted
from bcf.assurance.money_tables import source_notes
from bcf.base.worked import Figure, added, less
from bcf.money import format_pounds
from bcf.periods import NOT_STATED as NO_YEAR
from bcf.periods import FinancialYear
from bcf.ui.tables import Cell, Column, Row, Table, build_row, build_table
from governance.choices import AgreementKind, ClientGroup, ValueMeasure

POOLED = ValueMeasure.POOLED_FUND
# In the order in which a report has them; the last are of those that state no client group.
GROUPS: dict[str, str] = {
    ClientGroup.ADULTS: "services for adults",
    ClientGroup.CHILDREN: "services for children",
    ClientGroup.ALL: "services for adults and children",
    "": "agreements that state no client group",
}


def pool_of(agreement: Agreement, year: FinancialYear) -> Figure | None:
    """The pooled fund of a year in pounds: stated for all together, or else the parties' added."""
    return of_all_parties(agreement, POOLED, year)


def pools(agreements: Agreements, year: FinancialYear) -> Figure | None:
    """The pooled funds of a year added, in pounds with their units put right."""
    found = (pool_of(each, year) for each in agreements.rows)
    return added(figure for figure in found if figure)


def undated_pool(agreement: Agreement) -> Figure | None:
    """The pooled fund that is stated without a year."""
    return of_all_parties(agreement, POOLED, NO_YEAR)


def pooled_table(
    key: str,
    caption: str,
    agreements: Agreements,
    year: FinancialYear,
    total: str,
    *,
    addresses: Mapping[str, str] = MappingProxyType({}),
) -> Table:
    """The pooled funds of a year by client group, with subtotals and a total, in pounds.

    Beside a figure whose printed unit is not the one that is meant stands what is printed.
    `addresses` lead to the agreements, by their slugs.
    """
    rows = [row for group in GROUPS for row in _of_group(group, agreements, year, addresses)]
    whole = pools(agreements, year)
    right = put_right(agreements, year)
    return build_table(
        key,
        caption,
        [
            Column("Agreement", is_row_header=True),
            Column("Pooled fund", "money"),
            *([Column("As printed")] if right else []),
        ],
        [_cut(row, bool(right)) for row in rows],
        total=_cut(build_row([total, _amount(whole), ""]), bool(right)) if rows else None,
        notes=[
            *_warning(agreements, year, right, whole),
            *_unstated(agreements, year),
            *sources_of(each for each in agreements.rows if pool_of(each, year)),
        ],
        empty=f"No pooled fund of {year.label} is stated.",
    )


def sources_of(agreements: Iterable[Agreement]) -> list[str]:
    """A sentence for each document from which these agreements are taken."""
    found = (each.citation for each in agreements)
    return source_notes([each for each in found if each], with_places=False)


def _of_group(
    group: str, agreements: Agreements, year: FinancialYear, addresses: Mapping[str, str]
) -> Iterator[Row]:
    of_group = agreements.of_client_group(group)
    held = [(each, figure) for each in of_group.rows if (figure := pool_of(each, year)) is not None]
    if not held:
        return
    for each, figure in held:
        printed = next((value for value in _stated(each, year) if value.is_put_right), None)
        yield build_row(
            [
                Cell(
                    each.title,
                    url=addresses.get(each.slug, ""),
                    note=_remark(each, year, figure),
                ),
                _amount(figure),
                Cell(printed.as_printed, note=printed.ground) if printed else "",
            ],
            indent=1,
        )
    yield build_row(
        [f"All {GROUPS[group]}", _amount(pools(of_group, year)), ""],
        emphasis=True,
    )


def _cut(row: Row, with_printed: bool) -> Row:
    return row if with_printed else Row(row.cells[:2], row.emphasis, row.indent)


def _amount(figure: Figure | None) -> Cell:
    return Cell(figure.rounded(2) if figure else None)


def _stated(agreement: Agreement, year: FinancialYear) -> Sequence[AgreedValue]:
    return values_of([agreement], POOLED, year)


def _remark(agreement: Agreement, year: FinancialYear, pool: Figure) -> str:
    """What another print of the same fund says, and what its account says of it."""
    return " ".join((*other_print(agreement, pool), *spent_whole(agreement, year, pool)))


def other_print(agreement: Agreement, pool: Figure) -> Iterator[str]:
    """That the fund is stated a second time without a year, and with another amount."""
    other = undated_pool(agreement)
    if other is None or other.value == pool.value:
        return
    apart = less(other, pool)
    way = "more" if apart.value > 0 else "less"
    yield (
        f"Also stated without a year: {other.words}, which is "
        f"{format_pounds(abs(apart.rounded(2)))} {way}."
    )


def spent_whole(agreement: Agreement, year: FinancialYear, pool: Figure) -> Iterator[str]:
    """That the fund is as much as was spent, though less money was there."""
    account = account_of(agreement, year)
    spent, funding = account.spent, account.funding
    if spent and funding and pool.value == spent.value and funding.value != spent.value:
        yield f"As much as was spent; the money that there was came to {funding.words}."


def put_right_words(agreement: Agreement, year: FinancialYear) -> Iterator[str]:
    """What is printed of a fund whose unit was put right, and on what ground."""
    for value in _stated(agreement, year):
        figure = value.figure
        if value.is_put_right and figure:
            yield f"Printed as {value.as_printed}, which means {figure.words}. {value.ground}."


def _warning(
    agreements: Agreements, year: FinancialYear, right: Sequence[AgreedValue], whole: Figure | None
) -> Iterator[str]:
    """Why the printed figures may not be added; the sum of them is named here and nowhere else."""
    blind = pooled_as_printed(agreements, year)
    if not right or blind is None or whole is None:
        return
    printed = [each for each in values_of(agreements.rows, POOLED, year) if each.as_printed]
    yield (
        f"The printed figures are in different units: {len(right)} of {len(printed)} are printed "
        f"as pounds and mean a larger unit. Added as they stand they would come to {blind.words}, "
        f"which is no amount of anything; in pounds the funds come to {whole.words}."
    )


def _unstated(agreements: Agreements, year: FinancialYear) -> Iterator[str]:
    """Which agreements state no fund of the year, though they are no mere frame for others."""
    found = [
        each.title
        for each in agreements.rows
        if each.kind != AgreementKind.OVERARCHING and not pool_of(each, year)
    ]
    if found:
        yield (
            f"No pooled fund of {year.label} is stated for "
            f"{counted(len(found), 'agreement')}, which no total holds: "
            f"{joined(map(quoted, found))}."
        )


def account_table(agreement: Agreement, year: FinancialYear) -> Table | None:
    """The account of the year beside that of the year before, in pounds; None without one."""
    before = FinancialYear(year.first - 1)
    told = years_with_account(agreement)
    if year not in told:
        return None
    accounts = [account_of(agreement, each) for each in (year, before) if each in told]
    return build_table(
        f"account-{agreement.slug}",
        f"Account of the pooled fund: {agreement.title}",
        [
            Column("Amount", is_row_header=True),
            *(Column(each.year.label, "money") for each in accounts),
        ],
        list(_account_rows(accounts)),
        notes=[*_account_notes(accounts), *sources_of([agreement])],
    )


def _account_rows(accounts: Sequence[Account]) -> Iterator[Row]:
    yield from _line("Brought forward", [each.brought_forward for each in accounts])
    yield from _by_party(accounts, "Paid in by", "contributed")
    label = "Money that there was" if all(each.is_funding_implied for each in accounts) else ""
    yield from _line(label or "Paid in, all parties", [each.funding for each in accounts], True)
    yield from _by_party(accounts, "Spent by", "spent")
    yield from _line("Spent, all parties", [each.spent for each in accounts], True)
    yield from _line("Surplus or deficit (−)", [each.result for each in accounts], True)
    yield from _line("Carried forward", [each.carried_forward for each in accounts])


def _by_party(accounts: Sequence[Account], label: str, amount: str) -> Iterator[Row]:
    parties = dict.fromkeys(party.party for each in accounts for party in each.parties)
    for party in parties:
        found = [
            next((getattr(one, amount) for one in each.parties if one.party == party), None)
            for each in accounts
        ]
        yield from _line(f"{label} {party.label}", found)


def _line(label: str, figures: Iterable[Figure | None], is_sum: bool = False) -> Iterator[Row]:
    """A line of the account; none where no year states it."""
    found = list(figures)
    if any(found):
        yield build_row([label, *map(_amount, found)], emphasis=is_sum)


def _account_notes(accounts: Sequence[Account]) -> Iterator[str]:
    for each in accounts:
        funding, result = each.funding, each.result
        if each.is_funding_implied and funding:
            yield (
                f"What was paid in is not stated for {each.year.label}; it follows from what was "
                f"spent and what was left: {funding.how} = {funding.words}."
            )
        if each.agrees is False and each.worked and result:
            yield (
                f"The result of {each.year.label} is stated as {result.words}; from what was paid "
                f"in and spent it follows as {each.worked.words}."
            )
