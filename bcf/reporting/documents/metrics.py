"""The metrics of a plan: baseline, plan, target and actual, a table a metric."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import Any

from bcf.assurance.measured import Measured, comparisons, counted, metric_figure, worked_rate
from bcf.assurance.rows import Held
from bcf.base.worked import Figure
from bcf.periods import Month
from bcf.reporting.documents.metric_months import month_by_month
from bcf.reporting.documents.metric_rows import Stated, bare, notes_of
from bcf.reporting.documents.model import Section, Tabled, Words
from bcf.reporting.documents.reading import Piece, Reading
from bcf.reporting.documents.tables import tabled
from bcf.ui.tables import Cell, Column, Row, build_row, build_table, format_number
from metrics.choices import Measure, ValueKind
from metrics.models import Metric, MetricValue
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


def metrics(reading: Reading, form: FormBlock) -> Iterable[Piece]:
    """Each metric with its values, kinds side by side; a monthly profile as a table of its own."""
    found = _values(reading)
    measured = measured_of(reading, found)
    if not found:
        yield Words("No value of a metric is entered.")
    for metric in dict.fromkeys(each.value.metric for each in found):
        of_metric = [each for each in found if each.value.metric == metric]
        yield Section(
            key=f"metric-{metric.key}",
            heading=metric.name,
            guidance=metric.definition,
            blocks=tuple(_tables(reading, measured, metric, of_metric)),
        )


def measured_of(reading: Reading, found: Iterable[Stated]) -> Measured:
    """The values that are shown, and the populations of the plan and its parts."""
    people = (counted(held.row) for held in reading.held("populations"))
    return Measured(tuple(each.figure for each in found), tuple(people))


def _values(reading: Reading) -> list[Stated]:
    boards = {board.pk: board.area for plan in reading.family for board in plan.boards.all()}
    held = [*reading.held("values"), *(Held(reading.plan, row) for row in _actuals(reading))]
    found = [
        Stated(
            boards.get(each.row.board_id, reading.area(each.plan)),
            each.row,
            metric_figure(each.row),
        )
        for each in held
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


def _tables(
    reading: Reading, measured: Measured, metric: Metric, found: Sequence[Stated]
) -> Iterator[Tabled]:
    profiles, others = _profiles(found)
    if others:
        yield _side_by_side(reading, measured, metric, others)
    for number, profile in enumerate(profiles, start=1):
        first = profile[0]
        area = f", {first.area}" if reading.parts else ""
        kind = first.value.get_kind_display().lower()
        caption = f"{metric.name}, {kind} by month{area}"
        key = f"metric-{metric.key}-months-{number}"
        yield tabled(month_by_month(key, caption, measured, profile))


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


def _side_by_side(
    reading: Reading, measured: Measured, metric: Metric, found: Sequence[Stated]
) -> Tabled:
    """A row a period, area, part and unit; a column for each kind of value that occurs.

    The last column says in words what changed, where something can be held against something.
    """
    kinds = [kind for kind in KINDS if any(each.value.kind == kind for each in found)]
    groups = [(key, list(group)) for key, group in groupby(sorted(found, key=_row_key), _row_key)]
    changes = [_changes(measured, group) for _, group in groups]
    several = len({each.area for each in found}) > 1 or bool(reading.parts)
    said = [[each] if any(changes) else [] for each in changes]
    table = build_table(
        f"metric-{metric.key}",
        metric.name,
        [
            Column("Period", is_row_header=True),
            *([Column("Area")] if several else []),
            Column("Which part"),
            Column("Unit"),
            *(Column(kind.label) for kind in kinds),
            *([Column("Change (worked out)")] if any(changes) else []),
        ],
        [
            _without_area(_kinds_row(measured, key, group, kinds, words), several)
            for (key, group), words in zip(groups, said, strict=True)
        ],
        notes=notes_of(found),
    )
    return tabled(table)


def _row_key(each: Stated) -> tuple[Any, ...]:
    value = each.value
    period: tuple[Any, ...] = (value.period.sort_key, value.period_label)
    return (period, each.area, value.part, _unit(value))


def _unit(value: MetricValue) -> str:
    unit = value.unit or ""
    return f"{unit}, change" if value.measure == Measure.CHANGE else unit


def _changes(measured: Measured, group: Sequence[Stated]) -> str:
    """What the figures of one row are against each other, and on where they came from."""
    ordered = sorted(group, key=lambda each: KINDS.index(ValueKind(each.value.kind)))
    found = [str(made) for each in ordered for made in comparisons(measured, each.figure)]
    return "; ".join(dict.fromkeys(found))


def _kinds_row(
    measured: Measured,
    key: tuple[Any, ...],
    group: Sequence[Stated],
    kinds: Sequence[ValueKind],
    changes: Sequence[str],
) -> Row:
    (_, label), area, part, unit = key
    cells = []
    for kind in kinds:
        of_kind = [each for each in group if each.value.kind == kind]
        comments = " ".join(each.value.comment for each in of_kind if each.value.comment)
        workings = " ".join(_workings(measured, of_kind))
        words = "; ".join(bare(each.value) for each in of_kind)
        cells.append(Cell(words, note=_sentences(comments, workings)))
    return build_row([label, area, part or "Whole", unit or "not stated", *cells, *changes])


def _sentences(comments: str, workings: str) -> str:
    """The comments, and after a full stop the workings."""
    if not comments or not workings:
        return comments or workings
    stop = "" if comments.endswith((".", "!", "?")) else "."
    return f"{comments}{stop} {workings}"


def _workings(measured: Measured, group: Iterable[Stated]) -> Iterator[str]:
    """What printed rates come to, and of what they are worked out."""
    for each in group:
        made = worked_rate(measured, each.figure)
        if made:
            yield f"Worked out: {_rounded(made, each.value)} ({made.how})."


def _rounded(made: Figure, value: MetricValue) -> str:
    return format_number(made.rounded(value.places))


def _without_area(row: Row, several: bool) -> Row:
    return row if several else build_row([row.cells[0], *row.cells[2:]])
