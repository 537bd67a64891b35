"""The small components and the filters."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from django.core.paginator import Paginator
from django.template import Context, Template
from django.test import RequestFactory

from bcf.ui.templatetags.ui import ColourError, british_date, british_datetime, duration, pounds


def drawn(source: str, **context: object) -> str:
    html = Template("{% load ui %}" + source).render(Context(context))
    return " ".join(html.split())


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (Decimal(23412000), "£23,412,000"),
        (Decimal("1234.5"), "£1,234.50"),
        (Decimal(-500), "−£500"),
        (7, "£7"),
        (None, "not stated"),
        ("", ""),
    ],
)
def test_pounds(value: Decimal | None, words: str) -> None:
    assert pounds(value) == words


def test_dates_in_words() -> None:
    assert british_date(date(2014, 9, 18)) == "18 September 2014"
    assert british_date(date(2026, 3, 4)) == "4 March 2026"
    assert british_date(None) == "not stated"
    assert british_date("autumn 2014") == "autumn 2014"


def test_moments_are_shown_by_british_clocks() -> None:
    assert british_datetime(datetime(2026, 3, 14, 10, 32)) == "14 March 2026, 10:32"
    summer = datetime(2026, 6, 30, 23, 30, tzinfo=UTC)
    assert british_datetime(summer) == "1 July 2026, 00:30"
    assert british_date(summer) == "1 July 2026"
    assert british_datetime(None) == "not stated"


@pytest.mark.parametrize(
    ("minutes", "words"),
    [(15, "15 minutes"), (60, "1 hour"), (90, "1 hour 30 minutes"), (0, "1 minute")],
)
def test_duration(minutes: int, words: str) -> None:
    assert duration(timedelta(minutes=minutes)) == words


def test_tag_and_its_colours() -> None:
    assert drawn('{% tag "Late" "red" %}') == (
        '<strong class="govuk-tag govuk-tag--red">Late</strong>'
    )
    with pytest.raises(ColourError, match="not 'puce'"):
        drawn('{% tag "Late" "puce" %}')


@pytest.mark.parametrize(
    ("status", "colour", "words"),
    [
        ("draft", "blue", "Draft"),
        ("submitted", "yellow", "Submitted"),
        ("approved", "green", "Approved"),
        ("something-else", "grey", "Something else"),
    ],
)
def test_status_tag(status: str, colour: str, words: str) -> None:
    html = drawn("{% status_tag s %}", s=status)
    assert html == f'<strong class="govuk-tag govuk-tag--{colour}">{words}</strong>'


def test_breadcrumbs_alike_from_turns_and_from_pairs() -> None:
    turns = drawn('{% breadcrumbs "Home" "/" "Barnet" %}')
    pairs = drawn("{% breadcrumbs trail %}", trail=[("Home", "/"), ("Barnet", "")])
    assert turns == pairs
    assert 'href="/">Home</a>' in turns
    assert 'aria-current="page">Barnet</li>' in turns


def test_pagination_keeps_the_rest_of_the_address() -> None:
    request = RequestFactory().get("/plans/", {"q": "care & home", "page": "2"})
    page = Paginator(range(100), 10).page(2)
    html = drawn("{% pagination page %}", page=page, request=request)
    assert 'href="?q=care+%26+home&amp;page=3" rel="next"' in html
    assert 'href="?q=care+%26+home&amp;page=1" rel="prev"' in html
    assert 'aria-label="Page 2 of 10" aria-current="page"' in html
    assert "govuk-pagination__item--ellipsis" in html


def test_pagination_of_one_page_is_nothing() -> None:
    assert drawn("{% pagination page %}", page=Paginator([1], 10).page(1)) == ""


def test_figure_card() -> None:
    html = drawn('{% figure_card "Pool" value "Page 4" %}', value=Decimal(1200))
    assert 'data-amount="1200.00">£1,200</p>' in html
    assert "Page 4" in html
    assert "not stated" in drawn('{% figure_card "Pool" value %}', value=None)
    assert "78%" in drawn('{% figure_card "Share" 78 kind="percent" %}')


def test_empty_state_escapes_its_text() -> None:
    assert "No &lt;b&gt; yet." in drawn("{% empty_state text %}", text="No <b> yet.")
