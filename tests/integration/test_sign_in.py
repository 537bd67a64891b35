"""Signing in and out, the lock-out, and passwords, through the pages."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.core.mail import EmailMessage
from django.test import Client
from django.utils import timezone

from bcf.accounts.models import User
from tests.factories import PASSWORD, UserFactory

pytestmark = pytest.mark.django_db
LOGIN = "/accounts/login/"
NEW = "quiet green heron 71"


@pytest.fixture
def ada() -> User:
    return UserFactory(username="Ada", email="ada@example.org")


def attempt(client: Client, username: str, password: str = PASSWORD, **extra: Any) -> Any:
    return client.post(LOGIN, {"username": username, "password": password, **extra})


@pytest.mark.parametrize(
    "typed", ["Ada", "ada", "ADA", "ada@example.org", "Ada@Example.ORG", "ADA@EXAMPLE.ORG"]
)
def test_people_sign_in_by_user_name_or_e_mail_in_capitals_or_not(
    ada: User, client: Client, typed: str
) -> None:
    response = attempt(client, typed)
    assert (response.status_code, response["Location"]) == (302, "/")
    assert client.get("/").context["user"] == ada


@pytest.mark.parametrize("typed", ["nobody", "", "ada@example", "ada@example.org.uk"])
def test_who_is_not_known_is_not_signed_in(ada: User, client: Client, typed: str) -> None:
    response = attempt(client, typed)
    assert response.status_code == 200
    assert "_auth_user_id" not in client.session


def test_people_without_an_e_mail_address_are_not_found_by_an_empty_one(client: Client) -> None:
    UserFactory(email="")
    UserFactory(email="")
    assert attempt(client, " ").status_code == 200


def test_a_wrong_password_and_an_unknown_name_read_the_same(ada: User, client: Client) -> None:
    def errors(username: str) -> list[str]:
        return list(attempt(client, username, "wrong").context["form"].non_field_errors())

    assert errors("ada") == errors("nobody")
    assert len(errors("ada")) == 1


def test_a_user_name_that_is_anothers_e_mail_address_keeps_neither_out() -> None:
    by_name = UserFactory(username="shared@example.org", email="first@example.org")
    by_mail = UserFactory(username="second", email="shared@example.org")
    for typed, who in (("shared@example.org", by_name), ("second", by_mail)):
        client = Client()
        assert attempt(client, typed).status_code == 302
        assert client.get("/").context["user"] == who


def test_a_retired_account_does_not_sign_in(client: Client) -> None:
    UserFactory(username="gone", is_active=False)
    assert attempt(client, "gone").status_code == 200
    assert "_auth_user_id" not in client.session


def test_after_signing_in_one_is_where_one_wanted_to_go(ada: User, client: Client) -> None:
    response = attempt(client, "ada", next="/plans/barnet/")
    assert response["Location"] == "/plans/barnet/"


def test_another_site_is_never_where_one_is_sent(ada: User, client: Client) -> None:
    assert attempt(client, "ada", next="https://evil.example.com/")["Location"] == "/"


def test_signing_out_needs_a_post_and_ends_the_session(
    ada: User, sign_in: Callable[[User], Client]
) -> None:
    client = sign_in(ada)
    assert client.get("/accounts/logout/").status_code == 405
    assert client.get("/").status_code == 200
    assert client.post("/accounts/logout/").status_code == 302
    assert client.get("/")["Location"] == f"{LOGIN}?next=/"


# -- lock-out ------------------------------------------------------------------------------


def test_five_wrong_passwords_close_the_door_and_the_page_says_what_to_do(
    ada: User, client: Client
) -> None:
    answers = [attempt(client, "ada", f"wrong {n}") for n in range(5)]
    assert [answer.status_code for answer in answers] == [200, 200, 200, 200, 429]
    locked = attempt(client, "ada")
    assert locked.status_code == 429
    page = locked.content.decode()
    assert "Wait 15 minutes, then try again" in page
    assert "/accounts/password-reset/" in page
    assert "_auth_user_id" not in client.session


def test_four_wrong_passwords_do_not(ada: User, client: Client) -> None:
    for n in range(4):
        attempt(client, "ada", f"wrong {n}")
    assert attempt(client, "ada").status_code == 302


def test_signing_in_forgets_the_wrong_passwords_before(ada: User, client: Client) -> None:
    for _ in range(2):
        for n in range(4):
            attempt(client, "ada", f"wrong {n}")
        assert attempt(client, "ada").status_code == 302
        client.post("/accounts/logout/")


def test_another_person_at_the_same_address_is_not_locked_out(ada: User, client: Client) -> None:
    UserFactory(username="bea")
    for n in range(6):
        attempt(client, "ada", f"wrong {n}")
    assert attempt(client, "bea").status_code == 302


def test_other_capitals_and_the_e_mail_address_are_not_five_more_guesses(
    ada: User, client: Client
) -> None:
    names = ["ada", "Ada", "ADA", "ada@example.org", "Ada@Example.org"]
    for name in names:
        attempt(client, name, "wrong")
    assert attempt(client, "ada").status_code == 429


def test_the_door_opens_again_after_a_quarter_of_an_hour(ada: User, client: Client) -> None:
    for n in range(5):
        attempt(client, "ada", f"wrong {n}")
    with time_machine.travel(timezone.now() + timedelta(minutes=15, seconds=5), tick=True):
        assert attempt(client, "ada").status_code == 302


# -- passwords -----------------------------------------------------------------------------


def test_a_password_is_changed_on_the_page(ada: User, sign_in: Callable[[User], Client]) -> None:
    client = sign_in(ada)
    passwords = {"old_password": PASSWORD, "new_password1": NEW, "new_password2": NEW}
    done = client.post("/accounts/password-change/", passwords, follow=True)
    assert done.request["PATH_INFO"] == "/accounts/password-change/done/"
    assert client.get("/").status_code == 200, "still signed in"
    assert attempt(Client(), "ada", NEW).status_code == 302
    assert attempt(Client(), "ada", PASSWORD).status_code == 200


@pytest.mark.parametrize("weak", ["short", "password1234", "123456789012345", "ada@example.org"])
def test_a_weak_password_is_refused_with_the_reason(
    ada: User, sign_in: Callable[[User], Client], weak: str
) -> None:
    passwords = {"old_password": PASSWORD, "new_password1": weak, "new_password2": weak}
    page = sign_in(ada).post("/accounts/password-change/", passwords)
    assert page.context["form"].errors
    ada.refresh_from_db()
    assert ada.check_password(PASSWORD)


def test_a_forgotten_password_is_chosen_anew_by_the_address_in_a_message(
    ada: User, client: Client, mailoutbox: list[EmailMessage]
) -> None:
    sent = client.post("/accounts/password-reset/", {"email": "ADA@example.org"}, follow=True)
    assert sent.request["PATH_INFO"] == "/accounts/password-reset/sent/"
    (mail,) = mailoutbox
    assert mail.to == ["ada@example.org"]
    path = re.search(r"http://testserver(/\S+)", mail.body)
    assert path
    form = client.get(path[1], follow=True)
    address = form.request["PATH_INFO"]
    assert "Referrer-Policy" in form
    wrong = client.post(address, {"new_password1": NEW, "new_password2": "another"})
    assert wrong.context["form"].errors
    client.post(address, {"new_password1": NEW, "new_password2": NEW})
    assert attempt(Client(), "ada", NEW).status_code == 302
    assert "no longer works" in Client().get(path[1], follow=True).content.decode()


def test_an_unknown_address_reads_the_same_and_nothing_is_sent(
    ada: User, client: Client, mailoutbox: list[EmailMessage]
) -> None:
    known = client.post("/accounts/password-reset/", {"email": "ada@example.org"}, follow=True)
    unknown = client.post("/accounts/password-reset/", {"email": "no@example.org"}, follow=True)
    assert unknown.request["PATH_INFO"] == known.request["PATH_INFO"]
    assert len(mailoutbox) == 1


def test_the_address_works_no_longer_after_three_days(
    ada: User, client: Client, mailoutbox: list[EmailMessage]
) -> None:
    client.post("/accounts/password-reset/", {"email": "ada@example.org"})
    path = re.search(r"http://testserver(/\S+)", mailoutbox[0].body)
    assert path
    with time_machine.travel(timezone.now() + timedelta(days=3, minutes=1), tick=True):
        assert "no longer works" in client.get(path[1], follow=True).content.decode()


def test_passwords_are_stored_hashed(ada: User) -> None:
    assert PASSWORD not in ada.password


def test_users_made_without_a_password_cannot_sign_in(client: Client) -> None:
    user = User.objects.create_user("new", "new@example.org")
    assert not user.has_usable_password()
    for typed in ("", "!", user.password):
        assert attempt(client, "new", typed).status_code == 200


def test_a_super_user_is_an_administrator() -> None:
    made = User.objects.create_superuser("root", "root@example.org", PASSWORD)
    assert made.is_administrator
    made.is_active = False
    assert not made.is_administrator


def test_a_part_of_a_page_leads_the_whole_page_to_the_sign_in(client: Client) -> None:
    to_sign_in = f"{LOGIN}?next=/boards/one/%3Fyear%3D2015-16"
    address = "/boards/one/?year=2015-16"
    part = client.get(address, headers={"HX-Request": "true"})
    assert (part.status_code, part["HX-Redirect"], part.content) == (200, to_sign_in, b"")
    whole: Any = client.get(address)
    assert (whole.status_code, whole["Location"]) == (302, to_sign_in)
    headers = {"HX-Request": "true", "HX-History-Restore-Request": "true"}
    restored: Any = client.get(address, headers=headers)
    assert (restored.status_code, restored["Location"]) == (302, to_sign_in)
