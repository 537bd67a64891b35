"""A new row is asked first what it belongs to, and its form offers what that offers."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.db import models
from django.test import Client
from lxml import html

from bcf.accounts.models import User
from governance.models import Agreement, AgreementNote, AgreementValue, Risk
from metrics.models import MetricValue
from plans.cycle_definitions import Choice, SchemeType, definition, definitions
from plans.models import Contribution, Cycle, Plan
from schemes.models import Benefit, Scheme, SpendActual, SpendLine
from tests import factories
from tests.integration.admin_forms import World, address, errors_of
from tests.integration.pages import fields_of

pytestmark = pytest.mark.django_db

SECRET = "Hush"


@pytest.fixture
def world() -> World:
    return World()


@pytest.fixture
def editor(world: World, member: Callable[..., User], sign_in: Callable[[User], Client]) -> Client:
    return sign_in(member("editor", world.board))


def add(model: type[models.Model], **owner: Any) -> str:
    query = "&".join(f"{name}={row.pk}" for name, row in owner.items())
    return f"{address(model, 'add')}?{query}"


def page_of(answer: Any) -> Any:
    assert answer.status_code == 200
    return html.fromstring(answer.content.decode())


def options(answer: Any, name: str) -> dict[str, list[str]]:
    """The labels that a list offers, by the heading under which they stand."""
    [box] = page_of(answer).xpath(f"//select[@name='{name}']")
    found: dict[str, list[str]] = {}
    for option in box.iter("option"):
        if option.get("value"):
            group = option.getparent()
            heading = group.get("label") if group.tag == "optgroup" else ""
            found.setdefault(heading, []).append(option.text.strip())
    return found


# -- choosing what a row belongs to ------------------------------------------------------------


def test_without_a_plan_the_drafts_are_offered_that_one_may_change(
    editor: Client, world: World
) -> None:
    factories.PlanFactory(title=f"{SECRET} plan")
    factories.PlanFactory(title="Finished plan", boards=[world.board], status="submitted")

    page = page_of(editor.get(add(SpendLine)))

    links = page.xpath("//main//li/a/@href")
    assert links == [f"?plan={world.plan.pk}", f"?plan={world.earlier.pk}"]
    text = page.text_content()
    assert SECRET not in text
    assert "Finished plan" not in text


def test_where_no_plan_is_a_draft_it_says_who_can_reopen_one(
    editor: Client, world: World, member: Callable[..., User]
) -> None:
    approver = member("approver", world.board)
    stranger = member("approver", factories.BoardFactory())
    Plan.objects.update(status="submitted")

    text = page_of(editor.get(add(SpendLine))).text_content()

    assert "None of your boards’ plans is a draft now" in text
    assert f"{world.plan} (submitted): ask {approver}" in " ".join(text.split())
    assert str(stranger) not in text


def test_a_board_that_has_no_plan_is_told_so(
    member: Callable[..., User], sign_in: Callable[[User], Client]
) -> None:
    client = sign_in(member("editor", factories.BoardFactory()))

    assert "Your boards have no plan." in client.get(add(SpendLine)).content.decode()


def test_the_plan_is_fixed_and_no_field_of_the_form(editor: Client, world: World) -> None:
    page = page_of(editor.get(add(SpendLine, plan=world.plan)))

    assert page.xpath("//*[@name='plan']") == []
    assert str(world.plan) in page.xpath("//dl[@class='app-owners']")[0].text_content()


@pytest.mark.parametrize("asked", ["²", "0", "-1", "99999999999999999999", "hush"])
def test_a_plan_that_is_none_is_asked_for_again(editor: Client, world: World, asked: str) -> None:
    answer = editor.get(f"{address(SpendLine, 'add')}?plan={asked}")

    assert "The plan asked for is none that you may change." in answer.content.decode()
    assert str(world.plan) in answer.content.decode()


def test_from_a_list_of_one_plan_the_form_of_that_plan_opens(editor: Client, world: World) -> None:
    filters = f"_changelist_filters=plan__id__exact%3D{world.plan.pk}%26q%3Dfalls"

    answer = editor.get(f"{address(SpendLine, 'add')}?{filters}")

    query = parse_qs(urlsplit(answer["Location"]).query)
    assert query["plan"] == [str(world.plan.pk)]
    assert query["_changelist_filters"] == [f"plan__id__exact={world.plan.pk}&q=falls"]
    shown = page_of(editor.get(answer["Location"]))
    [back] = shown.xpath("//div[@class='breadcrumbs']/a[last()]/@href")
    assert "plan__id__exact" in back


def test_a_row_of_a_board_or_of_a_plan_asks_which(editor: Client, world: World) -> None:
    links = page_of(editor.get(add(Risk))).xpath("//main//li/a/@href")
    assert f"?plan={world.plan.pk}" in links
    assert f"?board={world.board.pk}" in links

    editor.post(add(Risk, board=world.board), {"title": "Money is short."})

    risk = Risk.objects.get()
    assert (risk.plan, risk.board) == (None, world.board)


def test_a_row_of_an_agreement_asks_which(editor: Client, world: World) -> None:
    factories.AgreementFactory(title=f"{SECRET} agreement", plan=factories.PlanFactory())
    chooser = editor.get(add(AgreementValue))
    assert SECRET not in chooser.content.decode()
    links = page_of(chooser).xpath("//main//li/a/@href")
    assert links == [f"?agreement={world.agreement.pk}"]

    party = factories.OrganisationFactory(name="Party")
    world.agreement.parties.add(party)
    path = add(AgreementValue, agreement=world.agreement)
    offered = options(editor.get(path), "organisation")
    assert offered["Taking part here"] == ["Party"]
    editor.post(path, {"measure": "spend", "amount": "1.2m", "organisation": party.pk})

    value = AgreementValue.objects.get()
    assert (value.agreement, value.organisation, value.amount) == (
        world.agreement,
        party,
        1_200_000,
    )


def test_a_note_is_about_an_agreement_or_about_a_board(editor: Client, world: World) -> None:
    for owner in ({"agreement": world.agreement}, {"board": world.board}):
        editor.post(add(AgreementNote, **owner), {"kind": "risk", "text": "Money is short."})
    first, second = AgreementNote.objects.order_by("pk")
    assert (first.agreement, first.board) == (world.agreement, None)
    assert (second.agreement, second.board) == (None, world.board)


def test_an_agreement_of_a_board_is_saved_with_a_board_of_ones_own(
    editor: Client, world: World
) -> None:
    other = factories.BoardFactory()
    path = add(Agreement, board=world.board)
    posted = {"title": "Carers", "slug": "carers", "kind": "standalone", "is_section_75": "on"}

    refused = editor.post(path, {**posted, "boards": [other.pk]})
    assert "boards" in errors_of(refused)
    saved = editor.post(path, {**posted, "boards": [world.board.pk]})

    assert saved.status_code == 302
    agreement = Agreement.objects.get(slug="carers")
    assert list(agreement.boards.all()) == [world.board]


# -- the way back ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("button", "page", "query"),
    [
        ("_save", "changelist", "plan__id__exact"),
        ("_addanother", "add", "plan"),
    ],
)
def test_after_saving_one_stays_with_the_plan(
    editor: Client, world: World, button: str, page: str, query: str
) -> None:
    line = world.row(SpendLine)
    new = {"financial_year": "2017-18", "description": "Falls", button: "1"}
    change = address(SpendLine, "change", line.pk)
    old = fields_of(editor.get(change)) | {"description": "Stroke", button: "1"}

    for answer in (
        editor.post(add(SpendLine, plan=world.plan), new),
        editor.post(change, old),
    ):
        assert answer.status_code == 302
        parts = urlsplit(answer["Location"])
        assert parts.path == address(SpendLine, page)
        assert parse_qs(parts.query)[query] == [str(world.plan.pk)]


def test_after_deleting_one_stays_with_the_plan(editor: Client, world: World) -> None:
    line = world.row(SpendLine)

    answer = editor.post(address(SpendLine, "delete", line.pk), {"post": "yes"})

    assert answer["Location"].endswith(f"?plan__id__exact={world.plan.pk}")


# -- what a form offers ------------------------------------------------------------------------


def test_a_form_offers_what_the_plans_cycle_offers(editor: Client, world: World) -> None:
    for plan, years, has_ibcf in (
        (world.plan, ["2017–18", "2018–19", "Not stated"], True),
        (world.earlier, ["2014–15", "2015–16", "Not stated"], False),
    ):
        answer = editor.get(add(SpendLine, plan=plan))
        assert options(answer, "financial_year")[""] == years
        sources = options(answer, "funding_source")[""]
        assert ("Improved Better Care Fund" in sources) == has_ibcf
        assert len(sources) == len(plan.cycle.definition.funding_sources)


def test_sub_sources_stand_under_their_funding_source(editor: Client, world: World) -> None:
    offered = options(editor.get(add(Contribution, plan=world.plan)), "sub_source")
    assert offered == {
        "CCG minimum contribution": [
            "Relative needs formula (RNF)",
            "Other than relative needs formula (non-RNF)",
        ]
    }
    posted = {"financial_year": "2017-18", "funding_source": "dfg", "sub_source": "rnf"}
    refused = editor.post(add(Contribution, plan=world.plan), posted)
    assert "It belongs to CCG minimum contribution." in errors_of(refused)["sub_source"][0]


def test_a_cycle_without_scheme_types_does_not_ask_for_them(editor: Client, world: World) -> None:
    def asked(plan: Plan) -> set[str]:
        return set(page_of(editor.get(add(Scheme, plan=plan))).xpath("//@name"))

    about_types = {"scheme_type", "sub_type", "type_specified"}
    assert asked(world.earlier) & about_types == set()
    assert asked(world.plan) & about_types == about_types
    assert "reference" in asked(world.earlier)


@pytest.fixture
def typed_schemes(monkeypatch: pytest.MonkeyPatch) -> None:
    """A cycle whose scheme types have sub types, two of which share a key."""

    def choice(key: str) -> Choice:
        return Choice(key=key, label=key.capitalize(), verified=False, source="a test")

    def scheme_type(key: str, *subs: str) -> SchemeType:
        parts = tuple(choice(sub) for sub in subs)
        return SchemeType(key, key.capitalize(), False, "a test", sub_types=parts)

    types = (scheme_type("carers", "respite", "other"), scheme_type("housing", "grants", "other"))
    changed = replace(definition("2017-19"), scheme_types=types)
    monkeypatch.setitem(definitions(), "2017-19", changed)


@pytest.mark.usefixtures("typed_schemes")
def test_sub_types_stand_under_their_scheme_type(editor: Client, world: World) -> None:
    scheme = factories.SchemeFactory(plan=world.plan, scheme_type="housing", sub_type="other")
    path = address(Scheme, "change", scheme.pk)

    answer = editor.get(path)

    offered = options(answer, "sub_type")
    assert offered == {"Carers": ["Respite", "Other"], "Housing": ["Grants", "Other"]}
    [chosen] = page_of(answer).xpath("//select[@name='sub_type']//option[@selected]")
    assert chosen.getparent().get("label") == "Housing"
    refused = editor.post(path, fields_of(answer) | {"sub_type": "respite"})
    assert errors_of(refused)["sub_type"] == [
        "“Respite” is no sub type of Housing. It belongs to Carers. Choose one of: Grants; Other."
    ]


def test_a_stored_value_that_is_no_longer_offered_stays(editor: Client, world: World) -> None:
    line = world.row(SpendLine)
    SpendLine.objects.filter(pk=line.pk).update(
        funding_source="levy", financial_year="2016-17", area_of_spend="moon"
    )
    path = address(SpendLine, "change", line.pk)

    answer = editor.get(path)
    assert "levy (as stored; not offered to a new row)" in options(answer, "funding_source")[""]
    saved = editor.post(path, fields_of(answer) | {"description": "Changed", "area_of_spend": ""})

    assert saved.status_code == 302
    line.refresh_from_db()
    assert (line.description, line.funding_source, line.area_of_spend) == ("Changed", "levy", "")
    assert str(line.financial_year) == "2016-17"
    refused = editor.post(path, fields_of(editor.get(path)) | {"area_of_spend": "moon"})
    assert "“moon” is no area of spend of 2017-19" in errors_of(refused)["area_of_spend"][0]


def test_metrics_of_the_cycle_come_first(editor: Client, world: World) -> None:
    for key, name in (
        ("nea", "Admissions"),
        ("patient-experience", "Experience"),
        ("falls-at-home", "Falls"),
    ):
        factories.MetricFactory(key=key, name=name)

    later = options(editor.get(add(MetricValue, plan=world.plan)), "metric")
    earlier = options(editor.get(add(MetricValue, plan=world.earlier)), "metric")
    of_board = options(editor.get(add(MetricValue, board=world.board)), "metric")

    assert later["Metrics of 2017-19"] == ["Admissions"]
    assert "Experience" not in str(later)
    assert earlier["Metrics of 2014-16"] == ["Admissions", "Experience"]
    assert of_board["National metrics"] == ["Admissions", "Experience"]
    for offered in (later, earlier, of_board):
        assert "Falls" in offered["Local and other metrics"]


def test_organisations_of_the_plan_come_first(editor: Client, world: World) -> None:
    payer = factories.OrganisationFactory(name="Payer")
    other = factories.OrganisationFactory(name="Elsewhere")
    world.plan.commissioners.add(payer)

    offered = options(editor.get(add(Contribution, plan=world.plan)), "contributor")

    first, *others = offered.values()
    assert next(iter(offered)) == "Taking part here"
    assert {"Payer", str(world.board.authority)} == set(first)
    assert "Payer" not in str(others)
    assert str(other) in str(others)


def test_boards_and_schemes_are_those_of_the_plan(editor: Client, world: World) -> None:
    joint = factories.PlanFactory(boards=[world.board, factories.BoardFactory(name="Next door")])
    part = factories.PlanFactory(part_of=joint, boards=[world.board])
    factories.SchemeFactory(plan=joint, reference="J", name="Joint scheme")
    factories.SchemeFactory(name=f"{SECRET} scheme")

    boards = options(editor.get(add(MetricValue, plan=joint)), "board")[""]
    assert boards == sorted(["Next door", str(world.board)])
    schemes = options(editor.get(add(SpendLine, plan=part)), "scheme")[""]
    assert schemes == ["J Joint scheme"]
    assert SECRET not in editor.get(add(Benefit, plan=part)).content.decode()


def test_quarters_are_those_of_the_cycle_and_are_saved(editor: Client, world: World) -> None:
    line = factories.SpendLineFactory(plan=world.plan, financial_year="2017-18")
    path = add(SpendActual, plan=world.plan)
    offered = options(editor.get(path), "quarter")
    assert list(offered) == ["2017–18", "2018–19"]
    assert offered["2017–18"][0] == "Quarter 1, April to June"

    answer = editor.post(path, {"line": line.pk, "quarter": "2017-18Q3", "spent": "125k"})

    assert answer.status_code == 302
    assert str(SpendActual.objects.get().quarter) == "2017-18Q3"


def test_a_figure_takes_periods_as_people_type_them(editor: Client, world: World) -> None:
    metric = factories.MetricFactory()
    for typed, code in (("Q3 2017/18", "2017-18Q3"), ("april 2017", "2017-04"), ("", "not-stated")):
        posted = {"metric": metric.pk, "kind": "plan", "value": "1,234.5", "period": typed}
        assert editor.post(add(MetricValue, plan=world.plan), posted).status_code == 302
        row = MetricValue.objects.latest("pk")
        assert str(row.period) == code
        shown = fields_of(editor.get(address(MetricValue, "change", row.pk)))["period"]
        assert shown == {"2017-18Q3": "Q3 2017-18", "2017-04": "April 2017"}.get(code, "not stated")


# -- rows that are only looked at --------------------------------------------------------------


def test_a_row_that_is_only_looked_at_is_in_words(editor: Client, world: World) -> None:
    line = factories.SpendLineFactory(
        plan=world.plan, funding_source="dfg", amount=1_234_567, financial_year="2017-18"
    )
    Plan.objects.update(status="submitted")

    text = page_of(editor.get(address(SpendLine, "change", line.pk))).text_content()

    for words in ("Disabled Facilities Grant", "£1,234,567", "2017–18"):
        assert words in text
    assert "dfg" not in text.replace(line.ref, "")


def test_the_cycles_of_the_table_are_two() -> None:
    assert Cycle.objects.count() == 0
    World()
    assert set(Cycle.objects.values_list("key", flat=True)) == {"2014-16", "2017-19"}


# -- removing ----------------------------------------------------------------------------------


def test_what_goes_with_a_row_is_said_before_it_goes(editor: Client, world: World) -> None:
    benefit = factories.BenefitFactory(plan=world.plan)
    benefit.schemes.add(world.scheme)
    for month in ("2017-04", "2017-05"):
        factories.BenefitProfileFactory(benefit=benefit, month=month)

    page = page_of(editor.get(address(Benefit, "delete", benefit.pk)))

    gone = [each.text_content() for each in page.xpath("//ul[@class='app-deleted']/li")]
    assert sorted(gone) == ["1 benefit-scheme link", "2 benefits by month"]


def test_what_holds_a_row_is_named_as_far_as_one_may_know_it(
    world: World, member: Callable[..., User], sign_in: Callable[[User], Client]
) -> None:
    other = factories.BoardFactory()
    joint = factories.PlanFactory(boards=[world.board, other])
    scheme = factories.SchemeFactory(plan=joint)
    factories.SpendLineFactory(plan=joint, scheme=scheme, description="Carers")
    sibling = factories.PlanFactory(part_of=joint, boards=[other])
    child = factories.SchemeFactory(plan=sibling, parent=scheme, name=f"{SECRET} scheme")
    client = sign_in(member("editor", world.board))
    path = address(Scheme, "delete", scheme.pk)

    for answer in (client.get(path), client.post(path, {"post": "yes"})):
        text = " ".join(page_of(answer).text_content().split())
        assert "cannot be deleted, because other rows point to it." in text
        assert "Spend line: Carers, 2017–18" in text
    assert Scheme.objects.filter(pk__in=[scheme.pk, child.pk]).count() == 2


def test_several_rows_are_named_before_they_go(editor: Client, world: World) -> None:
    rows = [factories.SpendLineFactory(plan=world.plan, description=each) for each in "AB"]
    chosen = {"action": "delete_selected", "_selected_action": [row.pk for row in rows]}

    page = page_of(editor.post(address(SpendLine, "changelist"), chosen))

    text = " ".join(page.text_content().split())
    assert "You are about to delete 2 spend lines:" in text
    named = page.xpath("//ul[@class='app-deleted']/li/text()")
    assert named == ["A, 2017–18", "B, 2017–18"]
    assert "Nothing else goes with" in text
    editor.post(address(SpendLine, "changelist"), chosen | {"post": "yes"})
    assert not SpendLine.objects.filter(pk__in=[row.pk for row in rows]).exists()
