"""How the choices of a cycle read, by the name of the field that holds their key."""

from collections.abc import Iterable, Mapping
from functools import cache

from plans.cycle_definitions import Choice, definition

# The links of schemes to conditions have this one beside those of the cycle.
ALL_CONDITIONS = {"all": "All conditions"}


@cache
def cycle_words(key: str) -> Mapping[str, Mapping[str, str]]:
    """The labels of a cycle's choices: field to key to label. Raises `UnknownChoice`."""
    cycle = definition(key)
    return {
        "template_version": _labels(cycle.template_versions),
        "funding_source": _labels([*cycle.funding_groups, *cycle.funding_sources]),
        "sub_source": _labels(sub for each in cycle.funding_sources for sub in each.sub_sources),
        "area_of_spend": _labels(cycle.areas_of_spend),
        "commissioner": _labels(cycle.commissioners),
        "provider_type": _labels(cycle.provider_types),
        "rule": _labels(cycle.requirement_rules),
        "primary_objective": _labels(cycle.primary_objectives),
        "scheme_type": _labels(cycle.scheme_types),
        "sub_type": _labels(sub for each in cycle.scheme_types for sub in each.sub_types),
        "condition": {**_labels(cycle.confirmed), **ALL_CONDITIONS},
        "question": {each.key: f"{each.section} {each.label}" for each in cycle.questions},
    }


def _labels(choices: Iterable[Choice]) -> dict[str, str]:
    return {each.key: each.label for each in choices}
