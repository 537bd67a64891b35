"""Metrics, and the values, populations, options and context figures of plans and boards."""

from pathlib import Path
from typing import Any

from django.db.models import prefetch_related_objects

from bcf.loading.bulk import load_at_once
from bcf.loading.tables import Lookup, by_key, load_file
from metrics.choices import Better
from metrics.models import ContextFigure, Metric, MetricOption, MetricValue, Population
from plans.cycle_definitions import definitions
from plans.models import Board, Organisation, Plan


def load_metrics(folder: Path) -> int:
    """Save those metrics that are not there yet; returns how many.

    They are those of `fixtures/reference`, and those that a cycle's definition alone has.
    """
    return load_file(folder / "metrics.csv", Metric, lookups={}, key=("key",)) + _of_cycles()


def _of_cycles() -> int:
    """Metrics that only definitions have, each in the words of the newest cycle that has it."""
    present = set(Metric.objects.values_list("key", flat=True))
    newest = {each.key: each for cycle in definitions().values() for each in cycle.metrics}
    missing = [each for each in newest.values() if each.key not in present]
    for each in missing:
        Metric(
            key=each.key,
            name=each.label,
            definition=each.definition,
            unit=each.unit,
            better=each.better or Better.NEITHER,
            frequency=each.frequency,
            is_national=True,
            ascof_code_now=each.ascof_code,
            verified=each.verified,
            source=each.source,
        ).save()
    return len(missing)


def load_metric_rows(plan: Plan, folder: Path) -> int:
    """Save the rows of a plan's folder that are not there yet; returns how many."""
    board = by_key(Board.objects.all(), "slug")
    # Each row asks whether its board has a part in the plan.
    prefetch_related_objects([plan], "boards")
    options = load_file(
        folder / "metric_options.csv", MetricOption, lookups={}, scope={"plan": plan}
    )
    return options + _load_stated(folder, {"plan": plan}, {"board": board})


def load_metric_board_rows(board: Board, folder: Path) -> int:
    """Save the rows of a board's folder, which no plan states; returns how many."""
    return _load_stated(folder, {"plan": None, "board": board}, {})


def _load_stated(folder: Path, scope: dict[str, Any], lookups: dict[str, Lookup]) -> int:
    organisation = by_key(Organisation.objects.all(), "key")
    of_values = {
        "metric": by_key(Metric.objects.all(), "key"),
        "provider": organisation,
        "commissioner": organisation,
    }
    files: list[tuple[Any, str, dict[str, Lookup]]] = [
        (Population, "populations.csv", lookups),
        (MetricValue, "metric_values.csv", {**lookups, **of_values}),
        (ContextFigure, "context_figures.csv", lookups),
    ]
    return sum(
        load_at_once(folder / name, model, lookups=found, scope=scope)
        for model, name, found in files
    )
