"""The history of a plan as a page and as a file: what changed since when, by whom."""

import csv
import io
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from lxml import html

from bcf.accounts.models import User
from bcf.base.reasons import because
from governance.models import RiskShare
from plans.actions import plan_reopen, plan_submit
from plans.changes import change_set
from plans.choices import ChangeKind
from plans.models import Board, ChangeSet, Plan
from plans.scopes import PLAN_ROWS
from schemes.models import SpendLine
from tests.factories import (
    AgreementEventFactory,
    AgreementFactory,
    AgreementValueFactory,
    BenefitFactory,
    BoardFactory,
    ContributionFactory,
    PlanFactory,
    RiskShareFactory,
    RiskShareTermFactory,
    SchemeFactory,
    SpendLineFactory,
)

pytestmark = pytest.mark.django_db

LONG_AGO = datetime(2026, 1, 5, 9, 0, tzinfo=UTC)
NOW = datetime(2026, 3, 14, 10, 32, tzinfo=UTC)


@pytest.fixture
def board() -> Board:
    return BoardFactory()


@pytest.fixture
def plan(board: Board) -> Plan:
    with time_machine.travel(LONG_AGO, tick=False):
        return PlanFactory(slug="own", title="Own plan", boards=[board])


@pytest.fixture
def ann(board: Board, member: Callable[..., User]) -> User:
    user = member("editor", board)
    user.name = "Ann"
    user.save()
    return user


@pytest.fixture
def viewer(board: Board, member: Callable[..., User], sign_in: Callable[[User], Client]) -> Client:
    return sign_in(member("viewer", board))


def page(client: Client, address: str = "/plans/own/history/") -> Any:
    response = client.get(address)
    assert response.status_code == 200
    return html.fromstring(response.content.decode())


def words(element: Any) -> str:
    return " ".join(element.text_content().split())


def entries(client: Client, query: str = "", slug: str = "own") -> list[str]:
    """The words of each entry, the newest first."""
    found = page(client, f"/plans/{slug}/history/{query}")
    return [words(each) for each in found.find_class("app-entry")]


def set_amount(line: SpendLine, amount: int, by: User, at: datetime = NOW) -> None:
    with time_machine.travel(at, tick=False), because("", by=by):
        line.amount = amount  # type: ignore[assignment]
        line.save()


@pytest.fixture
def line(plan: Plan) -> SpendLine:
    with time_machine.travel(LONG_AGO, tick=False):
        return SpendLineFactory(plan=plan, description="Telecare", amount=1000)


def test_a_change_is_told_with_who_when_and_from_what_to_what(
    viewer: Client, ann: User, line: SpendLine
) -> None:
    set_amount(line, 1200, ann)

    first, *_ = entries(viewer)

    assert first.startswith("14 March 2026, 10:32, Ann Changed spend line Telecare, 2017–18")
    assert "Amount from £1,000 to £1,200" in first


def test_what_no_person_did_was_loaded_from_a_file(viewer: Client, line: SpendLine) -> None:
    assert "5 January 2026, 09:00, Loaded from a file" in entries(viewer)[-1]


def test_a_row_leads_to_where_it_is_found(
    viewer: Client, ann: User, line: SpendLine, sign_in: Callable[[User], Client]
) -> None:
    set_amount(line, 1200, ann)

    def links(client: Client) -> list[str]:
        return [each.get("href") for each in page(client).find_class("app-entry")[0].iter("a")]

    assert links(viewer) == ["/plans/own/spend-lines/"]
    number = line.pk
    assert links(sign_in(ann)) == [
        f"/admin/schemes/spendline/{number}/change/",
        f"/admin/schemes/spendline/{number}/history/",
    ]


def test_what_one_save_wrote_stands_in_one_entry(viewer: Client, ann: User, plan: Plan) -> None:
    with time_machine.travel(NOW, tick=False), because("", by=ann):
        SpendLineFactory.create_batch(3, plan=plan)
    with time_machine.travel(NOW + timedelta(minutes=1), tick=False), because("", by=ann):
        SpendLineFactory(plan=plan)

    found = entries(viewer)

    assert found[0].count("Added spend line") == 1
    assert "3 changes" in found[1]
    assert found[1].count("Added spend line") == 3


def act_on(
    lines: list[SpendLine], by: User, at: datetime = NOW, theme: str = "Enablers"
) -> ChangeSet:
    with (
        time_machine.travel(at, tick=False),
        change_set(
            kind=ChangeKind.BULK,
            words="Set Theme of some spend lines to Enablers",
            scope=PLAN_ROWS,
            model=SpendLine,
            by=by,
        ) as act,
    ):
        for each in lines:
            each.theme = theme
        act.save(lines)
    return act.row


def test_an_act_is_one_entry_with_its_first_rows(viewer: Client, ann: User, plan: Plan) -> None:
    lines = SpendLineFactory.create_batch(8, plan=plan)
    act = act_on(lines, ann)

    (found,) = [each for each in entries(viewer) if "Set Theme" in each]

    assert found.startswith("14 March 2026, 10:32, Ann Set Theme of some spend lines to Enablers")
    assert found.count("Theme from empty to Enablers") == 5
    assert "All 8 rows" in found
    assert f'href="/changes/{act.ref}/"' in viewer.get("/plans/own/history/").content.decode()
    assert not any("Enablers" in each for each in entries(viewer) if "Set Theme" not in each)


def test_an_act_on_two_plans_shows_each_its_own_rows(
    viewer: Client, ann: User, plan: Plan, board: Board
) -> None:
    other = PlanFactory(slug="other", boards=[board])
    act_on([SpendLineFactory(plan=each) for each in (plan, plan, other)], ann)

    (found,) = [each for each in entries(viewer) if "Set Theme" in each]

    assert "Rows of this plan: 2. It changed rows of other plans too." in found
    assert found.count("Theme from empty") == 2


def test_events_stand_among_the_changes_and_are_told_once(
    viewer: Client, plan: Plan, line: SpendLine, administrator: User
) -> None:
    with time_machine.travel(NOW, tick=False):
        plan_submit(plan=plan, by=administrator, note="Agreed by the board.")
    with time_machine.travel(NOW + timedelta(hours=1), tick=False):
        plan_reopen(plan=plan, by=administrator)

    first, second, third, *_ = entries(viewer)

    assert first == "14 March 2026, 11:32, Administrator Reopened"
    assert second == "14 March 2026, 10:32, Administrator Submitted Agreed by the board."
    assert "Telecare" in third
    assert not any("Status from" in each for each in entries(viewer))


# -- what is asked for ---------------------------------------------------------------------


def test_only_what_changed_since_is_shown(viewer: Client, ann: User, line: SpendLine) -> None:
    set_amount(line, 2, ann, NOW)
    set_amount(line, 3, ann, NOW + timedelta(days=3))

    assert len(entries(viewer, "?since=2026-03-14")) == 2
    assert len(entries(viewer, "?since=15/03/2026")) == 1
    assert len(entries(viewer, "?since=2026-03-18")) == 0


@pytest.mark.parametrize(
    ("period", "amounts"), [("today", 1), ("week", 2), ("month", 3), ("", 5), ("bogus", 5)]
)
def test_a_period_starts_with_a_british_day(
    viewer: Client, ann: User, line: SpendLine, period: str, amounts: int
) -> None:
    # Half past midnight in London is still yesterday by the clock of the server.
    now = datetime(2026, 7, 30, 23, 30, tzinfo=UTC)
    for days in (0, 6, 29, 40):
        set_amount(line, 100 + days, ann, now - timedelta(days=days))

    with time_machine.travel(now + timedelta(hours=5), tick=False):
        found = entries(viewer, f"?period={period}&kind=schemes.spendline")

    assert len(found) == amounts


def test_a_period_may_start_with_an_event(
    viewer: Client, ann: User, line: SpendLine, plan: Plan, administrator: User
) -> None:
    set_amount(line, 2, ann, NOW)
    with time_machine.travel(NOW + timedelta(days=1), tick=False):
        plan_submit(plan=plan, by=administrator)
    with time_machine.travel(NOW + timedelta(days=1, hours=1), tick=False):
        plan_reopen(plan=plan, by=administrator)
    set_amount(line, 3, ann, NOW + timedelta(days=2))

    labels = [words(each) for each in page(viewer).xpath("//*[@class='app-periods']//a")]
    assert labels[4:] == [
        "Since it was submitted on 15 March 2026",
        "Since it was reopened on 15 March 2026",
    ]
    found = entries(viewer, "?period=reopened")
    assert ["£3" in each for each in found] == [True, False]
    assert not any("£2 " in each for each in found[1:])


def test_only_what_somebody_did_is_shown(
    viewer: Client, ann: User, line: SpendLine, board: Board, member: Callable[..., User]
) -> None:
    bob = member("editor", board)
    set_amount(line, 2, ann)
    set_amount(line, 3, bob)

    assert ["£3" in each for each in entries(viewer, f"?by={bob.pk}")] == [True]
    assert ["£2" in each for each in entries(viewer, f"?by={ann.pk}")] == [True]
    assert all("Loaded from a file" in each for each in entries(viewer, "?by=0"))
    offered = page(viewer).xpath("//*[@id='by']/option")
    assert [words(each) for each in offered] == [
        "Everybody",
        "Ann",
        "Loaded from a file",
        str(bob),
    ]


def test_only_one_kind_of_row_is_shown(
    viewer: Client, ann: User, line: SpendLine, plan: Plan
) -> None:
    ContributionFactory(plan=plan)
    act_on([line], ann)

    found = entries(viewer, "?kind=schemes.spendline")

    assert ["Set Theme" in each for each in found] == [True, False]
    assert not any("contribution" in each for each in found)
    assert [words(each) for each in page(viewer).xpath("//*[@id='kind']/option")] == [
        "All",
        "Contributions",
        "Plans",
        "Spend lines",
    ]
    assert len(entries(viewer, "?kind=plans.contribution")) == 1
    assert len(entries(viewer, "?kind=accounts.user")) == len(entries(viewer))


def test_a_date_that_there_is_not_is_named_and_stays(viewer: Client, line: SpendLine) -> None:
    found = page(viewer, "/plans/own/history/?since=31/02/2026")

    assert "give a date that there is" in words(found.find_class("govuk-error-summary")[0])
    assert found.xpath("//input[@name='since']")[0].get("value") == "31/02/2026"
    assert len(found.find_class("app-entry")) == len(entries(viewer))


def test_periods_keep_whom_was_asked_for(viewer: Client, ann: User, line: SpendLine) -> None:
    set_amount(line, 2, ann)
    found = page(viewer, f"/plans/own/history/?by={ann.pk}&period=month&page=2")

    addresses = [each.get("href") for each in found.xpath("//*[@class='app-periods']//a")]
    assert addresses[1] == f"?by={ann.pk}&period=today"
    assert found.xpath("//*[@class='app-periods']//a[@aria-current]")[0].text_content() == "30 days"
    assert found.xpath("//input[@name='period']")[0].get("value") == "month"


def test_nothing_found_is_said(viewer: Client, plan: Plan) -> None:
    found = page(viewer, "/plans/own/history/?since=2030-01-01")

    assert "Nothing changed that fits what you asked for." in words(found)


# -- who may see what ----------------------------------------------------------------------


@pytest.fixture
def family(board: Board) -> dict[str, Plan]:
    """A joint draft with an own part and another board's part."""
    joint = PlanFactory(slug="joint", title="Joint plan", boards=[board, BoardFactory()])
    return {
        "joint": joint,
        "part": PlanFactory(slug="part", title="Own part", boards=[board], part_of=joint),
        "sibling": PlanFactory(
            slug="sibling", title="Other part", boards=[joint.boards.last()], part_of=joint
        ),
    }


def test_parts_stand_with_the_joint_plan_under_their_names(
    viewer: Client, family: dict[str, Plan]
) -> None:
    for name, each in family.items():
        SpendLineFactory(plan=each, description=f"Line of {name}")

    found = " ".join(entries(viewer, slug="joint"))

    assert "Line of joint, 2017–18 in Joint plan" in found
    assert "Line of part, 2017–18 in Own part" in found
    assert "Line of sibling, 2017–18 in Other part" in found
    assert "Line of joint" not in " ".join(entries(viewer, slug="part"))


@pytest.mark.usefixtures("line")
def test_a_history_of_drafts_is_for_those_who_read_the_drafts(
    plan: Plan,
    outsider: User,
    administrator: User,
    member: Callable[..., User],
    sign_in: Callable[[User | None], Client],
) -> None:
    Plan.objects.filter(pk=plan.pk).update(status="submitted")
    elsewhere = sign_in(member("approver", BoardFactory()))

    assert elsewhere.get("/plans/own/").status_code == 200
    for client in (elsewhere, sign_in(outsider)):
        assert client.get("/plans/own/history/").status_code == 404
        assert client.get("/plans/own/history.csv").status_code == 404
        assert "What changed" not in client.get("/plans/own/").content.decode()
    assert "What changed" in sign_in(administrator).get("/plans/own/").content.decode()
    assert sign_in(None).get("/plans/own/history/").status_code == 302


def test_a_risk_share_of_an_agreement_that_one_may_not_read_is_left_out(
    viewer: Client, plan: Plan
) -> None:
    theirs = AgreementFactory(plan=PlanFactory(), title="Theirs")
    RiskShareFactory(plan=plan, agreement=theirs, rule="Secret rule")
    RiskShareFactory(plan=plan, rule="Own rule")

    found = " ".join(entries(viewer))

    assert RiskShare.objects.count() == 2
    assert ("Secret rule" in found, "Own rule" in found) == (False, True)


def test_rows_of_an_agreement_stand_with_the_plan_that_carries_it(
    viewer: Client, plan: Plan
) -> None:
    agreement = AgreementFactory(plan=plan, title="The pool")
    value = AgreementValueFactory(agreement=agreement, amount=77)
    AgreementValueFactory(amount=88)
    agreement_number = agreement.pk
    value.delete()
    agreement.delete()

    found = " ".join(entries(viewer))

    assert agreement_number
    assert "Removed agreement “The pool”" in found
    assert "£77" in found
    assert "£88" not in found


def test_terms_and_events_of_what_a_plan_carries_stand_with_the_plan(
    viewer: Client, plan: Plan
) -> None:
    theirs = PlanFactory()
    for carrier, title in ((plan, "The pool"), (theirs, "Their pool")):
        agreement = AgreementFactory(plan=carrier, title=title)
        AgreementEventFactory(agreement=agreement, reason=f"Why {title} lasts")
        rule = RiskShareFactory(plan=carrier, rule=f"Rule of {title}")
        RiskShareTermFactory(risk_share=rule, organisation__name=f"Partner in {title}")

    found = " ".join(entries(viewer))
    lines = rows_of(viewer)

    assert "Extended: The pool" in found
    assert "Why The pool lasts" in found
    assert "Added partner’s share of a risk “Partner in The pool: Rule of The pool”" in found
    assert "Their pool" not in found
    [event] = [line for line in lines if line["what"] == "Extended"]
    assert (event["plan"], event["kind of row"], event["row"]) == ("own", "agreement", "The pool")
    plans = {line["plan"] for line in lines if line["row"].startswith("Partner")}
    assert plans == {"own"}


# -- as a file -----------------------------------------------------------------------------


def rows_of(client: Client, query: str = "") -> list[dict[str, str]]:
    response: Any = client.get(f"/plans/own/history.csv{query}")
    assert response.status_code == 200
    assert response["Content-Disposition"] == 'attachment; filename="own-history.csv"'
    text = b"".join(response.streaming_content).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text)))


def test_the_file_has_a_line_for_each_field_that_changed(
    viewer: Client, ann: User, line: SpendLine, administrator: User
) -> None:
    set_amount(line, 1200, ann)
    act_on([line], ann, NOW + timedelta(minutes=1))
    with time_machine.travel(NOW + timedelta(days=1), tick=False):
        plan_submit(plan=line.plan, by=administrator, note="=1+1")

    event, themed, changed, *_ = rows_of(viewer)

    assert changed == {
        "at": "2026-03-14 10:32:00",
        "by": "Ann",
        "plan": "own",
        "kind of row": "spend line",
        "ref": line.ref,
        "row": "Telecare, 2017–18",
        "version": "2",
        "what": "Changed",
        "field": "Amount",
        "from": "£1,000",
        "to": "£1,200",
        "as part of": "",
    }
    assert (themed["field"], themed["as part of"]) == (
        "Theme",
        "Set Theme of some spend lines to Enablers",
    )
    assert (event["what"], event["to"], event["by"]) == ("Submitted", "'=1+1", "Administrator")


def test_the_file_holds_what_was_asked_for(viewer: Client, ann: User, line: SpendLine) -> None:
    set_amount(line, 1200, ann)

    assert [row["to"] for row in rows_of(viewer, f"?by={ann.pk}")] == ["£1,200"]
    address = page(viewer, f"/plans/own/history/?by={ann.pk}").xpath("//a[contains(@href, 'csv')]")[
        0
    ]
    assert address.get("href") == f"/plans/own/history.csv?by={ann.pk}"


# -- many rows -----------------------------------------------------------------------------


def test_pages_hold_fifty_changes(viewer: Client, ann: User, line: SpendLine) -> None:
    for number in range(60):
        set_amount(line, number + 1, ann, NOW + timedelta(minutes=number))

    found = page(viewer, "/plans/own/history/?kind=schemes.spendline")
    assert len(found.find_class("app-entry")) == 50
    assert "61 changes found, page 1 of 2" in words(found)
    assert len(entries(viewer, "?kind=schemes.spendline&page=2")) == 11
    assert len(entries(viewer, "?kind=schemes.spendline&page=99")) == 11


def test_the_number_of_queries_is_pinned(
    viewer: Client, ann: User, family: dict[str, Plan], monkeypatch: pytest.MonkeyPatch
) -> None:
    # One page holds all, so that the same kinds stand on it.
    monkeypatch.setattr("bcf.reporting.history_views.PAGE_SIZE", 1000)

    def fill(rows: int) -> None:
        for each in family.values():
            SpendLineFactory.create_batch(rows, plan=each)
            scheme = SchemeFactory(plan=each)
            for _ in range(rows):
                benefit = BenefitFactory(plan=each)
                benefit.schemes.add(scheme)
                benefit.delete()
        for each in SpendLine.objects.filter(plan=family["part"]).select_related("plan__cycle"):
            act_on([each], ann, theme=f"Theme {rows}")

    def count(address: str) -> int:
        with CaptureQueriesContext(connection) as captured:
            assert viewer.get(address).status_code == 200
        return len(captured)

    addresses = ("/plans/joint/history/", "/plans/joint/history/?kind=schemes.spendline")
    fill(1)
    few = [count(each) for each in addresses]
    fill(6)
    many = [count(each) for each in addresses]

    assert many == few == [37, 23]
