"""The commands do what their help says, and refuse with a sentence."""

from io import BytesIO, StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from pypdf import PdfReader

from bcf.accounts.models import User
from plans.models import Board, Membership
from tests.factories import BoardFactory, PlanFactory, SpendLineFactory

pytestmark = pytest.mark.django_db

ROLES = {"viewer", "analyst", "editor", "approver"}
EVERYBODY = ROLES | {"administrator", "outsider"}


def said(*command: str) -> str:
    out = StringIO()
    call_command(*command, stdout=out)
    return out.getvalue()


@pytest.fixture
def _debug(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.DEBUG = True
    monkeypatch.delenv("BCF_DEMO_PASSWORD", raising=False)


def test_demo_users_are_refused_without_debug(settings: Any) -> None:
    settings.DEBUG = False
    with pytest.raises(CommandError, match="BCF_DEBUG=1"):
        call_command("create_demo_users", "--password", "x" * 12)
    assert not User.objects.exists()


@pytest.mark.usefixtures("_debug")
def test_one_user_a_role_is_a_member_of_every_board() -> None:
    boards = {BoardFactory(), BoardFactory(), BoardFactory()}
    said("create_demo_users", "--password", "let me in for a try")
    assert set(User.objects.values_list("username", flat=True)) == EVERYBODY
    for role in ROLES:
        memberships = Membership.objects.filter(user__username=role)
        assert {each.board for each in memberships} == boards
        assert {each.role for each in memberships} == {role}
    assert Membership.objects.count() == len(ROLES) * len(boards)
    assert [each.username for each in User.objects.filter(is_superuser=True)] == ["administrator"]
    assert all(user.check_password("let me in for a try") for user in User.objects.all())


@pytest.mark.usefixtures("_debug")
def test_demo_users_made_again_join_the_boards_that_came_since() -> None:
    BoardFactory()
    said("create_demo_users", "--password", "let me in for a try")
    newcomer = BoardFactory()
    said("create_demo_users", "--password", "another password")
    assert newcomer.memberships.count() == len(ROLES)
    assert User.objects.count() == len(EVERYBODY)
    assert User.objects.get(username="viewer").check_password("another password")


@pytest.mark.usefixtures("_debug")
def test_demo_users_that_are_there_are_left_alone_on_request() -> None:
    said("create_demo_users", "--password", "let me in for a try")
    assert "there already" in said("create_demo_users", "--password", "other", "--if-missing")
    assert User.objects.get(username="viewer").check_password("let me in for a try")


@pytest.mark.usefixtures("_debug")
def test_a_password_is_taken_from_the_environment_or_made_up_and_printed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    made_up = said("create_demo_users").split("the password ")[1].split(":")[0]
    assert User.objects.get(username="editor").check_password(made_up)
    monkeypatch.setenv("BCF_DEMO_PASSWORD", "from the environment")
    told = said("create_demo_users")
    assert "from the environment" not in told
    assert User.objects.get(username="editor").check_password("from the environment")


def test_export_plan_writes_a_pdf(tmp_path: Path) -> None:
    plan = PlanFactory(slug="barnet", title="Barnet plan")
    SpendLineFactory(plan=plan, amount="1234.56")
    output = tmp_path / "barnet.pdf"
    told = said("export_plan", "barnet", "--format", "pdf", "--output", str(output))
    assert str(output) in told
    reader = PdfReader(BytesIO(output.read_bytes()))
    assert reader.metadata
    assert reader.metadata.title == "Barnet plan"
    assert "£1,234.56" in "".join(page.extract_text() for page in reader.pages)


def test_export_plan_names_the_plans_that_there_are(tmp_path: Path) -> None:
    PlanFactory(slug="barnet")
    PlanFactory(slug="bexley")
    output = tmp_path / "out.pdf"
    with pytest.raises(
        CommandError, match=r"There is no plan “brent”\. There are: barnet, bexley\."
    ):
        call_command("export_plan", "brent", "--output", str(output))
    assert not output.exists()


@pytest.mark.parametrize("where", ["no/such/folder/out.pdf", "."])
def test_export_plan_says_why_a_file_cannot_be_written(tmp_path: Path, where: str) -> None:
    PlanFactory(slug="barnet")
    output = tmp_path / where
    with pytest.raises(CommandError, match="cannot be written: ") as error:
        call_command("export_plan", "barnet", "--output", str(output))
    assert str(output) in str(error.value)


def test_boards_are_needed_for_nothing_but_memberships() -> None:
    assert not Board.objects.exists()
    with pytest.raises(CommandError, match="There are: none yet"):
        call_command("export_plan", "barnet", "--output", "never-written.pdf")
