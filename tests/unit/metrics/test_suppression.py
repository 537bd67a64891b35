"""Marks that stand for a small number withheld."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from metrics.rules import MARK, SUPPRESSED, is_suppression_mark

MARKS = """*|**|c|[c]|[C]| [c] |<6|< 6|≤5|1-5|1–5|1 to 4|suppressed|Suppressed|under 5"""
OTHERS = """|0|0.0|-|–|..|n/a|not available|[x]|6|12-15|<1%|<100000|cc|2015-16|*5"""


@pytest.mark.parametrize("mark", [*MARKS.split("|"), MARK, SUPPRESSED])
def test_a_mark_is_known(mark: str) -> None:
    assert is_suppression_mark(mark)


@pytest.mark.parametrize("text", OTHERS.split("|"))
def test_what_is_nought_missing_or_a_number_is_no_mark(text: str) -> None:
    assert not is_suppression_mark(text)


@given(st.decimals(allow_nan=False, allow_infinity=False, places=4))
def test_no_number_is_a_mark(number: object) -> None:
    assert not is_suppression_mark(str(number))
