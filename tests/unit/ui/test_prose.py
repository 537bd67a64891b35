"""Answers in light Markdown: what is understood, and what neither fetches nor runs."""

import re

import pytest
from lxml import html

from bcf.ui.prose import to_html


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("One\n\nTwo", "<p>One</p><p>Two</p>"),
        ("One\nTwo", "<p>One<br>Two</p>"),
        ("It is *so* and **very** so", "<p>It is <em>so</em> and <strong>very</strong> so</p>"),
        ("- a\n- b", "<ul><li>a</li><li>b</li></ul>"),
        ("3. a\n4. b", '<ol start="3"><li>a</li><li>b</li></ol>'),
        ("> said", "<blockquote><p>said</p></blockquote>"),
        (
            "[paper](https://example.org/a?b=1)",
            '<p><a href="https://example.org/a?b=1" rel="noopener noreferrer">paper</a></p>',
        ),
        ("£5 < £6 & more", "<p>£5 &lt; £6 &amp; more</p>"),
        ("2 * 3 * 4, snake_case_word", "<p>2 * 3 * 4, snake_case_word</p>"),
        ("", ""),
    ],
)
def test_light_markdown(text: str, shown: str) -> None:
    assert to_html(text).replace("\n", "") == shown


@pytest.mark.parametrize(
    "text", ["# Heading", "| a | b |\n|---|---|", "```\ncode\n```", "    code"]
)
def test_what_is_not_understood_stays_as_typed(text: str) -> None:
    assert re.sub(r"</?p>|<br>", "", to_html(text)).split() == text.split()


HOSTILE = (
    '<img src="file:///etc/passwd">',
    "<img src=x onerror=alert(1)>",
    '<link rel="stylesheet" href="http://203.0.113.7/x.css">',
    "<style>p { background: url(http://203.0.113.7/x.png) }</style>",
    '<p style="background:url(file:///etc/passwd)">a</p>',
    '<svg><image xlink:href="file:///etc/passwd"/></svg>',
    "<script>alert(1)</script>",
    '<a href="javascript:alert(1)">a</a>',
    "[a](javascript:alert(1))",
    "[a](JaVaScRiPt:alert(1))",
    "[a](&#106;avascript:alert(1))",
    "[a](java\tscript:alert(1))",
    "[a](data:text/html,<script>alert(1)</script>)",
    "[a](file:///etc/passwd)",
    "[a](vbscript:x)",
    "[a](/accounts/logout/)",
    "[a][b]\n\n[b]: javascript:alert(1)",
    "![a](file:///etc/passwd)",
    "![a](http://203.0.113.7/x.png)",
    "<javascript:alert(1)>",
    '[a](https://example.org "onmouseover=alert(1)")',
    "<!-- x --><iframe src=//203.0.113.7></iframe>",
)


@pytest.mark.parametrize("text", HOSTILE)
def test_nothing_fetches_or_runs(text: str) -> None:
    elements = list(html.fragment_fromstring(to_html(text), create_parent="main").iterdescendants())
    assert {each.tag for each in elements} <= {"p", "br", "a", "em", "strong", "ul", "li"}
    for each in elements:
        assert set(each.attrib) <= {"href", "rel"}
        assert re.match(r"https?://|mailto:", each.get("href", "https://"))


def test_markdown_alone_is_not_relied_on(monkeypatch: pytest.MonkeyPatch) -> None:
    """Even were Markdown to let HTML through, the allow-list would not."""

    class Careless:
        def render(self, text: str) -> str:
            return text

    monkeypatch.setattr("bcf.ui.prose._markdown", Careless)
    cleaned = to_html('<img src="file:///x"><b onclick=x>a</b><a href="javascript:x">b</a>')
    assert cleaned == 'a<a rel="noopener noreferrer">b</a>'
