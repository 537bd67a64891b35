"""Charts as SVG: the same picture on a page and in a PDF.

A chart is a plain value with its title, a description and its figures in words; a function
makes an `svg` element of it, out of presentation attributes alone.
"""

from bcf.charts.bars import Bar, BarChart, Group, bar_chart_svg
from bcf.charts.control import ControlChart, ControlSpot, Mark, control_chart_svg
from bcf.charts.drawing import HALF, NARROW, WIDTH
from bcf.charts.lines import MOST_LINES, Line, LineChart, Spot, line_chart_svg
from bcf.charts.matrix import MatrixChart, Square, matrix_chart_svg
from bcf.charts.timeline import Event, Stage, TimelineChart, timeline_chart_svg

__all__ = [
    "HALF",
    "MOST_LINES",
    "NARROW",
    "WIDTH",
    "Bar",
    "BarChart",
    "Chart",
    "ControlChart",
    "ControlSpot",
    "Event",
    "Group",
    "Line",
    "LineChart",
    "Mark",
    "MatrixChart",
    "Spot",
    "Square",
    "Stage",
    "TimelineChart",
    "bar_chart_svg",
    "chart_svg",
    "control_chart_svg",
    "line_chart_svg",
    "matrix_chart_svg",
    "timeline_chart_svg",
]

Chart = BarChart | LineChart | ControlChart | MatrixChart | TimelineChart


def chart_svg(chart: Chart, width: int = WIDTH) -> str:
    """Any chart as an `svg` element, `WIDTH`, `HALF` or `NARROW` units wide."""
    match chart:
        case BarChart():
            return bar_chart_svg(chart, width)
        case LineChart():
            return line_chart_svg(chart, width)
        case ControlChart():
            return control_chart_svg(chart, width)
        case MatrixChart():
            return matrix_chart_svg(chart, width)
        case TimelineChart():
            return timeline_chart_svg(chart, width)
