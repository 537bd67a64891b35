"""Which metrics a plan's forms offer: those of its cycle first, then those of no cycle."""

from bcf.base.safe_forms import Grouped
from metrics.models import Metric
from plans.cycle_choices import definitions_for
from plans.cycle_definitions import definitions
from plans.models import Plan


def metric_groups(plan: Plan | None) -> Grouped:
    """The metrics of the plan's cycle, and local ones; without a plan, all of them."""
    own = {each.key for cycle in definitions_for(plan) for each in cycle.metrics}
    asked = {each.key for cycle in definitions().values() for each in cycle.metrics}
    everything = list(Metric.objects.all())
    heading = f"Metrics of {plan.cycle.key}" if plan else "National metrics"
    return Grouped(
        [
            (heading, [metric for metric in everything if metric.key in own]),
            ("Local and other metrics", [m for m in everything if m.key not in asked]),
        ]
    )
