"""Lists of the admin: every filter finds what it offers, and what stands under and above them."""

from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import Any

import pytest
from django.contrib import admin
from django.db.models import Model
from django.test import Client, RequestFactory
from django.urls import reverse
from lxml import html

from bcf.accounts.models import User
from bcf.admin import REGISTER, site
from plans.admin.narrowing import Narrowing
from plans.models import Board, Plan
from schemes.models import Scheme, SpendLine
from tests.factories import (
    BoardFactory,
    ContributionFactory,
    MetricValueFactory,
    MilestoneFactory,
    OrganisationFactory,
    PlanFactory,
    RequirementFactory,
    SchemeFactory,
    SpendLineFactory,
)

pytestmark = pytest.mark.django_db


def address(model: type[Model]) -> str:
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist")


@pytest.fixture
def client(administrator: User, sign_in: Callable[[User], Client]) -> Client:
    return sign_in(administrator)


def listed(client: Client, model: type[Model], **asked: Any) -> Any:
    """The list with this filter."""
    response = client.get(address(model), asked)
    assert response.status_code == 200
    return response.context["cl"]


def found(client: Client, model: type[Model], **asked: Any) -> set[Any]:
    return set(listed(client, model, **asked).result_list)


def page(client: Client, model: type[Model], **asked: Any) -> Any:
    return html.fromstring(client.get(address(model), asked).content.decode())


# -- filters ---------------------------------------------------------------------------------


def every_filter() -> Iterator[tuple[type[Model], type[Narrowing]]]:
    for model in REGISTER:
        for each in site.get_model_admin(model).list_filter:
            assert isinstance(each, type), f"{model}: {each} is not drawn as a box"
            assert issubclass(each, Narrowing), f"{model}: {each} is not drawn as a box"
            yield model, each


def test_every_list_of_rows_has_filters() -> None:
    without = {model.__name__ for model in REGISTER} - {
        model.__name__ for model, _ in every_filter()
    }
    assert without == {"Board", "Cycle"}


def test_two_filters_of_a_list_never_share_a_name_in_the_address() -> None:
    names: dict[type[Model], list[str]] = {}
    for model, each in every_filter():
        names.setdefault(model, []).append(each.parameter_name)
    assert [model for model, found in names.items() if len(set(found)) < len(found)] == []


@pytest.fixture
def drawn(administrator: User, rf: RequestFactory) -> Callable[..., Any]:
    """A list as its page would draw it, without the page."""

    def make(model: type[Model], asked: dict[str, str]) -> Any:
        request = rf.get("/", asked)
        request.user = administrator
        return site.get_model_admin(model).get_changelist_instance(request)

    return make


@pytest.mark.usefixtures("real_plans")
def test_every_choice_on_offer_finds_rows_and_reads_as_words(drawn: Callable[..., Any]) -> None:
    """Of long boxes the first choices and the last."""
    MetricValueFactory(is_suppressed=True, value=None)
    offered = 0
    for model in REGISTER:
        every = drawn(model, {})
        for each in every.narrowings:
            choices = list(each.lookup_choices)
            for value, label in [*choices[:2], *choices[2:][-2:]]:
                some = drawn(model, {each.parameter_name: value})
                assert 0 < some.result_count <= every.result_count, (model, each.parameter_name)
                assert [chip.value for chip in some.chips] == [label]
                offered += 1
    assert offered > 250


@pytest.mark.usefixtures("real_plans")
def test_a_value_that_is_not_on_offer_finds_nothing(drawn: Callable[..., Any]) -> None:
    for model, each in every_filter():
        for value in ("xx", "99999999999999999999", "2015-99", "\0"):
            some = drawn(model, {each.parameter_name: value})
            assert some.result_count == 0, (model, each.parameter_name, value)


def test_a_value_is_shown_as_it_was_asked_for_and_not_as_markup(client: Client) -> None:
    SpendLineFactory()

    text = client.get(address(SpendLine), {"theme": "<script>alert(1)</script>"}).content.decode()

    assert "&lt;script&gt;alert(1)" in text
    assert "<script>alert(1)" not in text


def test_a_board_has_the_rows_of_its_joint_plans_and_its_own(client: Client) -> None:
    havering, barnet = BoardFactory(slug="havering"), BoardFactory(slug="barnet")
    joint = PlanFactory(boards=[havering, BoardFactory()])
    own, other = PlanFactory(boards=[havering]), PlanFactory(boards=[barnet])
    lines = {SpendLineFactory(plan=joint), SpendLineFactory(plan=own)}
    SpendLineFactory(plan=other)
    value = MetricValueFactory(board=havering)
    MetricValueFactory(board=barnet)

    assert found(client, SpendLine, board="havering") == lines
    assert found(client, type(value), board="havering") == {value}
    assert found(client, Plan, board="havering") == {joint, own}


def test_filters_narrow_each_other(client: Client) -> None:
    havering = BoardFactory(slug="havering")
    own = [PlanFactory(boards=[havering]), PlanFactory(boards=[havering])]
    plans = [*own, PlanFactory(status="submitted")]
    for plan in plans:
        SpendLineFactory(plan=plan)

    boxes = {each.parameter_name: each for each in listed(client, SpendLine).narrowings}
    narrowed = listed(client, SpendLine, board="havering").narrowings
    of_board = {each.parameter_name: dict(each.lookup_choices) for each in narrowed}

    assert len(boxes["plan__id__exact"].lookup_choices) == 3
    assert set(of_board["plan__id__exact"]) == {str(plan.pk) for plan in own}
    assert set(dict(boxes["plan_status"].lookup_choices)) == {"draft", "submitted"}


def test_years_quarters_months_and_ranges_of_a_year_are_found_together(client: Client) -> None:
    inside = ("2015-16", "2015-16Q3", "2015-04", "2016-03", "2015-07/2015-09")
    outside = ("2014-15", "2016-17Q1", "2015-03", "2016-04", "2015", "not-stated")
    values = {each: MetricValueFactory(period=each) for each in (*inside, *outside)}

    model = type(values["2015-16"])

    assert {str(row.period) for row in found(client, model, year="2015-16")} == set(inside)
    assert found(client, model, year="not-stated") == {values["not-stated"]}


def test_a_scheme_is_found_with_its_sub_schemes(client: Client) -> None:
    plan = PlanFactory()
    top = SchemeFactory(plan=plan)
    middle = SchemeFactory(plan=plan, parent=top)
    below = SchemeFactory(plan=plan, parent=middle)
    beside = SchemeFactory(plan=plan)
    lines = {each: SpendLineFactory(plan=plan, scheme=each) for each in (top, below, beside)}
    milestone = MilestoneFactory(plan=plan)
    milestone.schemes.add(middle, below)

    assert found(client, SpendLine, scheme=top.pk) == {lines[top], lines[below]}
    assert found(client, type(milestone), scheme=top.pk) == {milestone}
    assert found(client, Scheme, scheme=middle.pk) == {middle, below}
    [box] = [e for e in listed(client, SpendLine).narrowings if e.parameter_name == "scheme"]
    # The middle one holds no line itself, and still its parts are found through it.
    assert set(dict(box.lookup_choices)) == {str(each.pk) for each in (top, middle, below, beside)}


def test_schemes_and_themes_are_on_offer_once_the_plans_are_few(client: Client) -> None:
    for _ in range(13):
        plan = PlanFactory()
        SpendLineFactory(plan=plan, scheme=SchemeFactory(plan=plan), theme="A")
        SpendLineFactory(plan=plan, theme="B")

    every = page(client, SpendLine)
    of_one = page(client, SpendLine, plan__id__exact=plan.pk)

    assert not every.xpath("//select[@name='scheme' or @name='theme']")
    assert "Choose a plan first." in every.text_content()
    assert of_one.xpath("//select[@name='theme']/option/text()") == ["All", "A", "B"]


def test_what_is_not_stated_can_be_asked_for(client: Client) -> None:
    stated = SpendLineFactory(funding_source="dfg", amount=5)
    unstated = SpendLineFactory(funding_source="", amount=None)

    assert found(client, SpendLine, source="unstated") == {unstated}
    assert found(client, SpendLine, source="dfg") == {stated}
    assert found(client, SpendLine, counts="unstated") == {unstated}


def test_an_editor_is_offered_what_the_own_rows_have_and_no_more(
    client: Client, member: Callable[..., User], sign_in: Callable[[User], Client]
) -> None:
    own, other = PlanFactory(title="Own"), PlanFactory(title="Hidden")
    payer = OrganisationFactory(name="Hidden payer")
    for plan in (own, PlanFactory(boards=own.boards.all(), title="Second")):
        ContributionFactory(plan=plan, contributor=OrganisationFactory())
    ContributionFactory(plan=other, contributor=payer, funding_source="dfg")
    model = type(own.contributions.get())
    editor = sign_in(member("editor", own.boards.get()))

    everything = client.get(address(model)).content.decode()
    shown = editor.get(address(model)).content.decode()

    for hidden in ("Hidden", other.boards.get().area, "Disabled Facilities Grant"):
        assert hidden in everything
        assert hidden not in shown


# -- chips, empty boxes, pages -----------------------------------------------------------------


def test_chips_say_what_is_shown_and_take_it_away(client: Client) -> None:
    plan = PlanFactory(title="Havering plan")
    SpendLineFactory(plan=plan, financial_year="2017-18", description="Falls")
    PlanFactory()
    SpendLineFactory()

    asked = {"plan__id__exact": plan.pk, "year": "2017-18", "q": "falls", "o": "-7"}
    chips = listed(client, SpendLine, **asked).chips

    assert [(chip.label, chip.value) for chip in chips] == [
        ("plan", "Havering plan"),
        ("financial year", "2017–18"),
        ("words", "falls"),
    ]
    assert chips[1].without == f"?o=-7&plan__id__exact={plan.pk}&q=falls"
    text = page(client, SpendLine, **asked)
    [clear] = text.xpath("//a[text()='Clear all']/@href")
    assert clear == "?o=-7"


def test_a_lookup_beside_the_filters_is_a_chip_too(client: Client) -> None:
    line = SpendLineFactory()
    SpendLineFactory()

    [chip] = listed(client, SpendLine, id__exact=line.pk).chips

    assert (chip.label, chip.value, chip.without) == ("id exact", str(line.pk), "?")


def test_boxes_left_empty_do_not_stay_in_the_address(client: Client) -> None:
    asked = f"{address(SpendLine)}?q=&board=&year=2017-18&cycle=&o=1"

    answer = client.get(asked)

    assert (answer.status_code, answer["Location"]) == (
        302,
        f"{address(SpendLine)}?year=2017-18&o=1",
    )
    assert client.get(f"{address(SpendLine)}?q=")["Location"] == address(SpendLine)


def test_a_page_holds_fifty_rows_in_order_and_the_last_answers_for_any_beyond(
    client: Client,
) -> None:
    plan = PlanFactory()
    for number in range(53):
        SpendLineFactory(plan=plan, amount=number)

    first, second, beyond = (listed(client, SpendLine, o="-7", p=p) for p in (1, 2, 99))

    assert [line.amount for line in first.result_list[:2]] == [52, 51]
    assert [line.amount for line in second.result_list] == [2, 1, 0]
    assert beyond.result_list == second.result_list
    assert (len(first.result_list), first.result_count) == (50, 53)


def test_the_plan_is_no_column_of_a_list_of_one_plan(client: Client) -> None:
    plan = PlanFactory(title="Havering plan")
    SpendLineFactory(plan=plan)

    every = page(client, SpendLine)
    of_one = page(client, SpendLine, plan__id__exact=plan.pk)

    links = "//td[contains(@class, 'of_plan')]/a/@href"
    assert every.xpath(links) == [reverse("admin:plans_plan_change", args=[plan.pk])]
    assert of_one.xpath(links) == []


# -- search ------------------------------------------------------------------------------------


def test_words_are_found_in_a_row_and_in_what_it_points_at(client: Client) -> None:
    plan = PlanFactory(title="Havering plan")
    scheme = SchemeFactory(plan=plan, name="Reablement at home")
    first = SpendLineFactory(plan=plan, scheme=scheme, description="Night team", amount=1234)
    second = SpendLineFactory(plan=plan, description="Day team", amount=5)
    SpendLineFactory(description="Elsewhere")

    assert found(client, SpendLine, q="team havering") == {first, second}
    assert found(client, SpendLine, q="REABLEMENT") == {first}
    assert found(client, SpendLine, q="“") == set()
    assert found(client, SpendLine, q='"night team"') == {first}
    assert found(client, SpendLine, q='"team night"') == set()
    assert found(client, SpendLine, q="£1,234") == {first}


def test_a_row_that_several_things_match_is_found_once(client: Client) -> None:
    plan = PlanFactory()
    milestone = MilestoneFactory(plan=plan, title="Start")
    for name in ("Care at home", "Care in hospital"):
        milestone.schemes.add(SchemeFactory(plan=plan, name=name))

    cl = listed(client, type(milestone), q="care")

    assert (cl.result_list, cl.result_count) == ([milestone], 1)


# -- totals ------------------------------------------------------------------------------------


def totals(client: Client, model: type[Model], **asked: Any) -> list[list[str]]:
    rows = page(client, model, **asked).xpath("//table[@data-table='totals']/tbody/tr")
    return [[" ".join(cell.text_content().split()) for cell in row] for row in rows]


def test_the_total_is_of_all_rows_that_match_and_says_what_is_left_out(client: Client) -> None:
    plan = PlanFactory()
    for _ in range(60):
        SpendLineFactory(plan=plan, amount="10.10", financial_year="2017-18")
    whole = SpendLineFactory(plan=plan, amount=100, financial_year="2017-18")
    SpendLineFactory(plan=plan, amount=40, breaks_down=whole, financial_year="2017-18")
    SpendLineFactory(plan=plan, amount=7, in_pool=False, financial_year="2017-18")
    SpendLineFactory(plan=plan, amount=9, financial_year="2018-19")

    assert totals(client, SpendLine, year="2017-18", p=2) == [
        ["Spend: lines that count in the pool", "61", "0", "£706"],
        [
            "Left out of spend: components, which are part of another line’s amount",
            "1",
            "0",
            "£40",
        ],
        ["Left out of spend: lines outside the pool", "1", "0", "£7"],
    ]


def test_minimums_are_added_up_within_one_rule_alone(client: Client) -> None:
    plan = PlanFactory()
    for year in ("2017-18", "2018-19"):
        RequirementFactory(
            plan=plan, rule="nhs-out-of-hospital", minimum=5, actual=6, financial_year=year
        )
    other = RequirementFactory(plan=plan, rule="social-care-maintenance", minimum=3)

    every = page(client, type(other)).text_content()
    of_one = totals(client, type(other), rule="nhs-out-of-hospital")

    assert "are not added up" in every
    assert totals(client, type(other)) == []
    assert of_one == [
        ["Minimum", "2", "0", "£10"],
        ["As the plans state it", "2", "0", "£12"],
    ]


def test_the_total_of_a_list_is_what_the_public_list_says(client: Client) -> None:
    plan = PlanFactory()
    whole = SpendLineFactory(plan=plan, amount=Decimal("1000.50"))
    SpendLineFactory(plan=plan, amount=400, breaks_down=whole)

    public = client.get(f"/plans/{plan.slug}/spend-lines/").context["table"].total.cells[-1].value

    assert totals(client, SpendLine, plan__id__exact=plan.pk)[0][-1] == "£1,000.50"
    assert public == Decimal("1000.50")


def test_a_list_without_rows_says_so(client: Client) -> None:
    assert "There is no row yet." in page(client, SpendLine).text_content()
    SpendLineFactory()
    assert "No row matches." in page(client, SpendLine, q="nothing").text_content()


def test_columns_of_every_list_can_be_sorted(client: Client) -> None:
    """An order by any column that offers one reads the list, forwards and backwards."""
    sorted_by = 0
    for model in (SpendLine, Scheme, Plan, Board):
        columns = site.get_model_admin(model).list_display
        for number in range(1, len(columns) + 1):
            for order in (f"{number}", f"-{number}"):
                listed(client, model, o=order)
                sorted_by += 1
    assert sorted_by > 40
    assert issubclass(type(site.get_model_admin(SpendLine)), admin.ModelAdmin)
