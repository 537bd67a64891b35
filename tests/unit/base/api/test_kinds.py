"""Values as the API writes them, and filters as it reads them."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bcf.base.api import kinds
from bcf.base.api.kinds import number_of, percent_of, plain_decimal, pounds_of
from bcf.money import LIMIT, from_pence

PENCE = st.integers(-int(LIMIT) * 100, int(LIMIT) * 100)


@given(PENCE)
def test_pounds_are_written_to_the_penny(pence: int) -> None:
    assert pounds_of(pence) == str(from_pence(pence))


@given(PENCE)
def test_numbers_are_written_in_plain_digits_and_are_the_same(ten_thousandths: int) -> None:
    text = number_of(ten_thousandths)
    assert Decimal(text) * 10_000 == ten_thousandths
    assert "E" not in text
    assert not ("." in text and text.endswith(("0", ".")))


@pytest.mark.parametrize(
    ("value", "text"),
    [(0, "0"), (-5, "-0.0005"), (12_5000, "12.5"), (1_000_0000, "1000"), (-10_000, "-1")],
)
def test_a_number(value: int, text: str) -> None:
    assert number_of(value) == text


def test_a_percentage_and_a_decimal() -> None:
    assert percent_of(6250) == "62.5"
    assert plain_decimal(Decimal("1000.0000")) == "1000"
    assert plain_decimal(Decimal("0.1000")) == "0.1"


@pytest.mark.parametrize(
    ("kind", "text", "value"),
    [
        (kinds.MONEY, "1234.50", Decimal("1234.50")),
        (kinds.BOOLEAN, "1", True),
        (kinds.BOOLEAN, "false", False),
        (kinds.WHOLE, "-12", -12),
        (kinds.FINANCIAL_YEAR, "not-stated", "not-stated"),
        (kinds.PERIOD, "2017-04/2017-07", "2017-04/2017-07"),
        (kinds.PARTIAL_DATE, "2014-09", "2014-09"),
    ],
)
def test_a_filter_reads_what_it_says(kind: kinds.Kind, text: str, value: object) -> None:
    assert kind.read(text) == value


@given(st.text(max_size=30))
def test_no_text_does_worse_than_be_refused(text: str) -> None:
    for kind in (
        *(kinds.MONEY, kinds.NUMBER, kinds.PERCENT, kinds.WORKED_NUMBER, kinds.WHOLE),
        *(kinds.BOOLEAN, kinds.DATE, kinds.FINANCIAL_YEAR, kinds.PERIOD, kinds.PARTIAL_DATE),
    ):
        try:
            kind.read(text)
        except ValueError as error:
            assert str(error)  # noqa: PT017 - most texts are refused, and some are read
