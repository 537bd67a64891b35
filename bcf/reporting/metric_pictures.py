"""The pictures of a metric: each a chart with its own name in addresses."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.utils.text import slugify

from bcf.assurance.measured import MetricFigure
from bcf.assurance.measured.control import PLACES, Controlled, controlled
from bcf.assurance.measured.series import (
    Cut,
    Frequency,
    Series,
    Together,
    every_period,
    pictured,
)
from bcf.base.worked import Figure
from bcf.charts import (
    MOST_LINES,
    Bar,
    BarChart,
    Chart,
    ControlChart,
    ControlSpot,
    Group,
    Line,
    LineChart,
    Mark,
    Spot,
)
from bcf.periods import Month, Period, Quarter
from bcf.reporting.metric_words import (
    CUTS,
    FREQUENCIES,
    figure_words,
    lowest_possible,
    rounded_limit,
    unit_words,
)
from metrics.choices import ValueKind
from metrics.rules import SUPPRESSED, Break, Variation, first_after

UNDATED = "undated"
CONTROL = "process-control"
MARKS = {
    Variation.COMMON_CAUSE: Mark.USUAL,
    Variation.IMPROVEMENT: Mark.BETTER,
    Variation.CONCERN: Mark.WORSE,
    Variation.NEITHER: Mark.EITHER,
}


@dataclass(frozen=True)
class Picture:
    """A chart, of how often it has a figure, and what is left out of it in words."""

    chart: Chart
    frequency: Frequency
    caption: str
    note: str = ""

    @property
    def key(self) -> str:
        """Its name in addresses."""
        return self.chart.key


def pictures_of(
    figures: Sequence[MetricFigure], names: Mapping[str, str], about: str
) -> list[Picture]:
    """Every picture that has two figures or more; `about` is the metric and the area in words."""
    breaks = figures[0].about.breaks if figures else ()
    found = [
        picture
        for together, series in pictured(figures, names)
        for picture in _pictures(together, series, about, breaks)
    ]
    held = controlled(figures)
    return _named_apart([*found, *([control_picture(held, about)] if held else [])])


def _named_apart(pictures: Iterable[Picture]) -> list[Picture]:
    """Each picture with a name of its own, where two would be named alike."""
    named: list[Picture] = []
    met: Counter[str] = Counter()
    for picture in pictures:
        chart = picture.chart
        met[chart.key] += 1
        if (number := met[chart.key]) > 1:
            key, title = f"{chart.key}-{number}", f"{chart.title} ({number})"
            chart = replace(chart, key=key, title=title)
        named.append(replace(picture, chart=chart))
    return named


def _pictures(
    together: Together, series: Sequence[Series], about: str, breaks: Sequence[Break]
) -> Iterator[Picture]:
    """A picture of as many lines as are told apart, and further ones for the others."""
    starts = range(0, len(series), MOST_LINES)
    sheets = [series[start : start + MOST_LINES] for start in starts]
    for number, sheet in enumerate(sheets, start=1):
        if sum(len(each.stated) for each in sheet) > 1:
            of = f", {number} of {len(sheets)}" if len(sheets) > 1 else ""
            caption = _caption(together, sheet) + of
            chart = _chart(together, sheet, about, of, breaks)
            note = " ".join(filter(None, (_note(sheet), _note_of_breaks(chart))))
            yield Picture(chart, together.frequency, caption, note)


def _chart(
    together: Together,
    series: Sequence[Series],
    about: str,
    of: str,
    breaks: Sequence[Break],
) -> Chart:
    stated = {
        period for each in series for period, figure in each.figures.items() if figure is not None
    }
    suppressed = frozenset[Period]().union(*(each.suppressed for each in series))
    name = slugify(
        "-".join(
            filter(
                None,
                (
                    together.frequency,
                    together.cut,
                    together.kind,
                    together.series,
                    # Two measures may share a unit that is not stated.
                    together.unit.replace("%", "percent") or together.measure or "no-unit",
                    together.document,
                    of,
                ),
            )
        )
    )
    heading = FREQUENCIES[together.frequency].heading
    title = f"{heading}: {_caption(together, series)}{of}"
    description = _description(about, sorted(stated), together.unit)
    if all(len(each.stated) < 2 for each in series) or len(stated) == 1:
        return BarChart(name, title, description, _groups(series, together.unit))
    periods = every_period(stated | suppressed)
    return LineChart(
        name,
        title,
        description,
        unit_words(together.unit),
        tuple(map(short, periods)),
        tuple(_line(each, periods, together.unit) for each in series if each.stated),
        first_after(breaks, periods),
    )


def _caption(together: Together, series: Sequence[Series]) -> str:
    """`Delayed days: plan, seasonal, by provider`."""
    kind = ValueKind(together.kind).label.lower() if together.kind else ""
    cut = CUTS[together.cut]
    rest = ", ".join(filter(None, (kind, together.series, cut)))
    unit = unit_words(together.unit)
    if together.document:
        unit = f"{unit} in “{together.document}”"
    start = unit[:1].upper() + unit[1:]
    if together.cut is Cut.WHOLE and len(series) == 1:
        rest = series[0].name.lower() if ":" not in series[0].name else series[0].name
    return f"{start}: {rest}" if rest else start


def _description(about: str, periods: Sequence[Period], unit: str) -> str:
    first, last = periods[0], periods[-1]
    if first.starts_on is None:
        when = "time not stated"
    else:
        when = f"in {first.label}" if first == last else f"from {first.label} to {last.label}"
    return f"{about}, {unit_words(unit)}, {when}."


def _note(series: Sequence[Series]) -> str:
    """Which figures the picture leaves out: two that differ are stated, or they are suppressed."""
    gaps = [
        (each, period)
        for each in series
        for period, figure in each.figures.items()
        if figure is None
    ]
    differing = [_gap(each, period) for each, period in gaps if period not in each.suppressed]
    suppressed = [_gap(each, period) for each, period in gaps if period in each.suppressed]
    told = (
        ("Left out of the picture, for two figures that differ are stated", differing),
        ("Left out of the picture, for they are suppressed, which is not 0", suppressed),
    )
    return " ".join(f"{why}: {'; '.join(found)}." for why, found in told if found)


def _gap(series: Series, period: Period) -> str:
    return f"{series.name.lower()} for {period.label}"


def _note_of_breaks(chart: Chart) -> str:
    """What the upright line of a picture means, where it has one."""
    if not isinstance(chart, LineChart) or not chart.breaks:
        return ""
    since = " and ".join(chart.periods[place] for place in chart.breaks)
    return f"The upright dashed line: counted anew from {since} on."


def _groups(series: Sequence[Series], unit: str) -> tuple[Group, ...]:
    return tuple(Group(each.name, tuple(_bars(each, unit))) for each in series if each.stated)


def _bars(series: Series, unit: str) -> Iterator[Bar]:
    """The figures that are stated as bars, and those that are suppressed as words alone."""
    for period, figure in series.figures.items():
        if figure is not None:
            yield _bar(period, figure, unit)
        elif period in series.suppressed:
            yield Bar(short(period), None, SUPPRESSED)


def _bar(period: Period, figure: Figure, unit: str) -> Bar:
    return Bar(short(period), figure.rounded(PLACES), figure_words(figure, unit))


def _line(series: Series, periods: Iterable[Period], unit: str) -> Line:
    return Line(series.name, tuple(_spot(series, each, unit) for each in periods))


def _spot(series: Series, period: Period, unit: str) -> Spot:
    figure = series.figures.get(period)
    if figure is None:
        return Spot(None, SUPPRESSED) if period in series.suppressed else Spot(None)
    return Spot(figure.rounded(PLACES), figure_words(figure, unit))


def short(period: Period) -> str:
    """A period's name under an axis: `2014–15`, `Q1 2014–15`, `Apr 2014`."""
    if isinstance(period, Quarter):
        return f"Q{period.number} {period.year.label}"
    if isinstance(period, Month):
        return f"{period.starts_on:%b %Y}"
    return UNDATED if period.starts_on is None else period.label


def control_picture(held: Controlled, about: str) -> Picture:
    """The process-control chart; a limit that no figure can pass is not drawn."""
    unit, frequency = held.last.unit, held.actuals.frequency
    by_period = {
        each.period: (each, point)
        for each, point in zip(held.actuals.figures, held.points, strict=True)
    }
    suppressed = held.actuals.suppressed
    periods = every_period([*by_period, *suppressed])
    lower, upper = held.limits.lower, held.limits.upper
    title = f"How the actuals vary by {FREQUENCIES[frequency].each}, {unit_words(unit)}"
    chart = ControlChart(
        CONTROL,
        title,
        _description(about, periods, unit),
        unit_words(unit),
        tuple(map(short, periods)),
        tuple(_control_spot(by_period.get(each), unit, each in suppressed) for each in periods),
        mean=rounded_limit("Mean", held.limits.mean, unit),
        upper=rounded_limit("Upper limit", upper, unit),
        lower=rounded_limit("Lower limit", lower, unit) if lower > lowest_possible() else None,
        target=_target(held, unit),
    )
    return Picture(chart, frequency, title)


def _target(held: Controlled, unit: str) -> Any:
    if held.target is None or held.target.value is None:
        return None
    return rounded_limit(ValueKind(held.target.kind).label, held.target.value.value, unit)


def _control_spot(found: Any, unit: str, is_suppressed: bool) -> ControlSpot:
    if found is None:
        return ControlSpot(None, SUPPRESSED if is_suppressed else "not stated")
    figure, point = found
    return ControlSpot(point.value, figure_words(figure.value, unit), MARKS[point.variation])
