"""Are we on track, as a question: the metrics of one board, or of several side by side."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.urls import reverse

from bcf.assurance.checks.naming import counted
from bcf.charts import Bar, BarChart, Group
from bcf.reporting.dashboards.panels import Card, Link, Panel, Question
from bcf.reporting.dashboards.tracking import (
    COLOURS,
    Standing,
    Track,
    Verdict,
    bar_of,
    figure_words,
    in_scale,
    unit_heading,
)
from bcf.ui.tables import Cell, Column, Table, build_row, build_table

KEY, HEADING = "track", "Are we on track?"


@dataclass(frozen=True)
class Whose:
    """A board by its slug, and its area in words."""

    board: str
    area: str


def track_card(tracks: Sequence[Track]) -> Card:
    """How many metrics are on track, of all boards together."""
    label, address = "Metrics on track", f"#{KEY}"
    verdicts = [each.verdict for track in tracks for each in track.standings]
    known = len(verdicts) - verdicts.count(Verdict.NO_DATA)
    if not known:
        return Card(label, "cannot be told", "no figures to compare", address, "text")
    off, without = verdicts.count(Verdict.OFF_TRACK), verdicts.count(Verdict.NO_DATA)
    more = [f"{without} without data"] if without else []
    old = ["before the plan began"] if any(track.is_of_before for track in tracks) else []
    areas = [f"of {len(tracks)} areas"] if len(tracks) > 1 else []
    note = ", ".join([f"{off} off track", *more, *old, *areas])
    value = f"{verdicts.count(Verdict.ON_TRACK)} of {len(verdicts)}"
    return Card(label, value, note, address, "text")


def track_question(track: Track, whose: Whose, query: str = "") -> Question:
    """Each national metric of one board, with its verdict, its picture and the way to its page."""
    return Question(
        KEY,
        HEADING,
        (track.sentence,),
        (
            *(_panel(each, whose, query) for each in track.standings if _is_stated(each)),
            *([Panel("metrics", table=track.table)] if track.standings else []),
        ),
    )


def _panel(each: Standing, whose: Whose, query: str) -> Panel:
    return Panel(
        f"metric-{each.metric.key}",
        each.metric.label,
        verdict=(each.verdict.value, each.colour),
        sentences=tuple(filter(None, (each.reason, each.ahead))),
        chart=each.chart,
        link=Link(f"{each.metric.label}, over time", _address(whose.board, each.metric.key, query)),
        is_beside=True,
    )


def _address(board: str, metric: str, query: str) -> str:
    return reverse("board-metric", args=[board, metric]) + query


# -- several boards ------------------------------------------------------------------------


def tracks_question(tracks: Mapping[Whose, Track], query: str = "") -> Question:
    """The metrics of several boards side by side, a picture for each metric."""
    if not tracks:
        return Question(KEY, HEADING, ("No board takes part in this plan.",))
    metrics = [each.metric for each in next(iter(tracks.values())).standings]
    by_metric = {
        metric.key: {
            whose: next(each for each in track.standings if each.metric == metric)
            for whose, track in tracks.items()
        }
        for metric in metrics
    }
    return Question(
        KEY,
        HEADING,
        tuple(f"{whose.area}: {_lower(track.sentence)}" for whose, track in tracks.items()),
        (
            *(_together(found) for found in by_metric.values() if _is_known(found)),
            *([Panel("metrics", table=_table(tracks, by_metric, query))] if metrics else []),
        ),
    )


def _lower(sentence: str) -> str:
    return sentence[:1].lower() + sentence[1:]


def _is_known(found: Mapping[Whose, Standing]) -> bool:
    """Whether any figure of any board is stated; if not, the table says so."""
    return any(map(_is_stated, found.values()))


def _is_stated(each: Standing) -> bool:
    return any(figure for _, figure in each.figures)


def _together(found: Mapping[Whose, Standing]) -> Panel:
    metric = next(iter(found.values())).metric
    return Panel(
        f"metric-{metric.key}",
        metric.label,
        points=tuple(
            f"{whose.area}: {_lower(each.verdict.value)}. {each.reason}"
            for whose, each in found.items()
        ),
        chart=_chart(found),
        is_beside=True,
    )


def _chart(found: Mapping[Whose, Standing]) -> BarChart | None:
    """The plan and the actual of each board; None where no board has two bars of one unit."""
    first = next(iter(found.values()))
    like = next((f for each in found.values() if (f := each.plan or each.actual)), None)
    if like is None:
        return None
    groups = []
    for whose, each in found.items():
        shown = [
            (name, row)
            for name, row in each.figures
            if name in ("Plan", "Actual") and row and in_scale(row, like)
        ]
        bars = tuple(bar for name, row in shown if (bar := bar_of(name, row)))
        groups.append(Group(whose.area, bars or (_without_bar(each),)))
    if not any(bar.value is not None for group in groups for bar in group.bars):
        return None
    title = f"{first.metric.label}, {_lower(unit_heading(like))}"
    description = "The plan and the actual figure of each area."
    return BarChart(f"metric-{first.metric.key}", title, description, tuple(groups))


def _without_bar(each: Standing) -> Bar:
    """What stands in place of bars: what is stated in another unit is not said to be wanting."""
    stated = {"Plan": each.plan, "Actual": each.actual}
    name, row = next(((name, row) for name, row in stated.items() if row), ("Plan", None))
    return Bar(name, None, f"stated as {figure_words(row)}" if row else "not stated")


def _table(
    tracks: Mapping[Whose, Track], by_metric: Mapping[str, Mapping[Whose, Standing]], query: str
) -> Table:
    """A row a metric, a column an area: its verdict, which leads to the metric's own page."""
    return build_table(
        "metrics",
        f"National metrics of {counted(len(tracks), 'area')}",
        [Column("Metric", is_row_header=True), *(Column(whose.area) for whose in tracks)],
        [
            build_row(
                [
                    next(iter(found.values())).metric.label,
                    *(_verdict(whose, each, query) for whose, each in found.items()),
                ]
            )
            for found in by_metric.values()
        ],
        empty="The metrics of this cycle are not known.",
    )


def _verdict(whose: Whose, each: Standing, query: str) -> Cell:
    words = [
        f"{name.lower()} {figure_words(row)}"
        for name, row in each.figures
        if name in ("Plan", "Actual") and row
    ]
    note = ", ".join(filter(None, words)) or "neither plan nor actual is stated"
    url = _address(whose.board, each.metric.key, query)
    return Cell(each.verdict.value, url=url, note=note, tag_colour=COLOURS[each.verdict])
