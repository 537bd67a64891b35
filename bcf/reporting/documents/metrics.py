"""The metrics of a plan: baseline, plan, target and actual, a table a metric."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from bcf.assurance.money_tables import source_notes
from bcf.assurance.rows import Held
from bcf.base.published import Citation
from bcf.periods import Month, Period
from bcf.reporting.documents.model import Section, Tabled, Words
from bcf.reporting.documents.reading import Piece, Reading
from bcf.reporting.documents.tables import tabled
from bcf.ui.tables import Cell, Column, Row, build_row, build_table
from metrics.choices import Measure, ValueKind
from metrics.models import Metric, MetricValue
from metrics.rules import PERCENT, POUND, in_words
from plans.cycle_definitions import Block as FormBlock

# So many months of one kind are a profile, which reads best a month a row.
A_PROFILE = 6
KINDS = (
    ValueKind.BASELINE,
    ValueKind.PLAN,
    ValueKind.TARGET,
    ValueKind.ACTUAL,
    ValueKind.BENCHMARK,
    ValueKind.THRESHOLD,
)


@dataclass(frozen=True)
class Stated:
    """A value with the area that it is about."""

    area: str
    value: MetricValue


def metrics(reading: Reading, form: FormBlock) -> Iterable[Piece]:
    """Each metric with its values, kinds side by side; a monthly profile as a table of its own."""
    found = _values(reading)
    if not found:
        yield Words("No value of a metric is entered.")
    for metric in dict.fromkeys(each.value.metric for each in found):
        of_metric = [each for each in found if each.value.metric == metric]
        yield Section(
            key=f"metric-{metric.key}",
            heading=metric.name,
            guidance=metric.definition,
            blocks=tuple(_tables(reading, metric, of_metric)),
        )


def _values(reading: Reading) -> list[Stated]:
    boards = {board.pk: board.area for plan in reading.family for board in plan.boards.all()}
    held = [*reading.held("values"), *(Held(reading.plan, row) for row in _actuals(reading))]
    found = [
        Stated(boards.get(each.row.board_id, reading.area(each.plan)), each.row) for each in held
    ]
    return sorted(
        found, key=lambda each: (not each.value.metric.is_national, each.value.metric.name)
    )


def _actuals(reading: Reading) -> Iterator[MetricValue]:
    """What boards measured apart from the plan, in the years of its cycle."""
    years = reading.figures.years
    first, last = str(years[0].starts_on), str(years[-1].ends_on)
    for row in reading.rows.actuals:
        if first[:7] <= row.period.sort_key[0] <= last[:7]:
            yield row


def _tables(reading: Reading, metric: Metric, found: Sequence[Stated]) -> Iterator[Tabled]:
    profiles, others = _profiles(found)
    if others:
        yield _side_by_side(reading, metric, others)
    for number, profile in enumerate(profiles, start=1):
        yield _month_by_month(reading, metric, profile, number)


def _profiles(found: Sequence[Stated]) -> tuple[list[list[Stated]], list[Stated]]:
    """Monthly values of one area and kind, where they are many, and all other values."""
    groups: dict[tuple[str, str], list[Stated]] = {}
    for each in found:
        if isinstance(each.value.period, Month):
            groups.setdefault((each.area, each.value.kind), []).append(each)
    many = {
        key: rows
        for key, rows in groups.items()
        if len({each.value.period for each in rows}) >= A_PROFILE
    }
    profiled = {id(each) for rows in many.values() for each in rows}
    return list(many.values()), [each for each in found if id(each) not in profiled]


def _side_by_side(reading: Reading, metric: Metric, found: Sequence[Stated]) -> Tabled:
    """A row a period, area, part and unit; a column for each kind of value that occurs."""
    kinds = [kind for kind in KINDS if any(each.value.kind == kind for each in found)]
    ordered = sorted(found, key=_row_key)
    rows = [_kinds_row(key, list(group), kinds) for key, group in groupby(ordered, key=_row_key)]
    several = len({each.area for each in found}) > 1 or bool(reading.parts)
    table = build_table(
        f"metric-{metric.key}",
        metric.name,
        [
            Column("Period", is_row_header=True),
            *([Column("Area")] if several else []),
            Column("Which part"),
            Column("Unit"),
            *(Column(kind.label) for kind in kinds),
        ],
        [_without_area(row, several) for row in rows],
        notes=_notes(found),
    )
    return tabled(table)


def _row_key(each: Stated) -> tuple[Any, ...]:
    value = each.value
    period: tuple[Any, ...] = (value.period.sort_key, value.period_label)
    return (period, each.area, value.part, _unit(value))


def _unit(value: MetricValue) -> str:
    unit = value.unit or ""
    return f"{unit}, change" if value.measure == Measure.CHANGE else unit


def _kinds_row(key: tuple[Any, ...], group: Sequence[Stated], kinds: Sequence[ValueKind]) -> Row:
    (_, label), area, part, unit = key
    cells = []
    for kind in kinds:
        values = [each.value for each in group if each.value.kind == kind]
        notes = (value.comment for value in values)
        words = "; ".join(_bare(value) for value in values)
        cells.append(Cell(words, note=" ".join(filter(None, notes))))
    return build_row([label, area, part or "Whole", unit or "not stated", *cells])


def _without_area(row: Row, several: bool) -> Row:
    return row if several else build_row([row.cells[0], *row.cells[2:]])


def _bare(value: MetricValue) -> str:
    """The figure without its unit, which stands in a column of its own; signs stay."""
    if value.value is None and value.words:
        return value.words
    figure = value.numerator if value.value is None else value.value
    sign = value.unit if value.unit[:1] in (PERCENT, POUND) else ""
    return in_words(figure, None, sign[:1], value.qualifier)


def _month_by_month(
    reading: Reading, metric: Metric, found: Sequence[Stated], number: int
) -> Tabled:
    """A row a month, a column for each part and unit."""
    first = found[0]
    parts = list(dict.fromkeys((each.value.part, each.value.unit) for each in found))
    units = list(dict.fromkeys(unit for _, unit in parts))
    cells = {(each.value.period, each.value.part, each.value.unit): each.value for each in found}
    area = f", {first.area}" if reading.parts else ""
    table = build_table(
        f"metric-{metric.key}-months-{number}",
        f"{metric.name}, {first.value.get_kind_display().lower()} by month{area}",
        [
            Column("Month", is_row_header=True),
            *(Column(_part_head(part, unit, units)) for part, unit in parts),
        ],
        [
            build_row([month.label, *(_month_cell(cells, month, part) for part in parts)])
            for month in sorted({each.value.period for each in found})
        ],
        notes=[*_unit_note(units), *_notes(found)],
    )
    return tabled(table)


def _part_head(part: str, unit: str, units: Sequence[str]) -> str:
    mark = f" ({chr(ord('a') + units.index(unit))})" if len(units) > 1 else ""
    return f"{part or 'Whole'}{mark}"


def _unit_note(units: Sequence[str]) -> list[str]:
    if len(units) == 1:
        return [f"Counted in {units[0] or 'a unit that is not stated'}."]
    marked = (f"({chr(ord('a') + place)}) {unit}" for place, unit in enumerate(units))
    return [f"Counted in {'; '.join(marked)}."]


def _month_cell(
    cells: dict[tuple[Period, str, str], MetricValue], month: Period, part: tuple[str, str]
) -> str:
    value = cells.get((month, *part))
    return _bare(value) if value else ""


def _notes(found: Sequence[Stated]) -> list[str]:
    citations: list[Citation] = [each.value.citation for each in found if each.value.citation]
    return source_notes(citations, with_places=False)
