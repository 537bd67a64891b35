"""A real browser on a real server with the real plans; whatever it complains of fails the test."""

import os
import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.db import transaction
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, sync_playwright

from bcf.accounts.access import Role
from plans.models import Board
from tests.conftest import Rows
from tests.factories import PASSWORD, MembershipFactory, UserFactory

# Playwright runs an event loop in the test's thread, in which Django would refuse to query.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")

PICTURES = Path(__file__).parents[2] / "var" / "browser-failures"
ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
# Runs in every page before its own scripts: a violation of the policy becomes an error message.
REPORT_VIOLATIONS = """
document.addEventListener("securitypolicyviolation", (event) => console.error(
  `CSP: ${event.violatedDirective} ${event.blockedURI} ${event.sourceFile}:${event.lineNumber}`
));
"""


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]) -> Iterator[None]:
    report = yield
    if report.when == "call":
        item.stash[FAILED] = report.failed
    return report


FAILED = pytest.StashKey[bool]()


@pytest.fixture(scope="session", autouse=True)
def _static_files_uncollected() -> None:
    """The server of the session starts before the settings of a test are made."""
    settings.WHITENOISE_AUTOREFRESH = True


@pytest.fixture(scope="session")
def chromium() -> str:
    """The path of a Chromium; without one the tests are skipped, or fail where CI=true."""
    named = os.environ.get("CHROMIUM", "")
    found = next(filter(None, map(shutil.which, (named, "chromium", "chromium-browser"))), None)
    if found is None:
        why = "no Chromium was found: apt-get install chromium, or name one in CHROMIUM"
        if os.environ.get("CI") == "true":
            pytest.fail(why)
        pytest.skip(why)
    return found


@pytest.fixture(scope="session")
def browser(chromium: str) -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=list(ARGUMENTS))
        yield browser
        browser.close()


class Watch:
    """What the browser complained of; a test may say which complaints it provokes."""

    def __init__(self, host: str) -> None:
        self.host = host
        self.complaints: list[str] = []
        self.provoked: list[str] = []

    def follow(self, page: Page) -> None:
        page.on("console", self._console)
        page.on("pageerror", lambda error: self.complaints.append(f"{page.url}: {error}"))

    def request(self, url: str) -> None:
        parts = urlsplit(url)
        if parts.scheme not in ("data", "blob") and parts.netloc != self.host:
            self.complaints.append(f"asked another host: {url}")

    def _console(self, message: ConsoleMessage) -> None:
        if message.type == "error":
            self.complaints.append(f"{message.location.get('url')}: {message.text}")

    @property
    def unprovoked(self) -> list[str]:
        return [
            each for each in self.complaints if not any(re.search(p, each) for p in self.provoked)
        ]


@pytest.fixture
def real_plans(real_rows: Rows, transactional_db: None) -> None:
    """The rows of `fixtures/`, where the server sees them."""
    with transaction.atomic():
        real_rows.save()


@pytest.fixture
def site(live_server: Any, real_plans: None) -> str:
    """The address of a server with the real plans, and of its people: one a role, by role."""
    for role in Role.values:
        user = UserFactory(username=role, name=f"Demo {role}")
        for board in Board.objects.all():
            MembershipFactory(user=user, board=board, role=role)
    UserFactory(username="administrator", name="Demo administrator", is_superuser=True)
    return str(live_server.url)


@pytest.fixture
def watch(site: str) -> Iterator[Watch]:
    watch = Watch(urlsplit(site).netloc)
    yield watch
    assert not watch.unprovoked


NewContext = Callable[..., BrowserContext]


@pytest.fixture
def new_context(
    browser: Browser, site: str, watch: Watch, request: pytest.FixtureRequest
) -> Iterator[NewContext]:
    """Opens the browser anew, as another person would; pictures are kept where a test fails."""
    contexts: list[BrowserContext] = []

    def open_anew(**options: Any) -> BrowserContext:
        context = browser.new_context(
            base_url=site, viewport={"width": 1280, "height": 900}, **options
        )
        context.set_default_timeout(10_000)
        context.add_init_script(REPORT_VIOLATIONS)
        context.on("page", watch.follow)
        context.on("request", lambda sent: watch.request(sent.url))
        contexts.append(context)
        return context

    yield open_anew
    if request.node.stash.get(FAILED, False):
        _keep_pictures(contexts, request.node.name)
    for context in contexts:
        context.close()


def _keep_pictures(contexts: list[BrowserContext], name: str) -> None:
    PICTURES.mkdir(parents=True, exist_ok=True)
    for number, page in enumerate(page for context in contexts for page in context.pages):
        page.screenshot(path=PICTURES / f"{name}-{number}.png", full_page=True)


@pytest.fixture
def signed_in(new_context: NewContext) -> Callable[..., Page]:
    """A page in which the person of this name has signed in through the form."""

    def make(username: str, **options: Any) -> Page:
        page = new_context(**options).new_page()
        sign_in(page, username)
        page.wait_for_url("**/")
        return page

    return make


def sign_in(page: Page, username: str, password: str = PASSWORD) -> None:
    page.goto("/accounts/login/")
    page.fill("#id_username", username)
    page.fill("#id_password", password)
    page.click("main button[type=submit]")


@pytest.fixture
def sign_in_as() -> Callable[..., None]:
    return sign_in


@pytest.fixture
def faults() -> Callable[[Page], list[tuple[str, str]]]:
    """What axe finds on a page: the rule that is broken, and the element that breaks it.

    Without `preload` axe leaves the style sheets alone; with it, it copies those that import
    others into inline styles and asks for their imports at wrong addresses, both of which the
    policy rightly reports. Only its rule on the orientation of the screen needs that.
    """
    axe = Axe()
    options = {"resultTypes": ["violations"], "preload": False}

    def find(page: Page) -> list[tuple[str, str]]:
        found = axe.run(page, options=options).response["violations"]
        return [(each["id"], node["html"][:200]) for each in found for node in each["nodes"]]

    return find
