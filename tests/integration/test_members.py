"""An approver invites a colleague to a board, who chooses a password, and removes one."""

import re
from collections.abc import Callable
from typing import Any
from unittest import mock

import pytest
from django.core.mail import EmailMessage
from django.test import Client

from bcf.accounts.models import User
from plans.actions import AlreadyMember, LastApprover, NotAllowed, member_invite, member_remove
from plans.models import Board, Membership
from tests.factories import BoardFactory, MembershipFactory, UserFactory

pytestmark = pytest.mark.django_db
SITE = "https://bcf.example.org"


@pytest.fixture
def board() -> Board:
    return BoardFactory()


@pytest.fixture
def approver(board: Board, member: Callable[..., User]) -> User:
    return member("approver", board)


def invite(board: Board, by: User, email: str = "new@example.org", role: str = "editor") -> Any:
    return member_invite(board=board, email=email, name="New Person", role=role, by=by, site=SITE)


def test_a_new_person_becomes_a_member_and_is_written_to(
    board: Board, approver: User, mailoutbox: list[EmailMessage]
) -> None:
    membership = invite(board, approver, "New@Example.org")
    assert (membership.role, membership.user.name) == ("editor", "New Person")
    assert not membership.user.has_usable_password()
    (mail,) = mailoutbox
    assert mail.to == ["new@example.org"]
    assert f"{SITE}/accounts/password-reset/" in mail.body
    assert str(approver) in mail.body


def test_the_invitation_lets_the_person_choose_a_password_and_sign_in_by_e_mail(
    board: Board, approver: User, mailoutbox: list[EmailMessage], client: Client
) -> None:
    invite(board, approver)
    path = re.search(rf"{SITE}(/\S+)", mailoutbox[0].body)
    assert path
    form = client.get(path[1], follow=True)
    assert "Choose a new password" in form.content.decode()
    passwords = dict.fromkeys(("new_password1", "new_password2"), "quiet green heron 71")
    done = client.post(form.request["PATH_INFO"], passwords, follow=True)
    assert done.request["PATH_INFO"] == "/accounts/password-reset/complete/"
    signed_in = client.post(
        "/accounts/login/", {"username": "new@example.org", "password": "quiet green heron 71"}
    )
    assert (signed_in.status_code, signed_in["Location"]) == (302, "/")
    assert "New Person" in client.get("/").content.decode()


def test_an_invitation_works_once(
    board: Board, approver: User, mailoutbox: list[EmailMessage]
) -> None:
    invite(board, approver)
    path = re.search(rf"{SITE}(/\S+)", mailoutbox[0].body)
    assert path
    first = Client()
    form = first.get(path[1], follow=True)
    passwords = dict.fromkeys(("new_password1", "new_password2"), "quiet green heron 71")
    first.post(form.request["PATH_INFO"], passwords)
    again = Client().get(path[1], follow=True)
    assert "This link no longer works" in again.content.decode()


def test_somebody_who_is_here_already_is_told_to_sign_in(
    board: Board, approver: User, mailoutbox: list[EmailMessage]
) -> None:
    there = UserFactory(email="there@example.org")
    there.set_password("a long enough passphrase")
    there.save()
    membership = invite(board, approver, "There@Example.org", role="viewer")
    assert membership.user == there
    assert User.objects.count() == 2
    assert f"{SITE}/accounts/login/" in mailoutbox[0].body
    assert "password-reset" not in mailoutbox[0].body


def test_somebody_invited_twice_before_choosing_a_password_gets_an_address_again(
    board: Board, approver: User, mailoutbox: list[EmailMessage], member: Callable[..., User]
) -> None:
    invite(board, approver)
    second = BoardFactory()
    invite(second, member("approver", second))
    assert "password-reset" in mailoutbox[1].body
    assert Membership.objects.filter(user__email="new@example.org").count() == 2


def test_a_member_is_not_invited_again(
    board: Board, approver: User, mailoutbox: list[EmailMessage]
) -> None:
    invite(board, approver)
    with pytest.raises(AlreadyMember, match="remove the person first"):
        invite(board, approver, "NEW@example.org")
    assert len(mailoutbox) == 1


def test_an_address_that_is_somebodys_user_name_is_refused_in_a_sentence(
    board: Board, approver: User, sign_in: Callable[[User], Client]
) -> None:
    UserFactory(username="new@example.org", email="moved@example.org")
    data = {"name": "New", "email": "new@example.org", "role": "viewer"}
    response = sign_in(approver).post(f"/boards/{board.slug}/members/", data)
    assert response.status_code == 400
    assert "new@example.org cannot be invited." in response.content.decode()


@pytest.mark.parametrize("failure", [OSError("no server"), RuntimeError("template")])
def test_where_the_message_cannot_be_sent_nothing_is_saved(
    board: Board, approver: User, failure: Exception
) -> None:
    with mock.patch("plans.actions.send_mail", side_effect=failure), pytest.raises(type(failure)):
        invite(board, approver)
    assert not User.objects.filter(email="new@example.org").exists()
    assert Membership.objects.count() == 1


def test_the_page_says_that_the_message_could_not_be_sent(
    board: Board, approver: User, sign_in: Callable[[User], Client]
) -> None:
    data = {"name": "New", "email": "new@example.org", "role": "viewer"}
    with mock.patch("plans.actions.send_mail", side_effect=OSError):
        response = sign_in(approver).post(f"/boards/{board.slug}/members/", data)
    assert response.status_code == 400
    page = response.content.decode()
    assert "could not be e-mailed, so nobody was added" in page
    assert 'value="new@example.org"' in page
    assert not User.objects.filter(email="new@example.org").exists()


@pytest.mark.parametrize("role", ["viewer", "analyst", "editor"])
def test_only_an_approver_invites_and_removes(
    board: Board, approver: User, role: str, member: Callable[..., User]
) -> None:
    by = member(role, board)
    with pytest.raises(NotAllowed):
        invite(board, by)
    with pytest.raises(NotAllowed):
        member_remove(membership=approver.memberships.get(), by=by)
    assert board.memberships.count() == 2


def test_an_approver_of_another_board_does_neither(
    board: Board, approver: User, member: Callable[..., User]
) -> None:
    by = member("approver", BoardFactory())
    with pytest.raises(NotAllowed):
        invite(board, by)
    with pytest.raises(NotAllowed):
        member_remove(membership=approver.memberships.get(), by=by)


def test_an_administrator_does_both(board: Board, administrator: User) -> None:
    membership = invite(board, administrator)
    member_remove(membership=membership, by=administrator)
    assert not board.memberships.exists()


def test_the_last_approver_of_a_board_is_not_removed(
    board: Board, approver: User, administrator: User, member: Callable[..., User]
) -> None:
    membership = approver.memberships.get()
    member("editor", board)
    MembershipFactory(role="approver")
    for by in (approver, administrator):
        with pytest.raises(LastApprover, match="Invite another approver"):
            member_remove(membership=membership, by=by)
    member("approver", board)
    member_remove(membership=membership, by=approver)
    assert not Membership.objects.filter(pk=membership.pk).exists()


def test_a_removal_leaves_the_account_and_a_history(
    board: Board, approver: User, member: Callable[..., User]
) -> None:
    leaver = member("viewer", board)
    member_remove(membership=leaver.memberships.get(), by=approver)
    assert User.objects.filter(pk=leaver.pk).exists()
    assert Membership.history.filter(user=leaver).latest("history_id").history_type == "-"


def test_invite_and_remove_through_the_pages(
    board: Board, approver: User, sign_in: Callable[[User], Client], mailoutbox: list[EmailMessage]
) -> None:
    client = sign_in(approver)
    address = f"/boards/{board.slug}/members/"
    data = {"name": "New Person", "email": "new@example.org", "role": "viewer"}
    page = client.post(address, data, follow=True).content.decode()
    assert "New Person is invited. A message went to new@example.org." in page
    assert "http://testserver/accounts/password-reset/" in mailoutbox[0].body
    removal = f"{address}new@example.org/remove/"
    assert "Remove New Person" in client.get(removal).content.decode()
    page = client.post(removal, follow=True).content.decode()
    assert "New Person is no longer a member" in page
    assert client.get(removal).status_code == 404


def test_the_page_refuses_to_remove_the_last_approver(
    board: Board, approver: User, sign_in: Callable[[User], Client]
) -> None:
    response = sign_in(approver).post(f"/boards/{board.slug}/members/{approver.username}/remove/")
    assert response.status_code == 400
    assert "the only approver of this board" in response.content.decode()


def test_the_page_says_beside_the_address_that_the_person_is_a_member(
    board: Board, approver: User, sign_in: Callable[[User], Client]
) -> None:
    data = {"name": "Again", "email": approver.email, "role": "viewer"}
    response = sign_in(approver).post(f"/boards/{board.slug}/members/", data)
    assert response.status_code == 400
    assert "is a member of this board already" in response.content.decode()
