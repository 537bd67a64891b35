"""The components of the design system: `{% load ui %}`.

Each is described with an example in docs/design-system.md.
"""

import re
from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from django import template
from django.core.paginator import Page
from django.forms import BaseForm
from django.forms.boundfield import BoundField, BoundWidget
from django.http import QueryDict
from django.template.context import Context
from django.utils import timezone
from django.utils.html import escape, format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from bcf import charts
from bcf.money import format_pounds
from bcf.ui import forms as ui_forms
from bcf.ui import tables
from bcf.ui.prose import to_html

register = template.Library()

TAG_COLOURS = ("grey", "blue", "teal", "green", "yellow", "orange", "red", "purple")
STATUS_COLOURS = {
    "draft": "blue",
    "submitted": "yellow",
    "approved": "green",
    "reopened": "orange",
    "returned": "orange",
}
MAX_INDENT = 4
YEAR = re.compile(r"\d{4}\N{EN DASH}\d{2}")


class ColourError(ValueError):
    """A tag was given a colour that the design system does not have."""


# -- filters ------------------------------------------------------------------------------


@register.filter
def pounds(value: Decimal | int | str | None) -> str:
    """An amount in pounds: "£23,412,000", "£1,234.50", "not stated" for None.

    A variable that the template does not have arrives as "" and stays so: an absent variable
    is a mistake of the page, not a figure that a document leaves out.
    """
    if value == "":
        return ""
    return format_pounds(None if value is None else Decimal(value))


@register.filter
def british_date(value: date | str | None) -> str:
    """A date in words: "18 September 2014"; "not stated" for None, a `str` as it stands."""
    if value is None or isinstance(value, str):
        return tables.NOT_STATED if value is None else value
    day = _local(value)
    return f"{day.day} {day:%B %Y}"


@register.filter
def british_datetime(value: datetime | str | None) -> str:
    """A date and time in words, by British clocks: "14 March 2026, 10:32"."""
    if value is None or isinstance(value, str):
        return tables.NOT_STATED if value is None else value
    moment = _local(value)
    return f"{british_date(moment)}, {moment:%H:%M}"


@register.filter
def duration(value: timedelta) -> str:
    """A length of time in words, to the minute: "1 hour 30 minutes"."""
    minutes = max(1, round(value.total_seconds() / 60))
    parts = ((minutes // 60, "hour"), (minutes % 60, "minute"))
    return " ".join(f"{n} {word}{'' if n == 1 else 's'}" for n, word in parts if n)


@register.filter
def prose(text: str) -> SafeString:
    """An answer in light Markdown as HTML; markup in it stays text."""
    return to_html(text)


@register.simple_tag
def chart(chart: charts.Chart, only: str = "") -> SafeString:
    """`{% chart c %}`: any chart of `bcf.charts` as a picture, drawn for wide and narrow windows.

    `{% chart c "wide" %}` draws the wide one alone, for paper; `{% chart c "half" %}` one of which
    two stand side by side there.
    """
    if only == "half":
        return mark_safe(charts.chart_svg(chart, charts.HALF))  # noqa: S308 - made of escaped text
    wide = mark_safe(charts.chart_svg(chart))  # noqa: S308 - made of escaped text
    if only == "wide":
        return wide
    narrow = mark_safe(charts.chart_svg(chart, charts.NARROW))  # noqa: S308 - likewise
    return format_html(
        '<div class="app-chart__wide">{}</div><div class="app-chart__narrow">{}</div>', wide, narrow
    )


def _local(value: date) -> date:
    if isinstance(value, datetime) and timezone.is_aware(value):
        return timezone.localtime(value)
    return value


# -- tables -------------------------------------------------------------------------------


@register.inclusion_tag("ui/table.html")
def table(
    table: tables.Table, caption_size: str = "m", widths: Sequence[float] = ()
) -> dict[str, Any]:
    """`{% table t %}`: a `bcf.ui.tables.Table`, in a frame that scrolls sideways by itself.

    `caption_size` is s, m or l. Without rows the table's sentence stands in its place. `widths`
    are those of the columns in per cent, for paper alone, where the caption stands above the
    table: a caption within would stay behind when the first row goes to the next page.
    """
    return {
        "table": table,
        "caption_size": caption_size,
        "columns": _columns(widths),
        "rows": [_drawn_row(row, table) for row in table.rows],
        "total": _drawn_row(table.total, table, is_total=True) if table.total else None,
    }


def _columns(widths: Sequence[float]) -> SafeString:
    """How wide columns are on paper, where no policy forbids a style of their own."""
    columns = format_html_join("", '<col style="width:{}%">', ((f"{each:.2f}",) for each in widths))
    return format_html("<colgroup>{}</colgroup>", columns) if columns else columns


def _drawn_row(row: tables.Row, table: tables.Table, is_total: bool = False) -> SafeString:
    """A row as HTML; made here and not by a template, since a page has a thousand cells."""
    pairs = zip(row.cells, table.columns, strict=True)
    cells = "".join(
        _drawn_cell(cell, column, is_head=column.is_row_header or (is_total and place == 0))
        for place, (cell, column) in enumerate(pairs)
    )
    made = f'<tr class="{_row_classes(row, is_total)}">{cells}</tr>'
    return mark_safe(made)  # noqa: S308 - made of escaped text


def _row_classes(row: tables.Row, is_total: bool) -> str:
    classes = ["govuk-table__row"]
    if is_total:
        classes.append("app-table__total")
    if row.emphasis:
        classes.append("app-table__row--emphasis")
    if row.indent:
        classes.append(f"app-table__row--indent-{min(row.indent, MAX_INDENT)}")
    return " ".join(classes)


def _drawn_cell(cell: tables.Cell, column: tables.Column, is_head: bool) -> str:
    """A cell with its classes, and the amount of money in it for machines."""
    amount = tables.data_amount(cell, column)
    data = f' data-amount="{amount}"' if amount else ""
    content = _cell_content(cell, column)
    if is_head:
        figure = " govuk-table__header--numeric app-table__figure" if column.is_figure else ""
        return f'<th scope="row" class="govuk-table__header{figure}"{data}>{content}</th>'
    figure = " govuk-table__cell--numeric app-table__figure" if column.is_figure else ""
    year = " app-table__year" if YEAR.fullmatch(str(cell.value)) else ""
    return f'<td class="govuk-table__cell{figure}{year}"{data}>{content}</td>'


def _cell_content(cell: tables.Cell, column: tables.Column) -> str:
    text: str = escape(tables.formatted(cell, column))
    if cell.tag_colour:
        text = f'<strong class="{tag_class(cell.tag_colour)}">{text}</strong>'
    elif cell.value is None:
        text = f'<span class="app-table__not-stated">{text}</span>'
    if cell.url:
        text = f'<a class="govuk-link" href="{escape(cell.url)}">{text}</a>'
    return f'{text}<span class="app-table__note">{escape(cell.note)}</span>' if cell.note else text


# -- small components ---------------------------------------------------------------------


def tag_class(colour: str) -> str:
    """The classes of a tag. Raises `ColourError` for a colour that there is not."""
    if colour not in TAG_COLOURS:
        raise ColourError(f"A tag is one of {', '.join(TAG_COLOURS)}, not {colour!r}.")
    return f"govuk-tag govuk-tag--{colour}"


@register.inclusion_tag("ui/tag.html")
def tag(text: str, colour: str = "grey") -> dict[str, str]:
    """`{% tag "Late" "red" %}`: one or two words on a coloured ground."""
    return {"text": text, "classes": tag_class(colour)}


@register.inclusion_tag("ui/tag.html")
def status_tag(status: str, text: str = "") -> dict[str, str]:
    """`{% status_tag plan.status plan.get_status_display %}`: the status of a plan.

    A status that is not known here is grey.
    """
    colour = STATUS_COLOURS.get(status, "grey")
    return {"text": text or status.replace("-", " ").capitalize(), "classes": tag_class(colour)}


@register.inclusion_tag("ui/breadcrumbs.html")
def breadcrumbs(*trail: Any) -> dict[str, Any]:
    """`{% breadcrumbs "Home" home_url "Barnet" %}`, or one list of (label, address) pairs.

    Labels and addresses take turns; a last label without an address is the page itself.
    """
    pairs = trail[0] if len(trail) == 1 and not isinstance(trail[0], str) else _pairs(trail)
    return {"trail": [{"label": label, "url": url} for label, url in pairs]}


def _pairs(flat: tuple[Any, ...]) -> Iterable[tuple[Any, Any]]:
    even = flat if len(flat) % 2 == 0 else (*flat, "")
    return zip(even[::2], even[1::2], strict=True)


@register.inclusion_tag("ui/pagination.html", takes_context=True)
def pagination(context: Context, page_obj: Page, parameter: str = "page") -> dict[str, Any]:
    """`{% pagination page_obj %}`: links to the other pages, keeping the rest of the address."""
    request = context.get("request")
    query = request.GET.copy() if request else QueryDict(mutable=True)

    def address(number: int) -> str:
        query[parameter] = str(number)
        return f"?{query.urlencode()}"

    paginator = page_obj.paginator
    numbers = paginator.get_elided_page_range(page_obj.number, on_each_side=1, on_ends=1)
    return {
        "page": page_obj,
        "is_needed": paginator.num_pages > 1,
        "previous": address(page_obj.previous_page_number()) if page_obj.has_previous() else "",
        "next": address(page_obj.next_page_number()) if page_obj.has_next() else "",
        "items": [
            {"number": n, "url": address(n), "is_current": n == page_obj.number}
            if isinstance(n, int)
            else {}
            for n in numbers
        ],
    }


@register.inclusion_tag("ui/figure_card.html")
def figure_card(
    label: str, value: tables.Value, note: str = "", kind: tables.Kind = "money", url: str = ""
) -> dict[str, Any]:
    """`{% figure_card "Pooled fund" plan_total "Sum of 12 contributions" %}`: one big figure.

    `kind` is money, number, percent or text. Stand several in `<div class="app-figures">`.
    """
    cell, column = tables.Cell(value), tables.Column(label, kind)
    return {
        "label": label,
        "text": tables.formatted(cell, column),
        "amount": tables.data_amount(cell, column),
        "is_words": value is None or (isinstance(value, str) and not any(map(str.isdigit, value))),
        "note": note,
        "url": url,
    }


@register.inclusion_tag("ui/empty_state.html")
def empty_state(text: str, caption: str = "") -> dict[str, str]:
    """`{% empty_state "No schemes recorded yet." %}`: said in place of an empty list."""
    return {"text": text, "caption": caption}


# -- forms --------------------------------------------------------------------------------


@register.inclusion_tag("ui/error_summary.html")
def error_summary(*sources: ui_forms.FormLike) -> dict[str, Any]:
    """`{% error_summary form %}`: what is wrong, with a link to each field; nothing if right.

    Takes forms, formsets, or lists of them.
    """
    return {"problems": ui_forms.problems_of(sources)}


@register.inclusion_tag("ui/error_summary.html")
def page_error_summary(form: BaseForm, tables: Iterable[Any]) -> dict[str, Any]:
    """`{% page_error_summary adminform.form inline_admin_formsets %}`: of a page of the admin."""
    formsets = [each.formset for each in tables]
    return {"problems": ui_forms.page_problems(form, formsets)}


@register.simple_tag
def error_prefix(*sources: ui_forms.FormLike) -> str:
    """`{% error_prefix form %}`: "Error: " for the page's title where a form has errors."""
    return "Error: " if ui_forms.problems_of(sources) else ""


@register.simple_tag
def ui_widget(field: BoundField) -> SafeString:
    """`{% ui_widget field %}`: the control of a field, without label, hint or error."""
    return field.as_widget(attrs=ui_forms.widget_attrs(field))


@register.simple_tag
def ui_option(option: BoundWidget, block: str) -> SafeString:
    """`{% ui_option option "radios" %}`: one radio button or checkbox of a list of choices."""
    option.data["attrs"]["class"] = f"govuk-{block}__input"
    return option.tag()


@register.inclusion_tag("ui/forms/group.html")
def field_group(field: BoundField) -> dict[str, Any]:
    """The label, hint, error and control of one field; `{{ field.as_field_group }}` draws it."""
    widget = field.field.widget
    kind = ui_forms.kind_of(field)
    return {
        "field": field,
        "kind": kind,
        "parts": ui_forms.parts_of(field) if kind == "group" else [],
        "prefix": getattr(field.form, "ui_prefixes", {}).get(field.name, ""),
        "suffix": getattr(field.form, "ui_suffixes", {}).get(field.name, ""),
        "is_optional": not field.field.required and not field.field.disabled,
        "block": "checkboxes" if getattr(widget, "allow_multiple_selected", False) else "radios",
    }
