"""How figures were made, with links to the lists of the rows that they were made of."""

from collections.abc import Iterable, Mapping
from functools import cache
from urllib.parse import urlencode

from django.urls import reverse

from bcf.base.worked import Figure, RowRef
from bcf.reporting.lists import PLAN_LISTS
from bcf.reporting.lists.base import OWNER, REF
from bcf.ui.tables import Working

# More rows than these are linked to as their whole list: an address has to stay short.
MOST_ROWS = 40
AGREEMENTS = ("governance.agreement", "governance.agreementvalue")


@cache
def _lists() -> Mapping[str, str]:
    """The key of the list that shows rows of a kind, such as `schemes.benefit`."""
    specs = [spec for group in PLAN_LISTS.values() for spec in group]
    return {spec.rows([]).model._meta.label_lower: spec.key for spec in reversed(specs)}


def working(label: str, figure: Figure, areas: Mapping[str, str] = {}) -> Working:
    """A figure with its words and its rows; `areas` names the plans of which rows are, by slug."""
    how = "" if figure.how == figure.words else figure.how
    return Working(label, figure.words, how, tuple(row_links(figure.rows, areas)))


def row_links(rows: Iterable[RowRef], areas: Mapping[str, str] = {}) -> Iterable[tuple[str, str]]:
    """Words and address of the lists that show just these rows, one for each plan and kind."""
    groups: dict[tuple[str, str], list[RowRef]] = {}
    for row in rows:
        group = groups.setdefault((row.owner, row.kind), [])
        if row.ref not in {each.ref for each in group}:
            group.append(row)
    for (owner, kind), found in groups.items():
        if kind in _lists() and owner:
            words = "1 row" if len(found) == 1 else f"{len(found)} rows"
            if len(found) > MOST_ROWS:
                words = "all rows of this kind"
            area = areas.get(owner, "")
            yield f"{words}, {area}" if area else words, _address(owner, kind, found)


def list_address(row: RowRef) -> str:
    """The list of a plan's rows of a kind, of the one row where it has a ref; else nothing.

    What hangs on an agreement is read on the agreement's page.
    """
    if row.kind in AGREEMENTS:
        slug = row.ref if row.kind == AGREEMENTS[0] else row.owner
        return reverse("agreement", args=[slug]) if slug else ""
    if row.kind not in _lists() or not row.owner:
        return ""
    return _address(row.owner, row.kind, [row] if row.ref else [])


def _address(owner: str, kind: str, rows: list[RowRef]) -> str:
    address = reverse(f"plan-{_lists()[kind]}", args=[owner])
    if not rows or len(rows) > MOST_ROWS:
        return address
    return f"{address}?{urlencode([(OWNER, owner), *((REF, row.ref) for row in rows)])}"
