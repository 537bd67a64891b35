"""What is served as it is: style sheets, scripts, and pages that stand by themselves."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.template.loader import render_to_string
from django.test import override_settings

STATIC = Path(settings.BASE_DIR) / "static"

# With this module as the root of addresses, none can be found.
urlpatterns: list[object] = []


@pytest.mark.parametrize("name", ["css/bcf.css", "css/admin.css", "css/grid.css"])
def test_style_sheets_fetch_nothing(name: str) -> None:
    css = (STATIC / name).read_text()
    assert len(css) > 1000
    assert not re.search(r"url\(|@import|@font-face|Transport", css)


@pytest.mark.parametrize(
    "name", ["js/bcf.js", "js/govuk-frontend.min.js", "js/grid.js", "js/grid-words.js"]
)
def test_scripts_name_no_address_and_no_source_map(name: str) -> None:
    script = (STATIC / name).read_text()
    assert script
    assert not re.search(r"https?://|sourceMappingURL|\beval\(", script)


@pytest.mark.parametrize("code", [400, 500])
def test_these_error_pages_need_neither_addresses_nor_a_manifest(code: int) -> None:
    nothing = {"staticfiles": {"BACKEND": "there.is.none"}}
    with override_settings(ROOT_URLCONF=__name__, STORAGES=nothing):
        html = render_to_string(f"{code}.html")
    assert '<a class="govuk-link" href="/">' in html
    assert "<script" not in html
