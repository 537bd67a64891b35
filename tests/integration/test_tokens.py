"""Personal tokens of the API: made, shown once, used, ended and revoked."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from bcf.accounts.models import Token, User
from tests.factories import PlanFactory, TokenFactory, UserFactory
from tests.factories.membership import MembershipFactory

pytestmark = pytest.mark.django_db
PAGE = "/accounts/tokens/"
MAKE = {"name": "Report in R", "scope": "read", "days": "90"}


@pytest.fixture
def ada() -> User:
    return UserFactory(username="ada")


@pytest.fixture
def page(ada: User, sign_in: Any) -> Client:
    client: Client = sign_in(ada)
    return client


def made_by(page: Client, **more: str) -> str:
    """The text of a new token."""
    response: Any = page.post(PAGE, {**MAKE, **more})
    assert response.status_code == 200
    text: str = response.context["text"]
    assert text in response.content.decode()
    return text


def ask(text: str, path: str = "/api/v1/plans/", **more: Any) -> Any:
    return Client().get(path, headers={"Authorization": f"Bearer {text}"}, **more)


def code_of(response: Any) -> str:
    [error] = response.json()["errors"]
    code: str = error["code"]
    return code


def test_a_token_reads_what_its_person_reads_and_is_shown_once(page: Client, ada: User) -> None:
    draft = PlanFactory(slug="own")
    MembershipFactory(user=ada, board=draft.boards.get(), role="viewer")
    text = made_by(page)

    assert [row["slug"] for row in ask(text).json()["results"]] == ["own"]
    assert text not in page.get(PAGE).content.decode()
    assert text[:15] in page.get(PAGE).content.decode()
    token = Token.objects.get()
    assert text not in str(Token.objects.values())
    assert (token.user, token.name, token.scope) == (ada, "Report in R", "read")
    assert timedelta(days=89) < token.expiry - timezone.now() <= timedelta(days=90)


def test_a_page_with_a_token_is_kept_by_nobody(page: Client) -> None:
    response = page.post(PAGE, MAKE)
    assert "no-store" in response["Cache-Control"]


def test_a_second_token_of_a_name_is_refused_beside_the_name(page: Client) -> None:
    made_by(page)
    response: Any = page.post(PAGE, MAKE)
    assert response.status_code == 400
    assert "You have a token of this name already" in response.context["form"].errors["name"][0]
    made_by(page, name="Another")
    assert Token.objects.count() == 2


@pytest.mark.parametrize("wrong", [{"name": ""}, {"scope": "all"}, {"days": "3650"}, {"days": ""}])
def test_what_cannot_be_is_refused(page: Client, wrong: dict[str, str]) -> None:
    response: Any = page.post(PAGE, {**MAKE, **wrong})
    assert response.status_code == 400
    assert list(response.context["form"].errors) == list(wrong)
    assert not Token.objects.exists()


def test_a_revoked_token_opens_nothing(page: Client) -> None:
    text = made_by(page)
    assert ask(text).status_code == 200
    revoked = page.post(f"{PAGE}{text[:15]}/revoke/")
    assert (revoked.status_code, revoked["Location"]) == (302, PAGE)

    response = ask(text)
    assert (response.status_code, code_of(response)) == (401, "authentication-failed")
    assert response["WWW-Authenticate"] == "Bearer"


def test_nobody_revokes_a_token_of_another(page: Client) -> None:
    token: Any = TokenFactory()
    assert page.post(f"{PAGE}{token.token_key}/revoke/").status_code == 404
    assert ask(token.text).status_code == 200
    assert token.name not in page.get(PAGE).content.decode()


def test_a_token_ends_on_its_day_and_says_so(page: Client) -> None:
    text = made_by(page, days="30")
    with time_machine.travel(timezone.now() + timedelta(days=31), tick=False):
        response = ask(text)
        assert response.status_code == 401
        assert "has ended" in response.json()["errors"][0]["message"]
    Token.objects.update(expiry=timezone.now() - timedelta(days=1))
    assert "Ended on" in page.get(PAGE).content.decode()


def test_who_may_not_sign_in_has_no_token_that_opens(ada: User) -> None:
    token: Any = TokenFactory(user=ada)
    User.objects.filter(pk=ada.pk).update(is_active=False)
    assert ask(token.text).status_code == 401


@pytest.mark.parametrize(
    "text",
    ["", "wrong", "bcf_", "bcf_" + "0" * 64, "bcf_" + "\u00e9" * 64, "a b", "bcf_\0", "' OR 1"],
)
def test_what_is_no_token_is_answered_401(text: str) -> None:
    response = ask(text)
    assert (response.status_code, code_of(response)) == (401, "authentication-failed")
    assert response["WWW-Authenticate"] == "Bearer"


def test_a_wrong_token_is_refused_though_its_sender_is_signed_in(page: Client) -> None:
    wrong = {"Authorization": "Bearer bcf_" + "0" * 64}
    assert page.get("/api/v1/plans/", headers=wrong).status_code == 401
    assert page.get("/api/v1/plans/", headers={"Authorization": "Basic YTpi"}).status_code == 200


def test_a_token_opens_no_page() -> None:
    token: Any = TokenFactory(user=UserFactory(is_superuser=True), scope="write")
    assert ask(token.text).status_code == 200
    for path in ("/", PAGE, "/admin/", "/api/v1/docs/"):
        response = ask(token.text, path)
        assert response.status_code == 302
        assert "login" in response["Location"]


def test_the_last_use_is_shown_to_the_minute(page: Client, ada: User) -> None:
    token: Any = TokenFactory(user=ada)
    assert "Never used" in page.get(PAGE).content.decode()
    with time_machine.travel("2026-03-14T09:30:00Z", tick=False) as clock:
        Token.objects.update(expiry=timezone.now() + timedelta(days=1))
        ask(token.text)
        clock.shift(30)
        ask(token.text)
        token.refresh_from_db()
        assert token.last_used.isoformat() == "2026-03-14T09:30:00+00:00"
        clock.shift(60)
        ask(token.text)
        token.refresh_from_db()
        assert token.last_used.isoformat() == "2026-03-14T09:31:30+00:00"
    assert "Last used on 14 March 2026 at 09:31" in page.get(PAGE).content.decode()


@pytest.fixture
def rates(settings: Any) -> Any:
    cache.clear()
    yield settings.API_RATES
    cache.clear()


def is_throttled(response: Any) -> bool:
    if response.status_code != 429:
        return False
    assert code_of(response) == "throttled"
    assert 0 < int(response["Retry-After"]) <= 60
    return True


def test_a_person_who_asks_too_often_is_told_when_to_ask_again(
    rates: dict[str, str], ada: User
) -> None:
    rates["person"] = "3/min"
    tokens: list[Any] = [TokenFactory(user=ada), TokenFactory(user=ada)]
    answers = [is_throttled(ask(tokens[n % 2].text)) for n in range(5)]
    assert answers == [False, False, False, True, True]
    other: Any = TokenFactory()
    assert ask(other.text).status_code == 200
    with time_machine.travel(timezone.now() + timedelta(seconds=61), tick=False):
        assert ask(tokens[0].text).status_code == 200


def test_an_address_is_throttled_whoever_asks_from_it(rates: dict[str, str]) -> None:
    rates["address"] = "2/min"
    tokens: list[Any] = [TokenFactory() for _ in range(3)]
    assert [is_throttled(ask(each.text)) for each in tokens] == [False, False, True]
    assert ask(tokens[0].text, REMOTE_ADDR="192.0.2.7").status_code == 200
    # What a caller says of itself is not believed.
    said = {"Authorization": f"Bearer {tokens[0].text}", "X-Forwarded-For": "192.0.2.9"}
    assert is_throttled(Client().get("/api/v1/plans/", headers=said))


def test_nobody_signed_in_is_throttled_too(rates: dict[str, str]) -> None:
    rates["address"] = "1/min"
    statuses = [Client().get("/api/v1/plans/").status_code for _ in range(2)]
    assert statuses == [401, 429]


def test_whoever_tries_many_tokens_is_told_to_wait(rates: dict[str, str]) -> None:
    rates["failures"] = "2/min"
    good: Any = TokenFactory()
    statuses = [ask("bcf_" + str(n) * 64).status_code for n in range(4)]
    assert statuses == [401, 401, 429, 429]
    # Colleagues behind the same address go on.
    assert ask(good.text).status_code == 200
