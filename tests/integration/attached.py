"""The cycle 2017-19 with forms that it never had: a supplement, a refresh and a year-end return."""

from dataclasses import replace

import pytest

from plans.cycle_definitions import TemplateVersion, definition, definitions

BASE = "july-2017"
TOP_UP, REFRESH, YEAR_END = "top-up", "second-year", "at-the-end"


def form(key: str, kind: str, *years: str) -> TemplateVersion:
    label = key.replace("-", " ").capitalize()
    return TemplateVersion(key, label, False, "a test", kind=kind, years=years)


@pytest.fixture
def attaching_forms(monkeypatch: pytest.MonkeyPatch) -> None:
    """The cycle asks for plans, and then for more on forms of these kinds."""
    cycle = definition("2017-19")
    forms = (
        *cycle.template_versions,
        form(TOP_UP, "supplement", "2018-19"),
        form(REFRESH, "refresh", "2018-19"),
        form(YEAR_END, "year-end", "2018-19"),
    )
    monkeypatch.setitem(definitions(), cycle.key, replace(cycle, template_versions=forms))
