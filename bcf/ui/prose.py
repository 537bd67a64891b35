"""Answers of people as HTML: light Markdown, and nothing that could fetch or run.

Paragraphs, lists, emphasis, links and quotations are understood; headings, pictures, tables and
HTML are not and stand as they were typed. What Markdown leaves is cleaned once more by an
allow-list, so that a fault of either alone lets nothing through.
"""

from functools import cache

import nh3
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt

_RULES = ("blockquote", "list", "emphasis", "link", "newline", "escape", "entity")
_TAGS = {"p", "br", "strong", "em", "ul", "ol", "li", "a", "blockquote"}
_SCHEMES = {"http", "https", "mailto"}


@cache
def _markdown() -> MarkdownIt:
    return MarkdownIt("zero", {"html": False, "breaks": True}).enable(_RULES)


def to_html(text: str) -> SafeString:
    """The text as HTML of paragraphs, lists, emphasis and links to the web, and nothing else."""
    cleaned = nh3.clean(
        _markdown().render(text),
        tags=_TAGS,
        attributes={"*": set(), "a": {"href"}, "ol": {"start"}},
        url_schemes=_SCHEMES,
        url_relative="deny",
        link_rel="noopener noreferrer",
    )
    return mark_safe(cleaned)  # noqa: S308 - cleaned by the allow-list above
