"""One shape for whatever is refused."""

from django.core.exceptions import PermissionDenied, TooManyFieldsSent
from django.http import Http404
from rest_framework.exceptions import NotAuthenticated, Throttled, ValidationError

from bcf.base.api.errors import Problem, Refused, answer_to, problems_of


def test_errors_of_fields_and_of_rows_are_told_by_name() -> None:
    error = ValidationError({"amount": ["Too much."], "rows": [{"ref": ["No."]}, {}]}, code="max")
    assert problems_of(error) == [
        Problem("max", "Too much.", "amount"),
        Problem("max", "No.", "rows.ref"),
    ]


def test_every_kind_of_refusal_has_its_status() -> None:
    for error, status in (
        (Http404(), 404),
        (PermissionDenied(), 403),
        (TooManyFieldsSent(), 400),
        (NotAuthenticated(), 401),
        (Refused([Problem("stale", "It changed.")], 412), 412),
    ):
        answer = answer_to(error, {})
        assert answer is not None
        assert answer.status_code == status
        [told] = answer.data["errors"]
        assert sorted(told) == ["code", "field", "message"]
        assert told["message"]


def test_who_asks_too_often_is_told_when_to_come_back() -> None:
    answer = answer_to(Throttled(wait=2.4), {})
    assert answer is not None
    assert (answer.status_code, answer["Retry-After"]) == (429, "3")


def test_a_fault_of_the_product_is_no_refusal() -> None:
    assert answer_to(RuntimeError("broken"), {}) is None
