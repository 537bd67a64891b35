"""A plan's rows edited as a grid, as a plain form: what is posted is what a browser would post."""

import re
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.forms import modelform_factory
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from lxml import html

from bcf.accounts.access import Role
from bcf.accounts.models import User
from bcf.admin import site
from plans.admin.grid import GridAdmin, grids_of
from plans.choices import ChangeKind, PlanStatus
from plans.grids.sheet import Sheet
from plans.models import ChangeSet, Contribution, Plan
from schemes.models import Benefit, SpendLine
from tests.factories import (
    BenefitFactory,
    BoardFactory,
    ContributionFactory,
    MembershipFactory,
    MetricFactory,
    MetricValueFactory,
    MilestoneFactory,
    PlanFactory,
    RequirementFactory,
    SchemeFactory,
    SpendActualFactory,
    SpendLineFactory,
)
from tests.integration.pages import fields_of

pytestmark = pytest.mark.django_db

Fields = dict[str, str]


@pytest.fixture
def plan() -> Plan:
    plan = PlanFactory(slug="own")
    SchemeFactory(plan=plan, reference="1", name="Carers’ support")
    SpendLineFactory(plan=plan, description="Carers", amount=Decimal(100))
    SpendLineFactory(plan=plan, description="Stroke", amount=Decimal(200))
    return plan


def editor_of(plan: Plan, name: str) -> Client:
    member = MembershipFactory(board=plan.boards.first(), role=Role.EDITOR, user__name=name)
    client = Client()
    client.force_login(member.user, backend="django.contrib.auth.backends.ModelBackend")
    return client


@pytest.fixture
def ann(plan: Plan) -> Client:
    return editor_of(plan, "Ann")


@pytest.fixture
def ben(plan: Plan) -> Client:
    return editor_of(plan, "Ben")


def grid(kind: str = "schemes_spendline") -> str:
    return reverse(f"admin:{kind}_grid", args=["own"])


def row_of(fields: Fields, column: str, text: str) -> str:
    """The prefix of the row whose cell in the column has this text."""
    found = [name for name, value in fields.items() if value == text and name.endswith(column)]
    assert found, f"no row has {text} as its {column}"
    return found[0].removesuffix(column)


def blank_row(fields: Fields) -> str:
    """The prefix of the first row that is empty."""
    return next(
        name for name, value in fields.items() if re.fullmatch(r"r\d+-row", name) and not value
    )[:-3]


def put(fields: Fields, row: str, **cells: str) -> Fields:
    return {**fields, **{f"{row}{name}": text for name, text in cells.items()}}


def page_of(response: Any) -> Any:
    return html.fromstring(response.content.decode())


def shown(response: Any) -> str:
    return re.sub(r"\s+", " ", page_of(response).text_content())


def amounts() -> dict[str, Decimal | None]:
    return dict(SpendLine.objects.values_list("description", "amount"))


# -- reading and saving ----------------------------------------------------------------------


def test_amounts_as_people_write_them_and_words_of_choices_are_saved(
    plan: Plan, ann: Client
) -> None:
    fields = fields_of(ann.get(grid()))
    fields = put(fields, row_of(fields, "description", "Carers"), amount="£1,234", scheme="1")
    fields = put(fields, row_of(fields, "description", "Stroke"), amount=" ")
    new = blank_row(fields)
    year = str(plan.cycle.years[0])
    fields = put(
        fields, new, description="Falls", financial_year=year.replace("-", "/"), amount="1.2m"
    )
    fields = put(fields, new, scheme="1 carers' SUPPORT", funding_source="dfg")

    response = ann.post(grid(), {**fields, "_continue": "1"}, follow=True)

    assert response.redirect_chain == [(grid(), 302)]
    assert "1 row added, 2 rows changed." in shown(response)
    assert amounts() == {"Carers": Decimal(1234), "Stroke": None, "Falls": Decimal(1_200_000)}
    falls = SpendLine.objects.get(description="Falls")
    assert (falls.ref, str(falls.scheme), falls.funding_source, falls.in_pool) == (
        f"{year}-1-falls",
        "1 Carers’ support",
        "dfg",
        True,
    )


def test_what_was_done_is_one_event_with_the_history_of_each_row(plan: Plan, ann: Client) -> None:
    fields = fields_of(ann.get(grid()))
    fields = put(fields, row_of(fields, "description", "Carers"), amount="150")
    fields = put(fields, row_of(fields, "description", "Stroke"), gone="1")

    response = ann.post(grid(), fields, follow=True)

    event = ChangeSet.objects.get()
    assert f"/changes/{event.ref}/" in response.content.decode()
    assert (event.kind, event.changed, event.removed, event.added) == (ChangeKind.TABLE, 1, 1, 0)
    assert (event.actor_name, list(event.plans.all())) == ("Ann", [plan])
    records = SpendLine.history.filter(history_change_reason=event.ref)
    assert sorted(records.values_list("description", "history_type")) == [
        ("Carers", "~"),
        ("Stroke", "-"),
    ]


def test_a_page_that_was_not_touched_saves_nothing(plan: Plan, ann: Client) -> None:
    response = ann.post(grid(), fields_of(ann.get(grid())), follow=True)

    assert "Nothing was changed." in shown(response)
    assert response.redirect_chain[0][0] == reverse("admin:plans_plan_change", args=[plan.pk])
    assert not ChangeSet.objects.exists()
    assert set(SpendLine.objects.values_list("version", flat=True)) == {1}


def test_one_wrong_row_saves_nothing_and_keeps_everything_typed(plan: Plan, ann: Client) -> None:
    fields = fields_of(ann.get(grid()))
    carers, stroke = (row_of(fields, "description", name) for name in ("Carers", "Stroke"))
    fields = put(fields, carers, amount="150")
    fields = put(fields, stroke, amount="lots", scheme="Nowhere", financial_year="")
    fields = put(fields, blank_row(fields), description="Falls", financial_year="2017-18")

    response = ann.post(grid(), fields)

    assert response.status_code == 200
    assert amounts() == {"Carers": Decimal(100), "Stroke": Decimal(200)}
    page = page_of(response)
    links = {link.get("href"): link.text for link in page.xpath("//*[@id='grid-errors']//a")}
    assert links == {
        "#r1-amount": "Row 2, amount (£): “lots” is not an amount. Type pounds, such as 1,234.50.",
        "#r1-scheme": (
            "Row 2, scheme: “Nowhere” is no scheme that this plan can have. "
            "Write one of: 1 Carers’ support."
        ),
        "#r1-financial_year": (
            "Row 2, financial year: Fill in the financial year: it cannot be left empty."
        ),
    }
    [cell] = page.xpath("//*[@id='r1-amount']")
    assert (cell.get("value"), cell.get("aria-invalid")) == ("lots", "true")
    described = page.xpath(f"//*[@id='{cell.get('aria-describedby')}']")
    assert "“lots” is not an amount" in described[0].text_content()
    again = fields_of(response)
    assert again[f"{carers}amount"] == "150"
    assert again[f"{row_of(again, 'description', 'Falls')}financial_year"] == "2017-18"

    mended = put(again, stroke, amount="£250", scheme="", financial_year="2017-18")
    assert ann.post(grid(), mended).status_code == 302
    assert amounts() == {"Carers": Decimal(150), "Stroke": Decimal(250), "Falls": None}


def test_what_the_database_refuses_is_said_at_its_cell(plan: Plan, ann: Client) -> None:
    fields = fields_of(ann.get(grid()))
    fields = put(fields, row_of(fields, "description", "Carers"), amount="(500)")
    fields = put(fields, row_of(fields, "description", "Stroke"), commissioner="joint")

    response = ann.post(grid(), fields)
    assert "Row 2, commissioner: For a joint commissioner, give both shares" in shown(response)

    fields = put(fields_of(response), "r1-", nhs_percent="50%", la_percent="49")
    response = ann.post(grid(), fields)
    assert "Row 1, amount (£): The amount of a spend line is never less than £0." in shown(response)
    assert "For a joint commissioner, the NHS share" in shown(response)
    assert amounts() == {"Carers": Decimal(100), "Stroke": Decimal(200)}


def test_rows_that_a_script_left_out_stay_as_they_are(plan: Plan, ann: Client) -> None:
    fields = fields_of(ann.get(grid()))
    stroke = row_of(fields, "description", "Stroke")
    posted = {
        name: text for name, text in fields.items() if name.endswith("-row") or stroke in name
    }

    response = ann.post(grid(), put(posted, stroke, amount="twelve"))
    assert fields_of(response)["r0-description"] == "Carers"

    assert ann.post(grid(), put(posted, stroke, amount="12")).status_code == 302
    assert amounts() == {"Carers": Decimal(100), "Stroke": Decimal(12)}


def test_cells_that_are_not_posted_stay_as_they_are(plan: Plan, ann: Client) -> None:
    fields = fields_of(ann.get(grid()))
    posted = {"r0-row": fields["r0-row"], "r0-theme": "Home", "r0-in_pool": "yes"}

    more = fields_of(ann.post(grid(), {**posted, "_add": "1"}))
    assert (more["r0-theme"], more["r0-amount"]) == ("Home", "100")
    assert ann.post(grid(), posted).status_code == 302
    line = SpendLine.objects.get(description="Carers")
    assert (line.theme, line.amount, line.in_pool) == ("Home", Decimal(100), True)


def test_two_new_rows_of_one_key_are_refused_at_the_second(plan: Plan, ann: Client) -> None:
    fields = fields_of(ann.get(grid("plans_contribution")))
    for number in ("0", "1"):
        fields = put(
            fields, f"r{number}-", financial_year="2017-18", funding_source="dfg", amount="5"
        )

    response = ann.post(grid("plans_contribution"), fields)

    assert "Row 2: There is already a contribution from this source" in shown(response)
    assert not Contribution.objects.exists()


def test_a_removed_row_leaves_its_key_to_a_new_one(plan: Plan, ann: Client) -> None:
    ContributionFactory(plan=plan, financial_year="2017-18", funding_source="dfg", amount=1)
    fields = put(fields_of(ann.get(grid("plans_contribution"))), "r0-", gone="1")
    fields = put(fields, "r1-", financial_year="2017-18", funding_source="dfg", amount="2")

    assert ann.post(grid("plans_contribution"), fields).status_code == 302
    assert Contribution.objects.get().amount == Decimal(2)


# -- buttons without a script ----------------------------------------------------------------


def test_more_rows_and_copies_are_given_with_everything_typed_kept(plan: Plan, ann: Client) -> None:
    fields = fields_of(ann.get(grid()))
    carers = row_of(fields, "description", "Carers")
    fields = put(fields, carers, amount="150")

    more = fields_of(ann.post(grid(), {**fields, "_add": "1"}))
    assert len([name for name in more if re.fullmatch(r"r\d+-row", name)]) == 2 + 5 + 10
    assert more[f"{carers}amount"] == "150"

    copied = fields_of(ann.post(grid(), {**more, "_duplicate": carers[1:-1]}))
    assert [copied[f"r{n}-description"] for n in range(3)] == ["Carers", "Carers", "Stroke"]
    assert [copied[f"r{n}-amount"] for n in range(3)] == ["150", "150", "200"]
    assert amounts() == {"Carers": Decimal(100), "Stroke": Decimal(200)}

    ann.post(grid(), copied)
    lines = SpendLine.objects.order_by("ref").values_list("description", "amount")
    assert list(lines) == [("Carers", 150), ("Carers", 150), ("Stroke", 200)]


def test_totals_and_the_balance_follow_what_is_typed(plan: Plan, ann: Client) -> None:
    ContributionFactory(plan=plan, financial_year="2017-18", amount=Decimal(1_000))
    fields = fields_of(ann.get(grid()))
    fields = put(fields, row_of(fields, "description", "Carers"), amount="£1,150")

    text = shown(ann.post(grid(), {**fields, "_add": "1"}))

    assert "2017–18 £1,000 £1,350 −£350 Overspent by £350" in text


def test_words_of_a_row_are_never_markup(plan: Plan, ann: Client) -> None:
    nasty = """"><script>alert('1')</script>"""
    SpendLineFactory(plan=plan, description=nasty, theme=nasty)
    SchemeFactory(plan=plan, reference="9", name=nasty)
    fields = fields_of(ann.get(grid()))
    assert nasty in fields.values()

    tokens = {"r0-row": f"{SpendLine.objects.first().pk}:{nasty}", "r1-row": nasty}
    typed = {**put(fields, "r0-", scheme=nasty, amount=nasty), **tokens}

    response = ann.post(grid(), typed)

    assert b"<script>alert" not in response.content
    assert fields_of(response)["r0-amount"] == nasty


# -- two people at once ----------------------------------------------------------------------


def test_both_values_are_shown_by_their_words_and_saving_again_takes_mine(
    plan: Plan, ann: Client, ben: Client
) -> None:
    hers, his = fields_of(ann.get(grid())), fields_of(ben.get(grid()))
    carers = row_of(hers, "description", "Carers")
    hers = put(hers, carers, amount="150", scheme="1", theme="Home")
    ann.post(grid(), hers)

    refused = ben.post(grid(), put(his, carers, amount="£175"))

    text = shown(refused)
    assert "Ann changed this row on" in text
    assert "Amount (£): 150 (yours: £175)" in text
    assert "Scheme: 1 Carers’ support (put into your row)" in text
    assert amounts()["Carers"] == Decimal(150)
    again = fields_of(refused)
    assert (again[f"{carers}amount"], again[f"{carers}theme"]) == ("£175", "Home")

    assert ben.post(grid(), again).status_code == 302
    line = SpendLine.objects.get(description="Carers")
    assert (line.amount, line.theme, str(line.scheme)) == (
        Decimal(175),
        "Home",
        "1 Carers’ support",
    )


def test_theirs_can_be_taken_in_one_row(plan: Plan, ann: Client, ben: Client) -> None:
    hers, his = fields_of(ann.get(grid())), fields_of(ben.get(grid()))
    carers, stroke = (row_of(hers, "description", name) for name in ("Carers", "Stroke"))
    ann.post(grid(), put(hers, carers, amount="150"))
    refused = ben.post(grid(), put(put(his, carers, amount="175"), stroke, amount="250"))
    assert "Take theirs in row 1" in shown(refused)

    taken = fields_of(ben.post(grid(), {**fields_of(refused), "_theirs": carers[1:-1]}))

    assert (taken[f"{carers}amount"], taken[f"{stroke}amount"]) == ("150", "250")
    assert ben.post(grid(), taken).status_code == 302
    assert amounts() == {"Carers": Decimal(150), "Stroke": Decimal(250)}


def test_rows_that_only_the_other_touched_stay_as_the_other_left_them(
    plan: Plan, ann: Client, ben: Client
) -> None:
    hers, his = fields_of(ann.get(grid())), fields_of(ben.get(grid()))
    carers, stroke = (row_of(hers, "description", name) for name in ("Carers", "Stroke"))
    ann.post(grid(), put(hers, carers, amount="150"))

    assert ben.post(grid(), put(his, stroke, amount="250")).status_code == 302
    assert amounts() == {"Carers": Decimal(150), "Stroke": Decimal(250)}


def test_a_row_removed_meanwhile_is_said_and_can_be_added_anew(
    plan: Plan, ann: Client, ben: Client
) -> None:
    hers, his = fields_of(ann.get(grid())), fields_of(ben.get(grid()))
    carers = row_of(hers, "description", "Carers")
    ann.post(grid(), put(hers, carers, gone="1"))

    refused = ben.post(grid(), put(his, carers, amount="175"))

    assert "Ann removed this row on" in shown(refused)
    assert amounts() == {"Stroke": Decimal(200)}
    assert ben.post(grid(), fields_of(refused)).status_code == 302
    assert amounts() == {"Carers": Decimal(175), "Stroke": Decimal(200)}


def test_a_row_changed_meanwhile_is_not_removed_unseen(
    plan: Plan, ann: Client, ben: Client
) -> None:
    hers, his = fields_of(ann.get(grid())), fields_of(ben.get(grid()))
    carers = row_of(hers, "description", "Carers")
    ann.post(grid(), put(hers, carers, amount="150"))

    refused = ben.post(grid(), put(his, carers, gone="1"))

    assert "It is still ticked: save again to remove it" in shown(refused)
    assert "Carers" in amounts()
    assert ben.post(grid(), fields_of(refused)).status_code == 302
    assert "Carers" not in amounts()


def test_links_that_both_changed_are_refused_too(plan: Plan, ann: Client, ben: Client) -> None:
    SchemeFactory(plan=plan, reference="2", name="Falls")
    benefit = BenefitFactory(plan=plan)
    address = grid("schemes_benefit")
    hers, his = fields_of(ann.get(address)), fields_of(ben.get(address))
    assert ann.post(address, put(hers, "r0-", schemes="1; 2 Falls")).status_code == 302
    benefit.refresh_from_db()
    assert benefit.version == 2

    refused = ben.post(address, put(his, "r0-", schemes="2"))

    assert "Schemes: 1 Carers’ support; 2 Falls (yours: 2)" in shown(refused)
    assert ben.post(address, fields_of(refused)).status_code == 302
    assert [str(each) for each in benefit.schemes.all()] == ["2 Falls"]


# -- what may not be done --------------------------------------------------------------------


def test_a_plan_submitted_meanwhile_saves_nothing_and_keeps_what_was_typed(
    plan: Plan, ann: Client
) -> None:
    fields = fields_of(ann.get(grid()))
    Plan.objects.filter(pk=plan.pk).update(status=PlanStatus.SUBMITTED)
    fields = put(fields, row_of(fields, "description", "Carers"), amount="150")

    refused = ann.post(grid(), fields)

    assert refused.status_code == 403
    assert "is submitted, so it is read-only. An approver can reopen it." in shown(refused)
    assert "150" in fields_of(refused).values()
    assert amounts() == {"Carers": Decimal(100), "Stroke": Decimal(200)}

    shown_now = ann.get(grid())
    assert "so its rows are read-only" in shown(shown_now)
    boxes = "//*[@id='content']//*[self::input or self::textarea]"
    assert not page_of(shown_now).xpath(boxes)
    assert "Carers" in shown(shown_now)


def test_another_boards_draft_is_not_found_and_a_part_of_another_is_read_only(
    plan: Plan, ann: Client
) -> None:
    PlanFactory(slug="other")
    own = plan.boards.get()
    joint = PlanFactory(slug="joint", boards=[own, BoardFactory(slug="elsewhere")])
    PlanFactory(slug="part", part_of=joint, boards=[joint.boards.get(slug="elsewhere")])
    other, part = (
        reverse("admin:schemes_spendline_grid", args=[name]) for name in ("other", "part")
    )

    assert ann.get(other).status_code == 404
    assert ann.post(other, {}).status_code == 404
    assert ann.get(part).status_code == 200
    assert ann.post(part, {"r0-row": "", "r0-description": "X", "_add": "1"}).status_code == 403


def test_a_token_of_another_plans_row_tells_and_changes_nothing(plan: Plan, ann: Client) -> None:
    hidden = SpendLineFactory(description="Hush", amount=Decimal(7))
    hidden.amount = Decimal(8)
    hidden.save()
    fields = {**fields_of(ann.get(grid())), "r0-row": f"{hidden.pk}:", "r0-amount": "9"}

    refused = ann.post(grid(), fields)

    assert "Somebody removed this row" in shown(refused)
    assert "Hush" not in shown(refused)
    hidden.refresh_from_db()
    assert hidden.amount == Decimal(8)


def test_a_line_on_which_others_hang_is_not_removed(plan: Plan, ann: Client) -> None:
    carers = SpendLine.objects.get(description="Carers")
    component = SpendLineFactory(plan=plan, breaks_down=carers, description="Respite")
    SpendActualFactory(line=carers)
    fields = fields_of(ann.get(grid()))
    row, part = (row_of(fields, "description", each) for each in ("Carers", "Respite"))

    refused = ann.post(grid(), put(fields, row, gone="1"))
    assert "1 component and 1 actual spend would be lost with it" in shown(refused)
    assert SpendLine.objects.count() == 3

    carers.actuals.all().delete()
    both = put(put(fields_of(refused), row, gone="1"), part, gone="1")
    assert ann.post(grid(), both).status_code == 302
    assert amounts() == {"Stroke": Decimal(200)}
    assert SpendLine.history.filter(id=component.pk, history_type="-").count() == 1


def test_a_scheme_with_lines_is_not_removed_and_its_neighbours_wait(
    plan: Plan, ann: Client
) -> None:
    first = plan.schemes.get()
    SpendLine.objects.filter(description="Carers").update(scheme=first)
    SchemeFactory(plan=plan, reference="2", name="Falls")
    fields = fields_of(ann.get(grid("schemes_scheme")))
    both = put(put(fields, "r0-", gone="1"), "r1-", gone="1")

    refused = ann.post(grid("schemes_scheme"), both)

    assert "Row 1: Other rows refer to this one, so it cannot be removed." in shown(refused)
    assert "Row 2: " not in shown(refused)
    assert plan.schemes.count() == 2
    kept = {name: text for name, text in fields_of(refused).items() if name != "r0-gone"}
    assert ann.post(grid("schemes_scheme"), kept).status_code == 302
    assert [each.reference for each in plan.schemes.all()] == ["1"]


def test_a_scheme_that_a_benefit_is_linked_to_is_not_removed(plan: Plan, ann: Client) -> None:
    BenefitFactory(plan=plan).schemes.add(plan.schemes.get())
    fields = fields_of(ann.get(grid("schemes_scheme")))

    refused = ann.post(grid("schemes_scheme"), put(fields, "r0-", gone="1"))

    assert "Row 1: It cannot be removed: the link to 1 benefit would be lost" in shown(refused)
    assert plan.schemes.exists()


def test_more_rows_than_a_table_holds_are_refused_with_what_was_typed(
    plan: Plan, ann: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    fields = fields_of(ann.get(grid()))
    fields = put(fields, blank_row(fields), description="Falls", financial_year="2017-18")
    monkeypatch.setattr("plans.admin.grid.MOST_ROWS", 1)

    refused = ann.post(grid(), fields)
    assert "Import them from a file" in shown(refused)
    assert "Falls" in fields_of(refused).values()
    assert "Import them from a file" in shown(ann.get(grid()))
    assert SpendLine.objects.count() == 2


# -- every grid ------------------------------------------------------------------------------


def every_grid() -> list[str]:
    return [
        f"{each.opts.app_label}_{each.opts.model_name}"
        for each in site._registry.values()
        if isinstance(each, GridAdmin)
    ]


def fill(plan: Plan) -> None:
    scheme, line = plan.schemes.get(), plan.spendlines.first()
    benefit = BenefitFactory(plan=plan)
    benefit.schemes.add(scheme)
    benefit.metrics.add(MetricFactory())
    MilestoneFactory(plan=plan).schemes.add(scheme)
    ContributionFactory(plan=plan)
    RequirementFactory(plan=plan)
    SpendActualFactory(line=line)
    MetricValueFactory(plan=plan, board=plan.boards.get())


# What a new row of each kind needs at the least.
NEW = {
    "plans_contribution": {"financial_year": "2018-19", "funding_source": "dfg", "amount": "1"},
    "plans_requirement": {"financial_year": "2018-19", "rule": "nhs-out-of-hospital"},
    "schemes_scheme": {"reference": "9z", "name": "Falls"},
    "schemes_spendline": {"financial_year": "2018/19", "description": "Falls"},
    "schemes_spendactual": {"line": "Stroke, 2017–18", "quarter": "2017–18Q3", "spent": "£1.2k"},
    "schemes_benefit": {"change": "(12)", "change_unit": "admissions", "schemes": "1"},
    "schemes_benefitprofile": {"benefit": "BENEFIT", "month": "2017-05", "planned": "1,000"},
    "schemes_milestone": {"title": "Start", "due": "18/09/2017", "done_on": "18/09/2017"},
    "metrics_metricvalue": {
        "metric": "METRIC",
        "period": "2017/18",
        "kind": "Target",
        "measure": "Percentage",
        "value": "85%",
        "per": "100,000",
    },
    "governance_risk": {"title": "Flood", "likelihood": "2", "impact": "5"},
}


@pytest.mark.parametrize("kind", every_grid())
def test_every_grid_takes_a_new_row_and_leaves_those_that_are_not_touched(
    plan: Plan, ann: Client, kind: str
) -> None:
    fill(plan)
    model = next(
        each for each in site._registry if each._meta.label_lower.replace(".", "_") == kind
    )
    rows = model._default_manager.filter(plan=plan)
    before = {row.pk: row.version for row in rows}
    fields = fields_of(ann.get(grid(kind)))
    words = {"BENEFIT": str(plan.benefits.get()), "METRIC": str(MetricFactory(name="Long stays"))}
    fields = fields_of(ann.get(grid(kind)))
    cells = {name: words.get(text, text) for name, text in NEW[kind].items()}

    response = ann.post(grid(kind), {**put(fields, blank_row(fields), **cells), "_continue": "1"})

    assert response.status_code == 302, shown(response)
    if "schemes" in cells:
        assert [str(each) for each in rows.latest("pk").schemes.all()] == ["1 Carers’ support"]
    after = {row.pk: row.version for row in rows.all()}
    assert len(after) == len(before) + 1
    assert {pk: after[pk] for pk in before} == before


def test_values_are_read_as_people_write_them(plan: Plan, ann: Client) -> None:
    fill(plan)
    benefits = fields_of(ann.get(grid("schemes_benefit")))
    ann.post(grid("schemes_benefit"), put(benefits, "r0-", change="(12)", financial_year=""))
    benefit = Benefit.objects.get()
    assert (benefit.change, str(benefit.financial_year)) == (Decimal(-12), "not-stated")

    milestones = fields_of(ann.get(grid("schemes_milestone")))
    written = put(
        milestones, "r0-", starts="Sep-17", due="18 October 2017", financial_year="2017/18"
    )
    ann.post(grid("schemes_milestone"), written)
    milestone = plan.milestones.get()
    assert (str(milestone.starts), str(milestone.due)) == ("2017-09", "2017-10-18")
    assert str(milestone.financial_year) == "2017-18"


def test_each_grid_leads_to_the_others_and_to_the_list_and_the_import_of_its_rows(
    plan: Plan, ann: Client
) -> None:
    links = {link["url"] for link in grids_of(site, plan)}

    assert len(links) == len(every_grid()) == len(NEW)
    page = page_of(ann.get(grid()))
    assert set(page.xpath("//nav[@class='app-grid-tabs']//a/@href")) == links
    rows, files = page.xpath("//p[@class='app-grid-elsewhere']//a/@href")
    assert ann.get(rows).status_code == 200
    assert ann.get(files).context["plan"] == plan


# -- the real plans --------------------------------------------------------------------------


@pytest.mark.usefixtures("real_plans")
def test_untouched_grids_of_the_real_plans_change_nothing_and_their_totals_are_the_plans(
    administrator: User, sign_in: Callable[[User | None], Client]
) -> None:
    client = sign_in(administrator)
    Plan.objects.update(status=PlanStatus.DRAFT)
    for plan in Plan.objects.all():
        balance = _figures(client.get(reverse("admin:plans_plan_change", args=[plan.pk])))
        for kind in ("plans_contribution", "schemes_spendline"):
            address = reverse(f"admin:{kind}_grid", args=[plan.slug])
            response = client.get(address)
            assert _figures(response) == balance
            saved = client.post(address, {**fields_of(response), "_continue": "1"})
            assert saved.status_code == 302, shown(saved)
    assert not ChangeSet.objects.exists()


@pytest.mark.usefixtures("real_plans")
def test_every_cell_of_the_real_plans_is_read_as_it_was_written(administrator: User) -> None:
    seen = 0
    for model, each in site._registry.items():
        if not isinstance(each, GridAdmin):
            continue
        form_class = modelform_factory(model, each.grid.form or each.form, fields="__all__")
        for plan in Plan.objects.all():
            sheet = Sheet(each.grid, form_class, each.scope, plan, administrator)
            for row in sheet.stored().values():
                before = _stored_values(row)
                form, unread = sheet.form(row, sheet.cells_of(row))
                form.full_clean()
                assert not unread
                assert not form.errors
                assert _stored_values(row) == before
                for name in each.grid.together:
                    assert set(form.cleaned_data[name]) == set(getattr(row, name).all())
                seen += 1
    assert seen > 800


def _stored_values(row: Any) -> dict[str, Any]:
    return {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields}


def _figures(response: Any) -> list[list[str]]:
    """The lines of the balance by year, without that of all years."""
    page = page_of(response)
    rows = page.xpath("//*[contains(@class, 'app-admin-balance')]//table[1]/tbody/tr")
    return [[cell.text_content().strip() for cell in row.xpath("th|td")] for row in rows]


def test_saving_three_of_many_rows_takes_few_queries(plan: Plan, ann: Client) -> None:
    SpendLineFactory.create_batch(40, plan=plan)

    def queries(touched: int) -> int:
        fields = fields_of(ann.get(grid()))
        for number in range(touched):
            fields = put(fields, f"r{number}-", theme=f"Theme {SpendLine.objects.count()}{touched}")
        with CaptureQueriesContext(connection) as captured:
            assert ann.post(grid(), fields).status_code == 302
        return len(captured)

    one, three = queries(1), queries(3)
    SpendLineFactory.create_batch(40, plan=plan)
    # Each touched row asks for its components, and nothing else is asked for each row.
    assert three - one <= 4
    assert queries(3) == three
