"""The history of a row in the admin, and old values that are restored from it as an edit."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from lxml import html

from bcf.accounts.models import User
from bcf.base.reasons import because
from plans.models import Board, ChangeSet, Plan
from schemes.models import Benefit, Scheme, SpendLine
from tests.factories import (
    AgreementFactory,
    BenefitFactory,
    BoardFactory,
    MembershipFactory,
    MetricFactory,
    MetricValueFactory,
    OrganisationFactory,
    PlanFactory,
    SchemeFactory,
    SpendLineFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def board() -> Board:
    return BoardFactory()


@pytest.fixture
def plan(board: Board) -> Plan:
    return PlanFactory(slug="own", boards=[board])


@pytest.fixture
def ann(board: Board, member: Callable[..., User]) -> User:
    return member("editor", board)


@pytest.fixture
def client(ann: User, sign_in: Callable[[User], Client]) -> Client:
    return sign_in(ann)


@pytest.fixture
def line(plan: Plan) -> SpendLine:
    """A line with three versions: £1,000, then £1,200, then £1,200 with a theme."""
    line: SpendLine = SpendLineFactory(plan=plan, description="Telecare", amount=1000)
    line.amount = Decimal(1200)
    line.save()
    line.theme = "Enablers"
    line.save()
    return line


def history(row: Any) -> str:
    options = row._meta
    return reverse(f"admin:{options.app_label}_{options.model_name}_history", args=[row.pk])


def restoring(row: Any, version: int, field: str = "", sign: str = "") -> str:
    """The address at which a version of a row is restored."""
    records = type(row).history.filter(id=row.pk, version=version)
    record = (records.filter(history_type=sign) if sign else records).first()
    address = f"{history(row)}{record.history_id}/restore/"
    return f"{address}?field={field}" if field else address


def page(client: Client, address: str, status: int = 200) -> Any:
    response = client.get(address)
    assert response.status_code == status, response.content
    return html.fromstring(response.content.decode())


def words(element: Any) -> str:
    return " ".join(element.text_content().split())


def restore(client: Client, address: str, **changed: Any) -> Any:
    """Press the button of the page that asks."""
    asked = page(client, address)
    seen = asked.xpath("//input[@name='seen']")[0].get("value") or ""
    return client.post(address, {"seen": seen, **changed})


def again(row: Any) -> Any:
    return type(row)._base_manager.get(pk=row.pk)


# -- the page ------------------------------------------------------------------------------


def test_the_page_tells_each_version_with_its_differences(
    client: Client, line: SpendLine, ann: User
) -> None:
    with because("", by=ann):
        line.amount = Decimal(5)
        line.save()

    found = page(client, history(line))
    versions = [words(each) for each in found.xpath("//*[@class='app-versions']/li")]

    assert [each.split(":")[0] for each in versions] == [f"Version {n}" for n in (4, 3, 2, 1)]
    assert f", {ann}" in versions[0]
    assert "Amount from £1,200 to £5 Restore the old value" in versions[0]
    assert "Restore version" not in versions[0]
    assert "Theme from empty to Enablers" in versions[1]
    assert "Loaded from a file" in versions[3]
    assert "Description: Telecare" in versions[3]
    assert "Restore version 1" in versions[3]


def test_a_value_that_the_row_has_now_is_not_offered(client: Client, line: SpendLine) -> None:
    line.amount = Decimal(1000)
    line.save()

    found = page(client, history(line))

    links = [each.get("href") for each in found.find_class("app-versions__restore")]
    assert links == [restoring(line, 3, "amount"), restoring(line, 2, "theme")]


def test_a_reason_is_told_by_the_words_of_its_act(client: Client, line: SpendLine) -> None:
    restore(client, restoring(line, 1))

    first = page(client, history(line)).xpath("//*[@class='app-versions']/li")[0]

    assert "Restored all values of spend line “Telecare, 2017–18” from version 1" in words(first)


def test_a_long_history_is_shown_in_pages(
    client: Client, line: SpendLine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("plans.admin.history.VERSIONS_A_PAGE", 2)

    assert "Page 1 of 2 Older versions" in words(page(client, history(line)))
    assert "Newer versions Page 2 of 2" in words(page(client, f"{history(line)}?page=2"))


def test_a_row_older_than_its_history_says_so(client: Client, line: SpendLine) -> None:
    SpendLine.history.all().delete()

    assert "it was there before its history was kept" in words(page(client, history(line)))


# -- restoring -----------------------------------------------------------------------------


def test_a_version_is_restored_as_an_edit_like_another(
    client: Client, line: SpendLine, ann: User, plan: Plan
) -> None:
    address = restoring(line, 1)
    asked = page(client, address)
    cells = [[words(cell) for cell in row] for row in asked.xpath("//tbody/tr")]
    assert cells == [["Theme", "Enablers", "empty"], ["Amount", "£1,200", "£1,000"]]

    response = restore(client, address)

    assert response.status_code == 302
    assert response["Location"] == history(line)
    stored = again(line)
    assert (stored.amount, stored.theme, stored.version) == (1000, "", 4)
    act = ChangeSet.objects.get()
    assert (act.kind, act.actor, act.changed, list(act.plans.all())) == ("restore", ann, 1, [plan])
    record = line.history.first()
    assert (record.history_user, record.history_change_reason) == (ann, act.ref)
    shown = client.get(history(line)).content.decode()
    assert f'<a href="/changes/{act.ref}/">Look at what changed, or undo it</a>' in shown


def test_one_value_is_restored_and_the_others_stay(client: Client, line: SpendLine) -> None:
    response = restore(client, restoring(line, 1, "amount"))

    assert response.status_code == 302
    stored = again(line)
    assert (stored.amount, stored.theme) == (1000, "Enablers")
    assert ChangeSet.objects.get().words == (
        "Restored Amount of spend line “Telecare, 2017–18” from version 1"
    )


def test_links_are_restored(client: Client, plan: Plan) -> None:
    one, other = SchemeFactory.create_batch(2, plan=plan)
    benefit: Benefit = BenefitFactory(plan=plan)
    benefit.schemes.set([one])
    benefit.note = "Later"
    benefit.save()
    benefit.schemes.set([other])

    response = restore(client, restoring(benefit, 1, "schemes"))

    assert response.status_code == 302
    assert (list(benefit.schemes.all()), again(benefit).note) == ([one], "Later")
    assert again(benefit).version == 3
    assert ChangeSet.objects.get().changed == 1


@pytest.mark.parametrize("field", ["plan", "ref", "version", "status", "bogus"])
def test_what_is_not_edited_is_not_restored(client: Client, line: SpendLine, field: str) -> None:
    assert client.get(restoring(line, 1, field)).status_code == 404
    assert client.post(restoring(line, 1, field)).status_code == 404


def test_a_version_of_another_row_is_not_found(client: Client, line: SpendLine, plan: Plan) -> None:
    other = SpendLineFactory(plan=plan)
    record = other.history.first().history_id

    assert client.get(f"{history(line)}{record}/restore/").status_code == 404


def test_nothing_is_restored_where_nothing_differs(client: Client, line: SpendLine) -> None:
    address = restoring(line, 3)

    assert "there is nothing to restore" in words(page(client, address))
    response = client.post(address, {"seen": str(line.history.first().history_id)})
    assert response.status_code == 400
    assert "has these values already" in response.content.decode()
    assert again(line).version == 3


# -- refusals ------------------------------------------------------------------------------


def refused(response: Any) -> str:
    assert response.status_code == 400
    return words(html.fromstring(response.content.decode()).find_class("errornote")[0])


def test_a_row_that_somebody_changed_meanwhile_is_not_overwritten(
    client: Client, line: SpendLine, ann: User
) -> None:
    address = restoring(line, 1)
    seen = page(client, address).xpath("//input[@name='seen']")[0].get("value")
    with because("", by=ann):
        line.amount = Decimal(7)
        line.save()

    said = refused(client.post(address, {"seen": seen}))

    assert said.startswith(f"Nothing was restored. {ann} changed this row on ")
    assert again(line).amount == 7
    assert restore(client, address).status_code == 302
    assert again(line).amount == 1000


def test_links_that_somebody_changed_meanwhile_are_not_overwritten(
    client: Client, plan: Plan
) -> None:
    benefit: Benefit = BenefitFactory(plan=plan, note="Before")
    benefit.note = "After"
    benefit.save()
    address = restoring(benefit, 1)
    seen = page(client, address).xpath("//input[@name='seen']")[0].get("value")
    benefit.schemes.add(SchemeFactory(plan=plan))

    assert "Somebody changed this row" in refused(client.post(address, {"seen": seen}))


def test_a_choice_that_the_cycle_no_longer_has_is_refused(client: Client, line: SpendLine) -> None:
    line.history.filter(version=1).update(funding_source="of-old")

    said = refused(restore(client, restoring(line, 1, "funding_source")))

    assert "The old value is no longer valid. Funding source: “of-old” is no funding source" in said
    assert again(line).version == 3


def test_a_target_that_was_removed_is_named(client: Client, plan: Plan) -> None:
    scheme: Scheme = SchemeFactory(plan=plan, reference="2b", name="Telecare")
    line: SpendLine = SpendLineFactory(plan=plan, scheme=scheme)
    line.scheme = None
    line.save()
    scheme.delete()

    said = refused(restore(client, restoring(line, 1)))

    assert "Scheme was “2b Telecare”, which was removed. Put that scheme back first" in said


def test_a_rule_of_the_row_holds(client: Client, plan: Plan) -> None:
    whole: SpendLine = SpendLineFactory(plan=plan, financial_year="2018-19")
    whole.financial_year = plan.cycle.years[0]
    whole.save()
    SpendLineFactory(plan=plan, breaks_down=whole, financial_year="2017-18")

    said = refused(restore(client, restoring(whole, 1)))

    assert "Financial year: This line has components of another year." in said


def test_a_closed_plan_is_named_and_nothing_is_restored(
    client: Client, line: SpendLine, plan: Plan
) -> None:
    address = restoring(line, 1)
    Plan.objects.filter(pk=plan.pk).update(status="submitted")

    found = page(client, address)
    assert "is submitted, so it is read-only. An approver can reopen it." in words(found)
    assert not found.xpath("//input[@type='submit'][@class='default']")
    assert client.post(address, {"seen": str(line.history.first().history_id)}).status_code == 403
    assert not page(client, history(line)).find_class("app-versions__restore")
    assert again(line).version == 3


def test_who_may_not_change_a_row_restores_nothing_of_it(
    line: SpendLine,
    board: Board,
    sign_in: Callable[[User], Client],
    member: Callable[..., User],
) -> None:
    address = restoring(line, 1)
    elsewhere = member("approver", BoardFactory())
    # Enters the admin as an editor elsewhere, and reads this board's drafts.
    reader = member("editor", BoardFactory())
    MembershipFactory(user=reader, board=board, role="viewer")

    for person, status in ((elsewhere, 404), (reader, 403)):
        client = sign_in(person)
        assert client.get(address).status_code == status
        assert client.post(address, {"seen": "1"}).status_code == status
    assert not page(sign_in(reader), history(line)).find_class("app-versions__restore")
    assert sign_in(elsewhere).get(history(line)).status_code == 404
    assert again(line).version == 3


def test_the_history_of_a_submitted_plan_is_for_its_own_members(
    client: Client,
    line: SpendLine,
    plan: Plan,
    sign_in: Callable[[User], Client],
    member: Callable[..., User],
) -> None:
    Plan.objects.filter(pk=plan.pk).update(status="submitted")
    elsewhere = sign_in(member("editor", BoardFactory()))

    assert client.get(history(line)).status_code == 200
    assert elsewhere.get(history(line)).status_code == 404


# -- removed rows --------------------------------------------------------------------------


def removed_page(row: Any) -> str:
    address = history(row)
    row.delete()
    return address


def test_a_removed_row_is_put_back_under_its_ref(
    client: Client, line: SpendLine, ann: User, plan: Plan
) -> None:
    number, ref = line.pk, line.ref
    address = removed_page(line)
    found = page(client, address)
    assert "This spend line was removed." in words(found)
    (link,) = found.find_class("app-versions__button")
    assert words(link) == "Put it back"

    response = restore(client, link.get("href"))

    assert response.status_code == 302
    stored = SpendLine.objects.get()
    assert (stored.pk, stored.ref, stored.version) == (number, ref, 4)
    assert (stored.amount, stored.theme) == (1200, "Enablers")
    act = ChangeSet.objects.get()
    assert (act.words, act.added) == ("Put back spend line “Telecare, 2017–18”", 1)
    versions = page(client, response["Location"]).xpath("//*[@class='app-versions']/li/h2")
    assert [words(each) for each in versions[:2]] == [
        "Version 4: put back",
        "Version 3: removed",
    ]
    assert client.get(link.get("href")).status_code == 404


def test_the_plans_history_leads_to_a_removed_row(client: Client, line: SpendLine) -> None:
    address = removed_page(line)

    shown = client.get("/plans/own/history/").content.decode()

    assert f'href="{address}"' in shown
    assert "Look at it or put it back" in shown


def test_links_of_a_removed_row_come_back_but_not_those_to_what_is_gone(
    client: Client, plan: Plan
) -> None:
    kept, gone = SchemeFactory.create_batch(2, plan=plan)
    benefit = BenefitFactory(plan=plan)
    benefit.schemes.set([kept, gone])
    address = removed_page(benefit)
    gone.delete()

    (link,) = page(client, address).find_class("app-versions__button")
    assert restore(client, link.get("href")).status_code == 302

    assert list(Benefit.objects.get().schemes.all()) == [kept]


def test_a_row_whose_place_is_taken_stays_removed(client: Client, plan: Plan) -> None:
    scheme: Scheme = SchemeFactory(plan=plan, reference="2b")
    address = removed_page(scheme)
    SchemeFactory(plan=plan, reference="2b", ref="another")

    (link,) = page(client, address).find_class("app-versions__button")
    said = refused(restore(client, link.get("href")))

    assert "The scheme “2b " in said
    assert "cannot be put back: Reference: This plan has a scheme of this reference" in said
    assert Scheme.objects.count() == 1


def test_a_removed_row_of_a_removed_row_waits_for_it(client: Client, plan: Plan) -> None:
    whole = SpendLineFactory(plan=plan, description="Whole")
    component = SpendLineFactory(plan=plan, breaks_down=whole)
    address = history(component)
    whole.delete()

    (link,) = page(client, address).find_class("app-versions__button")
    said = refused(restore(client, link.get("href")))

    assert "was “Whole, 2017–18”, which was removed. Put that spend line back first" in said


def test_two_who_put_a_row_back_put_it_back_once(client: Client, line: SpendLine) -> None:
    address = removed_page(line)
    link = page(client, address).find_class("app-versions__button")[0].get("href")
    assert client.post(link).status_code == 302

    assert client.post(link).status_code == 404
    assert SpendLine.objects.count() == 1


def test_a_removed_row_is_not_shown_to_who_may_not_read_its_plan(
    line: SpendLine,
    plan: Plan,
    sign_in: Callable[[User], Client],
    member: Callable[..., User],
) -> None:
    record = line.history.first().history_id + 1
    address = removed_page(line)
    elsewhere = sign_in(member("approver", BoardFactory()))

    assert elsewhere.get(address).status_code == 404
    assert elsewhere.post(f"{address}{record}/restore/").status_code == 404
    Plan.objects.filter(pk=plan.pk).update(status="submitted")
    assert elsewhere.get(address).status_code == 404
    assert not SpendLine.objects.exists()


def test_a_removed_row_of_a_closed_plan_stays_removed(
    client: Client, line: SpendLine, plan: Plan
) -> None:
    address = removed_page(line)
    link = page(client, address).find_class("app-versions__button")[0].get("href")
    Plan.objects.filter(pk=plan.pk).update(status="submitted")

    assert client.post(link).status_code == 403
    assert not page(client, address).find_class("app-versions__button")
    assert not SpendLine.objects.exists()


# -- rows of boards, and what all share ----------------------------------------------------


def test_a_row_of_a_board_is_restored_by_its_editors_alone(
    client: Client, board: Board, sign_in: Callable[[User], Client], member: Callable[..., User]
) -> None:
    value = MetricValueFactory(board=board, comment="Before")
    value.comment = "After"
    value.save()
    elsewhere = sign_in(member("editor", BoardFactory()))

    assert elsewhere.get(history(value)).status_code == 200
    assert elsewhere.get(restoring(value, 1)).status_code == 403
    assert restore(client, restoring(value, 1)).status_code == 302
    assert again(value).comment == "Before"
    assert not ChangeSet.objects.get().plans.exists()


def test_a_removed_agreement_is_put_back_by_the_editors_of_its_boards(
    client: Client, board: Board, sign_in: Callable[[User], Client], member: Callable[..., User]
) -> None:
    agreement = AgreementFactory(boards=[board])
    party = OrganisationFactory()
    agreement.parties.add(party)
    address = removed_page(agreement)
    elsewhere = sign_in(member("editor", BoardFactory()))
    link = page(client, address).find_class("app-versions__button")[0].get("href")

    assert "It is of no board of yours" in refused(elsewhere.post(link)).replace(": it", ": It")
    assert client.post(link).status_code == 302
    (found,) = type(agreement).objects.all()
    assert (list(found.boards.all()), list(found.parties.all())) == ([board], [party])


def test_what_all_plans_share_is_restored_by_administrators(
    client: Client, administrator: User, sign_in: Callable[[User], Client]
) -> None:
    metric = MetricFactory(name="Before")
    metric.name = "After"
    metric.save()

    assert client.get(history(metric)).status_code == 200
    assert client.post(restoring(metric, 1)).status_code == 403
    assert restore(sign_in(administrator), restoring(metric, 1)).status_code == 302
    assert again(metric).name == "Before"
