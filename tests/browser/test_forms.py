"""Forms of the admin in a real browser: wide and narrow, with errors, with and without scripts."""

import re

import pytest
from playwright.sync_api import Page, expect

from governance.models import Agreement
from plans.models import Contribution, Plan
from schemes.models import Benefit, Scheme
from tests.browser.test_pages import Faults, SignedIn, look_at


@pytest.fixture
def havering(site: str) -> Plan:
    """The plan of Havering, a draft again."""
    Plan.objects.update(status="draft")
    return Plan.objects.get(slug="havering-2017-19")


def test_forms_are_wide_enough_and_clean(
    signed_in: SignedIn, faults: Faults, havering: Plan
) -> None:
    agreement = Agreement.objects.filter(plan=None).first()
    benefit = Benefit.objects.first()
    assert agreement
    assert benefit
    paths = [
        "/admin/governance/risk/add/",
        f"/admin/schemes/scheme/add/?plan={havering.pk}",
        f"/admin/schemes/spendline/add/?plan={havering.pk}",
        f"/admin/metrics/metricvalue/add/?plan={havering.pk}",
        f"/admin/governance/printedfigure/add/?plan={havering.pk}",
        f"/admin/governance/agreement/{agreement.pk}/change/",
        f"/admin/schemes/benefit/{benefit.pk}/change/",
        f"/admin/schemes/benefit/{benefit.pk}/delete/",
    ]

    assert look_at(signed_in("editor"), paths, faults) == []


def test_a_refused_form_leads_to_what_is_wrong(
    signed_in: SignedIn, faults: Faults, havering: Plan
) -> None:
    page = signed_in("editor")
    page.goto(f"/admin/schemes/spendline/add/?plan={havering.pk}")
    page.get_by_label("Amount (£)").fill("lots")
    page.get_by_role("button", name="Save", exact=True).click()

    expect(page).to_have_title(re.compile("^Error: "))
    summary = page.locator(".govuk-error-summary")
    expect(summary).to_be_focused()
    expect(summary).to_contain_text("“Description” is empty. Fill it in.")
    summary.get_by_role("link", name="“lots” is not an amount").click()
    expect(page.get_by_label("Amount (£)")).to_be_focused()
    expect(page.get_by_label("Amount (£)")).to_have_value("lots")
    for width in (1280, 320):
        page.set_viewport_size({"width": width, "height": 900})
        assert [fault for fault in faults(page) if "breadcrumbs" not in fault[1]] == []


def sub_sources(page: Page) -> list[str]:
    return page.locator("#id_sub_source option:not([value=''])").all_text_contents()


def test_sub_sources_follow_the_funding_source(signed_in: SignedIn, havering: Plan) -> None:
    page = signed_in("editor")
    page.goto(f"/admin/plans/contribution/add/?plan={havering.pk}")
    assert len(sub_sources(page)) == 2
    page.get_by_label("Funding source").select_option("dfg")
    assert sub_sources(page) == []
    page.get_by_label("Funding source").select_option("nhs-minimum")
    assert len(sub_sources(page)) == 2
    page.get_by_label("Sub-source").select_option("rnf")
    page.get_by_label("Funding source").select_option("dfg")
    expect(page.get_by_label("Sub-source")).to_have_value("")


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no-scripts"])
def test_a_contribution_is_added_and_another_one(
    signed_in: SignedIn, havering: Plan, scripts: bool
) -> None:
    Contribution.objects.filter(plan=havering, funding_source="nhs-minimum").delete()
    page = signed_in("editor", java_script_enabled=scripts)
    page.goto("/admin/plans/contribution/add/")
    page.get_by_role("link", name=str(havering)).click()
    page.get_by_label("Financial year").select_option("2017-18")
    page.get_by_label("Funding source").select_option("nhs-minimum")
    page.get_by_label("Sub-source").select_option("rnf")
    page.get_by_label("Amount (£)").fill("£1.2m")
    page.get_by_role("button", name="Save and add another").click()

    expect(page.get_by_text("was added successfully")).to_be_visible()
    expect(page.locator(".app-owners")).to_contain_text(str(havering))
    row = Contribution.objects.get(plan=havering, sub_source="rnf")
    assert str(row.amount) == "1200000.00"


def test_a_long_list_is_shortened_by_typing(signed_in: SignedIn, havering: Plan) -> None:
    page = signed_in("editor")
    page.goto(f"/admin/schemes/deliverylink/add/?plan={havering.pk}")
    lead = page.locator("#id_lead")
    before = lead.locator("option").count()
    page.get_by_label("Type to shorten the list: Lead organisation").fill("havering borough")
    labels = lead.locator("option:not([value=''])").all_text_contents()
    assert labels == ["London Borough of Havering"]
    lead.select_option(label=labels[0])
    page.get_by_label("Type to shorten the list: Lead organisation").fill("")
    assert lead.locator("option").count() == before
    expect(lead.locator("option:checked")).to_have_text("London Borough of Havering")

    ticks = page.get_by_role("group", name="Providers", exact=True)
    page.get_by_label("Type to shorten the list: Providers").fill("havering borough")
    ticks.get_by_label("London Borough of Havering").check()
    page.get_by_label("Type to shorten the list: Providers").fill("barnet")
    expect(ticks.get_by_label("London Borough of Havering")).to_be_visible()
    expect(ticks.get_by_label("London Borough of Redbridge")).to_be_hidden()
    page.get_by_label("Type to shorten the list: Providers").press("Enter")
    expect(page).to_have_url(re.compile("/add/"))


def test_a_scheme_is_made_by_the_keyboard_alone(signed_in: SignedIn, havering: Plan) -> None:
    page = signed_in("editor")
    page.goto(f"/admin/schemes/scheme/add/?plan={havering.pk}")
    page.locator("#id_reference").focus()
    page.keyboard.type("9z")
    page.keyboard.press("Tab")
    page.keyboard.type("Falls service")
    page.keyboard.press("Enter")

    expect(page.get_by_text("was added successfully")).to_be_visible()
    expect(page).to_have_url(re.compile(f"plan__id__exact={havering.pk}"))
    assert Scheme.objects.get(plan=havering, reference="9z").name == "Falls service"
