"""Every page, wide and narrow: nothing scrolls sideways, axe finds nothing, the policy holds."""

import re
from collections.abc import Callable, Iterable
from typing import Any

import pytest
from playwright.sync_api import Page

from plans.models import Contribution, Plan
from schemes.models import Scheme, SpendLine

SignedIn = Callable[..., Page]
Faults = Callable[[Page], list[tuple[str, str]]]

WIDTHS = (1280, 320)
SIGNED_OUT = (
    "/accounts/login/",
    "/accounts/password-reset/",
    "/accounts/password-reset/sent/",
    "/accounts/password-reset/complete/",
    "/accounts/password-reset/MQ/not-a-token/",
)
PAGES = (
    "/",
    "/?q=Barnet",
    "/?q=nothing+has+these+words",
    "/cycles/",
    "/cycles/2014-16/",
    "/cycles/2019-20/?show=not-verified",
    "/cycles/vocabulary/",
    "/cycles/vocabulary/?list=scheme_types",
    "/boards/barnet/",
    "/boards/havering/",
    "/boards/havering/?plan=bhr-2017-19",
    "/boards/westminster/",
    "/boards/barnet/members/",
    "/boards/barnet/members/viewer/remove/",
    "/plans/barnet-2014-16/",
    "/plans/barnet-2014-16/checks/",
    "/plans/barnet-2014-16/contributions/",
    "/plans/barnet-2014-16/spend-lines/",
    "/plans/barnet-2014-16/schemes/",
    "/plans/barnet-2014-16/schemes/2b/",
    "/plans/barnet-2014-16/benefits/",
    "/plans/barnet-2014-16/metric-values/",
    "/plans/barnet-2014-16/risks/",
    "/plans/barnet-2014-16/printed-figures/",
    "/plans/barnet-2014-16/reopen/",
    "/plans/barnet-2014-16/refresh/",
    "/plans/tri-borough-2014-16/",
    "/plans/tri-borough-2014-16/submit/",
    "/boards/barnet/agreements/",
    "/boards/barnet/section-75-quarter/?quarter=2017-18Q4",
    "/boards/barnet/section-75-report/",
    "/boards/barnet/section-75-report/?year=2030-31",
    "/boards/westminster/section-75-report/?year=soon",
    "/boards/barnet/metric-values/",
    "/boards/barnet/metrics/dtoc/",
    "/boards/barnet/years/",
    "/boards/havering/years/",
    "/boards/havering/metrics/dtoc/",
    "/boards/havering/metrics/mental-health-dtoc/",
    "/boards/westminster/metrics/nea/",
    "/agreements/",
    "/agreements/?board=barnet&as_at=2018-11-15",
    "/agreements/?board=westminster&as_at=31/02/2019",
    "/agreements/s75-ces/",
    "/agreements/s75-ces/?as_at=nonsense&rule=percent&result=-134000&percent-1=60",
    "/agreements/s75-ces/?as_at=2018-01-31&rule=proportion&result=-134000&year=2016-17",
    "/agreements/s75-adults-2013/",
    "/agreements/s75-vcs/",
    "/agreements/s75-ces/vary/",
    "/agreements/s75-ces/extend/",
    "/agreements/s75-ces/end/",
    "/agreements/s75-ces/supersede/",
    "/programmes/care-closer-to-home/",
    "/plans/bhr-2017-19/",
    "/plans/bhr-2017-19/checks/",
    "/plans/bhr-2017-19/contributions/",
    "/plans/bhr-2017-19/spend-lines/",
    "/plans/bhr-2017-19/approve/",
    "/plans/havering-2017-19/",
    "/plans/havering-2017-19/reopen/",
    "/accounts/tokens/?scope=calendar",
    "/accounts/password-change/",
    "/accounts/password-change/done/",
    "/plans/no-such-plan/",
)

# Faults of Django's own admin and of its select2, by the element. Anything else fails.
STOCK_FAULTS = (
    ("link-in-text-block", r'<a href="/admin/[a-z/]*">'),  # breadcrumbs
    ("empty-table-header", r'<th( class="original")?></th>'),  # a table of rows
    ("label-title-only", r'id="searchbar"'),  # its label holds only a picture
    ("aria-input-field-name", r'class="select2-selection'),
    ("label", r'class="select2-search__field"'),
)


def sideways(page: Page) -> int:
    """By how many pixels the page is wider than the window."""
    return int(
        page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    )


def look_at(page: Page, paths: Iterable[str], faults: Faults) -> list[str]:
    """Open each page at each width; every fault as a sentence."""
    found = []
    for path in paths:
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 900})
            page.goto(path)
            if over := sideways(page):
                found.append(f"{path} at {width}: scrolls sideways by {over} px")
            found += [
                f"{path} at {width}: {rule}: {where}"
                for rule, where in faults(page)
                if not (path.startswith("/admin/") and is_stock(rule, where))
            ]
    return found


def is_stock(rule: str, where: str) -> bool:
    return any(rule == stock and re.search(element, where) for stock, element in STOCK_FAULTS)


def test_pages_before_signing_in(new_context: Callable[..., Any], faults: Faults) -> None:
    page: Page = new_context().new_page()

    assert look_at(page, SIGNED_OUT, faults) == []


def test_pages_after_signing_in(signed_in: SignedIn, faults: Faults, watch: Any) -> None:
    watch.provoked.append("no-such-plan.*status of 404")

    assert look_at(signed_in("administrator"), PAGES, faults) == []


@pytest.mark.parametrize("name", ["editor", "administrator"])
def test_pages_of_the_admin(signed_in: SignedIn, faults: Faults, name: str) -> None:
    barnet = Plan.objects.get(slug="barnet-2014-16")
    # Barnet’s rows are changed and removed on pages of the admin below.
    Plan.objects.update(status="draft")
    havering = Plan.objects.get(slug="havering-2017-19")
    line = SpendLine.objects.filter(plan=barnet).first()
    scheme = Scheme.objects.filter(plan=barnet).first()
    given = Contribution.objects.filter(plan=havering).first()
    assert line
    assert scheme
    assert given
    paths = [
        "/admin/",
        "/admin/plans/",
        "/admin/plans/plan/",
        f"/admin/plans/plan/{barnet.pk}/change/",
        f"/admin/plans/plan/{havering.pk}/change/",
        f"/admin/plans/plan/{barnet.pk}/history/",
        "/admin/plans/contribution/",
        f"/admin/plans/contribution/{given.pk}/change/",
        "/admin/plans/contribution/add/",
        "/admin/schemes/spendline/",
        f"/admin/schemes/spendline/{line.pk}/change/",
        f"/admin/schemes/spendline/{line.pk}/delete/",
        f"/admin/schemes/scheme/{scheme.pk}/change/",
        "/admin/plans/board/",
        "/admin/plans/organisation/",
        "/admin/password_change/",
    ]
    if name == "administrator":
        paths = ["/admin/accounts/user/", "/admin/accounts/user/add/", "/admin/plans/plan/add/"]
        paths += ["/admin/plans/membership/", "/admin/plans/membership/add/"]

    assert look_at(signed_in(name), paths, faults) == []
