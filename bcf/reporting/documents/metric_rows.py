"""One value of a metric as the tables of a document show it."""

from collections.abc import Sequence
from dataclasses import dataclass

from bcf.assurance.measured import MetricFigure
from bcf.assurance.money_tables import source_notes
from bcf.base.published import Citation
from metrics.models import MetricValue
from metrics.rules import PERCENT, POUND, SUPPRESSED, in_words


@dataclass(frozen=True)
class Stated:
    """A value with the area that it is about, and the same as a plain value to work with."""

    area: str
    value: MetricValue
    figure: MetricFigure


def bare(value: MetricValue) -> str:
    """The figure without its unit, which stands in a column of its own; signs stay."""
    if value.is_suppressed:
        return SUPPRESSED
    if value.value is None and value.words:
        return value.words
    unit = value.shown_unit
    sign = unit if unit[:1] in (PERCENT, POUND) else ""
    return in_words(value.shown, None, sign[:1], value.qualifier)


def notes_of(found: Sequence[Stated]) -> list[str]:
    """One sentence for each document from which the values come."""
    citations: list[Citation] = [each.value.citation for each in found if each.value.citation]
    return source_notes(citations, with_places=False)
