"""Templates: one base, and nothing inline that would weaken the content security policy."""

import re
from pathlib import Path

import pytest

from tests.conftest import ROOT

FOLDER = ROOT / "templates"
TEMPLATES = sorted(path.relative_to(FOLDER) for path in FOLDER.rglob("*.html"))
BASES = {
    "base.html",
    "admin/base_site.html",
    "reporting/document/pdf.html",  # the PDF's own page
    "reporting/dashboards/pack.html",  # likewise
    # These stand by themselves, since whatever failed may be what the base needs.
    "400.html",
    "500.html",
}
# Parts of pages, which another template or a tag includes.
PARTIALS = {
    "admin/groups.html",
    "admin/includes/cannot_delete.html",
    "admin/includes/goes_along.html",
    "reporting/agreements/try_rule.html",
    "reporting/agreements/calendar_addresses.html",
    "reporting/cycles/asked.html",
    "reporting/cycles/bar.html",
    "reporting/cycles/entry.html",
    "reporting/cycles/list.html",
    "reporting/cycles/meaning.html",
    "reporting/cycles/section.html",
    "reporting/cycles/verified.html",
    "reporting/dashboards/choices.html",
    "reporting/dashboards/attached.html",
    "reporting/dashboards/hidden_parts.html",
    "reporting/dashboards/in_place.html",
    "reporting/dashboards/pack_panel.html",
    "reporting/dashboards/pack_question.html",
    "reporting/dashboards/panel.html",
    "reporting/dashboards/question.html",
    "reporting/dashboards/questions.html",
    "reporting/dashboards/whose.html",
    "reporting/dashboards/year_shown.html",
    "reporting/over_years_shared.html",
    "reporting/changed_row.html",
    "reporting/check_counts.html",
    "reporting/differences.html",
    "reporting/document/answer.html",
    "reporting/document/contents.html",
    "reporting/document/facts.html",
    "reporting/document/figure.html",
    "reporting/document/heading.html",
    "reporting/document/known.html",
    "reporting/document/origin.html",
    "reporting/document/passage.html",
    "reporting/document/passages.html",
    "reporting/document/points.html",
    "reporting/document/section.html",
    "reporting/document/signatures.html",
    "reporting/document/table.html",
    "reporting/document/words.html",
    "reporting/document/writing.html",
    "reporting/finding.html",
    "reporting/history_entry.html",
    "reporting/list_links.html",
    "reporting/picture.html",
    "reporting/plan_trail.html",
}
INLINE = {
    "a script": re.compile(r"<script(?![^>]*\ssrc=)[^>]*>", re.IGNORECASE),
    "a style sheet": re.compile(r"<style[\s>]", re.IGNORECASE),
    "a style": re.compile(r"<[^>]*\sstyle\s*=", re.IGNORECASE),
    "a handler": re.compile(r"<[^>]*\son[a-z]+\s*=", re.IGNORECASE),
    "a javascript address": re.compile(r"javascript:", re.IGNORECASE),
}
ELSEWHERE = re.compile(r"""(?:src|href)\s*=\s*["'](?:https?:)?//""", re.IGNORECASE)


def read(path: Path) -> str:
    return (FOLDER / path).read_text(encoding="utf-8")


def is_partial(path: Path) -> bool:
    return path.parts[0] == "ui" or str(path) in PARTIALS


def test_the_walk_finds_the_templates() -> None:
    found = {str(path) for path in TEMPLATES}
    assert {"reporting/dashboards/plan.html", "ui/table.html", "registration/login.html"} <= found
    assert found >= PARTIALS | BASES


@pytest.mark.parametrize("path", TEMPLATES, ids=str)
def test_a_template_extends_a_base_or_is_a_partial(path: Path) -> None:
    text = read(path)
    extends = re.match(r'\s*{% extends "([^"]+)" %}', text)
    if str(path) in BASES or is_partial(path):
        return
    assert extends, "neither extends a base nor is listed as a partial"
    assert extends[1] == "base.html" or extends[1].startswith("admin/")


@pytest.mark.parametrize("path", [p for p in TEMPLATES if is_partial(p)], ids=str)
def test_a_partial_is_no_page_and_is_used(path: Path) -> None:
    assert "<html" not in read(path)
    users = [
        other
        for other in (*FOLDER.rglob("*.html"), *(ROOT / "bcf").rglob("*.py"))
        if str(path) in other.read_text(encoding="utf-8")
    ]
    assert users


@pytest.mark.parametrize("path", TEMPLATES, ids=str)
def test_nothing_is_inline_and_nothing_comes_from_elsewhere(path: Path) -> None:
    text = read(path)
    for what, pattern in INLINE.items():
        assert not pattern.search(text), what
    assert not ELSEWHERE.search(text)


@pytest.mark.parametrize(
    ("markup", "what"),
    [
        ("<script>go()</script>", "a script"),
        ('<p style="color: red">', "a style"),
        ('<a class="x" onclick="go()">', "a handler"),
        ("<style>p {}</style>", "a style sheet"),
        ('<a href="javascript:go()">', "a javascript address"),
    ],
)
def test_what_is_inline_is_found(markup: str, what: str) -> None:
    assert INLINE[what].search(markup)


def test_a_script_with_an_address_is_not_inline() -> None:
    assert not INLINE["a script"].search(
        '<script type="module" src="{% static "x.js" %}"></script>'
    )
