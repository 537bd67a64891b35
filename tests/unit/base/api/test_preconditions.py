"""Which versions of a row `If-Match` names."""

import pytest
from django.test import RequestFactory
from rest_framework.request import Request

from bcf.base.api.errors import Refused
from bcf.base.api.preconditions import require_version, row_tag


def answer(given: str | None, version: int) -> int:
    """The status with which a request is refused; 200 where it is not."""
    headers = {} if given is None else {"If-Match": given}
    try:
        require_version(Request(RequestFactory().put("/", headers=headers)), version)
    except Refused as refused:
        return refused.status_code
    return 200


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        (None, 428),
        ("", 428),
        (" ", 428),
        ("*", 200),
        ('"3"', 200),
        ("3", 200),
        (row_tag(3, "ab"), 200),
        (f"W/{row_tag(3, 'ab')}", 200),
        ('"1", "3"', 200),
        ('"2"', 412),
        ('"33"', 412),
        (row_tag(2, "3"), 412),
        ('"-3"', 412),
        ("\u00e9", 412),
    ],
)
def test_a_version_is_named_by_its_tag_its_number_or_a_star(
    given: str | None, expected: int
) -> None:
    assert answer(given, 3) == expected
