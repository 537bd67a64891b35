"""The memorandum account of an agreement, by year: what came in, what was spent, what is left."""

from collections.abc import Callable, Iterable, Sequence
from functools import partial
from itertools import pairwise

from bcf.assurance.agreements.accounts import Account, account_of, years_with_account
from bcf.assurance.agreements.sums import rise, rise_percent
from bcf.assurance.agreements.values import Agreement
from bcf.base.words import uncapped
from bcf.base.worked import Figure, less
from bcf.charts import Bar, BarChart, Group
from bcf.money import format_pounds
from bcf.reporting.agreements.page.amounts import NONE, put_right_panels, quarter_panels
from bcf.reporting.dashboards.panels import Panel, Question
from bcf.reporting.workings import working
from bcf.ui.tables import (
    Cell,
    Column,
    Row,
    Table,
    Working,
    build_row,
    build_table,
    format_number,
)
from governance.choices import ValueMeasure

KEY, HEADING = "account", "What came in, and what was spent?"
OF_ACCOUNT = (
    ValueMeasure.CONTRIBUTION,
    ValueMeasure.SPEND,
    ValueMeasure.SURPLUS_OR_DEFICIT,
    ValueMeasure.CARRIED_FORWARD,
)
Line = tuple[str, list[Figure | None], bool]


def account_question(agreement: Agreement) -> Question:
    """The pooled fund's account by year; what it is without any figure is said."""
    every = (account_of(agreement, year) for year in years_with_account(agreement))
    accounts = [each for each in every if not each.is_empty]
    quarters = quarter_panels(agreement)
    if not accounts:
        words = (
            "No contribution, spend or result of a whole year is entered. Enter them among the "
            "agreement’s amounts, or for all four quarters, and its account shows here."
        )
        return Question(KEY, HEADING, (words,), quarters)
    return Question(
        KEY,
        HEADING,
        tuple(sentence for each in accounts for sentence in _sentences(each)),
        (
            Panel(
                "account",
                "The account by year",
                sentences=tuple(_growth_sentences(accounts)),
                chart=_chart(accounts),
                table=_table(accounts),
                is_open=True,
            ),
            *put_right_panels(agreement, OF_ACCOUNT, "account-as-printed"),
            *quarters,
        ),
    )


# -- sentences -----------------------------------------------------------------------------


def _sentences(account: Account) -> Iterable[str]:
    """What was spent of what, and how the figures stand to each other."""
    year, funding = account.year.label, account.funding
    if funding and account.spent and account.result:
        left = _left_words(account.result)
        yield f"In {year}, {account.spent.words} was spent of {funding.words}: {left}."
    elif account.result:
        yield f"For {year}, {_left_words(account.result)} is stated."
    else:
        stated = [
            f"{what} {figure.words}"
            for what, figure in (("paid in", account.contributed), ("spent", account.spent))
            if figure
        ]
        yield f"In {year}: {', '.join(stated) or 'nothing stated'}; what is left is not known."
    if account.is_funding_implied and funding:
        yield (
            f"What was paid in for {year} is not stated; it follows from what was spent and left: "
            f"{funding.words} = {funding.how}."
        )
    if account.agrees is False and account.stated and account.worked:
        off = less(account.stated, account.worked)
        yield (
            f"For {year}, {_left_words(account.stated)} is stated, but {account.worked.words} "
            f"follows from what came in and was spent: they differ by "
            f"{format_pounds(abs(off.rounded(2)))}."
        )


def _left_words(figure: Figure) -> str:
    size = format_pounds(abs(figure.rounded(2)))
    if not figure.value:
        return "neither a surplus nor a deficit"
    return f"a {'deficit' if figure.value < 0 else 'surplus'} of {size}"


def _growth_sentences(accounts: Sequence[Account]) -> Iterable[str]:
    for before, now in _pairs(accounts):
        by, percent = rise(now.spent, before.spent), rise_percent(now.spent, before.spent)
        if by and percent:
            way = "rose" if by.value > 0 else "fell"
            size, share = format_pounds(abs(by.rounded(2))), format_number(abs(percent.rounded(2)))
            yield (
                f"Spend {way} by {size} ({share}%) from {before.year.label} to {now.year.label}."
                if by.value
                else f"Spend of {now.year.label} is that of {before.year.label}."
            )


def _pairs(accounts: Sequence[Account]) -> Iterable[tuple[Account, Account]]:
    """Accounts of years that follow each other."""
    for before, now in pairwise(accounts):
        if before.year.next() == now.year:
            yield before, now


# -- the table -----------------------------------------------------------------------------


def _table(accounts: Sequence[Account]) -> Table:
    lines = list(_lines(accounts))
    unstated = [name for name, figures, is_sum in lines if not is_sum and not any(figures)]
    shown = [line for line in lines if line[0] not in unstated]
    agrees = build_row(
        ["Does what is stated follow from the account?", *(_agrees(each) for each in accounts)]
    )
    rows = [_row(*line) for line in shown]
    place = max(n for n, line in enumerate(shown, 1) if line[0] in (STATED, WORKED))
    rows[place:place] = [agrees]
    rows += _rise_rows(accounts)
    notes = ["A deficit is less than nought."]
    if len(accounts) > 1:
        notes.append(f"{NONE} means that there is no account of the year before.")
    if unstated:
        notes.append(f"Not stated for any year here: {_lowered(unstated)}.")
    return build_table(
        "account",
        "Memorandum account, in pounds",
        [
            Column("What", is_row_header=True),
            *(Column(each.year.label, "money") for each in accounts),
        ],
        rows,
        notes=notes,
        workings=_workings(accounts),
    )


STATED, WORKED = "Surplus or deficit, as stated", "Surplus or deficit, as worked out"


def _lines(accounts: Sequence[Account]) -> Iterable[Line]:
    """The lines of the account with their figures by year, and whether each is a sum."""

    def of(take: Callable[[Account], Figure | None]) -> list[Figure | None]:
        return [take(each) for each in accounts]

    parties = [each.party for each in accounts[0].parties]
    for place, party in enumerate(parties):
        yield (
            f"Paid in by {party.label}",
            [each.parties[place].contributed for each in accounts],
            False,
        )
    yield "Paid in by all", of(lambda each: each.contributed), True
    yield "Brought forward", of(lambda each: each.brought_forward), False
    yield "Total in", of(lambda each: each.came_in), True
    implied = of(lambda each: each.funding if each.is_funding_implied else None)
    yield "Funding implied by what was spent and left", implied, False
    for place, party in enumerate(parties):
        yield f"Spent by {party.label}", [each.parties[place].spent for each in accounts], False
    yield "Total spent", of(lambda each: each.spent), True
    for place, party in enumerate(parties):
        yield f"Left to {party.label}", [each.parties[place].left for each in accounts], False
    yield STATED, of(lambda each: each.stated), True
    yield WORKED, of(lambda each: each.worked), False
    yield "Carried forward", of(lambda each: each.carried_forward), False


def _rise_rows(accounts: Sequence[Account]) -> Iterable[Row]:
    """By how much spend rose from the year before, of each party and in all; none of one year."""
    pairs = {now.year: (now, before) for before, now in _pairs(accounts)}
    if not pairs:
        return
    takes: list[tuple[str, Callable[[Account], Figure | None]]] = [
        (f"Rise of what {each.party.label} spent", partial(_spent_by, place))
        for place, each in enumerate(accounts[0].parties)
    ]
    takes.append(("Rise of spend from the year before", lambda each: each.spent))
    for name, take in takes:
        cells = [
            _rise(*map(take, pairs[each.year])) if each.year in pairs else Cell(NONE)
            for each in accounts
        ]
        if any(cell.value not in (None, NONE) for cell in cells):
            yield build_row([name, *cells], indent=1)


def _spent_by(place: int, account: Account) -> Figure | None:
    return account.parties[place].spent


def _rise(now: Figure | None, before: Figure | None) -> Cell:
    by, percent = rise(now, before), rise_percent(now, before)
    note = f"{format_number(percent.rounded(2))}%" if percent else ""
    return Cell(by.rounded(2) if by else None, note=note)


def _row(name: str, figures: Sequence[Figure | None], is_sum: bool) -> Row:
    return build_row(
        [name, *(figure.rounded(2) if figure else None for figure in figures)],
        emphasis=is_sum,
        indent=0 if is_sum else 1,
    )


def _agrees(account: Account) -> Cell:
    if account.agrees is None:
        return Cell("Cannot be told")
    if account.agrees:
        return Cell("Yes", tag_colour="green")
    return Cell("No", tag_colour="red")


def _lowered(names: Iterable[str]) -> str:
    return "; ".join(map(uncapped, names))


def _workings(accounts: Iterable[Account]) -> Iterable[Working]:
    """How the figures that are not simply stated were made."""
    for each in accounts:
        for name, figure in (
            ("Funding implied", each.funding if each.is_funding_implied else None),
            ("Surplus or deficit", each.worked),
        ):
            if figure:
                yield working(f"{name}, {each.year.label}", figure)


def _chart(accounts: Sequence[Account]) -> BarChart | None:
    """Funding, spend and what is left of each year."""
    groups = [
        Group(
            each.year.label,
            (
                _bar("Implied" if each.is_funding_implied else "In", each.funding),
                _bar("Spent", each.spent),
                _bar("Left", each.result),
            ),
        )
        for each in accounts
        if any((each.funding, each.spent, each.result))
    ]
    if not groups:
        return None
    title = "Money in, spent and left, in pounds"
    return BarChart("account", title, "Three bars for each year.", tuple(groups))


def _bar(series: str, figure: Figure | None) -> Bar:
    amount = figure.rounded(2) if figure else None
    return Bar(series, amount, format_pounds(amount))
