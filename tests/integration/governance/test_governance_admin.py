"""The admin of governance: seen and changed by whom it may be, without a query a row."""

import html
from collections.abc import Callable
from typing import Any

import pytest
from django.apps import apps
from django.db import connection, models
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from bcf.accounts.models import User
from bcf.admin import site
from bcf.files.reading import read_table
from governance.models import (
    Agreement,
    AgreementEvent,
    AgreementNote,
    AgreementValue,
    PrintedFigure,
    ReportPassage,
    Risk,
)
from governance.report_forms import SECTION_75
from governance.resources import AgreementResource
from governance.targets import risk_share_key
from tests.factories.agreement import AgreementFactory
from tests.factories.agreement_event import AgreementEventFactory
from tests.factories.agreement_value import AgreementValueFactory
from tests.factories.board import BoardFactory
from tests.factories.organisation import OrganisationFactory
from tests.factories.plan import PlanFactory
from tests.factories.printed_figure import PrintedFigureFactory
from tests.factories.report_passage import ReportPassageFactory
from tests.factories.risk import RiskFactory
from tests.factories.risk_share import RiskShareFactory
from tests.factories.scheme import SchemeFactory

pytestmark = pytest.mark.django_db

SignIn = Callable[[User | None], Client]
Member = Callable[..., User]


def address(model: type[models.Model], page: str, *args: Any) -> str:
    return reverse(f"admin:governance_{model._meta.model_name}_{page}", args=args)


def test_every_model_has_its_admin() -> None:
    rows = [
        model
        for model in apps.get_app_config("governance").get_models()
        if not model.__name__.startswith("Historical")
    ]
    assert [model for model in rows if not site.is_registered(model)] == []


def test_an_agreement_is_changed_by_editors_of_one_of_its_boards(
    sign_in: SignIn, member: Member
) -> None:
    own, other = BoardFactory(), BoardFactory()
    agreement = AgreementFactory(boards=[own, BoardFactory()])
    page = address(Agreement, "change", agreement.pk)
    ours = sign_in(member("editor", own)).get(page)
    assert ours.status_code == 200
    assert b'name="_save"' in ours.content
    theirs = sign_in(member("editor", other))
    assert b'name="_save"' not in theirs.get(page).content
    assert theirs.post(page, {"title": "Taken over"}).status_code == 403
    agreement.refresh_from_db()
    assert agreement.title != "Taken over"


def test_an_agreement_offers_the_schemes_of_its_plan_and_of_the_parts_of_that(
    sign_in: SignIn, member: Member
) -> None:
    board = BoardFactory()
    joint = PlanFactory(boards=[board, BoardFactory()])
    part = PlanFactory(boards=[board], part_of=joint)
    for plan, name in ((joint, "Joint"), (part, "Of the part"), (PlanFactory(), "Elsewhere")):
        SchemeFactory(plan=plan, name=name)
    client = sign_in(member("editor", board))

    for plan in (joint, part, None):
        agreement = AgreementFactory(boards=[board], plan=plan)
        page = client.get(address(Agreement, "change", agreement.pk)).content.decode()
        assert "What regulation 7 asks" in page
        assert ("Of the part" in page, "Elsewhere" in page) == (plan is not None, False)


def test_a_file_links_an_agreement_to_schemes_of_its_own_plan_alone(administrator: User) -> None:
    plan = PlanFactory(slug="own")
    part, other = PlanFactory(slug="part", part_of=plan), PlanFactory(slug="other")
    for each in (plan, part, other):
        SchemeFactory(plan=each, ref="homes")
    AgreementFactory(slug="pool", plan=plan)
    AgreementFactory(slug="alone")

    def errors(slug: str, schemes: str) -> list[str]:
        content = f"slug,schemes\n{slug},{schemes}\n".encode()
        outcome = AgreementResource(administrator).check(read_table("rows.csv", content))
        return [each.sentence for each in outcome.errors]

    assert errors("pool", "homes; part:homes") == []
    [refused] = errors("pool", "other:homes")
    assert refused.startswith("Of no part of")
    [refused] = errors("alone", "own:homes")
    assert refused == "No plan carries the agreement, so it carries no schemes."


def test_rules_in_files_are_named_by_what_they_belong_to() -> None:
    plan, board = PlanFactory(slug="own"), BoardFactory(slug="area")
    agreement = AgreementFactory(slug="pool", boards=[board])
    for named, key in (
        ({"plan": plan}, "own:rule"),
        ({"plan": plan, "agreement": agreement}, "own:pool:rule"),
        ({"plan": None, "agreement": agreement}, ":pool:rule"),
        ({"plan": None, "board": board}, "::area:rule"),
    ):
        assert risk_share_key(RiskShareFactory(ref="rule", **named)) == key


def test_an_event_of_an_agreement_tells_its_terms_in_words(sign_in: SignIn, member: Member) -> None:
    board = BoardFactory()
    council = OrganisationFactory(name="The Council")
    event = AgreementEventFactory(
        agreement=AgreementFactory(boards=[board]),
        successor=AgreementFactory(plan=PlanFactory(), title="Not to be known"),
        after={
            "ends": "",
            "is_open_ended": True,
            "arrangement": "pooled-fund",
            "parties": [council.key],
            "pooled": {"2017-18": "1000.00"},
        },
    )
    client = sign_in(member("editor", board))
    page = client.get(address(AgreementEvent, "change", event.pk)).content.decode()

    assert "Ends: 2017; arrangement: not stated; parties: not stated" in page
    after = "Ends: no end; arrangement: Pooled fund; parties: The Council; pooled fund 2017–18: £1"
    assert after in page
    assert "Not to be known" not in page


def test_a_section_of_a_report_says_what_belongs_there(sign_in: SignIn, member: Member) -> None:
    passage = ReportPassageFactory()
    client = sign_in(member("editor", passage.board))
    page = html.unescape(client.get(address(ReportPassage, "change", passage.pk)).content.decode())
    section = SECTION_75.written[passage.section]
    assert section.holds in page
    assert section.label in page


def test_an_agreement_of_another_boards_draft_is_not_found(sign_in: SignIn, member: Member) -> None:
    board = BoardFactory()
    agreement = AgreementFactory(boards=[board], plan=PlanFactory(boards=[board]))
    value = AgreementValueFactory(agreement=agreement)
    theirs = sign_in(member("editor", BoardFactory()))
    assert theirs.get(address(Agreement, "change", agreement.pk)).status_code == 404
    assert theirs.get(address(AgreementValue, "change", value.pk)).status_code == 404
    assert (
        sign_in(member("editor", board))
        .get(address(AgreementValue, "change", value.pk))
        .status_code
        == 200
    )


def test_a_note_and_a_risk_are_added_to_own_boards_alone(sign_in: SignIn, member: Member) -> None:
    own, other = BoardFactory(), BoardFactory()
    client = sign_in(member("editor", own))
    for board, saved in ((other, 0), (own, 1)):
        note = {"board": board.pk, "kind": "risk", "text": "Money is short."}
        client.post(address(AgreementNote, "add"), note)
        assert AgreementNote.objects.count() == saved
        client.post(address(Risk, "add"), {"board": board.pk, "title": "Money is short."})
        assert Risk.objects.count() == saved


def test_a_row_without_plan_and_board_is_told_so(sign_in: SignIn, member: Member) -> None:
    client = sign_in(member("editor", BoardFactory()))
    answer = client.post(address(Risk, "add"), {"title": "Nowhere"})
    assert b"Choose the plan or the board it belongs to." in answer.content
    assert b"Nowhere" in answer.content
    assert not Risk.objects.exists()


def test_a_row_of_a_submitted_plan_is_read_only(sign_in: SignIn, member: Member) -> None:
    board = BoardFactory()
    figure = PrintedFigureFactory(plan=PlanFactory(boards=[board], status="submitted"))
    client = sign_in(member("editor", board))
    page = address(PrintedFigure, "change", figure.pk)
    assert b'name="_save"' not in client.get(page).content
    assert client.post(page, {"measure": "changed"}).status_code == 403


@pytest.mark.parametrize(
    ("model", "make"), [(Risk, RiskFactory), (PrintedFigure, PrintedFigureFactory)]
)
def test_a_list_asks_as_often_for_ten_rows_as_for_one(
    model: type[models.Model], make: Any, sign_in: SignIn, administrator: User
) -> None:
    client, page = sign_in(administrator), address(model, "changelist")
    asked = []
    for more in (1, 9):
        make.create_batch(more)
        client.get(page)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(page).status_code == 200
        asked.append(len(queries))
    assert asked[0] == asked[1]
