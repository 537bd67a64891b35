"""The calendar of a board's agreements: who may subscribe, to which days, and how it is kept."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import timezone
from icalendar import Calendar

from bcf.accounts.models import User
from governance.models import Agreement
from plans.models import Board
from tests.factories import (
    AgreementFactory,
    BoardFactory,
    MembershipFactory,
    PlanFactory,
    TokenFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db
ADDRESS = "/boards/barnet/agreements.ics"


@pytest.fixture
def barnet() -> Board:
    return BoardFactory(slug="barnet", name="Barnet Health and Wellbeing Board")


@pytest.fixture
def member(barnet: Board) -> User:
    user: User = MembershipFactory(board=barnet, role="viewer").user
    return user


def agreed(board: Board, slug: str = "s75-ces", **given: Any) -> Agreement:
    made: Agreement = AgreementFactory(slug=slug, title=slug.upper(), **given)
    made.boards.set([board])
    return made


def subscribe(user: User | None = None, text: str | None = None, **more: Any) -> Any:
    """What a calendar program is answered, which sends no cookie and no header of its own."""
    if user is not None:
        token: Any = TokenFactory(user=user, scope="calendar")
        text = token.text
    return Client().get(ADDRESS, {} if text is None else {"token": text}, **more)


def days(response: Any) -> dict[str, date]:
    assert response.status_code == 200, response.content
    events = Calendar.from_ical(response.content).walk("VEVENT")
    return {str(each["summary"]): each["dtstart"].dt for each in events}


def test_ends_notice_and_reviews_are_days(barnet: Board, member: User) -> None:
    agreed(barnet, ends="2021-03", notice_months=6, review="2020-09-18")
    agreed(barnet, "s75-vcs", ends="2022", notice="2021-10-01", notice_months=3)
    agreed(barnet, "s75-open", is_open_ended=True, starts="2017-04")
    agreed(BoardFactory(), "s75-elsewhere", ends="2021-03")

    assert days(subscribe(member)) == {
        "Review due: S75-CES": date(2020, 9, 18),
        "Last day for notice: S75-CES": date(2020, 9, 30),
        "Ends: S75-CES": date(2021, 3, 31),
        "Notice given: S75-VCS": date(2021, 10, 1),
        "Ends: S75-VCS": date(2022, 12, 31),
    }


def test_a_day_says_where_it_comes_from_and_reminds(barnet: Board, member: User) -> None:
    above = agreed(barnet, ends="2021-03")
    agreed(barnet, "s75-below", parent=above)
    agreed(barnet, "s75-own", parent=above, ends="2020-03")
    [_, event] = Calendar.from_ical(subscribe(member).content).walk("VEVENT")

    assert str(event["uid"]) == "s75-ces-end@better-care-fund-agreements"
    assert str(event["url"]) == "http://testserver/agreements/s75-ces/"
    assert str(event["description"]) == (
        "As entered: March 2021.\nWith it: S75-BELOW.\nBarnet Health and Wellbeing Board"
    )
    assert event["dtstart"].params["VALUE"] == "DATE"
    reminders = [each["trigger"].dt for each in event.walk("VALARM")]
    assert reminders == [timedelta(days=-90), timedelta(days=-30)]
    changed = above.history.latest().history_date.replace(microsecond=0)
    assert (event["dtstamp"].dt, event["sequence"]) == (changed, 1)


def test_a_change_is_a_later_version_of_the_same_day(barnet: Board, member: User) -> None:
    row = agreed(barnet, ends="2021-03")
    [before] = Calendar.from_ical(subscribe(member).content).walk("VEVENT")
    row.ends = "2022-03"
    row.save()
    [after] = Calendar.from_ical(subscribe(member).content).walk("VEVENT")

    assert before["uid"] == after["uid"]
    assert after["sequence"] == before["sequence"] + 1
    assert after["dtstart"].dt == date(2022, 3, 31)


def test_what_its_person_may_not_read_is_not_in_it(barnet: Board, member: User) -> None:
    draft = PlanFactory(boards=[barnet])
    agreed(barnet, "s75-draft", ends="2021-03", plan=draft)
    agreed(barnet, ends="2021-03")

    assert set(days(subscribe(member))) == {"Ends: S75-CES", "Ends: S75-DRAFT"}
    assert set(days(subscribe(UserFactory()))) == {"Ends: S75-CES"}


def test_who_is_signed_in_needs_no_token(barnet: Board, member: User, sign_in: Any) -> None:
    agreed(barnet, ends="2021-03")
    response = sign_in(member).get(ADDRESS)
    assert set(days(response)) == {"Ends: S75-CES"}
    assert response["Content-Type"] == "text/calendar; charset=utf-8"


def test_nobody_signed_in_is_answered_401(barnet: Board) -> None:
    response = subscribe()
    assert (response.status_code, code_of(response)) == (401, "not-authenticated")


def test_everybody_reads_it_while_plans_are_public(barnet: Board, settings: Any) -> None:
    settings.PUBLIC_READ = True
    agreed(barnet, ends="2021-03")
    agreed(barnet, "s75-draft", ends="2021-03", plan=PlanFactory(boards=[barnet]))
    assert set(days(subscribe())) == {"Ends: S75-CES"}


def test_a_board_that_there_is_not(member: User) -> None:
    token: Any = TokenFactory(user=member, scope="calendar")
    response = Client().get("/boards/atlantis/agreements.ics", {"token": token.text})
    assert (response.status_code, code_of(response)) == (404, "not-found")


# -- tokens --------------------------------------------------------------------------------


def code_of(response: Any) -> str:
    [error] = response.json()["errors"]
    code: str = error["code"]
    return code


@pytest.mark.parametrize("scope", ["read", "write"])
def test_a_token_of_the_api_opens_no_calendar(barnet: Board, member: User, scope: str) -> None:
    token: Any = TokenFactory(user=member, scope=scope)
    response = subscribe(text=token.text)
    assert (response.status_code, code_of(response)) == (401, "authentication-failed")
    assert "opens no calendar" in response.json()["errors"][0]["message"]
    # Nor as the API is asked.
    sent = {"Authorization": f"Bearer {token.text}"}
    assert Client().get(ADDRESS, headers=sent).status_code == 401


@pytest.mark.parametrize(
    "path",
    ["", "plans/", "agreements/", "boards/", "data-package.zip", "schema/", "no/such/page"],
)
def test_a_token_of_a_calendar_opens_nothing_of_the_api(member: User, path: str) -> None:
    token: Any = TokenFactory(user=member, scope="calendar")
    sent = {"Authorization": f"Bearer {token.text}"}
    for answer in (
        Client().get(f"/api/v1/{path}", headers=sent),
        Client().post(f"/api/v1/{path}", {}, "application/json", headers=sent),
        Client().get(f"/api/v1/{path}", {"token": token.text}),
    ):
        assert (answer.status_code, list(answer.json())) == (401, ["errors"])
    token.refresh_from_db()
    assert token.last_used is None


def test_a_token_of_a_calendar_opens_no_page(member: User) -> None:
    token: Any = TokenFactory(user=member, scope="calendar")
    for path in ("/", "/boards/barnet/", "/accounts/tokens/", "/admin/"):
        assert Client().get(path, {"token": token.text}).status_code == 302


@pytest.mark.parametrize(
    "text", ["", "wrong", "bcf_", "bcf_" + "0" * 64, "bcf_" + "é" * 64, "a b", "bcf_\0", "' OR 1"]
)
def test_what_is_no_token_is_answered_401(barnet: Board, text: str) -> None:
    response = subscribe(text=text)
    assert (response.status_code, code_of(response)) == (401, "authentication-failed")


def test_a_wrong_token_is_refused_though_its_sender_is_signed_in(
    barnet: Board, member: User, sign_in: Any
) -> None:
    assert sign_in(member).get(ADDRESS, {"token": "bcf_" + "0" * 64}).status_code == 401


def test_a_token_that_has_ended_or_was_revoked_opens_nothing(barnet: Board, member: User) -> None:
    token: Any = TokenFactory(user=member, scope="calendar")
    assert subscribe(text=token.text).status_code == 200
    type(token).objects.update(expiry=timezone.now() - timedelta(days=1))
    assert "has ended" in subscribe(text=token.text).json()["errors"][0]["message"]
    type(token).objects.all().delete()
    assert subscribe(text=token.text).status_code == 401


def test_who_may_not_sign_in_subscribes_no_more(barnet: Board, member: User) -> None:
    token: Any = TokenFactory(user=member, scope="calendar")
    User.objects.filter(pk=member.pk).update(is_active=False)
    assert subscribe(text=token.text).status_code == 401


def test_whoever_tries_many_tokens_is_told_to_wait(
    barnet: Board, member: User, settings: Any
) -> None:
    cache.clear()
    settings.API_RATES["failures"] = "2/min"
    good: Any = TokenFactory(user=member, scope="calendar")
    read: Any = TokenFactory(user=member)
    tried = ["bcf_" + "1" * 64, read.text, "bcf_" + "2" * 64]
    answers = [subscribe(text=text) for text in tried]
    assert [each.status_code for each in answers] == [401, 401, 429]
    assert int(answers[-1]["Retry-After"]) > 0
    assert subscribe(text=good.text).status_code == 200
    cache.clear()


def test_the_last_use_is_kept(barnet: Board, member: User) -> None:
    token: Any = TokenFactory(user=member, scope="calendar")
    subscribe(text=token.text)
    token.refresh_from_db()
    assert token.last_used is not None


# -- how it is kept ------------------------------------------------------------------------


def test_what_is_the_same_is_not_sent_again(barnet: Board, member: User) -> None:
    row = agreed(barnet, ends="2021-03")
    token: Any = TokenFactory(user=member, scope="calendar")
    first = subscribe(text=token.text)
    held = {"headers": {"If-None-Match": first["ETag"]}}
    again = subscribe(text=token.text, **held)
    assert (again.status_code, again.content) == (304, b"")
    row.ends = "2022-03"
    row.save()
    assert subscribe(text=token.text, **held).status_code == 200


def test_nobody_between_keeps_it_and_no_address_leaks(barnet: Board, member: User) -> None:
    response = subscribe(member)
    assert response["Cache-Control"] == "private, no-cache"
    assert response["Referrer-Policy"] == "no-referrer"
    assert b"bcf_" not in response.content
    assert "bcf_" not in str(response.headers)


def test_it_is_read_only(barnet: Board, member: User) -> None:
    token: Any = TokenFactory(user=member, scope="calendar")
    address = f"{ADDRESS}?token={token.text}"
    assert Client().head(address).status_code == 200
    assert Client().post(address).status_code == 403


# -- the page of tokens --------------------------------------------------------------------


def test_a_token_for_calendars_is_shown_as_addresses_of_the_own_boards(
    barnet: Board, member: User, sign_in: Any
) -> None:
    BoardFactory(slug="elsewhere")
    page = sign_in(member)
    offered = page.get("/accounts/tokens/?scope=calendar").content.decode()
    assert "Calendar: only the dates of agreements, for a calendar program" in offered
    made: Any = page.post(
        "/accounts/tokens/", {"name": "Diary", "scope": "calendar", "days": "365"}
    )
    text, shown = made.context["text"], made.content.decode()

    assert f"http://testserver/boards/barnet/agreements.ics?token={text}" in shown
    assert "elsewhere" not in shown
    assert "Authorization: Bearer" not in shown
    assert subscribe(text=text).status_code == 200
    assert text not in page.get("/accounts/tokens/").content.decode()


def test_who_belongs_to_no_board_is_told_how_an_address_is_made(sign_in: Any) -> None:
    page = sign_in(UserFactory())
    made = page.post("/accounts/tokens/", {"name": "Diary", "scope": "calendar", "days": "30"})
    assert "/boards/<i>board</i>/agreements.ics?token=bcf_" in made.content.decode()


def test_the_page_of_a_board_leads_to_it(barnet: Board, member: User, sign_in: Any) -> None:
    shown = sign_in(member).get("/boards/barnet/").content.decode()
    assert 'href="/accounts/tokens/?scope=calendar">Subscribe to these dates</a>' in shown
    assert f'href="{ADDRESS}">These dates as a calendar file</a>' in shown
