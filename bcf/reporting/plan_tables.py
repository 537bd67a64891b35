"""The rows of a plan as tables: requirements, contributions, spend lines, with their sources."""

from collections.abc import Iterable, Mapping
from urllib.parse import urlencode

from django.urls import reverse

from bcf.assurance.benefits import Benefits, reduction, total_saving
from bcf.assurance.figures import Choice, PlanFigures
from bcf.assurance.money_tables import ENTERED_HERE, Where, cited, source_notes
from bcf.assurance.sums import Held, held
from bcf.assurance.totals import NOT_BY_SOURCE, REST_OF_POOL, income_rows
from bcf.base.published import Citation
from bcf.base.worked import shown
from bcf.money import total
from bcf.periods import Period
from bcf.reporting.workings import working
from bcf.ui.tables import Cell, Column, Row, Table, build_row, build_table
from plans.models import BoardCode, FundingShare
from plans.successions import DatedBody, Successions

NO_SCHEME = "Whole plan"
UNITS_APART = "Reductions that are counted in different units are not added."
ALL_AREAS = "All areas"
IN_THE_PLAN = (
    "In the plan: what the plan itself states, or else what the spend lines that count come to."
)
MET = {True: ("Met", "green"), False: ("Below", "red"), None: ("Not stated", "grey")}


FILTERS = {
    "income-by-source": "source",
    "spend-by-source": "source",
    "spend-by-theme": "theme",
    "spend-by-scheme": "scheme-ref",
    "spend-by-area-of-spend": "area",
    "spend-by-primary-objective": "objective",
}
OF_PARTS = ("income-by-part", "spend-by-part")
POOLS = (NOT_BY_SOURCE, REST_OF_POOL)


def where_listed(plan: PlanFigures) -> Where:
    """The addresses of the lists whose rows a plan's sums are made of."""
    pooled = {row.year for row in income_rows(plan) if row.source in POOLS}
    rules = [row.rule.key for row in plan.all_requirements if row.is_total_pool]
    rule = rules[0] if rules else ""

    def where(table: str, choice: Choice | None, year: Period | None) -> str:
        asked = {"year": year.code} if year else {}
        owner = choice.key if choice and table in OF_PARTS else plan.slug
        if choice and (name := FILTERS.get(table)):
            asked[name] = choice.key or "none"
        if table.startswith("spend"):
            return _listed("spend-lines", owner, asked)
        if choice in POOLS:
            asked.pop("source", None)
            return _listed("requirements", owner, {**asked, **({"rule": rule} if rule else {})})
        is_mixed = bool(pooled) and (year is None or year in pooled)
        return "" if is_mixed else _listed("contributions", owner, asked)

    return where


def _listed(key: str, owner: str, asked: Mapping[str, str]) -> str:
    address = reverse(f"plan-{key}", args=[owner])
    return f"{address}?{urlencode(asked)}" if asked else address


def requirement_table(figures: PlanFigures) -> Table:
    """Each published minimum against what the plan states; for a joint plan by area and in all."""
    several = bool(figures.parts)
    areas = {each.slug: each.area for each in figures.everything()}
    rows = sorted(figures.all_requirements, key=lambda row: (row.rule.label, row.year))
    places = {(row.rule.key, row.year, row.plan): row.citation for row in rows}
    shown: dict[tuple[Choice, Period], list[str]] = {}
    for row in rows:
        shown.setdefault((row.rule, row.year), []).append(row.plan)
    table_rows, workings = [], []
    for (rule, year), plans in shown.items():
        whole = [ALL_AREAS] if len(plans) > 1 else []
        for of in (*plans, *whole):
            found = held(figures, rule.key, year, of="" if of == ALL_AREAS else of)
            area = areas.get(of, of)
            place = "" if of == ALL_AREAS else _place(places[rule.key, year, of])
            table_rows.append(_requirement_row(rule, found, place, [area] if several else []))
            if found.margin:
                label = ", ".join([rule.label, *([area] if several else []), year.label])
                workings.append(working(f"{label}: above the minimum", found.margin, areas=areas))
    return build_table(
        "requirements",
        "Published minimums",
        [
            Column("Requirement", is_row_header=True),
            *([Column("Area")] if several else []),
            Column("Financial year"),
            Column("Minimum", "money"),
            Column("In the plan", "money"),
            Column("Above the minimum", "money"),
            Column("Met"),
        ],
        table_rows,
        notes=[
            *([IN_THE_PLAN] if rows else []),
            *source_notes((row.citation for row in rows if row.citation), with_places=False),
        ],
        empty="No published minimum is entered yet.",
        workings=workings,
    )


def _place(citation: Citation | None) -> str:
    return citation.place if citation else ENTERED_HERE


def _requirement_row(rule: Choice, found: Held, place: str, area: list[str]) -> Row:
    words, colour = MET[found.is_met]
    figures = (found.minimum, found.spend, found.margin)
    return build_row(
        [
            Cell(rule.label, note=place),
            *area,
            found.year.label,
            *(each.rounded(2) if each else None for each in figures),
            Cell(words, tag_colour=colour),
        ],
        emphasis=area == [ALL_AREAS],
    )


def benefit_cut(together: Benefits, key: str, label: str) -> Table | None:
    """What benefits come to by metric or by scheme, and by year; None where there is one alone.

    `key` is `metric` or `scheme`, and `label` heads its column.
    """
    groups = together.by_metric() if key == "metric" else together.by_scheme()
    if len(groups) < 2 or total_saving(together) is None:
        return None
    unnamed = NO_SCHEME if key == "scheme" else f"{label} not stated"
    rows = [
        (", ".join(each.label for each in choices) or unnamed, year.label, group)
        for choices, whole in groups.items()
        for year, group in whole.by_year().items()
    ]
    counts = any(reduction(group) for _, _, group in rows)
    saved = [(name, year, total_saving(group)) for name, year, group in rows]
    return build_table(
        f"benefits-by-{key}",
        f"Benefits by {label.lower()} and year",
        [
            Column(label, is_row_header=True),
            Column("Year"),
            *([Column("Reduction", "number"), Column("Counted in")] if counts else []),
            Column("Saving", "money"),
            Column("How worked out"),
        ],
        [_benefit_row(name, year, group, counts=counts) for name, year, group in rows],
        total=_benefit_row("Total", "", together, counts=counts),
        notes=[UNITS_APART] if counts and not all(reduction(group) for *_, group in rows) else [],
        workings=[
            working(f"{name}, {year}: saving", figure) for name, year, figure in saved if figure
        ],
    )


def _benefit_row(label: str, year: str, group: Benefits, *, counts: bool) -> Row:
    reduced, saved = reduction(group), total_saving(group)
    counted = [shown(reduced.value), reduced.unit] if reduced else ["", ""]
    amount = Cell(saved.rounded(2) if saved else None)
    return build_row(
        [label, year, *(counted if counts else []), amount, saved.how if saved else ""]
    )


def shares_table(shares: Iterable[FundingShare]) -> Table:
    """Which share of a board's NHS money each commissioner provides; they add to 100%."""
    shares = list(shares)
    return build_table(
        "funding-shares",
        "Shares of the board’s NHS money",
        [Column("NHS commissioner", is_row_header=True), Column("Share (%)", "percent")],
        [
            [Cell(each.commissioner.name, note=cited(each.citation)), each.percent]
            for each in shares
        ],
        total=["Total", total(each.percent for each in shares)],
        empty="No shares are recorded for this board’s NHS commissioners.",
    )


def bodies_table(bodies: Iterable[DatedBody], known: Successions) -> Table:
    """A board's council and NHS commissioners: when each existed, and what it became."""
    return build_table(
        "bodies",
        "Council and NHS commissioners over time",
        [Column("Body", is_row_header=True), Column("Existed"), Column("What it became")],
        [[each.name, each.lifetime.told or None, known.followed_by(each.key)] for each in bodies],
        notes=["A figure stays with the body of its day; it is never moved to what came after."],
    )


def codes_table(codes: Iterable[BoardCode]) -> Table:
    """The ONS codes of a board's area over time."""
    return build_table(
        "ons-codes",
        "ONS codes of the area",
        [Column("ONS code", is_row_header=True), Column("When it holds")],
        [
            [Cell(each.ons_code, note=cited(each.citation)), each.lifetime.told or None]
            for each in codes
        ],
        empty="No ONS code is recorded for this board’s area.",
    )
