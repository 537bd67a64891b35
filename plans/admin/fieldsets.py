"""The fields of a form in groups: what a commissioner needs first, where it is printed last."""

from typing import Any

_CITATION = ("citation_title", "citation_date", "citation_place")
_PRINTED = (
    "printed",
    "printed_unit",
    "rounded_to",
    "qualifier",
    "unit_meant",
    "unit_ground",
)

# Closed until asked for: most rows are typed here, and taken from no document.
CITED: Any = ("Source of this row", {"classes": ("collapse",), "fields": _CITATION})
PUBLISHED: Any = (
    "Source of this figure",
    {"classes": ("collapse",), "fields": (*_PRINTED, *_CITATION)},
)


def group(heading: str, *names: str) -> Any:
    """Fields under a heading."""
    return heading, {"fields": names}


def closed(heading: str, *names: str) -> Any:
    """Fields under a heading that is opened when they are wanted."""
    return heading, {"classes": ("collapse",), "fields": names}


def without(shown: Any, names: set[str]) -> list[Any]:
    """The groups without these fields, and without a group that is left empty."""
    kept = [
        (heading, {**options, "fields": [each for each in options["fields"] if each not in names]})
        for heading, options in shown
    ]
    return [(heading, options) for heading, options in kept if options["fields"]]


def fieldsets(first: tuple[str, ...], *others: Any) -> Any:
    """The fields that come first under no heading, and groups after them."""
    return ((None, {"fields": first}), *others)
