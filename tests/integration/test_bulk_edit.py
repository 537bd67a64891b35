"""Setting a field of ticked rows, and removing them: one act, all or none, undone by one."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from lxml import html

from bcf.accounts.models import User
from plans.models import Board, ChangeSet, Organisation, Plan
from schemes.models import SpendLine
from tests.factories import (
    BoardFactory,
    ContributionFactory,
    CycleFactory,
    MembershipFactory,
    MetricFactory,
    MetricValueFactory,
    OrganisationFactory,
    PlanFactory,
    SchemeFactory,
    SpendLineFactory,
)

pytestmark = pytest.mark.django_db

LIST = reverse("admin:schemes_spendline_changelist")


@pytest.fixture
def board() -> Board:
    return BoardFactory()


@pytest.fixture
def plan(board: Board) -> Plan:
    return PlanFactory(slug="own", title="Own plan", boards=[board])


@pytest.fixture
def ann(board: Board, member: Callable[..., User]) -> User:
    return member("editor", board)


@pytest.fixture
def client(ann: User, sign_in: Callable[[User], Client]) -> Client:
    return sign_in(ann)


def words(element: Any) -> str:
    return " ".join(element.text_content().split())


class Setting:
    """The page on which a field is set, as a person goes through it."""

    def __init__(self, client: Client, rows: list[Any], address: str = LIST, **posted: Any) -> None:
        self.client, self.address = client, address
        self.posted = {
            "action": "set_field",
            "_selected_action": [row.pk for row in rows],
            **posted,
        }

    def post(self, **more: Any) -> Any:
        response = self.client.post(self.address, {**self.posted, **more})
        self.status = response.status_code
        self.page = html.fromstring(response.content.decode() or "<p></p>")
        return response

    def fields(self) -> list[str]:
        self.post()
        return [words(each) for each in self.page.xpath("//*[@id='id_bulk_field']/option")][1:]

    def choices(self, field: str) -> list[str]:
        self.post(bulk_field=field)
        return [words(each) for each in self.page.xpath("//*[@id='id_value']//option")]

    def look(self, field: str, value: Any) -> str:
        """What would change, in words."""
        self.post(bulk_field=field, bulk_step="value", value=value)
        return words(self.page.get_element_by_id("content-main"))

    def press(self, field: str, value: Any) -> Any:
        """Press the button under what would change."""
        self.look(field, value)
        seen = self.page.xpath("//button[@name='seen']")[0].get("value")
        return self.post(bulk_field=field, bulk_step="value", value=value, seen=seen)

    @property
    def preview(self) -> list[list[str]]:
        return [[words(cell) for cell in row] for row in self.page.xpath("//tbody/tr")]

    @property
    def errors(self) -> str:
        return words(self.page.find_class("errornote")[0])


def test_it_is_offered_where_rows_may_be_changed(
    client: Client, plan: Plan, administrator: User, sign_in: Callable[[User], Client]
) -> None:
    SpendLineFactory(plan=plan)

    def offered(who: Client, name: str) -> bool:
        content = who.get(reverse(f"admin:{name}_changelist")).content.decode()
        return 'value="set_field"' in content

    MetricFactory()
    assert offered(client, "schemes_spendline")
    assert not offered(client, "metrics_metric")
    assert offered(sign_in(administrator), "metrics_metric")
    for name in ("plans_cycle", "plans_membership", "plans_plan", "plans_planevent"):
        CycleFactory()
        assert not offered(sign_in(administrator), name)


def test_fields_that_make_sense_are_offered(client: Client, plan: Plan) -> None:
    fields = Setting(client, [SpendLineFactory(plan=plan)]).fields()

    assert {"Funding source", "Amount", "Theme", "Scheme", "In the pool", "Provider"} <= set(fields)
    assert not {"Plan", "Ref", "Version", "Seen"} & set(fields)


def test_the_page_counts_and_lists_what_would_change(client: Client, plan: Plan) -> None:
    changing = SpendLineFactory.create_batch(2, plan=plan, funding_source="dfg")
    same = SpendLineFactory(plan=plan, funding_source="nhs-minimum")
    setting = Setting(client, [*changing, same])

    shown = setting.look("funding_source", "nhs-minimum")

    assert "3 spend lines selected." in shown
    assert "Rows that change: 2" in shown
    assert "Rows that have this value already: 1" in shown
    assert setting.preview == [
        [str(row), "Disabled Facilities Grant", "CCG minimum contribution"] for row in changing
    ]
    assert "Set Funding source of 2 rows" in shown
    assert not ChangeSet.objects.exists()


def test_it_is_one_act_with_history_and_a_way_to_undo(
    client: Client, plan: Plan, ann: User
) -> None:
    rows = SpendLineFactory.create_batch(3, plan=plan, amount=1)

    response = Setting(client, rows).press("amount", "£1,200")

    assert response.status_code == 302
    assert set(SpendLine.objects.values_list("amount", "version")) == {(Decimal(1200), 2)}
    act = ChangeSet.objects.get()
    assert (act.kind, act.actor, act.changed, act.model) == ("bulk", ann, 3, "schemes.spendline")
    assert act.words == "Set Amount of 3 spend lines to £1,200"
    records = SpendLine.history.filter(history_change_reason=act.ref)
    assert {record.history_user for record in records} == {ann}
    shown = client.get(response["Location"]).content.decode()
    assert f'{act.words}. <a href="/changes/{act.ref}/">Look at what changed, or undo it' in shown


@pytest.mark.parametrize(
    ("field", "typed", "stored"),
    [
        ("amount", "(", None),
        ("amount", "", None),
        ("theme", "Enablers", "Enablers"),
        ("theme", "", ""),
        ("in_pool", "no", False),
        ("nhs_percent", "62.5%", Decimal("62.5")),
        ("citation_date", "2026-03-14", "2026-03-14"),
        ("rounded_to", "1000", Decimal(1000)),
        ("printed_unit", "GBP_thousand", "GBP_thousand"),
        ("financial_year", "2018-19", "2018-19"),
    ],
)
def test_each_sort_of_field_is_typed_as_in_its_own_form(
    client: Client, plan: Plan, field: str, typed: str, stored: Any
) -> None:
    row = SpendLineFactory(plan=plan, amount=5, theme="Before")
    setting = Setting(client, [row])
    if typed == "(":
        setting.look(field, typed)
        assert setting.status == 400
        assert "“(” is not an amount" in words(setting.page)
        assert setting.page.get_element_by_id("id_value").get("value") == "("
        return

    assert setting.press(field, typed).status_code == 302

    value = getattr(SpendLine.objects.get(), field)
    assert (str(value) if isinstance(stored, str) else value) == stored


def test_a_value_that_must_be_there_is_asked_for(client: Client, plan: Plan) -> None:
    setting = Setting(client, [SpendLineFactory(plan=plan)])
    for field in ("description", "in_pool", "financial_year"):
        setting.look(field, "")
        assert setting.status == 400
        assert " is empty. " in words(setting.page)


def test_another_row_is_chosen_by_name(client: Client, plan: Plan) -> None:
    row = SpendLineFactory(plan=plan)
    scheme = SchemeFactory(plan=plan, reference="2b", name="Telecare")
    provider = OrganisationFactory(name="A provider")
    setting = Setting(client, [row])

    assert setting.choices("scheme") == ["—", "2b Telecare"]
    assert "A provider" in setting.choices("provider")
    assert setting.press("scheme", scheme.pk).status_code == 302
    assert setting.press("provider", provider.pk).status_code == 302
    stored = SpendLine.objects.get()
    assert (stored.scheme, stored.provider) == (scheme, provider)
    assert ChangeSet.objects.first().words == "Set Provider of 1 spend line to A provider"  # type: ignore[union-attr]


def test_rows_of_several_cycles_share_the_choices_that_both_have(
    client: Client, plan: Plan, board: Board
) -> None:
    older = PlanFactory(boards=[board], cycle=CycleFactory(key="2014-16"))
    rows = [SpendLineFactory(plan=each) for each in (plan, older)]
    setting = Setting(client, rows)

    of_one = set(Setting(client, rows[:1]).choices("funding_source"))
    of_both = set(setting.choices("funding_source"))

    assert "Disabled Facilities Grant" in of_both
    assert "Improved Better Care Fund" in of_one - of_both
    said = words(setting.page)
    assert "The rows are of several cycles, so only what all of them offer can be chosen." in said
    assert "Improved Better Care Fund" in said
    setting.look("funding_source", "ibcf")
    assert setting.status == 400
    assert setting.press("funding_source", "dfg").status_code == 302
    assert set(SpendLine.objects.values_list("funding_source", flat=True)) == {"dfg"}


def test_rows_of_several_plans_are_not_given_a_scheme_of_one(
    client: Client, plan: Plan, board: Board
) -> None:
    setting = Setting(
        client, [SpendLineFactory(plan=each) for each in (plan, PlanFactory(boards=[board]))]
    )

    assert not {"Scheme", "Breaks down"} & set(setting.fields())
    assert "can be set where all rows are of one plan" in words(setting.page)
    scheme = SchemeFactory(plan=plan)
    setting.post(bulk_field="scheme", bulk_step="value", value=scheme.pk)
    assert not SpendLine.objects.filter(scheme=scheme).exists()


def test_rows_that_may_not_be_changed_are_left_and_counted(
    client: Client, plan: Plan, board: Board
) -> None:
    own = SpendLineFactory(plan=plan, theme="")
    closed = SpendLineFactory(
        plan=PlanFactory(title="Closed plan", boards=[board], status="submitted"), theme=""
    )
    theirs = SpendLineFactory(plan=PlanFactory(status="submitted", title="Theirs"), theme="")
    hidden = SpendLineFactory(theme="")
    setting = Setting(client, [own, closed, theirs, hidden])

    shown = setting.look("theme", "Enablers")

    assert "3 spend lines selected." in shown
    assert "1 (Closed plan is submitted, so its rows are read-only)" in shown
    assert "1 (Theirs is submitted, so its rows are read-only)" in shown
    assert setting.press("theme", "Enablers").status_code == 302
    assert [row.theme for row in SpendLine.objects.order_by("pk")] == ["Enablers", "", "", ""]
    assert ChangeSet.objects.get().changed == 1


def test_rows_of_a_board_that_is_not_ones_own_are_left(
    client: Client, board: Board, plan: Plan
) -> None:
    own = MetricValueFactory(board=board, comment="")
    theirs = MetricValueFactory(board=BoardFactory(), comment="")
    address = reverse("admin:metrics_metricvalue_changelist")
    setting = Setting(client, [own, theirs], address)

    assert "1 (not yours to change)" in setting.look("comment", "Checked")
    assert setting.press("comment", "Checked").status_code == 302
    theirs.refresh_from_db()
    assert theirs.comment == ""


def test_a_reader_elsewhere_changes_nothing(
    plan: Plan, board: Board, member: Callable[..., User], sign_in: Callable[[User], Client]
) -> None:
    row = SpendLineFactory(plan=plan, theme="")
    reader = member("editor", BoardFactory())
    MembershipFactory(user=reader, board=board, role="viewer")
    setting = Setting(sign_in(reader), [row])

    shown = setting.look("theme", "Enablers")

    assert "Rows that are left as they are: 1 (not yours to change)" in shown
    assert "None of these rows can be changed." in shown
    assert not setting.page.xpath("//button[@name='seen']")
    setting.post(bulk_field="theme", bulk_step="value", value="Enablers", seen="anything")
    assert SpendLine.objects.get().theme == ""


def test_one_row_that_cannot_have_it_leaves_all_as_they_were(client: Client, plan: Plan) -> None:
    good = SpendLineFactory(plan=plan, description="Good")
    whole = SpendLineFactory(plan=plan, description="Whole")
    SpendLineFactory(plan=plan, breaks_down=whole, description="Component")
    setting = Setting(client, [good, whole])

    setting.look("financial_year", "2018-19")

    assert setting.status == 400
    assert setting.errors == (
        "Nothing was changed. Whole, 2017–18: Financial year: This line has components of "
        "another year. Change or remove those first."
    )
    assert setting.page.xpath("//option[@selected][@value='2018-19']")
    assert not setting.page.xpath("//button[@name='seen']")
    assert not SpendLine.objects.filter(financial_year="2018-19").exists()
    assert not ChangeSet.objects.exists()


def test_one_reason_for_many_rows_is_said_once(client: Client, plan: Plan) -> None:
    setting = Setting(client, SpendLineFactory.create_batch(5, plan=plan))

    setting.look("amount", "-5")

    assert setting.errors.count("is never less than £0") == 1
    assert " and 4 more: " in setting.errors
    assert not setting.page.xpath("//button[@name='seen']")


def test_rows_that_would_become_the_same_are_refused_by_name(client: Client, plan: Plan) -> None:
    payer: Organisation = OrganisationFactory(name="Barnet Council")
    rows = [
        ContributionFactory(plan=plan, contributor=each, funding_source="dfg")
        for each in (payer, OrganisationFactory())
    ]
    setting = Setting(client, rows, reverse("admin:plans_contribution_changelist"))

    setting.look("contributor", payer.pk)
    assert setting.status == 400
    assert "There is already a contribution from this source and contributor" in setting.errors
    assert not ChangeSet.objects.exists()


def test_what_was_changed_since_one_looked_is_shown_again(client: Client, plan: Plan) -> None:
    row = SpendLineFactory(plan=plan, theme="Before")
    setting = Setting(client, [row])
    setting.look("theme", "Enablers")
    seen = setting.page.xpath("//button[@name='seen']")[0].get("value")
    row.amount = Decimal(9)
    row.save()

    setting.post(bulk_field="theme", bulk_step="value", value="Enablers", seen=seen)

    assert setting.status == 400
    assert "is no longer what you looked at" in setting.errors
    assert SpendLine.objects.get().theme == "Before"
    # A value typed after looking is looked at first.
    setting.post(bulk_field="theme", bulk_step="value", value="Other", seen=seen)
    assert setting.status == 400
    assert SpendLine.objects.get().theme == "Before"


def test_all_rows_of_a_list_are_set_at_once(client: Client, plan: Plan) -> None:
    rows = SpendLineFactory.create_batch(60, plan=plan, theme="")
    other = SpendLineFactory(plan=plan, theme="", financial_year="2018-19")
    address = f"{LIST}?year=2017-18"
    assert "60" in client.get(address).content.decode()
    setting = Setting(client, rows[:1], address, select_across="1")

    shown = setting.look("theme", "Enablers")
    assert "Rows that change: 60" in shown
    assert "And 10 more." in shown
    assert len(setting.page.xpath("//input[@name='_selected_action']")) == 1

    assert setting.press("theme", "Enablers").status_code == 302
    assert SpendLine.objects.filter(theme="Enablers").count() == 60
    other.refresh_from_db()
    assert other.theme == ""


def test_too_many_rows_are_refused(
    client: Client, plan: Plan, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("plans.admin.bulk.MOST_ROWS", 2)
    setting = Setting(client, SpendLineFactory.create_batch(3, plan=plan))

    response = setting.post()

    assert response.status_code == 302
    assert "These are more than 2 rows. Narrow the list down" in client.get(LIST).content.decode()


def test_queries_do_not_grow_with_rows(client: Client, plan: Plan, board: Board) -> None:
    def queries(rows: list[Any]) -> tuple[int, int]:
        setting = Setting(client, rows)
        with CaptureQueriesContext(connection) as looked:
            setting.look("funding_source", "dfg")
        with CaptureQueriesContext(connection) as pressed:
            assert setting.press("funding_source", "dfg").status_code == 302
        return len(looked), len(pressed)

    for each in (plan, PlanFactory(boards=[board])):
        SpendLineFactory.create_batch(6, plan=each)
    rows = list(SpendLine.objects.order_by("pk"))
    few, many = queries([rows[0], rows[-1]]), queries(rows[1:-1])
    assert few == many
    assert few == many == (66, 126)


# -- removals ------------------------------------------------------------------------------


def test_ticked_rows_are_removed_as_one_act(client: Client, plan: Plan, ann: User) -> None:
    rows = SpendLineFactory.create_batch(3, plan=plan)
    posted = {"action": "delete_selected", "_selected_action": [row.pk for row in rows]}

    response = client.post(LIST, {**posted, "post": "yes"})

    assert response.status_code == 302
    act = ChangeSet.objects.get()
    assert (act.kind, act.removed, act.words) == ("removal", 3, "Removed 3 spend lines")
    records = SpendLine.history.filter(history_type="-")
    assert {(each.history_user, each.history_change_reason) for each in records} == {(ann, act.ref)}
    assert f"/changes/{act.ref}/" in client.get(LIST).content.decode()


def test_a_row_and_what_goes_with_it_are_one_act(client: Client, plan: Plan) -> None:
    whole = SpendLineFactory(plan=plan, description="Whole")
    SpendLineFactory(plan=plan, breaks_down=whole)
    address = reverse("admin:schemes_spendline_delete", args=[whole.pk])

    assert client.post(address, {"post": "yes"}).status_code == 302

    act = ChangeSet.objects.get()
    assert act.words == "Removed spend line “Whole, 2017–18”"
    assert SpendLine.history.filter(history_change_reason=act.ref).count() == 2
    assert not SpendLine.objects.exists()


def test_what_is_removed_without_an_act_stays_so(
    administrator: User, sign_in: Callable[[User], Client], plan: Plan
) -> None:
    client = sign_in(administrator)
    membership = MembershipFactory(board=plan.boards.get())
    for row in (membership, plan):
        name = f"admin:plans_{row._meta.model_name}_delete"
        assert client.post(reverse(name, args=[row.pk]), {"post": "yes"}).status_code == 302

    assert not Plan.objects.filter(pk=plan.pk).exists()
    assert not ChangeSet.objects.exists()
