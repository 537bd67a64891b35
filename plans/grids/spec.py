"""What a grid of a kind of row shows: its columns, their order, and what is added up."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from django.db import models
from django.forms import ModelForm

from plans.models import Plan

Side = Literal["", "income", "spend"]


def _as_listed(rows: models.QuerySet[Any]) -> models.QuerySet[Any]:
    return rows


def _nothing(plan: Plan) -> Mapping[str, Any]:
    return {}


@dataclass(frozen=True)
class Total:
    """Which column of money is added up, by which column; only rows whose cells are as in `where`.

    `side` says which side of the plan's balance the total is, where it is one.
    """

    column: str
    by: str = "financial_year"
    where: Mapping[str, str] = field(default_factory=dict)
    side: Side = ""


@dataclass(frozen=True)
class Grid:
    """The rows of one model as a grid. A column is the name of a field of its form.

    The form is that of the model's admin unless `form` is another. `widths` overrides how wide a
    column is (`tiny narrow figure medium wide widest`), `labels` its heading. `related` and
    `together` name what is read with the rows, by join and by prefetch. `new` gives what a new
    row of a plan starts with. The first column names the row.
    """

    columns: tuple[str, ...]
    form: type[ModelForm] | None = None
    labels: Mapping[str, str] = field(default_factory=dict)
    widths: Mapping[str, str] = field(default_factory=dict)
    total: Total | None = None
    order: Callable[[models.QuerySet[Any]], models.QuerySet[Any]] = _as_listed
    related: tuple[str, ...] = ()
    together: tuple[str, ...] = ()
    new: Callable[[Plan], Mapping[str, Any]] = _nothing
