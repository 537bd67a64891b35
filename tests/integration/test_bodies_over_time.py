"""Organisations and boards that change: who may be chosen when, and by which code a board is found.

No recoding and no reorganisation touches the seven boards, so these bodies are made up: a county
council and its board that were divided on 1 April 2018, within a plan's years.
"""

import json
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from lxml import html

from bcf.accounts.models import User
from bcf.loading.reference import FIXTURES, load_reference
from bcf.loading.tables import FixtureError
from bcf.periods import FinancialYear
from bcf.reporting.search import find_boards
from bcf.resources import RESOURCES
from governance.actions import Deed, agreement_vary, terms_now
from governance.forms.agreements import AgreementForm
from governance.forms.plan_rows import SignOffForm
from governance.models import Agreement, SignOff
from metrics.models import ContextFigure
from plans.actions import Refused
from plans.choices import OrganisationKind
from plans.models import Board, Contribution, Organisation, Plan
from plans.models.dated import successions_of, successors_refused
from plans.plan_forms import PlanForm
from plans.queries import board_of
from plans.row_forms import ContributionForm, ContributionTableForm
from plans.row_imports import rows_check
from tests import factories
from tests.factories import (
    AgreementFactory,
    BoardCodeFactory,
    BoardFactory,
    ContributionFactory,
    OrganisationFactory,
    PlanFactory,
    SignOffFactory,
)
from tests.integration.api.asking import ask, results
from tests.integration.files.tables import as_csv
from tests.integration.pages import fields_of

pytestmark = pytest.mark.django_db
LAST, FIRST = date(2018, 3, 31), date(2018, 4, 1)
SignIn = Callable[[User | None], Client]
# Of the county council in a year after its end.
DIVIDED = "existed until 31 March 2018, before 2018–19. Choose one of: East Council; West Council."


@pytest.fixture
def county() -> Organisation:
    """A county council that was divided into two on 1 April 2018."""
    council = OrganisationFactory(key="county", name="County Council", valid_to=LAST)
    for name in ("East", "West"):
        council.succeeded_by.add(
            OrganisationFactory(key=name.lower(), name=f"{name} Council", valid_from=FIRST)
        )
    return council


@pytest.fixture
def ccg() -> Organisation:
    """A CCG that went into an ICB long after the plan's years."""
    before = OrganisationFactory(
        key="ccg",
        name="The CCG",
        kind=OrganisationKind.NHS_COMMISSIONER,
        valid_from=date(2013, 4, 1),
        valid_to=date(2022, 6, 30),
    )
    before.succeeded_by.add(
        OrganisationFactory(
            key="icb",
            name="The ICB",
            kind=OrganisationKind.NHS_COMMISSIONER,
            valid_from=date(2022, 7, 1),
        )
    )
    return before


def organisation(key: str) -> Organisation:
    return Organisation.objects.get(key=key)


def keys_offered(form: Any, name: str) -> set[str]:
    return {row.key for row in form.fields[name].rows}


# -- when a body exists, and what came after it ----------------------------------------------


def test_a_body_exists_between_its_two_dates(county: Organisation) -> None:
    east = organisation("east")
    assert county.existed_on(LAST)
    assert not county.existed_on(FIRST)
    assert not county.exists_in(FinancialYear(2018))
    assert east.exists_in(FinancialYear(2018))
    assert not east.exists_in(FinancialYear(2017))
    assert OrganisationFactory().exists_in(FinancialYear(1948))


def test_what_came_after_is_read_in_one_query(
    county: Organisation, ccg: Organisation, django_assert_num_queries: Any
) -> None:
    with django_assert_num_queries(1):
        found = successions_of(Organisation)
    assert found.told(county.dated) == (
        "County Council, until 31 March 2018; then East Council and West Council"
    )
    assert found.leads_to("ccg", "icb")


def test_nobody_comes_after_itself_in_a_circle_or_after_its_own_end(county: Organisation) -> None:
    east, gone = organisation("east"), OrganisationFactory(name="Gone", valid_to=date(2015, 3, 31))
    assert "does not come after itself" in successors_refused(east, None, [east])
    assert "East Council itself comes after County Council" in successors_refused(
        east, None, [county]
    )
    assert "Gone ends before East Council does" in successors_refused(east, None, [gone])
    assert successors_refused(county, LAST, [east]) == ""


def test_what_came_after_is_in_the_history(county: Organisation) -> None:
    county.name = "The County Council"
    county.save()
    record = county.history.first()
    assert {each.to_organisation.key for each in record.succeeded_by.all()} == {"east", "west"}


def test_the_admin_refuses_a_circle(
    county: Organisation, administrator: User, sign_in: SignIn
) -> None:
    client, east = sign_in(administrator), organisation("east")
    address = reverse("admin:plans_organisation_change", args=[east.pk])
    fields = fields_of(client.get(address))

    refused = client.post(address, {**fields, "succeeded_by": [county.pk]})
    assert "East Council itself comes after County Council. Choose another." in (
        refused.content.decode()
    )
    later = OrganisationFactory(name="Later Council")
    saved = client.post(address, {**fields, "succeeded_by": [later.pk]})
    assert saved.status_code == 302
    assert list(east.succeeded_by.all()) == [later]


def test_the_lists_of_the_admin_say_what_came_after(
    county: Organisation, administrator: User, sign_in: SignIn
) -> None:
    BoardFactory(name="Old", valid_to=LAST).succeeded_by.add(BoardFactory(name="New Board"))
    client = sign_in(administrator)
    text = client.get(reverse("admin:plans_organisation_changelist")).content.decode()
    assert "East Council; West Council" in text
    assert "31 March 2018" in text
    assert ">New Board<" in client.get(reverse("admin:plans_board_changelist")).content.decode()


# -- who is offered and refused --------------------------------------------------------------


def test_a_contributor_is_of_its_year(county: Organisation) -> None:
    kept = ContributionFactory(contributor=county, financial_year="2017-18")
    with pytest.raises(ValidationError) as error:
        ContributionFactory(plan=kept.plan, contributor=county, financial_year="2018-19")
    assert error.value.message_dict["contributor"] == [f"County Council {DIVIDED}"]
    with pytest.raises(
        ValidationError, match=r"exists from 1 April 2018, after 2017–18\. Choose C"
    ):
        ContributionFactory(contributor=organisation("east"), financial_year="2017-18")
    ContributionFactory(plan=kept.plan, contributor=organisation("east"), financial_year="2018-19")
    ContributionFactory(contributor=county, financial_year="not-stated")


def test_what_is_stored_stays_and_is_never_moved(county: Organisation) -> None:
    Organisation.objects.filter(pk=county.pk).update(valid_to=None)
    ContributionFactory(contributor=organisation("county"), financial_year="2018-19")
    Organisation.objects.filter(pk=county.pk).update(valid_to=LAST)

    row = Contribution.objects.get()
    row.amount = 5
    row.save()
    assert Contribution.objects.get().contributor == county
    # Of another year it may not be told anew.
    row.financial_year = "2017-18"
    row.save()
    row.financial_year = "2018-19"
    with pytest.raises(ValidationError):
        row.save()


def test_a_contributors_form_offers_those_of_the_plans_years(
    county: Organisation, ccg: Organisation
) -> None:
    plan = PlanFactory()
    form = type("Bound", (ContributionForm,), {"bound_plan": plan})()
    assert {"county", "east", "west", "ccg"} <= keys_offered(form, "contributor")
    assert "icb" not in keys_offered(form, "contributor")

    earlier = PlanFactory(cycle=factories.CycleFactory(key="2014-16"))
    form = type("Bound", (ContributionForm,), {"bound_plan": earlier})()
    assert keys_offered(form, "contributor").isdisjoint({"east", "west", "icb"})
    plan.commissioners.add(organisation("icb"), ccg)
    table = type("Bound", (ContributionTableForm,), {"bound_plan": plan})()
    assert "ccg" in keys_offered(table, "contributor")
    assert "icb" not in keys_offered(table, "contributor")


def test_a_sign_off_is_of_the_plans_years(county: Organisation, ccg: Organisation) -> None:
    plan = PlanFactory()
    SignOffFactory(plan=plan, organisation=county)
    with pytest.raises(ValidationError) as error:
        SignOffFactory(plan=plan, organisation=organisation("icb"))
    assert error.value.message_dict["organisation"] == [
        "The ICB exists from 1 July 2022, after the years of the plan, 2017–18 and 2018–19. "
        "Choose The CCG, which was there before it."
    ]
    SignOff.objects.filter(organisation=county).update(organisation=organisation("icb"))
    kept = SignOff.objects.get()
    kept.name = "Another"
    kept.save()
    form = type("Bound", (SignOffForm,), {"bound_plan": plan})
    assert "icb" not in keys_offered(form(), "organisation")
    assert "icb" in keys_offered(form(instance=kept), "organisation")


def test_a_plans_commissioners_are_of_its_years(ccg: Organisation) -> None:
    plan, icb = PlanFactory(), organisation("icb")
    form = type("Bound", (PlanForm,), {})
    assert keys_offered(form(instance=plan), "commissioners") == {"ccg"}
    plan.commissioners.add(icb)
    stored = type("Bound", (PlanForm,), {})(instance=plan)
    assert keys_offered(stored, "commissioners") == {"ccg", "icb"}


def test_a_new_plans_commissioners_are_refused_by_its_cycle(
    ccg: Organisation, administrator: User, sign_in: SignIn
) -> None:
    client, board = sign_in(administrator), BoardFactory()
    address = reverse("admin:plans_plan_add")
    given = {
        **fields_of(client.get(address)),
        "title": "A plan",
        "slug": "a-plan",
        "cycle": factories.CycleFactory().pk,
        "boards": [board.pk],
        "commissioners": [organisation("icb").pk],
    }
    refused = client.post(address, given)
    assert "Choose The CCG, which was there before it." in refused.content.decode()
    assert client.post(address, {**given, "commissioners": [ccg.pk]}).status_code == 302
    assert list(Plan.objects.get(slug="a-plan").commissioners.all()) == [ccg]


def test_an_agreements_parties_are_of_its_term(county: Organisation) -> None:
    agreement = AgreementFactory(starts="2018-04", ends="2021-03")
    form = type("Bound", (AgreementForm,), {"person": factories.UserFactory(is_superuser=True)})
    assert "county" not in keys_offered(form(instance=agreement), "parties")
    assert "east" in keys_offered(form(instance=agreement), "parties")
    agreement.parties.add(county)
    again = type("Bound", (form,), {})(instance=agreement)
    assert "county" in keys_offered(again, "parties")
    assert again.instance.runs[1] == "the agreement’s term, April 2018 to March 2021"


def test_who_joins_an_agreement_existed_while_the_new_terms_apply(
    county: Organisation, administrator: User
) -> None:
    agreement = AgreementFactory(starts="2017-04", ends="2021-03")
    before = terms_now(agreement)
    deed = Deed(effective=date(2019, 4, 1), reason="Divided")

    def joined(key: str) -> Any:
        return type(before)(**{**before.__dict__, "parties": (key,)})

    with pytest.raises(Refused, match="County Council existed until 31 March 2018, before the new"):
        agreement_vary(agreement=agreement, terms=joined("county"), deed=deed, by=administrator)
    agreement_vary(agreement=agreement, terms=joined("east"), deed=deed, by=administrator)
    assert [each.key for each in agreement.parties.all()] == ["east"]


# -- what people see ---------------------------------------------------------------------------


def texts(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200
    return " ".join(" ".join(html.fromstring(response.content).itertext()).split())


def test_a_boards_page_says_who_its_bodies_were_and_what_they_became(
    county: Organisation, ccg: Organisation, administrator: User, sign_in: SignIn
) -> None:
    board = BoardFactory(slug="county", name="County", authority=county, valid_to=LAST)
    board.succeeded_by.add(BoardFactory(name="East"), BoardFactory(name="West"))
    BoardCodeFactory(board=board, ons_code="E10000001", valid_to=date(2017, 3, 31))
    BoardCodeFactory(board=board, ons_code="E10000002", valid_from=date(2017, 4, 1))
    PlanFactory(boards=[board]).commissioners.add(ccg)

    text = texts(sign_in(administrator), "/boards/county/")
    assert "This board existed until 31 March 2018; then East and West." in text
    assert "County Council until 31 March 2018 East Council and West Council" in text
    assert "The CCG 1 April 2013 to 30 June 2022 The ICB" in text
    for words in ("E10000001", "until 31 March 2017", "E10000002", "from 1 April 2017"):
        assert words in text
    assert "existed until 31 March 2018" in texts(sign_in(administrator), "/")


def test_lists_and_agreements_name_the_body_of_the_day_and_what_it_became(
    county: Organisation, administrator: User, sign_in: SignIn
) -> None:
    row = ContributionFactory(contributor=county, financial_year="2017-18", plan__slug="own")
    SignOffFactory(plan=row.plan, organisation=county)
    AgreementFactory(slug="s75", starts="2015-04", ends="2021-03").parties.add(county)
    became = "County Council existed until 31 March 2018; then East Council and West Council."

    client = sign_in(administrator)
    for address in ("/plans/own/contributions/", "/plans/own/sign-offs/", "/agreements/s75/"):
        assert became in texts(client, address), address
    assert became not in texts(client, "/agreements/s75/?as_at=2018-03-31")
    row.refresh_from_db()
    assert row.contributor == county


# -- files and the API -------------------------------------------------------------------------


def errors_of(model: Any, by: User, columns: str, *rows: Any) -> dict[str, str]:
    content = as_csv(columns.split(), *rows)
    outcome = rows_check(resource=RESOURCES[model], name="rows.csv", content=content, by=by).outcome
    assert not outcome.objections, outcome.objections
    return {error.column: error.sentence for error in outcome.errors}


def test_a_file_is_refused_as_a_form_is(
    county: Organisation, ccg: Organisation, administrator: User
) -> None:
    plan = PlanFactory(slug="own")
    columns = "plan financial_year funding_source contributor"
    found = errors_of(
        Contribution, administrator, columns, ["own", "2018-19", "nhs-minimum", "county"]
    )
    assert DIVIDED in found["contributor"]
    found = errors_of(Plan, administrator, "slug commissioners", ["own", "icb"])
    assert "Choose The CCG" in found["commissioners"]
    plan.commissioners.add(organisation("icb"))
    assert errors_of(Plan, administrator, "slug commissioners", ["own", "icb; ccg"]) == {}
    AgreementFactory(slug="s75", starts="2018-04", ends="2021-03")
    found = errors_of(Agreement, administrator, "slug parties", ["s75", "county"])
    assert "before the agreement’s term, April 2018 to March 2021" in found["parties"]
    found = errors_of(Organisation, administrator, "key succeeded_by", ["east", "county"])
    assert "itself comes after" in found["succeeded_by"]


def test_the_api_refuses_and_tells(
    county: Organisation, member: Callable[..., User], sign_in: SignIn
) -> None:
    board = BoardFactory(slug="county", ons_code="E10000002", valid_to=LAST)
    board.succeeded_by.add(BoardFactory(slug="east", ons_code="E06000001", valid_from=FIRST))
    for code in ("E10000001", "E10000002"):
        BoardCodeFactory(board=board, ons_code=code)
    PlanFactory(slug="own", boards=[board])
    client = sign_in(member("editor", board))
    sent = {
        "plan": "own",
        "financial_year": "2018-19",
        "funding_source": "nhs-minimum",
        "contributor": "county",
    }
    answer = client.post("/api/v1/contributions/", json.dumps(sent), "application/json")
    assert answer.status_code == 400
    [error] = answer.json()["errors"]
    assert (error["field"], DIVIDED in error["message"]) == ("contributor", True)

    row = ask(client, "organisations/county/")
    assert (row["valid_to"], row["succeeded_by"]) == ("2018-03-31", ["east", "west"])
    told = ask(client, "boards/county/")
    assert (told["valid_from"], told["valid_to"]) == (None, "2018-03-31")
    assert told["succeeded_by"] == ["east"]
    assert (told["ons_code"], told["codes"]) == ("E10000002", ["E10000001", "E10000002"])
    [found] = results(client, "boards", codes="E10000001")
    assert found["slug"] == "county"
    assert [each["slug"] for each in results(client, "boards", codes__missing="true")] == ["east"]
    assert [each["key"] for each in results(client, "organisations", succeeded_by="east")] == [
        "county"
    ]


# -- codes -----------------------------------------------------------------------------------


@pytest.fixture
def recoded() -> Board:
    """A board whose area had another code until 2023."""
    board: Board = BoardFactory(slug="recoded", ons_code="E08000038")
    BoardCodeFactory(board=board, ons_code="E08000016", valid_to=date(2025, 3, 31))
    BoardCodeFactory(board=board, ons_code="E08000038", valid_from=date(2025, 4, 1))
    return board


def test_a_board_is_found_by_a_code_of_any_time(recoded: Board) -> None:
    assert board_of("E08000016") == board_of("E08000038") == recoded
    assert board_of("E08000016", on=date(2025, 3, 31)) == recoded
    assert board_of("E08000016", on=date(2025, 4, 1)) is None
    assert board_of("E08000038", on=date(2025, 3, 31)) is None
    assert board_of("E99999999") is None


def test_the_newest_code_holds_while_the_board_exists() -> None:
    old = BoardFactory(slug="old", ons_code="E10000001", valid_to=LAST)
    new = BoardFactory(slug="new", ons_code="E10000001", valid_from=FIRST)
    assert board_of("E10000001", on=LAST) == old
    assert board_of("E10000001", on=FIRST) == board_of("E10000001") == new


def test_an_old_code_finds_the_board_in_the_search_and_in_files(
    recoded: Board, administrator: User
) -> None:
    assert list(find_boards(Board.objects.all(), "e08000016")) == [recoded]
    columns = "board label period value unit"
    assert (
        errors_of(
            ContextFigure, administrator, columns, ["E08000016", "Beds", "2017-18", "5", "beds"]
        )
        == {}
    )


# -- reference data --------------------------------------------------------------------------


def test_the_real_bodies_are_loaded_with_what_they_became() -> None:
    load_reference()
    assert set(load_reference().values()) == {0}
    told = successions_of(Organisation).told(organisation("barnet-ccg").dated)
    assert told == (
        "Barnet Clinical Commissioning Group, until 31 March 2020; then NHS North Central London "
        "CCG, until 30 June 2022; then NHS North Central London Integrated Care Board, until "
        "31 March 2026; then NHS West and North London Integrated Care Board"
    )
    for ccg in Organisation.objects.filter(funding_shares__isnull=False):
        assert ccg.exists_in(FinancialYear(2014))
    assert board_of("E09000003") == Board.objects.get(slug="barnet")
    assert all(board.ons_code.startswith("E09") for board in Board.objects.all())
    assert not organisation("barnet-ccg").exists_in(FinancialYear(2020))


def test_what_an_administrator_said_is_not_loaded_over() -> None:
    load_reference()
    barnet, other = organisation("barnet-ccg"), OrganisationFactory(valid_from=date(2020, 4, 1))
    barnet.succeeded_by.set([other])
    assert load_reference()["successors"] == 0
    assert list(barnet.succeeded_by.all()) == [other]


def test_a_file_of_successors_that_does_not_fit_is_told_by_its_line(tmp_path: Any) -> None:
    for each in (FIXTURES / "reference").glob("*.csv"):
        (tmp_path / each.name).write_text(each.read_text(encoding="utf-8"), encoding="utf-8")
    path = tmp_path / "successors.csv"
    path.write_text("organisation,successor,source\nbarnet-ccg,nobody,\n", encoding="utf-8")
    with pytest.raises(FixtureError, match=r"successors\.csv, line 2: .*“nobody”"):
        load_reference(tmp_path)
    path.write_text(
        "organisation,successor,source\nnhs-north-central-london-ccg,barnet-ccg,\n",
        encoding="utf-8",
    )
    with pytest.raises(FixtureError, match="ends before"):
        load_reference(tmp_path)
