"""Amounts of an agreement as they stand: pooled funds, quarters, and what is printed otherwise."""

from collections.abc import Iterable, Sequence

from django.utils.text import capfirst

from bcf.assurance.agreements.values import AgreedValue, Agreement
from bcf.assurance.figures import NOT_STATED
from bcf.base.worked import less
from bcf.money import format_pounds
from bcf.reporting.agreements.page.telling import place_of
from bcf.reporting.dashboards.panels import Panel
from bcf.ui.tables import Cell, Column, Table, build_row, build_table
from governance.choices import ValueMeasure

NONE = "\N{EN DASH}"


def pooled_panels(agreement: Agreement) -> tuple[Panel, ...]:
    """The pooled fund of each year, as meant, with what is printed and on what ground."""
    found = [each for each in agreement.values if each.measure == ValueMeasure.POOLED_FUND]
    if not found:
        words = (
            "No pooled fund is entered. Enter it for each year among the agreement’s amounts; it "
            "shows here, and in the register’s total."
        )
        return (Panel("pooled-funds", "Pooled fund", sentences=(words,)),)
    return (
        Panel(
            "pooled-funds",
            "Pooled fund",
            sentences=tuple(_apart(found)),
            table=_value_table("pooled-funds", "Pooled fund by year, in pounds", found),
            is_open=True,
        ),
    )


def _apart(found: Sequence[AgreedValue]) -> Iterable[str]:
    """A pooled fund that is printed without a year, where it is that of no year."""
    whole = [each for each in found if not each.party.key and each.as_printed]
    dated = [each for each in whole if each.year.starts_on is not None]
    for one in whole:
        if one in dated or any(one.amount == other.amount for other in dated):
            continue
        for other in dated:
            if one.figure and other.figure:
                off = format_pounds(abs(less(one.figure, other.figure).rounded(2)))
                yield (
                    f"{one.figure.words} is printed without a year, and {other.figure.words} for "
                    f"{other.year.label}: they differ by {off}."
                )


def put_right_panels(agreement: Agreement, measures: Iterable[str], key: str) -> tuple[Panel, ...]:
    """Figures of these measures that are printed in another unit than the one meant."""
    found = [each for each in agreement.values if each.is_put_right and each.measure in measures]
    if not found:
        return ()
    table = _value_table(key, "Figures printed in another unit than the one meant", found)
    return (Panel(key, "Printed in another unit", table=table, is_open=True),)


def _value_table(key: str, caption: str, values: Iterable[AgreedValue]) -> Table:
    return build_table(
        key,
        caption,
        [
            Column("Financial year", is_row_header=True),
            Column("What"),
            Column("Amount", "money"),
            Column("Printed as"),
            Column("Unit meant"),
        ],
        [
            build_row(
                [
                    each.year.label,
                    _what(each),
                    Cell(each.amount, note=place_of(each.citation)),
                    each.as_printed or NONE,
                    _unit(each),
                ]
            )
            for each in sorted(values, key=lambda each: (each.year, each.measure, each.party.label))
        ],
    )


def _what(value: AgreedValue) -> str:
    measure = ValueMeasure(value.measure).label
    return f"{measure}, {value.party.label}" if value.party != NOT_STATED else measure


def _unit(value: AgreedValue) -> Cell:
    """The unit meant and on what ground, where it is not the one printed."""
    if value.is_put_right:
        return Cell(value.unit_meant, note=value.ground)
    return Cell("as printed" if value.as_printed else NONE)


def quarter_panels(agreement: Agreement) -> tuple[Panel, ...]:
    """What was told quarter by quarter, where anything was."""
    if not agreement.actuals:
        return ()
    rows = sorted(
        agreement.actuals,
        key=lambda each: (each.quarter, each.measure, each.party.key == "", each.party.label),
    )
    table = build_table(
        "quarters",
        "Outturn and forecast by quarter, in pounds",
        [
            Column("Quarter", is_row_header=True),
            Column("What"),
            Column("Outturn of the quarter", "money"),
            Column("Forecast for the year", "money"),
            Column("Note"),
        ],
        [
            build_row(
                [
                    capfirst(each.quarter.label),
                    f"{ValueMeasure(each.measure).label}, "
                    f"{each.party.label if each.party.key else 'all parties'}",
                    Cell(each.outturn, note=place_of(each.citation)),
                    each.forecast,
                    each.note,
                ]
            )
            for each in rows
        ],
    )
    return (Panel("quarters", "Quarter by quarter", table=table),)
