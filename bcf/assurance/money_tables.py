"""The money of a plan as tables, the same for a page and for a document."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from decimal import Decimal

from bcf.assurance.figures import NOT_STATED, Choice
from bcf.assurance.summary import MoneySummary
from bcf.assurance.totals import NOT_BY_SOURCE, REST_OF_POOL, Balance, Line, Verdict
from bcf.base.published import Citation
from bcf.money import format_pounds, share, total
from bcf.periods import Period
from bcf.ui.tables import Cell, Column, Row, Table, build_row, build_table

NO_ROW = "\N{EN DASH}"
ENTERED_HERE = "Entered here, not taken from a document."

# Where the rows of a sum are listed: the table's key, the line's choice and the year; all of them
# where one is None. An empty address is none.
Where = Callable[[str, Choice | None, Period | None], str]


def nowhere(table: str, choice: Choice | None, year: Period | None) -> str:
    """No addresses, as on paper."""
    return ""


VERDICTS = {
    Verdict.BALANCED: ("Balanced", "green"),
    Verdict.WITHIN_ROUNDING: ("Balanced within rounding", "green"),
    Verdict.DIFFERS: ("Differs", "red"),
    Verdict.NOT_STATED: ("Not stated", "grey"),
}


def balance_table(summary: MoneySummary, where: Where = nowhere) -> Table:
    """Income, spend and the difference of each year."""
    return build_table(
        "balance",
        "Income and spend by year",
        [
            Column("Financial year", is_row_header=True),
            Column("Income", "money"),
            Column("Spend in the pool", "money"),
            Column("Difference", "money"),
            Column("Balance"),
        ],
        [_balance_row(each, where) for each in summary.balances],
        total=[
            "All years",
            summary.income.total,
            summary.spend.total,
            _difference(summary),
            "",
        ],
        notes=_balance_notes(summary),
    )


def verdict_words(balance: Balance) -> str:
    """What a year's balance is, said so that a reader need not work it out."""
    if balance.verdict is Verdict.DIFFERS and balance.difference is not None:
        amount = format_pounds(abs(balance.difference))
        return f"Overspent by {amount}" if balance.difference < 0 else f"Unspent: {amount}"
    return VERDICTS[balance.verdict][0]


def _balance_row(balance: Balance, where: Where) -> Row:
    words, colour = verdict_words(balance), VERDICTS[balance.verdict][1]
    return build_row(
        [
            balance.year.label,
            _linked(balance.income, where("income", None, balance.year)),
            _linked(balance.spend, where("spend", None, balance.year)),
            balance.difference,
            Cell(words, tag_colour=colour),
        ]
    )


def _linked(amount: Decimal | None, address: str) -> Cell:
    """An amount that leads to its rows; one that is not stated has none to lead to."""
    return Cell(amount, url="" if amount is None else address)


def _difference(summary: MoneySummary) -> Cell:
    """Of all years together; None where one of them states income or spend alone."""
    income, spend = summary.income.total, summary.spend.total
    is_whole = all((each.income is None) == (each.spend is None) for each in summary.balances)
    if not is_whole or income is None or spend is None:
        return Cell(None)
    return Cell(income - spend)


def _balance_notes(summary: MoneySummary) -> list[str]:
    notes = ["The difference is income minus spend."]
    pools = [
        each for each in summary.income_by_source if each.choice in (NOT_BY_SOURCE, REST_OF_POOL)
    ]
    of_pools = total(each.total for each in pools)
    if of_pools and summary.income.total != of_pools:
        notes.append(
            f"Of the income, {format_pounds(of_pools)} is stated as a total pool and not yet by "
            "source; it falls as contributions are entered."
        )
    elif of_pools:
        notes.append("Income is the stated total pool; no contribution is entered by source.")
    unstated = sum(each.unstated for each in summary.balances)
    if unstated:
        notes.append(f"Rows that state no amount, and are in no total: {unstated}.")
    if any(each.verdict is Verdict.WITHIN_ROUNDING for each in summary.balances):
        notes.append(
            "Balanced within rounding: the figures are printed rounded, and the difference is "
            "no more than the rounding of all of them can add up to."
        )
    return notes


def income_table(summary: MoneySummary, where: Where = nowhere) -> Table:
    """Income by funding source."""
    return _lines_table(
        "income-by-source",
        "Income by funding source",
        "Funding source",
        summary.income_by_source,
        whole=summary.income,
        years=summary.years,
        empty="No contribution and no total pool is stated yet.",
        where=where,
    )


def spend_tables(summary: MoneySummary, where: Where = nowhere) -> list[Table]:
    """Spend by scheme, theme and funding source: three cuts of the same money.

    And by area of spend and by primary objective, where a line names one.
    """
    cuts: list[tuple[str, str, tuple[Line, ...]]] = [
        ("scheme", "Scheme", summary.spend_by_scheme),
        ("theme", "Theme", summary.spend_by_theme),
        ("source", "Funding source", summary.spend_by_source),
    ]
    if any(line.choice != NOT_STATED for line in summary.spend_by_area_of_spend):
        cuts.append(("area-of-spend", "Area of spend", summary.spend_by_area_of_spend))
    tables = [_spend_table(summary, where, *cut) for cut in cuts]
    return [*tables, objective_table(summary, where)] if names_objectives(summary) else tables


def names_objectives(summary: MoneySummary) -> bool:
    """Whether a line says which objective it serves first."""
    return any(line.choice != NOT_STATED for line in summary.spend_by_primary_objective)


def objective_table(summary: MoneySummary, where: Where = nowhere) -> Table:
    """Spend by primary objective, with what each is of the whole in per cent."""
    lines = summary.spend_by_primary_objective
    return _spend_table(summary, where, "primary-objective", "Primary objective", lines)


def _spend_table(
    summary: MoneySummary, where: Where, key: str, label: str, lines: tuple[Line, ...]
) -> Table:
    return _lines_table(
        f"spend-by-{key}",
        f"Spend by {label.lower()}",
        label,
        lines,
        whole=summary.spend,
        years=summary.years,
        empty="No spend line is entered yet.",
        where=where,
    )


def outside_table(summary: MoneySummary) -> Table | None:
    """Spend beside the pool, which no total counts; None where there is none."""
    if not summary.outside_pool:
        return None
    return _lines_table(
        "outside-pool",
        "Spend outside the pool",
        "Scheme",
        summary.outside_pool,
        whole=summary.outside,
        years=summary.years,
        notes=["Shown beside the pool; it counts in no total above."],
        with_shares=False,
    )


def part_tables(summary: MoneySummary, where: Where = nowhere) -> list[Table]:
    """Income and spend of a joint plan's parts; none for a plan without parts."""
    if not summary.parts:
        return []
    cuts: list[tuple[str, list[Line], Line]] = [
        ("income", [part.income for part in summary.parts], summary.income),
        ("spend", [part.spend for part in summary.parts], summary.spend),
    ]
    return [
        _lines_table(
            f"{key}-by-part",
            f"{key.capitalize()} by area",
            "Area",
            lines,
            whole=whole,
            years=summary.years,
            where=where,
        )
        for key, lines, whole in cuts
    ]


def _lines_table(
    key: str,
    caption: str,
    label: str,
    lines: Iterable[Line],
    *,
    whole: Line,
    years: Sequence[Period],
    notes: Iterable[str] = (),
    empty: str = "",
    with_shares: bool = True,
    where: Where = nowhere,
) -> Table:
    lines = list(lines)
    columns = [Column(label, is_row_header=True)]
    columns += [Column(year.label, "money") for year in years]
    several_years = len(years) > 1
    if several_years:
        columns.append(Column("All years", "money"))
    if with_shares:
        columns.append(Column("Share", "percent"))
    places = _place_writer(lines)

    def row(line: Line, choice: Choice | None) -> Row:
        amounts = _amounts(line, [*years, None] if several_years else years, key, choice, where)
        shares = [_share(line, whole)] if with_shares else []
        name = Cell(line.choice.label, note=places(line) if choice else "")
        return build_row([name, *amounts, *shares])

    return build_table(
        key,
        caption,
        columns,
        [row(line, line.choice) for line in lines],
        total=row(whole, None),
        notes=[*notes, *_line_notes(lines)],
        empty=empty,
    )


def _amounts(
    line: Line,
    years: Sequence[Period | None],
    table: str,
    choice: Choice | None,
    where: Where,
) -> Iterable[Cell]:
    """The amounts of a line by year, and of all years where None stands for them."""
    of_year = zip(line.amounts, line.row_counts, strict=True)
    found = [*of_year, (line.total, sum(line.row_counts))][: len(years)]
    for year, (amount, rows) in zip(years, found, strict=True):
        if amount is None and not rows:
            yield Cell(NO_ROW)
        else:
            yield Cell(amount, url=where(table, choice, year))


def _share(line: Line, whole: Line) -> Cell:
    """What a line is of the whole over all years, in per cent; empty where nothing is stated."""
    if line.total is None or whole.total is None:
        return Cell("")
    return Cell(share(line.total, whole.total))


def _place_writer(lines: Sequence[Line]) -> Callable[[Line], str]:
    """Writes where a line's figures stand; nothing where all lines stand in the same places."""
    if len({(line.citations, line.uncited > 0) for line in lines}) < 2:
        return lambda line: ""

    def places(line: Line) -> str:
        found = list(dict.fromkeys(c.place for c in line.citations if c.place))
        return "; ".join(found) or (ENTERED_HERE if line.uncited else "")

    return places


def _line_notes(lines: Sequence[Line]) -> list[str]:
    together = len({line.citations for line in lines}) < 2
    notes = source_notes([c for line in lines for c in line.citations], with_places=together)
    uncited = sum(line.uncited for line in lines)
    if uncited:
        notes.append(f"Rows entered here and not taken from a document: {uncited}.")
    changed = sum(line.changed for line in lines)
    if changed:
        notes.append(f"Rows changed here from what the document prints: {changed}.")
    unstated = sum(line.unstated for line in lines)
    if unstated:
        notes.append(f"Rows that state no amount, and are in no total: {unstated}.")
    if any(0 in line.row_counts for line in lines):
        notes.append(f"{NO_ROW} means that there is no row for that year.")
    return notes


def source_notes(citations: Iterable[Citation], *, with_places: bool) -> list[str]:
    """One sentence a document; with the places in it where all figures share them."""
    places: dict[str, list[str]] = {}
    for citation in sorted(set(citations), key=str):
        found = places.setdefault(titled(citation.title, citation.date), [])
        if citation.place:
            found.append(citation.place)
    return [
        f"Source: {title}{', ' + '; '.join(found) if with_places and found else ''}."
        for title, found in places.items()
    ]


def titled(title: str, day: date | None) -> str:
    """A document's title with its date, where the title does not say it already."""
    if day is None or f"{day:%Y}" in title:
        return title
    return f"{title}, {day.day} {day:%B %Y}"


def cited(citation: Citation | None) -> str:
    """Where a figure stands, in full; a figure without a document was entered here."""
    if citation is None:
        return ENTERED_HERE
    place = f", {citation.place}" if citation.place else ""
    return f"{titled(citation.title, citation.date)}{place}"
