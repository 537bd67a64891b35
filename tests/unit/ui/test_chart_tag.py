"""The tag of pictures: two drawings on a page, the wide one alone on paper."""

import re
from decimal import Decimal
from xml.etree import ElementTree

import pytest
from django.template import Context, Template
from django.template.loader import render_to_string

from bcf.charts import NARROW, WIDTH, Bar, BarChart, Group
from bcf.reporting.documents.model import Figure

MONEY = BarChart(
    "money", "Money", "What is paid in.", (Group("NHS", (Bar("2014–15", Decimal(1), "£1"),)),)
)


def drawn(source: str) -> ElementTree.Element:
    html = Template("{% load ui %}<div>" + source + "</div>").render(Context({"c": MONEY}))
    return ElementTree.fromstring(html)  # noqa: S314 - our own words


def widths(html: str) -> list[str]:
    return re.findall(r'viewBox="0 0 (\d+) ', html)


def test_a_picture_stands_on_a_page_twice_each_under_its_class() -> None:
    wide, narrow = drawn("{% chart c %}")
    assert (wide.attrib, narrow.attrib) == (
        {"class": "app-chart__wide"},
        {"class": "app-chart__narrow"},
    )
    assert [each[0].attrib["width"] for each in (wide, narrow)] == [str(WIDTH), str(NARROW)]


def test_no_id_is_on_the_page_twice() -> None:
    ids = [each.attrib["id"] for each in drawn("{% chart c %}").iter() if "id" in each.attrib]
    assert len(ids) == len(set(ids)) == 4


def test_the_wide_one_may_stand_alone() -> None:
    (picture,) = drawn('{% chart c "wide" %}')
    assert picture.attrib["width"] == str(WIDTH)


@pytest.mark.parametrize(("on_paper", "shown"), [(True, ["680"]), (False, ["680", "290"])])
def test_a_document_on_paper_has_the_wide_one_alone(on_paper: bool, shown: list[str]) -> None:
    context = {"block": Figure(MONEY), "on_paper": on_paper}
    assert widths(render_to_string("reporting/document/figure.html", context)) == shown
