"""Two who write by the API at the same moment: one is first, the other is told, nothing is half."""

import json
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import connection
from django.test import Client

from bcf.accounts.models import User
from metrics.models import Population
from plans.api import writing
from plans.models import Board, ChangeSet, Plan
from schemes.models import Scheme, SpendLine
from tests.factories import BoardFactory, PlanFactory, SchemeFactory, SpendLineFactory

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor == "sqlite", reason="it lets in one writer at a time"),
]
LINES, POPULATIONS = "/api/v1/spend-lines/", "/api/v1/populations/"
LINE = {"plan": "own", "financial_year": "2017-18", "description": "Carers", "amount": "1234.50"}
PEOPLE = {"board": "havering", "period": "2015", "age_band": "65+", "count": 45000}
FIRST = {"If-Match": '"1"'}
Ask = Callable[[], Any]


@pytest.fixture
def board() -> Any:
    return BoardFactory(slug="havering")


@pytest.fixture
def plan(board: Board) -> Any:
    return PlanFactory(slug="own", boards=[board])


@pytest.fixture
def sends(
    plan: Plan,
    board: Board,
    member: Callable[..., User],
    sign_in: Callable[[User | None], Client],
) -> list[Callable[..., Ask]]:
    """Two editors of the board, each of whom may send something when asked to."""

    def sender(client: Client) -> Callable[..., Ask]:
        client.raise_request_exception = False

        def send(method: str, path: str, body: Any = None, **headers: str) -> Ask:
            return lambda: client.generic(
                method, path, json.dumps(body), "application/json", headers=headers
            )

        return send

    return [sender(sign_in(member("editor", board))) for _ in range(2)]


@pytest.fixture
def both_have_read(monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither writes before the other has looked what there is."""
    meeting, met = threading.Barrier(2), threading.local()
    write = writing.rows_write

    def wait_and_write(*args: Any) -> None:
        if not hasattr(met, "is_over"):
            met.is_over = True
            meeting.wait(timeout=20)
        write(*args)

    monkeypatch.setattr(writing, "rows_write", wait_and_write)


def at_once(*asks: Ask) -> list[Any]:
    """The answers to requests that are sent at the same moment, each on a connection of its own."""
    start = threading.Barrier(len(asks))

    def run(ask: Ask) -> Any:
        try:
            start.wait(timeout=20)
            return ask()
        finally:
            connection.close()

    with ThreadPoolExecutor(len(asks)) as people:
        answers = [each.result() for each in [people.submit(run, ask) for ask in asks]]
    assert max(each.status_code for each in answers) < 500
    return answers


def codes(answers: list[Any]) -> list[int]:
    return sorted(each.status_code for each in answers)


@pytest.mark.parametrize(
    ("path", "body", "model"), [(LINES, LINE, SpendLine), (POPULATIONS, PEOPLE, Population)]
)
def test_the_same_row_sent_twice_at_once_is_one_row(
    path: str, body: Any, model: Any, sends: list[Callable[..., Ask]], both_have_read: None
) -> None:
    sent = {**body, "ref": "carers"}
    one, other = at_once(*(send("POST", path, sent) for send in sends))
    assert codes([one, other]) == [200, 201]
    assert one.json() == other.json()
    counts = [each.objects.count() for each in (model, ChangeSet)]
    assert [*counts, model.history.count()] == [1, 1, 1]


@pytest.mark.parametrize(
    ("path", "body", "other", "model"),
    [
        (LINES, LINE, {"amount": "1.00"}, SpendLine),
        (POPULATIONS, PEOPLE, {"count": 1}, Population),
    ],
)
def test_of_two_rows_of_one_ref_the_second_is_refused(  # noqa: PLR0917  # fixtures
    path: str,
    body: Any,
    other: Any,
    model: Any,
    sends: list[Callable[..., Ask]],
    both_have_read: None,
) -> None:
    first, second = sends
    sent = {**body, "ref": "carers"}
    answers = at_once(first("POST", path, sent), second("POST", path, {**sent, **other}))
    assert codes(answers) == [201, 409]
    [refused] = [each.json()["errors"] for each in answers if each.status_code == 409]
    assert [(each["code"], each["field"]) for each in refused] == [("conflict", "ref")]
    assert model.objects.count() == ChangeSet.objects.count() == 1


def test_of_two_who_change_one_version_one_is_told(
    plan: Plan, sends: list[Callable[..., Ask]]
) -> None:
    for amount in range(1, 6):
        line: Any = SpendLineFactory(plan=plan)
        where, body = f"{LINES}own:{line.ref}/", {**LINE, "description": line.description}
        changes = [
            send("PUT", where, {**body, "amount": f"{amount}.0{place}"}, **FIRST)
            for place, send in enumerate(sends)
        ]
        answers = at_once(*changes)
        assert codes(answers) == [200, 412]
        [kept] = [each.json() for each in answers if each.status_code == 200]
        line.refresh_from_db()
        assert (line.version, str(line.amount)) == (2, kept["amount"])
        assert line.history.count() == 2


def test_a_row_is_changed_or_removed_and_not_both(
    plan: Plan, sends: list[Callable[..., Ask]]
) -> None:
    for _ in range(5):
        line: Any = SpendLineFactory(plan=plan)
        where, (one, other) = f"{LINES}own:{line.ref}/", sends
        change = one("PATCH", where, {"amount": "2.00"}, **FIRST)
        answers = at_once(change, other("DELETE", where, **FIRST))
        is_there = SpendLine.objects.filter(pk=line.pk).exists()
        assert [each.status_code for each in answers] == ([200, 412] if is_there else [404, 204])


def test_what_a_new_row_points_at_is_not_removed_under_it(
    plan: Plan, sends: list[Callable[..., Ask]]
) -> None:
    for _ in range(5):
        scheme: Any = SchemeFactory(plan=plan)
        one, other = sends
        added, removed = at_once(
            one("POST", LINES, {**LINE, "scheme": scheme.ref}),
            other("DELETE", f"/api/v1/schemes/own:{scheme.ref}/", **FIRST),
        )
        is_there = Scheme.objects.filter(pk=scheme.pk).exists()
        assert removed.status_code == (409 if is_there else 204)
        assert (added.status_code == 201) == is_there
        assert added.status_code in (201, 400, 409)
        assert SpendLine.objects.filter(scheme=scheme).count() == is_there
        SpendLine.objects.all().delete()


def test_two_lists_in_opposite_orders_are_all_or_none(
    sends: list[Callable[..., Ask]], both_have_read: None
) -> None:
    rows = [{**PEOPLE, "ref": f"p{n}", "segment": f"Group {n}"} for n in range(150)]
    one, other = sends
    answers = at_once(one("POST", POPULATIONS, rows), other("POST", POPULATIONS, rows[::-1]))
    assert codes(answers) in ([200, 201], [201, 409])
    assert Population.objects.count() == Population.history.count() == len(rows)
