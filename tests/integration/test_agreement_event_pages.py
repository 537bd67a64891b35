"""Pages of an agreement's events: who opens them, what is refused, and two people at once."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from lxml import html

from bcf.accounts.models import User
from bcf.periods import FinancialYear, PartialDate
from governance import actions
from governance.actions import Deed, terms_now
from governance.models import Agreement, AgreementEvent
from plans.models import Board
from tests.factories import (
    AgreementFactory,
    AgreementValueFactory,
    BoardFactory,
    FundingShareFactory,
    MembershipFactory,
    OrganisationFactory,
    PlanFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db
YEAR = FinancialYear(2018)
EVENTS = ("vary", "extend", "end", "supersede")
DEED = {"effective": "1 October 2018", "dated": "20/9/2018", "reason": "Costs rose."}
SignIn = Callable[[User | None], Client]


@pytest.fixture
def board() -> Board:
    return BoardFactory(slug="barnet")


@pytest.fixture
def agreement(board: Board) -> Agreement:
    made: Agreement = AgreementFactory(
        slug="s75",
        title="Community equipment",
        starts="2017-04",
        ends="2021-03",
        arrangement="lead-commissioning",
    )
    made.boards.set([board])
    council, nhs = (OrganisationFactory(key=key, name=key.upper()) for key in ("council", "nhs"))
    made.parties.set([council, nhs])
    AgreementValueFactory(agreement=made, financial_year=YEAR, amount="3642000.00")
    return made


@pytest.fixture
def successor(board: Board) -> Agreement:
    made: Agreement = AgreementFactory(slug="s75-hsci", title="Integration")
    made.boards.set([board])
    return made


@pytest.fixture
def ann(board: Board) -> User:
    user: User = MembershipFactory(board=board, role="editor", user__name="Ann").user
    return user


@pytest.fixture
def page(ann: User, sign_in: SignIn) -> Client:
    return sign_in(ann)


def address(event: str, slug: str = "s75") -> str:
    return f"/agreements/{slug}/{event}/"


def boxes(response: Any) -> dict[str, Any]:
    """What a browser would post of the page: several values of one name as a list."""
    form = next(
        each
        for each in html.fromstring(response.content.decode()).forms
        if each.xpath(".//textarea[@name='reason']")
    )
    filled: dict[str, Any] = {}
    for name, value in form.form_values():
        # A browser leaves out the line break that opens a text area.
        filled.setdefault(name, []).append(value.removeprefix("\n"))
    return {name: values if name == "parties" else values[0] for name, values in filled.items()}


def post(page: Client, event: str, typed: dict[str, Any], old: dict[str, Any] | None = None) -> Any:
    """Open the page, type, and send it; `old` is a page that was opened before."""
    shown = boxes(page.get(address(event))) if old is None else old
    return page.post(address(event), {**shown, **DEED, **typed}, follow=True)


def words(response: Any) -> str:
    return " ".join(html.fromstring(response.content.decode()).text_content().split())


def problems(response: Any) -> list[tuple[str, str]]:
    """The error summary: each sentence, and where its link leads."""
    found = html.fromstring(response.content.decode()).xpath(
        "//*[contains(@class,'govuk-error-summary__list')]//li"
    )
    return [(each.text_content().strip(), "".join(each.xpath(".//a/@href"))) for each in found]


# -- what happens --------------------------------------------------------------------------


def test_an_agreement_is_varied_and_what_changed_is_told(
    agreement: Agreement, ann: User, page: Client
) -> None:
    before = terms_now(agreement)
    nhs = agreement.parties.get(key="nhs")
    response = post(
        page,
        "vary",
        {
            "ends": "March 2022",
            "arrangement": "pooled-fund",
            "parties": [str(nhs.pk)],
            "pooled_2018-19": "£4m",
            "new_year_2": "2019-20",
            "new_amount_2": "4,100,000.50",
        },
    )
    assert response.redirect_chain == [("/agreements/s75/", 302)]
    assert (
        "Varied from 1 October 2018. End: March 2021, now March 2022. "
        "Arrangement: Lead commissioning, now Pooled fund. Parties: COUNCIL; NHS, now NHS. "
        "Pooled fund 2018–19: £3,642,000, now £4,000,000. "
        "Pooled fund 2019–20: not stated, now £4,100,000.50."
    ) in words(response)
    [event] = agreement.events.all()
    assert event.terms_before == before
    after = event.terms_after
    assert (after.ends, after.arrangement, after.parties) == (
        PartialDate(2022, 3),
        "pooled-fund",
        ("nhs",),
    )
    assert after.pooled == {YEAR: Decimal(4_000_000), FinancialYear(2019): Decimal("4100000.50")}
    assert (event.effective, event.deed_date) == (date(2018, 10, 1), date(2018, 9, 20))
    assert (event.reason, event.actor) == ("Costs rose.", ann)


def test_the_page_is_filled_with_what_is_agreed_now(agreement: Agreement, page: Client) -> None:
    response = page.get(address("vary"))
    shown = boxes(response)
    assert shown["ends"] == "March 2021"
    assert shown["arrangement"] == "lead-commissioning"
    assert shown["pooled_2018-19"] == "3,642,000"
    assert {int(key) for key in shown["parties"]} == {each.pk for each in agreement.parties.all()}
    assert "is_open_ended" not in shown
    beside = "What is agreed now Start April 2017 End March 2021 Arrangement Lead commissioning"
    assert beside in words(response)
    assert "Pooled fund 2018–19 £3,642,000" in words(response)


def test_a_year_is_emptied_and_the_end_is_taken_away(agreement: Agreement, page: Client) -> None:
    response = post(page, "vary", {"ends": "", "is_open_ended": "on", "pooled_2018-19": ""})
    assert "End: March 2021, now no end." in words(response)
    assert "Pooled fund 2018–19: £3,642,000, now not stated." in words(response)
    assert terms_now(Agreement.objects.get(slug="s75")).pooled == {}


def test_a_party_joins_of_the_boards_or_of_all(
    agreement: Agreement, board: Board, page: Client
) -> None:
    of_board = FundingShareFactory(board=board, percent=100).commissioner
    elsewhere = OrganisationFactory(key="elsewhere")
    shown = html.fromstring(page.get(address("vary")).content.decode())
    offered = set(shown.xpath("//input[@name='parties']/@value"))
    joining = set(shown.xpath("//select[@name='joining']//option/@value"))
    assert {str(of_board.pk), str(board.authority.pk)} <= offered
    assert str(elsewhere.pk) in joining - offered
    assert not offered & joining

    ticked = [*boxes(page.get(address("vary")))["parties"], str(of_board.pk)]
    post(page, "vary", {"parties": ticked, "joining": str(elsewhere.pk)})
    assert {"council", "nhs", of_board.key, "elsewhere"} == set(
        terms_now(Agreement.objects.get(slug="s75")).parties
    )


def test_an_agreement_is_extended(agreement: Agreement, page: Client) -> None:
    response = post(page, "extend", {"ends": "31 March 2023"})
    assert "Extended from 1 October 2018. End: March 2021, now 31 March 2023." in words(response)
    agreement.refresh_from_db()
    assert agreement.ends == PartialDate(2023, 3, 31)


def test_an_agreement_is_extended_without_end(agreement: Agreement, page: Client) -> None:
    post(page, "extend", {"ends": "", "is_open_ended": "on"})
    agreement.refresh_from_db()
    assert (agreement.is_open_ended, agreement.ends) == (True, "")


def test_an_agreement_is_ended(agreement: Agreement, page: Client) -> None:
    response = post(page, "end", {"last_day": "31/3/2019"})
    assert "Ended from 1 October 2018. End: March 2021, now 31 March 2019." in words(response)


def test_an_agreement_is_superseded_by_one_of_the_same_boards(
    agreement: Agreement, successor: Agreement, page: Client
) -> None:
    AgreementFactory(title="Elsewhere").boards.set([BoardFactory()])
    shown = html.fromstring(page.get(address("supersede")).content.decode())
    labels = [each.text for each in shown.xpath("//select[@name='successor']/option")]
    assert labels == ["—", "Integration"]

    response = post(page, "supersede", {"successor": str(successor.pk)})
    assert (
        "Superseded from 1 October 2018. Superseded by Integration. "
        "End: March 2021, now 30 September 2018."
    ) in words(response)
    assert agreement.events.get().successor == successor


def test_the_latest_event_is_taken_back(agreement: Agreement, page: Client) -> None:
    post(page, "extend", {"ends": "March 2023"})
    event = agreement.events.get()
    shown_on = page.get("/agreements/s75/").content.decode()
    assert [address(each) in shown_on for each in EVENTS] == [True] * 4
    take_back = f"/agreements/s75/events/{event.pk}/take-back/"
    assert take_back in shown_on
    shown = words(page.get(take_back))
    assert "Extended from 1 October 2018, entered by Ann: Costs rose." in shown
    assert "What would be agreed again End: March 2023, now March 2021." in shown

    assert page.post(take_back, {"reason": ""}).status_code == 400
    response = page.post(take_back, {"reason": "Entered twice."}, follow=True)
    assert "Taken back from 1 October 2018. End: March 2023, now March 2021." in words(response)
    assert take_back not in response.content.decode()
    agreement.refresh_from_db()
    assert agreement.ends == PartialDate(2021, 3)
    again = page.post(take_back, {"reason": "Entered twice."})
    assert again.status_code == 400
    assert "Only the latest event of an agreement is taken back." in words(again)


def test_an_event_of_another_agreement_is_not_found(
    agreement: Agreement, successor: Agreement, page: Client
) -> None:
    post(page, "extend", {"ends": "March 2023"})
    number = agreement.events.get().pk
    assert page.get(f"/agreements/s75-hsci/events/{number}/take-back/").status_code == 404
    assert page.get("/agreements/s75/events/999999/take-back/").status_code == 404


def test_looking_changes_nothing(agreement: Agreement, page: Client) -> None:
    for event in EVENTS:
        assert page.get(address(event)).status_code == 200
    assert not AgreementEvent.objects.exists()


# -- what is refused -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("event", "typed", "sentence", "box"),
    [
        ("vary", {"effective": ""}, "“Takes effect on” is empty.", "effective"),
        ("vary", {"effective": "31/2/2018"}, "“31/2/2018” is not a date.", "effective"),
        ("vary", {"effective": "October 2018"}, "“October 2018” is not a date.", "effective"),
        ("vary", {"dated": "soon"}, "“soon” is not a date.", "dated"),
        ("vary", {"reason": " "}, "“Reason” is empty.", "reason"),
        ("vary", {"reason": "x" * 2001}, "Reason", "reason"),
        ("vary", {"ends": "never"}, "“never” is not a date.", "ends"),
        ("vary", {"is_open_ended": "on"}, "Clear one of the two.", "ends"),
        ("vary", {"arrangement": "other"}, "“other”", "arrangement"),
        ("vary", {"pooled_2018-19": "lots"}, "“lots” is not an amount.", "pooled_2018-19"),
        ("vary", {"new_year_1": "2019"}, "“2019” is not a financial year.", "new_year_1"),
        ("vary", {"new_year_1": "2019-20"}, "Give the pooled fund of 2019–20", "new_amount_1"),
        ("vary", {"new_amount_1": "5"}, "Say of which year the amount is", "new_year_1"),
        (
            "vary",
            {"new_year_1": "2018-19", "new_amount_1": "5"},
            "2018–19 has a box already.",
            "new_year_1",
        ),
        (
            "vary",
            {
                "new_year_1": "2019-20",
                "new_amount_1": "5",
                "new_year_3": "2019/20",
                "new_amount_3": "6",
            },
            "2019–20 has a box already.",
            "new_year_3",
        ),
        ("extend", {"ends": ""}, "Give the new end, or tick “It has no end”.", "ends"),
        ("extend", {"is_open_ended": "on"}, "Clear one of the two.", "ends"),
        ("end", {"last_day": ""}, "“Last day” is empty.", "last_day"),
        ("end", {"last_day": "2019"}, "“2019” is not a date.", "last_day"),
        ("supersede", {"successor": ""}, "“Superseded by” is empty.", "successor"),
    ],
)
def test_what_is_wrong_is_named_beside_its_box_and_all_is_kept(
    *,
    agreement: Agreement,
    successor: Agreement,
    page: Client,
    event: str,
    typed: dict[str, str],
    sentence: str,
    box: str,
) -> None:
    response = post(page, event, typed)
    assert response.status_code == 400
    assert not AgreementEvent.objects.exists()
    [(said, link)] = problems(response)
    assert sentence in said
    assert link == f"#id_{box}"
    shown = boxes(response)
    kept = {name: value for name, value in typed.items() if name != "arrangement"}
    assert {name: shown.get(name, "") for name in kept} == kept
    assert "<title>Error: " in response.content.decode()


@pytest.mark.parametrize(
    ("event", "typed", "sentence"),
    [
        ("vary", {}, "Nothing would change."),
        ("vary", {"ends": "March 2016"}, "The end is before the start, April 2017."),
        (
            "vary",
            {"ends": "March 2022", "effective": "31 March 2017"},
            "The agreement starts April 2017. Give a day from then on.",
        ),
        ("extend", {"ends": "March 2021"}, "The agreement ends March 2021. Give a later end"),
        ("end", {"last_day": "1 April 2021"}, "The agreement ends March 2021 already."),
    ],
)
def test_what_may_not_happen_is_refused_and_all_is_kept(
    agreement: Agreement, page: Client, event: str, typed: dict[str, str], sentence: str
) -> None:
    response = post(page, event, typed)
    assert response.status_code == 400
    assert sentence in words(response)
    shown = boxes(response)
    assert {name: shown[name] for name in {**DEED, **typed}} == {**DEED, **typed}
    assert not AgreementEvent.objects.exists()


def test_an_earlier_day_than_that_of_the_latest_event_is_refused(
    agreement: Agreement, page: Client
) -> None:
    post(page, "extend", {"ends": "March 2023"})
    assert "Last changed from 1 October 2018" in words(page.get(address("vary")))
    response = post(page, "end", {"last_day": "31 March 2019", "effective": "30 September 2018"})
    assert "Its terms changed already from 1 October 2018." in words(response)


NO_MONEY = (
    '{"ends": "", "is_open_ended": false, "arrangement": "", "parties": [], '
    '"pooled": {"2017-18": "NaN"}}'
)


@pytest.mark.parametrize(
    "seen",
    [
        *("", "{}", "[]", "null", "1", '{"ends": 1}', "{", "\0", "é"),
        pytest.param(NO_MONEY, id="no money"),
        pytest.param("[" * 100_000, id="too deep"),
    ],
)
def test_a_page_that_did_not_arrive_whole_is_refused(
    agreement: Agreement, page: Client, seen: str
) -> None:
    response = post(page, "vary", {"ends": "March 2022", "seen": seen})
    assert response.status_code == 400
    assert "What was agreed" in problems(response)[0][0]
    assert not AgreementEvent.objects.exists()


# -- two people at once --------------------------------------------------------------------


def test_the_second_of_two_is_told_and_undoes_nothing(
    agreement: Agreement, board: Board, page: Client, sign_in: SignIn
) -> None:
    ben = sign_in(MembershipFactory(board=board, role="editor", user__name="Ben").user)
    hers, his = (boxes(each.get(address("vary"))) for each in (page, ben))
    post(page, "vary", {"ends": "March 2022"}, hers)

    refused = post(ben, "vary", {"pooled_2018-19": "4,000,000"}, his)
    assert refused.status_code == 400
    [(said, _)] = problems(refused)
    assert said.startswith("Somebody changed the terms after you had opened the page")
    assert "End: March 2021, now March 2022." in said
    assert agreement.events.count() == 1
    shown = boxes(refused)
    assert (shown["ends"], shown["pooled_2018-19"]) == ("March 2022", "4,000,000")
    assert shown["reason"] == DEED["reason"]

    assert ben.post(address("vary"), shown).status_code == 302
    now = terms_now(Agreement.objects.get(slug="s75"))
    assert (now.ends, now.pooled[YEAR]) == (PartialDate(2022, 3), Decimal(4_000_000))


def test_what_both_changed_stays_as_the_second_typed_it(agreement: Agreement, page: Client) -> None:
    first, second = (boxes(page.get(address("vary"))) for _ in range(2))
    post(
        page,
        "vary",
        {"pooled_2018-19": "", "new_year_1": "2019-20", "new_amount_1": "7"},
        first,
    )
    refused = post(page, "vary", {"pooled_2018-19": "5", "ends": "2024"}, second)
    shown = boxes(refused)
    assert (shown["pooled_2018-19"], shown["pooled_2019-20"], shown["ends"]) == ("5", "7", "2024")
    page.post(address("vary"), shown)
    now = terms_now(Agreement.objects.get(slug="s75"))
    assert now.pooled == {YEAR: Decimal(5), FinancialYear(2019): Decimal(7)}


@pytest.mark.parametrize(
    ("event", "typed"),
    [("extend", {"ends": "March 2025"}), ("end", {"last_day": "31 March 2019"})],
)
def test_no_event_is_performed_on_terms_that_nobody_saw(
    agreement: Agreement, ann: User, page: Client, event: str, typed: dict[str, str]
) -> None:
    old = boxes(page.get(address(event)))
    deed = Deed(date(2018, 5, 1), "Agreed.")
    actions.agreement_extend(agreement=agreement, ends=PartialDate(2022), deed=deed, by=ann)
    refused = post(page, event, typed, old)
    assert (refused.status_code, agreement.events.count()) == (400, 1)
    assert page.post(address(event), boxes(refused)).status_code == 302
    assert agreement.events.count() == 2


def test_a_change_by_hand_is_not_undone_unseen(agreement: Agreement, page: Client) -> None:
    old = boxes(page.get(address("vary")))
    agreement.arrangement = "pooled-fund"
    agreement.save()
    refused = post(page, "vary", {"ends": "March 2022"}, old)
    assert "Arrangement: Lead commissioning, now Pooled fund." in words(refused)
    assert boxes(refused)["arrangement"] == "pooled-fund"


# -- who -----------------------------------------------------------------------------------


@pytest.mark.parametrize("event", EVENTS)
@pytest.mark.parametrize(
    ("role", "status"),
    [
        ("viewer", 403),
        ("analyst", 403),
        ("editor", 200),
        ("approver", 200),
        ("administrator", 200),
        ("outsider", 403),
        ("editor elsewhere", 403),
        ("anonymous", 302),
    ],
)
def test_who_opens_the_pages(
    *,
    agreement: Agreement,
    board: Board,
    sign_in: SignIn,
    event: str,
    role: str,
    status: int,
    settings: Any,
) -> None:
    settings.PUBLIC_READ = True
    client = sign_in(person(role, board))
    assert client.get(address(event)).status_code == status
    assert client.post(address(event), DEED).status_code == (400 if status == 200 else status)
    assert client.get(address(event, "missing")).status_code == (302 if status == 302 else 404)
    assert not AgreementEvent.objects.exists()


@pytest.mark.parametrize(
    ("role", "status"),
    [("viewer", 403), ("editor", 200), ("administrator", 200), ("outsider", 404)],
)
@pytest.mark.parametrize("event", EVENTS)
def test_of_a_draft_nobody_else_may_know(
    *, agreement: Agreement, board: Board, sign_in: SignIn, event: str, role: str, status: int
) -> None:
    agreement.plan = PlanFactory(boards=[board])
    Agreement.objects.filter(pk=agreement.pk).update(plan=agreement.plan)
    assert sign_in(person(role, board)).get(address(event)).status_code == status


def test_while_its_plan_is_submitted_nothing_is_varied(
    agreement: Agreement, board: Board, page: Client
) -> None:
    plan = PlanFactory(boards=[board], status="submitted")
    Agreement.objects.filter(pk=agreement.pk).update(plan=plan)
    assert page.get(address("vary")).status_code == 403


def person(role: str, board: Board) -> User | None:
    if role == "anonymous":
        return None
    user: User = UserFactory(is_superuser=role == "administrator")
    if role == "editor elsewhere":
        MembershipFactory(user=user, board=BoardFactory(), role="editor")
    elif role not in ("administrator", "outsider"):
        MembershipFactory(user=user, board=board, role=role)
    return user
