"""Cells of a CSV file, as the library of the language writes them."""

import csv
import io

from hypothesis import given
from hypothesis import strategies as st

from bcf.base.api.csv_files import quoted

TEXTS = st.lists(st.text(st.sampled_from("a ,;'\"\r\n\\\t=é中"), max_size=8), max_size=6)


@given(TEXTS)
def test_texts_are_quoted_where_a_reader_would_split_them(texts: list[str]) -> None:
    expected = io.StringIO()
    csv.writer(expected).writerow(["first", *texts])
    assert ",".join(["first", *quoted(texts)]) + "\r\n" == expected.getvalue()
