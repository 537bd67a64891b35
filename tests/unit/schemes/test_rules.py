"""The arithmetic of benefits, over plain values."""

from decimal import Decimal

import pytest

from schemes.rules import saving_of


@pytest.mark.parametrize(
    ("change", "unit_price", "stated", "saving"),
    [
        ("-635", "2004", None, "1272540.00"),
        ("-1021", "2004", None, "2046084.00"),
        ("-10", "2004", "19999", "19999"),
        ("3", "100", None, "-300.00"),
        ("-0.5", "0.01", None, "0.01"),
        (None, "2004", None, None),
        ("-10", None, None, None),
    ],
)
def test_a_saving_is_stated_or_the_reduction_times_its_price(
    change: str | None, unit_price: str | None, stated: str | None, saving: str | None
) -> None:
    def number(text: str | None) -> Decimal | None:
        return None if text is None else Decimal(text)

    worked_out = saving_of(
        change=number(change), unit_price=number(unit_price), stated=number(stated)
    )
    assert worked_out == number(saving)
