"""A metric of a board: what it came to in sentences, in pictures, in tables, and as files."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from bcf.accounts.middleware import public_read
from bcf.assurance.measured import MetricFigure, metric_figure
from bcf.charts import chart_svg
from bcf.files.writing import csv_lines
from bcf.reporting.dashboards.choosing import asked_along
from bcf.reporting.metric_cycles import breaks_in_words, definitions_table
from bcf.reporting.metric_pictures import CONTROL, Picture, pictures_of
from bcf.reporting.metric_tables import (
    CSV_COLUMNS,
    csv_rows,
    figures_table,
    of_whole_area,
    tables_by_frequency,
)
from bcf.reporting.metric_words import (
    DIRECTIONS,
    FREQUENCIES,
    control_in_words,
    newest_in_words,
    unit_words,
)
from bcf.ui.tables import Table
from metrics.choices import Better
from metrics.models import Metric, MetricValue
from metrics.queries import figures_visible_to, metric_for
from metrics.rules import breaks_of
from plans.cycle_definitions import definitions
from plans.models import Board
from plans.queries import board_for

# More rows than these stay folded until they are asked for.
FEW_ROWS = 12


@dataclass(frozen=True)
class Found:
    """A board's metric with those of its figures that the reader may see.

    `rows` are the board's own, `figures` these as plain values, and `joint` those of joint areas.
    """

    board: Board
    metric: Metric
    rows: Sequence[MetricValue]
    joint: Sequence[MetricValue]
    figures: Sequence[MetricFigure]

    @property
    def names(self) -> Mapping[str, str]:
        """The names of the bodies that figures are of, by their keys."""
        bodies = [body for row in self.rows for body in (row.provider, row.commissioner) if body]
        return {body.key: body.name for body in bodies}

    @property
    def pictures(self) -> list[Picture]:
        return pictures_of(self.figures, self.names, f"{self.metric.name} in {self.board.area}")


@dataclass(frozen=True)
class Section:
    """The pictures and the table of one length of period."""

    key: str
    heading: str
    pictures: Sequence[Picture]
    table: Table

    @property
    def is_short(self) -> bool:
        """Whether the table is short enough to stand open."""
        return len(self.table.rows) <= FEW_ROWS


def _found(request: HttpRequest, slug: str, metric: str) -> Found:
    board, wanted = board_for(slug), metric_for(metric)
    rows = list(figures_visible_to(request.user, board, wanted))
    own = [row for row in rows if not of_whole_area(row)]
    joint = [row for row in rows if of_whole_area(row)]
    return Found(board, wanted, own, joint, [metric_figure(row) for row in own])


@public_read
@require_safe
def board_metric(request: HttpRequest, slug: str, metric: str) -> HttpResponse:
    """A metric of a board over time, with plan, target, actual, baseline and benchmark."""
    found = _found(request, slug, metric)
    figures, pictures = found.figures, found.pictures
    control = next((each for each in pictures if each.key == CONTROL), None)
    return render(
        request,
        "reporting/metric.html",
        {
            "board": found.board,
            "metric": found.metric,
            "trail": _trail(found, asked_along(request.GET)),
            "back": asked_along(request.GET),
            "unit": unit_words(found.metric.unit),
            "direction": DIRECTIONS[Better(found.metric.better)],
            "has_figures": bool(found.rows or found.joint),
            "newest": newest_in_words(figures, found.names),
            "sections": _sections(found.rows, [each for each in pictures if each is not control]),
            "control": control,
            "control_words": control_in_words(figures) if figures else [],
            "joint_table": _joint_table(found.joint),
            "breaks": list(breaks_in_words(breaks_of(definitions().values(), found.metric.key))),
            "definitions": definitions_table(definitions().values(), found.metric.key),
        },
    )


def _trail(found: Found, asked: str) -> list[tuple[str, str]]:
    return [
        ("Plans and boards", reverse("home")),
        (found.board.name, reverse("board", args=[found.board.slug]) + asked),
        ("Metric values", reverse("board-metric-values", args=[found.board.slug])),
        (found.metric.name, ""),
    ]


def _sections(rows: Sequence[MetricValue], pictures: Sequence[Picture]) -> list[Section]:
    return [
        Section(
            often or "other-times",
            FREQUENCIES[often].heading if often else "Other times",
            [each for each in pictures if each.frequency is often],
            table,
        )
        for often, table in tables_by_frequency(rows).items()
    ]


def _joint_table(rows: Sequence[MetricValue]) -> Table | None:
    caption = "Figures of a joint plan’s whole area"
    return figures_table("joint", caption, rows) if rows else None


@public_read
@require_safe
def board_metric_csv(request: HttpRequest, slug: str, metric: str) -> StreamingHttpResponse:
    """The same figures as a file, as they are stated."""
    found = _found(request, slug, metric)
    lines = csv_lines(CSV_COLUMNS, csv_rows([*found.rows, *found.joint]))
    response = StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8")
    name = f"{found.board.slug}-{found.metric.key}.csv"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@public_read
@require_safe
def board_metric_chart(request: HttpRequest, slug: str, metric: str, chart: str) -> HttpResponse:
    """One picture of the page by itself."""
    pictures = _found(request, slug, metric).pictures
    picture = next((each for each in pictures if each.key == chart), None)
    if picture is None:
        raise Http404(f"There is no chart named {chart} of this metric.")
    return HttpResponse(chart_svg(picture.chart), content_type="image/svg+xml; charset=utf-8")
