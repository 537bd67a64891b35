"""A board's money over the years: its own plans, one name for each thing, and who may read it."""

import re
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from django.test import Client

from bcf.accounts.models import User
from plans.cycle_definitions import definition, definitions
from plans.models import Board
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def board() -> Board:
    """With a submitted plan of 2017-19, one of 2019-20, and a joint plan."""
    made = factories.BoardFactory(slug="own", name="Ownham Health and Wellbeing Board")
    council = made.authority
    for key, year, sources in (
        ("2017-19", "2017-18", {"ibcf": "100.10", "ibcf-additional": "50.05"}),
        ("2019-20", "2019-20", {"ibcf": "160"}),
    ):
        plan = factories.PlanFactory(
            title=f"Ownham {key}", cycle__key=key, boards=[made], status="submitted"
        )
        for source, amount in sources.items():
            factories.ContributionFactory(
                plan=plan,
                financial_year=year,
                funding_source=source,
                contributor=council,
                amount=amount,
            )
    other = factories.BoardFactory(slug="other")
    shared = factories.PlanFactory(
        title="Both together", cycle__key="2019-20", boards=[made, other], status="submitted"
    )
    factories.ContributionFactory(
        plan=shared,
        financial_year="2019-20",
        funding_source="dfg",
        contributor=council,
        amount="7777",
    )
    return made


@pytest.fixture
def reader(member: Callable[..., User], sign_in: Callable[[User], Client], board: Board) -> Client:
    return sign_in(member("viewer", board))


def words(response: Any) -> str:
    page = response.content.decode()
    main = page[page.index("<main") : page.index("</main>")]
    return " ".join(re.sub(r"<[^>]+>", " ", main).split())


def test_years_of_several_cycles_stand_side_by_side(reader: Client) -> None:
    said = words(reader.get("/boards/own/years/"))
    assert "Ownham 2017-19" in said
    assert "Ownham 2019-20" in said
    assert "Total £150.15 £160 " in said
    assert (
        "In 2017-19 the row adds “Improved Better Care Fund” and “Additional Improved Better Care "
        "Fund”."
    ) in said
    assert "7,777" not in said
    assert "Left out, for the money of several boards together" in said
    assert "Both together" in said


def test_a_table_is_a_file(reader: Client) -> None:
    lines = b"".join(reader.get("/boards/own/years/income.csv")).decode("utf-8-sig").splitlines()
    assert lines[0] == "Funding source,2017–18 (£),2019–20 (£)"
    assert [line for line in lines if line.endswith(",160.00")]
    assert reader.get("/boards/own/years/no-such.csv").status_code == 404


def test_a_draft_of_another_board_is_in_no_column(
    reader: Client, board: Board, outsider: User, sign_in: Callable[[User], Client]
) -> None:
    draft = factories.PlanFactory(title="Secret", cycle__key="2014-16", boards=[board])
    factories.ContributionFactory(
        plan=draft,
        financial_year="2015-16",
        funding_source="dfg",
        contributor=board.authority,
        amount="31337",
    )
    assert "Secret" in words(reader.get("/boards/own/years/"))
    said = words(sign_in(outsider).get("/boards/own/years/"))
    assert "Secret" not in said
    assert "31,337" not in said
    assert "Ownham 2017-19" in said


def test_a_board_without_plans_says_what_goes_there(reader: Client) -> None:
    factories.BoardFactory(slug="new")
    assert "No plan of this board alone states any money" in words(reader.get("/boards/new/years/"))


def test_a_year_whose_place_a_refresh_has_taken_says_so(
    reader: Client, board: Board, monkeypatch: pytest.MonkeyPatch
) -> None:
    cycle = definition("2019-20")
    again = replace(cycle.template_versions[0], key="again", label="Refresh", kind="refresh")
    forms = (*cycle.template_versions, again)
    monkeypatch.setitem(definitions(), "2019-20", replace(cycle, template_versions=forms))
    base = board.plans.get(title="Ownham 2019-20")
    refresh = factories.PlanFactory(
        cycle=base.cycle, boards=[board], template_version="again", attached_to=base
    )
    factories.ContributionFactory(
        plan=refresh,
        financial_year="2019-20",
        funding_source="ibcf",
        contributor=board.authority,
        amount="170",
    )
    said = words(reader.get("/boards/own/years/"))
    assert "2017–18 2019–20 2019–20 (refresh)" in said
    type(refresh).objects.filter(pk=refresh.pk).update(status="submitted")
    said = words(reader.get("/boards/own/years/"))
    assert "2019–20 (before its refresh) 2019–20 (refresh)" in said
    assert "£160 £170" in said
