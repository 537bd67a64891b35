"""The benefits tracker: month by month, what came of a change or is forecast, against the plan.

A change is said in the direction in which it is planned: where fewer admissions are planned, what
came is so many fewer. A month that is not entered is a gap, never nought.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from bcf.assurance.benefits import (
    Benefit,
    Benefits,
    MonthOfBenefit,
    actual_to_date,
    off_plan,
    outturn_for_year,
    planned_for_year,
    planned_to_date,
)
from bcf.assurance.figures import Choice
from bcf.base.worked import Figure, RowRef, added, in_unit, negative, shown, stated
from bcf.charts import Line, LineChart, Spot
from bcf.periods import FinancialYear, Month
from bcf.reporting.dashboards.panels import Link, Panel
from bcf.reporting.workings import list_address
from bcf.ui.tables import Column, Row, Table, build_row, build_table
from metrics.rules import whole_sum

HEADING = "Month by month, against the plan"
PROFILE = "schemes.benefitprofile"
PLACES = 4
NO_METRIC = "Metric not stated"
EMPTY = (
    "No month of a benefit is entered yet. What each change was to come to by month stands here, "
    "with what came of it and what is forecast for the months ahead, once planned, actual or "
    "forecast figures are entered under “Benefits by month”."
)

OfMonth = Callable[[MonthOfBenefit], Decimal | None]
OfYear = Callable[[Benefit, FinancialYear], Figure | None]


@dataclass(frozen=True)
class Tracked:
    """The benefits in one metric and unit that have months in a year.

    `every` counts them and the others of that metric, unit and year.
    """

    key: str
    metric: str
    unit: str
    year: FinancialYear
    rows: tuple[Benefit, ...]
    every: int

    @cached_property
    def months(self) -> tuple[Month, ...]:
        return tuple(month for quarter in self.year.quarters for month in quarter.months)

    @cached_property
    def is_reduction(self) -> bool:
        """Whether less is planned; where nothing is planned, whether less came or is forecast."""
        every = [month for row in self.rows for month in _months_in(row, self.year)]
        for of in (_planned, _outturn):
            known = [value for each in every if (value := of(each)) is not None]
            if known:
                return sum(known) <= 0
        return True

    @property
    def direction(self) -> str:
        return "fewer" if self.is_reduction else "more"

    def said(self, figure: Figure | None) -> Figure | None:
        """A change in the direction in which it is planned."""
        return negative(figure) if figure and self.is_reduction else figure

    def of_year(self, of: OfYear) -> Figure | None:
        """What one function says of each benefit's year, added; None where one says nothing."""
        return self.said(whole_sum(of(row, self.year) for row in self.rows))

    def to_date(self, of: OfYear) -> Figure | None:
        """The same of the benefits that have an actual."""
        begun = [row for row in self.rows if actual_to_date(row, self.year)]
        return self.said(whole_sum(of(row, self.year) for row in begun))

    def of_month(self, month: Month, of: OfMonth) -> Figure | None:
        """One month of all these benefits; None where one of them says nothing of it."""
        return self.said(whole_sum(_of_month(row, month, of) for row in self.rows))

    @cached_property
    def last_actuals(self) -> list[Month]:
        """The newest month with an actual, of each benefit that has one."""
        found = []
        for row in self.rows:
            dated = [m.month for m in _months_in(row, self.year) if m.actual is not None]
            found += [max(dated)] if dated else []
        return [month for month in found if isinstance(month, Month)]


def tracker_panels(benefits: Benefits, plan: str) -> tuple[Panel, ...]:
    """A panel for each metric, unit and year with months; one sentence where there is none.

    `plan` is the slug of the plan where months are entered.
    """
    entered = Link("Benefits by month", list_address(RowRef(PROFILE, plan, "")))
    tracked = tracked_of(benefits)
    if not tracked:
        return (Panel(key="tracker", heading=HEADING, sentences=(EMPTY,), link=entered),)
    return tuple(_panel(each, entered) for each in tracked)


def tracked_of(benefits: Benefits) -> list[Tracked]:
    """What is tracked by month: each metric, unit and year that has a month."""
    found: list[Tracked] = []
    for choices, of_metric in benefits.by_metric().items():
        units = dict.fromkeys(row.unit for row in of_metric.rows)
        for place, unit in enumerate(units, start=1):
            rows = [row for row in of_metric.rows if row.unit == unit]
            for year in sorted({each for row in rows for each in _years(row)}):
                tracked = tuple(row for row in rows if _months_in(row, year))
                every = sum(1 for row in rows if row in tracked or row.year == year)
                name = ", ".join(each.label for each in choices) or NO_METRIC
                key = f"tracker-{keyed(choices, place)}-{year.code}"
                found.append(Tracked(key, name, unit, year, tracked, every))
    return found


def keyed(metrics: Iterable[Choice], place: int) -> str:
    """A name in addresses for metrics in their first, second, … unit: `nea`, `nea-2`."""
    name = "-".join(each.key for each in metrics) or "no-metric"
    return name if place == 1 else f"{name}-{place}"


def _years(row: Benefit) -> set[FinancialYear]:
    return {
        FinancialYear.containing(each.month.starts_on)
        for each in row.months
        if each.month.starts_on
    }


def _months_in(row: Benefit, year: FinancialYear) -> list[MonthOfBenefit]:
    months = {month for quarter in year.quarters for month in quarter.months}
    return [each for each in row.months if each.month in months]


def _of_month(row: Benefit, month: Month, of: OfMonth) -> Figure | None:
    for each in row.months:
        if each.month == month:
            value = of(each)
            return None if value is None else stated(value, unit=row.unit, row=each.row)
    return None


def _planned(each: MonthOfBenefit) -> Decimal | None:
    return each.planned


def _actual(each: MonthOfBenefit) -> Decimal | None:
    return each.actual


def _forecast(each: MonthOfBenefit) -> Decimal | None:
    return each.forecast


def _outturn(each: MonthOfBenefit) -> Decimal | None:
    return each.outturn


def _panel(each: Tracked, entered: Link) -> Panel:
    return Panel(
        key=each.key,
        heading=f"{each.metric}: {HEADING[:1].lower()}{HEADING[1:]}, {each.year.label}",
        sentences=tuple(_sentences(each)),
        chart=_chart(each),
        table=_table(each),
        link=entered,
    )


# -- sentences -----------------------------------------------------------------------------


def _sentences(each: Tracked) -> Iterable[str]:
    came, planned = each.to_date(actual_to_date), each.to_date(planned_to_date)
    if came is None:
        yield f"No actual of {each.year.label} is entered yet{_plan_of_year(each)}."
    else:
        against = f", against {_number(planned)} planned: {_off(came, planned)}" if planned else ""
        missing = "" if planned else "; what was planned of these months is not stated"
        yield f"{_by(each)}, {_words(each, came)} came about{against}{missing}."
    yield from _of_whole_year(each)


def _plan_of_year(each: Tracked) -> str:
    planned = each.of_year(planned_for_year)
    return f"; {_words(each, planned)} are planned" if planned else ""


def _of_whole_year(each: Tracked) -> Iterable[str]:
    """What the year comes to with what is forecast, where months are still to come."""
    outturn, planned = each.of_year(outturn_for_year), each.of_year(planned_for_year)
    months = [month for row in each.rows for month in _months_in(row, each.year)]
    if outturn is None or all(month.actual is not None for month in months):
        return
    off = f", against {_number(planned)} planned: {_off(outturn, planned)}" if planned else ""
    yield f"With what is forecast, the year comes to {_words(each, outturn)}{off}."


def _by(each: Tracked) -> str:
    """`By August 2015`; where months are wanting in between, or benefits differ, so far."""
    last = set(each.last_actuals)
    newest = max(last)
    until = each.months[: each.months.index(newest) + 1]
    begun = [row for row in each.rows if actual_to_date(row, each.year)]
    is_whole = len(last) == 1 and all(
        _of_month(row, month, _actual) for row in begun for month in until
    )
    return f"By {newest.label}" if is_whole else "In the months with an actual so far"


def _words(each: Tracked, figure: Figure) -> str:
    return f"{_number(figure)} {each.direction} {each.unit}".strip()


def _number(figure: Figure) -> str:
    return in_unit(shown(figure.value), "")


def _off(came: Figure, planned: Figure) -> str:
    """`92 short of the plan`, `8 beyond the plan`, `exactly as planned`."""
    off = off_plan(came, planned)
    if off is None or not off.value:
        return "exactly as planned"
    way = "beyond the plan" if off.value > 0 else "short of the plan"
    return f"{in_unit(shown(abs(off.value)), '')} {way}"


# -- picture and table ---------------------------------------------------------------------


def _chart(each: Tracked) -> LineChart | None:
    """What it adds up to month by month; None where no month is known from the first on."""
    lines = [
        (Line("Planned", _running(each, _planned)), 1),
        (Line("Actual", _running(each, _actual)), 1),
        (Line("Actual, then forecast", _ahead(each)), 2),
    ]
    drawn = [line for line, fewest in lines if _known(line.spots) >= fewest]
    if not drawn:
        return None
    title = f"{each.metric}: {each.direction} {each.unit} since April, {each.year.label}"
    return LineChart(
        f"chart-{each.key}",
        title,
        "Each month with the months of the year before it.",
        f"{each.direction.capitalize()} {each.unit}" if each.unit else "Unit not stated",
        tuple(f"{month.starts_on:%b %Y}" for month in each.months),
        tuple(drawn),
    )


def _running(each: Tracked, of: OfMonth) -> tuple[Spot, ...]:
    """The months added up, as far as each is stated."""
    spots: list[Spot] = []
    so_far: list[Figure] = []
    for place, month in enumerate(each.months):
        figure = each.of_month(month, of)
        so_far += [figure] if figure else []
        whole = added(so_far) if len(so_far) == place + 1 else None
        spots.append(Spot(whole.rounded(PLACES), _number(whole)) if whole else Spot(None))
    return tuple(spots)


def _ahead(each: Tracked) -> tuple[Spot, ...]:
    """From the newest actual on, what is forecast added to it; no line where nothing is."""
    actual, outturn = _running(each, _actual), _running(each, _outturn)
    came = _known(actual)
    return tuple(spot if place >= came - 1 else Spot(None) for place, spot in enumerate(outturn))


def _known(spots: Iterable[Spot]) -> int:
    return sum(spot.value is not None for spot in spots)


def _table(each: Tracked) -> Table:
    what = f"{each.direction.capitalize()} {each.unit}".strip()
    return build_table(
        each.key,
        f"{each.metric}: {what[:1].lower()}{what[1:]} by month, {each.year.label}",
        [
            Column("Month", is_row_header=True),
            Column("Planned", "number"),
            Column("Actual", "number"),
            Column("Forecast", "number"),
            Column("Actual less planned", "number"),
        ],
        [_month_row(each, month) for month in each.months],
        total=_total_row(each),
        notes=tuple(_notes(each)),
    )


def _month_row(each: Tracked, month: Month) -> Row:
    planned, came = each.of_month(month, _planned), each.of_month(month, _actual)
    found = (planned, came, each.of_month(month, _forecast), off_plan(came, planned))
    return build_row([month.label, *map(_shown, found)])


def _total_row(each: Tracked) -> Row:
    came, planned = each.to_date(actual_to_date), each.to_date(planned_to_date)
    off = off_plan(came, planned)
    found = (each.of_year(planned_for_year), came, each.of_year(outturn_for_year), off)
    return build_row(["The year, or so far", *map(_shown, found)])


def _shown(figure: Figure | None) -> Decimal | None:
    return shown(figure.value) if figure else None


def _notes(each: Tracked) -> Sequence[str]:
    notes = [
        "The total of forecasts is that of the year: what came, and then what is forecast. The "
        "difference is that of the months with an actual."
    ]
    if len(each.rows) < each.every:
        notes.append(
            f"Of {each.every} benefits of this metric and year, {len(each.rows)} have months."
        )
    return notes
