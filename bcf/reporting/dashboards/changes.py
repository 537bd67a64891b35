"""What the schemes should change, by metric and by scheme, and what that saves."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from bcf.assurance.benefits import (
    Benefits,
    reduction,
    saving,
    share_of_reduction,
    total_saving,
)
from bcf.assurance.checks.naming import counted, joined
from bcf.assurance.checks.record import Record
from bcf.assurance.figures import Choice
from bcf.base.worked import PERCENT, Figure, RowRef, in_unit, percent_of, shown
from bcf.charts import Bar, BarChart, Group
from bcf.money import format_pounds
from bcf.periods import NOT_STATED, Period
from bcf.reporting.dashboards.panels import Link, Panel, Question
from bcf.reporting.dashboards.tracker import NO_METRIC, keyed, tracker_panels
from bcf.reporting.plan_tables import NO_SCHEME, benefit_cut
from bcf.reporting.workings import list_address, working
from bcf.ui.tables import Cell, Column, Row, Table, Working, build_row, build_table

KEY, HEADING = "changes", "What should the schemes change?"
BENEFIT = "schemes.benefit"
# So many schemes by themselves, and the others together.
MOST_BARS = 8
# What so few schemes change is said without a picture of its own, where another has more.
FEW_SCHEMES = 2
PLACES, SHARE_PLACES = 4, 2
POUNDS_AND_PENCE = 2
# The places of the columns of shares.
SHARES = (3, 5)

Named = tuple[str, Benefits]
Measured = Callable[[Benefits], Figure | None]


@dataclass(frozen=True)
class InOneUnit:
    """The benefits in one metric, or in several together, that are counted in one unit."""

    key: str
    metric: str
    unit: str
    benefits: Benefits

    @property
    def schemes(self) -> int:
        """Of how many schemes, or groups of them, they are."""
        return len(self.benefits.by_scheme())


@dataclass(frozen=True)
class Together:
    """The benefits of all schemes, with what they save."""

    benefits: Benefits
    saved: Figure | None


def changes_question(record: Record) -> Question:
    """What the schemes should change and save, and how far they are, month by month."""
    benefits = record.benefits
    address = list_address(RowRef(BENEFIT, record.slug, ""))
    if not benefits.rows:
        empty = "What the schemes should change is not stated: no benefit is entered yet."
        return Question(
            KEY, HEADING, (empty,), links=(Link("Where benefits are entered", address),)
        )
    units = in_one_unit(benefits)
    found = (
        _points(units),
        *map(_of_unit, compared(units)),
        _savings(benefits, "scheme", "Scheme", _by_scheme(benefits)),
        _savings(benefits, "metric", "Metric", _by_metric(benefits)),
        *tracker_panels(benefits, record.slug),
    )
    return Question(
        KEY,
        HEADING,
        tuple(_sentences(benefits)),
        tuple(panel for panel in found if panel),
        (Link("All benefits, one by one", address),),
    )


def in_one_unit(benefits: Benefits) -> list[InOneUnit]:
    """The benefits that state a change, by metric and unit."""
    found: list[InOneUnit] = []
    for choices, of_metric in benefits.by_metric().items():
        stated = [row for row in of_metric.rows if row.change is not None]
        for place, unit in enumerate(dict.fromkeys(row.unit for row in stated), start=1):
            own = Benefits(tuple(row for row in stated if row.unit == unit))
            key = f"change-{keyed(choices, place)}"
            found.append(InOneUnit(key, _name(choices, NO_METRIC), unit, own))
    return found


def _name(choices: Sequence[Choice], unnamed: str) -> str:
    return ", ".join(each.label for each in choices) or unnamed


def _by_scheme(benefits: Benefits) -> list[Named]:
    return [(_name(key, NO_SCHEME), group) for key, group in benefits.by_scheme().items()]


def _by_metric(benefits: Benefits) -> list[Named]:
    return [(_name(key, NO_METRIC), group) for key, group in benefits.by_metric().items()]


# -- sentences -----------------------------------------------------------------------------


def _sentences(benefits: Benefits) -> Iterable[str]:
    whole = total_saving(benefits)
    if whole is None:
        yield "What the changes save is not stated, nor a price from which it could be worked out."
    else:
        yield f"The changes should save {_pounds(whole)}{_each_year(benefits)}."
    without = sum(1 for row in benefits.rows if saving(row) is None)
    if whole and without:
        states, are = ("states", "is") if without == 1 else ("state", "are")
        yield (
            f"{without} of {counted(len(benefits.rows), 'benefit')} {states} neither a saving nor "
            f"a price, and {are} in no total."
        )
    if not any(row.change is not None for row in benefits.rows):
        yield "By how much any metric should change is not stated."


def _each_year(benefits: Benefits) -> str:
    """` in all: £1,544,011 in 2014–15 and £2,353,506 in 2015–16`."""
    found = [(year, total_saving(group)) for year, group in benefits.by_year().items()]
    known = [(year, figure) for year, figure in found if figure]
    if len(known) == 1:
        return _when(known[0][0])
    return f" in all: {joined(_pounds(figure) + _when(year) for year, figure in known)}"


def _when(year: Period) -> str:
    return " (year not stated)" if year == NOT_STATED else f" in {year.label}"


def _pounds(figure: Figure) -> str:
    return format_pounds(figure.rounded(POUNDS_AND_PENCE))


def _points(units: Sequence[InOneUnit]) -> Panel | None:
    if not units:
        return None
    return Panel(key="changes-by-metric", points=tuple(map(_point, units)))


def _point(each: InOneUnit) -> str:
    """`Admissions: 635 fewer admissions in 2014–15 and 1,021 fewer in 2015–16.`"""
    told: list[str] = []
    for year, group in each.benefits.by_year().items():
        if reduced := reduction(group):
            told.append(change_words(reduced, unit=each.unit if not told else "") + _when(year))
    return f"{each.metric}: {joined(told)}."


def change_words(reduced: Figure, unit: str) -> str:
    """`635 fewer admissions`, `12 more visits`, `down by 5%`."""
    size = in_unit(shown(abs(reduced.value)), "")
    if reduced.unit.startswith("%") or reduced.unit in ("", PERCENT):
        sign = "" if reduced.unit == "" else "%"
        return f"{'down' if reduced.value >= 0 else 'up'} by {size}{sign}"
    return f"{size} {'fewer' if reduced.value >= 0 else 'more'} {unit}".strip()


# -- by scheme, in one unit ----------------------------------------------------------------


def compared(units: Sequence[InOneUnit]) -> list[InOneUnit]:
    """Those in which several schemes have a part; beside that of the most schemes, not of two."""
    shared = [each for each in units if each.schemes > 1]
    most = max((each.schemes for each in shared), default=0)
    return [each for each in shared if each.schemes == most or each.schemes > FEW_SCHEMES]


def _of_unit(each: InOneUnit) -> Panel:
    """Which schemes bring the change about."""
    schemes = _by_scheme(each.benefits)
    what = f"Fewer {each.unit}" if each.unit else each.metric
    return Panel(
        key=each.key,
        heading=f"{each.metric}, by scheme",
        chart=_chart(each.key, f"{what}, by scheme", schemes, reduction),
        table=_scheme_table(each, schemes),
    )


def _scheme_table(each: InOneUnit, schemes: Sequence[Named]) -> Table:
    """Scheme by scheme in each year: the reduction, the saving, and the shares of the year's."""
    years = each.benefits.by_year()
    several = len(years) > 1
    rows: list[Row] = []
    workings: list[Working] = []
    for year, whole in years.items():
        together = Together(whole, total_saving(whole))
        for name, group in schemes:
            own = group.chosen(year=year)
            saved = total_saving(own)
            rows += [_scheme_row(name, year.label, own, saved, together)] if own.rows else []
            workings += [working(f"{name}, {year.label}: saving", saved)] if saved else []
        if several:
            name = f"Together, {year.label}"
            rows.append(_together_row(name, year.label, together, with_shares=True))
    every = Together(each.benefits, total_saving(each.benefits))
    return build_table(
        each.key,
        f"{each.metric}: what each scheme should change",
        [
            Column("Scheme", is_row_header=True),
            Column("Year"),
            Column(f"Reduction ({each.unit})" if each.unit else "Reduction", "number"),
            Column("Share of the reduction", "percent"),
            Column("Saving", "money"),
            Column("Share of the saving", "percent"),
        ],
        rows,
        total=_together_row("Total", "", every, with_shares=not several),
        notes=["Shares are of the same year."] if several else [],
        workings=workings,
    )


def _scheme_row(
    name: str, year: str, own: Benefits, saved: Figure | None, together: Together
) -> Row:
    reduced, of_all = reduction(own), together.saved
    share = percent_of(saved, of_all) if saved and of_all else None
    return build_row(
        [
            name,
            year,
            shown(reduced.value) if reduced else None,
            _percent(share_of_reduction(together.benefits, own)),
            Cell(saved.rounded(POUNDS_AND_PENCE) if saved else None),
            _percent(share),
        ]
    )


def _together_row(name: str, year: str, together: Together, *, with_shares: bool) -> Row:
    """All schemes; without shares where years are added, of each of which they are."""
    row = _scheme_row(name, year, together.benefits, together.saved, together)
    cells = (c if with_shares or n not in SHARES else Cell("") for n, c in enumerate(row.cells))
    return build_row(cells, emphasis=bool(year))


def _percent(share: Figure | None) -> Cell:
    return Cell(share.rounded(SHARE_PLACES) if share else "")


# -- savings -------------------------------------------------------------------------------


def _savings(benefits: Benefits, key: str, label: str, groups: Sequence[Named]) -> Panel | None:
    """What is saved by scheme, or by metric; None where there is one alone, or no saving."""
    table = benefit_cut(benefits, key, label)
    if table is None:
        return None
    name = f"saving-by-{key}"
    return Panel(
        key=name,
        heading=f"What is saved, by {key}",
        chart=_chart(name, f"Saving in pounds, by {key}", groups, total_saving),
        table=table,
    )


def _chart(key: str, title: str, groups: Sequence[Named], size: Measured) -> BarChart | None:
    """A bar for each year; None where nothing is stated that a bar could show."""
    sized = [(figure, named) for named in groups if (figure := size(named[1]))]
    if not sized:
        return None
    drawn = _largest(sized)
    years = sorted({row.year for _, group in drawn for row in group.rows})
    description = "A bar for each year." if len(years) > 1 else "A bar for each."
    if len(drawn) < len(sized):
        description += f" The largest {MOST_BARS} of {len(sized)} are shown by themselves."
    bars = (Group(name, tuple(_bars(group, years, size))) for name, group in drawn)
    return BarChart(f"chart-{key}", title, description, tuple(bars))


def _largest(sized: Iterable[tuple[Figure, Named]]) -> list[Named]:
    """The largest first, and what is left of them together, where there are more."""
    ordered = [named for _, named in sorted(sized, key=lambda each: each[0].value, reverse=True)]
    if len(ordered) <= MOST_BARS + 1:
        return ordered
    left = ordered[MOST_BARS:]
    together = Benefits(tuple(row for _, group in left for row in group.rows))
    return [*ordered[:MOST_BARS], (f"The other {len(left)} together", together)]


def _bars(group: Benefits, years: Sequence[Period], size: Measured) -> Iterable[Bar]:
    for year in years:
        figure = size(group.chosen(year=year))
        series = "No year" if year == NOT_STATED else year.label
        if figure is None:
            yield Bar(series, None, "not stated")
        elif size is total_saving:
            yield Bar(series, figure.rounded(POUNDS_AND_PENCE), _pounds(figure))
        else:
            yield Bar(series, figure.rounded(PLACES), in_unit(shown(figure.value), ""))
