"""Every choice that a list offers finds rows, what is not stated included; nonsense finds none."""

from collections.abc import Iterator

import pytest
from django.http import QueryDict

from bcf.accounts.models import User
from bcf.reporting.list_views import owners_of, rows_of
from bcf.reporting.lists import every_board_list, every_plan_list
from bcf.reporting.lists.base import RowList, choices_of, chosen
from plans.models import Board, Plan

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("real_plans")]


@pytest.fixture
def reader() -> User:
    return User.objects.create_superuser("reader")


def lists(reader: User) -> Iterator[tuple[str, RowList, dict[int, str]]]:
    for plan in Plan.objects.all():
        for spec in every_plan_list():
            yield plan.slug, spec, owners_of(reader, plan, inherits=spec.inherits)
    for board in Board.objects.filter(slug="barnet"):
        for spec in every_board_list():
            yield board.slug, spec, {board.pk: board.area}


def test_every_choice_offered_finds_rows(reader: User) -> None:
    offered = 0
    for name, spec, owners in lists(reader):
        rows = rows_of(reader, spec, owners)
        for each in choices_of(rows, spec, QueryDict()):
            for choice in each.choices:
                offered += 1
                asked = QueryDict(mutable=True)
                asked[each.name] = choice.value
                assert chosen(rows, spec, asked).exists(), (name, spec.key, each.name, choice)
    assert offered > 1000


@pytest.mark.parametrize("value", ["xx", "<script>", "99999999999999999999", "\0"])
def test_nonsense_finds_no_row(reader: User, value: str) -> None:
    for name, spec, owners in lists(reader):
        rows = rows_of(reader, spec, owners)
        for each in spec.filters:
            asked = QueryDict(mutable=True)
            asked[each.name] = value
            assert not chosen(rows, spec, asked).exists(), (name, spec.key, each.name)


@pytest.mark.parametrize(
    ("plan", "key", "words", "found"),
    [
        ("barnet-2014-16", "spend-lines", "£267,357", 1),
        ("barnet-2014-16", "spend-lines", "267357", 1),
        ("barnet-2014-16", "metric-values", "29,094", 1),
        ("tri-borough-2014-16", "spend-lines", "267357", 0),
    ],
)
def test_a_figure_is_found_as_it_is_printed(
    reader: User, plan: str, key: str, words: str, found: int
) -> None:
    spec = next(each for each in every_plan_list() if each.key == key)
    owners = owners_of(reader, Plan.objects.get(slug=plan), inherits=False)
    asked = QueryDict(mutable=True)
    asked["q"] = words
    assert chosen(rows_of(reader, spec, owners), spec, asked).count() == found
